// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/texts.h"

#include <utility>

#include <fmt/format.h>

#include "truce/analysis/finding.h"
#include "truce/base/nearest_word.h"
#include "truce/diagnostics/render.h"
#include "truce/language/format.h"
#include "truce/language/parse.h"
#include "truce/talks/position_syntax.h"
#include "truce/workbench/files.h"
#include "truce/workbench/internal/skeleton_text.h"

namespace truce::workbench {
namespace {

// Puts `title` where the skeleton leaves a hole; a quote inside is doubled, as the grammar asks.
std::string with_title(std::string_view text, const std::string& title) {
  constexpr std::string_view kHole = "@TITLE@";
  std::string quoted;
  for (const char letter : title) {
    quoted += letter;
    if (letter == '"') {
      quoted += letter;
    }
  }
  std::string result(text);
  for (std::size_t at = result.find(kHole); at != std::string::npos;
       at = result.find(kHole, at + quoted.size())) {
    result.replace(at, kHole.size(), quoted);
  }
  return result;
}

}  // namespace

base::Result<FormattedFile> format_file(const std::string& path) {
  auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  diagnostics::Sink sink;
  if (path.ends_with(".position")) {
    auto position = talks::parse_position(base::SourceText(path, std::move(text).value()), 0, sink);
    std::string laid_out =
        sink.has_errors() ? std::string(position.text.text()) : talks::format(position);
    return FormattedFile{.path = path,
                         .source = std::move(position.text),
                         .formatted = std::move(laid_out),
                         .sink = std::move(sink)};
  }
  const auto tree = language::parse(base::SourceText(path, std::move(text).value()), 0, sink);
  std::string formatted =
      sink.has_errors() ? std::string(tree.source_text().text()) : language::format(tree);
  return FormattedFile{.path = path,
                       .source = tree.source_text(),
                       .formatted = std::move(formatted),
                       .sink = std::move(sink)};
}

std::vector<Explanation> explanations() {
  std::vector<Explanation> all;
  for (const diagnostics::KindInfo& info : diagnostics::catalogue()) {
    all.push_back({info.code, info.level == diagnostics::Level::Error ? "error" : "warning",
                   info.name, info.message, info.explanation});
  }
  for (const analysis::CodeInfo& info : analysis::codes()) {
    all.push_back({info.id, info.level == analysis::Level::Information ? "information" : "finding",
                   info.title, info.title, info.page});
  }
  return all;
}

base::Result<Explanation> find_explanation(const std::string& code) {
  const auto kind = diagnostics::find_kind(code);
  const auto finding = analysis::find_code(code);
  const std::string_view wanted = kind      ? diagnostics::info(*kind).code
                                  : finding ? analysis::info(*finding).id
                                            : std::string_view();
  std::vector<std::string> codes;
  for (const Explanation& one : explanations()) {
    if (one.code == wanted) {
      return one;
    }
    codes.emplace_back(one.code);
  }
  const auto nearest = base::nearest_word(code, codes);
  return base::Error{base::ErrorCode::NotFound,
                     fmt::format("there is no code {}; {}", code,
                                 nearest ? fmt::format("did you mean {}?", *nearest)
                                         : std::string("see truce explain --list"))};
}

base::Result<std::string> explain(const std::string& code) {
  const auto found = find_explanation(code);
  if (!found) {
    return found.error();
  }
  const auto kind = diagnostics::find_kind(found->code);
  return kind ? diagnostics::to_explanation(*kind) : std::string(found->explanation);
}

std::string list_codes() {
  std::string lines;
  for (const Explanation& one : explanations()) {
    lines += fmt::format("{:<6}  {:<11}  {}\n", one.code, one.level, one.message);
  }
  return lines;
}

Skeleton make_skeleton(const std::string& title) {
  return {.agreement = with_title(internal::kSkeletonAgreement, title),
          .companion = with_title(internal::kSkeletonCompanion, title)};
}

base::Result<ScenarioRun> run_scenarios(const std::string& path) {
  auto file = read_agreement(path);
  if (!file) {
    return file.error();
  }
  ScenarioRun run{.file = std::move(file).value(), .results = {}};
  if (!run.file.sink.has_errors()) {
    run.results = semantics::run_scenarios(run.file.agreement);
  }
  return run;
}

}  // namespace truce::workbench
