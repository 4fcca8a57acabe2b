// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "truce/talks/commitments.h"

namespace truce::talks {
namespace {

// The list in words: what each line commits to, or what is wrong with the first bad one.
struct Obvious {
  using Words = std::span<const std::string>;

  std::vector<std::string> deeds;
  std::map<std::string, std::uint32_t> numbers;
  std::vector<std::vector<std::uint32_t>> lines;
  std::string error;

  static std::size_t place_of(std::string_view word, Words words) {
    return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
  }

  std::uint32_t deed_of(Words words) {
    const std::string text = fmt::format("{}", fmt::join(words, " "));
    const std::size_t verb = place_of("does", words);
    if (!error.empty()) {
      return 0;
    }
    if (place_of("if", words) != words.size()) {
      error = "`if` stands twice; join conditions by `and`";
    } else if (verb == 0 || verb + 1 >= words.size() ||
               std::count(words.begin(), words.end(), "does") != 1 ||
               place_of("and", words) != words.size()) {
      error = fmt::format(
          "`{}` does not say who does what; write WHO does WHAT, with `if` before the first "
          "condition and `and` before each other one",
          text);
    } else if (numbers.try_emplace(text, deeds.size()).second) {
      deeds.push_back(text);
    }
    return error.empty() ? numbers[text] : 0;
  }

  // Pieces are words and what stands between them.
  void read_line(const std::vector<std::string>& pieces, std::size_t line) {
    std::vector<std::string> words;
    for (const std::string& piece : pieces) {
      if (piece.starts_with("--")) {
        break;
      }
      if (piece.find_first_of(" \t\r") == std::string::npos) {
        words.push_back(piece);
      }
    }
    if (!words.empty() && words.back().ends_with('.')) {
      words.back().pop_back();
      if (words.back().empty()) {
        words.pop_back();
      }
    }
    if (words.empty() || !error.empty()) {
      return;
    }
    const Words all(words);
    std::size_t at = place_of("if", all);
    std::vector<std::uint32_t> made = {deed_of(all.first(at))};
    while (at < all.size()) {
      const Words rest = all.subspan(at + 1);
      const std::size_t length = place_of("and", rest);
      made.push_back(deed_of(rest.first(length)));
      at += 1 + length;
    }
    lines.push_back(made);
    if (!error.empty()) {
      error = fmt::format("list:{}: {}", line, error);
    }
  }
};

class RandomList {
 public:
  explicit RandomList(std::uint32_t seed) : engine_(seed) {}

  // A line of words and spaces; a bad one now and then.
  std::vector<std::string> line(bool may_be_wrong) {
    std::vector<std::string> pieces;
    const auto word = [&](const std::string& one) {
      pieces.push_back(one);
      pieces.push_back(pick({" ", " ", " ", " ", "\t", "  ", " \r"}));
    };
    const auto deed = [&] {
      word(pick({"A", "B", "-", "x--y", "ifs", "Ä"}));
      word("does");
      word(pick({"x", "y", "z.", "dose", "and.", "an"}));
      if (below(3) == 0) {
        word("w" + std::to_string(below(200)));
      }
    };
    if (below(4) == 0) {
      pieces.push_back(pick({" ", "\t", "  "}));
    }
    deed();
    for (std::uint32_t at = below(4); at > 0; --at) {
      word(pieces.size() < 12 && std::find(pieces.begin(), pieces.end(), "if") == pieces.end()
               ? "if"
               : "and");
      deed();
    }
    if (may_be_wrong && below(2) == 0) {
      pieces[below(static_cast<std::uint32_t>(pieces.size()))] =
          pick({"if", "and", "does", " ", ".", "does.", "if."});
    }
    if (below(3) == 0) {
      word(pick({".", "-- if does", "--", "--. and", "end."}));
    }
    return pieces;
  }

  std::uint32_t below(std::uint32_t count) { return static_cast<std::uint32_t>(engine_() % count); }

 private:
  std::string pick(const std::vector<std::string>& from) {
    return from[below(static_cast<std::uint32_t>(from.size()))];
  }

  std::mt19937 engine_;
};

// Pieces that came to stand beside each other may be other words than those that were put in.
std::vector<std::string> cut(const std::string& line) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = std::min(line.find_first_not_of(" \t\r", at), line.size());
    const std::size_t end = std::min(line.find_first_of(" \t\r", begin), line.size());
    if (begin < end) {
      words.push_back(line.substr(begin, end - begin));
    }
    at = end;
  }
  return words;
}

TEST(CommitmentList, RandomLinesAreReadAsWordByWord) {
  std::size_t wrong = 0;
  for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
    SCOPED_TRACE(seed);
    RandomList random(seed);
    Obvious expected;
    std::string text;
    const std::uint32_t lines = random.below(seed % 10 == 0 ? 2000 : 20);
    for (std::uint32_t line = 1; line <= lines; ++line) {
      std::string words;
      for (const std::string& piece : random.line(line + 1 >= lines && seed % 2 == 0)) {
        words += piece;
      }
      expected.read_line(cut(words), line);
      text += words + "\n";
    }
    const auto made = read_commitments("list", text);
    if (!expected.error.empty()) {
      ++wrong;
      ASSERT_FALSE(made);
      EXPECT_EQ(expected.error, made.error().message);
      continue;
    }
    ASSERT_EQ(!expected.lines.empty(), static_cast<bool>(made));
    ASSERT_TRUE(!made || made->graph.size() == expected.lines.size());
    for (std::size_t line = 0; line < expected.lines.size(); ++line) {
      std::vector<std::uint32_t> deeds = {made->graph.deed(line)};
      const auto conditions = made->graph.conditions(line);
      deeds.insert(deeds.end(), conditions.begin(), conditions.end());
      ASSERT_EQ(expected.lines[line], deeds) << line;
    }
    ASSERT_EQ(expected.deeds.size(), made ? made->deeds.size() : 0);
    for (std::size_t deed = 0; deed < expected.deeds.size(); ++deed) {
      ASSERT_EQ(expected.deeds[deed], made->deeds[deed].words);
      ASSERT_EQ("", made->deeds[deed].clause);
    }
  }
  EXPECT_GT(wrong, 300U);
}

}  // namespace
}  // namespace truce::talks
