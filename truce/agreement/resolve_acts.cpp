// SPDX-License-Identifier: Apache-2.0
// What is done: acts checked against the vocabulary, subjects, powers, and what situations say.
#include "truce/agreement/internal/brackets.h"
#include "truce/agreement/internal/resolve_phrases.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;

Preposition preposition_of(NodeView node) {
  const std::optional<NodeView> child = node.child(NodeKind::Preposition);
  const std::string words = child.has_value() ? own_words(*child) : "";
  for (Preposition preposition :
       {Preposition::With, Preposition::To, Preposition::From, Preposition::Into, Preposition::Over,
        Preposition::Along, Preposition::AwayFrom, Preposition::Through, Preposition::On,
        Preposition::In, Preposition::Between, Preposition::Against, Preposition::For}) {
    if (words == to_text(preposition)) {
      return preposition;
    }
  }
  return Preposition::Object;
}

// Whether things of the kind may stand where one of `allowed` may: the kind is one of them, or it
// is a definition of the agreement whose members are.
bool is_allowed_kind(const Vocabulary& vocabulary, KindId kind,
                     const std::vector<KindId>& allowed) {
  for (KindId one : allowed) {
    if (vocabulary.is_kind_of(kind, one)) {
      return true;
    }
  }
  if (vocabulary.kinds[kind.index].is_from_vocabulary) {
    return false;
  }
  const std::vector<KindId> below = vocabulary.with_descendants(kind);
  if (below.size() == 1 && vocabulary.kinds[kind.index].parents.empty()) {
    // Nothing is known of it: its own definition has been reported.
    return true;
  }
  for (std::size_t i = 0; i < below.size(); ++i) {
    for (KindId one : allowed) {
      if (below[i] != kind && vocabulary.is_kind_of(below[i], one)) {
        return true;
      }
    }
  }
  return false;
}

bool is_allowed(const Vocabulary& vocabulary, const Role& role, const Noun& noun) {
  if (role.admits_anything()) {
    return true;
  }
  switch (noun.head) {
    case Noun::Head::Agent:
      return role.admits_actors;
    case Noun::Head::Place:
      return role.admits_places;
    case Noun::Head::Kind:
      return is_allowed_kind(vocabulary, noun.kind, role.kinds);
    case Noun::Head::Undefined:
      return true;
  }
  return true;
}

// `Weapons, Forces or a place`.
std::string described(const Vocabulary& vocabulary, const Role& role) {
  std::vector<std::string> parts;
  parts.reserve(role.kinds.size() + 2);
  for (KindId kind : role.kinds) {
    parts.push_back(vocabulary.kinds[kind.index].name);
  }
  if (role.admits_actors) {
    parts.emplace_back("somebody named");
  }
  if (role.admits_places) {
    parts.emplace_back("a place");
  }
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    text += i == 0 ? "" : i + 1 == parts.size() ? " or " : ", ";
    text += parts[i];
  }
  return text;
}

std::string roles_of(const Verb& verb) {
  std::string text;
  for (const Role& role : verb.roles) {
    if (role.preposition != Preposition::Object) {
      text += text.empty() ? "`" : "`, `";
      text += to_text(role.preposition);
    }
  }
  return text.empty() ? "" : "it takes " + text + "`";
}

void check_role(Context& context, VerbId verb_id, Preposition preposition, const Nouns& nouns,
                base::Span span) {
  const Vocabulary& vocabulary = context.agreement.vocabulary;
  const Verb& verb = vocabulary.verbs[verb_id.index];
  const Role* role = verb.role(preposition);
  if (role == nullptr && preposition == Preposition::In) {
    for (const Noun& noun : nouns.items) {
      if (noun.head == Noun::Head::Agent) {
        context.report(DiagnosticKind::WrongSort, noun.span,
                       {noun.text, "somebody", std::string(to_words(Wanted::Place))});
      }
    }
    return;
  }
  if (role == nullptr) {
    const bool is_object = preposition == Preposition::Object;
    Diagnostic diagnostic{.kind = is_object ? DiagnosticKind::NoObject : DiagnosticKind::NoSuchRole,
                          .span = span,
                          .arguments = {verb.name, std::string(to_text(preposition))}};
    const std::string roles = roles_of(verb);
    if (!roles.empty()) {
      diagnostic.notes.push_back(roles);
    }
    context.report(std::move(diagnostic));
    return;
  }
  for (const Noun& noun : nouns.items) {
    if (!is_allowed(vocabulary, *role, noun)) {
      std::string how = verb.name;
      if (preposition != Preposition::Object) {
        how += " … " + std::string(to_text(preposition));
      }
      context.report(DiagnosticKind::WrongKind, noun.span,
                     {noun.text, how, described(vocabulary, *role)});
    }
  }
}

