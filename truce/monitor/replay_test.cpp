// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/replay.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/facts/resolve.h"
#include "truce/incidents/read.h"

namespace truce::monitor {
namespace {

using facts::Outcome;

constexpr std::string_view kSilence =
    "1.1 each Party shall not attack another Party, Civilians or Convoys with Weapons; in Country;"
    " from D; for 48 hours; renewable for 48 hours by agreement of Aland and Borland;"
    " except against Outlaws; except in Self Defence; ensured by its Guarantor;"
    " consequence none stated.\n";
constexpr std::string_view kSelfDefence =
    "situations Self Defence = proportionate response to attack on the same Party within 1 hour;\n"
    "  Quiet = no Party attacks Parties with Weapons;\n"
    "  Quiet Days = end of first uninterrupted period of 24 hours in which Quiet holds.\n";

// An agreement, what was reported of it, and what the engine says.
struct Case {
  Case(std::string_view clauses, testing::Record reported)
      : agreement(testing::agreement_of(testing::northland(kSelfDefence, clauses), nullptr,
                                        testing::northland_annexes())),
        record(std::move(reported)),
        evidence(record.on(agreement)),
        replay(monitor::replay(agreement, evidence, {})) {}

  // The verdict on the bearer and the incident; checks that there is one.
  [[nodiscard]] std::size_t at(std::string_view bearer, std::string_view incident) const {
    for (std::size_t i = 0; i < replay.verdicts.verdicts.size(); ++i) {
      const facts::Verdict& verdict = replay.verdicts.verdicts[i];
      const bool is_incident = verdict.incident
                                   ? evidence.incidents[verdict.incident->index].id == incident
                                   : incident.empty();
      if (is_incident && facts::bearer_text(agreement, verdict) == bearer) {
        return i;
      }
    }
    ADD_FAILURE() << "no verdict on " << bearer << " and " << incident;
    return 0;
  }
  [[nodiscard]] Outcome outcome(std::string_view bearer, std::string_view incident) const {
    return replay.verdicts.verdicts[at(bearer, incident)].outcome;
  }
  [[nodiscard]] const Explanation& told(std::string_view bearer, std::string_view incident) const {
    return replay.explanations[at(bearer, incident)];
  }

