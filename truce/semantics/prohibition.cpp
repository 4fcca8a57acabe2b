// SPDX-License-Identifier: Apache-2.0
// Section "Prohibitions and permissions" of docs/language/meaning.md.
#include <algorithm>
#include <variant>

#include "truce/semantics/internal/telling.h"

namespace truce::semantics::internal {
namespace {

using agreement::Clause;
using agreement::ClauseId;
using facts::Truth;

// Whether the prohibition stands above the permission.
bool yields(const agreement::Agreement& agreement, ClauseId permission_id,
            ClauseId prohibition_id) {
  const Clause& permission = agreement.clause(permission_id);
  const Clause& prohibition = agreement.clause(prohibition_id);
  const agreement::LocalTruce* local = agreement::local_truce_of(agreement, permission);
  if (local != nullptr && local != agreement::local_truce_of(agreement, prohibition) &&
      !contains(local->prevails_over, prohibition_id)) {
    return true;
  }
  for (const auto* subject_to : permission.find_all<agreement::SubjectTo>()) {
    if (contains(subject_to->clauses, prohibition_id)) {
      return true;
    }
  }
  for (const auto* despite : prohibition.find_all<agreement::Despite>()) {
    if (contains(despite->clauses, permission_id)) {
      return true;
    }
  }
  return false;
}

// Whether the clause may lift the prohibition: a permission that does not yield to it, or a duty of
// which one of the two says so.
bool may_lift(const agreement::Agreement& agreement, ClauseId id, ClauseId prohibition_id) {
  const Clause& clause = agreement.clause(id);
  if (clause.form == agreement::Form::Permission) {
    return !yields(agreement, id, prohibition_id);
  }
  if (clause.form != agreement::Form::Duty && clause.form != agreement::Form::Effort) {
    return false;
  }
  bool is_said = false;
  for (const auto* despite : clause.find_all<agreement::Despite>()) {
    is_said = is_said || contains(despite->clauses, prohibition_id);
  }
  for (const auto* subject_to : agreement.clause(prohibition_id).find_all<agreement::SubjectTo>()) {
    is_said = is_said || contains(subject_to->clauses, id);
  }
  return is_said;
}

}  // namespace

// Whether a local truce prevails over the clause where and when it was done.
Truth Telling::is_displaced(const Scene& scene, ClauseId id) {
  Truth result = Truth::No;
  for (const agreement::LocalTruce& local : agreement_.local_truces) {
    if (!contains(local.prevails_over, id) || !local.within.has_value()) {
      continue;
    }
    Truth any = Truth::No;
    for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
      const Clause& clause = agreement_.clauses[i];
      if (agreement::local_truce_of(agreement_, clause) == &local &&
          clause.form != agreement::Form::Reservation) {
        any = any || is_in_force(base::id_at<ClauseId>(i), scene.at);
      }
    }
    result = result || (any && is_at(scene, *local.within));
  }
  return result;
}

Truth Telling::is_permitted(const Scene& scene, ClauseId prohibition, agreement::ActorId bearer) {
  Truth result = Truth::No;
  for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
    const auto id = base::id_at<ClauseId>(i);
    const Clause& permission = agreement_.clauses[i];
    if (!may_lift(agreement_, id, prohibition) ||
        !contains(bearers_of(agreement_, permission.subject), bearer)) {
      continue;
    }
    const Truth is_it = is_act(scene, permission.act, bearer, false);
    if (is_it != Truth::No) {
      result = result ||
               (is_it && is_in(scene, permission, bearer) && is_in_force(id, scene.at) &&
                !is_displaced(scene, id) && conditions_hold(permission, scene.at, &scene, bearer) &&
                !is_excepted(scene, permission.find_all<agreement::Exception>(), bearer));
    }
  }
  return result;
}

Truth Telling::is_breach_in(const Scene& scene, ClauseId clause, agreement::ActorId bearer) {
  const Clause& text = agreement_.clause(clause);
  const Truth is_bound = has_come(bound(bearer), scene.at);
  if (!contains(scene.group, bearer) || is_bound == Truth::No) {
    return Truth::No;
  }
  Truth result = Truth::No;
  for (const facts::Value& object : scene.objects) {
    for (const facts::Value& weapon : scene.weapons) {
      const Scene one{scene.fact, scene.group, scene.verb, {object}, {weapon}, scene.at};
      // Most facts are no such act at such a time: the rest need not be asked.
      Truth is_it = is_act(one, text.act, bearer, false) && is_in(one, text, bearer);
      if (is_it != Truth::No) {
        is_it = is_it && is_bound && is_in_force(clause, scene.at);
      }
      if (is_it != Truth::No) {
        result =
            result || (is_it && conditions_hold(text, scene.at, &one, bearer) &&
                       !is_excepted(one, text.find_all<agreement::Exception>(), bearer) &&
                       !is_displaced(one, clause) &&
                       // A permission lifts no report.
                       (text.form == agreement::Form::Watch ? Truth::Yes
                                                            : !is_permitted(one, clause, bearer)));
      }
    }
  }
  return result;
}

// The moments at which the clause, what excepts from it or what permits it may change.
std::vector<MomentRange> Telling::thresholds_of(ClauseId clause) {
  std::vector<MomentRange> found;
  for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
    const auto id = base::id_at<ClauseId>(i);
    if (id == clause || agreement_.clauses[i].form == agreement::Form::Permission ||
        may_lift(agreement_, id, clause) ||
        agreement::local_truce_of(agreement_, agreement_.clauses[i]) != nullptr) {
      const Force stretch = force(id);
      found.push_back(stretch.start);
      found.push_back(stretch.end);
    }
  }
  for (const agreement::Situation& situation : agreement_.situations) {
    if (const auto* streak = std::get_if<agreement::Streak>(&situation.what)) {
      found.push_back(streak_end(*streak));
    }
  }
  const std::vector<MomentRange> standing = standing_thresholds();
  found.insert(found.end(), standing.begin(), standing.end());
  return found;
}

Truth Telling::is_breach(const facts::Fact& fact, ClauseId clause,
                         const std::vector<agreement::ActorId>& bearers) {
  if (fact.institutional != facts::InstitutionalAct::None) {
    return Truth::No;
  }
  return over(fact, thresholds_of(clause), [&](const Scene& scene) {
    Truth result = Truth::No;
    for (agreement::ActorId bearer : bearers) {
      result = result || is_breach_in(scene, clause, bearer);
    }
    return result;
  });
}

Truth Telling::is_point(const facts::Fact& fact, ClauseId clause) {
  const Clause& text = agreement_.clause(clause);
  Truth result = is_breach(fact, clause, bearers_of(agreement_, text.subject));
  // Without `whenever` the points are the occasions themselves.
  if (text.find<agreement::Whenever>() == nullptr && text.watched.has_value() &&
      text.watched->situation.has_value()) {
    const auto* frequency = std::get_if<agreement::Frequency>(
        &agreement_.situations[text.watched->situation->index].what);
    if (frequency != nullptr) {
      result = result && is_occurrence(fact, frequency->occasion);
    }
  }
  return result;
}

}  // namespace truce::semantics::internal
