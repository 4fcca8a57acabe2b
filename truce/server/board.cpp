// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/board.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "truce/server/internal/accounts.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

// Each word once; columns name it by its number.
class Words {
 public:
  std::uint32_t number(std::string_view word) {
    if (const auto at = numbers_.find(word); at != numbers_.end()) {
      return at->second;
    }
    list_ += list_.empty() ? "" : ",";
    list_ += JsonValue(word).to_text();
    return numbers_.emplace(word, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }
  [[nodiscard]] const std::string& list() const { return list_; }

 private:
  // A word that is there already is found without a copy.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::string list_;
};

// Each list of words once: many incidents have the same.
class Lists {
 public:
  // `numbers`: as a list in JSON has them, without its brackets.
  std::uint32_t number(const std::string& numbers) {
    const auto [at, is_new] =
        numbers_.try_emplace(numbers, static_cast<std::uint32_t>(lists_.size()));
    if (is_new) {
      lists_.push_back('[' + numbers + ']');
    }
    return at->second;
  }
  // In JSON.
  [[nodiscard]] const std::string& text(std::uint32_t number) const { return lists_[number]; }
  [[nodiscard]] const std::vector<std::string>& all() const { return lists_; }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> lists_;
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
  if (rows.size() == 1) {
    const AccountRow& row = rows.front();
    return is_shown(row.audience, person) && !row.report->is_withdrawn
               ? std::vector<const AccountRow*>{&row}
               : std::vector<const AccountRow*>();
  }
  std::map<std::pair<std::string_view, std::string_view>, const AccountRow*> last;
  for (const AccountRow& row : rows) {
    if (is_shown(row.audience, person)) {
      const AccountRow*& kept = last[{row.report->account, row.desk}];
      if (kept == nullptr || kept->report->reported_at <= row.report->reported_at) {
        kept = &row;
      }
    }
  }
  std::vector<const AccountRow*> standing;
  for (const auto& [account, row] : last) {
    if (!row->report->is_withdrawn) {
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
      add(*row->report, all);
    }
  }
  return all;
}

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint32_t kNoWord = std::numeric_limits<std::uint32_t>::max();

double seconds(base::Instant at) {
  return at > base::kBeforeTime && at < base::kAfterTime ? static_cast<double>(at.seconds) : kNone;
}

// All incidents, a column for each thing that is told of them.
struct Board {
  Words words;
  Lists lists;
  std::vector<std::string> incidents;
  std::vector<double> from;
  std::vector<double> to;
  std::vector<double> latitude;
  std::vector<double> longitude;
  std::vector<double> radius_m;
  std::vector<std::uint32_t> place;
  std::vector<std::uint32_t> accounts;
  std::vector<std::uint32_t> is_sealed;
  // Numbers of lists.
  std::vector<std::uint32_t> kinds;
  std::vector<std::uint32_t> actors;
  std::vector<std::uint32_t> targets;
  std::vector<std::uint32_t> sources;
  std::vector<std::uint32_t> verdicts;
};

std::uint32_t list_of(const std::set<std::string>& all, Board& board) {
  std::string list;
  for (const std::string& word : all) {
    list += list.empty() ? "" : ",";
    list += std::to_string(board.words.number(word));
  }
  return board.lists.number(list);
}

// Lists of verdicts, as Lists has them.
using VerdictsByIncident = std::unordered_map<std::string_view, std::string>;

void add(std::string_view clause, std::string_view bearer, std::string_view verdict, Words& words,
         std::string& list) {
  list += fmt::format("{}{},{},{}", list.empty() ? "" : ",", words.number(clause),
                      words.number(bearer), words.number(verdict));
}

// The names of the incidents that are asked for; none: all.
using Only = std::optional<std::set<std::string>>;

// Names are those of the record.
VerdictsByIncident verdicts_of(const Record& record, const workbench::LiveRecord* live,
                               const Only& only, Words& words) {
  VerdictsByIncident found;
  if (live == nullptr) {
    return found;
  }
  const auto list_of_incident = [&](std::string_view incident) -> std::string* {
    const auto at = record.incidents().find(std::string(incident));
    return at == record.incidents().end() ? nullptr : &found[at->first];
  };
  const auto take = [&](const workbench::BriefVerdict& one) {
    if (std::string* const list = list_of_incident(one.incident)) {
      add(one.clause, one.bearer, one.verdict, words, *list);
    }
  };
  if (!only) {
    live->each_on_incident(take);
    return found;
  }
  for (const std::string& incident : *only) {
    for (const workbench::ToldChange& told : live->standing_of(incident)) {
      if (told.incident == incident) {
        take({incident, told.clause, told.bearer, told.verdict});
      }
    }
  }
  return found;
}

void put(const std::string& incident, const Together& all, Board& board) {
  board.incidents.push_back(incident);
  board.from.push_back(seconds(all.when.from));
  board.to.push_back(seconds(all.when.to));
  const incidents::Report* const exact = all.most_exact;
  board.latitude.push_back(exact == nullptr ? kNone : exact->point->latitude.degrees);
  board.longitude.push_back(exact == nullptr ? kNone : exact->point->longitude.degrees);
  board.radius_m.push_back(exact == nullptr ? kNone : std::round(exact->radius.value));
  board.place.push_back(all.place.empty() ? kNoWord : board.words.number(all.place));
  board.accounts.push_back(static_cast<std::uint32_t>(all.accounts));
  board.is_sealed.push_back(all.has_sealed ? 1 : 0);
  board.kinds.push_back(list_of(all.kinds, board));
  board.actors.push_back(list_of(all.actors, board));
  board.targets.push_back(list_of(all.targets, board));
  board.sources.push_back(list_of(all.sources, board));
}

Board board_of(const Record& record, const Person& person, const Only& only) {
  Board board;
  const VerdictsByIncident verdicts =
      verdicts_of(record, record.verdicts(view_of(person)), only, board.words);
  const auto put_one = [&](const std::string& name, const std::vector<AccountRow>& rows) {
    const auto standing = standing_rows(rows, person);
    if (standing.empty()) {
      return;
    }
    put(name, together(standing, person), board);
    const auto found = verdicts.find(name);
    board.verdicts.push_back(
        board.lists.number(found == verdicts.end() ? std::string() : found->second));
  };
  const auto& all = record.incidents();
  if (!only) {
    for (const auto& [name, rows] : all) {
      put_one(name, rows);
    }
    return board;
  }
  for (const std::string& name : *only) {
    if (const auto at = all.find(name); at != all.end()) {
      put_one(name, at->second);
    }
  }
  return board;
}

// The incidents somebody may see that began last, those of which it is not known behind them.
std::set<std::string> latest_of(const Record& record, const Person& person, std::size_t most) {
  std::vector<std::pair<base::Instant, const std::string*>> begun;
  begun.reserve(record.incidents().size());
  for (const auto& [name, rows] : record.incidents()) {
    base::Instant from = base::kAfterTime;
    bool is_told_of = false;
    for (const AccountRow* row : standing_rows(rows, person)) {
      is_told_of = true;
      // As in the columns, what is sealed says nothing.
      if (!is_sealed(row->audience) || row->desk == desk_of(person)) {
        from = std::min(from, row->report->when.from);
      }
    }
    if (is_told_of) {
      begun.emplace_back(from == base::kAfterTime ? base::kBeforeTime : from, &name);
    }
  }
  const auto is_later = [](const auto& one, const auto& other) {
    return one.first != other.first ? one.first > other.first : *one.second < *other.second;
  };
  const auto end = begun.begin() + static_cast<std::ptrdiff_t>(std::min(most, begun.size()));
  std::partial_sort(begun.begin(), end, begun.end(), is_later);
  std::set<std::string> latest;
  std::transform(begun.begin(), end, std::inserter(latest, latest.end()),
                 [](const auto& one) { return *one.second; });
  return latest;
}

// A column as a list in JSON.
template <typename Value, typename Write>
void put_column(std::string& text, std::string_view name, const std::vector<Value>& column,
                Write write) {
  text += fmt::format(",\"{}\":[", name);
  bool is_first = true;
  for (const Value& value : column) {
    text += is_first ? "" : ",";
    text += write(value);
    is_first = false;
  }
  text += ']';
}

// The bytes of a column, lowest first.
template <typename Value>
void put_bytes(std::string& bytes, const std::vector<Value>& column) {
  static_assert(std::endian::native == std::endian::little);
  bytes.append(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(Value));
}

}  // namespace

