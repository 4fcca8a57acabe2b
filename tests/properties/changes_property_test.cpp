// SPDX-License-Identifier: Apache-2.0
// What a verdict is said to change with is made on the record, and replayed: it must change.
#include <algorithm>
#include <optional>

#include "tests/properties/comparison.h"
#include "tests/support/random_agreements.h"
#include <gtest/gtest.h>

#include "truce/monitor/replay.h"

namespace truce::testing {
namespace {

constexpr std::uint64_t kFirstSeed = 20160919;

// The verdict on the same question; prohibitions that are kept are not listed. Empty in `is_told`
// where a duty cannot be told apart from others.
struct Same {
  bool is_told = false;
  std::optional<facts::Outcome> outcome;
};

Same same_in(const agreement::Agreement& agreement, const facts::Verdict& verdict,
             const facts::Verdicts& verdicts) {
  const bool is_prohibition = agreement.clause(verdict.clause).form == agreement::Form::Prohibition;
  Same same{true, {}};
  for (const facts::Verdict& other : verdicts.verdicts) {
    if (other.clause == verdict.clause && other.bearers == verdict.bearers &&
        other.period == verdict.period && (!is_prohibition || other.incident == verdict.incident)) {
      same.is_told = same.is_told && !same.outcome.has_value();
      same.outcome = other.outcome;
    }
  }
  return same;
}

struct Tried {
  std::size_t changes = 0;
  std::size_t withdrawn = 0;
  std::size_t known = 0;
  std::size_t reported = 0;
  std::size_t covered = 0;
  std::size_t none = 0;
};

void expect_changes(std::uint64_t seed, const RandomTruce& one, Tried& tried) {
  const facts::Evidence evidence = one.record.on(one.agreement);
  const monitor::Replay told = monitor::replay(one.agreement, evidence, {});
  if (!told.readings.empty()) {
    return;
  }
  for (std::size_t i = 0; i < told.explanations.size(); ++i) {
    const facts::Verdict& verdict = told.verdicts.verdicts[i];
    const std::vector<monitor::Change>& changes = told.explanations[i].changes;
    ASSERT_EQ(changes.size(), told.explanations[i].would_change_if.size());
    tried.none += changes.empty() ? 1 : 0;
    if (!same_in(one.agreement, verdict, told.verdicts).is_told) {
      continue;
    }
    for (const monitor::Change& change : changes) {
      const facts::Evidence changed = monitor::with_change(evidence, change);
      const monitor::Replay after =
          monitor::replay(one.agreement, changed, {.reading = {}, .with_explanations = false});
      const Same same = same_in(one.agreement, verdict, after.verdicts);
      if (!same.is_told) {
        continue;
      }
      ++tried.changes;
      tried.withdrawn += change.withdrawn.empty() ? 0 : 1;
      tried.known += change.known.empty() ? 0 : 1;
      tried.reported += change.reported.empty() ? 0 : 1;
      tried.covered += change.covered.empty() ? 0 : 1;
      ASSERT_NE(same.outcome, std::optional(verdict.outcome))
          << case_text(seed, one) << "\n"
          << one.agreement.clause(verdict.clause).number << " "
          << facts::bearer_text(one.agreement, verdict) << " stays "
          << facts::to_text(verdict.outcome) << " although " << change.words.english();
    }
  }
}

TEST(ChangesProperty, EachSuggestionChangesTheVerdict) {
  Tried tried;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + 120; ++seed) {
    for (const RandomTruce& one :
         {random_truce(seed), random_doubts(seed), random_nearness(seed)}) {
      expect_changes(seed, one, tried);
      if (::testing::Test::HasFatalFailure()) {
        return;
      }
    }
  }
  // Every sort of change was among them.
  EXPECT_GT(tried.changes, 1000U);
  EXPECT_GT(tried.withdrawn, 100U);
  EXPECT_GT(tried.known, 100U);
  EXPECT_GT(tried.reported, 50U);
  EXPECT_GT(tried.covered, 20U);
  RecordProperty("changes", static_cast<int>(tried.changes));
  RecordProperty("none", static_cast<int>(tried.none));
}

}  // namespace
}  // namespace truce::testing
