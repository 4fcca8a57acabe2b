// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/integer.h"

#include <random>

#include <gtest/gtest.h>

namespace truce::packages {
namespace {

Integer number(const std::string& text) { return Integer::from_text(text).value_or(Integer(-1)); }

TEST(Integer, AgreesWithMachineArithmeticWhereThatDoesNotWrap) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 2000; ++round) {
    const auto left = static_cast<std::int64_t>(random()) >> (random() % 60 + 2);
    const auto right = static_cast<std::int64_t>(random()) >> (random() % 33 + 31);
    EXPECT_EQ(Integer(left) + Integer(right), Integer(left + right));
    EXPECT_EQ(Integer(left) - Integer(right), Integer(left - right));
    EXPECT_EQ(Integer(left) < Integer(right), left < right);
    EXPECT_EQ(Integer(left).to_text(), std::to_string(left));
    EXPECT_EQ(Integer(left).to_int64(), left);
    if (right != 0) {
      const Division division = divide(left, right);
      EXPECT_EQ(division.quotient, Integer(left / right));
      EXPECT_EQ(division.remainder, Integer(left % right));
    }
  }
}

TEST(Integer, MultipliesAndDividesBack) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 300; ++round) {
    Integer left = static_cast<std::int64_t>(random());
    Integer right = static_cast<std::int64_t>(random() | 1U);
    for (std::uint64_t more = random() % 6; more > 0; --more) {
      left *= Integer(static_cast<std::int64_t>(random() | 1U));
      right *= Integer(static_cast<std::int64_t>(random() >> 32U | 1U));
    }
    const Integer rest = static_cast<std::int64_t>(random() % 1000);
    const Integer product = left * right;
    EXPECT_EQ(divide(product, right).quotient, left);
    EXPECT_TRUE(divide(product, left).remainder.is_zero());
    EXPECT_EQ(product + rest - product, rest);
    EXPECT_EQ(number(product.to_text()), product);
  }
}

// What fits a machine word takes a way of its own: it leads where a detour through large numbers
// does.
TEST(Integer, SmallNumbersComeToWhatLargeOnesDo) {
  std::vector<Integer> values = {0};
  for (const char* text : {"1", "2", "3", "4294967296", "2147483647", "4611686018427387903",
                           "4611686018427387904", "4611686018427387905", "9223372036854775807",
                           "9223372036854775808", "18446744073709551616"}) {
    values.push_back(number(text));
    values.push_back(-number(text));
  }
  const Integer far = power(2, 200);
  for (const Integer& left : values) {
    for (const Integer& right : values) {
      EXPECT_EQ(left + right, (far + left) + right - far);
      EXPECT_EQ(left - right, (far + left) - right - far);
      EXPECT_EQ(left * right, (far + left) * right - far * right);
      EXPECT_EQ((left <=> right) == 0, (left - right).is_zero());
      EXPECT_EQ(left < right, (left + far) < (right + far));
      if (!right.is_zero()) {
        const Division parts = divide(left, right);
        const Division large = divide(left * far, right * far);
        EXPECT_EQ(parts.quotient, large.quotient);
        EXPECT_EQ(parts.remainder * far, large.remainder);
      }
    }
  }
}

TEST(Integer, ReadsDigitsAndNothingElse) {
  EXPECT_EQ(number("500000000000000000000000000000000000000000000000000").bits(), 169U);
  EXPECT_EQ(number("-0"), Integer(0));
  EXPECT_FALSE(number("-0").is_negative());
  for (const char* text : {"", "-", "1.5", "0x10", " 1", "1 ", "1e3"}) {
    EXPECT_FALSE(Integer::from_text(text).has_value()) << text;
  }
  EXPECT_EQ(Integer(std::numeric_limits<std::int64_t>::min()).to_text(), "-9223372036854775808");
  EXPECT_FALSE(number("9223372036854775808").to_int64().has_value());
}

TEST(Fraction, ReadsWhatIsExactAndComparesByValue) {
  EXPECT_EQ(Fraction::from_text("-1.50e-1")->to_text(), "-3/20");
  EXPECT_EQ(Fraction::from_text("6/4")->to_text(), "3/2");
  EXPECT_EQ(Fraction::from_text("2.5E2")->to_text(), "250");
  EXPECT_EQ((Fraction{1, 2}), (Fraction{2, 4}));
  EXPECT_LT((Fraction{-1, 2}), (Fraction{-1, 3}));
  EXPECT_EQ((Fraction{1, 3} - Fraction{1, 2}) / (Fraction{-1, 6}), (Fraction{1, 1}));
  for (const char* text : {"1/0", "1/-2", "", ".", "1.", ".5", "1e", "1e99999", "nan", "1/2/3"}) {
    EXPECT_FALSE(Fraction::from_text(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace truce::packages
