// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

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

/// See Replay::assumptions; also what is left out of `verdicts` because there is too much of it.
std::vector<std::string> assumptions_of(const agreement::Agreement& agreement,
                                        const facts::Evidence& evidence,
                                        const facts::Verdicts& verdicts);

}  // namespace truce::monitor::internal
