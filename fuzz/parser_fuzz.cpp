// SPDX-License-Identifier: Apache-2.0
// Property: any bytes have a tree that holds each significant token once, messages point inside the
// text, and every renderer copes with them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "truce/base/check.h"
#include "truce/base/source_text.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/diagnostics/render.h"
#include "truce/language/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  truce::diagnostics::Sink sink;
  const truce::language::SyntaxTree tree = truce::language::parse(
      truce::base::SourceText("fuzz.truce", std::string(reinterpret_cast<const char*>(data), size)),
      0, sink);
  std::vector<int> owners(tree.tokens().size(), 0);
  for (const truce::language::Element& element : tree.elements()) {
    if (element.is_token) {
      ++owners[element.index];
    }
  }
  for (std::size_t token = 0; token + 1 < owners.size(); ++token) {
    const int expected = truce::language::is_trivia(tree.tokens()[token].kind) ? 0 : 1;
    TRUCE_CHECK(owners[token] == expected, "a significant token is the child of one node");
  }
  bool has_error_node = false;
  for (const truce::language::SyntaxTree::Node& node : tree.nodes()) {
    has_error_node = has_error_node || node.kind == truce::language::NodeKind::Error;
  }
  TRUCE_CHECK(!has_error_node || sink.has_errors(), "text that fits nowhere is reported");
  const std::vector<truce::diagnostics::Diagnostic> messages = sink.sorted();
  for (const truce::diagnostics::Diagnostic& message : messages) {
    TRUCE_CHECK(message.span.begin <= message.span.end && message.span.end <= size,
                "a message points into the text");
  }
  const std::vector<const truce::base::SourceText*> sources = {&tree.source_text()};
  const bool is_ascii = size % 2 == 0;
  const std::string page = truce::diagnostics::to_terminal(
      messages, sources, {.use_colour = false, .use_unicode = !is_ascii, .width = 60});
  for (const char letter : page) {
    const auto value = static_cast<unsigned char>(letter);
    TRUCE_CHECK(value >= 0x20 || letter == '\n', "no text drives the terminal");
    TRUCE_CHECK(!is_ascii || value < 0x80, "without Unicode all is ASCII");
  }
  TRUCE_CHECK(truce::diagnostics::to_lines(messages, sources).empty() == messages.empty(),
              "every message has a line");
  return 0;
}
