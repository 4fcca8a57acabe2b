// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/rounds.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include <fmt/format.h>

#include "truce/encoding/csv.h"

namespace truce::talks {
namespace {

using base::Error;
using base::ErrorCode;

// A table whose columns are known; each row has them all.
struct Table {
  struct Row {
    std::uint64_t line = 0;
    std::map<std::string, std::string> cells;
  };
  std::vector<Row> rows;
};

Error wrong(std::string_view name, std::uint64_t line, const std::string& what) {
  return {ErrorCode::InvalidArgument, fmt::format("{}:{}: {}", name, line, what)};
}

base::Result<std::vector<std::string>> read_header(std::string_view name,
                                                   const encoding::CsvRow* header,
                                                   std::span<const char* const> known) {
  std::vector<std::string> columns;
  if (header != nullptr) {
    for (const encoding::CsvField& field : header->fields) {
      columns.emplace_back(field.text);
    }
  }
  for (const char* wanted : known) {
    if (std::count(columns.begin(), columns.end(), wanted) != 1) {
      return wrong(name, 1,
                   fmt::format("the column {} must stand in the first line, once", wanted));
    }
  }
  if (columns.size() != known.size()) {
    return wrong(name, 1, fmt::format("the columns are {}, and no others", fmt::join(known, ",")));
  }
  return columns;
}

base::Result<Table> read_table(std::string_view name, std::string_view text,
                               std::span<const char* const> known) {
  encoding::CsvReader reader(text);
  const auto columns = read_header(name, reader.next(), known);
  if (!columns) {
    return columns.error();
  }
  Table table;
  while (const encoding::CsvRow* row = reader.next()) {
    if (row->problem.has_value()) {
      return wrong(name, row->line, row->problem->message);
    }
    if (row->fields.size() != columns->size()) {
      return wrong(name, row->line,
                   fmt::format("{} fields stand in this row, and there are {} columns",
                               row->fields.size(), columns->size()));
    }
    Table::Row made{.line = row->line, .cells = {}};
    for (std::size_t i = 0; i < columns->size(); ++i) {
      made.cells.emplace((*columns)[i], row->fields[i].text);
    }
    table.rows.push_back(std::move(made));
  }
  return table;
}

base::Result<base::Date> day_in(std::string_view name, const Table::Row& row, const char* column) {
  const std::string& text = row.cells.at(column);
  const auto day = base::parse_date(text);
  return day.has_value()
             ? base::Result<base::Date>(*day)
             : wrong(name, row.line,
                     fmt::format("{} is `{}`; write a day such as 2016-09-09", column, text));
}

std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('|', begin), text.size());
    if (end > begin) {
      parts.push_back(text.substr(begin, end - begin));
    }
    begin = end + 1;
  }
  return parts;
}

// Stays in the folder of the table.
bool is_file_name(const std::string& text) {
  return !text.empty() && text.find('/') == std::string::npos && !text.starts_with('.');
}

base::Result<Round> round_of(std::string_view name, const Table::Row& row) {
  const auto from = day_in(name, row, "from");
  const auto to = day_in(name, row, "to");
  if (!from || !to) {
    return !from ? from.error() : to.error();
  }
  Round round{.name = row.cells.at("round"),
              .from = *from,
              .to = *to,
              .venue = row.cells.at("venue"),
              .who = parts_of(row.cells.at("who")),
              .text = row.cells.at("text"),
              .note = row.cells.at("note")};
  if (round.name.empty()) {
    return wrong(name, row.line, "the round has no name");
  }
  if (round.to < round.from) {
    return wrong(name, row.line, "the round ends before it begins");
  }
  if (!is_file_name(round.text)) {
    return wrong(name, row.line,
                 fmt::format("text is `{}`; name a draft beside the table", round.text));
  }
  return round;
}