  agreement::Agreement agreement;
  testing::Record record;
  facts::Evidence evidence;
  Replay replay;
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Replay, ADayThatHoldsTheBeginningIsUnknownAndSaysSo) {
  const Case one(
      "1.1 each Party shall not attack Civilians with Weapons; from D + 19 hours;"
      " consequence none stated.\n",
      testing::Record("e,UCDP,2030-01-01,2030-01-01,attack,North,Civilians,Weapons,"
                      "Country,"));
  EXPECT_EQ(one.outcome("North", "e"), Outcome::Unknown);
  const Explanation& told = one.told("North", "e");
  EXPECT_TRUE(has(told.because.english(), "on 1 January 2030")) << told.because.english();
  EXPECT_TRUE(has(told.because.english(), "1.1 begins on 1 January 2030, 19:00"))
      << told.because.english();
  ASSERT_FALSE(told.would_change_if.empty());
  EXPECT_EQ(told.would_change_if.front().english(),
            "the act is shown to have happened before 1 January 2030, 19:00");
}

TEST(Replay, OneOfTwoIsUnknownForEachAndCountedOnce) {
  const Case one(kSilence, testing::Record("e,UCDP,2030-01-01T10:00Z,2030-01-01T10:00Z,attack,"
                                           "North|South,Civilians,Weapons,Country,"));
  EXPECT_EQ(one.outcome("North", "e"), Outcome::Unknown);
  EXPECT_EQ(one.outcome("South", "e"), Outcome::Unknown);
  EXPECT_EQ(one.replay.verdicts.counts[0].broken_by_one_of, 1U);
  EXPECT_TRUE(has(one.told("North", "e").because.english(),
                  "one of North and South, the report does not say which"))
      << one.told("North", "e").because.english();
}

TEST(Replay, BothAccountsOfAContestedIncidentStandInOneSentence) {
  const Case one(
      kSilence,
      testing::Record("e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,attack,North,Convoys,Weapons,"
                      "Country,\n"
                      "e,B,2030-01-01T10:00Z,2030-01-01T10:00Z,burn,Aland,Convoys,,Country,"));
  EXPECT_EQ(one.outcome("North", "e"), Outcome::Contested);
  const Explanation& told = one.told("North", "e");
  EXPECT_TRUE(has(told.because.english(), "A says that") &&
              has(told.because.english(), "but B says that"))
      << told.because.english();
  EXPECT_EQ(
      facts::english_of(told.would_change_if),
      (std::vector<std::string>{"the account of B is withdrawn", "the account of A is withdrawn"}));
}

TEST(Replay, TheGuarantorAnswersWithTheBearer) {
  const Case one(kSilence, testing::Record("e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,attack,North,"
                                           "Civilians,Weapons,Country,"));
  EXPECT_EQ(one.outcome("North", "e"), Outcome::Broken);
  EXPECT_TRUE(has(one.told("North", "e").because.english(), "Aland answers with North"))
      << one.told("North", "e").because.english();
}

TEST(Replay, ARenewalIsNamedWhereItMatters) {
  const Case one(
      kSilence,
      testing::Record("r,A,2030-01-02T12:00Z,2030-01-02T12:00Z,extend,Aland & Borland,,,,1.1\n"
                      "e,A,2030-01-04T10:00Z,2030-01-04T10:00Z,attack,North,Civilians,Weapons,"
                      "Country,"));
  EXPECT_EQ(one.outcome("North", "e"), Outcome::Broken);
  EXPECT_TRUE(has(one.told("North", "e").because.english(),
                  "1.1 was in force by the renewal of 2 January 2030"))
      << one.told("North", "e").because.english();
  ASSERT_EQ(one.replay.force.size(), 1U);
  EXPECT_EQ(one.replay.force[0].changes.size(), 1U);
  EXPECT_TRUE(one.replay.force[0].changes[0].new_end.has_value());
}

TEST(Replay, ARenewalByOthersChangesNothingAndSaysWhy) {
  const Case one(kSilence,
                 testing::Record("r,A,2030-01-02T12:00Z,2030-01-02T12:00Z,extend,Aland,,,,1.1"));
  ASSERT_EQ(one.replay.force[0].changes.size(), 1U);
  EXPECT_FALSE(one.replay.force[0].changes[0].new_end.has_value());
  EXPECT_EQ(one.replay.force[0].changes[0].why, "made by others than those who may");
}

TEST(Replay, AnUnnamedResponseIsOpenAndNamesTheAttack) {
  const Case one(
      kSilence, testing::Record(
                    "a,A,2030-01-01T10:00Z,2030-01-01T10:00Z,attack,South,North,Weapons,Country,\n"
                    "b,A,2030-01-01T10:30Z,2030-01-01T10:30Z,attack,North,South,Weapons,Country,"));
  EXPECT_EQ(one.outcome("South", "a"), Outcome::Broken);
  EXPECT_EQ(one.outcome("North", "b"), Outcome::Unknown);
  EXPECT_TRUE(has(one.told("North", "b").because.english(),
                  "whether it was a proportionate response to the attack on North by South "
                  "reported on 1 January 2030, 10:00 nobody reports"))
      << one.told("North", "b").because.english();
}

TEST(Replay, AnOutsiderIsUnderNoClauseBecauseItIsNoParty) {
  const Case one(kSilence, testing::Record("e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,attack,Aland,"
                                           "North,Weapons,Country,"));
  ASSERT_EQ(one.replay.under_no_clause.size(), 1U);
  EXPECT_EQ(one.replay.under_no_clause[0].sentences,
            (std::vector<std::string>{"1.1 binds each Party, and Aland is not a Party"}));
}

TEST(Replay, BeforeTheBeginningIsUnderNoClauseWithTheDate) {
  const Case one(kSilence, testing::Record("e,A,2029-12-31T10:00Z,2029-12-31T10:00Z,attack,North,"
                                           "South,Weapons,Country,"));
  ASSERT_EQ(one.replay.under_no_clause.size(), 1U);
  EXPECT_EQ(
      one.replay.under_no_clause[0].sentences,
      (std::vector<std::string>{"1.1 was not yet in force: it begins on 1 January 2030, 00:00"}));
}

TEST(Replay, ADutySaysWhatIsAwaitedAndUntilWhen) {
  testing::Record record(
      "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,attack,Aland,North,Weapons,"
      "Country,");
  record.as_of("2030-01-01T12:00:00Z");
  const Case one(
      "1.1 North shall release Prisoners; not later than D + 24 hours;"
      " consequence none stated.\n",
      record);
  EXPECT_EQ(one.outcome("North", ""), Outcome::Pending);
  EXPECT_EQ(one.told("North", "").because.english(),
            "performance by North is awaited until 2 January 2030, 00:00.");
}

TEST(Replay, AStreakShowsItsResets) {
  testing::Record record(
      "e,A,2030-01-01T10:00Z,2030-01-01T10:00Z,attack,North,South,Weapons,Country,");
  record.covers("A", "2029-12-01", "2030-02-01");
  const Case one(kSilence, record);
  ASSERT_EQ(one.replay.clocks.size(), 1U);
  const StreakClock& clock = one.replay.clocks[0];
  EXPECT_EQ(clock.name, "Quiet Days");
  ASSERT_EQ(clock.resets.size(), 1U);
  EXPECT_EQ(clock.earliest_end - clock.resets[0].when.from, base::kDay);
  EXPECT_EQ(clock.latest_end, clock.earliest_end);
}

TEST(Replay, WhereReadingsDifferTheVerdictIsUnknownAndGivesEach) {
  const Case one(
      "1.1 each Party shall not attack Civilians with Weapons; from D;"
      " for [North: 24 hours | South: 72 hours]; consequence none stated.\n",
      testing::Record("e,A,2030-01-02T12:00Z,2030-01-02T12:00Z,attack,North,Civilians,Weapons,"
                      "Country,\n"
                      "f,A,2030-01-01T12:00Z,2030-01-01T12:00Z,attack,North,Civilians,Weapons,"
                      "Country,"));
  EXPECT_EQ(one.replay.readings.size(), 2U);
  EXPECT_EQ(one.outcome("North", "e"), Outcome::Unknown);
  EXPECT_EQ(one.outcome("North", "f"), Outcome::Broken);
  EXPECT_EQ(one.told("North", "e").by_reading,
            (std::vector<std::string>{"in the reading of North: kept",
                                      "in the reading of South: broken"}));
}

// The shipped example, as the program replays it.
struct Syria {
  Syria() : agreement(testing::agreement_in("examples/syria-2016-09/agreement.truce")) {
    const auto text = [](const std::string& path) {
      std::ostringstream content;
      content << std::ifstream(path).rdbuf();
      return content.str();
    };
    incidents::ReadOptions options;
    options.clock_offset = agreement.clock.offset;
    const auto done = incidents::read_reports(
        "incidents.csv", text("examples/syria-2016-09/incidents.csv"), options, reading);
    EXPECT_TRUE(done);
    const auto book = incidents::ActorBook::read(
        "actors.csv", text("examples/syria-2016-09/actors.csv"), agreement.clock.offset);
    EXPECT_TRUE(book);
    std::vector<std::string> warnings;
    reports = incidents::current_accounts(reading, std::nullopt, warnings);
    evidence = facts::resolve(agreement, reports, book.value(), {}, std::nullopt);
    replay = monitor::replay(agreement, evidence, {});
  }

