// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/dice.h"
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

/// What a random agreement is about: text that stands in it beside random clauses, and acts that
/// bear on it.
struct Focus {
  // Lines of the header; what is said of the parties and of the bodies instead of `parties North;
  // South` and `bodies Watch; Court`.
  std::string header;
  std::string parties;
  std::string bodies;
  // Situations, each ended by a semicolon.
  std::string situations;
  // Whole sections, after everything else.
  std::string clauses;
  std::vector<std::string> prohibitions;
  std::vector<std::string> duties;
  // One act of an incident: the fields of a row of Record from `kind` on.
  std::function<std::string(Dice&)> act;
  // So many random clauses at most.
  std::size_t most_others = 0;
};

RandomTruce random_truce(std::uint64_t seed);
/// The same choices for the same seed, whatever the words of the focus are.
RandomTruce random_truce_around(std::uint64_t seed, const Focus& focus);
/// Clauses that look at what was done nearby and before, and reports that bear on each other.
RandomTruce random_nearness(std::uint64_t seed);
/// A few reports whose doubts bear on each other, each with few ways to read it.
RandomTruce random_doubts(std::uint64_t seed);

}  // namespace truce::testing
