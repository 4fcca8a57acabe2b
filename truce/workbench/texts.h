// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/source_text.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/semantics/scenarios.h"
#include "truce/workbench/agreement_file.h"

namespace truce::workbench {

/// One file in the canonical layout.
struct FormattedFile {
  std::string path;
  base::SourceText source;
  std::string formatted;
  // A text with errors is not laid out anew: what was meant is not known.
  diagnostics::Sink sink;

  [[nodiscard]] bool is_changed() const { return formatted != source.text(); }
};

/// Lays a file out: a text, or a position where its name ends with `.position`. Nothing is written.
/// Fails when it cannot be read.
base::Result<FormattedFile> format_file(const std::string& path);

/// What a code of a message or a finding means.
struct Explanation {
  std::string_view code;
  // `error`, `warning`, `finding` or `information`.
  std::string_view level;
  std::string_view name;
  std::string_view message;
  std::string_view explanation;
};

/// Every code: those of messages, then those of findings.
std::vector<Explanation> explanations();
/// By code, letter case ignored, of a finding also without `TR-`. Fails with NotFound, naming the
/// nearest code.
base::Result<Explanation> find_explanation(const std::string& code);
/// The page for `truce explain`. Fails as find_explanation.
base::Result<std::string> explain(const std::string& code);
/// Every code with its message, one a line.
std::string list_codes();

/// A first draft with every part a sound cease-fire has, and its companion; both check clean.
struct Skeleton {
  std::string agreement;
  std::string companion;
};

/// `title`: the agreement's. Two sides, `North` and `South`, to be renamed.
Skeleton make_skeleton(const std::string& title);

/// The scenarios of a file, played; with the file itself, whose errors come first.
struct ScenarioRun {
  AgreementFile file;
  std::vector<semantics::ScenarioResult> results;
};

/// Fails when the file cannot be read. With errors in the text no scenario is played.
base::Result<ScenarioRun> run_scenarios(const std::string& path);

}  // namespace truce::workbench
