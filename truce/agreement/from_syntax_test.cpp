// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/test_support.h"

namespace truce::agreement {
namespace {

using Codes = std::vector<std::string>;

TEST(FromSyntax, ResolvesWhoWhatWhenAndWhere) {
  const ReadText read = read_texts({with_heading(
      "places Road = annex A line; Strip = within 500 m of Road, to be fixed by Aland within 2 "
      "days of D.\n"
      "1.1 each Party shall not attack another Party, Civilians or Forces of South with Mortars "
      "with calibre at least 82 mm; in Strip; from D + 2 days - 6 hours; for 48 hours; "
      "except against North; consequence none stated.\n")});
  EXPECT_EQ(read.codes(), Codes{"T0501"});
  const Clause& clause = read.clause("1.1");
  EXPECT_EQ(clause.form, Form::Prohibition);
  ASSERT_EQ(clause.subject.agents.size(), 1U);
  EXPECT_EQ(clause.subject.agents[0].who, Agent::Who::EachParty);
  ASSERT_EQ(clause.act.object.items.size(), 3U);
  EXPECT_EQ(clause.act.object.joining, Joining::Or);
  EXPECT_EQ(clause.act.object.items[0].agent.who, Agent::Who::AnotherParty);
  EXPECT_EQ(clause.act.object.items[1].head, Noun::Head::Kind);
  EXPECT_EQ(read.agreement.actor(clause.act.object.items[2].owner.at(0).agent.actor).name, "South");
  const Noun& mortars = clause.act.complements.at(0).nouns.items.at(0);
  EXPECT_EQ(mortars.test->value, 82);
  EXPECT_EQ(mortars.test->comparison, MeasureTest::Comparison::AtLeast);
  const From* from = clause.find<From>();
  ASSERT_NE(from, nullptr);
  ASSERT_EQ(from->at.steps.size(), 2U);
  EXPECT_EQ(from->at.steps[0].period.days, 2);
  EXPECT_EQ(from->at.steps[1].sign, -1);
  EXPECT_EQ(clause.find<For>()->period.seconds, 48 * 3600);
  EXPECT_EQ(read.agreement.place(clause.find<InPlace>()->places.items[0].place).name, "Strip");
  EXPECT_EQ(read.agreement.places[1].terms.at(0).within.value, 500);
  EXPECT_TRUE(read.agreement.places[1].fixing->deadline->within.has_value());
}

TEST(FromSyntax, MomentsAreOnTheDeclaredClock) {
  const ReadText read = read_texts({with_heading("")});
  const MomentExpression& moment = read.agreement.moments.at(0).expression.value();
  EXPECT_EQ(base::to_iso(moment.fixed, {}), "2030-02-01T04:00:00Z");
  EXPECT_FALSE(moment.is_whole_day);
}

TEST(FromSyntax, SubjectsSayHowSeveralAreBound) {
  const ReadText read = read_texts({with_heading(
      "1.1 North and South jointly shall open Offices; within 2 days of D; consequence none "
      "stated.\n"
      "1.2 North and South each shall open Offices; within 2 days of D; consequence none stated.\n"
      "1.3 North or South shall open Offices; within 2 days of D; consequence none stated.\n"
      "1.4 no Party shall keep Tanks; consequence none stated.\n"
      "1.5 no one shall store Weapons; consequence none stated.\n"
      "1.6 each Guarantor shall restore Compliance of its Party; consequence none stated.\n"
      "1.7 North shall endeavour to clear Mines; consequence none stated.\n")});
  EXPECT_EQ(read.codes(), Codes{});
  EXPECT_EQ(read.clause("1.1").subject.mode, Subject::Mode::Jointly);
  EXPECT_EQ(read.clause("1.2").subject.mode, Subject::Mode::Each);
  EXPECT_EQ(read.clause("1.3").subject.mode, Subject::Mode::Either);
  EXPECT_EQ(read.clause("1.4").form, Form::Prohibition);
  EXPECT_EQ(read.clause("1.4").subject.agents.at(0).who, Agent::Who::EachParty);
  EXPECT_TRUE(read.clause("1.5").subject.is_no_one);
  EXPECT_EQ(read.clause("1.6").act.object.items[0].owner[0].agent.who, Agent::Who::ItsParty);
  EXPECT_EQ(read.clause("1.7").form, Form::Effort);
}

TEST(FromSyntax, RelativeAgentsAreResolvedAgainstTheBearer) {
  const ReadText read = read_texts({with_heading(
      "situations Defence = proportionate response to attack on the same Party within 1 hour.\n")});
  const Agreement& agreement = read.agreement;
  const ActorId north = agreement.find_actor("North").value();
  const ActorId south = agreement.find_actor("South").value();
  const ActorId aland = agreement.find_actor("Aland").value();
  const auto resolve = [&](Agent::Who who, ActorId bearer) {
    return agreement.resolve({who, {}, "", {}, std::nullopt}, bearer);
  };
  EXPECT_EQ(resolve(Agent::Who::EachParty, north), (std::vector{north, south}));
  EXPECT_EQ(resolve(Agent::Who::AnotherParty, north), std::vector{south});
  EXPECT_EQ(resolve(Agent::Who::ItsGuarantor, north), std::vector{aland});
  EXPECT_EQ(resolve(Agent::Who::ItsParty, aland), std::vector{north});
  EXPECT_EQ(resolve(Agent::Who::SameParty, south), std::vector{south});
  EXPECT_TRUE(resolve(Agent::Who::Undefined, south).empty());
  const auto& defence = std::get<Response>(agreement.situations.at(0).what);
  EXPECT_EQ(defence.on.items.at(0).agent.who, Agent::Who::SameParty);
  EXPECT_EQ(defence.within->seconds, 3600);
}

TEST(FromSyntax, UnionsAreOfEveryKindAllTheirMembersAreOf) {
  const ReadText read = read_texts({with_heading(
      "things Heavy Weapons = Guns, Tanks; Guns = Artillery with calibre at least 100 mm; "
      "Rocket Systems = Grad; Odds = Tanks, Convoys; Sheds, a kind of Homes.\n")});
  EXPECT_EQ(read.codes(), Codes{"T0415"});
  const Vocabulary& vocabulary = read.agreement.vocabulary;
  const auto is_kind = [&](std::string_view kind, std::string_view other) {
    return vocabulary.is_kind_of(vocabulary.find_kind(kind).value(),
                                 vocabulary.find_kind(other).value());
  };
  EXPECT_TRUE(is_kind("Guns", "Artillery"));
  EXPECT_FALSE(is_kind("Artillery", "Guns"));
  EXPECT_TRUE(is_kind("Guns", "Heavy Weapons"));
  EXPECT_TRUE(is_kind("Heavy Weapons", "Weapons"));
  EXPECT_FALSE(is_kind("Mortars", "Heavy Weapons"));
  EXPECT_TRUE(is_kind("Mortars", "Weapons"));
  EXPECT_TRUE(is_kind("Grad", "Rocket Systems"));
  EXPECT_TRUE(is_kind("Rocket Systems", "Rocket Launchers"));
  EXPECT_FALSE(is_kind("Odds", "Weapons"));
  EXPECT_TRUE(is_kind("Sheds", "Protected"));
}

TEST(FromSyntax, ActorsHoldTheUnnamedOneAndNamedInstitutions) {
  const ReadText read =
      read_texts({with_heading("outside the truce Raiders, listed by Security Council.\n")});
  EXPECT_EQ(read.codes(), Codes{"T0415"});
  std::size_t unnamed = 0;
  for (const Actor& actor : read.agreement.actors) {
    unnamed += actor.role == Actor::Role::Unnamed ? 1 : 0;
  }
  EXPECT_EQ(unnamed, 1U);
  EXPECT_TRUE(read.agreement.find_actor("Security Council").has_value());
  EXPECT_FALSE(read.agreement.find_actor("United Nations").has_value());
  EXPECT_FALSE(read.agreement.find_actor("Other").has_value());
}

TEST(FromSyntax, ReadsScenariosAndAcceptancesOfACompanion) {
  const ReadText read =
      read_texts({with_heading("1.1 each Party shall not attack another Party; from D; for 2 days; "
                               "consequence none stated.\n"
                               "1.2 North and South jointly may extend 1.1 for 2 days.\n"),
                  "companion of \"Test\";\n"
                  "harms Struck = anyone attack Civilians with Weapons.\n"
                  "scenario \"A night\"\n"
                  "  at 2030-02-02 10:00 North and South extend 1.1 for 2 days;\n"
                  "  according to South at 2030-02-02 22:00 North attack South with Tanks;\n"
                  "  at 2030-02-03 10:00 Aland determine breach of 1.1 by North;\n"
                  "  expect North in breach of 1.1 according to South;\n"
                  "  expect 1.1 contested.\n"
                  "accept TR-O01 on 1.1 \"left open\" by North and South;\n"});
  EXPECT_EQ(read.codes(), Codes{});
  const Agreement& agreement = read.agreement;
  EXPECT_TRUE(agreement.harms.at(0).subject.is_anyone);
  const Scenario& scenario = agreement.scenarios.at(0);
  ASSERT_EQ(scenario.events.size(), 3U);
  EXPECT_EQ(scenario.events[0].power->period->days, 2);
  EXPECT_EQ(scenario.events[1].according_to->text, "South");
  EXPECT_EQ(base::to_iso(scenario.events[1].at, {}), "2030-02-02T20:00:00Z");
  EXPECT_EQ(scenario.events[2].finding->breaching.at(0).text, "North");
  ASSERT_EQ(scenario.expectations.size(), 2U);
  EXPECT_EQ(scenario.expectations[0].agents.at(0).text, "North");
  EXPECT_EQ(scenario.expectations[0].according_to->text, "South");
  EXPECT_EQ(scenario.expectations[1].outcome, Expectation::Outcome::Contested);
  EXPECT_EQ(agreement.acceptances.at(0).code, "TR-O01");
  EXPECT_EQ(agreement.acceptances.at(0).agents.size(), 2U);
}

TEST(FromSyntax, TextOfAClauseIsFoldedAndFreeOfComments) {
  const ReadText read = read_texts({with_heading(
      "1.1 each Party shall not attack  -- why\n   Civilians;\n\t consequence none stated.\n")});
  EXPECT_EQ(read.clause("1.1").text,
            "1.1 each Party shall not attack Civilians; consequence none stated.");
}

TEST(FromSyntax, PartsFollowTheirHeadings) {
  const ReadText read =
      read_texts({with_heading("article 1 \"First\"\n1.1 reserved \"a\".\nconfidential annex C for "
                               "North\n2.1 reserved \"b\".\n"
                               "article 3 \"Third\"\n3.1 reserved \"c\".\n")});
  EXPECT_EQ(read.clause("1.1").part.where, Part::Where::Main);
  EXPECT_EQ(read.clause("2.1").part.where, Part::Where::ConfidentialAnnex);
  EXPECT_EQ(read.clause("3.1").part.where, Part::Where::Main);
  EXPECT_EQ(read.agreement.articles.at(*read.clause("3.1").part.index).title, "Third");
}

TEST(FromSyntax, NoTreesNoTextAndAVocabularyAreTaken) {
  diagnostics::Sink sink;
  EXPECT_TRUE(from_syntax({}, {}, sink).clauses.empty());
  EXPECT_EQ(read_texts({""}).codes(), Codes{"T0401"});
  const ReadText read = read_texts({std::string(*embedded_vocabulary("truce/ceasefire-1"))});
  EXPECT_EQ(read.codes(), Codes{});
  EXPECT_GT(read.agreement.vocabulary.verbs.size(), 40U);
}

}  // namespace
}  // namespace truce::agreement
