// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/particulars.h"

#include "truce/agreement/internal/brackets.h"
#include "truce/agreement/internal/resolve_phrases.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;
using What = decltype(Particular::what);
using Read = std::optional<What>;

bool is_where(const Vocabulary& vocabulary, const Noun& noun) {
  if (noun.head == Noun::Head::Kind) {
    const std::optional<KindId> areas = vocabulary.find_kind("Areas");
    return areas.has_value() && vocabulary.is_kind_of(noun.kind, *areas);
  }
  return noun.head != Noun::Head::Agent;
}

Read read_in_place(Context& context, NodeView node) {
  InPlace in{child_nouns(context, node, Wanted::Place)};
  for (const Noun& noun : in.places.items) {
    if (!is_where(context.agreement.vocabulary, noun)) {
      const bool is_kind = noun.head == Noun::Head::Kind;
      context.report(DiagnosticKind::WrongSort, noun.span,
                     {noun.text, is_kind ? "a kind of thing" : "somebody",
                      std::string(to_words(Wanted::Place))});
    }
  }
  return in;
}

template <typename Part>
Read read_moment(Context& context, NodeView node) {
  if (auto moment = child_moment(context, node)) {
    return Part{std::move(*moment)};
  }
  return std::nullopt;
}

template <typename Part>
Read read_deadline(Context& context, NodeView node) {
  const std::optional<NodeView> child =
      node.kind() == NodeKind::Deadline ? std::optional(node) : node.child(NodeKind::Deadline);
  std::optional<Deadline> deadline =
      child.has_value() ? deadline_of(context, *child) : std::nullopt;
  if (deadline.has_value()) {
    return Part{std::move(*deadline)};
  }
  return std::nullopt;
}

template <typename Part>
Read read_condition(Context& context, NodeView node) {
  if (const auto condition = node.child(NodeKind::Condition)) {
    return Part{condition_of(context, *condition)};
  }
  return std::nullopt;
}

template <typename Part>
Read read_clauses(Context& context, NodeView node) {
  return Part{child_clause_refs(context, node)};
}

template <typename Part>
Read read_period(Context& context, NodeView node) {
  if (const auto period = child_period(context, node)) {
    return Part{*period};
  }
  return std::nullopt;
}

Read read_interval(Context& context, NodeView node) {
  const std::optional<Period> period = child_period(context, node);
  if (!period.has_value()) {
    return std::nullopt;
  }
  Interval interval{*period, std::nullopt};
  if (const auto condition = node.child(NodeKind::Condition)) {
    interval.while_condition = condition_of(context, *condition);
  }
  return interval;
}

void resolve_trigger_name(Context& context, NodeView node, Upon& upon) {
  base::Span span = node.span();
  const std::string name = node.name(&span);
  const auto moment = context.names.moments.find(name);
  const auto situation = context.names.situations.find(name);
  if (moment != context.names.moments.end()) {
    upon.what = Upon::What::Moment;
    upon.moment = moment->second;
  } else if (situation != context.names.situations.end()) {
    upon.situation = situation->second;
    const Situation& declared = context.agreement.situations[situation->second.index];
    upon.what =
        std::holds_alternative<Streak>(declared.what) ? Upon::What::Streak : Upon::What::Situation;
  } else {
    report_name(context, name, span, Wanted::MomentOrSituation);
  }
}

Read read_upon(Context& context, NodeView node) {
  const std::optional<NodeView> trigger = node.child(NodeKind::Trigger);
  if (!trigger.has_value()) {
    return std::nullopt;
  }
  Upon upon;
  upon.text = folded_text(*trigger);
  upon.clauses = child_clause_refs(context, *trigger);
  upon.things = child_nouns(context, *trigger);
  upon.agents = child_agents(context, *trigger);
  if (trigger->has_word("fulfilment")) {
    upon.what = Upon::What::Fulfilment;
  } else if (trigger->has_word("determination")) {
    upon.what = Upon::What::Determination;
  } else if (trigger->has_word("breach")) {
    upon.what = Upon::What::Breach;
  } else if (trigger->has_word("report")) {
    upon.what = trigger->child(NodeKind::ClauseList).has_value() ? Upon::What::ReportOfClause
                                                                 : Upon::What::ReportOfThing;
  } else if (trigger->has_word("notice")) {
    upon.what = Upon::What::Notice;
  } else if (trigger->has_word("signature")) {
    upon.what = Upon::What::Signature;
  } else {
    resolve_trigger_name(context, *trigger, upon);
  }
  return upon;
}

Read read_renewable(Context& context, NodeView node) {
  const std::optional<Period> period = child_period(context, node);
  if (!period.has_value()) {
    return std::nullopt;
  }
  Renewable renewable{*period, child_agents(context, node), std::nullopt};
  if (node.has_word("once")) {
    renewable.at_most = 1;
  } else if (node.has_word("most")) {
    renewable.at_most = whole_number(context, node);
  }
  return renewable;
}

