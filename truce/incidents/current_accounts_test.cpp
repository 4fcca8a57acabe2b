// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

#include "truce/incidents/names.h"
#include "truce/incidents/read.h"

namespace truce::incidents {
namespace {

constexpr std::string_view kHeader = "incident,account,reported_at,from,kind,actor\n";
constexpr std::string_view kSpanHeader = "incident,account,reported_at,from,to,kind\n";

std::string with_header(std::string_view rows) {
  std::string text(kHeader);
  text += rows;
  return text;
}

base::Instant moment(std::string_view text) { return base::parse_instant(text, {0})->at; }

struct Answer {
  std::vector<std::string> accounts;
  std::vector<std::string> warnings;
};

// `incident/account=actor` of each account that stands.
Answer standing(const std::string& rows, std::string_view as_known_at = "") {
  Reading reading;
  EXPECT_TRUE(read_reports("i.csv", with_header(rows), {}, reading));
  EXPECT_TRUE(reading.skipped.empty());
  Answer answer;
  const auto at = as_known_at.empty() ? std::nullopt : std::optional(moment(as_known_at));
  for (const Report* report : current_accounts(reading, at, answer.warnings)) {
    answer.accounts.push_back(report->incident + "/" + report->account + "=" +
                              to_text(report->actors));
  }
  return answer;
}

TEST(CurrentAccounts, TakesTheLastOfEachAccount) {
  const std::string rows =
      "2,B,2016-09-18T10:00Z,2016-09-17,attack,X\n"
      "1,A,2016-09-18T12:00Z,2016-09-17,attack,Z\n"
      "1,A,2016-09-18T10:00Z,2016-09-17,attack,Y\n"
      "1,B,2016-09-18T10:00Z,2016-09-17,attack,W\n";
  EXPECT_EQ(standing(rows).accounts, (std::vector<std::string>{"1/A=Z", "1/B=W", "2/B=X"}));
  EXPECT_EQ(standing(rows, "2016-09-18T11:00Z").accounts,
            (std::vector<std::string>{"1/A=Y", "1/B=W", "2/B=X"}));
  EXPECT_TRUE(standing(rows, "2016-09-18T09:00Z").accounts.empty());
}

TEST(CurrentAccounts, LeavesOutWhatWasTakenBack) {
  const std::string rows =
      "1,A,2016-09-18T10:00Z,2016-09-17,attack,X\n1,A,2016-09-19T10:00Z,,withdrawn,\n";
  EXPECT_TRUE(standing(rows).accounts.empty());
  EXPECT_EQ(standing(rows, "2016-09-18T10:00Z").accounts, (std::vector<std::string>{"1/A=X"}));
  EXPECT_EQ(standing(rows + "1,A,2016-09-20T10:00Z,2016-09-17,attack,Y\n").accounts,
            (std::vector<std::string>{"1/A=Y"}));
}

TEST(CurrentAccounts, KnowsAnAccountHoweverItIsSpelt) {
  const std::string rows =
      "1,UN  Mission,2026-09-18T10:00Z,2016-09-17,attack,X\n"
      "1,un mission,2026-09-19T10:00Z,2016-09-17,attack,Y\n"
      "1,\u00ABUN Mission\u00BB,2026-09-20T10:00Z,2016-09-17,attack,Z\n";
  EXPECT_EQ(standing(rows).accounts, (std::vector<std::string>{"1/UN Mission=Z"}));
  EXPECT_EQ(standing(rows, "2026-09-19T10:00Z").accounts,
            (std::vector<std::string>{"1/un mission=Y"}));
}

TEST(CurrentAccounts, TakesTheEndOfTheIncidentWhereNoTimeOfReportIsGiven) {
  const std::string rows = "1,A,,2016-09-17,attack,X\n1,A,2016-09-17T12:00Z,2016-09-17,attack,Y\n";
  EXPECT_EQ(standing(rows).accounts, (std::vector<std::string>{"1/A=X"}));
  EXPECT_EQ(standing(rows, "2016-09-17T23:59Z").accounts, (std::vector<std::string>{"1/A=Y"}));
}

TEST(CurrentAccounts, KnowsWhatWasReportedOnADayWhenTheDayIsOver) {
  const std::string rows = "1,A,2016-09-18,2016-09-17,attack,X\n";
  EXPECT_TRUE(standing(rows, "2016-09-18T23:59Z").accounts.empty());
  EXPECT_EQ(standing(rows, "2016-09-19T00:00Z").accounts.size(), 1U);
}

// How many accounts stand, and how many of those are totals.
std::pair<std::size_t, std::size_t> spans(std::string_view rows,
                                          std::string_view as_known_at = "") {
  Reading reading;
  EXPECT_TRUE(read_reports("i.csv", std::string(kSpanHeader) += rows, {}, reading));
  const auto at = as_known_at.empty() ? std::nullopt : std::optional(moment(as_known_at));
  std::vector<std::string> warnings;
  const std::size_t standing = current_accounts(reading, at, warnings).size();
  return {standing, reading.totals.size()};
}

TEST(CurrentAccounts, ATotalMayBeCorrectedAndTakenBack) {
  const std::string day = "1,A,2016-03-01,2016-02-01,,attack\n";
  const std::string year = "1,A,2016-08-01,2015-01-01,2016-06-30,attack\n";
  EXPECT_EQ(spans(day), std::pair(1UL, 0UL));
  EXPECT_EQ(spans(day + year), std::pair(0UL, 1UL));
  EXPECT_EQ(spans(day + year, "2016-05-01"), std::pair(1UL, 0UL));
  EXPECT_EQ(spans(year + "1,A,2016-09-01,2016-02-01,,attack\n"), std::pair(1UL, 0UL));
  EXPECT_EQ(spans(year + "1,A,2016-09-01,2015-01-01,2016-06-30,withdrawn\n"), std::pair(0UL, 0UL));
}

TEST(CurrentAccounts, TakesTheGreaterRowAtEqualTimesAndSaysSo) {
  std::vector<std::string> rows = {"1,A,2016-09-18,2016-09-17,attack,X\n",
                                   "1,A,2016-09-18,2016-09-17,attack,Z\n",
                                   "1,A,2016-09-18,2016-09-17,attack,Y\n"};
  std::sort(rows.begin(), rows.end());
  do {
    const Answer answer = standing(rows[0] + rows[1] + rows[2]);
    EXPECT_EQ(answer.accounts, (std::vector<std::string>{"1/A=Z"}));
    ASSERT_EQ(answer.warnings.size(), 1U);
    EXPECT_EQ(answer.warnings[0],
              "incident `1`, account `A`: rows reported at the same time (2016-09-19T00:00:00Z) "
              "differ; the bytewise greater one stands");
  } while (std::next_permutation(rows.begin(), rows.end()));
}

}  // namespace
}  // namespace truce::incidents
