// SPDX-License-Identifier: Apache-2.0
// Property: the tokens of any bytes are those bytes, in order, without gaps, and end once.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "truce/base/check.h"
#include "truce/base/source_text.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/language/lexer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const truce::base::SourceText text("fuzz.truce",
                                     std::string(reinterpret_cast<const char*>(data), size));
  truce::diagnostics::Sink sink;
  const std::vector<truce::language::Token> tokens = truce::language::lex(text, 0, sink);
  std::uint32_t at = 0;
  for (const truce::language::Token& token : tokens) {
    const bool is_end = token.kind == truce::language::TokenKind::End;
    TRUCE_CHECK(token.begin == at, "a token begins where the one before ends");
    TRUCE_CHECK(is_end == (&token == &tokens.back()), "the end comes once, last");
    TRUCE_CHECK(is_end ? token.end == token.begin : token.end > token.begin,
                "every token but the end has text");
    at = token.end;
  }
  TRUCE_CHECK(at == text.size(), "the tokens cover the text");
  return 0;
}
