// SPDX-License-Identifier: Apache-2.0
// Daily reports: made from one view, kept with their hash, corrected by others.
#include "tests/support/workspace.h"
#include <gtest/gtest.h>

#include "truce/crypto/sha256.h"

namespace truce::server {
namespace {

using encoding::JsonValue;
using test::attack;
using test::object_of;
using test::shown_to;

class ReportsTest : public test::WorkspaceTest {
 protected:
  void SetUp() override {
    workspace_.add_people();
    workspace_.watch_small_agreement({"public"});
    expect(201, "monitor", "/api/v1/accounts",
           shown_to(attack("market", "mission", "North"), {"public"}));
  }

  std::size_t count(const std::string& user) {
    return workspace_.get(user, "/api/v1/reports").find("reports")->elements().size();
  }
};

TEST_F(ReportsTest, AReportIsKeptWithItsHashForThoseOfItsView) {
  const auto made = encoding::parse_json(
      "answer", expect(201, "monitor", "/api/v1/reports", object_of({{"day", "2030-01-31"}})).body);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->find("id")->text(), "2030-01-31-en-mission");
  const Response pdf = workspace_.ask("auditor", "GET", "/api/v1/reports/2030-01-31-en-mission");
  EXPECT_EQ(pdf.status, 200U);
  EXPECT_EQ(pdf.content_type, "application/pdf");
  EXPECT_EQ(crypto::sha256_hex(pdf.body), made->find("sha256")->text());
  EXPECT_EQ(workspace_.ask("north", "GET", "/api/v1/reports/2030-01-31-en-mission").status, 404U);
  EXPECT_EQ(count("north"), 0U);
  EXPECT_EQ(count(""), 0U);
  expect(201, "monitor", "/api/v1/reports",
         object_of({{"day", "2030-01-31"}, {"view", "public"}, {"language", "ar"}}));
  EXPECT_EQ(count(""), 1U);
  EXPECT_EQ(count("monitor"), 2U);
  workspace_.reopen();
  EXPECT_EQ(count(""), 1U);
}

TEST_F(ReportsTest, WhatASideSealedChangesNoByteOfAReportForOthers) {
  const auto hash = [&](const std::string& language) {
    const auto made = encoding::parse_json(
        "answer",
        expect(201, "monitor", "/api/v1/reports",
               object_of({{"day", "2030-01-31"}, {"view", "party:South"}, {"language", language}}))
            .body);
    return made->find("sha256")->text();
  };
  test::Workspace other;
  other.add_people();
  other.watch_small_agreement({"public"});
  ASSERT_EQ(other
                .ask("monitor", "POST", "/api/v1/accounts",
                     shown_to(attack("market", "mission", "North"), {"public"}))
                .status,
            201U);
  ASSERT_EQ(other.ask("north", "POST", "/api/v1/accounts", attack("north-1", "", "South")).status,
            201U);
  const auto made = encoding::parse_json(
      "answer", other
                    .ask("monitor", "POST", "/api/v1/reports",
                         object_of({{"day", "2030-01-31"}, {"view", "party:South"}}))
                    .body);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->find("sha256")->text(), hash("en"));
}

TEST_F(ReportsTest, AReportIsCorrectedByAnotherThatNamesItAndNeverChanged) {
  expect(201, "monitor", "/api/v1/reports", object_of({{"day", "2030-01-31"}}));
  const std::string before =
      workspace_.ask("monitor", "GET", "/api/v1/reports/2030-01-31-en-mission").body;
  expect(400, "monitor", "/api/v1/reports", object_of({{"day", "2030-01-31"}}));
  expect(400, "monitor", "/api/v1/reports",
         object_of({{"day", "2030-01-30"}, {"corrects", "2030-01-31-en-mission"}}));
  const auto second =
      encoding::parse_json("answer", expect(201, "monitor", "/api/v1/reports",
                                            object_of({{"day", "2030-01-31"},
                                                       {"corrects", "2030-01-31-en-mission"},
                                                       {"note", "an account was entered late"}}))
                                         .body);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->find("id")->text(), "2030-01-31-en-mission-2");
  EXPECT_EQ(workspace_.ask("monitor", "GET", "/api/v1/reports/2030-01-31-en-mission").body, before);
}

TEST_F(ReportsTest, ADayThatIsNotOverOrNoDayIsRefused) {
  for (const std::string day : {"2030-02-01", "someday", "2031-01-01"}) {
    expect(400, "monitor", "/api/v1/reports", object_of({{"day", day}}));
  }
  expect(201, "monitor", "/api/v1/reports", object_of({{"day", "2030-02-01T10:00Z"}}));
  expect(400, "monitor", "/api/v1/reports", object_of({{"day", "2030-01-31"}, {"language", "de"}}));
  expect(400, "monitor", "/api/v1/reports",
         object_of({{"day", "2030-01-31"}, {"view", "party:Nobody"}}));
}

TEST_F(ReportsTest, ATextIsReadForThoseWhoMayReadIt) {
  const std::string at = "/api/v1/agreement/revisions/1";
  EXPECT_NE(workspace_.text("", at + "/document").find("shall attack"), std::string::npos);
  EXPECT_EQ(workspace_.ask("", "GET", at + "/document?language=xx").status, 400U);
}

TEST_F(ReportsTest, ATextIsComparedForThoseWhoMayReadBoth) {
  std::string later = test::kSmallAgreement;
  later.replace(later.find("60 days"), 7, "30 days");
  expect(201, "mediator", "/api/v1/agreement/revisions",
         object_of({{"files", JsonValue::Array{
                                  object_of({{"name", "agreement.truce"}, {"text", later}})}}}));
  const std::string changes =
      workspace_.text("monitor", "/api/v1/agreement/revisions/2/changes?from=1");
  EXPECT_NE(changes.find("truce.comparison/1"), std::string::npos) << changes;
  EXPECT_NE(changes.find("30 days"), std::string::npos);
  EXPECT_EQ(changes.find(workspace_.folder()), std::string::npos);
  // The second text is for the mission.
  for (const std::string address :
       {"2/document", "2/changes?from=1", "1/changes?from=2", "9/document"}) {
    EXPECT_EQ(workspace_.ask("north", "GET", "/api/v1/agreement/revisions/" + address).status, 404U)
        << address;
  }
}

TEST_F(ReportsTest, WhoSeesItHearsOfIt) {
  expect(201, "monitor", "/api/v1/reports", object_of({{"day", "2030-01-31"}}));
  const std::string heard = workspace_.text("auditor", "/api/v1/events?after=0");
  EXPECT_NE(heard.find("event: change\ndata: {\"kind\":\"report\"}"), std::string::npos) << heard;
  EXPECT_EQ(workspace_.text("north", "/api/v1/events?after=0").find("report"), std::string::npos);
}

}  // namespace
}  // namespace truce::server
