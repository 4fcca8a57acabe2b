// SPDX-License-Identifier: Apache-2.0
// Who and what: agents, nouns and references to clauses.
#include "truce/agreement/internal/brackets.h"
#include "truce/agreement/internal/resolve_phrases.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;

// The word before a name: `each`, `its`, `that`, `another`, `any`, `all`, `the same`, or none.
std::string determiner_of(NodeView node) {
  std::string words;
  for (std::uint32_t token : node.own_tokens()) {
    if (node.tree().tokens()[token].kind != TokenKind::Word || node.tree().is_mended_name(token)) {
      break;
    }
    const std::string_view word = node.tree().meant_text(token);
    if (word == "the") {
      continue;
    }
    words = word;
  }
  return words;
}

std::optional<Agent::Who> class_of(std::string_view name, std::string_view determiner) {
  const bool is_same = determiner == "same" || determiner == "that";
  if (name == "Party" || name == "Parties") {
    if (determiner == "another") {
      return Agent::Who::AnotherParty;
    }
    if (determiner == "its") {
      return Agent::Who::ItsParty;
    }
    return is_same ? Agent::Who::SameParty : Agent::Who::EachParty;
  }
  if (name == "Guarantor" || name == "Guarantors") {
    return determiner == "its" || is_same ? Agent::Who::ItsGuarantor : Agent::Who::EachGuarantor;
  }
  return std::nullopt;
}

// Whether a name stands where only a class can, such as `another Government`.
void check_determiner(Context& context, NodeView node, const std::string& determiner,
                      const std::string& name) {
  if (determiner == "each" || determiner == "another" || determiner == "its" ||
      determiner == "that" || determiner == "same") {
    context.report(DiagnosticKind::DeterminerMisfit, node.span(), {determiner, name});
  }
}

Agent agent_of(Context& context, NodeView node) {
  Agent agent;
  base::Span span = node.span();
  const std::string name = node.name(&span);
  agent.text = folded_text(node);
  agent.span = node.span();
  const std::string determiner = determiner_of(node);
  if (const auto who = class_of(name, determiner)) {
    agent.who = *who;
    return agent;
  }
  if (const auto actor = find_actor(context, name)) {
    agent.who = Agent::Who::Actor;
    agent.actor = *actor;
    check_determiner(context, node, determiner, name);
    return agent;
  }
  report_name(context, name, span, Wanted::Actor);
  return agent;
}

// Applies `resolve(list, only_in)` to the list that stands for `node`: itself, or, for a bracket
// in its place, the alternative taken around it or each alternative in turn.
template <typename Resolve>
void for_each_list(Context& context, NodeView node, const Resolve& resolve) {
  const std::optional<NodeView> bracket = node.child(NodeKind::Bracket);
  if (!bracket.has_value()) {
    resolve(node, std::optional<AlternativeRef>());
    return;
  }
  lift(context, node, [&](std::optional<AlternativeRef> only_in) {
    if (const std::optional<NodeView> list = settled(context, node)) {
      resolve(*list, only_in);
    }
  });
}

std::optional<MeasureTest> measure_test_of(Context& context, NodeView node, KindId kind);

// The owner in `Forces of Nusra`; `its Forces` are those of the bearer.
void resolve_owner(Context& context, NodeView node, const std::string& determiner, Noun& noun);

Noun noun_of(Context& context, NodeView node, Wanted wanted) {
  Noun noun;
  base::Span span = node.span();
  const std::string name = node.name(&span);
  noun.text = folded_text(node);
  noun.span = node.span();
  const std::string determiner = determiner_of(node);
  const auto place = context.names.places.find(name);
  if (const auto who = class_of(name, determiner)) {
    noun.head = Noun::Head::Agent;
    noun.agent = {*who, {}, noun.text, noun.span, std::nullopt};
  } else if (const auto actor = find_actor(context, name)) {
    noun.head = Noun::Head::Agent;
    noun.agent = {Agent::Who::Actor, *actor, name, span, std::nullopt};
    check_determiner(context, node, determiner, name);
  } else if (place != context.names.places.end()) {
    noun.head = Noun::Head::Place;
    noun.place = place->second;
  } else if (const auto kind = context.agreement.vocabulary.find_kind(name)) {
    noun.head = Noun::Head::Kind;
    noun.kind = *kind;
  } else {
    report_name(context, name, span, wanted);
  }
  resolve_owner(context, node, determiner, noun);
  if (const auto test = node.child(NodeKind::MeasureTest)) {
    if (noun.head == Noun::Head::Kind) {
      noun.test = measure_test_of(context, *test, noun.kind);
    } else if (noun.head != Noun::Head::Undefined) {
      context.report(DiagnosticKind::UnknownMeasure, test->span(),
                     {name, std::string(own_words(*test))});
    }
  }
  return noun;
}

void resolve_owner(Context& context, NodeView node, const std::string& determiner, Noun& noun) {
  Noun* innermost = &noun;
  for (NodeView owner : node.children(NodeKind::Noun)) {
    innermost->owner.push_back(noun_of(context, owner, Wanted::Noun));
    while (!innermost->owner.empty()) {
      innermost = &innermost->owner[0];
    }
  }
  if (noun.owner.empty() && determiner == "its" && noun.head == Noun::Head::Kind) {
    Noun owner;
    owner.head = Noun::Head::Agent;
    owner.agent = {Agent::Who::SameParty, {}, "its", noun.span, std::nullopt};
    owner.text = "its";
    owner.span = noun.span;
    noun.owner.push_back(std::move(owner));
  }
}

