// SPDX-License-Identifier: Apache-2.0
#include "truce/language/internal/letters.h"

namespace truce::language {
namespace {

bool is_within(char32_t letter, char32_t first, char32_t last) {
  return letter >= first && letter <= last;
}

LetterCase upper_if(bool is_upper) { return is_upper ? LetterCase::Upper : LetterCase::Lower; }

// Latin Extended-A and -B: capitals and small letters alternate, in some stretches the other way.
LetterCase extended_latin_case(char32_t letter) {
  const bool is_shifted =
      is_within(letter, 0x139, 0x148) || is_within(letter, 0x179, 0x17E) || letter == 0x178;
  if (letter == 0x178) {
    return LetterCase::Upper;
  }
  if (letter == 0x138 || letter == 0x149 || letter == 0x17F) {
    return LetterCase::Lower;
  }
  return upper_if((letter % 2 == 0) != is_shifted);
}

LetterCase greek_case(char32_t letter) {
  const bool is_upper = letter == 0x386 || is_within(letter, 0x388, 0x38F) ||
                        is_within(letter, 0x391, 0x3A9) || letter == 0x3AA || letter == 0x3AB;
  return upper_if(is_upper);
}

LetterCase cyrillic_case(char32_t letter) {
  if (letter < 0x430) {
    return LetterCase::Upper;
  }
  if (letter < 0x460) {
    return LetterCase::Lower;
  }
  if (is_within(letter, 0x4C0, 0x4CE)) {
    return upper_if(letter == 0x4C0 || letter % 2 == 1);
  }
  return letter == 0x4CF ? LetterCase::Lower : upper_if(letter % 2 == 0);
}

}  // namespace

LetterCase letter_case(char32_t letter) {
  if (letter < 0x80) {
    const bool is_upper = letter >= U'A' && letter <= U'Z';
    const bool is_lower = letter >= U'a' && letter <= U'z';
    return is_upper ? LetterCase::Upper : is_lower ? LetterCase::Lower : LetterCase::None;
  }
  if (is_within(letter, 0xC0, 0xFF)) {
    // The signs of multiplication and division stand among the letters.
    if (letter == 0xD7 || letter == 0xF7) {
      return LetterCase::None;
    }
    return upper_if(letter < 0xDF);
  }
  if (is_within(letter, 0x100, 0x24F)) {
    return extended_latin_case(letter);
  }
  if (is_within(letter, 0x386, 0x3CE) && letter != 0x387 && letter != 0x38B && letter != 0x38D &&
      letter != 0x3A2) {
    return greek_case(letter);
  }
  if (is_within(letter, 0x400, 0x52F) && !is_within(letter, 0x482, 0x489)) {
    return cyrillic_case(letter);
  }
  if (is_within(letter, 0x1E00, 0x1EFF)) {
    return upper_if(letter % 2 == 0);
  }
  return LetterCase::None;
}

bool is_uncased_letter(char32_t letter) {
  struct Range {
    char32_t first;
    char32_t last;
  };
  // Armenian to Ethiopic, with the accents that stand among the letters; then the scripts of East
  // Asia, and the forms that Arabic letters take in a word.
  static constexpr Range kRanges[] = {
      {0x531, 0x556},   {0x561, 0x587},   {0x591, 0x5C7},   {0x5D0, 0x5EA},   {0x620, 0x669},
      {0x66E, 0x6D3},   {0x6D5, 0x6DC},   {0x6DF, 0x6FF},   {0x710, 0x74A},   {0x750, 0x7B1},
      {0x8A0, 0x8E1},   {0x900, 0x963},   {0x966, 0xDF3},   {0xE01, 0xE4E},   {0xE81, 0xEDF},
      {0x10A0, 0x10FF}, {0x1200, 0x135A}, {0x3041, 0x30FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},
      {0xAC00, 0xD7A3}, {0xFB50, 0xFBB1}, {0xFBD3, 0xFD3D}, {0xFE70, 0xFEFC},
  };
  if (letter < kRanges[0].first) {
    return false;
  }
  for (const Range& range : kRanges) {
    if (is_within(letter, range.first, range.last)) {
      return true;
    }
  }
  return false;
}

bool is_combining(char32_t letter) { return is_within(letter, 0x300, 0x36F); }

}  // namespace truce::language
