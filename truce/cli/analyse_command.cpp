// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "truce/analysis/finding.h"
#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/diagnostics/render.h"
#include "truce/json/findings_json.h"
#include "truce/workbench/analyse.h"

namespace truce::cli {
namespace {

using analysis::Finding;
using analysis::Level;

std::string plural(std::size_t count, std::string_view word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

std::string joined(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) {
    text += text.empty() ? "" : "; ";
    text += sentence;
  }
  return text;
}

// `North's text of 2.1`.
std::string readings_text(const agreement::Agreement& agreement, const Finding& finding) {
  std::vector<std::string> texts;
  for (const analysis::ReadingRef& reading : finding.readings) {
    const std::string& name = agreement.actor(reading.party).name;
    std::string text = name + (name.ends_with('s') ? "' " : "'s ") +
                       (reading.words.empty() ? "text" : reading.words);
    if (reading.clause.has_value()) {
      text += (reading.words.empty() ? " of " : " in ") + agreement.clause(*reading.clause).number;
    }
    texts.push_back(std::move(text));
  }
  return finding.is_of_mix ? fmt::format("{}", fmt::join(texts, " and ")) : joined(texts);
}

diagnostics::Notice notice_of(const workbench::AnalysisRun& run, const Finding& finding,
                              std::size_t number) {
  const analysis::CodeInfo& info = analysis::info(finding.code);
  diagnostics::Notice notice{.head = fmt::format("{}. {} {}", number, info.id, info.title),
                             .message = finding.message.english(),
                             .span = finding.span,
                             .labels = finding.labels,
                             .remarks = {},
                             .is_grave = info.level != Level::Information};
  const agreement::Agreement& agreement = run.file.agreement;
  if (!finding.readings.empty() && info.level != Level::Information) {
    notice.remarks.emplace_back(finding.is_of_mix ? "only with" : "only in",
                                readings_text(agreement, finding));
  }
  for (const facts::Wording& note : finding.notes) {
    notice.remarks.emplace_back("note", note.english());
  }
  for (const analysis::Step& step : finding.scenario) {
    notice.remarks.emplace_back(
        "story", fmt::format("{}: {}.", base::to_words(step.at, agreement.clock.offset),
                             step.text.english()));
  }
  if (!finding.outcome.empty()) {
    notice.remarks.emplace_back("so", finding.outcome.english());
  }
  for (const analysis::Repair& repair : finding.repairs) {
    notice.remarks.emplace_back("repair", repair.text.english());
  }
  return notice;
}

// What somebody took upon themselves, one line each.
std::string annex_of(const workbench::AnalysisRun& run) {
  std::string text;
  const agreement::Agreement& agreement = run.file.agreement;
  for (const Finding& finding : run.analysis.findings) {
    if (!finding.acceptance.has_value()) {
      continue;
    }
    const agreement::Acceptance& acceptance = agreement.acceptances[*finding.acceptance];
    std::vector<std::string> names;
    for (const agreement::Agent& agent : acceptance.agents) {
      names.push_back(agent.text);
    }
    text += text.empty() ? "Accepted, and left in the text:\n" : "";
    text +=
        fmt::format("  {} {}: {} (by {}{})\n", analysis::info(finding.code).id,
                    analysis::info(finding.code).title, finding.message.english(), joined(names),
                    acceptance.reason.empty() ? "" : ": \"" + acceptance.reason + "\"");
  }
  return text.empty() ? text : text + "\n";
}

std::string summary_of(const workbench::AnalysisRun& run, bool is_part) {
  std::size_t found = 0;
  std::size_t accepted = 0;
  std::size_t disputed = 0;
  for (const Finding& finding : run.analysis.findings) {
    if (finding.acceptance.has_value()) {
      ++accepted;
    } else if (analysis::info(finding.code).level == Level::Information) {
      ++disputed;
    } else {
      ++found;
    }
  }
  std::string text = found == 0
                         ? std::string(is_part ? "No such holes were found" : "No holes were found")
                         : plural(found, "hole");
  if (accepted > 0) {
    text += fmt::format("; {} accepted", accepted);
  }
  if (disputed > 0) {
    text += fmt::format("; {} still disputed", disputed == 1
                                                   ? std::string("one passage is")
                                                   : fmt::format("{} passages are", disputed));
  }
  return text + ".\n";
}

// One finding; what somebody accepted stands in the annex.
std::string to_text(const workbench::AnalysisRun& run, std::size_t at) {
  const Finding& finding = run.analysis.findings[at];
  if (finding.acceptance.has_value()) {
    return {};
  }
  return diagnostics::to_terminal({notice_of(run, finding, at + 1)}, run.file.sources(),
                                  render_options(STDOUT_FILENO));
}

// Whose text has how many holes, and which are not in every text.
std::string table_of(const workbench::AnalysisRun& run) {
  const auto& readings = run.analysis.readings;
  if (readings.empty()) {
    return {};
  }
  constexpr std::string_view kHead = "Text of";
  constexpr std::string_view kMix = "a mix";
  const auto name_of = [&](const analysis::ReadingResult& reading) {
    return reading.party.has_value() ? run.file.agreement.actor(*reading.party).name
                                     : std::string(kMix);
  };
  std::size_t width = kHead.size();
  for (const analysis::ReadingResult& reading : readings) {
    width = std::max(width, name_of(reading).size());
  }
  std::string text = fmt::format("\n{:<{}}  Holes  Not in every text\n", kHead, width);
  for (const analysis::ReadingResult& reading : readings) {
    std::string own;
    std::size_t count = 0;
    for (const std::size_t position : reading.findings) {
      const Finding& finding = run.analysis.findings[position];
      if (finding.acceptance.has_value()) {
        continue;
      }
      ++count;
      if (!finding.readings.empty()) {
        own += fmt::format("{}{} ({})", own.empty() ? "" : ", ", position + 1,
                           analysis::info(finding.code).id);
      }
    }
    text += fmt::format("{:<{}}  {:>5}  {}\n", name_of(reading), width, count,
                        own.empty() ? "none" : own);
  }
  return text + "\n";
}

// What stands behind the findings.
std::string end_of(const workbench::AnalysisRun& run, bool is_part) {
  const std::size_t width = render_options(STDOUT_FILENO).width;
  std::string text = annex_of(run);
  text += summary_of(run, is_part);
  text += is_part ? std::string() : table_of(run);
  const analysis::Flexibility& flexibility = run.analysis.flexibility;
  text += fmt::format(
      "Flexibility: {} ({}, {} to change the text, {} for self-defence, {}).\n",
      flexibility.total(), plural(flexibility.renewals, "renewal"),
      plural(flexibility.powers, "power"), plural(flexibility.self_defence, "exception"),
      fmt::format("{} of effort", flexibility.efforts == 1
                                      ? std::string("1 duty")
                                      : fmt::format("{} duties", flexibility.efforts)));
  if (!run.analysis.searched.empty()) {
    text += wrapped(fmt::format("Searched: {}.", joined(run.analysis.searched)), width) + "\n";
  }
  text += wrapped(fmt::format("Not searched yet: {}.", joined(run.analysis.not_searched)), width) +
          "\n";
  return text;
}

bool is_bad_news(const workbench::AnalysisRun& run, bool is_strict) {
  return std::any_of(
      run.analysis.findings.begin(), run.analysis.findings.end(), [&](const Finding& finding) {
        return !finding.acceptance.has_value() &&
               (is_strict || analysis::info(finding.code).level != Level::Information);
      });
}

int print(const std::string& text, int status) {
  return write_output(text) ? status : output_failed();
}

}  // namespace

int run(const AnalyseOptions& options) {
  Progress progress;
  const bool is_listed = options.format != "json" && options.fix == 0;
  bool is_written = true;
  workbench::AnalyseRequest request{
      .agreement = options.file,
      .only = options.only,
      .questions = options.questions,
      .on_progress = [&progress](const std::string& what) { progress.tell(what); },
      .on_finding = {}};
  if (is_listed) {
    // As soon as it is known: the repairs of later ones may take their time.
    request.on_finding = [&](const workbench::AnalysisRun& run, std::size_t at) {
      is_written = is_written && write_output(to_text(run, at));
    };
  }
  const auto made = workbench::analyse(request);
  if (!made) {
    return could_not(made.error());
  }
  if (options.format == "json" && options.fix == 0) {
    const bool is_bad = made->file.sink.has_errors() || is_bad_news(*made, options.is_strict);
    return print(json::to_json(*made), is_bad ? kBadNews : kFine);
  }
  if (made->file.sink.has_errors()) {
    return print(diagnostics::to_terminal(made->file.sink.sorted(), made->file.sources(),
                                          render_options(STDOUT_FILENO)),
                 kBadNews);
  }
  if (options.fix > 0) {
    const auto written = workbench::write_repair(*made, options.fix);
    if (!written) {
      return could_not(written.error());
    }
    const Finding& finding = made->analysis.findings[options.fix - 1];
    return print(fmt::format("{}: {}\nWritten: {}\n", analysis::info(finding.code).id,
                             finding.repairs.front().text.english(), joined(*written)),
                 kFine);
  }
  return is_written ? print(end_of(*made, !options.only.empty()),
                            is_bad_news(*made, options.is_strict) ? kBadNews : kFine)
                    : output_failed();
}

}  // namespace truce::cli
