// SPDX-License-Identifier: Apache-2.0
#include "truce/report/rich_text.h"

#include "tests/support/sample_record.h"
#include <gtest/gtest.h>

#include "truce/report/clause_text.h"

namespace truce::report {
namespace {

using truce::testing::SampleRecord;

TEST(RichText, FillsAndKeepsLinks) {
  const Words words("says = {who} says “{what}”.\nlist.and = and\n");
  const RichText text =
      fill(words, "says",
           {{"who", RichText::linked("North", "by=North")}, {"what", std::string("{who}")}});
  EXPECT_EQ(text.plain(), "North says “{who}”.");
  ASSERT_EQ(text.pieces().size(), 2U);
  EXPECT_EQ(text.pieces()[0].link, "by=North");
  EXPECT_EQ(list_of(words, {RichText("a"), text, RichText("c")}).plain(),
            "a, North says “{who}”. and c");
}

TEST(RichText, ALinkToAnIncidentHoldsItsIdWhateverItsLetters) {
  const SampleRecord sample;
  EXPECT_EQ(incident_link(sample.record(), {0}), "incident=a-strike");
  EXPECT_EQ(choice_link({{"from", "2016-09-12"}, {"source", "حلب"}}),
            "from=2016-09-12&source=%D8%AD%D9%84%D8%A8");
}

TEST(ClauseText, LosesItsNumberAndItsStops) {
  agreement::Clause clause;
  clause.number = "1.1";
  clause.text = "1.1 each Party shall not attack; in Syria; from D; note \"Read; not written.\".";
  const ClauseText text = clause_text(clause);
  EXPECT_EQ(text.rule, "each Party shall not attack");
  EXPECT_EQ(text.particulars, (std::vector<std::string>{"in Syria", "from D"}));
  EXPECT_EQ(text.notes, std::vector<std::string>{"Read; not written."});
  clause.text = "1.1 each Party shall not attack.";
  EXPECT_EQ(clause_text(clause).rule, "each Party shall not attack");
}

}  // namespace
}  // namespace truce::report
