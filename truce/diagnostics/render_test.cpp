// SPDX-License-Identifier: Apache-2.0
#include "truce/diagnostics/render.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace truce::diagnostics {
namespace {

// The span of the first `words` in `text`.
base::Span span_of(std::string_view text, std::string_view words) {
  const std::size_t begin = text.find(words);
  EXPECT_NE(begin, std::string_view::npos) << words;
  return {0, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + words.size())};
}

std::string drawn(const std::string& text, const Diagnostic& diagnostic,
                  const RenderOptions& options = {}) {
  const base::SourceText source("a.truce", text);
  return to_terminal({diagnostic}, {&source}, options);
}

TEST(Terminal, TheExcerptUnderlinesTheWords) {
  const std::string text = "parties A; B.\n\n1.1 A shal attack B.\n";
  const Diagnostic diagnostic{.kind = Kind::MisspelledWord,
                              .span = span_of(text, "shal"),
                              .arguments = {"shal", "shall"},
                              .notes = {"a note"},
                              .fix = Fix{span_of(text, "shal"), "shall", "write `shall`"}};
  EXPECT_EQ(drawn(text, diagnostic),
            "error[T0103]: `shal` is not a word that can stand here; did you mean `shall`\n"
            "  ╭─ a.truce:3:7\n"
            "3 │ 1.1 A shal attack B.\n"
            "  │       ^^^^\n"
            "  note: a note\n"
            "  fix: write `shall`\n"
            "\n");
  EXPECT_EQ(drawn(text, diagnostic, {.use_unicode = false}),
            "error[T0103]: `shal` is not a word that can stand here; did you mean `shall`\n"
            "  --> a.truce:3:7\n"
            "3 | 1.1 A shal attack B.\n"
            "  |       ^^^^\n"
            "  note: a note\n"
            "  fix: write `shall`\n"
            "\n");
}

TEST(Terminal, LabelsStandUnderTheirWords) {
  const std::string text = "1.1 A shall open B;\n  from D;\n\n\n  until E.\n";
  Diagnostic diagnostic{.kind = Kind::RepeatedAnd, .span = span_of(text, "until E")};
  diagnostic.labels = {{span_of(text, "from D"), "it begins here", false},
                       {span_of(text, "until E"), "and ends here", true},
                       {span_of(text, "1.1"), "of this clause", false},
                       {span_of(text, "open"), "an act", false}};
  EXPECT_EQ(drawn(text, diagnostic),
            "error[T0125]: a second `` in one list; members before the last are separated by `,`\n"
            "  ╭─ a.truce:5:3\n"
            "1 │ 1.1 A shall open B;\n"
            "  │ ───         ──── an act\n"
            "  │ of this clause\n"
            "2 │   from D;\n"
            "  │   ────── it begins here\n"
            "  ⋮\n"
            "5 │   until E.\n"
            "  │   ^^^^^^^ and ends here\n"
            "\n");
}

TEST(Terminal, ASpanOverLinesMarksItsFirstAndItsLast) {
  const std::string text = "1.1 A shall\n  open\n  B.\n";
  EXPECT_EQ(drawn(text, {.kind = Kind::MissingStop, .span = span_of(text, "shall\n  open\n  B")}),
            "error[T0108]:  has no `.` at its end\n"
            "  ╭─ a.truce:1:7\n"
            "1 │ 1.1 A shall\n"
            "  │       ^^^^^\n"
            "  ⋮\n"
            "3 │   B.\n"
            "  │   ^\n"
            "\n");
}

TEST(Terminal, TabsWideLettersAndAccentsAreCountedAsTheyAreDrawn) {
  const std::string text = "\tin «漢字» e\xCC\x81 x;\n";
  EXPECT_EQ(drawn(text, {.kind = Kind::MissingStop, .span = span_of(text, "x")}),
            "error[T0108]:  has no `.` at its end\n"
            "  ╭─ a.truce:1:13\n"
            "1 │     in «漢字» e\xCC\x81 x;\n"
            "  │                 ^\n"
            "\n");
}

