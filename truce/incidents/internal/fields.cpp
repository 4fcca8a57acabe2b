// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/fields.h"

#include <charconv>
#include <cmath>
#include <memory>
#include <system_error>

namespace truce::incidents {
namespace {

template <typename Number>
std::optional<Number> parse_whole(std::string_view text) {
  // A leading plus is common in coordinates and unknown to from_chars.
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') {
    text.remove_prefix(1);
  }
  Number number{};
  const char* begin = std::to_address(text.begin());
  const char* end = std::to_address(text.end());
  const auto read = std::from_chars(begin, end, number);
  if (read.ec != std::errc{} || read.ptr != end) {
    return std::nullopt;
  }
  return number;
}

}  // namespace

bool is_space(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

std::optional<double> parse_number(std::string_view text) {
  const auto number = parse_whole<double>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  return parse_whole<std::int64_t>(text);
}

}  // namespace truce::incidents
