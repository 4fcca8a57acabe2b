// SPDX-License-Identifier: Apache-2.0
#include "truce/base/nearest_word.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace truce::base {
namespace {

// The definition, by recursion.
std::size_t plain_distance(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) {
    return a.size() + b.size();
  }
  const std::string a_less = a.substr(0, a.size() - 1);
  const std::string b_less = b.substr(0, b.size() - 1);
  std::size_t best = std::min(plain_distance(a_less, b), plain_distance(a, b_less)) + 1;
  best = std::min(best, plain_distance(a_less, b_less) + (a.back() == b.back() ? 0U : 1U));
  if (a.size() > 1 && b.size() > 1 && a.back() == b[b.size() - 2] && a[a.size() - 2] == b.back()) {
    best = std::min(best, plain_distance(a.substr(0, a.size() - 2), b.substr(0, b.size() - 2)) + 1);
  }
  return best;
}

TEST(NearestWord, DistanceIsThatOfTheDefinition) {
  std::mt19937 random(5);
  const auto word = [&] {
    std::string made;
    for (std::size_t left = random() % 6; left > 0; --left) {
      made += static_cast<char>('a' + random() % 3);
    }
    return made;
  };
  for (int round = 0; round < 400; ++round) {
    const std::string a = word();
    const std::string b = word();
    EXPECT_EQ(edit_distance(a, b, 20), plain_distance(a, b)) << a << ' ' << b;
  }
}

TEST(NearestWord, DistanceStopsPastTheLimit) {
  EXPECT_EQ(edit_distance("government", "opposition", 2), 3U);
  EXPECT_EQ(edit_distance("a", "abcdef", 2), 3U);
}

TEST(NearestWord, FindsWhatWasMeant) {
  const std::vector<std::string> words = {"shall", "should", "may"};
  EXPECT_EQ(nearest_word("shal", words), "shall");
  EXPECT_EQ(nearest_word("shlal", words), "shall");
  EXPECT_EQ(nearest_word("Shall", words), "shall");
  EXPECT_EQ(nearest_word("withdraw", words), std::nullopt);
  EXPECT_EQ(nearest_word("x", {}), std::nullopt);
}

TEST(NearestWord, TakesTheFirstAmongEquals) {
  const std::vector<std::string> words = {"bat", "cat"};
  EXPECT_EQ(nearest_word("rat", words), "bat");
}

}  // namespace
}  // namespace truce::base
