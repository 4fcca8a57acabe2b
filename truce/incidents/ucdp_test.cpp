// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "truce/incidents/names.h"
#include "truce/incidents/read.h"

namespace truce::incidents {
namespace {

constexpr base::Duration kDamascus{3 * 3600};
constexpr std::string_view kHeader =
    "id,type_of_violence,dyad_name,side_a,side_b,source_office,where_prec,where_coordinates,"
    "latitude,longitude,date_start,date_end,deaths_civilians,low,best,high\n";

std::string with_header(std::string_view rows) {
  std::string text(kHeader);
  text += rows;
  return text;
}

ReadOptions options() {
  return {.clock_offset = kDamascus,
          .mapping = Mapping::read("m.csv",
                                   "field,value,becomes\n"
                                   "actor,Government of Syria,Government|Russian Federation\n"
                                   "actor,Syrian insurgents,Opposition|Nusra\n"
                                   "target,Government of Syria,Government\n")
                         .value()};
}

Reading read(const std::string& rows) {
  Reading reading;
  const auto done = read_reports("u.csv", with_header(rows), options(), reading);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return reading;
}

TEST(Ucdp, ReadsARowByDayAndNeverMakesADyadAPerpetrator) {
  const Reading reading = read(
      "7,1,Government of Syria - Syrian insurgents,Government of Syria,Syrian insurgents,SOHR,2,"
      "Aleppo city,36.2,37.2,2016-09-12,2016-09-13,3,4,5,6\n");
  ASSERT_EQ(reading.reports.size(), 1U);
  const Report& report = reading.reports[0];
  EXPECT_EQ(report.incident, "7");
  EXPECT_EQ(report.account, "UCDP");
  EXPECT_EQ(report.according_to, "UCDP");
  EXPECT_EQ(report.when.from, base::start_of({2016, 9, 12}) - kDamascus);
  EXPECT_EQ(report.when.to, base::start_of({2016, 9, 14}) - kDamascus);
  EXPECT_EQ(to_text(report.kinds), "attack");
  EXPECT_EQ(to_text(report.actors), "Government|Russian Federation|Opposition|Nusra");
  EXPECT_EQ(to_text(report.targets), "Government|Opposition|Nusra|Civilians");
  EXPECT_TRUE(report.weapons.is_unknown());
  EXPECT_EQ(report.point, (base::Point{{36.2}, {37.2}}));
  EXPECT_EQ(report.radius, base::Metres{25000});
  EXPECT_EQ(report.deaths_low, 4);
  EXPECT_EQ(report.deaths_best, 5);
  EXPECT_EQ(report.deaths_high, 6);
  EXPECT_EQ(report.observed_by, "SOHR");
  EXPECT_EQ(report.source_id, "7");
}

TEST(Ucdp, TakesTheFirstSideOfOneSidedViolence) {
  const Reading reading = read(
      "8,3,,Government of Syria,Civilians,,1,Urum,36.1,36.9,2016-09-19,2016-09-19,21,21,21,21\n");
  ASSERT_EQ(reading.reports.size(), 1U);
  EXPECT_EQ(to_text(reading.reports[0].actors), "Government|Russian Federation");
  EXPECT_EQ(to_text(reading.reports[0].targets), "Civilians");
}

TEST(Ucdp, KnowsNoPointForAWholeCountry) {
  const Reading reading =
      read("9,2,,IS,PYD,,6,Syria,35,38,2016-09-19 00:00:00.000,2016-09-19 00:00:00.000,0,1,1,1\n");
  ASSERT_EQ(reading.reports.size(), 1U);
  EXPECT_FALSE(reading.reports[0].point.has_value());
  EXPECT_EQ(reading.reports[0].place, "Syria");
  EXPECT_EQ(to_text(reading.reports[0].targets), "IS|PYD");
}

TEST(Ucdp, SkipsWhatTheDatasetCannotHold) {
  const Reading reading = read(
      "1,9,,A,B,,1,P,36,37,2016-09-19,2016-09-19,0,1,1,1\n"
      "2,1,,A,B,,8,P,36,37,2016-09-19,2016-09-19,0,1,1,1\n"
      "3,1,,A,B,,1,P,36,37,2016-09-19,2016-09-18,0,1,1,1\n"
      "4,1,,A,B,,1,P,36,37,2016-09,2016-09-18,0,1,1,1\n"
      "5,1,,A,B,,1,P,96,37,2016-09-19,2016-09-19,0,1,1,1\n"
      "6,1,,A,B,,1,P,36,37,2016-09-19,2016-09-19,0,1,-1,1\n"
      ",1,,A,B,,1,P,36,37,2016-09-19,2016-09-19,0,1,1,1\n");
  EXPECT_TRUE(reading.reports.empty());
  ASSERT_EQ(reading.skipped.size(), 7U);
  EXPECT_EQ(reading.skipped[0].reason, "`type_of_violence` is `9`; it is 1, 2 or 3");
  EXPECT_EQ(reading.skipped[1].reason, "`where_prec` is `8`; it is 1 to 7");
  EXPECT_EQ(reading.skipped[2].reason, "it ends, 2016-09-18, before it starts, 2016-09-19");
}

// The counts that the dataset's own description gives for the year 2016 in Syria.
class UcdpSyria : public testing::Test {
 protected:
  void SetUp() override {
    const std::string path = "../shared/data/syria/ucdp-ged-syria-2016.csv";
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
      GTEST_SKIP() << path << " is not there";
    }
    const std::string text{std::istreambuf_iterator<char>(stream),
                           std::istreambuf_iterator<char>()};
    const auto done = read_reports("ucdp.csv", text, options(), reading_);
    ASSERT_TRUE(done) << done.error().message;
  }