std::string board_text(const Record& record, const Person& person) {
  const Board board = board_of(record, person, std::nullopt);
  std::string text = fmt::format("{{\"count\":{}", board.incidents.size());
  if (!board.incidents.empty()) {
    const auto number = [](std::uint32_t value) { return std::to_string(value); };
    const auto whole = [](double value) {
      return std::isnan(value) ? std::string("null") : fmt::format("{:.0f}", value);
    };
    // A hundred-thousandth of a degree is a metre.
    const auto degrees = [](double value) {
      return std::isnan(value) ? std::string("null") : fmt::format("{:.5f}", value);
    };
    const auto list = [&](std::uint32_t value) { return board.lists.text(value); };
    put_column(text, "accounts", board.accounts, number);
    put_column(text, "actors", board.actors, list);
    put_column(text, "from", board.from, whole);
    put_column(text, "incidents", board.incidents,
               [](const std::string& name) { return JsonValue(name).to_text(); });
    put_column(text, "is_sealed", board.is_sealed,
               [](std::uint32_t value) { return std::string(value == 0 ? "false" : "true"); });
    put_column(text, "kinds", board.kinds, list);
    put_column(text, "latitude", board.latitude, degrees);
    put_column(text, "longitude", board.longitude, degrees);
    put_column(text, "place", board.place, [](std::uint32_t value) {
      return value == kNoWord ? std::string("null") : std::to_string(value);
    });
    put_column(text, "radius_m", board.radius_m, whole);
    put_column(text, "sources", board.sources, list);
    put_column(text, "targets", board.targets, list);
    put_column(text, "to", board.to, whole);
    put_column(text, "verdicts", board.verdicts, list);
  }
  text += fmt::format(",\"words\":[{}]}}", board.words.list());
  return text;
}

