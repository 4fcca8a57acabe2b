// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/replay.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "truce/monitor/internal/engine.h"
#include "truce/monitor/internal/explain.h"
#include "truce/monitor/internal/readings.h"

namespace truce::monitor {

namespace {

// One reading replayed on its own.
Replay replay_reading(const agreement::Agreement& agreement, const facts::Evidence& evidence,
                      const ReplayOptions& options) {
  internal::Engine engine(agreement, evidence, {}, options.with_worlds);
  internal::Engine::Result result = engine.judge();
  const auto is_hidden = [&](agreement::ClauseId clause) {
    return !agreement.clause(clause).is_shown;
  };
  std::erase_if(result.judged,
                [&](const internal::Judged& one) { return is_hidden(one.verdict.clause); });
  std::erase_if(result.points, [&](const facts::Point& point) { return is_hidden(point.clause); });
  for (std::size_t i = 0; i < result.counts.size(); ++i) {
    if (is_hidden(base::id_at<agreement::ClauseId>(i))) {
      result.counts[i] = {};
    }
  }
  Replay replay;
  replay.clocks = engine.streak_clocks();
  replay.force = engine.force_histories();
  std::erase_if(replay.force,
                [&](const ForceHistory& history) { return is_hidden(history.clause); });
  if (options.with_explanations) {
    internal::Explainer explainer(engine);
    for (const internal::Judged& judged : result.judged) {
      replay.explanations.push_back(explainer.explain(judged));
    }
    replay.under_no_clause = explainer.under_no_clause(result.judged);
  }
  replay.verdicts.counts = std::move(result.counts);
  replay.verdicts.points = std::move(result.points);
  for (internal::Judged& judged : result.judged) {
    replay.verdicts.verdicts.push_back(std::move(judged.verdict));
  }
  return replay;
}

}  // namespace

Replay replay(const agreement::Agreement& agreement, const facts::Evidence& evidence,
              const ReplayOptions& options) {
  std::vector<agreement::ActorId> proposers = agreement::proposers(agreement);
  if (options.reading) {
    proposers = {*options.reading};
  }
  Replay result;
  if (agreement.brackets.empty()) {
    result = replay_reading(agreement, evidence, options);
    proposers.clear();
  } else if (proposers.empty()) {
    // Brackets that nobody claims: the text with the first alternative of each.
    const agreement::Reading first(agreement.brackets.size(), 0);
    result = replay_reading(agreement::in_reading(agreement, first), evidence, options);
  } else {
    std::vector<internal::OneReading> readings;
    for (const agreement::ActorId proposer : proposers) {
      const agreement::Agreement settled =
          agreement::in_reading(agreement, agreement::reading_of(agreement, proposer));
      readings.push_back({proposer, replay_reading(settled, evidence, options)});
    }
    result = internal::merge_readings(agreement, std::move(readings));
  }
  result.readings = std::move(proposers);
  result.not_shown = static_cast<std::size_t>(
      std::count_if(agreement.clauses.begin(), agreement.clauses.end(),
                    [](const agreement::Clause& clause) { return !clause.is_shown; }));
  result.assumptions = internal::assumptions_of(agreement, evidence, result.verdicts);
  if (options.with_digest) {
    result.digest = facts::digest(agreement, evidence, result.verdicts);
  }
  return result;
}

}  // namespace truce::monitor
