// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/rounds.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "truce/workbench/agreement_file.h"
#include "truce/workbench/files.h"

namespace truce::workbench {
namespace {

using What = talks::BracketMove::What;

// What a comparison says of the clause or definition that a bracket of the new text stands in.
comparison::Answer meaning_of(const comparison::Comparison& compared, const AgreementFile& after,
                              const std::string& place) {
  const auto clause = after.agreement.find_clause(place);
  if (!clause.has_value()) {
    // A definition: whatever it bears on.
    return compared.answer;
  }
  const bool is_changed =
      std::any_of(compared.changes.begin(), compared.changes.end(),
                  [&](const comparison::Change& change) { return change.clause.after == clause; });
  const bool is_undecided = std::any_of(compared.words.begin(), compared.words.end(),
                                        [&](const comparison::WordChange& words) {
                                          return words.clause.after == clause && words.is_undecided;
                                        });
  return is_changed     ? comparison::Answer::Changed
         : is_undecided ? comparison::Answer::Undecided
                        : comparison::Answer::Same;
}

std::vector<std::string> names_of(const std::vector<talks::BracketIssue>& issues) {
  std::vector<std::string> names;
  for (const talks::BracketIssue& issue : issues) {
    names.push_back(issue.name);
  }
  return names;
}

RoundStep step_between(const AgreementFile& before, const AgreementFile& after) {
  auto old_issues = talks::issues_of(before.agreement);
  auto new_issues = talks::issues_of(after.agreement);
  talks::add_leads(before.agreement, *before.trees.front(), old_issues);
  talks::add_leads(after.agreement, *after.trees.front(), new_issues);
  // What only words could tell apart is left alone where no word of a bracket changed.
  const auto plain = talks::moves_between(old_issues, new_issues, {});
  const auto has = [&plain](What what) {
    return std::any_of(plain.begin(), plain.end(),
                       [what](const talks::BracketMove& move) { return move.what == what; });
  };
  const bool is_compared = has(What::Reworded) || (has(What::Opened) && has(What::Closed));
  const comparison::Comparison compared =
      is_compared ? comparison::compare(before.agreement, after.agreement)
                  : comparison::Comparison{};
  RoundStep step{.moves = {},
                 .names = names_of(new_issues),
                 .open = new_issues.size(),
                 .open_before = old_issues.size(),
                 .stuck = 0};
  for (talks::BracketMove& bracket :
       talks::moves_between(old_issues, new_issues, compared.renumbered)) {
    Move move{.bracket = std::move(bracket)};
    if (move.bracket.what == What::Reworded) {
      const auto issue = std::find_if(
          new_issues.begin(), new_issues.end(),
          [&](const talks::BracketIssue& one) { return one.name == move.bracket.after; });
      move.meaning = meaning_of(compared, after, issue->place);
    }
    const bool is_stuck =
        move.bracket.what == What::Unchanged ||
        (move.bracket.what == What::Reworded && move.meaning == comparison::Answer::Same);
    step.stuck += is_stuck ? 1 : 0;
    step.moves.push_back(std::move(move));
  }
  return step;
}

base::Result<AgreementFile> read_draft(const std::string& folder, const talks::Round& round) {
  const std::string path = (std::filesystem::path(folder) / round.text).string();
  auto file = read_agreement(path);
  if (file && (file->is_vocabulary || file->sink.has_errors())) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("the text of round {} is no draft without errors; see truce "
                                   "check {}",
                                   round.name, path)};
  }
  return file;
}

std::string path_of(const std::string& folder, const char* name) {
  return (std::filesystem::path(folder) / name).string();
}

// A table that need not be there, read by `read` of its name and text.
template <typename Row, typename Read>
base::Result<std::vector<Row>> rows_where_there(const std::string& path, const Read& read) {
  if (!file_exists(path)) {
    return std::vector<Row>();
  }
  const auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  return read(path, *text);
}

