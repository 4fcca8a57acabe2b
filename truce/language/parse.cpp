// SPDX-License-Identifier: Apache-2.0
#include "truce/language/parse.h"

#include <string_view>
#include <utility>
#include <vector>

#include "truce/language/internal/parser.h"
#include "truce/language/lexer.h"

namespace truce::language {

namespace {

// Whether every other byte of the beginning is NUL, or a byte-order mark of UTF-16 stands there:
// read as UTF-8 such a text would be hundreds of problems.
bool is_utf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return true;
  }
  constexpr std::size_t kLooked = 16;
  if (text.size() < kLooked) {
    return false;
  }
  std::size_t nuls[2] = {0, 0};
  for (std::size_t at = 0; at < kLooked; ++at) {
    nuls[at % 2] += text[at] == '\0' ? 1 : 0;
  }
  return (nuls[0] == kLooked / 2 && nuls[1] == 0) || (nuls[1] == kLooked / 2 && nuls[0] == 0);
}

}  // namespace

SyntaxTree parse(base::SourceText text, std::uint32_t source, diagnostics::Sink& sink) {
  if (is_utf16(text.text())) {
    const std::uint32_t size = text.size();
    sink.add({.kind = diagnostics::Kind::Utf16, .span = {source, 0, 2}});
    SyntaxTree tree(std::move(text), source,
                    {{TokenKind::Invalid, 0, size}, {TokenKind::End, size, size}});
    Parser(tree, sink).document();
    return tree;
  }
  std::vector<Token> tokens = lex(text, source, sink);
  SyntaxTree tree(std::move(text), source, std::move(tokens));
  Parser(tree, sink).document();
  return tree;
}

}  // namespace truce::language
