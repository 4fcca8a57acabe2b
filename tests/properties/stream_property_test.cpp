// SPDX-License-Identifier: Apache-2.0
// Logs judged row by row against the replay of the whole record, on random agreements and logs.
#include <algorithm>

#include "tests/support/dice.h"
#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/facts/resolve.h"
#include "truce/incidents/read.h"
#include "truce/monitor/replay.h"
#include "truce/stream/replay_log.h"

namespace truce::testing {
namespace {

std::string near(Dice& dice) {
  return dice.any({" in the same place", " in the same place", " within 60 km", ""});
}

std::string definitions(Dice& dice) {
  const std::string back = dice.any({"10 seconds", "20 seconds", "1 minute"});
  return "things\n  Guns = Artillery with calibre at least 100 mm.\n"
         "situations\n  Answer = " +
         dice.any({"response to attack on the same Party", "response to an attack by that Party",
                   "proportionate response to attack on the same Party"}) +
         near(dice) + " within " + back +
         ";\n  Quiet = " + dice.any({"no one attacks", "no Party attacks Civilians or Parties"}) +
         ";\n  Clear Ground = " +
         dice.any({"no South attacks", "no one attacks", "South attacks"}) + near(dice) +
         " during the preceding " + back + ";\n  Flare Up = at least " +
         dice.any({"1", "2", "2", "3"}) + " occasions within " + back + near(dice) +
         " on which anyone attacks;\n  Still = uninterrupted period of " + back + near(dice) +
         " in which Quiet holds from 2030-01-01 00:00.\n";
}

std::string clauses(Dice& dice) {
  return "1.1 each Party shall not attack Civilians or another Party; " +
         dice.any({"", "", "in Country; ", "in Strip; "}) +
         dice.any({"", "", "until 2030-01-01 00:01; ", "from 2030-01-01 00:01; "}) +
         dice.any(
             {"except in Answer; ", "except in Answer; ", "except against Guns of South; ",
              "except in response to an attack by that Party in the same place within 10 seconds; ",
              "if Clear Ground holds; ", ""}) +
         "consequence none stated.\n1.2 North may attack South; " +
         dice.any({"if Clear Ground holds", "in Country", "if Flare Up holds"}) +
         ".\n1.3 South shall not deny Access; " +
         dice.any(
             {"except in response to an attack by that Party in the same place within 10 seconds; ",
              "unless Clear Ground holds; ", "if Still holds; ", "while Flare Up holds; "}) +
         "consequence none stated.\n1.4 anyone shall not attack Guns; consequence none stated.\n"
         "2.1 report when Flare Up.\n2.2 report when Still; whenever anyone observes.\n"
         "2.3 report when " +
         dice.any({"", "not "}) + "Clear Ground; whenever North attacks.\n" +
         dice.any({"",
                   "3.1 South shall grant Access; whenever North requests Access; within 15 "
                   "seconds; consequence none stated.\n"});
}

std::string mapping(Dice& dice) {
  return "field,value,becomes,note\nid,id,,\nprint,show,,\ntime,t,unix seconds,\naccount,Log,,\n"
         "column,kind,kind,\ncolumn,who,actor,\ncolumn,target,target,\ncolumn,place,place,\n"
         "column,lat,latitude,\ncolumn,lon,longitude,\nkey,about,,\n"
         "target measure,calibre,with calibre mm,\nkind,presence,stay,\n" +
         dice.any({"coverage,complete,,\n", "coverage,complete,,\n", ""}) +
         dice.any({"order,id,,\n", ""});
}

std::string row(Dice& dice, std::size_t id, std::size_t time) {
  const std::string kind =
      dice.any({"attack", "attack", "attack", "observe", "deny", "presence", "request", "grant"});
  const std::string who =
      dice.any({"North", "South", "South", "Aland", kind == "observe" ? "" : "North"});
  const std::string target = kind == "attack"
                                 ? dice.any({"Civilians", "North", "South", "South",
                                             "Artillery of North", "Artillery of South"})
                             : kind == "deny" || kind == "request" || kind == "grant" ? "Access"
                                                                                      : "";
  const std::string calibre =
      target.starts_with("Artillery") ? dice.any({"122", "99.5", "100", "", "82"}) : "";
  const std::string place =
      dice.any({"Elsewhere", "elsewhere", "Yonder", "Yonder", "\"Yonder\"",
                "A place with a longer name", "Här", "\"Two\nlines\"", "\"\n\n5,row 5,6,\n\""});
  const std::string point =
      dice.any({"50.5,10.3", "50.5,10.3", "50.7,10.9", "51.5,10.3", "50.123456,10.5"});
  return std::to_string(id) + ",row " + std::to_string(id) + "," + std::to_string(time) + "," +
         kind + "," + who + "," + target + "," + calibre + "," + place + "," + point + "," +
         dice.any({"k1", "k2", "k3", "a key longer than a word"}) + "\n";
}

// A row that a log should not have, or that leaves something open.
std::string odd_row(Dice& dice, std::size_t id, std::size_t time) {
  const std::string begin = std::to_string(id) + ",row " + std::to_string(id) + ",";
  const std::string at = std::to_string(time);
  return begin +
         dice.any({at + ",attack,North|South,Civilians,,Yonder,50.5,10.3,k1\n",
                   at + ",attack,Nobody Known,South,,Strip,50.5,10.3,\n",
                   at + ",attack,North,South,,,,,\n",
                   at + ",attack,North,South,,Yonder,95,10.3,k1\n", at + ",extend,North,,,,,,\n",
                   "soon,attack,North,South,,Yonder,50.5,10.3,k1\n",
                   std::to_string(time - 40) + ",attack,North,South,,Yonder,50.5,10.3,k1\n",
                   at + ",attack,North,Artillery,120,Yonder,50.5,10.3,k1\n",
                   at + ",dance,North,South,,Yonder,50.5,10.3,k1\n", at + ",attack,North,South\n",
                   at + ",attack,,South & Civilians,,Yonder,50.5,10.3,k1\n",
                   at + ",attack,North,South & Civilians,,Yonder,50.5,10.3,k1\n"});
}

std::string log(Dice& dice, bool is_odd) {
  std::string text = "id,show,t,kind,who,target,calibre,place,lat,lon,about\n";
  // 2030-01-01 00:00.
  std::size_t time = 1'893'456'000;
  const std::size_t count = 5 + dice.below(40);
  for (std::size_t id = 1; id <= count; ++id) {
    time += dice.one_in(2) ? 0 : dice.below(10);
    text += is_odd && dice.one_in(8) ? odd_row(dice, id, time) : row(dice, id, time);
    text += dice.one_in(30) ? "\n" : "";
  }
  if (dice.one_in(3)) {
    // The last row need not end with a line end.
    text.resize(text.find_last_not_of('\n') + 1);
  }
  return text;
}

// What workbench::list_ids prints.
std::string ids_of(const agreement::Agreement& agreement, const facts::Evidence& evidence) {
  const monitor::Replay replay = monitor::replay(
      agreement, evidence, {.reading = {}, .with_explanations = false, .with_digest = false});
  std::vector<std::pair<std::uint64_t, std::string>> found;
  const auto add = [&](facts::IncidentId incident) {
    const facts::FactId fact = evidence.incidents[incident.index].facts.front();
    const incidents::Report& report = *evidence.reports[*evidence.fact(fact).report];
    found.emplace_back(report.origin.line, report.print + "\n");
  };
  for (const facts::Verdict& verdict : replay.verdicts.verdicts) {
    const auto decisive = verdict.activated_by ? verdict.activated_by : verdict.incident;
    if (verdict.outcome == facts::Outcome::Broken && decisive) {
      add(*decisive);
    }
  }
  for (const facts::Point& point : replay.verdicts.points) {
    if (point.holds == facts::Truth::Yes) {
      add(point.incident);
    }
  }
  std::stable_sort(found.begin(), found.end());
  std::string text;
  for (const auto& [line, print] : found) {
    text += print;
  }
  return text;
}

struct Tally {
  std::size_t judged = 0;
  std::size_t with_ids = 0;
};

void compare(std::uint64_t seed, bool is_odd, Tally& tally) {
  Dice dice(seed);
  std::string complaints;
  const std::string text = northland(definitions(dice), clauses(dice));
  const agreement::Agreement agreement = agreement_of(text, &complaints, northland_annexes());
  const auto map = incidents::Mapping::read("mapping", mapping(dice));
  ASSERT_TRUE(agreement.clauses.size() >= 7 && complaints.find("T00") == std::string::npos)
      << text << complaints;
  ASSERT_TRUE(map.has_value()) << map.error().message;
  const std::string rows = log(dice, is_odd);
  SCOPED_TRACE(text + rows + complaints);
  const incidents::ReadOptions options{.clock_offset = {},
                                       .format = incidents::Format::Mapped,
                                       .encoding = "utf-8",
                                       .is_strict = false,
                                       .mapping = *map};
  const stream::Plan plan = stream::plan_of(agreement);
  ASSERT_TRUE(plan.is_whole()) << stream::first_obstacle(agreement, plan);
  const incidents::ActorBook nobody;
  const stream::LogReplay streamed = stream::replay_log(agreement, plan, rows, options, nobody);
  // Whoever reads it, and wherever the parts begin: in the midst of a row, of a quoted line end.
  const stream::LogReplay by_parts =
      stream::replay_log(agreement, plan, rows, options, nobody,
                         {.count = 2 + static_cast<unsigned>(dice.below(2)),
                          .part = 1 + dice.below(dice.one_in(2) ? 20 : 400)});
  EXPECT_EQ(by_parts.obstacle.empty(), streamed.obstacle.empty())
      << by_parts.obstacle << " / " << streamed.obstacle;
  EXPECT_EQ(by_parts.obstacle.empty() ? by_parts.ids : "",
            streamed.obstacle.empty() ? streamed.ids : "");
  if (!streamed.obstacle.empty()) {
    return;
  }
  incidents::Reading reading;
  ASSERT_TRUE(incidents::read_reports("log", rows, options, reading).has_value());
  std::vector<std::string> warnings;
  const auto current = incidents::current_accounts(reading, std::nullopt, warnings);
  const facts::Evidence evidence =
      facts::resolve(agreement, current, nobody, reading.coverage, std::nullopt);
  const std::string expected = ids_of(agreement, evidence);
  EXPECT_EQ(streamed.ids, expected);
  ++tally.judged;
  tally.with_ids += expected.empty() ? 0 : 1;
}

TEST(StreamProperty, PlainLogsAreJudgedAsTheWholeRecordIs) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= 400 && !HasFailure(); ++seed) {
    compare(seed, false, tally);
  }
  // The others have a row that leaves open what happened.
  EXPECT_GT(tally.with_ids, 250U);
}

TEST(StreamProperty, OddRowsAreJudgedTheSameOrRefused) {
  Tally tally;
  for (std::uint64_t seed = 10'001; seed <= 10'400 && !HasFailure(); ++seed) {
    compare(seed, true, tally);
  }
  EXPECT_GT(tally.judged, 20U);
  EXPECT_LT(tally.judged, 380U);
}

}  // namespace
}  // namespace truce::testing
