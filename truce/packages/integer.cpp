// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/integer.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "truce/base/check.h"

namespace truce::packages {
namespace {

using Limbs = std::vector<std::uint32_t>;

void trim(Limbs& limbs) {
  while (!limbs.empty() && limbs.back() == 0) {
    limbs.pop_back();
  }
}

std::strong_ordering compare(const Limbs& left, const Limbs& right) {
  if (left.size() != right.size()) {
    return left.size() <=> right.size();
  }
  for (std::size_t at = left.size(); at > 0; --at) {
    if (left[at - 1] != right[at - 1]) {
      return left[at - 1] <=> right[at - 1];
    }
  }
  return std::strong_ordering::equal;
}

void add(Limbs& left, const Limbs& right) {
  left.resize(std::max(left.size(), right.size()) + 1);
  std::uint64_t carry = 0;
  for (std::size_t at = 0; at < left.size(); ++at) {
    carry += left[at];
    carry += at < right.size() ? right[at] : 0;
    left[at] = static_cast<std::uint32_t>(carry);
    carry >>= 32U;
  }
  trim(left);
}

// `left` is not smaller.
void subtract(Limbs& left, const Limbs& right) {
  std::int64_t borrow = 0;
  for (std::size_t at = 0; at < left.size(); ++at) {
    std::int64_t digit = static_cast<std::int64_t>(left[at]) - borrow;
    digit -= at < right.size() ? right[at] : 0;
    borrow = digit < 0 ? 1 : 0;
    left[at] = static_cast<std::uint32_t>(digit);
  }
  trim(left);
}

std::uint32_t divide_by_limb(Limbs& limbs, std::uint32_t divisor) {
  std::uint64_t remainder = 0;
  for (std::size_t at = limbs.size(); at > 0; --at) {
    remainder = (remainder << 32U) | limbs[at - 1];
    limbs[at - 1] = static_cast<std::uint32_t>(remainder / divisor);
    remainder %= divisor;
  }
  trim(limbs);
  return static_cast<std::uint32_t>(remainder);
}

void multiply_and_add(Limbs& limbs, std::uint32_t factor, std::uint32_t summand) {
  std::uint64_t carry = summand;
  for (std::uint32_t& limb : limbs) {
    carry += std::uint64_t{limb} * factor;
    limb = static_cast<std::uint32_t>(carry);
    carry >>= 32U;
  }
  if (carry != 0) {
    limbs.push_back(static_cast<std::uint32_t>(carry));
  }
}

bool bit_of(const Limbs& limbs, std::size_t bit) {
  return ((limbs[bit / 32] >> (bit % 32)) & 1U) != 0;
}

// Long division in base 2: divisors of more than one limb are rare and short here.
Limbs divide_long(const Limbs& value, const Limbs& divisor, Limbs& remainder) {
  Limbs quotient(value.size(), 0);
  for (std::size_t bit = value.size() * 32; bit > 0; --bit) {
    add(remainder, remainder);
    if (bit_of(value, bit - 1)) {
      add(remainder, {1});
    }
    if (compare(remainder, divisor) >= 0) {
      subtract(remainder, divisor);
      quotient[(bit - 1) / 32] |= std::uint32_t{1} << ((bit - 1) % 32);
    }
  }
  trim(quotient);
  return quotient;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char letter) { return letter >= '0' && letter <= '9'; });
}

}  // namespace

Integer::Integer(std::int64_t value) : is_negative_(value < 0) {
  std::uint64_t magnitude = static_cast<std::uint64_t>(value);
  magnitude = is_negative_ ? ~magnitude + 1 : magnitude;
  limbs_ = {static_cast<std::uint32_t>(magnitude), static_cast<std::uint32_t>(magnitude >> 32U)};
  trim(limbs_);
}

Integer Integer::from_limbs(std::vector<std::uint32_t> limbs, bool is_negative) {
  Integer made;
  made.limbs_ = std::move(limbs);
  trim(made.limbs_);
  made.is_negative_ = is_negative && !made.limbs_.empty();
  return made;
}

std::optional<Integer> Integer::from_text(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  if (!is_digits(text)) {
    return std::nullopt;
  }
  Limbs limbs;
  for (const char letter : text) {
    multiply_and_add(limbs, 10, static_cast<std::uint32_t>(letter - '0'));
  }
  return from_limbs(std::move(limbs), is_negative);
}