  agreement::Agreement agreement;
  incidents::Reading reading;
  std::vector<const incidents::Report*> reports;
  facts::Evidence evidence;
  Replay replay;
};

TEST(ReplayOfSeptember2016, TheStrikeAtThurdahIsUnderNoClause) {
  const Syria syria;
  const auto none =
      std::find_if(syria.replay.under_no_clause.begin(), syria.replay.under_no_clause.end(),
                   [&](const UnderNoClause& one) {
                     return has(syria.evidence.incidents[one.incident.index].id, "thurdah") ||
                            has(syria.evidence.incidents[one.incident.index].id, "jabal");
                   });
  ASSERT_NE(none, syria.replay.under_no_clause.end());
  EXPECT_TRUE(std::any_of(
      none->sentences.begin(), none->sentences.end(),
      [](const std::string& sentence) { return has(sentence, "Coalition is not a Party"); }))
      << none->sentences.front();
}

TEST(ReplayOfSeptember2016, TheConvoyAtUrumAlKubraIsContested) {
  const Syria syria;
  const bool is_contested =
      std::any_of(syria.replay.verdicts.verdicts.begin(), syria.replay.verdicts.verdicts.end(),
                  [&](const facts::Verdict& verdict) {
                    return verdict.outcome == Outcome::Contested && verdict.incident &&
                           has(syria.evidence.incidents[verdict.incident->index].id, "urum");
                  });
  EXPECT_TRUE(is_contested);
}

TEST(Replay, SaysThatOnlyTheFirstPeriodsAreJudged) {
  const std::string_view every =
      "1.1 North shall release Prisoners; from D; every 1 minute; consequence none stated.\n";
  testing::Record record("");
  record.as_of("2030-01-09");
  const Case many(every, record);
  EXPECT_EQ(many.replay.verdicts.verdicts.size(), agreement::kMostPeriods);
  EXPECT_EQ(many.replay.assumptions,
            std::vector<std::string>{"of 1.1 only the first 10000 periods are judged"});
  record.as_of("2030-01-02");
  EXPECT_TRUE(Case(every, record).replay.assumptions.empty());
}

}  // namespace
}  // namespace truce::monitor