Complement complement_of(Context& context, NodeView node) {
  Complement complement;
  complement.preposition = preposition_of(node);
  complement.nouns = child_nouns(context, node);
  complement.span = node.span();
  if (const auto distance = node.child(NodeKind::Distance)) {
    complement.at_least = distance_of(context, *distance);
  }
  return complement;
}

PowerVerb power_verb_of(NodeView node) {
  if (node.has_word("suspend")) {
    return PowerVerb::Suspend;
  }
  if (node.has_word("resume")) {
    return PowerVerb::Resume;
  }
  if (node.has_word("terminate")) {
    return PowerVerb::Terminate;
  }
  return node.has_word("amend") ? PowerVerb::Amend : PowerVerb::Extend;
}

// `no Party`: every party, in a sentence that denies.
Agent no_party_of(Context& context, NodeView node) {
  Agent agent;
  base::Span span = node.span();
  const std::string name = node.name(&span);
  agent.text = name;
  agent.span = span;
  if (name == "Party" || name == "Parties") {
    agent.who = Agent::Who::EachParty;
  } else if (name == "Guarantor" || name == "Guarantors") {
    agent.who = Agent::Who::EachGuarantor;
  } else if (const auto actor = find_actor(context, name)) {
    agent.who = Agent::Who::Actor;
    agent.actor = *actor;
  } else {
    report_name(context, name, span, Wanted::Actor);
  }
  return agent;
}

}  // namespace

Act act_of(Context& context, NodeView node) {
  Act act;
  act.span = node.span();
  act.verb_span = node.span();
  if (const auto verb = node.child(NodeKind::Verb)) {
    act.verb_span = verb->span();
    const std::string word = own_words(*verb);
    act.verb = context.agreement.vocabulary.find_verb(word);
    if (!act.verb.has_value() && !context.is_broken_off) {
      context.missing.add_verb(word, verb->span());
    }
  }
  act.object = child_nouns(context, node);
  if (act.verb.has_value() && !act.object.empty()) {
    check_role(context, *act.verb, Preposition::Object, act.object, act.object.span);
  }
  for (NodeView child : node.children(NodeKind::Complement)) {
    lift(context, child, [&](std::optional<AlternativeRef> only_in) {
      Complement complement = complement_of(context, child);
      complement.only_in = only_in;
      if (act.verb.has_value()) {
        check_role(context, *act.verb, complement.preposition, complement.nouns,
                   child.child(NodeKind::Preposition).value_or(child).span());
      }
      act.complements.push_back(std::move(complement));
    });
  }
  return act;
}

Exception exception_of(Context& context, NodeView node) {
  Exception exception;
  exception.text = folded_text(node);
  if (const auto response = node.child(NodeKind::Response)) {
    // A situation without a name of its own: its words stand for it.
    exception.what = Exception::What::InSituation;
    Situation situation;
    situation.name = folded_text(*response);
    situation.is_inline = true;
    situation.what = response_of(context, *response);
    situation.span = response->span();
    exception.situation = base::id_at<SituationId>(context.agreement.situations.size());
    context.agreement.situations.push_back(std::move(situation));
    return exception;
  }
  if (node.has_word("in")) {
    exception.what = Exception::What::InSituation;
    const Condition condition = condition_of(context, node);
    exception.situation = condition.situation;
    return exception;
  }
  exception.what = node.has_word("for") ? Exception::What::ForThings : Exception::What::Against;
  exception.nouns = child_nouns(context, node);
  return exception;
}

Power power_of(Context& context, NodeView node) {
  Power power;
  power.verb = power_verb_of(node);
  power.clauses = child_clause_refs(context, node);
  std::size_t next = 0;
  if (node.has_word("for")) {
    power.period = child_period(context, node, next++);
  }
  if (node.has_word("notice")) {
    power.notice = child_period(context, node, next);
  }
  return power;
}

