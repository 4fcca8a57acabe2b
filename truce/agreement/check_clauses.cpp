// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/check_clauses.h"

#include <array>

#include "truce/agreement/internal/circles.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;

// The particulars that say one thing of a clause, by the place of their type in the variant.
template <typename Part>
constexpr std::size_t index_of() {
  return decltype(Particular::what)(std::in_place_type<Part>).index();
}

constexpr std::string_view kWords[] = {"in",           "from",
                                       "until",        "for",
                                       "the deadline", "start",
                                       "finish",       "the interval",
                                       "if",           "while",
                                       "unless",       "upon",
                                       "whenever",     "reciprocally with",
                                       "despite",      "subject to",
                                       "except",       "renewable",
                                       "monitored by", "determined by",
                                       "ensured by",   "consequence",
                                       "surviving",    "amending",
                                       "by notice of", "note",
                                       "text",         "phase"};
static_assert(std::size(kWords) == std::variant_size_v<decltype(Particular::what)>);

bool may_repeat(const Particular& particular) {
  return std::holds_alternative<Exception>(particular.what) ||
         std::holds_alternative<Note>(particular.what) ||
         std::holds_alternative<LanguageText>(particular.what) ||
         std::holds_alternative<Phase>(particular.what) ||
         std::holds_alternative<Monitored>(particular.what) ||
         std::holds_alternative<If>(particular.what) ||
         std::holds_alternative<While>(particular.what) ||
         std::holds_alternative<Unless>(particular.what) ||
         std::holds_alternative<Upon>(particular.what) ||
         std::holds_alternative<Despite>(particular.what) ||
         std::holds_alternative<SubjectTo>(particular.what) ||
         // `not later than D` and `within 2 days of Opening`: whichever comes first.
         std::holds_alternative<Due>(particular.what);
}

// Two particulars may stand side by side when no reading has both.
bool exclude_each_other(const Particular& first, const Particular& second) {
  return first.only_in.has_value() && second.only_in.has_value() &&
         first.only_in->bracket == second.only_in->bracket &&
         first.only_in->alternative != second.only_in->alternative;
}

void report_twice(Context& context, const Particular& first, const Particular& second,
                  std::string_view word) {
  context.report(
      {.kind = DiagnosticKind::SaidTwice,
       .span = second.span,
       .arguments = {std::string(word)},
       .labels = {{second.span, "said again here", true}, {first.span, "first said here", false}}});
}

void check_repeats(Context& context, const Clause& clause) {
  std::array<const Particular*, std::size(kWords)> first{};
  for (const Particular& particular : clause.particulars) {
    const std::size_t index = particular.what.index();
    if (first[index] == nullptr) {
      first[index] = &particular;
    } else if (!may_repeat(particular) && !exclude_each_other(*first[index], particular)) {
      report_twice(context, *first[index], particular, kWords[index]);
    }
  }
  const Particular* until = first[index_of<Until>()];
  const Particular* length = first[index_of<For>()];
  if (until != nullptr && length != nullptr && !exclude_each_other(*until, *length)) {
    context.report({.kind = DiagnosticKind::TwoEnds,
                    .span = std::max(until->span, length->span),
                    .labels = {{until->span, "ends here", until->span > length->span},
                               {length->span, "and here", length->span > until->span}}});
  }
}

std::string_view named(Form form) {
  switch (form) {
    case Form::Prohibition:
      return "a prohibition";
    case Form::Duty:
      return "a duty";
    case Form::Effort:
      return "a duty of effort";
    case Form::Permission:
      return "a permission";
    case Form::Power:
      return "a power";
    case Form::Phases:
      return "reciprocal phases";
    case Form::Watch:
      return "a report";
    case Form::Reservation:
      return "reserved text";
  }
  return "";
}

bool binds(Form form) {
  return form == Form::Prohibition || form == Form::Duty || form == Form::Effort ||
         form == Form::Phases;
}