TEST(Terminal, ALongLineIsCutAroundItsMark) {
  std::string text(300, 'a');
  text.append(" wrong ").append(300, 'b');
  const std::string page =
      drawn(text, {.kind = Kind::MissingStop, .span = span_of(text, "wrong")}, {.width = 60});
  EXPECT_NE(page.find("…aaa"), std::string::npos);
  EXPECT_NE(page.find("bbb…"), std::string::npos);
  const std::size_t line = page.find("wrong");
  const std::size_t marks = page.find("^^^^^");
  ASSERT_NE(marks, std::string::npos);
  const auto column = [&](std::size_t offset) {
    return base::SourceText("p", page).position(static_cast<std::uint32_t>(offset)).column;
  };
  EXPECT_EQ(column(line), column(marks));
  EXPECT_LE(column(page.find('\n', line)), 62U);
}

TEST(Terminal, NoTextDrivesTheTerminal) {
  const std::string text = "a \x1b[31m\xFF\xE2\x80\xAE b\n";
  const Diagnostic diagnostic{
      .kind = Kind::UnknownSection, .span = {0, 0, 1}, .arguments = {"\x1b[2J", ""}};
  const std::string page = drawn(text, diagnostic, {.use_unicode = false});
  EXPECT_EQ(page.find('\x1b'), std::string::npos);
  EXPECT_NE(page.find("a ?[31m?? b"), std::string::npos) << page;
}

TEST(Terminal, ColoursAreLeftOutUnlessAskedFor) {
  const std::string text = "x\n";
  const Diagnostic diagnostic{.kind = Kind::MissingStop, .span = {0, 0, 1}};
  EXPECT_EQ(drawn(text, diagnostic).find('\x1b'), std::string::npos);
  EXPECT_NE(drawn(text, diagnostic, {.use_colour = true}).find("\x1b[1;31merror[T0108]\x1b[0m"),
            std::string::npos);
}

TEST(Terminal, BadSpansAreRepaired) {
  const std::string text = "short";
  for (const base::Span span : {base::Span{0, 90, 99}, base::Span{0, 4, 2}, base::Span{7, 0, 1}}) {
    Diagnostic diagnostic{.kind = Kind::MissingStop, .span = span};
    diagnostic.labels = {{{0, 3, 1000}, "label", false}, {{9, 3, 1}, "nowhere", false}};
    EXPECT_NE(drawn(text, diagnostic).find("error[T0108]"), std::string::npos);
  }
  EXPECT_NE(drawn("", {.kind = Kind::MissingStop, .span = {0, 0, 0}}).find("a.truce:1:1"),
            std::string::npos);
}

TEST(Terminal, AfterAHundredTheRestIsCounted) {
  const base::SourceText source("a.truce", "x");
  const std::vector<Diagnostic> many(130, {.kind = Kind::MissingStop, .span = {0, 0, 1}});
  const std::string page = to_terminal(many, {&source}, {});
  EXPECT_NE(page.find("… 30 more problems are not shown; mend these first\n"), std::string::npos);
}

TEST(Lines, EachMessageIsOneLine) {
  const std::string text = "a\nbc d\n";
  const base::SourceText source("a.truce", text);
  EXPECT_EQ(
      to_lines(
          {{.kind = Kind::UnknownSection, .span = span_of(text, "d"), .arguments = {"d\ne", ""}}},
          {&source}),
      "a.truce:2:4: error[T0106]: `d e` begins no section\n");
  EXPECT_EQ(to_lines({}, {}), "");
}

TEST(Explanation, HoldsCodeMessageAndParagraphs) {
  const std::string page = to_explanation(Kind::UnclosedString);
  EXPECT_TRUE(page.starts_with("T0004 (error): this text has no closing `\"`\n\nText in straight"));
  EXPECT_NE(page.find("forgotten.\n\nExample: "), std::string::npos) << page;
  EXPECT_TRUE(to_explanation(Kind::MissingStop).starts_with("T0108 (error): … has no `.`"));
  std::size_t begin = 0;
  for (std::size_t end = page.find('\n'); end != std::string::npos; end = page.find('\n', begin)) {
    EXPECT_LE(end - begin, 84U);
    begin = end + 1;
  }
}

}  // namespace
}  // namespace truce::diagnostics
