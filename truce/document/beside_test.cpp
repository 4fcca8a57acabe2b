// SPDX-License-Identifier: Apache-2.0
#include "truce/document/beside.h"

#include <algorithm>

#include "tests/support/sample_record.h"
#include <gtest/gtest.h>

namespace truce::document {
namespace {

using testing::SampleRecord;

// What the sample gives of its two incidents that are no acts.
Standing standing_of(const Beside& beside, std::size_t row, bool is_first) {
  return is_first ? beside.rows.at(row).first.standing : beside.rows.at(row).second.standing;
}

void set_outcome(SampleRecord& sample, facts::Outcome outcome) {
  for (facts::Verdict& verdict : sample.replay.verdicts.verdicts) {
    if (verdict.incident) {
      verdict.outcome = outcome;
    }
  }
}

std::uint64_t count(const Beside& beside, Combination combination) {
  return beside.counts.at(static_cast<std::size_t>(combination));
}

Beside of_outcomes(facts::Outcome first, facts::Outcome second) {
  SampleRecord one;
  SampleRecord other;
  set_outcome(one, first);
  set_outcome(other, second);
  return beside_of(one.record(), other.record());
}

TEST(Beside, ATextBesideItselfDiffersNowhere) {
  const SampleRecord sample;
  const Beside beside = beside_of(sample.record(), sample.record());
  EXPECT_EQ(beside.rows.size() + beside.acts, sample.evidence.incidents.size());
  for (std::size_t row = 0; row < beside.rows.size(); ++row) {
    EXPECT_EQ(standing_of(beside, row, true), standing_of(beside, row, false));
  }
  EXPECT_EQ(count(beside, Combination::BrokenUnderFirst), 0U);
  EXPECT_EQ(count(beside, Combination::BrokenUnderSecond), 0U);
  EXPECT_EQ(count(beside, Combination::Disputed), 1U);
  EXPECT_EQ(count(beside, Combination::Neither), 1U);
}

TEST(Beside, EachPairOfOutcomesHasItsCombination) {
  using facts::Outcome;
  struct Case {
    Outcome first;
    Outcome second;
    Combination combination;
  };
  for (const Case& pair : {Case{Outcome::Broken, Outcome::Broken, Combination::BrokenUnderBoth},
                           Case{Outcome::Broken, Outcome::Contested, Combination::BrokenUnderFirst},
                           Case{Outcome::Kept, Outcome::Broken, Combination::BrokenUnderSecond},
                           Case{Outcome::Unknown, Outcome::Contested, Combination::Disputed},
                           Case{Outcome::Unknown, Outcome::Kept, Combination::Undecided}}) {
    const Beside beside = of_outcomes(pair.first, pair.second);
    EXPECT_EQ(count(beside, pair.combination), 1U) << to_text(pair.combination);
    EXPECT_EQ(count(beside, Combination::Neither), 1U) << to_text(pair.combination);
  }
  EXPECT_EQ(count(of_outcomes(Outcome::Kept, Outcome::Kept), Combination::Neither), 2U);
}

TEST(Beside, NamesTheClausesThatGiveTheVerdict) {
  const Beside beside = of_outcomes(facts::Outcome::Broken, facts::Outcome::Kept);
  const auto row = std::find_if(beside.rows.begin(), beside.rows.end(), [](const BesideRow& one) {
    return one.combination == Combination::BrokenUnderFirst;
  });
  ASSERT_NE(row, beside.rows.end());
  ASSERT_FALSE(row->first.parts.empty());
  const std::string csv = to_csv(beside);
  EXPECT_NE(csv.find("broken_under_first,broken," + row->first.parts.front().clause),
            std::string::npos)
      << csv;
}

TEST(Beside, WhatComesFromOutsideIsNeitherFormulaNorCommand) {
  SampleRecord sample;
  set_outcome(sample, facts::Outcome::Broken);
  for (facts::Incident& incident : sample.evidence.incidents) {
    incident.id = "=1+1\x1b[31m" + incident.id;
  }
  const Beside beside = beside_of(sample.record(), sample.record());
  EXPECT_EQ(to_csv(beside).find("\n=1+1"), std::string::npos);
  EXPECT_EQ(to_text(beside, {"a", "b"}, 80).find('\x1b'), std::string::npos);
}

TEST(Beside, AnIncidentOfOneRecordIsAbsentFromTheOther) {
  SampleRecord one;
  SampleRecord other;
  for (facts::Incident& incident : other.evidence.incidents) {
    incident.id += "-elsewhere";
  }
  const Beside beside = beside_of(one.record(), other.record());
  EXPECT_EQ(beside.rows.size(), 4U);
  for (const BesideRow& row : beside.rows) {
    EXPECT_EQ(row.incident.ends_with("-elsewhere"), row.first.standing == Standing::Absent);
    EXPECT_NE(row.first.standing == Standing::Absent, row.second.standing == Standing::Absent);
  }
}

}  // namespace
}  // namespace truce::document
