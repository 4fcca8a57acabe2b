// SPDX-License-Identifier: Apache-2.0
// The end of the first uninterrupted period, and what an account could see.
#include <algorithm>
#include <variant>

#include "truce/semantics/internal/telling.h"

namespace truce::semantics::internal {
namespace {

using agreement::Occurrence;

// Somewhere in first … last, certainly or possibly.
struct Interruption {
  base::Instant first;
  base::Instant last;
  bool is_certain = false;
};

using PeriodAfter = std::function<base::Instant(base::Instant)>;

// The least end over all choices. The free period begins at the start or at an interruption; every
// certain interruption must have been able to stay out of it, and the possible ones did not happen.
base::Instant least_end(base::Instant start, const std::vector<Interruption>& interruptions,
                        const PeriodAfter& period_after) {
  std::vector<base::Instant> beginnings = {start};
  for (const Interruption& interruption : interruptions) {
    if (interruption.is_certain && interruption.first > start) {
      beginnings.push_back(interruption.first);
    }
  }
  base::Instant least = base::kAfterTime;
  for (base::Instant begin : beginnings) {
    const base::Instant end = period_after(begin);
    const bool is_free = std::all_of(
        interruptions.begin(), interruptions.end(), [&](const Interruption& interruption) {
          return !interruption.is_certain || interruption.first <= begin ||
                 interruption.last >= end;
        });
    if (is_free) {
      least = std::min(least, end);
    }
  }
  return least;
}

// The greatest end over all choices: everything that may interrupt does, each as late as it can,
// and of those that can be put off that far the one that must come first.
base::Instant greatest_end(base::Instant start, std::vector<Interruption> interruptions,
                           const PeriodAfter& period_after) {
  std::sort(interruptions.begin(), interruptions.end(),
            [](const Interruption& a, const Interruption& b) { return a.last < b.last; });
  base::Instant begin = start;
  while (begin < base::kAfterTime) {
    const base::Instant end = period_after(begin);
    const auto next = std::find_if(interruptions.begin(), interruptions.end(),
                                   [&](const Interruption& interruption) {
                                     return interruption.first < end && interruption.last > begin;
                                   });
    if (next == interruptions.end()) {
      return end;
    }
    const base::Instant latest = std::min(next->last, base::Instant{end.seconds - 1});
    if (latest <= begin) {
      return end;
    }
    begin = latest;
    interruptions.erase(next);
  }
  return base::kAfterTime;
}

}  // namespace

std::vector<const Occurrence*> excluded_acts(const agreement::Agreement& agreement,
                                             const std::vector<agreement::Condition>& holdings) {
  std::vector<const Occurrence*> excluded;
  for (const agreement::Condition& holding : holdings) {
    if (!holding.situation.has_value()) {
      continue;
    }
    const auto* occurrence =
        std::get_if<Occurrence>(&agreement.situations[holding.situation->index].what);
    if (occurrence != nullptr && occurrence->is_negated != holding.is_negated) {
      excluded.push_back(occurrence);
    }
  }
  return excluded;
}

MomentRange Telling::streak_end(const agreement::Streak& streak) {
  const Asking asking(*this, Topic::Streak, &streak);
  if (!asking.is_new()) {
    return kNever;
  }
  if (const auto known = streak_ends_.find(&streak); known != streak_ends_.end()) {
    return known->second;
  }
  MomentRange start = kNever;
  bool has_from = false;
  for (const agreement::Clause& clause : agreement_.clauses) {
    const auto* from = clause.find<agreement::From>();
    if (clause.form == agreement::Form::Prohibition && from != nullptr) {
      start = earliest_of(start, moment(from->at, false));
      has_from = true;
    }
  }
  if (!has_from) {
    start = with_agreement();
  }
  if (streak.from.has_value()) {
    start = latest_of(start, moment(*streak.from, false));
  }
  const std::vector<const Occurrence*> excluded = excluded_acts(agreement_, streak.holdings);
  std::vector<Interruption> interruptions;
  for (facts::FactId id : own_facts()) {
    const facts::Fact& fact = evidence_.fact(id);
    facts::Truth denies = facts::Truth::No;
    for (const Occurrence* occurrence : excluded) {
      denies = denies || is_occurrence(fact, *occurrence);
    }
    if (denies != facts::Truth::No) {
      interruptions.push_back(
          {fact.when.from, facts::last_of(fact.when), denies == facts::Truth::Yes});
    }
  }
  const PeriodAfter period_after = [&](base::Instant begin) {
    return shifted(begin, streak.period, 1);
  };
  MomentRange end{least_end(start.earliest, interruptions, period_after),
                  greatest_end(start.latest, interruptions, period_after)};
  std::vector<const agreement::Act*> acts;
  std::vector<agreement::PlaceId> places;
  for (const Occurrence* occurrence : excluded) {
    acts.push_back(&occurrence->act);
  }
  if (!has_coverage(start.earliest, end.latest, acts, places)) {
    end.latest = base::kAfterTime;
  }
  if (asking.is_first()) {
    streak_ends_.emplace(&streak, end);
  }
  return end;
}

bool Telling::has_coverage(base::Instant first, base::Instant last,
                           const std::vector<const agreement::Act*>& acts,
                           const std::vector<agreement::PlaceId>& places) const {
  if (!account_.has_value()) {
    return false;
  }
  if (evidence_.accounts[account_->index].is_closed) {
    return true;
  }
  // One run for each act and place; no place stands for everywhere.
  const auto is_covered = [&](const agreement::Act& act, std::optional<agreement::PlaceId> place) {
    std::vector<base::TimeRange> seen;
    for (const facts::ResolvedCoverage& row : evidence_.coverage) {
      const bool is_verb = row.verbs.empty() ||
                           (act.verb.has_value() && std::find(row.verbs.begin(), row.verbs.end(),
                                                              *act.verb) != row.verbs.end());
      const bool is_place =
          row.places.empty() ||
          (place.has_value() &&
           std::any_of(row.places.begin(), row.places.end(), [&](agreement::PlaceId watched) {
             return facts::place_lies_in(agreement_, *place, watched) == facts::Truth::Yes;
           }));
      if (row.account == *account_ && is_verb && is_place) {
        seen.push_back(row.when);
      }
    }
    std::sort(seen.begin(), seen.end());
    base::Instant next = first;
    for (const base::TimeRange& range : seen) {
      if (range.from <= next && range.to > next) {
        next = range.to;
      }
    }
    return next > last;
  };
  return std::all_of(acts.begin(), acts.end(), [&](const agreement::Act* act) {
    if (places.empty()) {
      return is_covered(*act, std::nullopt);
    }
    return std::all_of(places.begin(), places.end(),
                       [&](agreement::PlaceId place) { return is_covered(*act, place); });
  });
}

}  // namespace truce::semantics::internal
