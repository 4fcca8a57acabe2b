// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "truce/document/internal/embedded.h"
#include "truce/document/internal/sample_record.h"
#include "truce/encoding/json_value.h"

namespace truce::document {
namespace {

using internal::SampleRecord;

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

// What stands between the tags of the data element.
std::string_view data_of(std::string_view page) {
  constexpr std::string_view kOpen = "id=\"data\">";
  const std::size_t begin = page.find(kOpen) + kOpen.size();
  return page.substr(begin, page.find("</script>", begin) - begin);
}

TEST(Html, NothingFromDataBecomesMarkup) {
  const std::string plain = to_html(SampleRecord("Ayn").record());
  for (const std::string evil :
       {"<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "\"><b>",
        "' onfocus='alert(1)", "<!--<script>", "{{POLICY}}", "{n}"}) {
    const std::string page = to_html(SampleRecord(evil).record());
    EXPECT_EQ(count_of(page, "<"), count_of(plain, "<")) << evil;
    EXPECT_EQ(count_of(page, "<script"), 6U) << evil;
    EXPECT_EQ(count_of(page, "</script"), 6U) << evil;
    EXPECT_EQ(count_of(page, "default-src"), 1U) << evil;
  }
}

TEST(Html, TheDataSaysExactlyWhatWasReported) {
  for (const std::string text :
       {"</script><!--", "a\\\"b", "line\xE2\x80\xA8separator", "حلب", "&lt;"}) {
    const std::string page = to_html(SampleRecord(text).record());
    const auto data = encoding::parse_json("data", data_of(page));
    ASSERT_TRUE(data.has_value()) << text;
    const auto& incidents = data->find("incidents")->elements();
    ASSERT_EQ(incidents.size(), 3U);
    EXPECT_EQ(incidents[0].find("p")->text(), text);
    EXPECT_EQ(incidents[0].find("a")->elements()[0].find("note")->text(), text);
    EXPECT_EQ(incidents[0].find("o")->text(), "contested");
    EXPECT_EQ(incidents[1].find("n")->elements()[0].text(), "1.1 does not reach " + text);
  }
}

TEST(Html, ThePolicyAllowsOnlyWhatIsEmbedded) {
  const std::string page = to_html(SampleRecord().record());
  EXPECT_NE(page.find("default-src 'none'; style-src 'sha256-"), std::string::npos);
  EXPECT_EQ(count_of(page, "sha256-"), 6U);
  EXPECT_EQ(page.find("unsafe-inline"), std::string::npos);
  // No attribute that would load something or run something.
  for (const std::string_view part :
       {"src=", "url(", "@import", " onclick", " style=", "http-equiv=\"refresh"}) {
    EXPECT_EQ(page.find(part), std::string::npos) << part;
  }
}

TEST(Html, TheScriptsPutOnlyTextIntoElements) {
  for (const std::string_view script :
       {internal::kPageScriptBase, internal::kPageScriptTimeline, internal::kPageScriptMap,
        internal::kPageScriptList, internal::kPageScriptStart}) {
    for (const std::string_view part :
         {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(",
          "fetch(", "XMLHttpRequest", "</script"}) {
      EXPECT_EQ(script.find(part), std::string_view::npos) << part;
    }
  }
}

TEST(Html, TheSameRecordGivesTheSameBytes) {
  EXPECT_EQ(to_html(SampleRecord().record()), to_html(SampleRecord().record()));
}

TEST(Html, SaysWhatAReaderMustKnow) {
  const std::string page = to_html(SampleRecord().record());
  for (const std::string_view part :
       {"A dyad is not a perpetrator", "Boundaries are approximate and not endorsed",
        "0123456789abcdef", "No region is drawn for Undrawn", "did you mean “Mortars”",
        "no such day in Ayn", "Day 4 of 7"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
}

TEST(Html, AnEmptyRecordIsAPageToo) {
  SampleRecord sample;
  sample.evidence = {};
  sample.reading = {};
  sample.replay = {};
  EXPECT_NE(to_html(sample.record()).find("The record holds 0 incidents"), std::string::npos);
}

}  // namespace
}  // namespace truce::document
