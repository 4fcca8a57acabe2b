// SPDX-License-Identifier: Apache-2.0
// Property: formatting any bytes keeps the structure and every comment, and is done after one pass.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "truce/base/check.h"
#include "truce/base/source_text.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/language/format.h"
#include "truce/language/parse.h"

namespace {

// The comments of a text, joined, without the spaces at their ends.
std::string comments_of(const truce::language::SyntaxTree& tree) {
  std::string comments;
  for (std::uint32_t token = 0; token < tree.tokens().size(); ++token) {
    if (tree.tokens()[token].kind == truce::language::TokenKind::Comment) {
      std::string_view text = tree.token_text(token);
      text = text.substr(0, text.find_last_not_of(" \t") + 1);
      comments += text;
      comments += '\n';
    }
  }
  return comments;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  truce::diagnostics::Sink sink;
  const truce::language::SyntaxTree tree = truce::language::parse(
      truce::base::SourceText("fuzz.truce", std::string(reinterpret_cast<const char*>(data), size)),
      0, sink);
  const std::string formatted = truce::language::format(tree);
  const truce::language::SyntaxTree again =
      truce::language::parse(truce::base::SourceText("fuzz.truce", formatted), 0, sink);
  TRUCE_CHECK(truce::language::same_structure(tree, again), "formatting keeps the structure");
  TRUCE_CHECK(comments_of(tree) == comments_of(again), "formatting keeps every comment");
  TRUCE_CHECK(truce::language::format(again) == formatted, "formatting twice changes nothing");
  return 0;
}
