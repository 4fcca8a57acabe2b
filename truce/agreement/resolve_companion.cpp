// SPDX-License-Identifier: Apache-2.0
// What stands beside the text: harms, scenarios and acceptances.
#include "truce/agreement/internal/declarations.h"
#include "truce/agreement/internal/resolve_phrases.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;

// Clauses that a scenario speaks of must exist: otherwise it can never come out.
std::vector<ClauseRef> scenario_clauses(Context& context, NodeView node) {
  std::vector<ClauseRef> refs;
  for (std::uint32_t token : node.own_tokens()) {
    if (node.tree().tokens()[token].kind != TokenKind::Number) {
      continue;
    }
    const std::string number(node.tree().token_text(token));
    const base::Span span = node.tree().token_span(token);
    const auto found = context.names.clauses.find(number);
    if (found == context.names.clauses.end()) {
      context.report(DiagnosticKind::NoClauseToExpect, span, {number});
    } else {
      refs.push_back({found->second, span, std::nullopt});
    }
  }
  return refs;
}

std::vector<ClauseRef> child_scenario_clauses(Context& context, NodeView node) {
  const std::optional<NodeView> list = node.child(NodeKind::ClauseList);
  return list.has_value() ? scenario_clauses(context, *list) : std::vector<ClauseRef>();
}

ScenarioEvent::Finding finding_of(Context& context, NodeView node,
                                  ScenarioEvent::Finding::What what) {
  return {what, child_scenario_clauses(context, node), child_agents(context, node)};
}

std::optional<ScenarioEvent> event_of(Context& context, NodeView node) {
  ScenarioEvent event;
  event.span = node.span();
  std::vector<NodeView> agents = node.children(NodeKind::Agents);
  if (node.has_word("according") && !agents.empty()) {
    std::vector<Agent> source = agents_of(context, agents[0]);
    agents.erase(agents.begin());
    if (!source.empty()) {
      event.according_to = std::move(source[0]);
    }
  }
  if (!agents.empty()) {
    event.agents = agents_of(context, agents[0]);
  }
  bool is_whole_day = false;
  const std::optional<base::Instant> at = instant_of(context, node, is_whole_day);
  if (const auto act = node.child(NodeKind::Act)) {
    event.act = act_of(context, *act);
  } else if (const auto power = node.child(NodeKind::Power)) {
    event.power = power_of(context, *power);
  } else if (const auto finding = node.child(NodeKind::Finding)) {
    event.finding = finding_of(context, *finding, ScenarioEvent::Finding::What::Breach);
  } else if (const auto declaration = node.child(NodeKind::Declaration)) {
    event.finding =
        finding_of(context, *declaration,
                   declaration->has_word("release") ? ScenarioEvent::Finding::What::Release
                                                    : ScenarioEvent::Finding::What::Dissent);
  } else {
    return std::nullopt;
  }
  if (!at.has_value()) {
    return std::nullopt;
  }
  event.at = *at;
  return event;
}

Expectation::Outcome outcome_of(NodeView node) {
  const std::optional<NodeView> outcome = node.child(NodeKind::Outcome);
  const std::string word = outcome.has_value() ? own_words(*outcome) : "";
  if (word == "kept") {
    return Expectation::Outcome::Kept;
  }
  if (word == "unknown") {
    return Expectation::Outcome::Unknown;
  }
  if (word == "contested") {
    return Expectation::Outcome::Contested;
  }
  if (word == "pending") {
    return Expectation::Outcome::Pending;
  }
  return word == "lapsed" ? Expectation::Outcome::Lapsed : Expectation::Outcome::Broken;
}

// `expect nobody in breach`, `expect A in breach of 1.1 …`, `expect 1.1 broken by A …`.
Expectation expectation_of(Context& context, NodeView node) {
  Expectation expectation;
  expectation.span = node.span();
  expectation.text = folded_text(node);
  expectation.is_nobody = node.has_word("nobody");
  expectation.outcome = outcome_of(node);
  std::vector<NodeView> agents = node.children(NodeKind::Agents);
  if (node.has_word("according") && !agents.empty()) {
    std::vector<Agent> source = agents_of(context, agents.back());
    agents.pop_back();
    if (!source.empty()) {
      expectation.according_to = std::move(source[0]);
    }
  }
  if (!agents.empty()) {
    expectation.agents = agents_of(context, agents[0]);
  }
  expectation.clauses = child_scenario_clauses(context, node);
  if (node.token(TokenKind::Number).has_value()) {
    expectation.clauses = scenario_clauses(context, node);
  }
  return expectation;
}

// `TR-O01`, as written between `accept` and `on`.
std::string code_of(NodeView node) {
  std::string code;
  for (std::uint32_t token : node.own_tokens()) {
    const std::string_view text = node.tree().token_text(token);
    if (node.tree().meant_text(token) == "on") {
      break;
    }
    if (node.tree().meant_text(token) != "accept") {
      code += text;
    }
  }
  return code;
}

}  // namespace

void resolve_companion(Context& context, const Declared& declared) {
  for (NodeView node : declared.harms) {
    Harm harm;
    harm.name = node.name();
    harm.span = node.span();
    if (const auto subject = node.child(NodeKind::Subject)) {
      harm.subject = subject_of(context, *subject, node);
    }
    if (const auto act = node.child(NodeKind::Act)) {
      harm.act = act_of(context, *act);
      context.agreement.harms.push_back(std::move(harm));
    }
  }
  for (NodeView node : declared.scenarios) {
    Scenario scenario;
    scenario.name = node.string().value_or("");
    scenario.span = node.span();
    for (const Scenario& known : context.agreement.scenarios) {
      if (known.name == scenario.name && !scenario.name.empty()) {
        context.report({.kind = DiagnosticKind::DuplicateTitle,
                        .span = token_span(node, TokenKind::String),
                        .arguments = {"scenarios", "name \"" + scenario.name + "\""},
                        .labels = {{known.span, "the first of that name", false}}});
        break;
      }
    }
    for (NodeView step : node.children()) {
      if (step.kind() == NodeKind::Event) {
        if (auto event = event_of(context, step)) {
          scenario.events.push_back(std::move(*event));
        }
      } else if (step.kind() == NodeKind::Expectation) {
        scenario.expectations.push_back(expectation_of(context, step));
      }
    }
    context.agreement.scenarios.push_back(std::move(scenario));
  }
  for (NodeView node : declared.acceptances) {
    Acceptance acceptance;
    acceptance.code = code_of(node);
    acceptance.clauses = child_clause_refs(context, node);
    acceptance.reason = node.string().value_or("");
    acceptance.agents = child_agents(context, node);
    acceptance.span = node.span();
    context.agreement.acceptances.push_back(std::move(acceptance));
  }
}

}  // namespace truce::agreement::internal
