// SPDX-License-Identifier: Apache-2.0
#include "truce/cli/commands.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <unistd.h>

#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/diagnostics/render.h"
#include "truce/json/diagnostics_json.h"
#include "truce/json/plan_json.h"
#include "truce/workbench/check.h"
#include "truce/workbench/files.h"
#include "truce/workbench/plan.h"
#include "truce/workbench/texts.h"

namespace truce::cli {
namespace {

// `check` found nothing to say, or so much.
std::string summary(std::size_t files, std::size_t errors, std::size_t warnings) {
  const std::string read = fmt::format("{} {} read", files, files == 1 ? "text" : "texts");
  if (errors == 0 && warnings == 0) {
    return fmt::format("{}: nothing to report\n", read);
  }
  return fmt::format("{}: {} error{}, {} warning{}\n", read, errors, errors == 1 ? "" : "s",
                     warnings, warnings == 1 ? "" : "s");
}

std::string drawn(const std::vector<diagnostics::Diagnostic>& diagnostics,
                  const std::vector<const base::SourceText*>& sources, const std::string& format) {
  return format == "lines"
             ? diagnostics::to_lines(diagnostics, sources)
             : diagnostics::to_terminal(diagnostics, sources, render_options(STDOUT_FILENO));
}

int end_with(bool is_bad_news, std::string_view output) {
  return write_output(output) ? (is_bad_news ? kBadNews : kFine) : output_failed();
}

// The path as a shell takes it for one word and no option.
std::string as_word(const std::string& path) {
  std::string safe = path.starts_with('-') ? "./" + path : path;
  const bool is_plain = std::all_of(safe.begin(), safe.end(), [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter >= 0x80 ||
           std::string_view("-_./+=:@").find(static_cast<char>(letter)) != std::string_view::npos;
  });
  if (is_plain) {
    return safe;
  }
  std::string quoted = "'";
  for (const char letter : safe) {
    quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  }
  return quoted + "'";
}

// River Valley cease-fire, from river-valley.
std::string title_from(const std::string& name) {
  std::string title = std::filesystem::path(name).filename().string();
  bool is_first = true;
  for (char& letter : title) {
    if (letter == '-' || letter == '_') {
      letter = ' ';
    }
    if (is_first && letter >= 'a' && letter <= 'z') {
      letter = static_cast<char>(letter - 'a' + 'A');
    }
    is_first = letter == ' ';
  }
  return title + " cease-fire";
}

int write_formatted(const workbench::FormattedFile& file) {
  if (file.path == "-") {
    return end_with(false, file.formatted);
  }
  if (file.is_changed()) {
    if (const auto written = workbench::write_file(file.path, file.formatted); !written) {
      return could_not(written.error());
    }
  }
  return kFine;
}

std::string described(const semantics::ScenarioResult& scenario) {
  std::string text =
      fmt::format("{}  {}\n", scenario.has_passed ? "passed" : "FAILED", scenario.name);
  if (scenario.expectations.empty()) {
    text +=
        "        it expects nothing; add what should come out, such as: expect nobody in breach\n";
  }
  for (const semantics::ExpectationResult& expectation : scenario.expectations) {
    if (!expectation.has_passed) {
      text += fmt::format("        written: {}\n        came out: {}\n", expectation.text,
                          expectation.got);
    }
  }
  return text;
}

}  // namespace

int run(const CheckOptions& options) {
  const auto files = workbench::check(options.files);
  if (!files) {
    return could_not(files.error());
  }
  std::string output;
  std::size_t texts = 0;
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const workbench::AgreementFile& file : *files) {
    const auto sorted = file.sink.sorted();
    for (const diagnostics::Diagnostic& diagnostic : sorted) {
      const bool is_error = diagnostics::info(diagnostic.kind).level == diagnostics::Level::Error;
      (is_error ? errors : warnings) += 1;
    }
    texts += file.trees.size();
    if (options.format != "json") {
      output += drawn(sorted, file.sources(), options.format);
    }
  }
  if (options.format == "json") {
    output = json::to_json(*files);
  } else if (options.format == "text") {
    output += summary(texts, errors, warnings);
  }
  return end_with(errors > 0, output);
}

