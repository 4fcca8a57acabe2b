// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace truce::daily::internal {

// The files in words/, compiled in.
extern const std::string_view kWordsArabic;
extern const std::string_view kWordsEnglish;
extern const std::string_view kWordsFrench;
extern const std::string_view kWordsRussian;

/// The file of a language; empty where there is none.
std::string_view words_of(std::string_view language);

}  // namespace truce::daily::internal
