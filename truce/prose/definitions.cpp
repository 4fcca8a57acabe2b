// SPDX-License-Identifier: Apache-2.0
#include "truce/prose/internal/definitions.h"

#include <utility>

#include "truce/prose/internal/particulars.h"

namespace truce::prose::internal {
namespace {

// The name alone, without article and in quotes by the phrase, then its title where it has one.
Part head(Narrator& narrator, const Part& name, const std::string& key, const std::string& title) {
  Part bare;
  bare.features = name.features;
  bare.make = [name](const Features&, const Words& prefix) { return name.make({"none"}, prefix); };
  Maker& maker = narrator.maker();
  if (title.empty()) {
    return maker.phrase("def.bare", {{"name", bare}});
  }
  return maker.phrase(
      "def.title", {{"name", bare}, {"title", Maker::text(maker.translated("title", key, title))}});
}

// Parts parted by commas.
Part tailed(Narrator& narrator, std::vector<Part> parts) {
  return narrator.maker().list(std::move(parts), "list.tail");
}

Part fixing_of(Narrator& narrator, const agreement::Fixing& fixing) {
  Slots slots{{"agents", narrator.agents(fixing.agents)}};
  if (fixing.deadline.has_value()) {
    slots.emplace("deadline", narrator.deadline(*fixing.deadline));
  }
  return narrator.maker().phrase("fixing", slots);
}

void add_decision(Narrator& narrator, const agreement::Actor::Decision& decision,
                  std::vector<Part>& parts) {
  using Rule = agreement::Actor::Decision::Rule;
  using Silence = agreement::Actor::Decision::Silence;
  Maker& maker = narrator.maker();
  Slots slots;
  if (decision.within.has_value()) {
    slots.emplace("period", maker.period(*decision.within));
  }
  switch (decision.rule) {
    case Rule::Unstated:
      break;
    case Rule::Consensus:
      parts.push_back(maker.phrase("body.consensus", slots));
      break;
    case Rule::Majority:
      parts.push_back(maker.phrase("body.majority", slots));
      break;
    case Rule::Unanimity:
      parts.push_back(maker.phrase("body.unanimity", slots));
      break;
  }
  if (decision.quorum.has_value()) {
    parts.push_back(
        maker.phrase("body.quorum", {{"n", Maker::fixed(maker.number(*decision.quorum, {}))}}));
  }
  if (!decision.failing_which.empty()) {
    parts.push_back(
        maker.phrase("body.failing", {{"agents", narrator.agents(decision.failing_which)}}));
  }
  if (decision.silence != Silence::Unstated) {
    parts.push_back(maker.phrase(decision.silence == Silence::Consent ? "body.silence_consent"
                                                                      : "body.silence_refusal"));
  }
}

Part term(Narrator& narrator, const agreement::PlaceTerm& one) {
  using What = agreement::PlaceTerm::What;
  using Shape = agreement::PlaceTerm::Shape;
  Maker& maker = narrator.maker();
  Part place = one.place.has_value() ? narrator.place(*one.place) : Maker::text("…");
  switch (one.what) {
    case What::Annex: {
      const char* key = one.shape == Shape::Area   ? "place.annex_area"
                        : one.shape == Shape::Line ? "place.annex_line"
                                                   : "place.annex_point";
      return maker.phrase(key, {{"annex", Maker::text(one.annex)}});
    }
    case What::Within:
      return maker.phrase("place.within",
                          {{"distance", maker.distance(one.within)}, {"place", place}});
    case What::Parameter:
      return maker.phrase("place.parameter", {{"name", Maker::text(one.parameter)}});
    case What::Named:
      return place;
  }
  return {};
}

// Where something must have been with respect to the act in question; nothing where it may be
// anywhere.
Part near(Narrator& narrator, const std::optional<agreement::Nearness>& nearness) {
  Maker& maker = narrator.maker();
  if (!nearness.has_value()) {
    return {};
  }
  return nearness->within.has_value()
             ? maker.phrase("near.within", {{"distance", maker.distance(*nearness->within)}})
             : maker.phrase("near.same_place");
}

Part held(Narrator& narrator, const std::vector<agreement::Condition>& conditions) {
  Maker& maker = narrator.maker();
  std::vector<Part> holdings;
  for (const agreement::Condition& holding : conditions) {
    holdings.push_back(maker.phrase(holding.is_negated ? "streak.holding_not" : "streak.holding",
                                    {{"situation", narrator.situation(holding)}}));
  }
  return maker.list(std::move(holdings), "list.and");
}

Part extent(Narrator& narrator, const std::vector<agreement::PlaceTerm>& terms) {
  Part whole;
  for (std::size_t i = 0; i < terms.size();) {
    const agreement::PlaceTerm& one = terms[i];
    Part told;
    if (one.only_in.has_value()) {
      std::vector<std::pair<std::uint32_t, Part>> made;
      for (; i < terms.size() && terms[i].only_in.has_value() &&
             terms[i].only_in->bracket == one.only_in->bracket;
           ++i) {
        made.emplace_back(terms[i].only_in->alternative, term(narrator, terms[i]));
      }
      told = narrator.bracket(one.only_in->bracket, made);
    } else {
      told = term(narrator, one);
      ++i;
    }
    if (whole.empty()) {
      whole = told;
    } else {
      whole = narrator.maker().phrase(one.is_excluded ? "place.except" : "list.and",
                                      {{"a", whole}, {"b", told}});
    }
  }
  return whole;
}

Part streak(Narrator& narrator, const agreement::Streak& streak) {
  Maker& maker = narrator.maker();
  Slots slots{{"period", maker.period(streak.period)},
              {"situations", held(narrator, streak.holdings)}};
  if (streak.from.has_value()) {
    slots.emplace("from", narrator.moment(*streak.from));
  }
  return maker.phrase("streak", slots);
}

Part standing_streak(Narrator& narrator, const agreement::StandingStreak& streak) {
  Maker& maker = narrator.maker();
  Slots slots{{"period", maker.period(streak.period)},
              {"situations", held(narrator, streak.holdings)}};
  if (streak.nearness.has_value()) {
    slots.emplace("near", near(narrator, streak.nearness));
  }
  if (streak.from.has_value()) {
    slots.emplace("from", narrator.moment(*streak.from));
  }
  return maker.phrase("standing_streak", slots);
}

}  // namespace

Part tell_response(Narrator& narrator, const agreement::Response& response) {
  Maker& maker = narrator.maker();
  Slots slots{{"on", narrator.nouns(response.on)}};
  if (response.is_necessary || response.is_proportionate) {
    slots.emplace("quality", maker.phrase(!response.is_necessary       ? "response.proportionate"
                                          : !response.is_proportionate ? "response.necessary"
                                                                       : "response.both"));
  }
  if (response.nearness.has_value()) {
    slots.emplace("near", near(narrator, response.nearness));
  }
  if (response.within.has_value()) {
    slots.emplace("within", maker.period(*response.within));
  }
  if (!response.reported_to.empty()) {
    slots.emplace("agents", narrator.agents(response.reported_to));
  }
  if (response.reported_within.has_value()) {
    slots.emplace("reported", maker.period(*response.reported_within));
  }
  return maker.phrase("response", slots);
}

namespace {

Part occurrence(Narrator& narrator, const agreement::Occurrence& occurrence) {
  Maker& maker = narrator.maker();
  const agreement::Subject& subject = occurrence.subject;
  const Part agents = narrator.subject(subject);
  const Part act = agreeing(narrator.act(occurrence.act), agents);
  const bool is_party =
      subject.agents.size() == 1 && subject.agents.front().who == agreement::Agent::Who::EachParty;
  Part told;
  if (subject.is_no_one || (subject.is_anyone && occurrence.is_negated)) {
    told = maker.phrase("occurrence.nobody", {{"act", act}});
  } else if (subject.is_anyone) {
    told = maker.phrase("occurrence.anyone", {{"act", act}});
  } else if (occurrence.is_negated && is_party) {
    told = maker.phrase("occurrence.no_party", {{"act", act}});
  } else if (occurrence.is_negated) {
    told = maker.phrase("occurrence.none_of", {{"agents", agents}, {"act", act}});
  } else {
    told = maker.phrase("occurrence", {{"agents", agents}, {"act", act}});
  }
  if (occurrence.nearness.has_value()) {
    told = maker.phrase("placed", {{"what", told}, {"how", near(narrator, occurrence.nearness)}});
  }
  if (occurrence.during.has_value()) {
    const Part how = maker.phrase("preceding", {{"period", maker.period(*occurrence.during)}});
    told = maker.phrase("placed", {{"what", told}, {"how", how}});
  }
  std::vector<Part> parts{told};
  if (occurrence.from.has_value()) {
    parts.push_back(maker.phrase("from", {{"moment", narrator.moment(*occurrence.from)}}));
  }
  std::vector<Part> exceptions;
  for (const agreement::Exception& exception : occurrence.exceptions) {
    exceptions.push_back(tell_exception(narrator, exception));
  }
  if (const Part all = maker.list(std::move(exceptions), "list.or"); !all.empty()) {
    parts.push_back(maker.phrase("clause.except", {{"exception", all}}));
  }
  return tailed(narrator, std::move(parts));
}

Part frequency(Narrator& narrator, const agreement::Frequency& frequency) {
  Maker& maker = narrator.maker();
  const agreement::Agreement& agreement = narrator.agreement();
  const Part count = frequency.parameter.has_value()
                         ? Maker::text(agreement.parameters[frequency.parameter->index].name)
                         : Maker::fixed(maker.number(frequency.at_least.value_or(1), {}));
  Slots slots{{"n", count},
              {"period", maker.period(frequency.within)},
              {"what", occurrence(narrator, frequency.occasion)}};
  if (frequency.nearness.has_value()) {
    slots.emplace("near", near(narrator, frequency.nearness));
  }
  return maker.phrase("frequency", slots);
}

Part situation_of(Narrator& narrator, const agreement::Situation::What& what) {
  if (const auto* one = std::get_if<agreement::Streak>(&what)) {
    return streak(narrator, *one);
  }
  if (const auto* one = std::get_if<agreement::Response>(&what)) {
    return tell_response(narrator, *one);
  }
  if (const auto* one = std::get_if<agreement::StandingStreak>(&what)) {
    return standing_streak(narrator, *one);
  }
  if (const auto* one = std::get_if<agreement::Frequency>(&what)) {
    return frequency(narrator, *one);
  }
  return occurrence(narrator, std::get<agreement::Occurrence>(what));
}

}  // namespace

Part define_actor(Narrator& narrator, agreement::ActorId id) {
  const agreement::Actor& actor = narrator.agreement().actor(id);
  Maker& maker = narrator.maker();
  std::vector<Part> parts{head(narrator, narrator.actor(id), actor.name, actor.title)};
  const auto add = [&](const char* key, const std::vector<agreement::Agent>& agents) {
    if (!agents.empty()) {
      parts.push_back(maker.phrase(key, {{"agents", narrator.agents(agents)}}));
    }
  };
  if (actor.role == agreement::Actor::Role::Guarantor && !actor.ensures.empty()) {
    std::vector<Part> ensured;
    for (const agreement::ActorId party : actor.ensures) {
      ensured.push_back(narrator.actor(party));
    }
    parts.push_back(
        maker.phrase("def.guarantor", {{"agents", maker.list(std::move(ensured), "list.and")}}));
  }
  add("def.open", actor.open_to);
  add("def.listed", actor.listed_by);
  add("body.members", actor.members);
  add("body.chair", actor.chairs);
  if (!actor.monitors.empty()) {
    parts.push_back(maker.phrase("body.remit", {{"nouns", narrator.nouns(actor.monitors)}}));
  }
  add_decision(narrator, actor.decision, parts);
  return tailed(narrator, std::move(parts));
}

Part define_place(Narrator& narrator, agreement::PlaceId id) {
  const agreement::Place& place = narrator.agreement().place(id);
  Maker& maker = narrator.maker();
  std::vector<Part> parts{head(narrator, narrator.place(id), place.name, place.title)};
  if (const Part whole = extent(narrator, place.terms); !whole.empty()) {
    parts.push_back(maker.phrase("def.place", {{"extent", whole}}));
  } else if (!place.fixing.has_value() && place.title.empty()) {
    parts.push_back(maker.phrase("place.by_name"));
  }
  if (place.fixing.has_value()) {
    parts.push_back(fixing_of(narrator, *place.fixing));
  }
  return tailed(narrator, std::move(parts));
}

Part define_thing(Narrator& narrator, agreement::KindId id) {
  const agreement::Kind& kind = narrator.agreement().kind(id);
  Maker& maker = narrator.maker();
  std::vector<Part> parts{head(narrator, narrator.kind(id), kind.name, kind.title)};
  if (!kind.definition.empty()) {
    const Part nouns = narrator.definition(kind);
    parts.push_back(maker.phrase(kind.is_union ? "def.union" : "def.kind", {{"nouns", nouns}}));
  }
  return tailed(narrator, std::move(parts));
}

Part define_situation(Narrator& narrator, agreement::SituationId id) {
  const agreement::Situation& situation = narrator.agreement().situations[id.index];
  Part what;
  if (situation.disputed.empty()) {
    what = situation_of(narrator, situation.what);
  } else {
    std::vector<std::pair<std::uint32_t, Part>> made;
    for (const auto& [only_in, one] : situation.disputed) {
      made.emplace_back(only_in.alternative, situation_of(narrator, one));
    }
    what = narrator.bracket(situation.disputed.front().first.bracket, made);
  }
  return tailed(narrator, {head(narrator, narrator.situation(id), situation.name, situation.title),
                           narrator.maker().phrase("def.situation", {{"what", what}})});
}

Part define_moment(Narrator& narrator, agreement::MomentId id) {
  const agreement::Moment& moment = narrator.agreement().moments[id.index];
  std::vector<Part> parts{head(narrator, narrator.moment_name(id), moment.name, moment.title)};
  Part what;
  if (!moment.disputed.empty()) {
    std::vector<std::pair<std::uint32_t, Part>> made;
    for (const auto& [only_in, one] : moment.disputed) {
      const auto* expression = std::get_if<agreement::MomentExpression>(&one);
      made.emplace_back(only_in.alternative,
                        expression != nullptr ? narrator.moment(*expression)
                                              : streak(narrator, std::get<agreement::Streak>(one)));
    }
    what = narrator.bracket(moment.disputed.front().first.bracket, made);
  } else if (moment.expression.has_value()) {
    what = narrator.moment(*moment.expression);
  } else if (moment.streak.has_value()) {
    what = streak(narrator, *moment.streak);
  }
  if (!what.empty()) {
    parts.push_back(narrator.maker().phrase("def.moment", {{"what", what}}));
  }
  if (moment.fixing.has_value()) {
    parts.push_back(fixing_of(narrator, *moment.fixing));
  }
  return tailed(narrator, std::move(parts));
}

}  // namespace truce::prose::internal