std::string Integer::to_text() const {
  if (is_zero()) {
    return "0";
  }
  std::string text;
  for (Limbs rest = limbs_; !rest.empty();) {
    std::uint32_t group = divide_by_limb(rest, 1'000'000'000);
    for (int digit = 0; digit < 9 && (group != 0 || !rest.empty()); ++digit) {
      text += static_cast<char>('0' + group % 10);
      group /= 10;
    }
  }
  if (is_negative_) {
    text += '-';
  }
  std::reverse(text.begin(), text.end());
  return text;
}

int Integer::sign() const {
  if (is_zero()) {
    return 0;
  }
  return is_negative_ ? -1 : 1;
}

std::size_t Integer::bits() const {
  return is_zero() ? 0
                   : limbs_.size() * 32 - static_cast<std::size_t>(std::countl_zero(limbs_.back()));
}

std::optional<std::int64_t> Integer::to_int64() const {
  if (bits() > 63) {
    return std::nullopt;
  }
  std::uint64_t magnitude = limbs_.empty() ? 0 : limbs_[0];
  magnitude |= limbs_.size() > 1 ? std::uint64_t{limbs_[1]} << 32U : 0;
  const auto value = static_cast<std::int64_t>(magnitude);
  return is_negative_ ? -value : value;
}

double Integer::to_double() const {
  double value = 0;
  for (std::size_t at = limbs_.size(); at > 0; --at) {
    value = value * 4294967296.0 + limbs_[at - 1];
  }
  return is_negative_ ? -value : value;
}

Integer Integer::operator-() const { return from_limbs(limbs_, !is_negative_); }

Integer& Integer::operator+=(const Integer& other) {
  if (is_negative_ == other.is_negative_) {
    add(limbs_, other.limbs_);
  } else if (compare(limbs_, other.limbs_) >= 0) {
    subtract(limbs_, other.limbs_);
  } else {
    Limbs larger = other.limbs_;
    subtract(larger, limbs_);
    limbs_ = std::move(larger);
    is_negative_ = other.is_negative_;
  }
  is_negative_ = is_negative_ && !limbs_.empty();
  return *this;
}

Integer& Integer::operator-=(const Integer& other) { return *this += -other; }

Integer& Integer::operator*=(const Integer& other) {
  *this = *this * other;
  return *this;
}

Integer operator*(const Integer& left, const Integer& right) {
  Limbs product(left.limbs_.size() + right.limbs_.size(), 0);
  for (std::size_t row = 0; row < left.limbs_.size(); ++row) {
    std::uint64_t carry = 0;
    for (std::size_t column = 0; column < right.limbs_.size(); ++column) {
      carry += product[row + column] + std::uint64_t{left.limbs_[row]} * right.limbs_[column];
      product[row + column] = static_cast<std::uint32_t>(carry);
      carry >>= 32U;
    }
    product[row + right.limbs_.size()] = static_cast<std::uint32_t>(carry);
  }
  return Integer::from_limbs(std::move(product), left.is_negative_ != right.is_negative_);
}

std::strong_ordering operator<=>(const Integer& left, const Integer& right) {
  if (left.is_negative_ != right.is_negative_) {
    return left.is_negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return left.is_negative_ ? compare(right.limbs_, left.limbs_)
                           : compare(left.limbs_, right.limbs_);
}

Division divide(const Integer& value, const Integer& divisor) {
  TRUCE_CHECK(!divisor.is_zero(), "nothing is divided by zero");
  Limbs quotient = value.limbs();
  Limbs remainder;
  if (divisor.limbs().size() == 1) {
    remainder = {divide_by_limb(quotient, divisor.limbs()[0])};
  } else {
    quotient = divide_long(value.limbs(), divisor.limbs(), remainder);
  }
  return {Integer::from_limbs(std::move(quotient), value.is_negative() != divisor.is_negative()),
          Integer::from_limbs(std::move(remainder), value.is_negative())};
}

Integer greatest_common_divisor(Integer left, Integer right) {
  while (!right.is_zero()) {
    Integer rest = divide(left, right).remainder;
    left = std::move(right);
    right = std::move(rest);
  }
  return left.is_negative() ? -left : left;
}

Integer power(const Integer& base, std::size_t exponent) {
  Integer result = 1;
  for (std::size_t step = 0; step < exponent; ++step) {
    result *= base;
  }
  return result;
}

}  // namespace truce::packages
