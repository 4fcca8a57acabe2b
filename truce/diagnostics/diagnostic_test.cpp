// SPDX-License-Identifier: Apache-2.0
#include "truce/diagnostics/diagnostic.h"

#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace truce::diagnostics {
namespace {

Diagnostic at(Kind kind, std::uint32_t begin, std::uint32_t end, std::uint32_t source = 0) {
  return {.kind = kind, .span = {source, begin, end}};
}

TEST(Catalogue, CodesAreUniqueAndFoundInAnyLetterCase) {
  std::set<std::string_view> codes;
  std::set<std::string_view> names;
  for (const KindInfo& kind : catalogue()) {
    EXPECT_TRUE(codes.insert(kind.code).second) << kind.code;
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_EQ(kind.code.size(), 5U) << kind.code;
    std::string lower(kind.code);
    lower.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(lower.front())));
    EXPECT_EQ(find_kind(lower), kind.kind);
    EXPECT_EQ(&info(kind.kind), &kind);
  }
  EXPECT_EQ(find_kind("T9999"), std::nullopt);
  EXPECT_EQ(find_kind(""), std::nullopt);
}

TEST(Catalogue, MessagesAreWrittenInOneWay) {
  for (const KindInfo& kind : catalogue()) {
    const std::string_view message = kind.message;
    EXPECT_FALSE(message.empty()) << kind.code;
    EXPECT_FALSE(std::isupper(static_cast<unsigned char>(message.front()))) << kind.code;
    EXPECT_NE(message.back(), '.') << kind.code;
    EXPECT_EQ(message.find("please"), std::string_view::npos) << kind.code;
    EXPECT_GT(kind.explanation.size(), 40U) << kind.code;
    EXPECT_EQ(kind.explanation.find("  "), std::string_view::npos) << kind.code;
  }
}

TEST(Message, HolesAreFilledAndMissingArgumentsLeaveThemEmpty) {
  Diagnostic diagnostic = at(Kind::MisspelledWord, 0, 4);
  diagnostic.arguments = {"shal", "shall"};
  EXPECT_EQ(message(diagnostic), "`shal` is not a word that can stand here; did you mean `shall`");
  diagnostic.arguments = {"{1}"};
  EXPECT_EQ(message(diagnostic), "`{1}` is not a word that can stand here; did you mean ``");
}

TEST(Sink, SortsByPlaceAndKeepsTheFirstOfACause) {
  Sink sink;
  sink.add(at(Kind::MissingStop, 9, 9));
  sink.add(at(Kind::UnknownSection, 2, 4));
  sink.add(at(Kind::KeywordCase, 2, 4));
  sink.add(at(Kind::MissingStop, 0, 1, 1));
  const std::vector<Diagnostic> sorted = sink.sorted();
  ASSERT_EQ(sorted.size(), 3U);
  EXPECT_EQ(sorted[0].kind, Kind::UnknownSection);
  EXPECT_EQ(sorted[1].span.begin, 9U);
  EXPECT_EQ(sorted[2].span.source, 1U);
  EXPECT_TRUE(sink.has_errors());
  EXPECT_FALSE(Sink().has_errors());
}

TEST(Sink, WhatIsBeyondItsCapacityIsCounted) {
  Sink sink;
  for (std::uint32_t count = 0; count < Sink::kCapacity + 5; ++count) {
    sink.add(at(Kind::MissingStop, count, count));
  }
  EXPECT_EQ(sink.all().size(), Sink::kCapacity);
  EXPECT_EQ(sink.omitted(), 5U);
  const std::vector<Diagnostic> sorted = sink.sorted();
  EXPECT_EQ(sorted.back().kind, Kind::TooManyProblems);
  EXPECT_EQ(message(sorted.back()), "5 more problems are not listed; mend these first");
}

}  // namespace
}  // namespace truce::diagnostics
