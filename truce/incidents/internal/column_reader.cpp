// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/column_reader.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "truce/base/nearest_word.h"
#include "truce/incidents/names.h"

namespace truce::incidents {
namespace {

constexpr std::string_view kFields[] = {
    "id",     "key",     "print",    "order",          "time",
    "column", "account", "coverage", "target measure", "weapon measure"};

// The columns of the `truce` format.
constexpr std::string_view kColumns[] = {
    "incident",   "account",    "according_to", "reported_at", "at",
    "from",       "to",         "kind",         "actor",       "target",
    "weapon",     "clauses",    "latitude",     "longitude",   "radius_m",
    "place",      "deaths_low", "deaths_best",  "deaths_high", "observed_by",
    "confidence", "source",     "source_id",    "note",        "key"};

// Where a problem lies; the caller knows the columns.
constexpr std::size_t kAtBecomes = 0;

RowProblem at_value(std::string reason) { return {std::nullopt, std::move(reason)}; }
RowProblem at_becomes(std::string reason) { return {kAtBecomes, std::move(reason)}; }

}  // namespace

bool ColumnReader::knows(std::string_view field) {
  return std::find(std::begin(kFields), std::end(kFields), field) != std::end(kFields);
}

std::optional<RowProblem> ColumnReader::read_place_of(const std::string& name,
                                                      const std::string& own) {
  if (!map_.columns.try_emplace(name, own).second) {
    return at_value(fmt::format("a second column for `{}`", name));
  }
  return std::nullopt;
}

// `[KIND] with MEASURE [UNIT]`.
std::optional<RowProblem> ColumnReader::read_measure(const Line& line) {
  const std::string text = line.becomes.starts_with("with ") ? " " + line.becomes : line.becomes;
  constexpr std::string_view kWith = " with ";
  const std::size_t at = text.find(kWith);
  if (at == std::string::npos) {
    return at_becomes(fmt::format(
        "`{}` names no measure; write `Sites with number` or `with calibre mm`", line.becomes));
  }
  ColumnMap::Measured measured;
  measured.column = fold_name(line.value);
  measured.is_of_weapon = line.field == "weapon measure";
  measured.kind = std::string(bare_name(text.substr(0, at)));
  const std::string rest = fold_name(text.substr(at + kWith.size()));
  const std::size_t gap = rest.find(' ');
  measured.measure = rest.substr(0, gap);
  measured.unit = gap == std::string::npos ? "" : rest.substr(gap + 1);
  if (measured.measure.empty()) {
    return at_becomes("no measure is named behind `with`");
  }
  map_.measured.push_back(std::move(measured));
  return std::nullopt;
}

std::optional<RowProblem> ColumnReader::read(const Line& line) {
  if (line.field != "column" && !line.field.ends_with("measure") &&
      !seen_.insert(line.field).second) {
    return at_value(fmt::format("a second `{}`", line.field));
  }
  const std::string own = fold_name(line.value);
  if (line.field == "id") {
    return read_place_of("incident", own);
  }
  if (line.field == "key") {
    return read_place_of("key", own);
  }
  if (line.field == "time") {
    if (fold_name(line.becomes) != "unix seconds") {
      return at_becomes(
          fmt::format("`{}` is no way to count time; write `unix seconds`, or name "
                      "the column of dates with `column` and `at`",
                      line.becomes));
    }
    map_.is_unix_time = true;
    return read_place_of("at", own);
  }
  if (line.field == "print") {
    map_.print = own;
  } else if (line.field == "order") {
    map_.order = own;
  } else if (line.field == "account") {
    map_.account = std::string(bare_name(line.value));
  } else if (line.field == "coverage") {
    if (own != "complete") {
      return at_value(
          fmt::format("`{}` is no coverage; write `complete`, or leave the line out "
                      "and use a coverage file",
                      line.value));
    }
    map_.is_complete = true;
  } else if (line.field == "column") {
    const std::string name = fold_name(line.becomes);
    if (std::find(std::begin(kColumns), std::end(kColumns), name) == std::end(kColumns)) {
      const std::vector<std::string> known(std::begin(kColumns), std::end(kColumns));
      const auto nearest = base::nearest_word(name, known);
      return at_becomes(fmt::format("`{}` is no column of the truce format{}", line.becomes,
                                    nearest ? fmt::format("; did you mean `{}`?", *nearest) : ""));
    }
    return read_place_of(name, own);
  } else {
    return read_measure(line);
  }
  return std::nullopt;
}

std::optional<std::string> ColumnReader::missing() const {
  const bool says_anything = !map_.columns.empty() || !map_.account.empty() ||
                             !map_.print.empty() || !map_.order.empty() || map_.is_complete ||
                             !map_.measured.empty();
  if (!says_anything) {
    return std::nullopt;
  }
  const auto has = [&](std::string_view name) { return map_.columns.contains(name); };
  if (!has("incident")) {
    return "no line says which column is the `id`";
  }
  if (!has("at") && !has("from")) {
    return "no line says which column has the time: `time`, or `column` with `at` or `from`";
  }
  if (!has("kind")) {
    return "no line says which column is the `kind`: write `column`, its name, `kind`";
  }
  if (map_.account.empty() && !has("account") && !has("according_to")) {
    return "no line says whose account it is: `account` and a name, or `column` with "
           "`according_to`";
  }
  return std::nullopt;
}

}  // namespace truce::incidents
