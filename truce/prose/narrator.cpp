// SPDX-License-Identifier: Apache-2.0
#include "truce/prose/internal/narrator.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "truce/base/utf8.h"

namespace truce::prose::internal {

using agreement::Agent;
using agreement::Noun;

namespace {

constexpr std::int64_t kDayInSeconds = 86400;

bool starts_capital(std::string_view word) {
  const base::CodePoint first = base::decode_utf8(word);
  return first.length > 0 && !(first.value >= 'a' && first.value <= 'z');
}

// `Russian Federation` is RF; one word stays whole.
std::string initials(const std::string& name) {
  std::string letters;
  std::size_t count = 0;
  std::string_view rest = name;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    if (starts_capital(word)) {
      letters += word.substr(0, base::decode_utf8(word).length);
      ++count;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return count > 1 ? letters : name;
}

}  // namespace

Narrator::Narrator(const agreement::Agreement& agreement, Maker& maker,
                   std::vector<std::string_view> texts)
    : agreement_(&agreement), maker_(&maker), texts_(std::move(texts)) {}

bool Narrator::joined_by_or(base::Span first, base::Span last) const {
  if (first.source != last.source || first.source >= texts_.size() || first.end > last.begin ||
      last.begin > texts_[first.source].size()) {
    return false;
  }
  const std::string_view between = texts_[first.source].substr(first.end, last.begin - first.end);
  const std::size_t found = between.find("or");
  return found != std::string_view::npos && between.find_first_not_of(" \t\r\n,") == found;
}

template <typename Item, typename Tell>
Part Narrator::joined(const std::vector<Item>& items, std::string_view last, const Tell& tell) {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < items.size();) {
    if (!items[i].only_in.has_value()) {
      parts.push_back(tell(items[i]));
      ++i;
      continue;
    }
    const agreement::BracketId id = items[i].only_in->bracket;
    std::map<std::uint32_t, std::vector<Part>> by_alternative;
    for (; i < items.size() && items[i].only_in.has_value() && items[i].only_in->bracket == id;
         ++i) {
      by_alternative[items[i].only_in->alternative].push_back(tell(items[i]));
    }
    std::vector<std::pair<std::uint32_t, Part>> made;
    for (auto& [alternative, list] : by_alternative) {
      made.emplace_back(alternative, maker_->list(std::move(list), last));
    }
    parts.push_back(bracket(id, made));
  }
  return maker_->list(std::move(parts), last);
}

Part Narrator::bracket(agreement::BracketId id,
                       const std::vector<std::pair<std::uint32_t, Part>>& made) {
  if (id.index >= agreement_->brackets.size() || made.empty()) {
    return made.empty() ? Part() : made.front().second;
  }
  const agreement::Bracket& bracket = agreement_->brackets[id.index];
  std::vector<std::pair<std::string, Part>> alternatives;
  for (std::uint32_t i = 0; i < bracket.alternatives.size(); ++i) {
    const auto found =
        std::find_if(made.begin(), made.end(), [&](const auto& one) { return one.first == i; });
    alternatives.emplace_back(proposers(bracket.alternatives[i]),
                              found == made.end() ? Part() : found->second);
  }
  Part part;
  part.features = made.front().second.features;
  const Lexicon* lexicon = &maker_->lexicon();
  part.make = [alternatives, lexicon, no_text = maker_->words("doc.no_text")](
                  const Features& request, const Words& prefix) {
    std::vector<std::pair<std::string, Words>> words;
    for (const auto& [who, what] : alternatives) {
      // Contracted first, so that `[au jour J] [à l'ouverture]` does not share its preposition.
      words.emplace_back(who,
                         what.empty() ? Words() : settled(what.make(request, prefix), *lexicon));
    }
    return disputed(words, no_text);
  };
  return part;
}

std::string Narrator::short_name(const Agent& agent) {
  if (agent.who == Agent::Who::Actor) {
    const std::string& name = agreement_->actor(agent.actor).name;
    if (maker_->lexicon().find("short", name) != nullptr) {
      return maker_->translated("short", name, name);
    }
    return initials(
        to_plain(realise(actor(agent.actor).make({"none"}, {}), maker_->lexicon(), false)));
  }
  return to_plain(realise(this->agent(agent).make({}, {}), maker_->lexicon(), false));
}

std::string Narrator::proposers(const agreement::Bracket::Alternative& alternative) {
  std::string all;
  for (const Agent& agent : alternative.proposers) {
    all += (all.empty() ? "" : ",") + short_name(agent);
  }
  return all;
}

Part Narrator::actor(agreement::ActorId id) {
  return maker_->name(agreement_->actor(id).name, {"name"});
}

Part Narrator::place(agreement::PlaceId id) {
  return maker_->name(agreement_->place(id).name, {"name"});
}

Part Narrator::kind(agreement::KindId id) {
  const agreement::Kind& kind = agreement_->kind(id);
  if (kind.is_from_vocabulary) {
    return maker_->name(kind.name, {"kind"});
  }
  // Defined in the text: as written where names are in this language.
  const bool is_written = maker_->lexicon().setting("names") == "as written";
  Part part = maker_->name(kind.name, is_written ? std::vector<std::string>{"name"}
                                                 : std::vector<std::string>{"name", "kind"});
  if (!is_written || maker_->lexicon().find("name", kind.name) != nullptr) {
    return part;
  }
  // An article is asked of it as of a kind: `its Heavy Weapons`.
  Part own;
  own.features = {"pl"};
  own.make = [this, name = kind.name](const Features& request, const Words& prefix) {
    Words out = prefix;
    Features features = request;
    features.insert("pl");
    if (request.contains("poss") && maker_->lexicon().find("article", "poss") != nullptr) {
      const Entry& entry = *maker_->lexicon().find("article", "poss");
      for (const Piece& piece : entry.select(features).pieces) {
        out.push_back(lexicon_word(piece.text));
      }
    }
    out.push_back(name_word(name));
    return out;
  };
  return own;
}

Part Narrator::situation(agreement::SituationId id) {
  return maker_->name(agreement_->situations[id.index].name, {"name"});
}

Part Narrator::situation(const agreement::Condition& condition) {
  return condition.situation.has_value() ? situation(*condition.situation)
                                         : Maker::text(condition.text);
}

Part Narrator::moment_name(agreement::MomentId id) {
  return maker_->name(agreement_->moments[id.index].name, {"name"});
}

Part Narrator::agent(const Agent& agent) {
  const auto known = [&](const char* key) {
    Part part = maker_->entry("agent", key);
    return part.empty() ? Maker::text(agent.text) : part;
  };
  switch (agent.who) {
    case Agent::Who::Actor:
      return actor(agent.actor);
    case Agent::Who::EachParty:
      return known(agent.text == "Parties" ? "parties" : "each_party");
    case Agent::Who::AnotherParty:
      return known("another_party");
    case Agent::Who::EachGuarantor:
      return known(agent.text == "Guarantors" ? "guarantors" : "each_guarantor");
    case Agent::Who::ItsGuarantor:
      return known(has_several_bearers_ ? "each_partys_guarantor" : "its_guarantor");
    case Agent::Who::ItsParty:
      return known("its_party");
    case Agent::Who::SameParty:
      return known("same_party");
    case Agent::Who::Undefined:
      return Maker::text(agent.text);
  }
  return {};
}

Part Narrator::agents(const std::vector<Agent>& agents) {
  const bool is_or =
      agents.size() > 1 && joined_by_or(agents[agents.size() - 2].span, agents.back().span);
  return joined(agents, is_or ? "list.or" : "list.and",
                [&](const Agent& one) { return agent(one); });
}

Part Narrator::agents(const std::vector<Agent>& agents, bool is_joint) {
  Part all = this->agents(agents);
  return is_joint ? maker_->phrase("agents.jointly", {{"agents", all}}) : all;
}

Part Narrator::subject(const agreement::Subject& subject) {
  using Mode = agreement::Subject::Mode;
  if (subject.is_no_one || subject.is_anyone) {
    Part part = maker_->entry("agent", subject.is_no_one ? "no_one" : "anyone");
    return part.empty() ? Maker::text(subject.is_no_one ? "no one" : "anyone") : part;
  }
  Part all = joined(subject.agents, subject.mode == Mode::Either ? "list.or" : "list.and",
                    [&](const Agent& one) { return agent(one); });
  if (subject.mode == Mode::Jointly) {
    return maker_->phrase("agents.jointly", {{"agents", all}});
  }
  if (subject.mode == Mode::Each) {
    return maker_->phrase("agents.each", {{"agents", all}});
  }
  return all;
}

std::string Narrator::determiner_of(const Noun& noun) const {
  const std::string word = noun.text.substr(0, noun.text.find(' '));
  return word == "the" ? "same" : word;
}

Part Narrator::with_measure(Part noun, const agreement::MeasureTest& test) {
  using Comparison = agreement::MeasureTest::Comparison;
  const char* key = "noun.at_least";
  switch (test.comparison) {
    case Comparison::AtLeast:
      break;
    case Comparison::AtMost:
      key = "noun.at_most";
      break;
    case Comparison::Below:
      key = "noun.below";
      break;
    case Comparison::Above:
      key = "noun.above";
      break;
  }
  return maker_->phrase(key, {{"noun", std::move(noun)},
                              {"measure", maker_->name(test.measure, {"measure"})},
                              {"value", maker_->count(test.unit, test.value)}});
}

Part Narrator::head_of(const Noun& noun) {
  switch (noun.head) {
    case Noun::Head::Agent:
      return agent(noun.agent);
    case Noun::Head::Kind:
      return kind(noun.kind);
    case Noun::Head::Place:
      return place(noun.place);
    case Noun::Head::Undefined:
      break;
  }
  return Maker::text(noun.text);
}

// `each convoy`, `all convoys`: the words of the determiner, then the noun as they ask for it.
Part Narrator::determined(const Part& bare, const std::string& determiner) {
  const Entry* entry = maker_->lexicon().find("determiner", determiner);
  const bool is_singular = entry->features.contains("sg");
  Part all = bare;
  all.make = [this, bare, entry, is_singular](const Features& request, const Words& prefix) {
    Features features = bare.features;
    if (is_singular) {
      features.erase("pl");
      features.insert("sg");
    }
    features.insert(request.begin(), request.end());
    Words out = prefix;
    for (const Piece& piece : entry->select(features).pieces) {
      out.push_back(lexicon_word(piece.text));
    }
    Features wanted = request;
    wanted.insert("determined");
    if (is_singular) {
      wanted.insert("sg");
    }
    append(out, bare.make(wanted, {}));
    return out;
  };
  return all;
}

namespace {

// The noun with another article than it was asked for.
Part with_article(const Part& bare, std::string article) {
  Part all = bare;
  all.make = [bare, article = std::move(article)](const Features& request, const Words& prefix) {
    Features wanted = request;
    for (const char* other : {"def", "indef", "bare", "poss"}) {
      wanted.erase(other);
    }
    wanted.insert(article);
    return bare.make(wanted, prefix);
  };
  return all;
}

}  // namespace

// NOLINTNEXTLINE(misc-no-recursion): owners nest a few deep, as the parser lets them
Part Narrator::owned(const Part& bare, const Noun& noun, bool is_determined) {
  const Noun& owner = noun.owner.front();
  if (owner.text == "its") {
    return with_article(bare, "poss");
  }
  const Part whose = this->noun(owner);
  // What belongs to somebody is definite: `les convois de …`.
  const Part inner = is_determined ? bare : with_article(bare, "def");
  const bool is_by = noun.text.find(" by " + owner.text) != std::string::npos;
  Part all = bare;
  all.make = [this, inner, whose, is_by](const Features& request, const Words& prefix) {
    return maker_->phrase(is_by ? "noun.by" : "noun.of", {{"noun", inner}, {"owner", whose}})
        .make(request, prefix);
  };
  return all;
}

// NOLINTNEXTLINE(misc-no-recursion): owners nest a few deep, as the parser lets them
Part Narrator::noun(const Noun& noun) {
  Part all = head_of(noun);
  if (noun.head == Noun::Head::Undefined) {
    return all;
  }
  const std::string determiner = determiner_of(noun);
  const bool is_determined =
      noun.head == Noun::Head::Kind && !maker_->entry("determiner", determiner).empty();
  if (is_determined) {
    all = determined(all, determiner);
  }
  if (!noun.owner.empty()) {
    all = owned(all, noun, is_determined);
  }
  if (noun.test.has_value()) {
    all = with_measure(std::move(all), *noun.test);
  }
  return all;
}

Part Narrator::nouns(const agreement::Nouns& nouns) {
  return joined(nouns.items, nouns.joining == agreement::Joining::Or ? "list.or" : "list.and",
                [&](const Noun& one) { return noun(one); });
}

Part Narrator::definition(const agreement::Kind& kind) {
  return joined(kind.definition, "list.and", [&](const agreement::Kind::Part& part) {
    Part named = this->kind(part.kind);
    return part.test.has_value() ? with_measure(std::move(named), *part.test) : named;
  });
}

Part Narrator::joined_clauses(const std::vector<agreement::ClauseRef>& refs,
                              std::string_view last) {
  if (refs.empty()) {
    return {};
  }
  const Part numbers = joined(refs, last, [&](const agreement::ClauseRef& ref) {
    return Maker::text(agreement_->clause(ref.clause).number);
  });
  return maker_->phrase(refs.size() == 1 ? "clauses.one" : "clauses.many", {{"numbers", numbers}});
}

Part Narrator::clauses(const std::vector<agreement::ClauseRef>& refs) {
  const bool is_or = refs.size() > 1 && joined_by_or(refs[refs.size() - 2].span, refs.back().span);
  return joined_clauses(refs, is_or ? "list.or" : "list.and");
}

Part Narrator::any_of_clauses(const std::vector<agreement::ClauseRef>& refs) {
  return joined_clauses(refs, "list.or");
}

Part Narrator::complement(const std::string& verb, const agreement::Complement& complement) {
  const Part nouns = this->nouns(complement.nouns);
  if (nouns.empty()) {
    return {};
  }
  Slots slots{{"noun", nouns}};
  std::string key = complement.preposition == agreement::Preposition::Object
                        ? std::string("object")
                        : std::string(agreement::to_text(complement.preposition));
  bool has_distance = false;
  if (complement.at_least.has_value()) {
    slots.emplace("distance", maker_->distance(*complement.at_least));
    if (complement.preposition == agreement::Preposition::AwayFrom) {
      key += " at least";
      has_distance = true;
    }
  }
  Part told = maker_->filled("role", verb + " " + key, slots);
  if (told.empty()) {
    told = maker_->filled("role", "* " + key, slots);
  }
  if (told.empty()) {
    told = nouns;
  }
  if (complement.at_least.has_value() && !has_distance) {
    told = maker_->phrase("complement.at_least",
                          {{"complement", told}, {"distance", slots.at("distance")}});
  }
  return told;
}

Part Narrator::act(const agreement::Act& act) {
  const std::string verb = act.verb.has_value() ? agreement_->verb(*act.verb).name : std::string();
  Part head = maker_->entry("verb", verb);
  if (head.empty()) {
    head = Maker::text(verb.empty() ? "…" : verb);
  }
  std::vector<Part> rest;
  Features done_to;
  if (!act.object.empty()) {
    agreement::Complement object;
    object.preposition = agreement::Preposition::Object;
    object.nouns = act.object;
    rest.push_back(complement(verb, object));
    // A verb may depend on what it is done to: `restituer le contrôle`, `ramener des canons`.
    for (const std::string& feature : nouns(act.object).features) {
      done_to.insert("obj-" + feature);
    }
  }
  // Complements of one bracket stand together.
  for (std::size_t i = 0; i < act.complements.size();) {
    const agreement::Complement& one = act.complements[i];
    if (!one.only_in.has_value()) {
      rest.push_back(complement(verb, one));
      ++i;
      continue;
    }
    std::vector<std::pair<std::uint32_t, Part>> made;
    for (; i < act.complements.size() && act.complements[i].only_in.has_value() &&
           act.complements[i].only_in->bracket == one.only_in->bracket;
         ++i) {
      made.emplace_back(act.complements[i].only_in->alternative,
                        complement(verb, act.complements[i]));
    }
    rest.push_back(bracket(one.only_in->bracket, made));
  }
  Part part;
  part.make = [head, rest, done_to](const Features& request, const Words& prefix) {
    Features wanted = request;
    wanted.insert(done_to.begin(), done_to.end());
    Words out = head.make(wanted, prefix);
    // What belongs to the bearer agrees with it: `its`, `their`.
    Features below;
    below.insert(request.contains("pl") ? "of-pl" : "of-sg");
    for (const Part& one : rest) {
      if (!one.empty()) {
        append(out, one.make(below, {}));
      }
    }
    return out;
  };
  return part;
}

Part Narrator::moment(const agreement::MomentExpression& moment) {
  using Base = agreement::MomentExpression::Base;
  Part told;
  switch (moment.base) {
    case Base::Fixed: {
      const base::Duration offset = agreement_->clock.offset;
      const Part date = maker_->date(base::date_of(moment.fixed, offset));
      if (moment.is_whole_day) {
        told = maker_->phrase("moment.date", {{"date", date}});
      } else {
        const std::int64_t local = (moment.fixed + offset).seconds;
        const std::int64_t second = ((local % kDayInSeconds) + kDayInSeconds) % kDayInSeconds;
        const std::string time =
            maker_->time(static_cast<int>(second / 3600), static_cast<int>(second % 3600 / 60));
        told = maker_->phrase("moment.date_time", {{"date", date}, {"time", Maker::text(time)}});
      }
      break;
    }
    case Base::Moment:
      told = moment_name(moment.moment);
      break;
    case Base::Streak:
      told = maker_->phrase("moment.streak", {{"situation", situation(moment.streak)}});
      break;
    case Base::DayOfClause: {
      const Part clause = maker_->phrase(
          "clauses.one", {{"numbers", Maker::text(agreement_->clause(moment.clause).number)}});
      const Part ordinal = maker_->entry("ordinal", std::to_string(moment.day));
      told =
          ordinal.empty()
              ? maker_->phrase("moment.day_number", {{"n", Maker::text(std::to_string(moment.day))},
                                                     {"clauses", clause}})
              : maker_->phrase("moment.day_of_clause", {{"ordinal", ordinal}, {"clauses", clause}});
      break;
    }
    case Base::Notification:
      told = maker_->phrase("moment.notification");
      break;
    case Base::Undefined:
      // The name alone: what is added to it is told below.
      told =
          Maker::text(std::string_view(moment.text)
                          .substr(0, std::min(moment.text.find(" + "), moment.text.find(" - "))));
      break;
  }
  // Steps in one bracket are alternatives of one step.
  for (std::size_t i = 0; i < moment.steps.size();) {
    const agreement::MomentExpression::Step& step = moment.steps[i];
    const auto tell = [&](const agreement::MomentExpression::Step& one) {
      return maker_->phrase(one.sign < 0 ? "moment.before" : "moment.after",
                            {{"period", maker_->period(one.period)}, {"moment", told}});
    };
    if (!step.only_in.has_value()) {
      told = tell(step);
      ++i;
      continue;
    }
    std::vector<std::pair<std::uint32_t, Part>> made;
    for (; i < moment.steps.size() && moment.steps[i].only_in.has_value() &&
           moment.steps[i].only_in->bracket == step.only_in->bracket;
         ++i) {
      made.emplace_back(moment.steps[i].only_in->alternative, tell(moment.steps[i]));
    }
    told = bracket(step.only_in->bracket, made);
  }
  return told;
}

Part Narrator::deadline(const agreement::Deadline& deadline) {
  if (!deadline.within.has_value()) {
    return deadline.moment.has_value()
               ? maker_->phrase("deadline.not_later", {{"moment", moment(*deadline.moment)}})
               : Part();
  }
  const Part period = maker_->period(*deadline.within);
  return deadline.moment.has_value()
             ? maker_->phrase("deadline.within_of",
                              {{"period", period}, {"moment", moment(*deadline.moment)}})
             : maker_->phrase("deadline.within", {{"period", period}});
}

Part Narrator::power(const agreement::Power& power, const agreement::Notice* notice) {
  using Verb = agreement::PowerVerb;
  const char* key = "power.extend";
  switch (power.verb) {
    case Verb::Extend:
      break;
    case Verb::Suspend:
      key = "power.suspend";
      break;
    case Verb::Resume:
      key = "power.resume";
      break;
    case Verb::Terminate:
      key = "power.terminate";
      break;
    case Verb::Amend:
      key = "power.amend";
      break;
  }
  Slots slots;
  slots.emplace("clauses", power.clauses.empty() ? maker_->phrase("power.this_agreement")
                                                 : clauses(power.clauses));
  if (power.period.has_value()) {
    slots.emplace("period", maker_->period(*power.period));
  }
  if (power.notice.has_value()) {
    slots.emplace("notice", maker_->period(*power.notice));
  } else if (notice != nullptr) {
    slots.emplace("notice", maker_->period(notice->period));
  }
  return maker_->phrase(key, slots);
}

}  // namespace truce::prose::internal
