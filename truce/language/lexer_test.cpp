// SPDX-License-Identifier: Apache-2.0
#include "truce/language/lexer.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace truce::language {
namespace {

using diagnostics::Kind;

struct Lexed {
  std::vector<std::pair<TokenKind, std::string>> tokens;
  std::vector<Kind> problems;
};

// The tokens without spaces and without the end.
Lexed lex_text(std::string text) {
  const base::SourceText source("test.truce", std::move(text));
  diagnostics::Sink sink;
  Lexed lexed;
  for (const Token& token : lex(source, 0, sink)) {
    if (token.kind != TokenKind::Whitespace && token.kind != TokenKind::End) {
      lexed.tokens.emplace_back(token.kind, source.slice({0, token.begin, token.end}));
    }
  }
  for (const diagnostics::Diagnostic& problem : sink.sorted()) {
    lexed.problems.push_back(problem.kind);
  }
  return lexed;
}

using Tokens = std::vector<std::pair<TokenKind, std::string>>;
using Problems = std::vector<Kind>;

TEST(Lexer, LetterCaseTellsNamesFromWords) {
  const Lexed lexed = lex_text("each Party Sana'a Al-Bab al-Kubra Дебальцево линия Île straße");
  EXPECT_EQ(lexed.tokens, (Tokens{{TokenKind::Word, "each"},
                                  {TokenKind::Name, "Party"},
                                  {TokenKind::Name, "Sana'a"},
                                  {TokenKind::Name, "Al-Bab"},
                                  {TokenKind::Word, "al-Kubra"},
                                  {TokenKind::Name, "Дебальцево"},
                                  {TokenKind::Word, "линия"},
                                  {TokenKind::Name, "Île"},
                                  {TokenKind::Word, "straße"}}));
  EXPECT_TRUE(lexed.problems.empty());
}

TEST(Lexer, NumbersDatesAndTimesAreToldApart) {
  const Lexed lexed = lex_text("48 3.5 5.1a 3.4.2. 2016-09-12 19:00 UTC+03:00 500m 2016-09-123");
  EXPECT_EQ(lexed.tokens, (Tokens{{TokenKind::Number, "48"},
                                  {TokenKind::Number, "3.5"},
                                  {TokenKind::Number, "5.1a"},
                                  {TokenKind::Number, "3.4.2"},
                                  {TokenKind::Stop, "."},
                                  {TokenKind::Date, "2016-09-12"},
                                  {TokenKind::Time, "19:00"},
                                  {TokenKind::Name, "UTC"},
                                  {TokenKind::Plus, "+"},
                                  {TokenKind::Time, "03:00"},
                                  {TokenKind::Number, "500"},
                                  {TokenKind::Word, "m"},
                                  {TokenKind::Number, "2016"},
                                  {TokenKind::Minus, "-"},
                                  {TokenKind::Number, "09"},
                                  {TokenKind::Minus, "-"},
                                  {TokenKind::Number, "123"}}));
}

TEST(Lexer, StringsMaySpanLinesAndDoubleTheirQuotes) {
  const Lexed lexed = lex_text("\"a \"\"b\"\"\n c\" \"\" -- \"not text\"\n«a \"b\" c»");
  EXPECT_EQ(lexed.tokens, (Tokens{{TokenKind::String, "\"a \"\"b\"\"\n c\""},
                                  {TokenKind::String, "\"\""},
                                  {TokenKind::Comment, "-- \"not text\""},
                                  {TokenKind::QuotedName, "«a \"b\" c»"}}));
  EXPECT_TRUE(lexed.problems.empty());
}

TEST(Lexer, AForgottenQuoteEndsWithItsLine) {
  const Lexed before_empty_line = lex_text("note \"silence;\n  from D.\n\nparties");
  EXPECT_EQ(before_empty_line.tokens[1], std::pair(TokenKind::String, std::string("\"silence")));
  EXPECT_EQ(before_empty_line.tokens[2].first, TokenKind::Semicolon);
  EXPECT_EQ(before_empty_line.problems, Problems{Kind::UnclosedString});
  const Lexed before_next = lex_text("North \"the army;\nSouth \"the navy\";\n");
  EXPECT_EQ(before_next.problems, Problems{Kind::UnclosedString});
  EXPECT_EQ(before_next.tokens[4], std::pair(TokenKind::String, std::string("\"the navy\"")));
}

TEST(Lexer, AForgottenGuillemetEndsWithItsLine) {
  const Lexed lexed = lex_text("in «المدينة;\nfrom D.");
  EXPECT_EQ(lexed.problems, Problems{Kind::UnclosedName});
  EXPECT_EQ(lexed.tokens[1], std::pair(TokenKind::QuotedName, std::string("«المدينة")));
}

TEST(Lexer, SignsOfWordProcessorsAreReportedAndUnderstood) {
  const Lexed lexed = lex_text("“quoted” D – 2 days، E؛");
  EXPECT_EQ(lexed.tokens[0], std::pair(TokenKind::String, std::string("“quoted”")));
  EXPECT_EQ(lexed.tokens[2].first, TokenKind::Minus);
  EXPECT_EQ(lexed.tokens[5].first, TokenKind::Comma);
  EXPECT_EQ(lexed.tokens[7].first, TokenKind::Semicolon);
  EXPECT_EQ(lexed.problems, Problems(4, Kind::TypographicSign));
}

TEST(Lexer, BrokenBytesAreReportedOncePerRun) {
  EXPECT_EQ(lex_text("a \xFF\xFE\xFD b \x80 c").problems, Problems(2, Kind::InvalidEncoding));
  EXPECT_EQ(lex_text(std::string("a \0\0\0 b", 7)).problems, Problems{Kind::ControlCharacter});
  EXPECT_EQ(lex_text("\"a \xFF\xFE b\"").problems, Problems{Kind::InvalidEncoding});
  EXPECT_EQ(lex_text("\xE2\x80").problems, Problems{Kind::InvalidEncoding});
  EXPECT_EQ(lex_text("in $%& @ here").problems, Problems(2, Kind::InvalidCharacter));
}

TEST(Lexer, ANameInAScriptWithoutCapitalsIsReportedOnceAndRead) {
  const Lexed lexed = lex_text("in الغوطة الشرقية; from");
  EXPECT_EQ(lexed.tokens, (Tokens{{TokenKind::Word, "in"},
                                  {TokenKind::Name, "الغوطة"},
                                  {TokenKind::Name, "الشرقية"},
                                  {TokenKind::Semicolon, ";"},
                                  {TokenKind::Word, "from"}}));
  EXPECT_EQ(lexed.problems, Problems{Kind::UncasedName});
}

TEST(Lexer, MarksOfDirectionOutsideOfQuotedTextAreReported) {
  EXPECT_EQ(lex_text("from \xE2\x80\xAE D").problems, Problems{Kind::ControlCharacter});
  EXPECT_TRUE(lex_text("\"\xE2\x80\x8F نص\"").problems.empty());
}

TEST(Lexer, LineEndsAndByteOrderMarksAreSpace) {
  const Lexed lexed = lex_text("\xEF\xBB\xBFparties\r\n North\r South -- x\r\n.");
  EXPECT_EQ(lexed.tokens, (Tokens{{TokenKind::Word, "parties"},
                                  {TokenKind::Name, "North"},
                                  {TokenKind::Name, "South"},
                                  {TokenKind::Comment, "-- x"},
                                  {TokenKind::Stop, "."}}));
  EXPECT_TRUE(lexed.problems.empty());
}

TEST(Lexer, ADateAndATimeJoinedByTAreReportedAndRead) {
  const Lexed lexed = lex_text("2016-09-12T19:00");
  EXPECT_EQ(lexed.problems, Problems{Kind::DateTimeSeparator});
  EXPECT_EQ(lexed.tokens.front().first, TokenKind::Date);
  EXPECT_EQ(lexed.tokens.back().first, TokenKind::Time);
}

TEST(Lexer, ClosedMeansWithTheSignThatIsNeeded) {
  EXPECT_TRUE(is_closed("\"\""));
  EXPECT_TRUE(is_closed("\"a\"\"b\""));
  EXPECT_FALSE(is_closed("\"a\"\""));
  EXPECT_FALSE(is_closed("\""));
  EXPECT_TRUE(is_closed("«a»"));
  EXPECT_FALSE(is_closed("«a"));
}

}  // namespace
}  // namespace truce::language