namespace {

std::string bytes_of(const Board& board) {
  std::string names;
  std::vector<std::uint32_t> name_ends;
  for (const std::string& name : board.incidents) {
    names += name;
    name_ends.push_back(static_cast<std::uint32_t>(names.size()));
  }
  std::string head =
      fmt::format("{{\"count\":{},\"words\":[{}],\"lists\":[{}]}}", board.incidents.size(),
                  board.words.list(), fmt::join(board.lists.all(), ","));
  // Columns begin at a multiple of eight, so that they are read where they lie.
  constexpr std::size_t kWidth = 8;
  head.append((kWidth - head.size() % kWidth) % kWidth, ' ');
  std::string bytes = "truce-board/1\n";
  bytes += fmt::format("{:09}\n", head.size());
  bytes += head;
  for (const auto* column :
       {&board.from, &board.to, &board.latitude, &board.longitude, &board.radius_m}) {
    put_bytes(bytes, *column);
  }
  for (const auto* column : {&board.place, &board.accounts, &board.is_sealed, &board.kinds,
                             &board.actors, &board.targets, &board.sources, &board.verdicts}) {
    put_bytes(bytes, *column);
  }
  put_bytes(bytes, name_ends);
  return bytes + names;
}

}  // namespace

std::string board_bytes(const Record& record, const Person& person) {
  return bytes_of(board_of(record, person, std::nullopt));
}
std::string board_bytes_of(const Record& record, const Person& person,
                           const std::string& incident) {
  return bytes_of(board_of(record, person, std::set{incident}));
}
std::string board_bytes_of_latest(const Record& record, const Person& person, std::size_t most) {
  return bytes_of(board_of(record, person, latest_of(record, person, most)));
}

}  // namespace truce::server::internal