bool fits(const Particular& particular, Form form) {
  const auto is = [&]<typename Part>(std::in_place_type_t<Part>) {
    return std::holds_alternative<Part>(particular.what);
  };
  if (is(std::in_place_type<Note>) || is(std::in_place_type<LanguageText>)) {
    return true;
  }
  if (form == Form::Reservation) {
    return false;
  }
  if (is(std::in_place_type<Whenever>)) {
    return form == Form::Watch || form == Form::Duty || form == Form::Effort;
  }
  if (form == Form::Watch) {
    return is(std::in_place_type<InPlace>) || is(std::in_place_type<From>) ||
           is(std::in_place_type<Until>) || is(std::in_place_type<For>) ||
           is(std::in_place_type<If>) || is(std::in_place_type<While>) ||
           is(std::in_place_type<Unless>) || is(std::in_place_type<Exception>);
  }
  if (is(std::in_place_type<Phase>)) {
    return form == Form::Phases;
  }
  if (is(std::in_place_type<Surviving>) || is(std::in_place_type<Notice>)) {
    return form == Form::Power;
  }
  if (is(std::in_place_type<Reciprocally>)) {
    return form == Form::Duty || form == Form::Effort;
  }
  if (is(std::in_place_type<Interval>)) {
    return form == Form::Duty || form == Form::Phases;
  }
  if (is(std::in_place_type<Start>) || is(std::in_place_type<Finish>)) {
    return form == Form::Duty || form == Form::Effort || form == Form::Phases;
  }
  if (is(std::in_place_type<Due>)) {
    return form == Form::Duty || form == Form::Effort;
  }
  if (is(std::in_place_type<InPlace>) || is(std::in_place_type<Exception>)) {
    return form != Form::Power;
  }
  if (is(std::in_place_type<Renewable>)) {
    return form != Form::Power && form != Form::Phases;
  }
  const bool concerns_breach = is(std::in_place_type<Determined>) ||
                               is(std::in_place_type<Ensured>) ||
                               is(std::in_place_type<Consequence>);
  return !concerns_breach || binds(form);
}

// The periods of a duty that recurs are its deadlines.
void check_recurrence(Context& context, const Clause& clause) {
  if (clause.form != Form::Duty) {
    return;
  }
  const auto interval =
      std::find_if(clause.particulars.begin(), clause.particulars.end(),
                   [](const auto& one) { return std::holds_alternative<Interval>(one.what); });
  for (const Particular& particular : clause.particulars) {
    const bool is_deadline = std::holds_alternative<Due>(particular.what) ||
                             std::holds_alternative<Start>(particular.what) ||
                             std::holds_alternative<Finish>(particular.what) ||
                             std::holds_alternative<Reciprocally>(particular.what);
    if (interval != clause.particulars.end() && is_deadline &&
        !exclude_each_other(*interval, particular)) {
      context.report(
          {.kind = DiagnosticKind::ParticularMisfit,
           .span = particular.span,
           .arguments = {std::string(kWords[particular.what.index()]), "a duty that recurs"},
           .labels = {{interval->span, "it recurs here", false}}});
    }
  }
}

void check_fit(Context& context, NodeView node, const Clause& clause) {
  const std::optional<NodeView> norm = node.child(NodeKind::Norm);
  const std::optional<NodeView> modal =
      norm.has_value() ? norm->child(NodeKind::Modal) : std::nullopt;
  if (clause.form == Form::Power && modal.has_value() && !modal->has_word("may")) {
    // A power that is ordered has its message; what stands beside it was written for a duty.
    return;
  }
  for (const Particular& particular : clause.particulars) {
    if (!fits(particular, clause.form)) {
      context.report(
          DiagnosticKind::ParticularMisfit, particular.span,
          {std::string(kWords[particular.what.index()]), std::string(named(clause.form))});
    }
  }
}

