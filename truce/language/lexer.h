// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "truce/base/source_text.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/language/token.h"

namespace truce::language {

/// The tokens of any text, in order and without gaps, then one End. What begins no token is
/// reported once per run and stands in Invalid tokens. Linear in the text.
std::vector<Token> lex(const base::SourceText& text, std::uint32_t source, diagnostics::Sink& sink);

/// Whether a token has the closing sign that its first sign asks for, if it asks for one.
bool is_closed(std::string_view token_text);

}  // namespace truce::language