base::Result<void> check_round(std::string_view name, const Table::Row& row,
                               const std::vector<Round>& rounds) {
  const std::string& set_in = row.cells.at("set_in");
  if (std::none_of(rounds.begin(), rounds.end(),
                   [&](const Round& round) { return round.name == set_in; })) {
    return wrong(name, row.line, fmt::format("there is no round `{}`", set_in));
  }
  return {};
}

bool is_late(base::Date due, const std::optional<base::Date>& done, base::Date as_of) {
  return due < as_of && (!done.has_value() || due < *done);
}

// The pairs of one place, of which indices are left over.
struct Pairing {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  std::set<std::size_t> before;
  std::set<std::size_t> after;

  template <typename Fits>
  void pair_where(const Fits& fits) {
    for (const std::size_t now : std::vector<std::size_t>(after.begin(), after.end())) {
      const auto old = std::find_if(before.begin(), before.end(),
                                    [&](std::size_t one) { return fits(one, now); });
      if (old != before.end()) {
        pairs.emplace_back(*old, now);
        before.erase(old);
        after.erase(now);
      }
    }
  }
};

}  // namespace

std::string_view to_text(BracketMove::What what) {
  switch (what) {
    case BracketMove::What::Opened:
      return "opened";
    case BracketMove::What::Closed:
      return "closed";
    case BracketMove::What::Reworded:
      return "reworded";
    case BracketMove::What::Unchanged:
      return "unchanged";
  }
  return {};
}

base::Result<std::vector<Round>> read_rounds(std::string_view name, std::string_view text) {
  static constexpr const char* kColumns[] = {"round", "from", "to", "venue", "who", "text", "note"};
  const auto table = read_table(name, text, kColumns);
  if (!table) {
    return table.error();
  }
  std::vector<Round> rounds;
  std::set<std::string> names;
  for (const Table::Row& row : table->rows) {
    auto round = round_of(name, row);
    if (!round) {
      return round.error();
    }
    if (!names.insert(round->name).second) {
      return wrong(name, row.line, fmt::format("there are two rounds `{}`", round->name));
    }
    if (!rounds.empty() && round->from < rounds.back().from) {
      return wrong(name, row.line, "the round begins before the one above it; put them in order");
    }
    rounds.push_back(std::move(round).value());
  }
  if (rounds.empty()) {
    return wrong(name, 1, "there is no round yet; add a line for the first one");
  }
  return rounds;
}

base::Result<std::vector<TalksDeadline>> read_deadlines(std::string_view name,
                                                        std::string_view text,
                                                        const std::vector<Round>& rounds) {
  static constexpr const char* kColumns[] = {"what", "set_in", "due", "met", "note"};
  const auto table = read_table(name, text, kColumns);
  if (!table) {
    return table.error();
  }
  std::vector<TalksDeadline> deadlines;
  for (const Table::Row& row : table->rows) {
    TalksDeadline deadline{.what = row.cells.at("what"),
                           .set_in = row.cells.at("set_in"),
                           .due = {},
                           .met = {},
                           .note = row.cells.at("note")};
    const auto due = day_in(name, row, "due");
    if (!due) {
      return due.error();
    }
    deadline.due = *due;
    if (!row.cells.at("met").empty()) {
      const auto met = day_in(name, row, "met");
      if (!met) {
        return met.error();
      }
      deadline.met = *met;
    }
    if (const auto checked = check_round(name, row, rounds); !checked) {
      return checked.error();
    }
    deadlines.push_back(std::move(deadline));
  }
  return deadlines;
}