void check_consequence(Context& context, NodeView node, const Clause& clause) {
  if (!binds(clause.form) || clause.find<Consequence>() != nullptr) {
    return;
  }
  // A consequence that could not be read, or whose bracket only one side fills, is no silence.
  const bool is_written = node.child(NodeKind::Consequence).has_value();
  if (is_written || has_error(node)) {
    return;
  }
  Diagnostic diagnostic{.kind = DiagnosticKind::ConsequenceMissing,
                        .span = clause.number_span,
                        .arguments = {clause.number}};
  if (node.token(TokenKind::Stop).has_value()) {
    base::Span end = token_span(node, TokenKind::Stop);
    end.end = end.begin;
    diagnostic.fix = {end, "; consequence none stated", "say that none is stated"};
  }
  context.report(std::move(diagnostic));
}

void check_self_reference(Context& context, const Clause& clause) {
  const auto check = [&](const std::vector<ClauseRef>& refs) {
    for (const ClauseRef& ref : refs) {
      if (context.clause == ref.clause) {
        context.report(DiagnosticKind::RefersToItself, ref.span, {clause.number});
      }
    }
  };
  for (const Particular& particular : clause.particulars) {
    if (const auto* upon = std::get_if<Upon>(&particular.what)) {
      check(upon->clauses);
    } else if (const auto* reciprocally = std::get_if<Reciprocally>(&particular.what)) {
      check(reciprocally->clauses);
    } else if (const auto* despite = std::get_if<Despite>(&particular.what)) {
      check(despite->clauses);
    } else if (const auto* subject_to = std::get_if<SubjectTo>(&particular.what)) {
      check(subject_to->clauses);
    } else if (const auto* amending = std::get_if<Amending>(&particular.what)) {
      check(amending->clauses);
    } else if (const auto* consequence = std::get_if<Consequence>(&particular.what)) {
      check(consequence->clauses);
    }
  }
  check(clause.power.clauses);
}

// A phase is somebody's turn: it must be one of those between whom the phases are.
void check_phases(Context& context, NodeView node, const Clause& clause) {
  if (clause.form != Form::Phases) {
    return;
  }
  if (clause.find<Phase>() == nullptr && !has_error(node)) {
    context.report(DiagnosticKind::PhaseMissing, clause.subject.span);
  }
  for (const Phase* phase : clause.find_all<Phase>()) {
    for (const Agent& agent : phase->agents) {
      bool is_between = false;
      for (const Agent& side : clause.phase_agents) {
        is_between |= side.who != Agent::Who::Actor || side.actor == agent.actor;
      }
      if (agent.who == Agent::Who::Actor && !is_between) {
        context.report({.kind = DiagnosticKind::PhaseOfAnother,
                        .span = agent.span,
                        .arguments = {agent.text},
                        .labels = {{clause.subject.span, "the phases are between these", false}}});
      }
    }
  }
}

// One edge of priority: the clause gives way to `over`, by the words at `span`.
struct Edge {
  std::uint32_t over = 0;
  base::Span span;
};

void add_edges(const Clause& clause, std::uint32_t index, std::vector<std::vector<Edge>>& edges) {
  for (const Particular& particular : clause.particulars) {
    if (const auto* subject_to = std::get_if<SubjectTo>(&particular.what)) {
      for (const ClauseRef& ref : subject_to->clauses) {
        edges[index].push_back({ref.clause.index, particular.span});
      }
    } else if (const auto* despite = std::get_if<Despite>(&particular.what)) {
      for (const ClauseRef& ref : despite->clauses) {
        edges[ref.clause.index].push_back({index, particular.span});
      }
    }
  }
}

}  // namespace

void check_clause(Context& context, NodeView node, const Clause& clause) {
  check_repeats(context, clause);
  check_fit(context, node, clause);
  check_recurrence(context, clause);
  check_consequence(context, node, clause);
  check_self_reference(context, clause);
  check_phases(context, node, clause);
}