int run(const FormatOptions& options) {
  int status = kFine;
  std::set<std::string> done;
  for (const std::string& path : options.files) {
    if (!done.insert(path).second) {
      continue;
    }
    const auto file = workbench::format_file(path);
    if (!file) {
      return could_not(file.error());
    }
    int outcome = kFine;
    if (file->sink.has_errors()) {
      const std::vector<const base::SourceText*> sources = {&file->source};
      outcome = end_with(true, options.format == "json"
                                   ? json::to_json(*file)
                                   : drawn(file->sink.sorted(), sources, options.format) +
                                         fmt::format("{}: left as it is\n", path));
    } else if (options.is_check_only) {
      outcome = file->is_changed()
                    ? end_with(true, fmt::format("{}: not in the canonical layout; run truce fmt "
                                                 "{}\n",
                                                 path, path))
                    : kFine;
    } else {
      outcome = write_formatted(*file);
    }
    status = std::max(status, outcome);
  }
  return status;
}

int run(const ExplainOptions& options) {
  const bool is_json = options.format == "json";
  if (options.is_list || options.code.empty()) {
    return end_with(false,
                    is_json ? json::to_json(workbench::explanations()) : workbench::list_codes());
  }
  const auto found = workbench::find_explanation(options.code);
  if (!found) {
    return could_not(found.error());
  }
  const auto text = workbench::explain(options.code);
  if (!text) {
    return could_not(text.error());
  }
  return end_with(false, is_json ? json::to_json(std::vector{*found}) : *text);
}

int run(const PlanOptions& options) {
  const auto made = workbench::plan_of(options.file, options.settings);
  if (!made) {
    return could_not(made.error());
  }
  if (made->file.sink.has_errors()) {
    write_errors(diagnostics::to_terminal(made->file.sink.sorted(), made->file.sources(),
                                          render_options(STDERR_FILENO)));
    return kBadNews;
  }
  return end_with(false, options.format == "json"
                             ? json::to_json(*made)
                             : stream::to_text(made->file.agreement, made->plan));
}

int run(const NewOptions& options) {
  const std::string stem = options.name.ends_with(".truce")
                               ? options.name.substr(0, options.name.size() - 6)
                               : options.name;
  if (std::filesystem::path(stem).filename().empty()) {
    return could_not({base::ErrorCode::InvalidArgument,
                      "a text needs a name; write for instance: truce new river-valley"});
  }
  const std::string title = options.title.empty() ? title_from(stem) : options.title;
  if (title.find_first_of("\r\n") != std::string::npos) {
    return could_not({base::ErrorCode::InvalidArgument,
                      "a title stands on one line; leave the line breaks out of it"});
  }
  const workbench::Skeleton skeleton = workbench::make_skeleton(title);
  const std::string agreement = stem + ".truce";
  const std::string companion = stem + ".companion.truce";
  for (const std::string& path : {agreement, companion}) {
    if (workbench::file_exists(path)) {
      return could_not({base::ErrorCode::InvalidArgument,
                        fmt::format("{} is there already; choose another name", path)});
    }
  }
  for (const auto& [path, text] :
       {std::pair(agreement, skeleton.agreement), std::pair(companion, skeleton.companion)}) {
    if (const auto written = workbench::write_file(path, text); !written) {
      return could_not(written.error());
    }
  }
  if (options.format == "json") {
    return end_with(false, json::to_json(std::vector<std::string>{agreement, companion}));
  }
  return end_with(false, fmt::format("Written: {} and {}\nNext: truce check {}\n", agreement,
                                     companion, as_word(agreement)));
}

int run(const TestOptions& options) {
  const auto played = workbench::run_scenarios(options.file);
  if (!played) {
    return could_not(played.error());
  }
  const bool has_errors = played->file.sink.has_errors();
  const auto failed =
      std::count_if(played->results.begin(), played->results.end(),
                    [](const semantics::ScenarioResult& result) { return !result.has_passed; });
  if (options.format == "json") {
    return end_with(has_errors || failed > 0, json::to_json(*played));
  }
  if (has_errors) {
    return end_with(true, drawn(played->file.sink.sorted(), played->file.sources(), "text"));
  }
  std::string output;
  if (const std::size_t warnings = played->file.sink.sorted().size(); warnings > 0) {
    output += fmt::format("{} warning{} in the text; see truce check {}\n", warnings,
                          warnings == 1 ? "" : "s", as_word(options.file));
  }
  for (const semantics::ScenarioResult& result : played->results) {
    output += described(result);
  }
  output += played->results.empty()
                ? fmt::format("{} has no scenarios; write some in its companion\n", options.file)
                : fmt::format("{} of {} scenarios passed\n",
                              static_cast<std::ptrdiff_t>(played->results.size()) - failed,
                              played->results.size());
  return end_with(failed > 0, output);
}

}  // namespace truce::cli
