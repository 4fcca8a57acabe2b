// SPDX-License-Identifier: Apache-2.0
#include "truce/proof_check/internal/lines.h"

#include <cstdint>

#include <fmt/format.h>

namespace truce::proof_check::internal {

std::string_view Lines::next() {
  const auto end = rest_.find('\n');
  ++line_;
  if (end == std::string_view::npos) {
    rest_ = {};
    return {};
  }
  const std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  return line;
}

std::string Lines::sum() const {
  std::uint64_t sum = 0xcbf29ce484222325;
  for (const char letter : all_.substr(0, all_.size() - rest_.size())) {
    sum = (sum ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
  }
  return fmt::format("{:016x}", sum);
}

base::Error Lines::wrong(const std::string& what) const {
  return {base::ErrorCode::Corrupt, fmt::format("line {}: {}", line_, what)};
}

Words words_of(std::string_view line) {
  Words words;
  for (;;) {
    const auto space = line.find(' ');
    words.push_back(line.substr(0, space));
    if (space == std::string_view::npos) {
      return words;
    }
    line.remove_prefix(space + 1);
  }
}

std::optional<packages::Integer> integer(std::string_view word) {
  auto read = word.size() > 2000 ? std::nullopt : packages::Integer::from_text(word);
  return read.has_value() && read->to_text() == word ? read : std::nullopt;
}

std::optional<std::size_t> index(std::string_view word) {
  const auto read = integer(word);
  const auto small = read.has_value() ? read->to_int64() : std::nullopt;
  return small.has_value() && *small >= 0 ? std::optional(static_cast<std::size_t>(*small))
                                          : std::nullopt;
}

std::optional<Worth> integers(const Words& words, std::size_t from, std::size_t to) {
  Worth read;
  for (std::size_t at = from; at < to; ++at) {
    auto one = at < words.size() ? integer(words[at]) : std::nullopt;
    if (!one.has_value()) {
      return std::nullopt;
    }
    read.push_back(std::move(*one));
  }
  return read;
}

std::optional<std::vector<std::size_t>> indices(const Words& words, std::size_t from,
                                                std::size_t to) {
  std::vector<std::size_t> read;
  for (std::size_t at = from; at < to; ++at) {
    const auto one = at < words.size() ? index(words[at]) : std::nullopt;
    if (!one.has_value()) {
      return std::nullopt;
    }
    read.push_back(*one);
  }
  return read;
}

bool is_as_much(const Worth& left, const Worth& right) {
  for (std::size_t party = 0; party < left.size(); ++party) {
    if (left[party] < right[party]) {
      return false;
    }
  }
  return true;
}

}  // namespace truce::proof_check::internal
