// SPDX-License-Identifier: Apache-2.0
// Property: any text that resolves without errors is analysed to the end; findings are about
// clauses that there are, point into the text, and come out the same twice. A line `%%` parts
// agreement and companion.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/analysis/analyse.h"
#include "truce/base/check.h"
#include "truce/base/source_text.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/language/parse.h"

namespace {

namespace agreement = truce::agreement;
namespace analysis = truce::analysis;
namespace language = truce::language;

constexpr std::string_view kSeparator = "\n%%\n";
// A draft is a few pages; longer ones only slow the search.
constexpr std::size_t kMaxSize = 1 << 14;

void check_findings(const agreement::Agreement& text, const analysis::Analysis& result,
                    const std::vector<std::string>& parts) {
  const auto is_inside = [&](truce::base::Span span) {
    return span.source < parts.size() && span.begin <= span.end &&
           span.end <= parts[span.source].size();
  };
  for (const analysis::Finding& finding : result.findings) {
    TRUCE_CHECK(!finding.message.empty(), "a finding says what it is");
    TRUCE_CHECK(is_inside(finding.span), "a finding points into its text");
    for (const agreement::ClauseId clause : finding.clauses) {
      TRUCE_CHECK(clause.index < text.clauses.size(), "a finding is about clauses");
    }
    for (const truce::diagnostics::Label& label : finding.labels) {
      TRUCE_CHECK(is_inside(label.span), "a label points into its text");
    }
    for (const analysis::Repair& repair : finding.repairs) {
      for (const analysis::Edit& edit : repair.edits) {
        TRUCE_CHECK(is_inside(edit.span), "an edit is of the text");
      }
    }
  }
  for (const analysis::Absence& absence : result.absent) {
    for (const analysis::Finding& finding : result.findings) {
      TRUCE_CHECK(finding.code != absence.code, "what is found is not absent");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const agreement::Vocabulary kVocabulary =
      *agreement::read_embedded_vocabulary(agreement::kCeasefire1);
  if (size > kMaxSize) {
    return 0;
  }
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> parts;
  const std::size_t end = all.find(kSeparator);
  parts.emplace_back(all.substr(0, end));
  if (end != std::string_view::npos) {
    parts.emplace_back(all.substr(end + kSeparator.size()));
  }
  truce::diagnostics::Sink sink;
  std::vector<std::unique_ptr<language::SyntaxTree>> trees;
  std::vector<const language::SyntaxTree*> views;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    trees.push_back(std::make_unique<language::SyntaxTree>(language::parse(
        truce::base::SourceText("text", parts[i]), static_cast<std::uint32_t>(i), sink)));
    views.push_back(trees.back().get());
  }
  const agreement::Agreement text = agreement::from_syntax(views, {kVocabulary, {}}, sink);
  if (sink.has_errors()) {
    return 0;
  }
  const analysis::Analysis first = analysis::analyse(text, sink);
  check_findings(text, first, parts);
  const analysis::Analysis second = analysis::analyse(text, sink);
  TRUCE_CHECK(first.findings.size() == second.findings.size(), "the same text, the same findings");
  return 0;
}
