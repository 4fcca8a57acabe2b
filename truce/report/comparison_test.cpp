// SPDX-License-Identifier: Apache-2.0
#include "truce/report/comparison.h"

#include "tests/support/sample_record.h"
#include <gtest/gtest.h>

namespace truce::report {
namespace {

using truce::testing::SampleRecord;

// The first incident of the sample has two accounts that say the same but for the toll.
class ComparisonTest : public ::testing::Test {
 protected:
  [[nodiscard]] Agreeing of(Topic topic) const {
    return compare(sample_.record(),
                   sample_.evidence.incidents[0])[static_cast<std::size_t>(topic)];
  }
  facts::Fact& first() { return sample_.evidence.facts[0]; }
  facts::Fact& second() { return sample_.evidence.facts[1]; }
  incidents::Report& report(std::size_t index) { return sample_.reading.reports[index]; }

  SampleRecord sample_;
};

TEST_F(ComparisonTest, SeesWhatIsTheSameAndWhatDiffers) {
  EXPECT_EQ(of(Topic::Who), Agreeing::Same);
  EXPECT_EQ(of(Topic::Act), Agreeing::Same);
  EXPECT_EQ(of(Topic::Weapon), Agreeing::Unsaid);
  EXPECT_EQ(of(Topic::When), Agreeing::Same);
  EXPECT_EQ(of(Topic::Where), Agreeing::Same);
  EXPECT_EQ(of(Topic::Deaths), Agreeing::Differ);
  EXPECT_EQ(to_letters(compare(sample_.record(), sample_.evidence.incidents[0])), "ss--ssd");
}

TEST_F(ComparisonTest, OneOfTwoIsNoContradictionOfOne) {
  second().actors = {{{0}}};
  EXPECT_EQ(of(Topic::Who), Agreeing::Open);
  first().actors = {{{1}}};
  EXPECT_EQ(of(Topic::Who), Agreeing::Differ);
  second().is_actor_unknown = true;
  EXPECT_EQ(of(Topic::Who), Agreeing::One);
}

TEST_F(ComparisonTest, TimesAndPlacesMustOverlap) {
  second().when = {first().when.from + base::kMinute, first().when.to};
  EXPECT_EQ(of(Topic::When), Agreeing::Open);
  // Half-open: the end of one is not yet the beginning of the other.
  second().when = {first().when.to, first().when.to + base::kHour};
  EXPECT_EQ(of(Topic::When), Agreeing::Differ);
  second().where->centre.longitude.degrees += 0.05;
  EXPECT_EQ(of(Topic::Where), Agreeing::Open);
  second().where->centre.longitude.degrees += 1;
  EXPECT_EQ(of(Topic::Where), Agreeing::Differ);
}

TEST_F(ComparisonTest, TollsMayMeet) {
  report(0).deaths_high = 30;
  report(0).deaths_low = 5;
  EXPECT_EQ(of(Topic::Deaths), Agreeing::Open);
  report(1).deaths_best.reset();
  EXPECT_EQ(of(Topic::Deaths), Agreeing::One);
}

TEST_F(ComparisonTest, ThingsAreComparedAsTheAgreementKnowsThem) {
  agreement::Kind weapons;
  weapons.name = "Weapons";
  const agreement::KindId any = sample_.agreement.vocabulary.add_kind(weapons);
  agreement::Kind heavy;
  heavy.name = "Heavy Weapons";
  heavy.parents = {any};
  const agreement::KindId part = sample_.agreement.vocabulary.add_kind(heavy);
  agreement::Kind people;
  people.name = "Civilians";
  const agreement::KindId other = sample_.agreement.vocabulary.add_kind(people);

  first().objects.items[0].head = facts::Value::Head::Kind;
  first().objects.items[0].kind = any;
  EXPECT_EQ(of(Topic::Target), Agreeing::One);
  second().objects = first().objects;
  second().objects.items[0].text = "another word for it";
  EXPECT_EQ(of(Topic::Target), Agreeing::Same);
  // Heavy weapons are weapons: one account is more exact.
  second().objects.items[0].kind = part;
  EXPECT_EQ(of(Topic::Target), Agreeing::Open);
  second().objects.items[0].kind = other;
  EXPECT_EQ(of(Topic::Target), Agreeing::Differ);
}

TEST_F(ComparisonTest, AnotherNameForOnePlaceIsNotTheSame) {
  second().place_text = "the hill above Ayn";
  EXPECT_EQ(of(Topic::Where), Agreeing::Open);
}

}  // namespace
}  // namespace truce::report