base::Result<void> read_tables(const std::string& folder, RoundsRun& run) {
  const std::string path = path_of(folder, "rounds.csv");
  const auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  auto rounds = talks::read_rounds(path, *text);
  if (!rounds) {
    return rounds.error();
  }
  run.rounds = std::move(rounds).value();
  auto deadlines = rows_where_there<talks::TalksDeadline>(
      path_of(folder, "deadlines.csv"), [&](const std::string& name, const std::string& rows) {
        return talks::read_deadlines(name, rows, run.rounds);
      });
  if (!deadlines) {
    return deadlines.error();
  }
  run.deadlines = std::move(deadlines).value();
  auto assignments = rows_where_there<talks::Assignment>(
      path_of(folder, "assignments.csv"), [&](const std::string& name, const std::string& rows) {
        return talks::read_assignments(name, rows, run.rounds);
      });
  if (!assignments) {
    return assignments.error();
  }
  for (talks::Assignment& given : *assignments) {
    run.assigned.push_back({.given = std::move(given), .now = {}, .closed_in = {}, .closed = {}});
  }
  return {};
}

// Follows a bracket from the round that gave it to the last.
void follow(const RoundsRun& run, std::size_t round, talks::AssignedBracket& bracket) {
  bracket.now = bracket.given.bracket;
  while (++round < run.rounds.size()) {
    const auto& moves = run.steps[round].moves;
    const auto move = std::find_if(moves.begin(), moves.end(), [&](const Move& one) {
      return one.bracket.before == bracket.now;
    });
    bracket.now = move == moves.end() ? std::string() : move->bracket.after;
    if (bracket.now.empty()) {
      bracket.closed_in = run.rounds[round].name;
      bracket.closed = run.rounds[round].to;
      return;
    }
  }
}

base::Result<void> follow_assigned(const std::string& folder, RoundsRun& run) {
  for (talks::AssignedBracket& bracket : run.assigned) {
    const auto given =
        std::find_if(run.rounds.begin(), run.rounds.end(),
                     [&](const talks::Round& round) { return round.name == bracket.given.set_in; });
    const auto round = static_cast<std::size_t>(given - run.rounds.begin());
    const std::vector<std::string>& names = run.steps[round].names;
    if (std::find(names.begin(), names.end(), bracket.given.bracket) == names.end()) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("{}:{}: the draft of round {} has no bracket `{}`; it has {}",
                                     path_of(folder, "assignments.csv"), bracket.given.line,
                                     given->name, bracket.given.bracket,
                                     names.empty() ? std::string("none")
                                                   : fmt::format("{}", fmt::join(names, ", ")))};
    }
    follow(run, round, bracket);
  }
  return {};
}

}  // namespace

std::string_view meaning_of(const Move& move) {
  if (move.bracket.what != What::Reworded) {
    return {};
  }
  return move.meaning == comparison::Answer::Same      ? "no change of meaning"
         : move.meaning == comparison::Answer::Changed ? "another meaning"
                                                       : "no difference of meaning was found, and "
                                                         "not everything was tried";
}

std::size_t RoundStep::count(What what) const {
  return static_cast<std::size_t>(std::count_if(
      moves.begin(), moves.end(), [&](const Move& move) { return move.bracket.what == what; }));
}

base::Result<RoundsRun> read_talks(const std::string& folder, const std::string& as_of) {
  RoundsRun run;
  if (const auto read = read_tables(folder, run); !read) {
    return read.error();
  }
  run.as_of = run.rounds.back().to;
  if (!as_of.empty()) {
    const auto day = base::parse_date(as_of);
    if (!day.has_value()) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("{} is no day; write for instance 2016-09-09", as_of)};
    }
    run.as_of = *day;
  }
  std::optional<AgreementFile> before;
  for (const talks::Round& round : run.rounds) {
    auto draft = read_draft(folder, round);
    if (!draft) {
      return draft.error();
    }
    if (before.has_value()) {
      run.steps.push_back(step_between(*before, *draft));
    } else {
      RoundStep first;
      first.names = names_of(talks::issues_of(draft->agreement));
      first.open = first.names.size();
      run.steps.push_back(std::move(first));
    }
    before = std::move(draft).value();
  }
  if (const auto followed = follow_assigned(folder, run); !followed) {
    return followed.error();
  }
  for (auto step = run.steps.rbegin();
       step + 1 < run.steps.rend() && step->count(What::Closed) == 0; ++step) {
    ++run.rounds_without_closing;
  }
  return run;
}

}  // namespace truce::workbench
