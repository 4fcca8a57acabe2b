// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/readings.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "truce/monitor/internal/engine.h"

namespace truce::monitor::internal {

using facts::Outcome;

namespace {

// What makes verdicts of different readings one: a duty may stand several times for the same
// bearers, once for each activation, and is then told apart by its place among them. Its incident
// belongs to what was found, not to the question.
using Key = std::tuple<agreement::ClauseId, std::vector<agreement::ActorId>,
                       std::optional<facts::IncidentId>, std::size_t>;

bool is_prohibition(const agreement::Agreement& agreement, const facts::Verdict& verdict) {
  return agreement.clause(verdict.clause).form == agreement::Form::Prohibition;
}

std::vector<std::pair<Key, std::size_t>> keys_of(const agreement::Agreement& agreement,
                                                 const facts::Verdicts& verdicts) {
  std::vector<std::pair<Key, std::size_t>> keys;
  std::map<Key, std::size_t> seen;
  for (std::size_t i = 0; i < verdicts.verdicts.size(); ++i) {
    const facts::Verdict& verdict = verdicts.verdicts[i];
    Key key{verdict.clause, verdict.bearers,
            is_prohibition(agreement, verdict) ? verdict.incident : std::nullopt, 0};
    std::get<3>(key) = seen[key]++;
    keys.emplace_back(key, i);
  }
  return keys;
}

// The opinions that all readings give; what some give and others do not is unknown.
std::vector<facts::AccountOpinion> common_opinions(
    const std::vector<const facts::Verdict*>& verdicts) {
  std::map<facts::AccountId, std::vector<facts::Opinion>> by_account;
  for (const facts::Verdict* verdict : verdicts) {
    if (verdict != nullptr) {
      for (const facts::AccountOpinion& opinion : verdict->opinions) {
        by_account[opinion.account].push_back(opinion.opinion);
      }
    }
  }
  std::vector<facts::AccountOpinion> result;
  for (const auto& [account, opinions] : by_account) {
    const bool is_common = opinions.size() == verdicts.size() &&
                           std::all_of(opinions.begin(), opinions.end(),
                                       [&](facts::Opinion one) { return one == opinions.front(); });
    result.push_back({account, is_common ? opinions.front() : facts::Opinion::Unknown});
  }
  return result;
}

// A prohibition of which a reading has no verdict was kept in it.
std::string outcome_text(const facts::Verdict* verdict, bool is_prohibition) {
  if (verdict != nullptr) {
    return std::string(facts::to_text(verdict->outcome));
  }
  return is_prohibition ? "kept" : "no such duty";
}

struct Merged {
  facts::Verdict verdict;
  Explanation explanation;
};

// What changes the verdict in every reading changes it for all; of what changes it in some, the
// readings would say different things.
void keep_common_changes(const std::vector<OneReading>& readings,
                         const std::vector<std::optional<std::size_t>>& places,
                         Explanation& explanation) {
  const auto is_common = [&](const Change& change) {
    for (std::size_t i = 0; i < readings.size(); ++i) {
      if (!places[i] || readings[i].replay.explanations.empty()) {
        continue;
      }
      const auto& words = readings[i].replay.explanations[*places[i]].would_change_if;
      if (std::find(words.begin(), words.end(), change.words) == words.end()) {
        return false;
      }
    }
    return true;
  };
  std::erase_if(explanation.changes, [&](const Change& change) { return !is_common(change); });
  explanation.would_change_if.clear();
  for (const Change& change : explanation.changes) {
    explanation.would_change_if.push_back(change.words);
  }
}

Merged merge_one(const agreement::Agreement& agreement, const std::vector<OneReading>& readings,
                 const std::vector<std::optional<std::size_t>>& places) {
  std::vector<const facts::Verdict*> verdicts;
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const bool has_one = places[i].has_value();
    first = !first && has_one ? std::optional(i) : first;
    verdicts.push_back(has_one ? &readings[i].replay.verdicts.verdicts[*places[i]] : nullptr);
  }
  const facts::Verdict& model = *verdicts[*first];
  const bool is_forbidden = is_prohibition(agreement, model);
  const auto& explanations = readings[*first].replay.explanations;
  Merged merged{model, explanations.empty() ? Explanation{} : explanations[*places[*first]]};
  std::vector<std::string> said;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    said.push_back(outcome_text(verdicts[i], is_forbidden));
  }
  const bool is_agreed = std::all_of(said.begin(), said.end(),
                                     [&](const std::string& one) { return one == said.front(); });
  for (const facts::Verdict* verdict : verdicts) {
    if (verdict != nullptr) {
      merged.verdict.at = std::min(merged.verdict.at, verdict->at);
    }
  }
  merged.verdict.opinions = common_opinions(verdicts);
  if (is_agreed) {
    // To blame are those whom every reading blames.
    for (const facts::Verdict* verdict : verdicts) {
      std::vector<agreement::ActorId> both;
      std::set_intersection(merged.verdict.blame.begin(), merged.verdict.blame.end(),
                            verdict->blame.begin(), verdict->blame.end(), std::back_inserter(both));
      merged.verdict.blame = std::move(both);
    }
    keep_common_changes(readings, places, merged.explanation);
    return merged;
  }
  merged.verdict.outcome = Outcome::Unknown;
  merged.verdict.blame.clear();
  for (std::size_t i = 0; i < readings.size(); ++i) {
    merged.explanation.by_reading.push_back(fmt::format(
        "in the reading of {}: {}", agreement.actor(readings[i].proposer).name, said[i]));
  }
  merged.explanation.because = facts::say("The text of {} is disputed, and its readings differ.",
                                          agreement.clause(model.clause).number);
  merged.explanation.changes.clear();
  merged.explanation.would_change_if = {facts::say("the parties agree on the disputed text")};
  return merged;
}