  // Events and best estimates of deaths of the government's war with the insurgents, by the day
  // on which the event began.
  [[nodiscard]] std::pair<int, std::int64_t> count(base::Date first, base::Date last) const {
    std::pair<int, std::int64_t> counts;
    for (const Report& report : reading_.reports) {
      const base::Date day = base::date_of(report.when.from, kDamascus);
      if (report.note == "Government of Syria - Syrian insurgents" && first <= day && day <= last) {
        ++counts.first;
        counts.second += report.deaths_best.value_or(0);
      }
    }
    return counts;
  }

  Reading reading_;
};

TEST_F(UcdpSyria, HasItsRowsAndItsSixTotals) {
  EXPECT_EQ(reading_.rows, 6170U);
  EXPECT_EQ(reading_.skipped.size(), 0U);
  EXPECT_EQ(reading_.duplicates, 0U);
  std::vector<std::string> warnings;
  EXPECT_EQ(current_accounts(reading_, std::nullopt, warnings).size(), 6164U);
  std::vector<std::string> ids;
  for (const Report& total : reading_.totals) {
    ids.push_back(total.source_id);
  }
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(ids,
            (std::vector<std::string>{"233200", "236764", "236765", "236772", "236773", "236774"}));
}

TEST_F(UcdpSyria, GivesTheRawCounts) {
  using Counts = std::pair<int, std::int64_t>;
  EXPECT_EQ(count({2016, 9, 5}, {2016, 9, 11}), Counts(71, 299));
  EXPECT_EQ(count({2016, 9, 12}, {2016, 9, 18}), Counts(53, 139));
  EXPECT_EQ(count({2016, 9, 19}, {2016, 9, 25}), Counts(54, 425));
  EXPECT_EQ(count({2016, 2, 13}, {2016, 2, 26}), Counts(139, 659));
  EXPECT_EQ(count({2016, 2, 27}, {2016, 3, 11}), Counts(83, 395));
}

TEST_F(UcdpSyria, LeavesEveryDyadUndecided) {
  std::size_t dyads = 0;
  for (const Report& report : reading_.reports) {
    if (report.note.find(" - Civilians") == std::string::npos) {
      ++dyads;
      EXPECT_NE(report.actors.names.size(), 1U) << report.incident;
    }
  }
  EXPECT_GT(dyads, 5900U);
}

}  // namespace
}  // namespace truce::incidents
