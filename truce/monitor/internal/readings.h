// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "truce/monitor/internal/shared.h"
#include "truce/monitor/replay.h"

namespace truce::monitor::internal {

/// The replay in the reading of one proposer.
struct OneReading {
  agreement::ActorId proposer;
  Replay replay;
};

/// One replay of all readings: a verdict on which they agree stands; where they differ it is
/// Unknown, and its explanation says what each reading gives. Streaks and windows are those of the
/// first reading. `readings` must not be empty.
Replay merge_readings(const agreement::Agreement& agreement, std::vector<OneReading> readings);

/// The readings of an agreement that are replayed, with what stays known from one replay to the
/// next. The agreement must outlive it.
class Readings {
 public:
  /// `only`: in the reading of that proposer; otherwise in every proposer's.
  Readings(const agreement::Agreement& agreement, std::optional<agreement::ActorId> only);
  Readings(const Readings&) = delete;
  Readings& operator=(const Readings&) = delete;

  /// As monitor::replay; `options.reading` is not asked.
  Replay replay(const facts::Evidence& evidence, const ReplayOptions& options);

 private:
  struct Settled {
    // Where the agreement has brackets.
    std::optional<agreement::Agreement> text;
    Shared shared;
  };
  Replay replay_one(Settled& settled, const facts::Evidence& evidence,
                    const ReplayOptions& options);

  const agreement::Agreement& agreement_;
  std::vector<agreement::ActorId> proposers_;
  // For each proposer; one where there is none. It stays where it is: what is known refers to it.
  std::deque<Settled> settled_;
};

/// See Replay::assumptions; also what is left out of `verdicts` because there is too much of it.
std::vector<std::string> assumptions_of(const agreement::Agreement& agreement,
                                        const facts::Evidence& evidence,
                                        const facts::Verdicts& verdicts);

}  // namespace truce::monitor::internal
