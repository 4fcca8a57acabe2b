// SPDX-License-Identifier: Apache-2.0
#include "truce/report/ledgers.h"

#include "tests/support/sample_record.h"
#include <gtest/gtest.h>

#include "truce/report/compliance.h"

namespace truce::report {
namespace {

using truce::testing::SampleRecord;

/// The sample with two parties, of whom the second has its own account.
class LedgersTest : public ::testing::Test {
 protected:
  LedgersTest() {
    for (agreement::Actor& actor : sample_.agreement.actors) {
      actor.role = agreement::Actor::Role::Party;
    }
    sample_.evidence.accounts[0].actor = agreement::ActorId{1};
    for (facts::Fact& fact : sample_.evidence.facts) {
      fact.actors = {{{0}}};
    }
  }
  std::vector<Ledger> ledgers() {
    const Record record = sample_.record();
    return ledgers_of(record, overview_of(record));
  }
  void add_coverage(base::Duration from, base::Duration to,
                    std::vector<agreement::PlaceId> places) {
    const base::Instant start = sample_.replay.force[0].from;
    sample_.evidence.coverage.push_back({{1}, {start + from, start + to}, std::move(places), {}});
  }

  SampleRecord sample_;
  const Words words_ = Words::english();
};

TEST_F(LedgersTest, HoldsWhatASideSaysTheOtherDidAndWhatTheRecordGives) {
  const std::vector<Ledger> all = ledgers();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].speaker, agreement::ActorId{1});
  EXPECT_EQ(all[0].accused, agreement::ActorId{0});
  EXPECT_EQ(all[0].claims.size(), 2U);
  EXPECT_EQ(all[0].rulings, (std::vector{Mark::Contested, Mark::NoClause}));
  EXPECT_EQ(all[0].alone, 1U);
  EXPECT_EQ(all[0].denied, 0U);
}

TEST_F(LedgersTest, WhereAnotherNamesSomebodyElseThatIsCounted) {
  sample_.evidence.facts[1].actors = {{{1}}};
  EXPECT_EQ(ledgers()[0].denied, 1U);
}

TEST_F(LedgersTest, OneOfTwoIsNoClaimAndNobodyAccusesTheirOwn) {
  sample_.evidence.facts[0].actors = {{{0}}, {{1}}};
  EXPECT_EQ(ledgers()[0].claims.size(), 1U);
  sample_.agreement.actors[1].ensures = {{0}};
  EXPECT_TRUE(ledgers().empty());
}

TEST_F(LedgersTest, TheComplianceRecordCountsBySideAndClause) {
  const std::vector<ClauseRecord> rows = clause_records(words_, sample_.record());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].side, "North");
  EXPECT_EQ(rows[0].contested, 1U);
  EXPECT_EQ(rows[0].coverage, "no coverage stated");
  EXPECT_EQ(rows[1].unknown, 1U);
}

TEST_F(LedgersTest, CoverageIsTheShareOfTheTimeInForce) {
  // 24 of 96 hours, told twice.
  add_coverage({}, base::kDay, {});
  add_coverage(base::kHour, base::kDay, {});
  EXPECT_EQ(clause_records(words_, sample_.record())[0].coverage, "25 % of the time, by UCDP");
  add_coverage({}, 4 * base::kDay, {});
  EXPECT_EQ(clause_records(words_, sample_.record())[0].coverage, "100 % of the time, by UCDP");
}

TEST_F(LedgersTest, AllButAMinuteIsNotAll) {
  add_coverage(base::kMinute, 4 * base::kDay, {{0}});
  EXPECT_EQ(clause_records(words_, sample_.record())[0].coverage,
            "99 % of the time, in some places, by UCDP");
}

TEST_F(LedgersTest, WhatIsSeenInAPartDoesNotAddToWhatIsSeenEverywhere) {
  add_coverage({}, base::kDay, {});
  add_coverage(base::kDay, 4 * base::kDay, {{0}});
  EXPECT_EQ(clause_records(words_, sample_.record())[0].coverage, "25 % of the time, by UCDP");
}

TEST_F(LedgersTest, WhoSeesSomeActsOnlyDoesNotWatchAnArea) {
  add_coverage({}, 4 * base::kDay, {{0}});
  const Record record = sample_.record();
  EXPECT_TRUE(area_records(words_, record, overview_of(record))[0].coverage.ends_with(
      "% of the time, by UCDP"));
  sample_.evidence.coverage[0].verbs = {{0}};
  EXPECT_TRUE(area_records(words_, record, overview_of(record))[0].coverage.ends_with(
      "% of the time, some acts only, by UCDP"));
}

TEST_F(LedgersTest, AnAreaHoldsWhatEveryAccountPlacesInside) {
  const Record record = sample_.record();
  const std::vector<AreaRecord> rows = area_records(words_, record, overview_of(record));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].contested, 1U);
  EXPECT_EQ(rows[0].perhaps, 0U);
}

TEST_F(LedgersTest, WhatMayLieOutsideIsPerhapsHere) {
  sample_.evidence.facts[1].where->radius = {200000};
  const Record record = sample_.record();
  const std::vector<AreaRecord> rows = area_records(words_, record, overview_of(record));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].contested, 0U);
  EXPECT_EQ(rows[0].perhaps, 1U);
}

}  // namespace
}  // namespace truce::report
