// SPDX-License-Identifier: Apache-2.0
// Any text is read as a position without a fault. Its tokens are the text; one without errors is
// laid out in one way, with the same words and the same sentences, and laid out again it stays.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "truce/base/check.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/talks/position_syntax.h"

namespace {

namespace talks = truce::talks;

std::vector<std::string> words(const talks::PositionSyntax& position) {
  std::vector<std::string> made;
  for (const truce::language::Token& token : position.tokens) {
    if (token.kind != truce::language::TokenKind::Whitespace) {
      std::string word(position.text.slice({0, token.begin, token.end}));
      while (token.kind == truce::language::TokenKind::Comment && !word.empty() &&
             (word.back() == ' ' || word.back() == '\t' || word.back() == '\r')) {
        word.pop_back();
      }
      made.push_back(std::move(word));
    }
  }
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  truce::diagnostics::Sink sink;
  const auto read = talks::parse_position(truce::base::SourceText("fuzz", input), 0, sink);
  std::string joined;
  for (const truce::language::Token& token : read.tokens) {
    joined += read.text.slice({0, token.begin, token.end});
  }
  TRUCE_CHECK(joined == input, "the tokens are not the text");
  if (sink.has_errors()) {
    return 0;
  }
  const std::string once = talks::format(read);
  const auto again = talks::parse_position(truce::base::SourceText("fuzz", once), 0, sink);
  TRUCE_CHECK(!sink.has_errors(), "what was laid out has errors");
  TRUCE_CHECK(again.sentences.size() == read.sentences.size(), "a sentence was lost");
  TRUCE_CHECK(words(again) == words(read), "a word was lost");
  TRUCE_CHECK(talks::format(again) == once, "the layout is not settled");
  return 0;
}
