// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/integer.h"

#include <algorithm>
#include <bit>
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
  explicit View(const Integer& value) : limb_(magnitude(value.word_)) {
    const auto size =
        static_cast<mp_size_t>(value.is_word() ? (limb_ == 0 ? 0 : 1) : value.limbs_.size());
    mpz_roinit_n(view_, value.is_word() ? &limb_ : value.limbs_.data(),
                 value.is_negative() ? -size : size);
  }
  View(const View&) = delete;
  View& operator=(const View&) = delete;
  [[nodiscard]] mpz_srcptr get() const { return view_; }

  static std::uint64_t magnitude(std::int64_t word) {
    const auto bits = static_cast<std::uint64_t>(word);
    return word < 0 ? ~bits + 1 : bits;
  }

 private:
  mp_limb_t limb_;
  mpz_t view_;
};

Integer& Integer::put_long(std::int64_t value) {
  word_ = value < 0 ? -1 : 1;
  limbs_.assign(1, View::magnitude(value));
  return *this;
}

Integer Integer::from_limbs(std::vector<std::uint64_t> limbs, bool is_negative) {
  while (!limbs.empty() && limbs.back() == 0) {
    limbs.pop_back();
  }
  Integer made;
  if (limbs.empty()) {
    return made;
  }
  if (limbs.size() == 1 && limbs[0] <= static_cast<std::uint64_t>(kLargestWord)) {
    const auto magnitude = static_cast<std::int64_t>(limbs[0]);
    made.word_ = is_negative ? -magnitude : magnitude;
    return made;
  }
  made.word_ = is_negative ? -1 : 1;
  made.limbs_ = std::move(limbs);
  return made;
}

std::vector<std::uint64_t> Integer::limbs() const {
  return is_word() && !is_zero() ? std::vector{View::magnitude(word_)} : limbs_;
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

std::size_t Integer::bits() const {
  return is_word() ? static_cast<std::size_t>(std::bit_width(View::magnitude(word_)))
                   : mpz_sizeinbase(View(*this).get(), 2);
}

std::optional<std::int64_t> Integer::long_to_int64() const {
  if (bits() > 63) {
    return std::nullopt;
  }
  const auto value = static_cast<std::int64_t>(limbs_[0]);
  return is_negative() ? -value : value;
}

// A word may have more binary digits than a double, and GMP cuts them off.
double Integer::to_double() const { return mpz_get_d(View(*this).get()); }

Integer Integer::operator-() const {
  Integer negated = *this;
  negated.word_ = -negated.word_;
  return negated;
}

Integer& Integer::add(const Integer& other) {
  Number sum;
  mpz_add(sum.get(), View(*this).get(), View(other).get());
  return *this = sum.taken();
}

Integer& Integer::subtract(const Integer& other) {
  Number difference;
  mpz_sub(difference.get(), View(*this).get(), View(other).get());
  return *this = difference.taken();
}

Integer& Integer::multiply(const Integer& other) {
  Number product;
  mpz_mul(product.get(), View(*this).get(), View(other).get());
  return *this = product.taken();
}

std::strong_ordering Integer::compare(const Integer& left, const Integer& right) {
  return mpz_cmp(View(left).get(), View(right).get()) <=> 0;
}

Division divide(const Integer& value, const Integer& divisor) {
  TRUCE_CHECK(!divisor.is_zero(), "nothing is divided by zero");
  if (value.is_word() && divisor.is_word()) {
    return {value.word_ / divisor.word_, value.word_ % divisor.word_};
  }
  Integer::Number quotient;
  Integer::Number remainder;
  mpz_tdiv_qr(quotient.get(), remainder.get(), Integer::View(value).get(),
              Integer::View(divisor).get());
  return {quotient.taken(), remainder.taken()};
}

Integer greatest_common_divisor(const Integer& left, const Integer& right) {
  if (left.is_word() && right.is_word()) {
    return std::gcd(left.word_, right.word_);
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
