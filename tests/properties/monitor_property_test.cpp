// SPDX-License-Identifier: Apache-2.0
// The first engine gives the verdicts of the slow and obvious interpreter, on random agreements: as
// joined; worlds_property_test.cpp is about worlds.
#include <algorithm>
#include <random>

#include "tests/properties/comparison.h"
#include "tests/support/effort.h"
#include "tests/support/random_agreements.h"
#include <gtest/gtest.h>

#include "truce/agreement/agreement.h"
#include "truce/monitor/replay.h"
#include "truce/semantics/evaluate.h"

namespace truce::testing {
namespace {

constexpr std::uint64_t kFirstSeed = 20160912;

void expect_equal(std::uint64_t seed, const RandomTruce& one) {
  ASSERT_EQ(one.complaints, "") << case_text(seed, one);
  if (difference(one.agreement, one.record.on(one.agreement)).empty()) {
    return;
  }
  Record record = one.record;
  shrink(one.agreement, record);
  std::string rows;
  for (const incidents::Report& report : record.reports) {
    rows += report.raw + '\n';
  }
  ADD_FAILURE() << case_text(seed, one) << "\n--- reports that suffice\n"
                << rows << difference(one.agreement, record.on(one.agreement));
}

void expect_equal_from(std::uint64_t first, std::uint64_t count) {
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    expect_equal(seed, random_truce(seed));
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

TEST(MonitorProperty, EqualsTheInterpreterOnRandomAgreements) {
  expect_equal_from(kFirstSeed, cases(600));
}

TEST(MonitorProperty, EqualsTheInterpreterOnWhatIsNear) {
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + cases(2000); ++seed) {
    expect_equal(seed, random_nearness(seed));
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

TEST(MonitorProperty, DoesNotDependOnTheOrderOfArrival) {
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + cases(200); ++seed) {
    const RandomTruce one = random_truce(seed);
    Record shuffled = one.record;
    std::mt19937_64 dice(seed);
    for (std::size_t i = shuffled.reports.size(); i > 1; --i) {
      std::swap(shuffled.reports[i - 1], shuffled.reports[dice() % i]);
    }
    const facts::Evidence in_order = one.record.on(one.agreement);
    const facts::Evidence out_of_order = shuffled.on(one.agreement);
    const monitor::Replay expected = monitor::replay(one.agreement, in_order, {});
    const monitor::Replay got = monitor::replay(one.agreement, out_of_order, {});
    ASSERT_EQ(expected.digest, got.digest) << case_text(seed, one);
    ASSERT_EQ(expected.verdicts, got.verdicts) << case_text(seed, one);
  }
}

// What is known by a moment is a record of its own: engine and interpreter agree on each of them.
TEST(MonitorProperty, EqualsTheInterpreterAtEveryMomentOfTheRecord) {
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + cases(120); ++seed) {
    const RandomTruce one = random_truce(seed);
    std::vector<base::Instant> ends;
    for (const incidents::Report& report : one.record.reports) {
      ends.push_back(std::max(report.when.from, report.when.to));
    }
    std::sort(ends.begin(), ends.end());
    for (std::size_t i = 0; i < ends.size(); i += 3) {
      Record known = one.record;
      std::erase_if(known.reports, [&](const incidents::Report& report) {
        return std::max(report.when.from, report.when.to) > ends[i];
      });
      known.as_of(base::to_iso(ends[i], {}));
      ASSERT_EQ(difference(one.agreement, known.on(one.agreement)), "")
          << case_text(seed, one) << "\nas known at " << base::to_iso(ends[i], {});
    }
  }
}

// An act that names only clauses which the agreement does not have.
TEST(MonitorProperty, HoldsWhereActsNameClausesThatAreNotThere) {
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + cases(200); ++seed) {
    RandomTruce one = random_truce(seed);
    for (std::size_t i = 0; i < one.record.reports.size(); i += 2) {
      one.record.reports[i].clauses = {"9.9"};
    }
    ASSERT_EQ(difference(one.agreement, one.record.on(one.agreement)), "") << case_text(seed, one);
  }
}

// Every verdict has its explanation, and the explanations change nothing.
TEST(MonitorProperty, ExplainsEveryVerdict) {
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + cases(200); ++seed) {
    const RandomTruce one = random_truce(seed);
    const facts::Evidence evidence = one.record.on(one.agreement);
    const monitor::Replay bare =
        monitor::replay(one.agreement, evidence, {.reading = {}, .with_explanations = false});
    const monitor::Replay told = monitor::replay(one.agreement, evidence, {});
    ASSERT_EQ(bare.verdicts, told.verdicts) << case_text(seed, one);
    ASSERT_EQ(told.explanations.size(), told.verdicts.verdicts.size());
    for (std::size_t i = 0; i < told.explanations.size(); ++i) {
      const monitor::Explanation& explanation = told.explanations[i];
      const facts::Verdict& verdict = told.verdicts.verdicts[i];
      ASSERT_GT(explanation.because.english().size(), 10U) << case_text(seed, one);
      ASSERT_EQ(explanation.because.english().back(), '.') << explanation.because.english();
      ASSERT_EQ(explanation.reasons.size(), verdict.opinions.size());
      ASSERT_LE(explanation.would_change_if.size(), 3U);
      // Of a prohibition at least what was said may be taken back.
      const bool can_change =
          one.agreement.clause(verdict.clause).form == agreement::Form::Prohibition &&
          told.readings.empty();
      ASSERT_TRUE(!can_change || !explanation.would_change_if.empty())
          << case_text(seed, one) << explanation.because.english();
    }
  }
}

}  // namespace
}  // namespace truce::testing
