// SPDX-License-Identifier: Apache-2.0
#include "truce/report/notes.h"

#include "tests/support/sample_record.h"
#include <gtest/gtest.h>

#include "truce/report/clocks.h"

namespace truce::report {
namespace {

using truce::testing::SampleRecord;

class NotesTest : public ::testing::Test {
 protected:
  // The lines under a title, each ended by a line feed.
  std::string lines(const std::string& title) {
    const Record record = sample_.record();
    std::string text;
    for (const Note& note : data_notes(words_, record, overview_of(record))) {
      if (note.title == title) {
        for (const RichText& line : note.lines) {
          text += line.plain() + "\n";
        }
      }
    }
    return text;
  }

  SampleRecord sample_;
  const Words words_ = Words::english();
};

TEST_F(NotesTest, ACorrectionSaysWhatBecameOfWhat) {
  EXPECT_TRUE(correction_lines(words_, sample_.record()).empty());
  // Room for one more report than the sample reserves would move those it points to.
  ASSERT_GE(sample_.reading.reports.capacity(), 4U);
  std::vector<incidents::Report> reports = sample_.reading.reports;
  incidents::Report later = reports[0];
  later.reported_at = sample_.evidence.now;
  later.deaths_best = 14;
  later.weapons.names = {"Bombs"};
  reports.push_back(later);
  sample_.reading.reports = reports;
  const std::vector<RichText> corrections = correction_lines(words_, sample_.record());
  ASSERT_EQ(corrections.size(), 1U);
  EXPECT_EQ(corrections[0].plain(),
            "Ayn on Ayn, 16 September 2016: With what: “not known” became “Bombs” and Deaths: “10” "
            "became “14”");
  sample_.reading.reports.back().is_withdrawn = true;
  EXPECT_EQ(correction_lines(words_, sample_.record())[0].plain(),
            "Ayn on Ayn, 16 September 2016: withdrawn");
}

TEST_F(NotesTest, SaysWhatIsDrawnAndFromWhereItIsKnown) {
  EXPECT_EQ(
      lines("What the drawings are"),
      "Drawn as areas in the annexes: Ayn.\nNot drawn: Undrawn.\nA drawing is no more exact "
      "than the file it comes from. Whether an incident lies inside is decided with the doubt "
      "that its report states.\n");
  EXPECT_TRUE(
      lines("Sources").starts_with("Ayn: 3 accounts, from Ayn\nUCDP: 1 account, from Ayn\n"))
      << lines("Sources");
  EXPECT_NE(lines("Sources").find("CC BY 4.0"), std::string::npos);
}

TEST_F(NotesTest, SaysWhatWasSkipped) {
  EXPECT_EQ(lines("Rows that could not be used"), "Ayn.csv:3, column 2: no such day in Ayn\n");
}

TEST_F(NotesTest, AClockSaysWhoseItIsAloneAndWhereItRanOn) {
  monitor::StreakClock quiet = sample_.replay.clocks[0];
  quiet.account = {1};
  quiet.resets.clear();
  sample_.replay.clocks.push_back(quiet);
  const Record record = sample_.record();
  const std::vector<ClockView> clocks = clocks_of(words_, record);
  ASSERT_EQ(clocks.size(), 2U);
  EXPECT_EQ(clocks[0].resets[0].ran_on, 1U);
  const std::string course = course_text(words_, record, clocks[0]).plain();
  EXPECT_TRUE(
      course.starts_with("Set back once. Last on 12 September 2016, 20:00 to 21:00 by Ayn; "
                         "under every other account the clock ran on."))
      << course;
  EXPECT_EQ(streaks_summary(words_, clocks)[0].plain(), "Ayn: not complete in 2 accounts.");
}

}  // namespace
}  // namespace truce::report
