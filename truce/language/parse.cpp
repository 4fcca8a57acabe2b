// SPDX-License-Identifier: Apache-2.0
#include "truce/language/parse.h"

#include <utility>
#include <vector>

#include "truce/language/internal/parser.h"
#include "truce/language/lexer.h"

namespace truce::language {

SyntaxTree parse(base::SourceText text, std::uint32_t source, diagnostics::Sink& sink) {
  std::vector<Token> tokens = lex(text, source, sink);
  SyntaxTree tree(std::move(text), source, std::move(tokens));
  Parser(tree, sink).document();
  return tree;
}

}  // namespace truce::language
