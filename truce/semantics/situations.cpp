// SPDX-License-Identifier: Apache-2.0
// Responses, occurrences and the conditions that name them.
#include <algorithm>
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
  if (is_too_late || is_too_early) {
    return Truth::No;
  }
  return over(attack, {window}, [&](const Scene& provocation) {
    if (!attack_verb.has_value() ||
        !facts::is_or_implies(agreement_, provocation.verb, *attack_verb)) {
      return Truth::No;
    }
    const bool is_soon_enough =
        provocation.at <= scene.at &&
        (!response.within.has_value() || shifted(provocation.at, *response.within, 1) >= scene.at);
    Truth is_on_bearer = Truth::No;
    for (const agreement::Noun& noun : response.on.items) {
      for (const Value& object : provocation.objects) {
        is_on_bearer = is_on_bearer || is_noun(provocation, object, noun, provocation.verb, bearer);
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
  return over(fact, {from}, [&](const Scene& scene) {
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

Truth Telling::occurs(const agreement::Occurrence& occurrence, base::Instant at,
                      const Scene* scene) {
  Truth result = Truth::No;
  for (facts::FactId id : own_facts()) {
    const facts::Fact& fact = evidence_.fact(id);
    const base::Instant last = facts::last_of(fact.when);
    const bool is_own_incident = scene != nullptr && fact.incident == scene->fact->incident;
    if (is_own_incident || at < fact.when.from || at > last) {
      continue;
    }
    const Truth is_now = fact.when.from == last ? Truth::Yes : Truth::Maybe;
    result = result || (is_now && is_occurrence(fact, occurrence));
  }
  return result;
}

Truth Telling::holds(agreement::SituationId situation, base::Instant at, const Scene* scene,
                     agreement::ActorId bearer) {
  const agreement::Situation& declared_situation = agreement_.situations[situation.index];
  const Asking asking(*this, Topic::Situation, &declared_situation);
  if (!asking.is_new()) {
    return Truth::No;
  }
  if (const auto* streak = std::get_if<agreement::Streak>(&declared_situation.what)) {
    return has_come(streak_end(*streak), at);
  }
  if (const auto* response = std::get_if<agreement::Response>(&declared_situation.what)) {
    return scene == nullptr ? Truth::Maybe : is_response(*response, *scene, bearer);
  }
  const auto& occurrence = std::get<agreement::Occurrence>(declared_situation.what);
  const Truth does = occurs(occurrence, at, scene);
  if (!occurrence.is_negated) {
    return does;
  }
  if (does == Truth::No && !has_coverage(at, at, {&occurrence.act}, {})) {
    return Truth::Maybe;
  }
  return !does;
}

Truth Telling::conditions_hold(const agreement::Clause& clause, base::Instant at,
                               const Scene* scene, agreement::ActorId bearer) {
  const auto value = [&](const agreement::Condition& condition) {
    if (!condition.situation.has_value()) {
      return Truth::Maybe;
    }
    const Truth truth = holds(*condition.situation, at, scene, bearer);
    return condition.is_negated ? !truth : truth;
  };
  Truth result = Truth::Yes;
  for (const agreement::Particular& particular : clause.particulars) {
    if (const auto* if_holds = std::get_if<agreement::If>(&particular.what)) {
      result = result && value(if_holds->condition);
    } else if (const auto* while_holds = std::get_if<agreement::While>(&particular.what)) {
      result = result && value(while_holds->condition);
    } else if (const auto* unless = std::get_if<agreement::Unless>(&particular.what)) {
      result = result && !value(unless->condition);
    }
  }
  return result;
}

}  // namespace truce::semantics::internal
