// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "truce/base/utf8.h"
#include "truce/document/beside.h"
#include "truce/document/internal/escape.h"
#include "truce/encoding/csv.h"

namespace truce::document {
namespace {

constexpr encoding::CsvWriteOptions kSafe{.are_formulas_made_safe = true};
constexpr std::size_t kLeastWidth = 60;
constexpr std::array<Combination, kCombinations> kAll = {
    Combination::BrokenUnderBoth, Combination::BrokenUnderFirst, Combination::BrokenUnderSecond,
    Combination::Disputed,        Combination::Undecided,        Combination::Neither};

std::string_view words_for(Combination combination) {
  switch (combination) {
    case Combination::BrokenUnderBoth:
      return "broken under both";
    case Combination::BrokenUnderFirst:
      return "broken under the first only";
    case Combination::BrokenUnderSecond:
      return "broken under the second only";
    case Combination::Disputed:
      return "contested under one or both, broken under neither";
    case Combination::Undecided:
      return "unknown under one or both, no more under either";
    case Combination::Neither:
      return "under neither";
  }
  return "";
}

std::string_view words_for(Standing standing) {
  switch (standing) {
    case Standing::None:
      return "under no clause";
    case Standing::Absent:
      return "not in its record";
    case Standing::Broken:
    case Standing::Contested:
    case Standing::Unknown:
    case Standing::Kept:
      return to_text(standing);
  }
  return "";
}

// `broken 1.1, 1.2`: the clauses without a second mention.
std::string cell_of(const UnderText& under) {
  std::vector<std::string> clauses;
  for (const UnderText::Part& part : under.parts) {
    if (std::find(clauses.begin(), clauses.end(), part.clause) == clauses.end()) {
      clauses.push_back(part.clause);
    }
  }
  std::string cell(words_for(under.standing));
  if (!clauses.empty()) {
    cell += fmt::format(" {}", fmt::join(clauses, ", "));
  }
  return cell;
}

// `1.1 Government; 1.1 Opposition`.
std::string parts_text(const UnderText& under) {
  std::string text;
  for (const UnderText::Part& part : under.parts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : "; ", part.clause, part.bearer);
  }
  return text;
}

// `text` in exactly `width` columns, cut where it is longer.
std::string in_columns(std::string_view text, std::size_t width) {
  std::string cut;
  std::size_t columns = 0;
  const bool is_too_long = base::count_code_points(text) > width;
  const std::size_t room = is_too_long ? width - 1 : width;
  while (!text.empty() && columns < room) {
    const std::size_t length = std::max<std::size_t>(base::decode_utf8(text).length, 1);
    cut += text.substr(0, length);
    text.remove_prefix(length);
    ++columns;
  }
  if (is_too_long) {
    cut += "…";
    ++columns;
  }
  return cut + std::string(width - columns, ' ');
}

std::string without_end_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

bool is_listed(const BesideRow& row) { return row.combination != Combination::Neither; }

std::string table_of(const Beside& beside, std::size_t width) {
  std::size_t cell = 16;
  std::size_t name = 8;
  for (const BesideRow& row : beside.rows) {
    if (is_listed(row)) {
      name = std::max(name, base::count_code_points(row.incident));
      cell = std::max({cell, cell_of(row.first).size(), cell_of(row.second).size()});
    }
  }
  // The day takes ten columns, and two stand between columns.
  constexpr std::size_t kRest = 10 + 3 * 2;
  cell = std::min(cell, (std::max(width, kLeastWidth) - kRest) / 3);
  name = std::min(name, std::max(width, kLeastWidth) - kRest - 2 * cell);
  const auto line = [&](std::string_view incident, std::string_view day, std::string_view first,
                        std::string_view second) {
    return without_end_spaces(fmt::format("{}  {}  {}  {}", in_columns(incident, name),
                                          in_columns(day, 10), in_columns(first, cell),
                                          in_columns(second, cell)));
  };
  std::string table = line("Incident", "Day", "First text", "Second text");
  for (const BesideRow& row : beside.rows) {
    if (is_listed(row)) {
      table += line(internal::to_terminal_text(row.incident),
                    base::to_iso(base::date_of(row.when.from, beside.clock_offset)),
                    cell_of(row.first), cell_of(row.second));
    }
  }
  return table;
}

}  // namespace

std::string to_text(const Beside& beside, const std::array<std::string, 2>& names,
                    std::size_t width) {
  std::string out;
  for (std::size_t at = 0; at < names.size(); ++at) {
    out += fmt::format("{} text: {}\n             {}\n", at == 0 ? "First " : "Second",
                       internal::to_terminal_text(beside.titles.at(at)),
                       internal::to_terminal_text(names.at(at)));
  }
  out += fmt::format("\n{} incident{}, and {} act{} that each text gives an effect of its own\n\n",
                     beside.rows.size(), beside.rows.size() == 1 ? "" : "s", beside.acts,
                     beside.acts == 1 ? "" : "s");
  for (const Combination combination : kAll) {
    out += fmt::format("{:>6}  {}\n", beside.counts.at(static_cast<std::size_t>(combination)),
                       words_for(combination));
  }
  const std::uint64_t unlisted = beside.counts.at(static_cast<std::size_t>(Combination::Neither));
  if (unlisted < beside.rows.size()) {
    out += "\n" + table_of(beside, width);
  }
  if (unlisted > 0) {
    out += fmt::format("\nNot listed: {} under neither text; --format csv lists all.\n", unlisted);
  }
  out += "\n";
  for (std::size_t at = 0; at < beside.data.size(); ++at) {
    out += fmt::format("{} text: {}\n", at == 0 ? "First " : "Second", beside.data.at(at));
  }
  return out;
}

std::string to_csv(const Beside& beside) {
  const std::vector<std::string> header{"incident",      "from",           "to",
                                        "place",         "combination",    "first_verdict",
                                        "first_clauses", "second_verdict", "second_clauses"};
  std::string out = encoding::to_csv_row(header, kSafe);
  for (const BesideRow& row : beside.rows) {
    const std::vector<std::string> fields{row.incident,
                                          base::to_iso(row.when.from, beside.clock_offset),
                                          base::to_iso(row.when.to, beside.clock_offset),
                                          row.place,
                                          std::string(to_text(row.combination)),
                                          std::string(to_text(row.first.standing)),
                                          parts_text(row.first),
                                          std::string(to_text(row.second.standing)),
                                          parts_text(row.second)};
    out += encoding::to_csv_row(fields, kSafe);
  }
  return out;
}

}  // namespace truce::document
