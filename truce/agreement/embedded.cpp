// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/embedded.h"

#include <string>

#include "truce/agreement/from_syntax.h"
#include "truce/agreement/internal/embedded_texts.h"
#include "truce/language/parse.h"

namespace truce::agreement {

std::optional<std::string_view> embedded_vocabulary(std::string_view name) {
  if (name == kCeasefire1) {
    return internal::kCeasefire1Text;
  }
  return std::nullopt;
}

std::optional<Vocabulary> read_embedded_vocabulary(std::string_view name) {
  const auto text = embedded_vocabulary(name);
  if (!text) {
    return std::nullopt;
  }
  diagnostics::Sink sink;
  const auto tree =
      language::parse(base::SourceText(std::string(name), std::string(*text)), 0, sink);
  return read_vocabulary(tree, sink);
}

std::vector<std::string_view> embedded_vocabulary_names() { return {kCeasefire1}; }

}  // namespace truce::agreement