namespace {

// What is told from the bearer cannot be the bearer.
void check_subject(Context& context, const std::vector<Agent>& agents) {
  for (const Agent& agent : agents) {
    const bool is_guarantor = agent.who == Agent::Who::ItsGuarantor;
    if (is_guarantor || agent.who == Agent::Who::AnotherParty ||
        agent.who == Agent::Who::ItsParty || agent.who == Agent::Who::SameParty) {
      const std::string plain = is_guarantor ? "each Guarantor" : "each Party";
      Diagnostic diagnostic{.kind = DiagnosticKind::RelativeSubject,
                            .span = agent.span,
                            .arguments = {agent.text, plain}};
      diagnostic.fix = {agent.span, plain, "bind each of them"};
      context.report(std::move(diagnostic));
    }
  }
}

}  // namespace

Subject subject_of(Context& context, NodeView node, NodeView norm) {
  Subject subject;
  subject.span = node.span();
  if (node.child(NodeKind::Nobody).has_value()) {
    subject.is_no_one = true;
  } else if (node.child(NodeKind::Anyone).has_value()) {
    subject.is_anyone = true;
  } else if (const auto no_party = node.child(NodeKind::NoParty)) {
    subject.agents.push_back(no_party_of(context, *no_party));
  } else if (const auto agents = node.child(NodeKind::Agents)) {
    subject.agents = agents_of(context, *agents);
    check_subject(context, subject.agents);
    if (norm.has_word("jointly")) {
      subject.mode = Subject::Mode::Jointly;
    } else if (agents->has_word("or")) {
      subject.mode = Subject::Mode::Either;
    } else if (norm.has_word("each") || agents->children(NodeKind::Agent).size() > 1) {
      // Of `A and B shall` the parser has asked which of the two is meant.
      subject.mode = Subject::Mode::Each;
    }
  }
  return subject;
}

Streak streak_of(Context& context, NodeView node) {
  Streak streak;
  streak.period = child_period(context, node).value_or(Period());
  for (NodeView holding : node.children(NodeKind::Holding)) {
    streak.holdings.push_back(condition_of(context, holding));
  }
  streak.from = child_moment(context, node);
  return streak;
}

namespace {

std::optional<Nearness> child_nearness(Context& context, NodeView parent) {
  const std::optional<NodeView> node = parent.child(NodeKind::Nearness);
  if (!node.has_value()) {
    return std::nullopt;
  }
  Nearness nearness;
  if (const auto reach = node->child(NodeKind::Reach)) {
    nearness.within = distance_of(context, *reach).value_or(base::Metres());
  }
  return nearness;
}

// A period that is counted back, which a month cannot be.
std::optional<Period> child_look_back(Context& context, NodeView parent) {
  const std::vector<NodeView> durations = parent.children(NodeKind::Duration);
  const std::optional<Period> period = child_period(context, parent);
  if (period.has_value() && period->months != 0) {
    context.report(DiagnosticKind::LookBackInMonths, durations[0].span(),
                   {folded_text(durations[0])});
  }
  return period;
}

void report_denial(Context& context, NodeView parent) {
  const std::optional<NodeView> subject = parent.child(NodeKind::Subject);
  if (subject.has_value() && (subject->child(NodeKind::NoParty).has_value() ||
                              subject->child(NodeKind::Nobody).has_value())) {
    context.report(DiagnosticKind::DeniedAct, subject->span(), {folded_text(*subject)});
  }
}

// `an attack by that Party`: on the bearer, by whoever is struck in answer.
Nouns on_the_bearer(Context& context, NodeView node) {
  base::Span span = node.span();
  const std::string name = node.name(&span);
  if (name != "Party") {
    context.report(DiagnosticKind::WrongSort, span, {name, "somebody else", "`Party`"});
  }
  Noun noun;
  noun.head = Noun::Head::Agent;
  noun.agent = {Agent::Who::SameParty, {}, "the same Party", span, std::nullopt};
  noun.text = "the same Party";
  noun.span = span;
  Nouns nouns;
  nouns.items.push_back(std::move(noun));
  nouns.span = span;
  return nouns;
}

}  // namespace

