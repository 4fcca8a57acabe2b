// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace truce::packages {

/// A whole number of any size: nothing wraps and nothing is rounded. One that fits a machine word
/// takes no room beside itself.
class Integer {
 public:
  Integer() = default;
  Integer(std::int64_t value) { put(value); }

  /// Decimal digits with an optional sign, and nothing else; none for any other text.
  static std::optional<Integer> from_text(std::string_view text);
  [[nodiscard]] std::string to_text() const;

  [[nodiscard]] bool is_zero() const { return word_ == 0; }
  [[nodiscard]] bool is_negative() const { return word_ < 0; }
  /// -1, 0 or 1.
  [[nodiscard]] int sign() const { return (word_ > 0 ? 1 : 0) - (word_ < 0 ? 1 : 0); }
  /// Binary digits of the magnitude; 0 for zero.
  [[nodiscard]] std::size_t bits() const;
  /// The value where it has at most 63 binary digits.
  [[nodiscard]] std::optional<std::int64_t> to_int64() const {
    return is_word() ? std::optional(word_) : long_to_int64();
  }
  /// The nearest double, or an infinity: to draw with, never to decide with.
  [[nodiscard]] double to_double() const;
  /// The magnitude in base 2^64, the lowest limb first, no zero at the end.
  [[nodiscard]] std::vector<std::uint64_t> limbs() const;
  static Integer from_limbs(std::vector<std::uint64_t> limbs, bool is_negative);

  Integer operator-() const;
  Integer& operator+=(const Integer& other) {
    return is_word() && other.is_word() ? put(word_ + other.word_) : add(other);
  }
  Integer& operator-=(const Integer& other) {
    return is_word() && other.is_word() ? put(word_ - other.word_) : subtract(other);
  }
  Integer& operator*=(const Integer& other) {
    std::int64_t product = 0;
    return is_word() && other.is_word() && !__builtin_mul_overflow(word_, other.word_, &product)
               ? put(product)
               : multiply(other);
  }
  friend Integer operator+(Integer left, const Integer& right) { return left += right; }
  friend Integer operator-(Integer left, const Integer& right) { return left -= right; }
  friend Integer operator*(Integer left, const Integer& right) { return left *= right; }
  friend bool operator==(const Integer&, const Integer&) = default;
  friend std::strong_ordering operator<=>(const Integer& left, const Integer& right) {
    return left.is_word() && right.is_word() ? left.word_ <=> right.word_ : compare(left, right);
  }

 private:
  class Number;
  class View;
  friend struct Division divide(const Integer& value, const Integer& divisor);
  friend Integer greatest_common_divisor(const Integer& left, const Integer& right);
  friend Integer power(const Integer& base, std::size_t exponent);

  // Words lie within this on both sides, so that two of them can be added.
  static constexpr std::int64_t kLargestWord = (std::int64_t{1} << 62) - 1;

  [[nodiscard]] bool is_word() const { return limbs_.empty(); }
  // In place of a word.
  Integer& put(std::int64_t value) {
    if (value < -kLargestWord || value > kLargestWord) {
      return put_long(value);
    }
    word_ = value;
    return *this;
  }
  Integer& put_long(std::int64_t value);
  [[nodiscard]] std::optional<std::int64_t> long_to_int64() const;
  Integer& add(const Integer& other);
  Integer& subtract(const Integer& other);
  Integer& multiply(const Integer& other);
  static std::strong_ordering compare(const Integer& left, const Integer& right);

  // The number where there are no limbs; otherwise only its sign, and the limbs are its magnitude.
  std::int64_t word_ = 0;
  std::vector<std::uint64_t> limbs_;
};

/// Quotient and remainder, the quotient rounded towards zero. `divisor` is not zero.
struct Division {
  Integer quotient;
  Integer remainder;
};
Division divide(const Integer& value, const Integer& divisor);

/// The greatest common divisor, not negative; of zero and zero it is zero.
Integer greatest_common_divisor(const Integer& left, const Integer& right);

/// `base` to the power of `exponent`.
Integer power(const Integer& base, std::size_t exponent);

/// An exact fraction. The denominator is positive; the two need not be in lowest terms.
struct Fraction {
  Integer numerator;
  Integer denominator = 1;

  /// `a`, `a/b`, or a decimal such as `-0.25` or `1.5e-3`; none for any other text, a denominator
  /// of zero, or an exponent beyond 1000.
  static std::optional<Fraction> from_text(std::string_view text);
  /// A whole number, or `a/b` in lowest terms.
  [[nodiscard]] std::string to_text() const;
  [[nodiscard]] double to_double() const;
  [[nodiscard]] Fraction reduced() const;

  // By value: 1/2 equals 2/4.
  friend bool operator==(const Fraction& left, const Fraction& right) {
    return (left <=> right) == 0;
  }
  friend std::strong_ordering operator<=>(const Fraction& left, const Fraction& right);
};

Fraction operator+(const Fraction& left, const Fraction& right);
Fraction operator-(const Fraction& left, const Fraction& right);
Fraction operator*(const Fraction& left, const Fraction& right);
/// `right` is not zero.
Fraction operator/(const Fraction& left, const Fraction& right);

}  // namespace truce::packages
