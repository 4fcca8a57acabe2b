// SPDX-License-Identifier: Apache-2.0
#include "truce/prose/internal/phrase_table.h"

#include "truce/prose/internal/template.h"

namespace truce::prose::internal {
namespace {

struct Row {
  std::string_view key;
  std::string_view slots;
};

constexpr Row kRows[] = {
#define TRUCE_PHRASE(key, slots) {key, slots},
#include "truce/prose/phrases.def"
#undef TRUCE_PHRASE
};

}  // namespace

std::vector<std::string> phrase_keys() {
  std::vector<std::string> keys;
  for (const Row& row : kRows) {
    keys.emplace_back(row.key);
  }
  return keys;
}

std::optional<std::vector<std::string>> phrase_slots(std::string_view key) {
  for (const Row& row : kRows) {
    if (row.key == key) {
      return split_words(row.slots);
    }
  }
  return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> fixed_entries() {
  std::vector<std::pair<std::string, std::string>> entries;
  const auto add = [&](const char* section, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
      entries.emplace_back(section, key);
    }
  };
  add("unit", {"second", "minute", "hour", "day", "month", "metre", "kilometre", "mm", "km"});
  add("month", {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"});
  add("agent",
      {"each_party", "parties", "another_party", "each_guarantor", "guarantors", "its_guarantor",
       "each_partys_guarantor", "its_party", "same_party", "no_one", "anyone"});
  add("determiner", {"any", "all", "that", "each", "another", "same"});
  add("role",
      {"* object", "* with", "* to", "* from", "* into", "* over", "* along", "* away from",
       "* away from at least", "* through", "* on", "* in", "* between", "* against", "* for"});
  return entries;
}

}  // namespace truce::prose::internal
