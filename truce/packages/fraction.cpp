// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "truce/base/check.h"
#include "truce/packages/integer.h"

namespace truce::packages {
namespace {

constexpr int kLargestExponent = 1000;

std::optional<Fraction> decimal(std::string_view text) {
  int exponent = 0;
  if (const auto at = text.find_first_of("eE"); at != std::string_view::npos) {
    std::string_view digits = text.substr(at + 1);
    digits.remove_prefix(digits.starts_with('+') ? 1 : 0);
    const auto [end, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (failure != std::errc() || end != digits.data() + digits.size() ||
        std::abs(exponent) > kLargestExponent) {
      return std::nullopt;
    }
    text = text.substr(0, at);
  }
  std::string digits(text);
  if (const auto point = digits.find('.'); point != std::string::npos) {
    exponent -= static_cast<int>(digits.size() - point - 1);
    digits.erase(point, 1);
  }
  const auto whole = Integer::from_text(digits);
  if (!whole || text.ends_with('.') || text.starts_with('.')) {
    return std::nullopt;
  }
  const Integer scale = power(10, static_cast<std::size_t>(std::abs(exponent)));
  return exponent < 0 ? Fraction{*whole, scale} : Fraction{*whole * scale, 1};
}

}  // namespace

std::optional<Fraction> Fraction::from_text(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) {
    const auto read = decimal(text);
    return read ? std::optional(read->reduced()) : std::nullopt;
  }
  const auto numerator = Integer::from_text(text.substr(0, slash));
  const auto denominator = Integer::from_text(text.substr(slash + 1));
  if (!numerator || !denominator || denominator->sign() <= 0) {
    return std::nullopt;
  }
  return Fraction{*numerator, *denominator}.reduced();
}

Fraction Fraction::reduced() const {
  const Integer divisor = greatest_common_divisor(numerator, denominator);
  if (divisor == Integer(1)) {
    return *this;
  }
  return {divide(numerator, divisor).quotient, divide(denominator, divisor).quotient};
}

std::string Fraction::to_text() const {
  const Fraction lowest = reduced();
  return lowest.denominator == Integer(1)
             ? lowest.numerator.to_text()
             : lowest.numerator.to_text() + "/" + lowest.denominator.to_text();
}

double Fraction::to_double() const {
  const double below = denominator.to_double();
  if (std::isfinite(below)) {
    return numerator.to_double() / below;
  }
  return divide(numerator, denominator).quotient.to_double();
}

std::strong_ordering operator<=>(const Fraction& left, const Fraction& right) {
  if (left.denominator == right.denominator) {
    return left.numerator <=> right.numerator;
  }
  return left.numerator * right.denominator <=> right.numerator * left.denominator;
}

Fraction operator+(const Fraction& left, const Fraction& right) {
  if (left.denominator == right.denominator) {
    return {left.numerator + right.numerator, left.denominator};
  }
  return {left.numerator * right.denominator + right.numerator * left.denominator,
          left.denominator * right.denominator};
}

Fraction operator-(const Fraction& left, const Fraction& right) {
  return left + Fraction{-right.numerator, right.denominator};
}

Fraction operator*(const Fraction& left, const Fraction& right) {
  return {left.numerator * right.numerator, left.denominator * right.denominator};
}

Fraction operator/(const Fraction& left, const Fraction& right) {
  TRUCE_CHECK(!right.numerator.is_zero(), "nothing is divided by zero");
  Fraction quotient = {left.numerator * right.denominator, left.denominator * right.numerator};
  if (quotient.denominator.is_negative()) {
    quotient = {-quotient.numerator, -quotient.denominator};
  }
  return quotient;
}

}  // namespace truce::packages
