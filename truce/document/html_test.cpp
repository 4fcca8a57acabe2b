// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_record.h"
#include <gtest/gtest.h>

#include "truce/document/internal/embedded.h"
#include "truce/document/record.h"
#include "truce/encoding/json_value.h"

namespace truce::document {
namespace {

using testing::SampleRecord;

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
    EXPECT_EQ(count_of(page, "<script"), 8U) << evil;
    EXPECT_EQ(count_of(page, "</script"), 8U) << evil;
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
    const auto& texts = data->find("texts")->elements();
    const auto text_of = [&](const encoding::JsonValue& number) {
      return texts.at(static_cast<std::size_t>(number.integer())).text();
    };
    EXPECT_EQ(text_of(*incidents[0].find("p")), text);
    EXPECT_EQ(text_of(*incidents[0].find("a")->elements()[0].find("note")), text);
    EXPECT_EQ(incidents[0].find("o")->text(), "contested");
    EXPECT_EQ(text_of(incidents[1].find("n")->elements()[0]), "1.1 does not reach " + text);
  }
}

TEST(Html, ThePolicyAllowsOnlyWhatIsEmbedded) {
  const std::string page = to_html(SampleRecord().record());
  EXPECT_NE(page.find("default-src 'none'; style-src 'sha256-"), std::string::npos);
  EXPECT_EQ(count_of(page, "sha256-"), 8U);
  EXPECT_EQ(page.find("unsafe-inline"), std::string::npos);
  // No attribute that would load something or run something.
  for (const std::string_view part :
       {"src=", "@import", " onclick", " style=", "http-equiv=\"refresh"}) {
    EXPECT_EQ(page.find(part), std::string::npos) << part;
  }
  // The style refers to patterns of the page itself, and to nothing else.
  EXPECT_EQ(count_of(page, "url("), count_of(page, "url(#"));
}

TEST(Html, TheScriptsPutOnlyTextIntoElements) {
  for (const std::string_view script :
       {internal::kPageScriptBase, internal::kPageScriptChoice, internal::kPageScriptTimeline,
        internal::kPageScriptMap, internal::kPageScriptList, internal::kPageScriptIncident,
        internal::kPageScriptStart}) {
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
        "no such day in Ayn", "Day 1 of 7"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
}

TEST(Html, AnEmptyRecordIsAPageToo) {
  SampleRecord sample;
  sample.evidence = {};
  sample.reading = {};
  sample.replay = {};
  const std::string page = to_html(sample.record());
  EXPECT_NE(page.find("0 incidents are on record"), std::string::npos);
  // Nothing leads to a part that is not there.
  for (std::size_t at = page.find("href=\"#"); at != std::string::npos;
       at = page.find("href=\"#", at + 1)) {
    const std::string name = page.substr(at + 7, page.find('"', at + 7) - at - 7);
    if (name.find('=') == std::string::npos) {
      EXPECT_NE(page.find("id=\"" + name + "\""), std::string::npos) << name;
    }
  }
  EXPECT_EQ(page.find("{{"), std::string::npos);
}

}  // namespace
}  // namespace truce::document
