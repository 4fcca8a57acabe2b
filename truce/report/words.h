// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace truce::report {

/// Every word a reader of a report sees that is neither data nor a sentence of the replay, by key.
/// They stand in page/words.txt, one `key = text` a line.
class Words {
 public:
  using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  static Words english();
  explicit Words(std::string_view file);

  /// The text of `key`. A key that is not in the file is a bug.
  [[nodiscard]] const std::string& operator()(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;
  /// The text of `key` with each `{name}` replaced.
  [[nodiscard]] std::string fill(std::string_view key, Values values) const;
  /// `key.one` for 1, else `key.many`, with `{n}` replaced.
  [[nodiscard]] std::string count(std::string_view key, std::uint64_t count) const;
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const {
    return texts_;
  }

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

/// `6,170`.
std::string grouped(std::uint64_t number);

}  // namespace truce::report
