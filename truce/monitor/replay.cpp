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

namespace internal {

Readings::Readings(const agreement::Agreement& agreement, std::optional<agreement::ActorId> only)
    : agreement_(agreement) {
  if (agreement.brackets.empty()) {
    settled_.emplace_back();
    return;
  }
  proposers_ = only ? std::vector{*only} : agreement::proposers(agreement);
  for (const agreement::ActorId proposer : proposers_) {
    settled_.emplace_back();
    settled_.back().text =
        agreement::in_reading(agreement, agreement::reading_of(agreement, proposer));
  }
  if (proposers_.empty()) {
    // Brackets that nobody claims: the text with the first alternative of each.
    const agreement::Reading first(agreement.brackets.size(), 0);
    settled_.emplace_back();
    settled_.back().text = agreement::in_reading(agreement, first);
  }
}

Replay Readings::replay_one(Settled& settled, const facts::Evidence& evidence,
                            const ReplayOptions& options) {
  const agreement::Agreement& agreement = settled.text ? *settled.text : agreement_;
  Engine engine(agreement, evidence, settled.shared, options.with_worlds);
  Engine::Result result = engine.judge();
  settled.shared = engine.shared();
  const auto is_hidden = [&](agreement::ClauseId clause) {
    return !agreement.clause(clause).is_shown;
  };
  std::erase_if(result.judged, [&](const Judged& one) { return is_hidden(one.verdict.clause); });
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
    Explainer explainer(engine, options.with_changes);
    for (const Judged& judged : result.judged) {
      replay.explanations.push_back(explainer.explain(judged));
    }
    replay.under_no_clause = explainer.under_no_clause(result.judged);
  }
  replay.verdicts.counts = std::move(result.counts);
  replay.verdicts.points = std::move(result.points);
  for (Judged& judged : result.judged) {
    replay.verdicts.verdicts.push_back(std::move(judged.verdict));
  }
  return replay;
}

Replay Readings::replay(const facts::Evidence& evidence, const ReplayOptions& options) {
  Replay result;
  if (proposers_.empty()) {
    result = replay_one(settled_.front(), evidence, options);
  } else {
    std::vector<OneReading> readings;
    for (std::size_t i = 0; i < proposers_.size(); ++i) {
      readings.push_back({proposers_[i], replay_one(settled_[i], evidence, options)});
    }
    result = merge_readings(agreement_, std::move(readings));
  }
  result.readings = proposers_;
  result.not_shown = static_cast<std::size_t>(
      std::count_if(agreement_.clauses.begin(), agreement_.clauses.end(),
                    [](const agreement::Clause& clause) { return !clause.is_shown; }));
  result.assumptions = assumptions_of(agreement_, evidence, result.verdicts);
  if (options.with_digest) {
    result.digest = facts::digest(agreement_, evidence, result.verdicts);
  }
  return result;
}

}  // namespace internal

Replay replay(const agreement::Agreement& agreement, const facts::Evidence& evidence,
              const ReplayOptions& options) {
  return internal::Readings(agreement, options.reading).replay(evidence, options);
}

}  // namespace truce::monitor
