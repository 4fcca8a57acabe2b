// SPDX-License-Identifier: Apache-2.0
// All rows are invented.
#include <gtest/gtest.h>

#include "truce/incidents/names.h"
#include "truce/incidents/read.h"

namespace truce::incidents {
namespace {

constexpr base::Duration kClock{3 * 3600};
constexpr std::string_view kHeader =
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,civilian_targeting,admin1,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n";

ReadOptions options() {
  return {.clock_offset = kClock,
          .mapping = Mapping::read("m.csv",
                                   "field,value,becomes\n"
                                   "actor,Military Forces of Valley (2020-),North\n"
                                   "actor,River Front,South\n"
                                   "actor,Military Forces of Elsewhere,Elsewhere\n"
                                   "target,Military Forces of Valley (2020-),Soldiers of North\n")
                         .value()};
}

struct Row {
  std::string id = "VAL1";
  std::string date = "2030-02-14";
  std::string precision = "1";
  std::string type = "Battles";
  std::string sub_type = "Armed clash";
  std::string actor1 = "Military Forces of Valley (2020-)";
  std::string beside1 = {};
  std::string actor2 = "River Front";
  std::string civilians = {};
  std::string latitude = "36.5";
  std::string geo_precision = "1";
  std::string fatalities = "3";
  std::string timestamp = "1897000000";
};

std::string text_of(const Row& row) {
  return row.id + "," + row.date + ",2030," + row.precision + ",Political violence," + row.type +
         "," + row.sub_type + "," + row.actor1 + "," + row.beside1 + ",1," + row.actor2 + ",,2," +
         row.civilians + ",Province,Ford," + row.latitude + ",37.25," + row.geo_precision +
         ",Radio,National,Invented.," + row.fatalities + ",," + row.timestamp + "\n";
}

Reading read(const std::vector<Row>& rows) {
  std::string text(kHeader);
  for (const Row& row : rows) {
    text += text_of(row);
  }
  Reading reading;
  const auto done = read_reports("a.csv", text, options(), reading);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return reading;
}

Report read_one(const Row& row) {
  const Reading reading = read({row});
  EXPECT_EQ(reading.reports.size(), 1U)
      << (reading.skipped.empty() ? "" : reading.skipped.front().reason);
  return reading.reports.empty() ? Report() : reading.reports.front();
}

TEST(Acled, ReadsABattleAsFoughtByTwoOfWhomOneFired) {
  const Report report = read_one({});
  EXPECT_EQ(report.incident, "VAL1");
  EXPECT_EQ(report.account, "ACLED");
  EXPECT_EQ(report.according_to, "ACLED");
  EXPECT_EQ(to_text(report.kinds), "attack");
  EXPECT_EQ(to_text(report.weapons), "Weapons");
  EXPECT_EQ(to_text(report.actors), "North|South");
  EXPECT_EQ(to_text(report.targets), "Soldiers of North|South");
  EXPECT_EQ(report.when.from, base::start_of({2030, 2, 14}) - kClock);
  EXPECT_EQ(report.when.to, base::start_of({2030, 2, 15}) - kClock);
  EXPECT_EQ(report.point, (base::Point{{36.5}, {37.25}}));
  EXPECT_EQ(report.radius, base::Metres{5000});
  EXPECT_EQ(report.place, "Ford");
  EXPECT_EQ(report.deaths_best, 3);
  EXPECT_FALSE(report.deaths_low || report.deaths_high);
  EXPECT_EQ(report.observed_by, "Radio");
  EXPECT_EQ(report.source_id, "VAL1");
  EXPECT_EQ(report.reported_at, base::Instant{1897000000});
}

TEST(Acled, TakesTheFirstActorOfOneSidedEvents) {
  const Report strike = read_one(
      {.type = "Explosions/Remote violence", .sub_type = "Shelling/artillery/missile attack"});
  EXPECT_EQ(to_text(strike.actors), "North");
  EXPECT_EQ(to_text(strike.targets), "South");
  const Report killing = read_one(
      {.type = "Violence against civilians", .sub_type = "Attack", .actor2 = "Civilians (Valley)"});
  EXPECT_EQ(to_text(killing.actors), "North");
  EXPECT_EQ(to_text(killing.targets), "Civilians");
  EXPECT_TRUE(killing.weapons.is_unknown());
  const Report taking = read_one({.type = "Violence against civilians",
                                  .sub_type = "Abduction/forced disappearance",
                                  .actor2 = "Civilians (Valley)"});
  EXPECT_EQ(to_text(taking.kinds), "detain");
}

TEST(Acled, KnowsNoActorWhereNobodyIsIdentified) {
  const std::string nobody = "Unidentified Armed Group (Valley)";
  const Report strike =
      read_one({.type = "Explosions/Remote violence", .sub_type = "Grenade", .actor1 = nobody});
  EXPECT_TRUE(strike.actors.is_unknown());
  EXPECT_EQ(to_text(strike.targets), "South");
  const Report battle = read_one({.actor1 = nobody});
  EXPECT_TRUE(battle.actors.is_unknown());
  EXPECT_TRUE(battle.targets.is_unknown());
}

TEST(Acled, LeavesOpenWhetherThoseBesideASideActed) {
  const Report with_army = read_one({.type = "Explosions/Remote violence",
                                     .sub_type = "Air/drone strike",
                                     .beside1 = "Military Forces of Elsewhere; Labour Group"});
  EXPECT_EQ(to_text(with_army.actors), "North|Elsewhere");
  EXPECT_EQ(to_text(read_one({.beside1 = "Military Forces of Elsewhere"}).actors),
            "North|South|Elsewhere");
}

TEST(Acled, AddsCiviliansWhereTheyWereTheMainTarget) {
  const Report strike = read_one({.type = "Explosions/Remote violence",
                                  .sub_type = "Air/drone strike",
                                  .civilians = "Civilian targeting"});
  EXPECT_EQ(to_text(strike.targets), "South|Civilians");
}

TEST(Acled, WidensTheTimeAsItsPrecisionSays) {
  const Report week = read_one({.precision = "2"});
  EXPECT_EQ(week.when.from, base::start_of({2030, 2, 8}) - kClock);
  EXPECT_EQ(week.when.to, base::start_of({2030, 2, 21}) - kClock);
  const Report month = read_one({.precision = "3"});
  EXPECT_EQ(month.when.from, base::start_of({2030, 2, 1}) - kClock);
  EXPECT_EQ(month.when.to, base::start_of({2030, 3, 1}) - kClock);
  EXPECT_EQ(read_one({.date = "2030-12-31", .precision = "3"}).when.to,
            base::start_of({2031, 1, 1}) - kClock);
}

TEST(Acled, WidensThePlaceAsItsPrecisionSays) {
  EXPECT_EQ(read_one({.geo_precision = "2"}).radius, base::Metres{25000});
  EXPECT_EQ(read_one({.geo_precision = "3"}).radius, base::Metres{100000});
}

TEST(Acled, ReadsDaysHoweverAnExportWritesThem) {
  const base::Instant day = base::start_of({2030, 2, 14}) - kClock;
  for (const char* date : {"14 February 2030", "14-Feb-2030", "14/02/2030", "14-02-2030"}) {
    EXPECT_EQ(read_one({.date = date}).when.from, day) << date;
  }
}

TEST(Acled, SkipsWhatTheDatasetCannotHold) {
  const Reading reading = read({{.id = ""},
                                {.date = "30 February 2030"},
                                {.date = "02/14/2030"},
                                {.precision = "4"},
                                {.type = "", .sub_type = ""},
                                {.latitude = "91"},
                                {.geo_precision = "0"},
                                {.fatalities = "-1"},
                                {.timestamp = "soon"}});
  EXPECT_TRUE(reading.reports.empty());
  std::vector<std::uint64_t> columns;
  for (const SkippedRow& row : reading.skipped) {
    columns.push_back(row.column);
  }
  EXPECT_EQ(reading.skipped.size(), 9U);
  EXPECT_EQ(reading.skipped[1].reason,
            "`30 February 2030` is no day; it is given as 2030-02-01, 1 February 2030, or "
            "day/month/year");
  EXPECT_EQ(reading.skipped[6].reason, "`geo_precision` is `0`; it is 1, 2 or 3");
}

TEST(Acled, AMappingOfOnesOwnTakesThePlaceOfTheShippedOne) {
  const ReadOptions own = {.clock_offset = kClock,
                           .mapping = Mapping::read("m.csv",
                                                    "field,value,becomes\n"
                                                    "kind,Peaceful protest,stop\n"
                                                    "kind,Grenade,no act\n"
                                                    "weapon,Armed clash,Rifles\n")
                                          .value()};
  Reading reading;
  ASSERT_TRUE(read_reports(
      "a.csv",
      std::string(kHeader) + text_of({.type = "Protests", .sub_type = "Peaceful protest"}) +
          text_of({.id = "VAL2", .type = "Explosions/Remote violence", .sub_type = "Grenade"}) +
          text_of({.id = "VAL3"}),
      own, reading));
  ASSERT_EQ(reading.reports.size(), 2U);
  EXPECT_EQ(to_text(reading.reports[0].kinds), "stop");
  EXPECT_EQ(to_text(reading.reports[1].kinds), "attack");
  EXPECT_EQ(to_text(reading.reports[1].weapons), "Rifles");
  ASSERT_EQ(reading.left_out.size(), 1U);
  EXPECT_EQ(reading.left_out[0].kind, "Grenade");
}

TEST(Acled, LeavesOutAndCountsWhatIsNoAct) {
  const Reading reading =
      read({{.type = "Protests", .sub_type = "Peaceful protest"},
            {.id = "VAL2", .type = "Protests", .sub_type = "Peaceful protest"},
            {.id = "VAL3", .type = "Strategic developments", .sub_type = "Agreement"},
            {.id = "VAL4"}});
  EXPECT_EQ(reading.reports.size(), 1U);
  ASSERT_EQ(reading.left_out.size(), 2U);
  EXPECT_EQ(reading.left_out[1].kind, "Peaceful protest");
  EXPECT_EQ(reading.left_out[1].count, 2U);
  EXPECT_EQ(reading.left_out[1].first.line, 2U);
  EXPECT_EQ(reading.warnings,
            (std::vector<std::string>{"a.csv: 3 rows that tell of no act are left out: Agreement "
                                      "(1), Peaceful protest (2)"}));
}

TEST(Acled, ALaterTimestampCorrectsAndADeletionTakesBack) {
  Reading reading = read({{.fatalities = "3", .timestamp = "1897000000"},
                          {.fatalities = "5", .timestamp = "1897600000"},
                          {.id = "VAL2"}});
  const auto deletions = read_reports(
      "deleted.csv", "event_id_cnty,deleted_timestamp\nVAL2,1898000000\n", options(), reading);
  ASSERT_TRUE(deletions);
  std::vector<std::string> warnings;
  const auto now = current_accounts(reading, std::nullopt, warnings);
  ASSERT_EQ(now.size(), 1U);
  EXPECT_EQ(now[0]->incident, "VAL1");
  EXPECT_EQ(now[0]->deaths_best, 5);
  const auto before = current_accounts(reading, base::Instant{1897599999}, warnings);
  ASSERT_EQ(before.size(), 2U);
  EXPECT_EQ(before[0]->deaths_best, 3);
  EXPECT_EQ(before[1]->incident, "VAL2");
}

TEST(Acled, ADeletionSaysWhen) {
  Reading reading;
  ASSERT_TRUE(read_reports("deleted.csv", "event_id_cnty,deleted_timestamp\nVAL2,\nVAL3,x\n",
                           options(), reading));
  EXPECT_EQ(reading.skipped.size(), 2U);
}

TEST(Acled, ReadsOlderExportsAndSaysWhichColumnsItDoesNotRead) {
  Reading reading;
  ASSERT_TRUE(read_reports(
      "old.csv",
      "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,"
      "sub_event_type,actor1,actor2,latitude,longitude,geo_precision,fatalities\n"
      "9,760,VAL9,9,14 February 2030,2030,1,Battles,Armed clash,A,B,1,2,1,0\n",
      options(), reading));
  ASSERT_EQ(reading.reports.size(), 1U);
  EXPECT_FALSE(reading.reports[0].reported_at.has_value());
  ASSERT_EQ(reading.unread_columns.size(), 4U);
  EXPECT_EQ(reading.unread_columns[0].name, "data_id");
  EXPECT_EQ(reading.unread_columns[0].count, 1U);
  EXPECT_EQ(reading.unread_columns[0].first.line, 2U);
}

}  // namespace
}  // namespace truce::incidents
