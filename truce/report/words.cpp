// SPDX-License-Identifier: Apache-2.0
#include "truce/report/words.h"

#include "truce/base/check.h"
#include "truce/report/internal/embedded.h"

namespace truce::report {

Words Words::english() { return Words(internal::kReportWords); }

Words::Words(std::string_view file) {
  while (!file.empty()) {
    const std::size_t end = std::min(file.find('\n'), file.size());
    const std::string_view line = file.substr(0, end);
    file.remove_prefix(std::min(end + 1, file.size()));
    const std::size_t equals = line.find(" = ");
    if (line.empty() || line.front() == '#' || equals == std::string_view::npos) {
      continue;
    }
    const bool is_new = texts_.emplace(line.substr(0, equals), line.substr(equals + 3)).second;
    TRUCE_CHECK(is_new, "a key stands once in the words of the report");
  }
}

const std::string& Words::operator()(std::string_view key) const {
  const auto found = texts_.find(key);
  TRUCE_CHECK(found != texts_.end(), "every key that is used stands in the words of the report");
  return found->second;
}

bool Words::has(std::string_view key) const { return texts_.contains(key); }

std::string Words::fill(std::string_view key, Values values) const {
  // One pass, so that braces in a value stay what they are.
  const std::string& pattern = (*this)(key);
  std::string out;
  std::size_t at = 0;
  while (at < pattern.size()) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == std::string::npos ? open : pattern.find('}', open);
    if (close == std::string::npos) {
      break;
    }
    out.append(pattern, at, open - at);
    const std::string_view name = std::string_view(pattern).substr(open + 1, close - open - 1);
    for (const auto& [value_name, value] : values) {
      if (value_name == name) {
        out += value;
      }
    }
    at = close + 1;
  }
  return out.append(pattern, at, std::string::npos);
}

std::string Words::count(std::string_view key, std::uint64_t count) const {
  const std::string full = std::string(key) + (count == 1 ? ".one" : ".many");
  return fill(full, {{"n", grouped(count)}});
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) {
    digits.insert(at - 3, 1, ',');
  }
  return digits;
}

}  // namespace truce::report
