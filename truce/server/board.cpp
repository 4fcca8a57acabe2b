// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/board.h"

#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "truce/server/internal/accounts.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

// Each word once; columns name it by its number.
class Words {
 public:
  std::size_t number(std::string_view word) {
    const auto [at, is_new] = numbers_.try_emplace(std::string(word), numbers_.size());
    if (is_new) {
      list_ += list_.empty() ? "" : ",";
      list_ += JsonValue(word).to_text();
    }
    return at->second;
  }
  [[nodiscard]] const std::string& list() const { return list_; }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
  std::string list_;
};

// What all accounts of an incident say together: the hull of their times, the most exact place.
struct Together {
  base::TimeRange when{base::kAfterTime, base::kBeforeTime};
  const incidents::Report* most_exact = nullptr;
  std::set<std::string> kinds;
  std::set<std::string> actors;
  std::set<std::string> targets;
  std::set<std::string> sources;
  std::string place;
  std::size_t accounts = 0;
  bool has_sealed = false;
};

void add(const incidents::Report& report, Together& all) {
  all.when.from = std::min(all.when.from, report.when.from);
  all.when.to = std::max(all.when.to, report.when.to);
  all.kinds.insert(report.kinds.names.begin(), report.kinds.names.end());
  all.actors.insert(report.actors.names.begin(), report.actors.names.end());
  all.targets.insert(report.targets.names.begin(), report.targets.names.end());
  all.sources.insert(report.according_to);
  const bool is_more_exact =
      all.most_exact == nullptr || report.radius.value < all.most_exact->radius.value;
  if (report.point && is_more_exact) {
    all.most_exact = &report;
  }
  if (all.place.empty() || all.most_exact == &report) {
    all.place = report.place.empty() ? all.place : report.place;
  }
}

// The last row of each account, of those that may be seen.
std::vector<const AccountRow*> standing_rows(const std::vector<AccountRow>& rows,
                                             const Person& person) {
  std::map<std::pair<std::string_view, std::string_view>, const AccountRow*> last;
  for (const AccountRow& row : rows) {
    if (is_shown(row.audience, person)) {
      const AccountRow*& kept = last[{row.report.account, row.desk}];
      if (kept == nullptr || kept->report.reported_at <= row.report.reported_at) {
        kept = &row;
      }
    }
  }
  std::vector<const AccountRow*> standing;
  for (const auto& [account, row] : last) {
    if (!row->report.is_withdrawn) {
      standing.push_back(row);
    }
  }
  return standing;
}

Together together(const std::vector<const AccountRow*>& rows, const Person& person) {
  Together all;
  all.accounts = rows.size();
  for (const AccountRow* row : rows) {
    // What a side said in confidence is told of on the incident's own page, where it is noted.
    if (is_sealed(row->audience) && row->desk != desk_of(person)) {
      all.has_sealed = true;
    } else {
      add(row->report, all);
    }
  }
  return all;
}

std::string seconds(base::Instant at) {
  return at > base::kBeforeTime && at < base::kAfterTime ? std::to_string(at.seconds) : "null";
}

// The columns as they grow, each the text of a list in JSON.
class Columns {
 public:
  void put(std::string_view name, std::string_view value) {
    std::string& column = columns_[std::string(name)];
    column += column.empty() ? "" : ",";
    column += value;
  }
  void put_words(std::string_view name, const std::set<std::string>& all, Words& words) {
    std::string list = "[";
    for (const std::string& word : all) {
      list += list.size() > 1 ? "," : "";
      list += std::to_string(words.number(word));
    }
    put(name, list + "]");
  }
  void close(std::string& text) const {
    for (const auto& [name, column] : columns_) {
      text += fmt::format(",\"{}\":[{}]", name, column);
    }
  }

 private:
  std::map<std::string, std::string> columns_;
};

using VerdictsByIncident = std::unordered_map<std::string, std::string>;

// Clause, bearer and verdict, three numbers each.
VerdictsByIncident verdicts_of(const Record& record, const Person& person, Words& words) {
  VerdictsByIncident found;
  const workbench::LiveRecord* const live = record.verdicts(view_of(person));
  if (live == nullptr) {
    return found;
  }
  for (const workbench::ToldChange& verdict : live->standing()) {
    if (!verdict.incident) {
      continue;
    }
    std::string& list = found[*verdict.incident];
    list += fmt::format("{}{},{},{}", list.empty() ? "" : ",", words.number(verdict.clause),
                        words.number(verdict.bearer), words.number(verdict.verdict));
  }
  return found;
}

void put_incident(const std::string& incident, const Together& all, Words& words,
                  Columns& columns) {
  columns.put("incidents", JsonValue(incident).to_text());
  columns.put("from", seconds(all.when.from));
  columns.put("to", seconds(all.when.to));
  const incidents::Report* const exact = all.most_exact;
  // A hundred-thousandth of a degree is a metre.
  columns.put("latitude",
              exact == nullptr ? "null" : fmt::format("{:.5f}", exact->point->latitude.degrees));
  columns.put("longitude",
              exact == nullptr ? "null" : fmt::format("{:.5f}", exact->point->longitude.degrees));
  columns.put("radius_m", exact == nullptr ? "null" : fmt::format("{:.0f}", exact->radius.value));
  columns.put("place", all.place.empty() ? "null" : std::to_string(words.number(all.place)));
  columns.put("accounts", std::to_string(all.accounts));
  columns.put("is_sealed", all.has_sealed ? "true" : "false");
  columns.put_words("kinds", all.kinds, words);
  columns.put_words("actors", all.actors, words);
  columns.put_words("targets", all.targets, words);
  columns.put_words("sources", all.sources, words);
}

}  // namespace

std::string board_text(const Record& record, const Person& person) {
  Words words;
  Columns columns;
  const VerdictsByIncident verdicts = verdicts_of(record, person, words);
  std::size_t count = 0;
  for (const auto& [incident, rows] : record.incidents()) {
    const auto standing = standing_rows(rows, person);
    if (standing.empty()) {
      continue;
    }
    ++count;
    put_incident(incident, together(standing, person), words, columns);
    const auto found = verdicts.find(incident);
    columns.put("verdicts", found == verdicts.end() ? "[]" : '[' + found->second + ']');
  }
  std::string text = fmt::format("{{\"count\":{}", count);
  if (count > 0) {
    columns.close(text);
  }
  text += fmt::format(",\"words\":[{}]}}", words.list());
  return text;
}

}  // namespace truce::server::internal
