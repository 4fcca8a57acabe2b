// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace truce::language {

/// What a character can do in a word.
enum class LetterCase : std::uint8_t { None, Lower, Upper };

/// The case of a letter in the Latin, Greek and Cyrillic scripts; None for all else, as for scripts
/// without capitals, whose names stand between guillemets. Does not depend on a locale.
LetterCase letter_case(char32_t letter);

/// Whether the character is a letter of a script without capitals, such as Arabic or Hebrew.
bool is_uncased_letter(char32_t letter);

/// Whether the character is an accent that joins the letter before it.
bool is_combining(char32_t letter);

}  // namespace truce::language