Read read_monitored(Context& context, NodeView node) {
  Monitored monitored;
  monitored.agents = child_agents(context, node);
  monitored.is_joint = node.has_word("jointly");
  monitored.from = child_moment(context, node);
  monitored.means = child_nouns(context, node);
  return monitored;
}

Read read_determined(Context& context, NodeView node) {
  Determined determined;
  determined.agents = child_agents(context, node);
  determined.is_joint = node.has_word("jointly");
  determined.within = child_period(context, node);
  determined.is_from_notification = node.has_word("notification");
  return determined;
}

Read read_phase(Context& context, NodeView node) {
  const std::optional<NodeView> act = node.child(NodeKind::Act);
  if (!act.has_value()) {
    return std::nullopt;
  }
  std::vector<Agent> agents = child_agents(context, node);
  return Phase{std::move(agents), act_of(context, *act)};
}

Read read_text(NodeView node) {
  const std::string words = own_words(node);
  return LanguageText{words.substr(words.rfind(' ') + 1), node.string().value_or("")};
}

using Reader = Read (*)(Context&, NodeView);

struct Entry {
  NodeKind kind;
  Reader read;
};

const Entry kReaders[] = {
    {NodeKind::InPlace, read_in_place},
    {NodeKind::From, read_moment<From>},
    {NodeKind::Until, read_moment<Until>},
    {NodeKind::For, read_period<For>},
    {NodeKind::Deadline, read_deadline<Due>},
    {NodeKind::Start, read_deadline<Start>},
    {NodeKind::Finish, read_deadline<Finish>},
    {NodeKind::Interval, read_interval},
    {NodeKind::If, read_condition<If>},
    {NodeKind::While, read_condition<While>},
    {NodeKind::Unless, read_condition<Unless>},
    {NodeKind::Upon, read_upon},
    {NodeKind::Whenever,
     [](Context& context, NodeView node) -> Read { return whenever_of(context, node); }},
    {NodeKind::Reciprocally, read_clauses<Reciprocally>},
    {NodeKind::Despite, read_clauses<Despite>},
    {NodeKind::SubjectTo, read_clauses<SubjectTo>},
    {NodeKind::Exception,
     [](Context& context, NodeView node) -> Read { return exception_of(context, node); }},
    {NodeKind::Renewable, read_renewable},
    {NodeKind::Monitored, read_monitored},
    {NodeKind::Determined, read_determined},
    {NodeKind::Ensured,
     [](Context& context, NodeView node) -> Read {
       return Ensured{child_agents(context, node), node.has_word("jointly")};
     }},
    {NodeKind::Consequence,
     [](Context& context, NodeView node) -> Read {
       return Consequence{child_clause_refs(context, node), node.has_word("none")};
     }},
    {NodeKind::Surviving, read_clauses<Surviving>},
    {NodeKind::Amending, read_clauses<Amending>},
    {NodeKind::Notice, read_period<Notice>},
    {NodeKind::Note,
     [](Context&, NodeView node) -> Read { return Note{node.string().value_or("")}; }},
    {NodeKind::Text, [](Context&, NodeView node) -> Read { return read_text(node); }},
    {NodeKind::Phase, read_phase},
};

Reader reader_of(NodeKind kind) {
  for (const Entry& entry : kReaders) {
    if (entry.kind == kind) {
      return entry.read;
    }
  }
  return nullptr;
}

// A bracket in place of a whole particular.
void read_disputed(Context& context, NodeView bracket, Clause& clause) {
  const BracketId id = bracket_of(context, bracket);
  const std::vector<NodeView> alternatives = bracket.children(NodeKind::Alternative);
  for (std::uint32_t i = 0; i < alternatives.size(); ++i) {
    const std::optional<NodeView> content = content_of(alternatives[i]);
    if (!content.has_value()) {
      continue;
    }
    const Reader read = reader_of(content->kind());
    if (read == nullptr) {
      // A bracket in its place again.
      context.report(DiagnosticKind::NestedBracket, content->span());
      continue;
    }
    if (!brackets_in(context, *content).empty()) {
      context.report(DiagnosticKind::NestedBracket, brackets_in(context, *content)[0].span());
    }
    context.chosen.emplace_back(id, i);
    if (Read what = read(context, *content)) {
      clause.particulars.push_back({std::move(*what), content->span(), AlternativeRef{id, i}});
    }
    context.chosen.pop_back();
  }
}

}  // namespace

bool is_particular(NodeKind kind) {
  return kind == NodeKind::Bracket || reader_of(kind) != nullptr;
}

void read_particular(Context& context, NodeView node, Clause& clause) {
  if (node.kind() == NodeKind::Bracket) {
    read_disputed(context, node, clause);
    return;
  }
  const Reader read = reader_of(node.kind());
  if (read == nullptr) {
    return;
  }
  lift(context, node, [&](std::optional<AlternativeRef> only_in) {
    if (Read what = read(context, node)) {
      clause.particulars.push_back({std::move(*what), node.span(), only_in});
    }
  });
}

}  // namespace truce::agreement::internal
