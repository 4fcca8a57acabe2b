// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/language/parse.h"

namespace truce::agreement {

/// The vocabulary that is part of the program.
inline Vocabulary ceasefire_1() {
  const std::string_view name = "truce/ceasefire-1";
  diagnostics::Sink sink;
  const auto tree = language::parse(
      base::SourceText(std::string(name), std::string(embedded_vocabulary(name).value())), 0, sink);
  Vocabulary vocabulary = read_vocabulary(tree, sink);
  TRUCE_CHECK(sink.all().empty(), "the vocabulary of the program has no mistakes");
  return vocabulary;
}

/// An agreement as read from texts, the companion second, with what was said of it.
struct ReadText {
  std::vector<std::unique_ptr<language::SyntaxTree>> trees;
  diagnostics::Sink sink;
  Agreement agreement;

  /// The codes of what was said, in order of place.
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const diagnostics::Diagnostic& diagnostic : sink.sorted()) {
      codes.emplace_back(diagnostics::info(diagnostic.kind).code);
    }
    return codes;
  }
  [[nodiscard]] const Clause& clause(std::string_view number) const {
    const auto id = agreement.find_clause(number);
    TRUCE_CHECK(id.has_value(), "the test names a clause of its text");
    return agreement.clause(*id);
  }
};

inline ReadText read_texts(const std::vector<std::string>& texts, const AnnexFiles& annexes = {}) {
  ReadText read;
  std::vector<const language::SyntaxTree*> trees;
  for (const std::string& text : texts) {
    const auto source = static_cast<std::uint32_t>(read.trees.size());
    read.trees.push_back(std::make_unique<language::SyntaxTree>(language::parse(
        base::SourceText("text " + std::to_string(source), text), source, read.sink)));
    trees.push_back(read.trees.back().get());
  }
  read.agreement = from_syntax(trees, {ceasefire_1(), annexes}, read.sink);
  return read;
}

/// A header, two parties and a moment, for texts that need no others.
inline std::string with_heading(std::string_view text) {
  return "truce \"Test\"; clock Local at UTC+02:00; days of 24 hours; "
         "vocabulary \"truce/ceasefire-1\".\n"
         "parties North; South.\n"
         "guarantors Aland ensures compliance of North; Borland ensures compliance of South.\n"
         "moments D = 2030-02-01 06:00.\n" +
         std::string(text);
}

}  // namespace truce::agreement
