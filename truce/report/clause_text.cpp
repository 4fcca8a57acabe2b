// SPDX-License-Identifier: Apache-2.0
#include "truce/report/clause_text.h"

#include <algorithm>
#include <string_view>

namespace truce::report {
namespace {

// The parts of a clause between its semicolons, quoted text left whole; the stop that ends each is
// no part of it.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  bool is_quoted = false;
  std::size_t begin = 0;
  const auto add = [&](std::string_view part) {
    const std::size_t end = part.find_last_not_of(" ;.");
    if (end != std::string_view::npos) {
      parts.push_back(part.substr(0, end + 1));
    }
  };
  for (std::size_t index = 0; index < text.size(); ++index) {
    is_quoted = is_quoted != (text[index] == '"');
    if (text[index] == ';' && !is_quoted) {
      add(text.substr(begin, index - begin));
      begin = std::min(text.find_first_not_of(' ', index + 1), text.size());
    }
  }
  add(text.substr(begin));
  return parts;
}

std::string_view between_quotes(std::string_view text) {
  const std::size_t open = text.find('"');
  const std::size_t close = text.rfind('"');
  return open == close ? text : text.substr(open + 1, close - open - 1);
}

}  // namespace

ClauseText clause_text(const agreement::Clause& clause) {
  std::string_view text = clause.text;
  if (text.starts_with(clause.number + " ")) {
    text.remove_prefix(clause.number.size() + 1);
  }
  ClauseText result;
  const std::vector<std::string_view> parts = parts_of(text);
  for (std::size_t index = 0; index < parts.size(); ++index) {
    if (index == 0) {
      result.rule = parts[0];
    } else if (parts[index].starts_with("note ")) {
      result.notes.emplace_back(between_quotes(parts[index]));
    } else {
      result.particulars.emplace_back(parts[index]);
    }
  }
  return result;
}

}  // namespace truce::report
