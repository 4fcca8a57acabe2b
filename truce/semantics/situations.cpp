// SPDX-License-Identifier: Apache-2.0
// Responses, occurrences and the conditions that name them.
#include <algorithm>
#include <map>
#include <variant>

#include "truce/semantics/internal/telling.h"

namespace truce::semantics::internal {
namespace {

using facts::Truth;
using facts::Value;

std::vector<const agreement::Exception*> pointers(
    const std::vector<agreement::Exception>& exceptions) {
  std::vector<const agreement::Exception*> found;
  for (const agreement::Exception& exception : exceptions) {
    found.push_back(&exception);
  }
  return found;
}

// Whether one of `group` is struck through `object`: its actor, or the owner of the thing. Nobody
// is struck through the protected.
Truth is_struck(const agreement::Agreement& agreement, const facts::Group& group,
                const Value& object) {
  if (facts::is_protected(agreement, object)) {
    return Truth::No;
  }
  if (object.head == Value::Head::Actor) {
    return contains(group, object.actor) ? Truth::Yes : Truth::No;
  }
  if (object.owner.has_value()) {
    return contains(group, *object.owner) ? Truth::Yes : Truth::No;
  }
  return Truth::Maybe;
}

}  // namespace

Truth Telling::provokes(const facts::Fact& attack, const agreement::Response& response,
                        const Scene& scene, agreement::ActorId bearer) {
  const auto attack_verb = agreement_.vocabulary.find_verb("attack");
  // The period counts back from the act: the first instant that is not too early, and the last.
  MomentRange window{base::kBeforeTime, scene.at};
  if (response.within.has_value()) {
    window.earliest = shifted(scene.at, *response.within, -1);
  }
  const bool is_too_late = attack.when.from > scene.at;
  const bool is_too_early = response.within.has_value() &&
                            shifted(facts::last_of(attack.when), *response.within, 1) < scene.at;
  if (is_too_late || is_too_early || facts::comes_after(attack, *scene.fact)) {
    return Truth::No;
  }
  const Truth is_there = is_related(attack, response.nearness, &scene);
  return is_there && over(attack, {window}, [&](const Scene& provocation) {
           if (!attack_verb.has_value() ||
               !facts::is_or_implies(agreement_, provocation.verb, *attack_verb)) {
             return Truth::No;
           }
           const bool is_soon_enough = provocation.at <= scene.at &&
                                       (!response.within.has_value() ||
                                        shifted(provocation.at, *response.within, 1) >= scene.at);
           Truth is_on_bearer = Truth::No;
           for (const agreement::Noun& noun : response.on.items) {
             for (const Value& object : provocation.objects) {
               is_on_bearer =
                   is_on_bearer || is_noun(provocation, object, noun, provocation.verb, bearer);
             }
           }
           Truth is_by_struck = Truth::No;
           for (const Value& object : scene.objects) {
             is_by_struck = is_by_struck || is_struck(agreement_, provocation.group, object);
           }
           return is_soon_enough ? is_on_bearer && is_by_struck : Truth::No;
         });
}

Truth Telling::is_response(const agreement::Response& response, const Scene& scene,
                           agreement::ActorId bearer) {
  Truth result = Truth::No;
  for (facts::FactId id : own_facts()) {
    const facts::Fact& other = evidence_.fact(id);
    if (other.incident != scene.fact->incident &&
        other.institutional == facts::InstitutionalAct::None) {
      result = result || provokes(other, response, scene, bearer);
    }
  }
  const bool is_open =
      response.is_necessary || response.is_proportionate || !response.reported_to.empty();
  return is_open ? result && Truth::Maybe : result;
}

Truth Telling::is_occurrence(const facts::Fact& fact, const agreement::Occurrence& occurrence) {
  if (fact.institutional != facts::InstitutionalAct::None) {
    return Truth::No;
  }
  const MomentRange from =
      occurrence.from.has_value() ? moment(*occurrence.from, false) : kBeginning;
  const std::vector<agreement::ActorId> subjects = bearers_of(agreement_, occurrence.subject);
  const auto exceptions = pointers(occurrence.exceptions);
  std::vector<MomentRange> thresholds = {from};
  if (!occurrence.exceptions.empty()) {
    const std::vector<MomentRange> standing = standing_thresholds();
    thresholds.insert(thresholds.end(), standing.begin(), standing.end());
  }
  return over(fact, thresholds, [&](const Scene& scene) {
    Truth result = Truth::No;
    for (agreement::ActorId subject : subjects) {
      if (!contains(scene.group, subject)) {
        continue;
      }
      for (const Value& object : scene.objects) {
        for (const Value& weapon : scene.weapons) {
          const Scene one{scene.fact, scene.group, scene.verb, {object}, {weapon}, scene.at};
          const Truth is_it = is_act(one, occurrence.act, subject, false);
          if (is_it != Truth::No) {
            result = result ||
                     (is_it && has_come(from, scene.at) && !is_excepted(one, exceptions, subject));
          }
        }
      }
    }
    return result;
  });
}

namespace {

// Whether a fact lies between two instants, both included.
Truth is_between(const facts::Fact& fact, base::Instant first, base::Instant last) {
  const base::Instant end = facts::last_of(fact.when);
  if (first > last || end < first || fact.when.from > last) {
    return Truth::No;
  }
  return fact.when.from >= first && end <= last ? Truth::Yes : Truth::Maybe;
}

base::Instant back_from(base::Instant at, base::Duration back) {
  return std::max(base::kBeforeTime, at - back);
}

}  // namespace

Truth Telling::is_related(const facts::Fact& fact, const std::optional<agreement::Nearness>& near,
                          const Scene* scene) const {
  if (!near.has_value()) {
    return Truth::Yes;
  }
  return scene == nullptr ? Truth::Maybe : facts::is_near(agreement_, fact, *scene->fact, *near);
}

Truth Telling::occurs(const agreement::Occurrence& occurrence, base::Instant at,
                      const Scene* scene) {
  const base::Instant first =
      occurrence.during.has_value() ? back_from(at, agreement::look_back(*occurrence.during)) : at;
  Truth result = Truth::No;
  for (facts::FactId id : own_facts()) {
    const facts::Fact& fact = evidence_.fact(id);
    const bool is_own_incident = scene != nullptr && fact.incident == scene->fact->incident;
    const Truth is_then = is_between(fact, first, at);
    const bool is_later =
        occurrence.during.has_value() && scene != nullptr && facts::comes_after(fact, *scene->fact);
    if (!is_own_incident && !is_later && is_then != Truth::No) {
      result = result || (is_then && is_related(fact, occurrence.nearness, scene) &&
                          is_occurrence(fact, occurrence));
    }
  }
  return result;
}

Truth Telling::has_occurred(const agreement::Occurrence& occurrence, base::Instant at,
                            const Scene* scene) {
  const Truth does = occurs(occurrence, at, scene);
  if (!occurrence.is_negated) {
    return does;
  }
  const base::Instant first =
      occurrence.during.has_value() ? back_from(at, agreement::look_back(*occurrence.during)) : at;
  if (does == Truth::No && !has_coverage(first, at, {&occurrence.act}, {})) {
    return Truth::Maybe;
  }
  return !does;
}

Truth Telling::is_frequent(const agreement::Frequency& frequency, base::Instant at,
                           const Scene* scene) {
  if (!frequency.at_least.has_value()) {
    return Truth::Maybe;
  }
  // The best that is said of each incident: several reports of one are one occasion.
  std::map<facts::IncidentId, Truth> occasions;
  const base::Instant first = back_from(at, agreement::look_back(frequency.within));
  for (facts::FactId id : own_facts()) {
    const facts::Fact& fact = evidence_.fact(id);
    Truth counts = Truth::No;
    if (scene != nullptr && scene->fact == &fact) {
      // The act in question, at its own time and place.
      counts = is_occurrence(fact, frequency.occasion);
    } else if (scene == nullptr || (fact.incident != scene->fact->incident &&
                                    !facts::comes_after(fact, *scene->fact))) {
      counts = is_between(fact, first, at);
      if (counts != Truth::No) {
        counts = counts && is_related(fact, frequency.nearness, scene) &&
                 is_occurrence(fact, frequency.occasion);
      }
    }
    occasions[fact.incident] = occasions[fact.incident] || counts;
  }
  std::int64_t certain = 0;
  std::int64_t possible = 0;
  for (const auto& [incident, counts] : occasions) {
    certain += counts == Truth::Yes ? 1 : 0;
    possible += counts != Truth::No ? 1 : 0;
  }
  return certain >= *frequency.at_least   ? Truth::Yes
         : possible < *frequency.at_least ? Truth::No
                                          : Truth::Maybe;
}

MomentRange Telling::standing_start(const agreement::StandingStreak& streak) {
  return streak.from.has_value() ? moment(*streak.from, false) : with_agreement();
}

std::vector<MomentRange> Telling::standing_thresholds() {
  std::vector<MomentRange> found;
  for (const agreement::Situation& situation : agreement_.situations) {
    if (const auto* streak = std::get_if<agreement::StandingStreak>(&situation.what)) {
      const MomentRange start = standing_start(*streak);
      const base::Duration period = agreement::look_back(streak->period);
      found.push_back({start.earliest + period, start.latest + period});
    }
  }
  return found;
}

Truth Telling::is_quiet(const agreement::StandingStreak& streak, base::Instant at,
                        const Scene* scene) {
  const base::Instant first = back_from(at, agreement::look_back(streak.period));
  const Truth has_passed = has_come(standing_start(streak), first);
  const std::vector<const agreement::Occurrence*> excluded =
      excluded_acts(agreement_, streak.holdings);
  Truth interrupted = Truth::No;
  for (facts::FactId id : own_facts()) {
    const facts::Fact& fact = evidence_.fact(id);
    const bool is_own_incident = scene != nullptr && fact.incident == scene->fact->incident;
    // What happens when the period begins, or when it has passed, lies outside of it.
    const base::Duration second{1};
    const Truth is_then = is_between(fact, first + second, at - second);
    if (is_own_incident || is_then == Truth::No) {
      continue;
    }
    Truth denies = Truth::No;
    for (const agreement::Occurrence* occurrence : excluded) {
      denies = denies || is_occurrence(fact, *occurrence);
    }
    interrupted = interrupted || (is_then && is_related(fact, streak.nearness, scene) && denies);
  }
  std::vector<const agreement::Act*> acts;
  for (const agreement::Occurrence* occurrence : excluded) {
    acts.push_back(&occurrence->act);
  }
  const bool is_seen = has_coverage(first, at, acts, {});
  return has_passed && (interrupted == Truth::No && !is_seen ? Truth::Maybe : !interrupted);
}

Truth Telling::holds(agreement::SituationId situation, base::Instant at, const Scene* scene,
                     agreement::ActorId bearer) {
  const agreement::Situation& declared_situation = agreement_.situations[situation.index];
  const Asking asking(*this, Topic::Situation, &declared_situation);
  if (!asking.is_new()) {
    return Truth::No;
  }
  const agreement::Situation::What& what = declared_situation.what;
  if (const auto* streak = std::get_if<agreement::Streak>(&what)) {
    return has_come(streak_end(*streak), at);
  }
  if (const auto* standing = std::get_if<agreement::StandingStreak>(&what)) {
    return is_quiet(*standing, at, scene);
  }
  if (const auto* frequency = std::get_if<agreement::Frequency>(&what)) {
    return is_frequent(*frequency, at, scene);
  }
  if (const auto* response = std::get_if<agreement::Response>(&what)) {
    return scene == nullptr ? Truth::Maybe : is_response(*response, *scene, bearer);
  }
  return has_occurred(std::get<agreement::Occurrence>(what), at, scene);
}

Truth Telling::condition_holds(const agreement::Condition& condition, base::Instant at,
                               const Scene* scene, agreement::ActorId bearer) {
  if (!condition.situation.has_value()) {
    return Truth::Maybe;
  }
  const Truth truth = holds(*condition.situation, at, scene, bearer);
  return condition.is_negated ? !truth : truth;
}

Truth Telling::conditions_hold(const agreement::Clause& clause, base::Instant at,
                               const Scene* scene, agreement::ActorId bearer) {
  const auto value = [&](const agreement::Condition& condition) {
    return condition_holds(condition, at, scene, bearer);
  };
  Truth result = clause.watched.has_value() ? value(*clause.watched) : Truth::Yes;
  for (const agreement::Particular& particular : clause.particulars) {
    if (const auto* if_holds = std::get_if<agreement::If>(&particular.what)) {
      result = result && value(if_holds->condition);
    } else if (const auto* while_holds = std::get_if<agreement::While>(&particular.what)) {
      result = result && value(while_holds->condition);
    } else if (const auto* unless = std::get_if<agreement::Unless>(&particular.what)) {
      result = result && !value(unless->condition);
    } else if (const auto* exception = std::get_if<agreement::Exception>(&particular.what);
               exception != nullptr && scene == nullptr &&
               exception->what == agreement::Exception::What::InSituation) {
      result = result &&
               (exception->situation.has_value() ? !holds(*exception->situation, at, scene, bearer)
                                                 : Truth::Maybe);
    }
  }
  return result;
}

}  // namespace truce::semantics::internal
