// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/small_truce.h"

#include "truce/agreement/agreement.h"

namespace truce::testing {

/// A small agreement and what was reported, all of it decided by the seed: every form of clause
/// that is replayed, and reports with sets, intervals, discs, several accounts and coverage.
struct RandomTruce {
  // For the message of a test that fails.
  std::string text;
  std::string rows;
  std::string coverage;
  agreement::Agreement agreement;
  // What was wrong with the text: nothing.
  std::string complaints;
  Record record;
};

RandomTruce random_truce(std::uint64_t seed);
/// Clauses that look at what was done nearby and before, and reports that bear on each other.
RandomTruce random_nearness(std::uint64_t seed);

}  // namespace truce::testing