const Measure* find_measure(const Vocabulary& vocabulary, KindId kind, std::string_view name) {
  std::vector<KindId> open{kind};
  std::vector<bool> is_seen(vocabulary.kinds.size(), false);
  is_seen[kind.index] = true;
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Kind& next = vocabulary.kinds[open[i].index];
    for (const Measure& measure : next.measures) {
      if (measure.name == name) {
        return &measure;
      }
    }
    for (KindId parent : next.parents) {
      if (!is_seen[parent.index]) {
        is_seen[parent.index] = true;
        open.push_back(parent);
      }
    }
  }
  return nullptr;
}

// The word of the measure, the first word after `with`.
std::string measure_name(NodeView test) {
  bool is_next = false;
  for (std::uint32_t token : test.own_tokens()) {
    if (is_next) {
      return std::string(test.tree().meant_text(token));
    }
    is_next = test.tree().meant_text(token) == "with";
  }
  return "";
}

std::string unit_in_words(const std::string& unit) { return unit.empty() ? "plain numbers" : unit; }

std::optional<MeasureTest> measure_test_of(Context& context, NodeView node, KindId kind) {
  MeasureTest test;
  test.measure = measure_name(node);
  test.span = node.span();
  if (node.has_word("least")) {
    test.comparison = MeasureTest::Comparison::AtLeast;
  } else if (node.has_word("most")) {
    test.comparison = MeasureTest::Comparison::AtMost;
  } else {
    test.comparison =
        node.has_word("below") ? MeasureTest::Comparison::Below : MeasureTest::Comparison::Above;
  }
  const std::optional<NodeView> written = node.child(NodeKind::Measure);
  const std::optional<NodeView> measure =
      written.has_value() ? settled(context, *written) : std::nullopt;
  if (!measure.has_value()) {
    return std::nullopt;
  }
  const Vocabulary& vocabulary = context.agreement.vocabulary;
  const Measure* known = find_measure(vocabulary, kind, test.measure);
  if (known == nullptr) {
    context.report(DiagnosticKind::UnknownMeasure, word_span(node, test.measure),
                   {vocabulary.kinds[kind.index].name, test.measure});
    return std::nullopt;
  }
  test.unit = own_words(*measure);
  if (test.unit != known->unit) {
    context.report(DiagnosticKind::WrongUnit, measure->span(),
                   {test.measure, unit_in_words(known->unit), unit_in_words(test.unit)});
    return std::nullopt;
  }
  test.value = number_of(*measure).value_or(0);
  return test;
}

}  // namespace

std::vector<Agent> agents_of(Context& context, NodeView node) {
  std::vector<Agent> agents;
  for_each_list(context, node, [&](NodeView list, std::optional<AlternativeRef> only_in) {
    for (NodeView child : list.children(NodeKind::Agent)) {
      agents.push_back(agent_of(context, child));
      agents.back().only_in = only_in;
    }
  });
  return agents;
}

std::vector<Agent> child_agents(Context& context, NodeView parent) {
  const std::optional<NodeView> agents = parent.child(NodeKind::Agents);
  return agents.has_value() ? agents_of(context, *agents) : std::vector<Agent>();
}

Joining joining_of(NodeView list) {
  const bool is_list = list.has_word(",") && !list.has_word("and");
  return list.has_word("or") || is_list ? Joining::Or : Joining::And;
}

Nouns nouns_of(Context& context, NodeView node, Wanted wanted) {
  Nouns nouns;
  nouns.span = node.span();
  nouns.joining = joining_of(node);
  for_each_list(context, node, [&](NodeView list, std::optional<AlternativeRef> list_only_in) {
    if (!(list == node)) {
      nouns.joining = joining_of(list);
    }
    for (NodeView child : list.children(NodeKind::Noun)) {
      lift(context, child, [&](std::optional<AlternativeRef> only_in) {
        nouns.items.push_back(noun_of(context, child, wanted));
        nouns.items.back().only_in = only_in.has_value() ? only_in : list_only_in;
      });
    }
  });
  return nouns;
}

Nouns child_nouns(Context& context, NodeView parent, Wanted wanted) {
  const std::optional<NodeView> nouns = parent.child(NodeKind::Nouns);
  return nouns.has_value() ? nouns_of(context, *nouns, wanted) : Nouns();
}

std::optional<ClauseRef> clause_ref_of(Context& context, const std::string& number,
                                       base::Span span) {
  const auto found = context.names.clauses.find(number);
  if (found == context.names.clauses.end()) {
    context.missing.add_clause(number, span);
    return std::nullopt;
  }
  return ClauseRef{found->second, span, std::nullopt};
}

std::vector<ClauseRef> clause_refs_of(Context& context, NodeView node) {
  std::vector<ClauseRef> refs;
  for_each_list(context, node, [&](NodeView list, std::optional<AlternativeRef> only_in) {
    for (std::uint32_t token : list.own_tokens()) {
      if (list.tree().tokens()[token].kind != TokenKind::Number) {
        continue;
      }
      if (auto ref = clause_ref_of(context, std::string(list.tree().token_text(token)),
                                   list.tree().token_span(token))) {
        ref->only_in = only_in;
        refs.push_back(*ref);
      }
    }
  });
  return refs;
}

std::vector<ClauseRef> child_clause_refs(Context& context, NodeView parent) {
  const std::optional<NodeView> list = parent.child(NodeKind::ClauseList);
  return list.has_value() ? clause_refs_of(context, *list) : std::vector<ClauseRef>();
}

}  // namespace truce::agreement::internal
