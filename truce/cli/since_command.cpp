// SPDX-License-Identifier: Apache-2.0
// `truce talks since`.
#include <algorithm>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "truce/base/utf8.h"
#include "truce/cli/commands.h"
#include "truce/cli/internal/answer_to.h"
#include "truce/cli/internal/status.h"
#include "truce/json/rounds_json.h"
#include "truce/workbench/rounds.h"

namespace truce::cli {
namespace {

using What = talks::BracketMove::What;
using workbench::RoundsRun;

std::string days_of(const talks::Round& round) {
  return round.from == round.to
             ? base::to_words(round.to)
             : fmt::format("{} to {}", base::to_words(round.from), base::to_words(round.to));
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t length = base::count_code_points(text);
  return text + std::string(width > length ? width - length : 0, ' ');
}

std::string table(const RoundsRun& run) {
  std::size_t days = std::string_view("days").size();
  std::size_t venue = std::string_view("venue").size();
  std::size_t name = std::string_view("round").size();
  for (const talks::Round& round : run.rounds) {
    days = std::max(days, base::count_code_points(days_of(round)));
    venue = std::max(venue, base::count_code_points(round.venue));
    name = std::max(name, base::count_code_points(round.name));
  }
  std::string text =
      fmt::format("{}  {}  {}  open  opened  closed  reworded  stuck\n", padded("round", name),
                  padded("days", days), padded("venue", venue));
  for (std::size_t i = 0; i < run.rounds.size(); ++i) {
    const talks::Round& round = run.rounds[i];
    const workbench::RoundStep& step = run.steps[i];
    text += fmt::format("{}  {}  {}  {:>4}", padded(round.name, name), padded(days_of(round), days),
                        padded(round.venue, venue), step.open);
    if (i > 0) {
      text += fmt::format("  {:>6}  {:>6}  {:>8}  {:>5}", step.count(What::Opened),
                          step.count(What::Closed), step.count(What::Reworded),
                          fmt::format("{}/{}", step.stuck, step.open_before));
    }
    text += "\n";
  }
  return text;
}

std::string move_line(const workbench::Move& move) {
  const talks::BracketMove& bracket = move.bracket;
  const auto listed = [](const std::vector<std::string>& options) {
    return fmt::format("{}", fmt::join(options, " | "));
  };
  switch (bracket.what) {
    case What::Opened:
      return fmt::format("  opened     {}: {}\n", bracket.after, listed(bracket.options_after));
    case What::Closed:
      return fmt::format("  closed     {}: {}\n", bracket.before, listed(bracket.options_before));
    case What::Reworded:
      return fmt::format("  reworded   {}: {}, was: {} ({})\n", bracket.after,
                         listed(bracket.options_after), listed(bracket.options_before),
                         workbench::meaning_of(move));
    case What::Unchanged:
      return fmt::format("  unchanged  {}: {}\n", bracket.after, listed(bracket.options_after));
  }
  return {};
}

std::string since_last(const RoundsRun& run) {
  if (run.rounds.size() < 2) {
    return "There was one round; what moves is seen from the second on.\n";
  }
  const workbench::RoundStep& last = run.steps.back();
  std::string text = fmt::format("Since round {} ({})\n", run.rounds[run.rounds.size() - 2].name,
                                 run.rounds[run.rounds.size() - 2].venue);
  for (const workbench::Move& move : last.moves) {
    text += move_line(move);
  }
  text += last.open_before == 0 ? "No bracket was open before.\n"
                                : fmt::format("Stall: {} of {} brackets stand as they stood.\n",
                                              last.stuck, last.open_before);
  if (run.rounds_without_closing > 0 && last.open > 0) {
    text += fmt::format("No bracket closed in the last {}.\n",
                        run.rounds_without_closing == 1
                            ? std::string("round")
                            : fmt::format("{} rounds", run.rounds_without_closing));
  }
  return text;
}

std::string missed(const RoundsRun& run) {
  std::string text;
  for (const talks::TalksDeadline& deadline : run.deadlines) {
    if (talks::is_missed(deadline, run.as_of)) {
      text += fmt::format("Missed: {}, due {}, set in round {}; {}\n", deadline.what,
                          base::to_words(deadline.due), deadline.set_in,
                          deadline.met.has_value()
                              ? fmt::format("done {}", base::to_words(*deadline.met))
                              : std::string("not done"));
    }
  }
  return text;
}

std::string assigned(const RoundsRun& run) {
  std::string text = run.assigned.empty() ? "" : "Given to be settled\n";
  for (const talks::AssignedBracket& bracket : run.assigned) {
    const bool is_missed = talks::is_missed(bracket, run.as_of);
    text += fmt::format("  {:<6}  {}: {}, due {}, given in round {}; {}\n",
                        is_missed                    ? "late"
                        : bracket.closed.has_value() ? "closed"
                                                     : "open",
                        bracket.given.bracket, fmt::join(bracket.given.who, " and "),
                        base::to_words(bracket.given.due), bracket.given.set_in,
                        bracket.closed.has_value() ? "closed in round " + bracket.closed_in
                        : bracket.now == bracket.given.bracket
                            ? std::string("open")
                            : fmt::format("open, now {}", bracket.now));
  }
  return text;
}

std::string to_text(const RoundsRun& run) {
  return table(run) + "\n" + since_last(run) + assigned(run) + missed(run);
}

std::vector<std::string> files_of(const std::string& folder, const RoundsRun& run) {
  const std::filesystem::path place(folder);
  std::vector<std::string> files = {(place / "rounds.csv").string(),
                                    (place / "deadlines.csv").string(),
                                    (place / "assignments.csv").string()};
  for (const talks::Round& round : run.rounds) {
    files.push_back((place / round.text).string());
  }
  return files;
}

}  // namespace

int run(const SinceOptions& options) {
  const auto read = workbench::read_talks(options.folder, options.as_of);
  if (!read) {
    return could_not(read.error());
  }
  return internal::answer_to({options.output, options.format, "since"},
                             options.format == "json"   ? json::to_json(*read)
                             : options.format == "html" ? workbench::to_html(*read)
                                                        : to_text(*read),
                             files_of(options.folder, *read), kFine);
}

}  // namespace truce::cli
