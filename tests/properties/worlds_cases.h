// SPDX-License-Identifier: Apache-2.0
// What worlds_property_test.cpp and worlds_long_test.cpp ask of one seed.
#pragma once

#include <algorithm>
#include <random>
#include <string>

#include "tests/support/random_agreements.h"
#include <gtest/gtest.h>

#include "truce/facts/worlds.h"
#include "truce/monitor/replay.h"
#include "truce/semantics/evaluate.h"

namespace truce::testing {

inline std::string lines_of(const agreement::Agreement& agreement, const facts::Evidence& evidence,
                            const facts::Verdicts& verdicts) {
  std::string text;
  for (const std::string& line : facts::canonical_lines(agreement, evidence, verdicts)) {
    text += line + '\n';
  }
  return text;
}

inline std::string worlds_case(std::uint64_t seed, const RandomTruce& one) {
  return "seed " + std::to_string(seed) + "\n--- agreement\n" + one.text + "\n--- reports\n" +
         one.rows + "\n--- coverage\n" + one.coverage;
}

/// More worlds than these take the interpreter too long for a test.
constexpr std::size_t kMostToTry = 1000;

/// Whether the interpreter can try all worlds of every account.
inline bool are_within_limit(const RandomTruce& one, const facts::Evidence& evidence) {
  for (std::size_t i = 0; i < evidence.accounts.size(); ++i) {
    if (facts::count_worlds(one.agreement, evidence, base::id_at<facts::AccountId>(i), true) >
        kMostToTry) {
      return false;
    }
  }
  return true;
}

struct WorldsTried {
  std::size_t cases = 0;
  // With few enough worlds.
  std::size_t compared = 0;
  // In which worlds changed a verdict.
  std::size_t settled = 0;
};

inline void expect_worlds_equal(std::uint64_t seed, WorldsTried& tried) {
  const RandomTruce one = random_doubts(seed);
  ASSERT_EQ(one.complaints, "") << worlds_case(seed, one);
  const facts::Evidence evidence = one.record.on(one.agreement);
  ++tried.cases;
  if (!are_within_limit(one, evidence)) {
    return;
  }
  ++tried.compared;
  const facts::Verdicts expected = semantics::evaluate(one.agreement, evidence);
  const facts::Verdicts got =
      monitor::replay(one.agreement, evidence, {.reading = {}, .with_explanations = false})
          .verdicts;
  ASSERT_EQ(got, expected) << worlds_case(seed, one) << "\n--- interpreter\n"
                           << lines_of(one.agreement, evidence, expected) << "--- engine\n"
                           << lines_of(one.agreement, evidence, got);
  const facts::Verdicts joined =
      semantics::evaluate(one.agreement, evidence, {.with_worlds = false});
  tried.settled += joined == expected ? 0 : 1;
}

}  // namespace truce::testing
