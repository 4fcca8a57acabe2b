// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace truce::language {

/// What the parser sees in place of a token: a sign, a class of tokens, or a fixed word.
enum class Symbol : std::uint8_t {
  End,
  Name,
  // A lower-case word that is no fixed word.
  Word,
  // Whole, such as 48.
  Number,
  // With one point, such as 3.5: a number or a clause, as the place demands.
  Decimal,
  // With more points or a letter, such as 5.1a.
  Clause,
  Date,
  Time,
  String,
  Semicolon,
  Stop,
  Comma,
  Colon,
  Equals,
  Plus,
  Minus,
  Bar,
  OpenBracket,
  CloseBracket,
  // Never in a text, only among what is expected: any lower-case word that may stand for an act.
  Verb,
#define TRUCE_WORD(symbol, text) symbol,
#include "truce/language/internal/words.def"
#undef TRUCE_WORD
};

constexpr std::size_t kFirstWord = static_cast<std::size_t>(Symbol::Verb) + 1;

/// One more than the greatest symbol.
std::size_t symbol_count();

/// The fixed word with that text, else Symbol::Word.
Symbol find_word(std::string_view text);

/// The text of a fixed word; for the others how a message calls them, such as "a name" or "`;`".
std::string_view symbol_text(Symbol symbol);

constexpr bool is_fixed_word(Symbol symbol) {
  return static_cast<std::size_t>(symbol) >= kFirstWord;
}

}  // namespace truce::language
