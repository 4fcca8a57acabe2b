// SPDX-License-Identifier: Apache-2.0
#include "truce/language/internal/words.h"

#include <array>
#include <iterator>

namespace truce::language {
namespace {

constexpr std::string_view kTexts[] = {
    "the end of the text",
    "a name",
    "a word",
    "a number",
    "a number",
    "a clause number such as `1.1`",
    "a date such as `2030-02-01`",
    "a time such as `06:00`",
    "text in double quotes",
    "`;`",
    "`.`",
    "`,`",
    "`:`",
    "`=`",
    "`+`",
    "`-`",
    "`|`",
    "`[`",
    "`]`",
    "a verb",
#define TRUCE_WORD(symbol, text) text,
#include "truce/language/internal/words.def"
#undef TRUCE_WORD
};

constexpr std::size_t kSlots = 1024;
static_assert(std::size(kTexts) < 256, "a symbol is one byte");
static_assert(std::size(kTexts) * 4 < kSlots, "the table of words is sparse, so that it is fast");

constexpr std::size_t slot_of(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char letter : text) {
    hash = (hash ^ static_cast<std::uint8_t>(letter)) * 16777619U;
  }
  return (hash ^ (hash >> 15)) % kSlots;
}

// Slots hold the number of a word, 0 where empty.
constexpr std::array<std::uint8_t, kSlots> make_table() {
  std::array<std::uint8_t, kSlots> table{};
  for (std::size_t word = kFirstWord; word < std::size(kTexts); ++word) {
    std::size_t slot = slot_of(kTexts[word]);
    while (table[slot] != 0) {
      slot = (slot + 1) % kSlots;
    }
    table[slot] = static_cast<std::uint8_t>(word);
  }
  return table;
}

constexpr std::array<std::uint8_t, kSlots> kTable = make_table();

}  // namespace

std::size_t symbol_count() { return std::size(kTexts); }

Symbol find_word(std::string_view text) {
  std::size_t slot = slot_of(text);
  while (kTable[slot] != 0) {
    if (kTexts[kTable[slot]] == text) {
      return static_cast<Symbol>(kTable[slot]);
    }
    slot = (slot + 1) % kSlots;
  }
  return Symbol::Word;
}

std::string_view symbol_text(Symbol symbol) { return kTexts[static_cast<std::size_t>(symbol)]; }

}  // namespace truce::language
