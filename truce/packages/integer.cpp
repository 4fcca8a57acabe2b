// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/integer.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>

#include <gmp.h>

#include "truce/base/check.h"

namespace truce::packages {

static_assert(GMP_NUMB_BITS == 64, "a limb of the library is one of ours");

// GMP's number, alive as long as this is.
class Integer::Number {
 public:
  Number() { mpz_init(number_); }
  ~Number() { mpz_clear(number_); }
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;

  mpz_ptr get() { return number_; }
  [[nodiscard]] Integer taken() const {
    const mp_limb_t* limbs = mpz_limbs_read(number_);
    return from_limbs({limbs, limbs + mpz_size(number_)}, mpz_sgn(number_) < 0);
  }

 private:
  mpz_t number_;
};

// GMP's view of a number, which must outlive it.
class Integer::View {
 public:
  explicit View(const Integer& value) {
    const auto size = static_cast<mp_size_t>(value.limbs_.size());
    mpz_roinit_n(view_, value.limbs_.data(), value.is_negative_ ? -size : size);
  }
  [[nodiscard]] mpz_srcptr get() const { return view_; }

  // Numbers of one machine word need no room beside what they have: so small that two of them can
  // be added.
  static bool is_word(const Integer& value) {
    return value.limbs_.empty() || (value.limbs_.size() == 1 && value.limbs_[0] >> 62U == 0);
  }
  static std::int64_t word(const Integer& value) {
    const auto magnitude = static_cast<std::int64_t>(value.limbs_.empty() ? 0 : value.limbs_[0]);
    return value.is_negative_ ? -magnitude : magnitude;
  }
  static Integer& put(std::int64_t word, Integer& value) {
    const auto magnitude = static_cast<std::uint64_t>(word);
    value.is_negative_ = word < 0;
    value.limbs_.assign(word == 0 ? 0 : 1, word < 0 ? ~magnitude + 1 : magnitude);
    return value;
  }

 private:
  mpz_t view_;
};

Integer::Integer(std::int64_t value) : is_negative_(value < 0) {
  const auto magnitude = static_cast<std::uint64_t>(value);
  if (value != 0) {
    limbs_ = {is_negative_ ? ~magnitude + 1 : magnitude};
  }
}

Integer Integer::from_limbs(std::vector<std::uint64_t> limbs, bool is_negative) {
  while (!limbs.empty() && limbs.back() == 0) {
    limbs.pop_back();
  }
  Integer made;
  made.limbs_ = std::move(limbs);
  made.is_negative_ = is_negative && !made.limbs_.empty();
  return made;
}

std::optional<Integer> Integer::from_text(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) {
    return std::nullopt;
  }
  Number number;
  TRUCE_CHECK(mpz_set_str(number.get(), std::string(text).c_str(), 10) == 0, "these are digits");
  const Integer magnitude = number.taken();
  return is_negative ? -magnitude : magnitude;
}

std::string Integer::to_text() const {
  const View view(*this);
  // A sign and the end beside the digits.
  std::string text(mpz_sizeinbase(view.get(), 10) + 2, '\0');
  mpz_get_str(text.data(), 10, view.get());
  text.resize(std::strlen(text.c_str()));
  return text;
}

int Integer::sign() const {
  if (is_zero()) {
    return 0;
  }
  return is_negative_ ? -1 : 1;
}

std::size_t Integer::bits() const { return is_zero() ? 0 : mpz_sizeinbase(View(*this).get(), 2); }

std::optional<std::int64_t> Integer::to_int64() const {
  if (bits() > 63) {
    return std::nullopt;
  }
  const auto value = static_cast<std::int64_t>(limbs_.empty() ? 0 : limbs_[0]);
  return is_negative_ ? -value : value;
}

double Integer::to_double() const { return mpz_get_d(View(*this).get()); }

Integer Integer::operator-() const { return from_limbs(limbs_, !is_negative_); }

Integer& Integer::operator+=(const Integer& other) {
  if (View::is_word(*this) && View::is_word(other)) {
    return View::put(View::word(*this) + View::word(other), *this);
  }
  Number sum;
  mpz_add(sum.get(), View(*this).get(), View(other).get());
  return *this = sum.taken();
}

Integer& Integer::operator-=(const Integer& other) {
  if (View::is_word(*this) && View::is_word(other)) {
    return View::put(View::word(*this) - View::word(other), *this);
  }
  Number difference;
  mpz_sub(difference.get(), View(*this).get(), View(other).get());
  return *this = difference.taken();
}

Integer& Integer::operator*=(const Integer& other) {
  std::int64_t small = 0;
  if (View::is_word(*this) && View::is_word(other) &&
      !__builtin_mul_overflow(View::word(*this), View::word(other), &small)) {
    return View::put(small, *this);
  }
  Number product;
  mpz_mul(product.get(), View(*this).get(), View(other).get());
  return *this = product.taken();
}

std::strong_ordering operator<=>(const Integer& left, const Integer& right) {
  if (Integer::View::is_word(left) && Integer::View::is_word(right)) {
    return Integer::View::word(left) <=> Integer::View::word(right);
  }
  return mpz_cmp(Integer::View(left).get(), Integer::View(right).get()) <=> 0;
}

Division divide(const Integer& value, const Integer& divisor) {
  TRUCE_CHECK(!divisor.is_zero(), "nothing is divided by zero");
  if (Integer::View::is_word(value) && Integer::View::is_word(divisor)) {
    const std::int64_t dividend = Integer::View::word(value);
    return {dividend / Integer::View::word(divisor), dividend % Integer::View::word(divisor)};
  }
  Integer::Number quotient;
  Integer::Number remainder;
  mpz_tdiv_qr(quotient.get(), remainder.get(), Integer::View(value).get(),
              Integer::View(divisor).get());
  return {quotient.taken(), remainder.taken()};
}

Integer greatest_common_divisor(const Integer& left, const Integer& right) {
  if (Integer::View::is_word(left) && Integer::View::is_word(right)) {
    return std::gcd(Integer::View::word(left), Integer::View::word(right));
  }
  Integer::Number divisor;
  mpz_gcd(divisor.get(), Integer::View(left).get(), Integer::View(right).get());
  return divisor.taken();
}

Integer power(const Integer& base, std::size_t exponent) {
  Integer::Number result;
  mpz_pow_ui(result.get(), Integer::View(base).get(), exponent);
  return result.taken();
}

}  // namespace truce::packages
