// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/packages/game.h"

namespace truce::proof_check::internal {

using Words = std::vector<std::string_view>;
using Worth = std::vector<packages::Integer>;

/// A log, line by line. Every line ends with a line end.
class Lines {
 public:
  explicit Lines(std::string_view text) : all_(text), rest_(text) {}

  [[nodiscard]] std::string_view peek() const { return rest_.substr(0, rest_.find('\n')); }
  std::string_view next();
  [[nodiscard]] bool is_done() const { return rest_.empty(); }
  /// FNV-1a, 64 bits in hexadecimal digits, of all lines before the one that comes next.
  [[nodiscard]] std::string sum() const;

  /// Corrupt, with the number of the line that was read last.
  [[nodiscard]] base::Error wrong(const std::string& what) const;

 private:
  std::string_view all_;
  std::string_view rest_;
  std::size_t line_ = 0;
};

/// Words with one space between them.
Words words_of(std::string_view line);
/// Only as they would be written.
std::optional<packages::Integer> integer(std::string_view word);
std::optional<std::size_t> index(std::string_view word);
/// Those from `from` up to `to`; none where one is none.
std::optional<Worth> integers(const Words& words, std::size_t from, std::size_t to);
std::optional<std::vector<std::size_t>> indices(const Words& words, std::size_t from,
                                                std::size_t to);

/// Everybody gets as much on the left as on the right.
bool is_as_much(const Worth& left, const Worth& right);

/// The issues of which a statement speaks are added.
template <typename Set>
void add_issues(const packages::Formula& formula, Set& issues) {
  if (formula.kind == packages::Formula::Kind::Is) {
    issues.insert(formula.is.issue);
  }
  for (const packages::Formula& part : formula.parts) {
    add_issues(part, issues);
  }
}

}  // namespace truce::proof_check::internal