Response response_of(Context& context, NodeView node) {
  Response response;
  response.is_necessary = node.has_word("necessary");
  response.is_proportionate = node.has_word("proportionate");
  response.on = node.has_word("an") ? on_the_bearer(context, node) : child_nouns(context, node);
  response.nearness = child_nearness(context, node);
  const std::size_t durations = node.children(NodeKind::Duration).size();
  const bool is_reported = node.has_word("reported");
  if (durations == (is_reported ? 2U : 1U)) {
    response.within = child_period(context, node);
  }
  if (is_reported && durations > 0) {
    response.reported_to = child_agents(context, node);
    response.reported_within = child_period(context, node, durations - 1);
  }
  return response;
}

Occurrence occurrence_of(Context& context, NodeView node) {
  Occurrence occurrence;
  if (const auto subject = node.child(NodeKind::Subject)) {
    occurrence.subject = subject_of(context, *subject, node);
    occurrence.is_negated = subject->child(NodeKind::NoParty).has_value() ||
                            subject->child(NodeKind::Nobody).has_value();
    // `no one attacks` speaks of everybody, and denies it.
    occurrence.subject.is_anyone |= occurrence.subject.is_no_one;
    occurrence.subject.is_no_one = false;
  }
  if (const auto act = node.child(NodeKind::Act)) {
    occurrence.act = act_of(context, *act);
  }
  for (NodeView exception : node.children(NodeKind::Exception)) {
    occurrence.exceptions.push_back(exception_of(context, exception));
  }
  occurrence.nearness = child_nearness(context, node);
  occurrence.during = child_look_back(context, node);
  occurrence.from = child_moment(context, node);
  return occurrence;
}

StandingStreak standing_streak_of(Context& context, NodeView node) {
  StandingStreak streak;
  streak.period = child_look_back(context, node).value_or(Period());
  streak.nearness = child_nearness(context, node);
  for (NodeView holding : node.children(NodeKind::Holding)) {
    streak.holdings.push_back(condition_of(context, holding));
  }
  streak.from = child_moment(context, node);
  return streak;
}

std::optional<ParameterId> parameter_of(Context& context, NodeView node, const std::string& word,
                                        Parameter::What wanted) {
  const auto found = context.names.parameters.find(word);
  if (found == context.names.parameters.end()) {
    context.report(DiagnosticKind::UnknownParameter, word_span(node, word), {word});
    return std::nullopt;
  }
  const bool is_number = wanted == Parameter::What::Number;
  if (context.agreement.parameters[found->second.index].what != wanted) {
    context.report(DiagnosticKind::ParameterMisfit, word_span(node, word),
                   {word, is_number ? "a file of places" : "a number",
                    is_number ? "a number" : "a file of places"});
    return std::nullopt;
  }
  return found->second;
}

namespace {

// `at least k occasions`: the word between `least` and `occasions`.
std::string word_before(NodeView node, std::string_view last) {
  std::string before;
  for (std::uint32_t token : node.own_tokens()) {
    const std::string word(node.tree().meant_text(token));
    if (word == last) {
      return before;
    }
    before = word;
  }
  return "";
}

}  // namespace

Frequency frequency_of(Context& context, NodeView node) {
  Frequency frequency;
  if (number_of(node).has_value()) {
    frequency.at_least = whole_number(context, node);
  } else if (const std::string word = word_before(node, "occasions"); !word.empty()) {
    frequency.parameter = parameter_of(context, node, word, Parameter::What::Number);
    if (frequency.parameter.has_value()) {
      frequency.at_least = context.agreement.parameters[frequency.parameter->index].number;
    }
  }
  frequency.within = child_look_back(context, node).value_or(Period());
  frequency.nearness = child_nearness(context, node);
  frequency.occasion = occurrence_of(context, node);
  frequency.occasion.nearness = std::nullopt;
  frequency.occasion.during = std::nullopt;
  frequency.occasion.is_negated = false;
  report_denial(context, node);
  return frequency;
}

Whenever whenever_of(Context& context, NodeView node) {
  Whenever whenever{occurrence_of(context, node)};
  whenever.what.is_negated = false;
  report_denial(context, node);
  return whenever;
}

}  // namespace truce::agreement::internal
