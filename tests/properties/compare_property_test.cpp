// SPDX-License-Identifier: Apache-2.0
// Two texts are said to mean the same only where they judge alike whatever is reported; what is
// told of as a change is one.
#include "tests/properties/compare_property.h"

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/dice.h"
#include "tests/support/random_agreements.h"
#include <gtest/gtest.h>

#include "truce/comparison/compare.h"

namespace truce::comparison {
namespace {

using testing::Dice;

void replace_all(std::string& text, const std::string& words, const std::string& by) {
  for (std::size_t at = text.find(words); at != std::string::npos;
       at = text.find(words, at + by.size())) {
    text.replace(at, words.size(), by);
  }
}

// The clauses, each a line that begins with its number.
std::vector<std::pair<std::size_t, std::size_t>> clause_lines(const std::string& text) {
  std::vector<std::pair<std::size_t, std::size_t>> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (text.compare(at, 2, "1.") == 0) {
      lines.emplace_back(at, end);
    }
    at = end + 1;
  }
  return lines;
}

// What an edit may do without a change of meaning.
std::string reworded(std::string text, Dice& dice) {
  switch (dice.below(5)) {
    case 0:
      text += "-- Nothing more was agreed.\n";
      break;
    case 1:
      replace_all(text, "Self Defence", "Own Defence");
      break;
    case 2:
      replace_all(text, "Quiet", "Silence");
      break;
    case 3: {
      const auto lines = clause_lines(text);
      const auto& [at, end] = lines[dice.below(lines.size())];
      if (end > at && text[end - 1] == '.') {
        text.insert(end - 1, "; note \"as spoken of in the talks\"");
      }
      break;
    }
    default: {
      // Two particulars change places.
      const auto lines = clause_lines(text);
      const auto& [at, end] = lines[dice.below(lines.size())];
      std::vector<std::size_t> stops;
      for (std::size_t i = at; i < end; ++i) {
        if (text[i] == ';') {
          stops.push_back(i);
        }
      }
      if (stops.size() >= 2 && text[end - 1] == '.') {
        const std::string first = text.substr(stops[0], stops[1] - stops[0]);
        text.erase(stops[0], first.size());
        text.insert(end - 1 - first.size(), first);
      }
      break;
    }
  }
  return text;
}

TEST(CompareProperty, SaysThatNothingChangedWhereOnlyWordsMoved) {
  int compared = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    const testing::RandomTruce truce = testing::random_truce(seed);
    Dice dice(seed + 1);
    const std::string text = reworded(truce.text, dice);
    std::string complaints;
    const auto other = testing::resolved_like(truce.agreement, text, complaints);
    if (!complaints.empty()) {
      continue;
    }
    ++compared;
    const Comparison comparison = compare(truce.agreement, other);
    ASSERT_EQ(Answer::Same, comparison.answer)
        << "seed " << seed << "\n"
        << truce.text << "\n"
        << text << "\n"
        << (comparison.changes.empty() ? "" : comparison.changes[0].conduct)
        << (comparison.words.empty() ? "" : comparison.words[0].why);
  }
  EXPECT_GT(compared, 100);
}

TEST(CompareProperty, SameTextsJudgeAlikeWhateverIsReported) {
  const testing::Compared counts = testing::compare_edited(80, 94);
  // A test that never sees one shows nothing.
  EXPECT_GT(counts.same, 0);
  EXPECT_GT(counts.changed, 4);
}

}  // namespace
}  // namespace truce::comparison