void check_amendments(Context& context) {
  const std::vector<Clause>& clauses = context.agreement.clauses;
  std::vector<std::vector<std::uint32_t>> edges(clauses.size());
  for (std::uint32_t i = 0; i < clauses.size(); ++i) {
    for (const Amending* amending : clauses[i].find_all<Amending>()) {
      for (const ClauseRef& ref : amending->clauses) {
        // A clause in its own place has its own message.
        if (ref.clause.index != i) {
          edges[i].push_back(ref.clause.index);
        }
        const bool has_power = std::any_of(clauses.begin(), clauses.end(), [&](const Clause& one) {
          return one.form == Form::Power && one.power.verb == PowerVerb::Amend &&
                 (one.power.clauses.empty() ||
                  std::any_of(one.power.clauses.begin(), one.power.clauses.end(),
                              [&](const ClauseRef& named) { return named.clause == ref.clause; }));
        });
        if (context.agreement.amending.empty() && !has_power) {
          context.report({.kind = DiagnosticKind::AmendedByNobody,
                          .span = ref.span,
                          .arguments = {clauses[i].number, clauses[ref.clause.index].number}});
        }
      }
    }
  }
  for (const std::vector<std::uint32_t>& circle : find_circles(edges)) {
    Diagnostic diagnostic{.kind = DiagnosticKind::AmendmentCircle,
                          .span = clauses[circle[0]].number_span,
                          .arguments = {clauses[circle[0]].number}};
    for (std::size_t i = 1; i < circle.size(); ++i) {
      diagnostic.labels.push_back({clauses[circle[i]].number_span, "and this", false});
    }
    context.report(std::move(diagnostic));
  }
}

void check_local_truces(Context& context) {
  const Agreement& agreement = context.agreement;
  for (const Clause& permission : agreement.clauses) {
    const LocalTruce* local = local_truce_of(agreement, permission);
    if (local == nullptr || permission.form != Form::Permission || !permission.act.verb ||
        !local->prevails_over.empty() || !local->subject_to.empty()) {
      continue;
    }
    const auto forbids = [&](const Clause& clause) {
      return clause.form == Form::Prohibition && clause.part.where == Part::Where::Main &&
             clause.act.verb == permission.act.verb;
    };
    const auto found = std::find_if(agreement.clauses.begin(), agreement.clauses.end(), forbids);
    if (found != agreement.clauses.end()) {
      context.report({.kind = DiagnosticKind::LocalTruceUnranked,
                      .span = permission.number_span,
                      .arguments = {permission.number, found->number},
                      .labels = {{local->span, "the local truce begins here", false},
                                 {found->number_span, "forbidden here", false}}});
    }
  }
}

void check_priority(Context& context) {
  const std::vector<Clause>& clauses = context.agreement.clauses;
  std::vector<std::vector<Edge>> edges(clauses.size());
  for (std::uint32_t i = 0; i < clauses.size(); ++i) {
    add_edges(clauses[i], i, edges);
  }
  std::vector<std::vector<std::uint32_t>> plain(clauses.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    for (const Edge& edge : edges[i]) {
      // A clause over itself has its own message.
      if (edge.over != i) {
        plain[i].push_back(edge.over);
      }
    }
  }
  for (const std::vector<std::uint32_t>& circle : find_circles(plain)) {
    Diagnostic diagnostic{.kind = DiagnosticKind::PriorityCircle,
                          .span = clauses[circle[0]].number_span,
                          .arguments = {clauses[circle[0]].number}};
    for (std::size_t i = 0; i < circle.size(); ++i) {
      const std::uint32_t from = circle[i];
      const std::uint32_t to = circle[(i + 1) % circle.size()];
      const auto edge = std::find_if(edges[from].begin(), edges[from].end(),
                                     [&](const Edge& one) { return one.over == to; });
      diagnostic.labels.push_back(
          {edge->span, clauses[from].number + " gives way to " + clauses[to].number + " here",
           false});
    }
    context.report(std::move(diagnostic));
  }
}

}  // namespace truce::agreement::internal
