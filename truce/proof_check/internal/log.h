// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gmpxx.h>

namespace truce::proof_check::internal {

using Numbers = std::vector<mpz_class>;
using Indices = std::vector<std::size_t>;

/// A log, word by word, with one space or line end behind each. Every call throws
/// std::runtime_error, with the number of the line, where the log does not go on as it is asked.
class Log {
 public:
  explicit Log(std::string_view text) : text_(text) {}

  void require(bool is_right, const char* what) const {
    if (!is_right) {
      const auto line = 1 + std::ranges::count(text_.substr(0, last_), '\n');
      throw std::runtime_error("line " + std::to_string(line) + ": " + what);
    }
  }
  /// The word that comes next; nothing where the log is over.
  [[nodiscard]] std::string_view peek() const {
    return rest().substr(0, rest().find_first_of(" \n"));
  }
  std::string_view word() {
    last_ = next_;
    const std::string_view word = peek();
    next_ = std::min(next_ + word.size() + 1, text_.size());
    return word;
  }
  bool take(std::string_view word) { return peek() == word && this->word() == word; }
  mpz_class number() {
    mpz_class value;
    require(value.set_str(std::string(word()), 10) == 0, "a whole number is expected");
    return value;
  }
  std::size_t index(std::size_t below) {
    const mpz_class value = number();
    require(value >= 0 && value < below, "a smaller number is expected, not below zero");
    return value.get_ui();
  }
  Numbers numbers(std::size_t count) {
    Numbers numbers(count);
    std::ranges::generate(numbers, [&] { return number(); });
    return numbers;
  }
  /// Leaves out the rest of the line, a name on which nothing depends.
  void skip() { next_ = std::min(text_.find('\n', next_), text_.size() - 1) + 1; }
  /// What was read, and what was not yet.
  [[nodiscard]] std::string_view before() const { return text_.substr(0, next_); }
  [[nodiscard]] std::string_view rest() const { return text_.substr(next_); }

 private:
  std::string_view text_;
  std::size_t last_ = 0;
  std::size_t next_ = 0;
};

}  // namespace truce::proof_check::internal
