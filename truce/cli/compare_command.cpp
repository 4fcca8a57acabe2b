// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/comparison/compare.h"
#include "truce/diagnostics/render.h"
#include "truce/json/comparison_json.h"
#include "truce/workbench/compare.h"

namespace truce::cli {
namespace {

using comparison::Change;
using comparison::ChangeKind;
using comparison::WordChange;

// The words of a list, laid out to the width of the terminal behind a word of its own.
std::string line(std::string_view head, const std::string& text, std::size_t width) {
  constexpr std::size_t kIndent = 12;
  std::string result = fmt::format("  {:<10}", head);
  std::size_t column = kIndent;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::size_t length = end - at;
    if (column > kIndent && column + length + 1 > width) {
      result += "\n" + std::string(kIndent, ' ');
      column = kIndent;
    }
    if (column > kIndent) {
      result += ' ';
      ++column;
    }
    result += text.substr(at, length);
    column += length;
    at = end + 1;
  }
  return result + "\n";
}

std::string_view head_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::NewlyBreaks:
      return "newly broken";
    case ChangeKind::NoLongerBreaks:
      return "no longer broken";
    case ChangeKind::Blame:
      return "broken with other blame";
    case ChangeKind::Timing:
      return "due at another time";
    case ChangeKind::Standing:
      return "open otherwise";
  }
  return {};
}

class Page {
 public:
  Page(const workbench::CompareRun& run, std::size_t width) : run_(run), width_(width) {}

  std::string text() {
    const comparison::Comparison& comparison = run_.comparison;
    std::string text =
        fmt::format("Old text: {} ({})\nNew text: {} ({})\n\n", run_.before.agreement.title,
                    run_.before.path, run_.after.agreement.title, run_.after.path);
    std::vector<bool> is_told(comparison.words.size());
    for (const Change& change : comparison.changes) {
      // The words that changed come before what follows from them.
      for (std::size_t i = 0; i < comparison.words.size(); ++i) {
        if (!is_told[i] && comparison.words[i].clause == change.clause) {
          text += told(comparison.words[i]);
          is_told[i] = true;
        }
      }
      text += told(change);
    }
    for (std::size_t i = 0; i < comparison.words.size(); ++i) {
      text += is_told[i] ? "" : told(comparison.words[i]);
    }
    text += moved("Renumbered", comparison.renumbered);
    text += moved("Renamed", comparison.renamed);
    text += summary() + "\n";
    text += listed("Searched", comparison.searched);
    text += listed("Not searched", comparison.not_searched);
    return text;
  }

 private:
  [[nodiscard]] std::string number(const comparison::ClausePair& clause) const {
    const auto of = [](const agreement::Agreement& agreement,
                       const std::optional<agreement::ClauseId>& id) {
      return id.has_value() ? agreement.clause(*id).number : std::string();
    };
    const std::string before = of(run_.before.agreement, clause.before);
    std::string after = of(run_.after.agreement, clause.after);
    if (before.empty() && after.empty()) {
      return "The whole";
    }
    if (before == after) {
      return after;
    }
    return before.empty()  ? after + " (new)"
           : after.empty() ? before + " (gone)"
                           : fmt::format("{} (was {})", after, before);
  }
  [[nodiscard]] static std::string readings(const std::vector<std::string>& parties) {
    return parties.empty() ? "" : fmt::format(", only as {} wrote it", fmt::join(parties, " and "));
  }
  [[nodiscard]] std::string when(base::Instant at) const {
    return base::to_words(at, run_.after.agreement.clock.offset);
  }

  [[nodiscard]] std::string told(const Change& change) const {
    std::string text = fmt::format("{} {}{}\n", number(change.clause), head_of(change.kind),
                                   readings(change.readings));
    text += line("conduct", change.conduct + ".", width_);
    for (const comparison::Step& step : change.example) {
      text += line("example", fmt::format("{}: {}.", when(step.at), step.text), width_);
    }
    text += line("old", change.under_old, width_);
    text += line("new", change.under_new, width_);
    return text + "\n";
  }
  [[nodiscard]] std::string told(const WordChange& change) const {
    std::string text =
        fmt::format("{}: {}{}\n", number(change.clause), change.why, readings(change.readings));
    for (const std::string& part : change.removed) {
      text += line("was", part, width_);
    }
    for (const std::string& part : change.added) {
      text += line("is", part, width_);
    }
    return text + "\n";
  }
  [[nodiscard]] static std::string moved(
      std::string_view head, const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::string text;
    for (const auto& [before, after] : pairs) {
      text += fmt::format("{}{} to {}", text.empty() ? "" : ", ", before, after);
    }
    return text.empty() ? text : fmt::format("{}: {}.\n", head, text);
  }
  [[nodiscard]] std::string listed(std::string_view head,
                                   const std::vector<std::string>& sentences) const {
    return sentences.empty()
               ? ""
               : wrapped(fmt::format("{}: {}.", head, fmt::join(sentences, "; ")), width_) + "\n";
  }

  [[nodiscard]] std::string summary() const {
    const comparison::Comparison& comparison = run_.comparison;
    if (comparison.answer == comparison::Answer::Same) {
      return "No change of meaning.";
    }
    if (comparison.answer == comparison::Answer::Undecided) {
      return "No conduct was found that the texts judge differently; not everything was tried, and "
             "words changed.";
    }
    if (comparison.changes.empty()) {
      return "Words changed on which no verdict depends; no conduct is judged differently.";
    }
    std::string text;
    for (const ChangeKind kind : {ChangeKind::NewlyBreaks, ChangeKind::NoLongerBreaks,
                                  ChangeKind::Blame, ChangeKind::Timing, ChangeKind::Standing}) {
      const auto count = std::count_if(comparison.changes.begin(), comparison.changes.end(),
                                       [&](const Change& change) { return change.kind == kind; });
      if (count > 0) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, head_of(kind));
      }
    }
    return fmt::format("{} change{} of meaning: {}.", comparison.changes.size(),
                       comparison.changes.size() == 1 ? "" : "s", text);
  }

  const workbench::CompareRun& run_;
  std::size_t width_;
};

int print(const std::string& text, int status) {
  return write_output(text) ? status : output_failed();
}

}  // namespace

int run(const CompareOptions& options) {
  Progress progress;
  const auto made = workbench::compare(
      {.before = options.before,
       .after = options.after,
       .on_progress = [&progress](const std::string& what) { progress.tell(what); }});
  if (!made) {
    return could_not(made.error());
  }
  const bool is_changed = made->comparison.answer != comparison::Answer::Same;
  const bool is_bad = made->has_text_errors() || (options.fail_on == "change" && is_changed);
  if (options.format == "json") {
    return print(json::to_json(*made), is_bad ? kBadNews : kFine);
  }
  const diagnostics::RenderOptions drawn = render_options(STDOUT_FILENO);
  for (const workbench::AgreementFile* file : {&made->before, &made->after}) {
    if (file->sink.has_errors()) {
      return print(diagnostics::to_terminal(file->sink.sorted(), file->sources(), drawn), kBadNews);
    }
  }
  return print(Page(*made, drawn.width).text(), is_bad ? kBadNews : kFine);
}

}  // namespace truce::cli