void recount(const agreement::Agreement& agreement, const std::vector<OneReading>& readings,
             Replay& into) {
  std::vector<facts::ClauseCount>& counts = into.verdicts.counts;
  counts.resize(agreement.clauses.size());
  for (const facts::Verdict& verdict : into.verdicts.verdicts) {
    facts::ClauseCount& count = counts[verdict.clause.index];
    count.broken += verdict.outcome == Outcome::Broken ? 1 : 0;
    count.unknown += verdict.outcome == Outcome::Unknown ? 1 : 0;
    count.contested += verdict.outcome == Outcome::Contested ? 1 : 0;
    count.kept += verdict.outcome == Outcome::Kept ? 1 : 0;
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (agreement.clauses[i].form != agreement::Form::Prohibition) {
      continue;
    }
    // Of what was judged in the widest reading, everything not listed was kept.
    std::uint64_t judged = 0;
    std::uint64_t by_one_of = readings.front().replay.verdicts.counts[i].broken_by_one_of;
    for (const OneReading& reading : readings) {
      const facts::ClauseCount& one = reading.replay.verdicts.counts[i];
      judged = std::max(judged, one.broken + one.unknown + one.contested + one.kept);
      by_one_of = std::min(by_one_of, one.broken_by_one_of);
    }
    const std::uint64_t listed = counts[i].broken + counts[i].unknown + counts[i].contested;
    counts[i].kept = judged > listed ? judged - listed : 0;
    counts[i].broken_by_one_of = by_one_of;
  }
}

// A point is certain where every reading has it for certain.
std::vector<facts::Point> common_points(const std::vector<OneReading>& readings) {
  std::map<std::tuple<agreement::ClauseId, base::Instant, facts::IncidentId>, std::size_t> certain;
  for (const OneReading& reading : readings) {
    for (const facts::Point& point : reading.replay.verdicts.points) {
      certain[{point.clause, point.at, point.incident}] += point.holds == facts::Truth::Yes ? 1 : 0;
    }
  }
  std::vector<facts::Point> points;
  for (const auto& [key, count] : certain) {
    const auto& [clause, at, incident] = key;
    points.push_back(
        {clause, incident, at, count == readings.size() ? facts::Truth::Yes : facts::Truth::Maybe});
  }
  return points;
}

}  // namespace

Replay merge_readings(const agreement::Agreement& agreement, std::vector<OneReading> readings) {
  std::map<Key, std::vector<std::optional<std::size_t>>> places;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    for (const auto& [key, place] : keys_of(agreement, readings[i].replay.verdicts)) {
      auto& by_reading = places[key];
      by_reading.resize(readings.size());
      by_reading[i] = place;
    }
  }
  std::vector<Merged> merged;
  for (const auto& [key, by_reading] : places) {
    merged.push_back(merge_one(agreement, readings, by_reading));
  }
  std::stable_sort(merged.begin(), merged.end(), [](const Merged& a, const Merged& b) {
    return comes_before(a.verdict, b.verdict);
  });
  Replay result;
  const bool has_explanations =
      std::any_of(readings.begin(), readings.end(),
                  [](const OneReading& reading) { return !reading.replay.explanations.empty(); });
  for (Merged& one : merged) {
    result.verdicts.verdicts.push_back(std::move(one.verdict));
    if (has_explanations) {
      result.explanations.push_back(std::move(one.explanation));
    }
  }
  result.verdicts.points = common_points(readings);
  recount(agreement, readings, result);
  // Under no clause is only what no reading reaches.
  for (UnderNoClause& none : readings.front().replay.under_no_clause) {
    const bool is_in_all =
        std::all_of(readings.begin(), readings.end(), [&](const OneReading& reading) {
          const auto& all = reading.replay.under_no_clause;
          return &reading == &readings.front() ||
                 std::any_of(all.begin(), all.end(), [&](const UnderNoClause& other) {
                   return other.incident == none.incident;
                 });
        });
    if (is_in_all) {
      result.under_no_clause.push_back(none);
    }
  }
  result.clocks = std::move(readings.front().replay.clocks);
  result.force = std::move(readings.front().replay.force);
  return result;
}

}  // namespace truce::monitor::internal
