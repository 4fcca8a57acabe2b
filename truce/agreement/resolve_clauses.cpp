// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/brackets.h"
#include "truce/agreement/internal/check_clauses.h"
#include "truce/agreement/internal/declarations.h"
#include "truce/agreement/internal/particulars.h"
#include "truce/agreement/internal/resolve_phrases.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;

void read_power(Context& context, NodeView node, Clause& clause) {
  bool is_first = true;
  lift(context, node, [&](std::optional<AlternativeRef> only_in) {
    Power power = power_of(context, node);
    if (only_in.has_value()) {
      power.only_in = only_in;
      clause.disputed_powers.push_back(power);
      power.only_in = std::nullopt;
    }
    if (is_first) {
      clause.power = std::move(power);
      is_first = false;
    }
  });
}

void read_norm(Context& context, NodeView norm, Clause& clause) {
  const std::optional<NodeView> subject = norm.child(NodeKind::Subject);
  const std::optional<NodeView> modal = norm.child(NodeKind::Modal);
  bool is_denied = modal.has_value() && modal->has_word("not");
  if (subject.has_value()) {
    clause.subject = subject_of(context, *subject, norm);
    const bool is_negative = subject->child(NodeKind::NoParty).has_value() ||
                             subject->child(NodeKind::Nobody).has_value();
    if (is_negative && is_denied) {
      context.report({.kind = DiagnosticKind::DoubleNegation,
                      .span = modal->span(),
                      .arguments = {folded_text(*subject)},
                      .labels = {{subject->span(), "denies it already", false}}});
    }
    is_denied |= is_negative;
  }
  const bool is_permission = modal.has_value() && modal->has_word("may");
  clause.form = is_permission                                       ? Form::Permission
                : is_denied                                         ? Form::Prohibition
                : modal.has_value() && modal->has_word("endeavour") ? Form::Effort
                                                                    : Form::Duty;
  if (const auto power = norm.child(NodeKind::Power)) {
    if (!is_permission && modal.has_value()) {
      context.report(DiagnosticKind::PowerByDuty, modal->span(), {folded_text(*modal)});
    }
    clause.form = Form::Power;
    read_power(context, *power, clause);
  }
  if (const auto act = norm.child(NodeKind::Act)) {
    clause.act = act_of(context, *act);
  }
}

void read_clause(Context& context, NodeView node, Clause& clause) {
  if (const auto norm = node.child(NodeKind::Norm)) {
    read_norm(context, *norm, clause);
  } else if (const auto phases = node.child(NodeKind::Phases)) {
    clause.form = Form::Phases;
    clause.phase_agents = child_agents(context, *phases);
    clause.subject.agents = clause.phase_agents;
    clause.subject.mode = Subject::Mode::Each;
    clause.subject.span = phases->span();
  } else if (const auto watch = node.child(NodeKind::Watch)) {
    clause.form = Form::Watch;
    clause.subject.span = watch->span();
    if (const auto condition = watch->child(NodeKind::Condition)) {
      clause.watched = condition_of(context, *condition);
    }
  } else if (const auto reservation = node.child(NodeKind::Reservation)) {
    clause.form = Form::Reservation;
    clause.reserved = reservation->string().value_or("");
  }
  for (NodeView child : node.children()) {
    if (is_particular(child.kind())) {
      read_particular(context, child, clause);
    }
  }
}

}  // namespace

void resolve_clauses(Context& context, const Declared& declared) {
  for (const auto& [node, id] : declared.clauses) {
    context.clause = id;
    context.is_broken_off = has_error(node);
    // Read aside: resolving does not touch other clauses, but must not hold on to this one.
    Clause clause = context.agreement.clause(id);
    read_clause(context, node, clause);
    check_clause(context, node, clause);
    context.agreement.clauses[id.index] = std::move(clause);
  }
  context.clause = std::nullopt;
  context.is_broken_off = false;
  complete_watches(context.agreement);
  check_situations(context);
  check_priority(context);
  check_local_truces(context);
  check_amendments(context);
  check_references(context);
  check_languages(context);
}

}  // namespace truce::agreement::internal