base::Result<std::vector<Assignment>> read_assignments(std::string_view name, std::string_view text,
                                                       const std::vector<Round>& rounds) {
  static constexpr const char* kColumns[] = {"bracket", "who", "set_in", "due", "note"};
  const auto table = read_table(name, text, kColumns);
  if (!table) {
    return table.error();
  }
  std::vector<Assignment> assignments;
  for (const Table::Row& row : table->rows) {
    const auto due = day_in(name, row, "due");
    if (!due) {
      return due.error();
    }
    if (const auto checked = check_round(name, row, rounds); !checked) {
      return checked.error();
    }
    Assignment assignment{.bracket = row.cells.at("bracket"),
                          .who = parts_of(row.cells.at("who")),
                          .set_in = row.cells.at("set_in"),
                          .due = *due,
                          .note = row.cells.at("note"),
                          .line = row.line};
    if (assignment.who.empty()) {
      return wrong(name, row.line, "who is to settle it? name at least one, with a bar between");
    }
    assignments.push_back(std::move(assignment));
  }
  return assignments;
}

bool is_missed(const TalksDeadline& deadline, base::Date as_of) {
  return is_late(deadline.due, deadline.met, as_of);
}

bool is_missed(const AssignedBracket& bracket, base::Date as_of) {
  return is_late(bracket.given.due, bracket.closed, as_of);
}

void add_leads(const agreement::Agreement& draft, const language::SyntaxTree& text,
               std::vector<BracketIssue>& issues) {
  using language::TokenKind;
  for (BracketIssue& issue : issues) {
    const base::Span bracket = draft.brackets[issue.bracket.index].span;
    for (const language::Token& token : text.tokens()) {
      if (bracket.source != text.source() || token.begin >= bracket.begin) {
        break;
      }
      if (token.kind == TokenKind::Semicolon || token.kind == TokenKind::Stop) {
        issue.lead.clear();
      } else if (!language::is_trivia(token.kind)) {
        issue.lead += issue.lead.empty() ? "" : " ";
        issue.lead += text.source_text().slice({text.source(), token.begin, token.end});
      }
    }
  }
}

std::vector<BracketMove> moves_between(
    const std::vector<BracketIssue>& before, const std::vector<BracketIssue>& after,
    const std::vector<std::pair<std::string, std::string>>& renumbered) {
  const auto place_now = [&](const BracketIssue& issue) {
    for (const auto& [old_number, new_number] : renumbered) {
      if (issue.place == old_number) {
        return new_number;
      }
    }
    return issue.place;
  };
  Pairing pairing;
  for (std::size_t i = 0; i < before.size(); ++i) {
    pairing.before.insert(i);
  }
  for (std::size_t i = 0; i < after.size(); ++i) {
    pairing.after.insert(i);
  }
  const auto is_there = [&](std::size_t old, std::size_t now) {
    return place_now(before[old]) == after[now].place;
  };
  const auto is_behind_same = [&](std::size_t old, std::size_t now) {
    return is_there(old, now) && before[old].lead == after[now].lead;
  };
  pairing.pair_where([&](std::size_t old, std::size_t now) {
    return is_behind_same(old, now) && before[old].options == after[now].options;
  });
  pairing.pair_where(is_behind_same);
  pairing.pair_where([&](std::size_t old, std::size_t now) {
    return is_there(old, now) && before[old].options == after[now].options;
  });
  pairing.pair_where(is_there);
  std::map<std::size_t, std::size_t> old_of;
  for (const auto& [old, now] : pairing.pairs) {
    old_of.emplace(now, old);
  }
  std::vector<BracketMove> moves;
  for (std::size_t now = 0; now < after.size(); ++now) {
    BracketMove move{.what = BracketMove::What::Opened,
                     .before = {},
                     .after = after[now].name,
                     .options_before = {},
                     .options_after = after[now].options};
    if (const auto old = old_of.find(now); old != old_of.end()) {
      move.before = before[old->second].name;
      move.options_before = before[old->second].options;
      move.what = move.options_before == move.options_after ? BracketMove::What::Unchanged
                                                            : BracketMove::What::Reworded;
    }
    moves.push_back(std::move(move));
  }
  for (const std::size_t old : pairing.before) {
    moves.push_back({.what = BracketMove::What::Closed,
                     .before = before[old].name,
                     .after = {},
                     .options_before = before[old].options,
                     .options_after = {}});
  }
  return moves;
}

}  // namespace truce::talks
