// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "truce/prose/lexicon.h"
#include "truce/prose/text.h"

namespace truce::prose::internal {

/// One word on its way into a sentence, or a bracket of disputed text.
struct Word {
  enum class What : std::uint8_t { Text, Open, Close };
  What what = What::Text;
  // For Close: who proposed it.
  std::string text;
  // Not from a lexicon: it is never contracted with the word before it.
  bool is_name = false;
  // No space before it, none behind it.
  bool is_tight = false;
  bool is_open = false;
  // Written with a `*`: short words are not cut before it.
  bool is_aspirate = false;

  friend bool operator==(const Word&, const Word&) = default;
};

using Words = std::vector<Word>;

void append(Words& words, const Words& more);
/// A word or words from outside the lexicon, as they stand.
Word name_word(std::string_view text);
/// A word of the lexicon: `*` at its front and `~` at its end are read as signs.
Word lexicon_word(std::string_view text);

/// Words cut and contracted by the rules of the lexicon; doing it again changes nothing.
Words settled(Words words, const Lexicon& lexicon);

/// The alternatives of a bracket, each with its proposers: what all begin and end with stands
/// once, the rest in brackets; an empty rest is `no_text`.
Words disputed(const std::vector<std::pair<std::string, Words>>& alternatives,
               const Words& no_text);

/// Words joined, cut and contracted by the rules of the lexicon; a sentence begins with a capital.
Text realise(Words words, const Lexicon& lexicon, bool is_sentence);

}  // namespace truce::prose::internal
