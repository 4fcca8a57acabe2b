// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/test_support.h"

namespace truce::agreement {
namespace {

constexpr std::string_view kDisputed =
    "places Road = annex A line; Strip = within [North: 500 m | South: 2 km] of Road.\n"
    "things Heavy Weapons = [North: Tanks | South: Tanks and Mortars].\n"
    "situations Quiet = no Party attacks Civilians;\n"
    "  Calm = end of first uninterrupted period of [North: 7 days | South: 3 days] in which Quiet "
    "holds.\n"
    "moments Opening = [North: D + 2 days | South: Calm + 1 day].\n"
    "1.1 each Party shall not keep [North: Tanks | South: Tanks or Artillery]; in Strip; "
    "[North: from D | South: none]; for 2 days; consequence none stated.\n"
    "1.2 North and South jointly may extend 1.1 for [North: 2 days | South: 3 days].\n"
    "1.3 North shall withdraw Tanks away from Road at least [North: 1 km | South: 3 km]; "
    "within [South: 24 hours | North: 48 hours] of D; consequence [North: 1.1 | South: 1.2].\n";

class Readings : public testing::Test {
 protected:
  Readings() : read_(read_texts({with_heading(kDisputed)})) {}

  Agreement reading_of_party(std::string_view name) const {
    const ActorId party = read_.agreement.find_actor(name).value();
    return in_reading(read_.agreement, reading_of(read_.agreement, party));
  }
  static const Clause& clause(const Agreement& agreement, std::string_view number) {
    return agreement.clause(agreement.find_clause(number).value());
  }

  ReadText read_;
};

TEST_F(Readings, EveryBracketIsCountedOnceWithItsProposers) {
  EXPECT_EQ(read_.codes(), std::vector<std::string>{"T0501"});
  EXPECT_EQ(read_.agreement.brackets.size(), 10U);
  EXPECT_EQ(proposers(read_.agreement).size(), 2U);
  EXPECT_EQ(read_.agreement.brackets.back().alternatives.at(0).text, "1.1");
}

TEST_F(Readings, AParticularIsLiftedIntoOneForEachAlternative) {
  const Clause& lifted = clause(read_.agreement, "1.3");
  ASSERT_EQ(lifted.find_all<Due>().size(), 2U);
  EXPECT_EQ(lifted.find_all<Due>()[0]->deadline.within->seconds, 24 * 3600);
  for (const Particular& particular : lifted.particulars) {
    EXPECT_TRUE(particular.only_in.has_value());
  }
}

TEST_F(Readings, AReadingHasOnlyWhatItsProposerProposed) {
  const Agreement north = reading_of_party("North");
  const Agreement south = reading_of_party("South");
  EXPECT_TRUE(north.brackets.empty());
  EXPECT_EQ(north.places[1].terms.at(0).within.value, 500);
  EXPECT_EQ(south.places[1].terms.at(0).within.value, 2000);
  EXPECT_EQ(clause(north, "1.1").act.object.items.size(), 1U);
  EXPECT_EQ(clause(south, "1.1").act.object.items.size(), 2U);
  EXPECT_NE(clause(north, "1.1").find<From>(), nullptr);
  EXPECT_EQ(clause(south, "1.1").find<From>(), nullptr);
  EXPECT_EQ(clause(north, "1.2").power.period->days, 2);
  EXPECT_EQ(clause(south, "1.2").power.period->days, 3);
  EXPECT_EQ(clause(south, "1.3").act.complements.at(0).at_least->value, 3000);
  EXPECT_EQ(clause(north, "1.3").find<Due>()->deadline.within->seconds, 48 * 3600);
  EXPECT_EQ(clause(north, "1.3").find<Consequence>()->clauses.at(0).clause,
            north.find_clause("1.1").value());
  EXPECT_EQ(std::get<Streak>(south.situations[1].what).period.days, 3);
  EXPECT_EQ(north.moments[1].expression->base, MomentExpression::Base::Moment);
  EXPECT_EQ(south.moments[1].expression->base, MomentExpression::Base::Streak);
}

TEST_F(Readings, DisputedKindsAreSettled) {
  const auto is_heavy = [](const Agreement& agreement, std::string_view kind) {
    return agreement.vocabulary.is_kind_of(agreement.vocabulary.find_kind(kind).value(),
                                           agreement.vocabulary.find_kind("Heavy Weapons").value());
  };
  EXPECT_FALSE(is_heavy(reading_of_party("North"), "Mortars"));
  EXPECT_TRUE(is_heavy(reading_of_party("South"), "Mortars"));
  EXPECT_TRUE(is_heavy(reading_of_party("North"), "Tanks"));
}

TEST_F(Readings, NothingIsLeftInAnAlternative) {
  const Agreement south = reading_of_party("South");
  for (const Clause& each : south.clauses) {
    EXPECT_TRUE(each.disputed_powers.empty());
    for (const Particular& particular : each.particulars) {
      EXPECT_FALSE(particular.only_in.has_value());
    }
    for (const Noun& noun : each.act.object.items) {
      EXPECT_FALSE(noun.only_in.has_value());
    }
  }
}

TEST_F(Readings, WhoProposedNothingReadsTheFirstAlternatives) {
  const ActorId aland = read_.agreement.find_actor("Aland").value();
  const Agreement reading = in_reading(read_.agreement, reading_of(read_.agreement, aland));
  EXPECT_EQ(clause(reading, "1.3").find<Due>()->deadline.within->seconds, 24 * 3600);
}

}  // namespace
}  // namespace truce::agreement
