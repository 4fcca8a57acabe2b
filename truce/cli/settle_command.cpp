// SPDX-License-Identifier: Apache-2.0
// `truce talks text`.
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/diagnostics/render.h"
#include "truce/json/positions_json.h"
#include "truce/workbench/files.h"
#include "truce/workbench/settle.h"

namespace truce::cli {
namespace {

std::string in_words(const packages::Game& game, const packages::Conjunction& options) {
  std::string text;
  for (const packages::OptionSet& set : options) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", with ", game.issues[set.issue].name,
                        game.issues[set.issue].options[set.options.front()]);
  }
  return text;
}

// What was chosen and what was not, and why.
std::string report(const workbench::SettleRun& run) {
  std::string text;
  for (const workbench::Exclusion& exclusion : run.exclusions) {
    text += fmt::format("Excluded: {}\n", in_words(run.talks.game, exclusion.options));
    for (const std::string& reason : exclusion.reasons) {
      text += fmt::format("  {}\n", reason);
    }
  }
  for (const std::string& hole : run.remaining) {
    text += fmt::format("In every package: {}\n", hole);
  }
  if (!run.package.has_value()) {
    return text + "No package is left that can be carried out and is accepted by all.\n";
  }
  text += "Package:\n";
  for (std::size_t i = 0; i < run.package->size(); ++i) {
    const packages::Issue& issue = run.talks.game.issues[i];
    text += fmt::format("  {}: {}\n", issue.name, issue.options[(*run.package)[i]]);
  }
  return text;
}

int print(const std::string& text, int status) {
  return write_output(text) ? status : output_failed();
}

}  // namespace

int run(const SettleOptions& options) {
  const auto made = workbench::settle({.talks = {.draft = options.draft,
                                                 .positions = options.positions,
                                                 .key = {options.key, ask_passphrase},
                                                 .from = options.from},
                                       .choices = options.choices,
                                       .rule = options.rule});
  if (!made) {
    return could_not(made.error());
  }
  const bool is_settled = made->package.has_value();
  if (is_settled && !options.output.empty()) {
    std::vector<std::string> read = options.positions;
    read.push_back(options.draft);
    if (const auto apart = workbench::refuse_to_replace(options.output, read); !apart) {
      return could_not(apart.error());
    }
    if (const auto saved = workbench::write_file(options.output, made->text); !saved) {
      return could_not(saved.error());
    }
  }
  const int status = is_settled ? kFine : kBadNews;
  if (options.format == "json") {
    return print(json::to_json(*made, options.output.empty()), status);
  }
  if (made->talks.has_errors()) {
    return print(diagnostics::to_terminal(made->talks.diagnostics(), made->talks.sources(),
                                          render_options(STDOUT_FILENO)),
                 status);
  }
  if (!is_settled || !options.output.empty()) {
    return print(
        report(*made) + (is_settled ? fmt::format("Written: {}\n", options.output) : std::string()),
        status);
  }
  // Beside the text, which stands alone on standard output.
  write_errors(report(*made));
  return print(made->text, status);
}

}  // namespace truce::cli
