// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/watch.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "truce/geometry/region.h"

namespace truce::separation {
namespace {

using agreement::ActorId;
using agreement::Agreement;

constexpr base::Metres kFarthestIndex{100'000};

Concern all_of(Concern a, Concern b) {
  if (a == Concern::No || b == Concern::No) {
    return Concern::No;
  }
  return a == Concern::Yes && b == Concern::Yes ? Concern::Yes : Concern::Doubtful;
}

// Whether the observation is of one of the actors.
Concern is_of(const Whose& whose, const std::vector<ActorId>& actors) {
  std::size_t of_them = 0;
  for (const auto& actor : whose.actors) {
    of_them += actor && std::find(actors.begin(), actors.end(), *actor) != actors.end() ? 1 : 0;
  }
  if (whose.actors.empty()) {
    return Concern::Doubtful;
  }
  if (of_them == whose.actors.size() || (whose.is_all_of && of_them > 0)) {
    return Concern::Yes;
  }
  return of_them > 0 ? Concern::Doubtful : Concern::No;
}

// An observation as one clause sees it.
struct Row {
  std::size_t observation = 0;
  // Of the bearer's things, and of what they are to be away from.
  Concern is_own = Concern::No;
  Concern is_other = Concern::No;
};

// What stands at a moment, and how many pairs of it are near each other; a row that comes or goes
// is compared with those that stand, and with no others.
class Standings {
 public:
  Standings(const PresenceReading& reading, const Demand& demand, const geometry::Region* place)
      : reading_(reading), demand_(demand), place_(place) {}

  void add(const Row& row) {
    count(row, 1);
    rows_.push_back(row);
  }
  void remove(std::size_t observation) {
    const auto found = std::find_if(rows_.begin(), rows_.end(),
                                    [&](const Row& row) { return row.observation == observation; });
    const Row row = *found;
    rows_.erase(found);
    count(row, -1);
  }

  [[nodiscard]] Apartness state() const {
    if (surely_near_ > 0) {
      return Apartness::Near;
    }
    const bool is_seen = own_ > 0 && (place_ != nullptr || others_ > 0);
    return is_seen && maybe_near_ == 0 && unplaced_ == 0 ? Apartness::Apart
                                                         : Apartness::Undetermined;
  }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

 private:
  [[nodiscard]] const Observation& seen(const Row& row) const {
    return reading_.observations[row.observation];
  }

  void count(const Row& row, std::int64_t by) {
    const Observation& one = seen(row);
    if (!one.point) {
      unplaced_ += by;
      return;
    }
    own_ += row.is_own == Concern::No ? 0 : by;
    others_ += row.is_other == Concern::No ? 0 : by;
    if (place_ != nullptr) {
      if (row.is_own != Concern::No) {
        count_pair(row.is_own, place_->distance_to(*one.point).value, one.radius.value,
                   one.confidence, by);
      }
      return;
    }
    for (const Row& other : rows_) {
      const Observation& two = seen(other);
      const Concern is_pair = std::min(all_of(row.is_own, other.is_other),
                                       all_of(other.is_own, row.is_other), is_surer);
      if (is_pair != Concern::No && two.point) {
        count_pair(is_pair, geometry::distance(*one.point, *two.point).value,
                   one.radius.value + two.radius.value, std::min(one.confidence, two.confidence),
                   by);
      }
    }
  }

  static bool is_surer(Concern a, Concern b) {
    const auto rank = [](Concern concern) {
      return concern == Concern::Yes ? 0 : concern == Concern::Doubtful ? 1 : 2;
    };
    return rank(a) < rank(b);
  }

  void count_pair(Concern concern, double away, double radius, double confidence, std::int64_t by) {
    const double wanted = demand_.distance.value;
    maybe_near_ += away - radius < wanted ? by : 0;
    surely_near_ += concern == Concern::Yes && confidence >= 1 && away + radius < wanted ? by : 0;
  }

  const PresenceReading& reading_;
  const Demand& demand_;
  const geometry::Region* place_;
  std::vector<Row> rows_;
  std::int64_t own_ = 0;
  std::int64_t others_ = 0;
  std::int64_t unplaced_ = 0;
  std::int64_t maybe_near_ = 0;
  std::int64_t surely_near_ = 0;
};

struct Change {
  base::Instant at;
  // What goes, goes first.
  bool is_coming = false;
  std::size_t row = 0;

  friend auto operator<=>(const Change&, const Change&) = default;
};

// When each row comes and goes: seen again, or too old.
std::vector<Change> changes_of(const PresenceReading& reading, const std::vector<Row>& rows,
                               const WatchOptions& options) {
  std::map<std::string, std::vector<std::size_t>> by_id;
  std::vector<base::Instant> ends(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Observation& seen = reading.observations[rows[i].observation];
    ends[i] = seen.at + options.lifetime;
    if (!seen.id.empty()) {
      by_id[seen.id].push_back(i);
    }
  }
  for (auto& [id, numbers] : by_id) {
    const auto at = [&](std::size_t row) { return reading.observations[rows[row].observation].at; };
    std::stable_sort(numbers.begin(), numbers.end(),
                     [&](std::size_t a, std::size_t b) { return at(a) < at(b); });
    for (std::size_t i = 1; i < numbers.size(); ++i) {
      ends[numbers[i - 1]] = std::min(ends[numbers[i - 1]], at(numbers[i]));
    }
  }
  std::vector<Change> changes;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const base::Instant from = reading.observations[rows[i].observation].at;
    const bool concerns_it = rows[i].is_own != Concern::No || rows[i].is_other != Concern::No;
    if (concerns_it && from < ends[i] && from <= options.now) {
      changes.push_back({from, true, i});
      changes.push_back({ends[i], false, i});
    }
  }
  std::sort(changes.begin(), changes.end());
  return changes;
}

void extend(std::vector<ApartnessStretch>& stretches, base::TimeRange when, Apartness state) {
  if (!(when.from < when.to)) {
    return;
  }
  if (!stretches.empty() && stretches.back().state == state) {
    stretches.back().when.to = when.to;
  } else {
    stretches.push_back({when, state});
  }
}

Apartness state_at(const std::vector<ApartnessStretch>& stretches, base::Instant at) {
  for (const ApartnessStretch& stretch : stretches) {
    if (stretch.when.from <= at && at < stretch.when.to) {
      return stretch.state;
    }
  }
  return Apartness::Undetermined;
}

// The index of what stands at the present.
std::optional<IndexFigure> index_of(const PresenceReading& reading, const Standings& standings,
                                    const WatchOptions& options) {
  Positions positions;
  positions.at = options.now;
  for (const Row& row : standings.rows()) {
    const Observation& seen = reading.observations[row.observation];
    const bool is_own = row.is_own == Concern::Yes;
    if (!seen.point || is_own == (row.is_other == Concern::Yes) || !(seen.confidence > 0)) {
      positions.doubtful += seen.point ? 1 : 0;
      positions.unplaced += seen.point ? 0 : 1;
      continue;
    }
    positions.positions.push_back({.observation = row.observation,
                                   .side = is_own ? Side::First : Side::Second,
                                   .point = *seen.point,
                                   .radius = seen.radius,
                                   .weight = seen.confidence});
  }
  const auto index = measure_intermingling(
      positions, {.distance = options.distance, .cell_side = kFarthestIndex, .unusable = 0});
  return index ? std::optional(index->whole) : std::nullopt;
}

Standing opinion_of(Apartness state) {
  switch (state) {
    case Apartness::Apart:
      return Standing::Kept;
    case Apartness::Near:
      return Standing::Broken;
    case Apartness::Undetermined:
      return Standing::Unknown;
  }
  return Standing::Unknown;
}

AccountWatch watch_account(const PresenceReading& reading, const Demand& demand,
                           const geometry::Region* place, const std::vector<Row>& rows,
                           const WatchOptions& options) {
  AccountWatch watched;
  Standings standings(reading, demand, place);
  const std::vector<Change> changes = changes_of(reading, rows, options);
  // The present is a moment, not the end of one.
  const base::Instant end = options.now + base::Duration{1};
  std::size_t next = 0;
  while (next < changes.size() && changes[next].at < end) {
    const base::Instant from = changes[next].at;
    for (; next < changes.size() && changes[next].at == from; ++next) {
      const Row& row = rows[changes[next].row];
      if (changes[next].is_coming) {
        standings.add(row);
      } else {
        standings.remove(row.observation);
      }
    }
    const base::Instant to = next < changes.size() ? std::min(changes[next].at, end) : end;
    extend(watched.stretches, {from, to}, standings.state());
  }
  for (const ApartnessStretch& stretch : watched.stretches) {
    if (stretch.state == Apartness::Apart) {
      const base::Instant to = std::min(stretch.when.to, options.now);
      watched.longest_apart = std::max(watched.longest_apart, to - stretch.when.from);
      if (options.streak && !watched.streak_at && to - stretch.when.from >= *options.streak) {
        watched.streak_at = stretch.when.from + *options.streak;
      }
    }
  }
  if (!watched.stretches.empty() && watched.stretches.back().state == Apartness::Apart) {
    watched.apart_since = watched.stretches.back().when.from;
  }
  if (demand.deadline && *demand.deadline <= options.now) {
    watched.opinion = opinion_of(state_at(watched.stretches, *demand.deadline));
  }
  if (place == nullptr) {
    watched.index = index_of(reading, standings, options);
  }
  return watched;
}

// By the rule of docs/language/meaning.md, "Across accounts".
Standing across(const std::vector<AccountWatch>& accounts) {
  std::set<Standing> said;
  for (const AccountWatch& account : accounts) {
    said.insert(account.opinion);
  }
  if (said.contains(Standing::Broken)) {
    return said.contains(Standing::Kept)      ? Standing::Contested
           : said.contains(Standing::Unknown) ? Standing::Unknown
                                              : Standing::Broken;
  }
  if (said.contains(Standing::Unknown)) {
    return Standing::Unknown;
  }
  return said.contains(Standing::Kept) ? Standing::Kept : Standing::Pending;
}

std::string name_of(const PresenceReading& reading, const Observation& seen) {
  return seen.according_to.empty() ? reading.files[seen.origin.file] : seen.according_to;
}

void watch(const Agreement& text, const PresenceReading& reading, const std::vector<Whose>& whose,
           const WatchOptions& options, ClauseWatch& clause) {
  const Demand& demand = clause.demand;
  const geometry::Region* place = nullptr;
  if (demand.place) {
    place = text.place(*demand.place).region.get();
    if (place == nullptr) {
      clause.problem = fmt::format("no file draws {}", demand.target);
    }
  } else if (demand.others.empty()) {
    clause.problem = fmt::format("nobody knows of whom `{}` are", demand.target);
  }
  if (!demand.is_distance_stated && !demand.place) {
    clause.problem = "the clause states no distance, so nobody can say what is apart";
  }
  std::map<std::string, std::vector<Row>> accounts;
  for (std::size_t i = 0; i < reading.observations.size(); ++i) {
    const Observation& seen = reading.observations[i];
    if (!(seen.confidence > 0)) {
      continue;
    }
    Row row{.observation = i, .is_own = {}, .is_other = {}};
    row.is_own = all_of(is_of(whose[i], {clause.bearer}), concerns(text, demand, seen.kind));
    row.is_other = demand.place ? Concern::No : is_of(whose[i], demand.others);
    // Rows that concern nobody stay: they may be a later sighting of what did.
    accounts[name_of(reading, seen)].push_back(row);
  }
  for (const auto& [name, rows] : accounts) {
    AccountWatch watched = watch_account(reading, demand, place, rows, options);
    if (watched.stretches.empty()) {
      continue;
    }
    watched.account = name;
    if (!clause.problem.empty()) {
      watched.stretches.clear();
      watched.apart_since.reset();
      watched.longest_apart = {};
      watched.streak_at.reset();
      watched.opinion = demand.deadline && *demand.deadline <= options.now ? Standing::Unknown
                                                                           : Standing::Pending;
    }
    clause.accounts.push_back(std::move(watched));
  }
  clause.standing = across(clause.accounts);
  if (clause.accounts.empty() && demand.deadline && *demand.deadline <= options.now) {
    clause.standing = Standing::Unknown;
  }
}

}  // namespace

std::vector<ClauseWatch> watch_clauses(const Agreement& text, const PresenceReading& reading,
                                       const std::vector<Whose>& whose,
                                       const WatchOptions& options) {
  std::vector<ClauseWatch> clauses;
  for (std::size_t i = 0; i < text.actors.size(); ++i) {
    const auto bearer = base::id_at<ActorId>(i);
    // As if alone: what it is to be away from is looked up in the demand itself.
    for (Demand& demand : find_demands(text, {bearer, bearer})) {
      if (demand.side == Side::First && text.clause(*demand.clause).is_shown) {
        ClauseWatch clause;
        clause.demand = std::move(demand);
        clause.bearer = bearer;
        watch(text, reading, whose, options, clause);
        clauses.push_back(std::move(clause));
      }
    }
  }
  std::stable_sort(clauses.begin(), clauses.end(), [](const ClauseWatch& a, const ClauseWatch& b) {
    return a.demand.clause->index < b.demand.clause->index;
  });
  return clauses;
}

void join_readings(const std::vector<ClauseWatch>& other, std::vector<ClauseWatch>& clauses) {
  const auto is_same = [](const ClauseWatch& a, const ClauseWatch& b) {
    return a.demand.clause == b.demand.clause && a.bearer == b.bearer &&
           a.demand.target == b.demand.target;
  };
  for (ClauseWatch& clause : clauses) {
    const auto found = std::find_if(other.begin(), other.end(),
                                    [&](const ClauseWatch& one) { return is_same(one, clause); });
    if (found == other.end() || found->standing != clause.standing) {
      clause.standing = Standing::Unknown;
      clause.demand.is_disputed = true;
    }
  }
  for (const ClauseWatch& one : other) {
    if (std::none_of(clauses.begin(), clauses.end(),
                     [&](const ClauseWatch& clause) { return is_same(one, clause); })) {
      clauses.push_back(one);
      clauses.back().standing = Standing::Unknown;
      clauses.back().demand.is_disputed = true;
    }
  }
}

const char* to_word(Standing standing) {
  switch (standing) {
    case Standing::Kept:
      return "kept";
    case Standing::Broken:
      return "broken";
    case Standing::Unknown:
      return "unknown";
    case Standing::Contested:
      return "contested";
    case Standing::Pending:
      return "pending";
  }
  return "unknown";
}

}  // namespace truce::separation
