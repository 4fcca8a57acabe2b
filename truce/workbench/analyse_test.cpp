// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/analyse.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace truce::workbench {
namespace {

constexpr const char* kDraft = R"(truce "Exchange";
  of 2030-01-01;
  clock Local at UTC+00:00;
  days of 24 hours;
  languages en authentic;
  vocabulary "truce/ceasefire-1".

parties
  North;
  South.

-- Who goes first was left open in the talks.

article 1 "Exchange"

1.1 North shall withdraw Tanks; upon fulfilment of 1.2; within 2 days; consequence none stated. -- ours

1.2 South shall withdraw Tanks; upon fulfilment of 1.1; within 2 days; consequence none stated.
)";

class Analyse : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("truce-analyse-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    std::filesystem::create_directories(folder_);
    write(kDraft);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path() const { return (folder_ / "draft.truce").string(); }
  void write(const std::string& text) const { std::ofstream(path()) << text; }
  [[nodiscard]] std::string text() const {
    std::ifstream file(path());
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(Analyse, WritesARepairAndKeepsTheComments) {
  const auto run = analyse({.agreement = path(), .only = {"D01"}});
  ASSERT_TRUE(run.has_value());
  ASSERT_EQ(1U, run->analysis.findings.size());
  ASSERT_TRUE(write_repair(*run, 1).has_value());
  EXPECT_NE(std::string::npos, text().find("reciprocally with"));
  EXPECT_NE(std::string::npos, text().find("-- Who goes first was left open in the talks."));
  EXPECT_NE(std::string::npos, text().find("-- ours"));
  EXPECT_TRUE(analyse({.agreement = path(), .only = {"D01"}})->analysis.findings.empty());
}

TEST_F(Analyse, WritesNothingIntoATextThatChangedMeanwhile) {
  const auto run = analyse({.agreement = path(), .only = {"D01"}});
  ASSERT_TRUE(run.has_value());
  std::string other = kDraft;
  other += "-- Somebody else wrote this.\n";
  write(other);
  const auto written = write_repair(*run, 1);
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(base::ErrorCode::InvalidArgument, written.error().code);
  EXPECT_EQ(other, text());
}

TEST_F(Analyse, TellsFindingsInTheOrderOfTheList) {
  std::vector<std::size_t> told;
  const auto run =
      analyse({.agreement = path(),
               .on_finding = [&](const AnalysisRun&, std::size_t at) { told.push_back(at); }});
  ASSERT_TRUE(run.has_value());
  ASSERT_GT(told.size(), 2U);
  EXPECT_EQ(run->analysis.findings.size(), told.size());
  for (std::size_t i = 0; i < told.size(); ++i) {
    EXPECT_EQ(i, told[i]);
  }
}

}  // namespace
}  // namespace truce::workbench
