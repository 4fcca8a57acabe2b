// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/daily/daily.h"
#include "truce/daily/names.h"

namespace truce::daily {

/// The codes of the languages that a report can be written in, sorted.
std::vector<std::string> languages();
bool is_language(std::string_view code);

/// The report as PDF in A4. Equal reports, languages and names give equal bytes, wherever and
/// whenever. `language` is one of languages(). Fails with NotFound where a font is not installed.
base::Result<std::string> to_pdf(const Report& report, std::string_view language,
                                 const Names& names);

}  // namespace truce::daily
