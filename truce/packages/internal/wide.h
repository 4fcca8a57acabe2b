// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "truce/base/check.h"
#include "truce/packages/integer.h"

namespace truce::packages::internal {

/// A whole number of 256 bits, two's complement. Whoever adds has made sure beforehand that sums
/// stay within kWideBits.
struct Wide {
  // The lowest first.
  std::array<std::uint64_t, 4> limbs{};

  friend Wide operator+(const Wide& left, const Wide& right) {
    Wide sum;
    std::uint64_t carry = 0;
    for (std::size_t at = 0; at < 4; ++at) {
      const std::uint64_t part = left.limbs[at] + carry;
      carry = part < carry ? 1 : 0;
      sum.limbs[at] = part + right.limbs[at];
      carry += sum.limbs[at] < part ? 1 : 0;
    }
    return sum;
  }
  Wide& operator+=(const Wide& other) { return *this = *this + other; }
  friend bool operator==(const Wide&, const Wide&) = default;
  friend bool operator<(const Wide& left, const Wide& right) {
    const auto high = static_cast<std::int64_t>(left.limbs[3]);
    const auto other = static_cast<std::int64_t>(right.limbs[3]);
    if (high != other) {
      return high < other;
    }
    for (std::size_t at = 3; at > 0; --at) {
      if (left.limbs[at - 1] != right.limbs[at - 1]) {
        return left.limbs[at - 1] < right.limbs[at - 1];
      }
    }
    return false;
  }
};

/// How many binary digits the sums of an engine may have.
constexpr std::size_t kNarrowBits = 61;
constexpr std::size_t kWideBits = 250;

inline void from_integer(const Integer& value, std::int64_t& out) {
  const auto small = value.to_int64();
  TRUCE_CHECK(small.has_value(), "values were measured before they were narrowed");
  out = *small;
}

inline void from_integer(const Integer& value, Wide& out) {
  TRUCE_CHECK(value.bits() <= kWideBits, "values were measured before they were narrowed");
  if (const auto small = value.to_int64()) {
    const std::uint64_t sign = *small < 0 ? ~std::uint64_t{0} : 0;
    out = {{static_cast<std::uint64_t>(*small), sign, sign, sign}};
    return;
  }
  out = {};
  const std::vector<std::uint64_t> limbs = value.limbs();
  std::copy(limbs.begin(), limbs.end(), out.limbs.begin());
  if (value.is_negative()) {
    for (std::uint64_t& limb : out.limbs) {
      limb = ~limb;
    }
    out = out + Wide{{1, 0, 0, 0}};
  }
}

inline Integer to_integer(std::int64_t value) { return value; }

inline Integer to_integer(Wide value) {
  const auto low = static_cast<std::int64_t>(value.limbs[0]);
  const std::uint64_t sign = low < 0 ? ~std::uint64_t{0} : 0;
  if (value.limbs[1] == sign && value.limbs[2] == sign && value.limbs[3] == sign) {
    return low;
  }
  const bool is_negative = static_cast<std::int64_t>(value.limbs[3]) < 0;
  if (is_negative) {
    for (std::uint64_t& limb : value.limbs) {
      limb = ~limb;
    }
    value = value + Wide{{1, 0, 0, 0}};
  }
  return Integer::from_limbs({value.limbs.begin(), value.limbs.end()}, is_negative);
}

}  // namespace truce::packages::internal
