// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/resolve.h"

#include <algorithm>
#include <random>
#include <string>

#include "tests/support/random_agreements.h"
#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/facts/verdict.h"
#include "truce/semantics/evaluate.h"

namespace truce::facts {
namespace {

using testing::Record;

agreement::Agreement northland() {
  return testing::agreement_of(testing::northland(
      "", "1.1 each Party shall not attack Civilians; consequence none stated."));
}

std::string row(std::string_view actor, std::string_view target = "Civilians",
                std::string_view kind = "attack", std::string_view when = "2030-01-01") {
  return "e,A," + std::string(when) + "," + std::string(when) + "," + std::string(kind) + "," +
         std::string(actor) + "," + std::string(target) + ",,,\n";
}

std::string group_names(const agreement::Agreement& agreement, const Fact& fact) {
  std::string text;
  for (const Group& group : fact.actors) {
    text += text.empty() ? "" : "|";
    for (std::size_t i = 0; i < group.size(); ++i) {
      text += (i == 0 ? "" : " & ") + agreement.actor(group[i]).name;
    }
  }
  return text;
}

std::string actors_of(std::string_view actor, std::string_view book_rows = "",
                      std::string_view when = "2030-01-01") {
  const agreement::Agreement agreement = northland();
  const Record record(row(actor, "Civilians", "attack", when));
  const std::string book = "name,actor,relation,from,to,source,note\n" + std::string(book_rows);
  const auto read = incidents::ActorBook::read("book", book, {});
  const Evidence evidence = record.on(agreement, read.has_value() ? *read : incidents::ActorBook());
  const Fact& fact = evidence.facts.at(0);
  return fact.is_actor_unknown ? "anybody" : group_names(agreement, fact);
}

TEST(Resolve, NamesAreFoundWithoutRegardToCaseAndSpacing) {
  EXPECT_EQ(actors_of("north"), "North");
  EXPECT_EQ(actors_of(" NORTH "), "North");
}

TEST(Resolve, AlternativesAndGroupsAreKeptApart) {
  EXPECT_EQ(actors_of("North|South"), "North|South");
  EXPECT_EQ(actors_of("South & North"), "North & South");
}

TEST(Resolve, NobodyAndStrangersAreAnybody) {
  EXPECT_EQ(actors_of(""), "anybody");
  EXPECT_EQ(actors_of("unattributed"), "anybody");
  EXPECT_EQ(actors_of("Strangers"), "anybody");
}

TEST(Resolve, BookIsReadAsOfTheDay) {
  const std::string_view book =
      "Militia,North,member,,2030-01-02,,\nMilitia,South,member,2030-01-02,,,\n";
  EXPECT_EQ(actors_of("Militia", book, "2030-01-01"), "North");
  EXPECT_EQ(actors_of("militia", book, "2030-01-05"), "South");
}

TEST(Resolve, BookMayNameOneOfSeveral) {
  EXPECT_EQ(actors_of("Both", "Both,North|South,alias,,,,\n"), "North|South");
  EXPECT_EQ(actors_of("Both & Aland", "Both,North|South,alias,,,,\n"),
            "North & Aland|South & Aland");
}

TEST(Resolve, AgreementComesBeforeTheBook) {
  EXPECT_EQ(actors_of("North", "North,South,alias,,,,\n"), "North");
}

TEST(Resolve, CircleOfAliasesEnds) {
  EXPECT_EQ(actors_of("One", "One,Other,alias,,,,\nOther,One,alias,,,,\n"), "anybody");
}

TEST(Resolve, KnownActorBesideAStrangerIsCertainlyThere) {
  const agreement::Agreement agreement = northland();
  const Record record(row("North & Strangers"));
  const Evidence evidence = record.on(agreement);
  for (const Group& group : evidence.facts.at(0).actors) {
    EXPECT_NE(std::find(group.begin(), group.end(), *agreement.find_actor("North")), group.end());
  }
}

TEST(Resolve, TargetsAreActorsKindsPlacesOrKindsOfAnActor) {
  const agreement::Agreement agreement = northland();
  const auto head = [&](std::string_view target) {
    const Record record(row("North", target));
    return record.on(agreement).facts.at(0).objects.items.at(0).head;
  };
  EXPECT_EQ(head("South"), Value::Head::Actor);
  EXPECT_EQ(head("civilians"), Value::Head::Kind);
  EXPECT_EQ(head("Country"), Value::Head::Place);
  EXPECT_EQ(head("Windmills"), Value::Head::UnknownWord);
  EXPECT_EQ(head(""), Value::Head::Anything);
  const Record record(row("North", "Civilians of South"));
  const Evidence evidence = record.on(agreement);
  const Value& owned = evidence.facts.at(0).objects.items.at(0);
  EXPECT_EQ(owned.head, Value::Head::Kind);
  EXPECT_EQ(owned.owner, agreement.find_actor("South"));
}

TEST(Resolve, UnknownWordsAreCountedWithWhatWasMeant) {
  const agreement::Agreement agreement = northland();
  const Record record(
      "a,A,2030-01-01,2030-01-01,attak,Nort,Civilans,,,9.9\n"
      "b,A,2030-01-01,2030-01-01,attak,North,Civilians,,,\n");
  const Evidence evidence = record.on(agreement);
  ASSERT_EQ(evidence.unknown_words.size(), 4U);
  EXPECT_EQ(evidence.unknown_words[0].word, "attak");
  EXPECT_EQ(evidence.unknown_words[0].count, 2U);
  EXPECT_EQ(evidence.unknown_words[0].did_you_mean, "attack");
  const auto suggestion = [&](std::string_view word) {
    const auto found =
        std::find_if(evidence.unknown_words.begin(), evidence.unknown_words.end(),
                     [&](const UnknownWord& unknown) { return unknown.word == word; });
    return found == evidence.unknown_words.end() ? std::nullopt : found->did_you_mean;
  };
  EXPECT_EQ(suggestion("Nort"), "North");
  EXPECT_EQ(suggestion("Civilans"), "Civilians");
}

TEST(Resolve, InstitutionalActIsByAllItsAuthorsTogether) {
  const agreement::Agreement agreement = northland();
  const Record record("x,A,2030-01-01,2030-01-01,extend,Aland|Borland,,,,1.1\n");
  const Evidence evidence = record.on(agreement);
  EXPECT_TRUE(evidence.incidents.at(0).is_institutional);
  EXPECT_EQ(evidence.facts.at(0).institutional, InstitutionalAct::Extend);
  EXPECT_EQ(group_names(agreement, evidence.facts.at(0)), "Aland & Borland");
  EXPECT_EQ(evidence.facts.at(0).clauses, std::vector{*agreement.find_clause("1.1")});
}

TEST(Resolve, AnActOnAClauseThatIsNotThereSpeaksOfNone) {
  const agreement::Agreement agreement = testing::agreement_of(testing::northland(
      "",
      "1.1 each Party shall not attack Civilians; from D; for 48 hours; consequence none stated.\n"
      "1.2 Aland may extend 1.1 for 48 hours."));
  const std::string late = "late,A,2030-01-03T09:00Z,2030-01-03T09:00Z,attack,North,Civilians,,,\n";
  const auto verdicts = [&](const std::string& clauses) {
    const Record record(late + "x,A,2030-01-02T09:00Z,2030-01-02T09:00Z,extend,Aland,,,," +
                        clauses + "\n");
    const Evidence evidence = record.on(agreement);
    return testing::verdict_lines(agreement, evidence);
  };
  EXPECT_EQ(verdicts(""), verdicts("1.1"));
  EXPECT_NE(verdicts("1.1"), "");
  EXPECT_EQ(verdicts("9.9"), "");
  EXPECT_EQ(verdicts("1.01"), "");
}

TEST(Resolve, OneSpeakerInTwoSpellingsIsOneAccount) {
  const agreement::Agreement agreement = northland();
  const auto book = incidents::ActorBook::read(
      "book",
      "name,actor,relation,from,to,source,note\nNorthern Side,North,alias,2030-01-01,,,\n"
      "Militia,North,member,,,,\n",
      {});
  ASSERT_TRUE(book);
  const Record record(
      "e,north,2030-01-01,2030-01-01,attack,South,Civilians,,,\n"
      "e,North,2030-01-01,2030-01-01,attack,North,Civilians,,,\n"
      "e,Northern  side,2030-01-01,2030-01-01,attack,South,Civilians,,,\n"
      "e,paper,2030-01-01,2030-01-01,attack,South,Civilians,,,\n"
      "e,Paper,2030-01-01,2030-01-01,attack,South,Civilians,,,\n"
      "e,Militia,2030-01-01,2030-01-01,attack,South,Civilians,,,\n");
  std::string names;
  for (const Account& account : record.on(agreement, *book).accounts) {
    names += account.name + (account.actor ? "*;" : ";");
  }
  EXPECT_EQ(names, "Militia;North*;Paper;");
}

TEST(Resolve, ANameOfOtherDatesIsNotSuggestedForItself) {
  const agreement::Agreement agreement = northland();
  const auto book = incidents::ActorBook::read(
      "book", "name,actor,relation,from,to,source,note\nOld Name,North,alias,2031-01-01,,,\n", {});
  ASSERT_TRUE(book);
  const Record record(row("Old Name"));
  const Evidence evidence = record.on(agreement, *book);
  ASSERT_EQ(evidence.unknown_words.size(), 1U);
  EXPECT_FALSE(evidence.unknown_words[0].did_you_mean);
  EXPECT_EQ(evidence.unknown_words[0].reason, "the actor file knows it only at other dates");
}

TEST(Resolve, PresentIsTheAgreementsDateWhereNothingIsReported) {
  const Record record("");
  agreement::Agreement agreement = northland();
  agreement.date = base::Date{2029, 12, 1};
  EXPECT_EQ(base::to_iso(record.on(agreement).now, {}), "2029-12-01T00:00:00Z");
  agreement.date.reset();
  EXPECT_EQ(base::to_iso(record.on(agreement).now, {}), "2030-01-01T00:00:00Z");
}

TEST(Resolve, ReleaseOfPrisonersIsNoInstitutionalAct) {
  const agreement::Agreement agreement = northland();
  const Record record(row("North", "Prisoners", "release"));
  EXPECT_EQ(record.on(agreement).facts.at(0).institutional, InstitutionalAct::None);
}

TEST(Resolve, FixNamesAMomentOrAPlace) {
  const agreement::Agreement agreement = northland();
  const Record moment(row("Watch", "Later", "fix"));
  EXPECT_TRUE(moment.on(agreement).facts.at(0).fixed_moment.has_value());
  EXPECT_TRUE(moment.on(agreement).unknown_words.empty());
  const Record place(row("Watch", "Zones", "fix"));
  EXPECT_EQ(place.on(agreement).facts.at(0).objects.items.at(0).head, Value::Head::Place);
}

TEST(Resolve, CoverageOfUnknownPlacesCoversNothing) {
  const agreement::Agreement agreement = northland();
  Record record(row("North"));
  record.covers("B", "2030-01-01", "2030-01-02", "Nowhere")
      .covers("B", "2030-01-01", "2030-01-02", "Country");
  const Evidence evidence = record.on(agreement);
  ASSERT_EQ(evidence.coverage.size(), 1U);
  EXPECT_EQ(evidence.accounts.size(), 2U);
  EXPECT_EQ(evidence.accounts.at(evidence.coverage[0].account.index).name, "B");
}

TEST(Resolve, PresentIsTheLatestTimeUnlessItIsGiven) {
  const agreement::Agreement agreement = northland();
  Record record("e,A,2030-01-01T10:00Z,2030-01-01T12:00Z,attack,North,Civilians,,,\n");
  EXPECT_EQ(base::to_iso(record.on(agreement).now, {}), "2030-01-01T12:00:00Z");
  record.as_of("2030-02-01");
  EXPECT_EQ(base::to_iso(record.on(agreement).now, {}), "2030-02-01T00:00:00Z");
}

TEST(Resolve, DoesNotDependOnTheOrderOfArrival) {
  for (std::uint64_t seed = 0; seed < 25; ++seed) {
    testing::RandomTruce truce = testing::random_truce(seed);
    const Evidence first = truce.record.on(truce.agreement);
    const std::string digest =
        facts::digest(truce.agreement, first, semantics::evaluate(truce.agreement, first));
    std::mt19937 dice(static_cast<std::uint32_t>(seed));
    for (std::size_t i = truce.record.reports.size(); i > 1; --i) {
      std::swap(truce.record.reports[i - 1], truce.record.reports[dice() % i]);
    }
    const Evidence second = truce.record.on(truce.agreement);
    EXPECT_EQ(facts::digest(truce.agreement, second, semantics::evaluate(truce.agreement, second)),
              digest)
        << truce.text << truce.rows;
  }
}

TEST(RandomTruce, IsFreeOfErrorsAndReproducible) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const testing::RandomTruce truce = testing::random_truce(seed);
    EXPECT_EQ(truce.complaints, "") << truce.text;
    EXPECT_FALSE(truce.record.reports.empty()) << truce.rows;
    EXPECT_EQ(testing::random_truce(seed).rows, truce.rows);
  }
}

}  // namespace
}  // namespace truce::facts
