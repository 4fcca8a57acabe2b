// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/histories.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace truce::monitor::internal {

using facts::Truth;

namespace {

// Metres in a degree of latitude, and in one of longitude at the equator, none too long.
constexpr double kMetresPerDegree = 110'000;
// Nearer to a pole, and for cells wider than this, an index by cells is no help.
constexpr double kLeastCosine = 0.05;
constexpr double kWidestCell = 60;

double cosine(double degrees) { return std::cos(degrees * std::numbers::pi / 180); }

std::uint64_t cell_key(std::int64_t band, std::int64_t column) {
  return (static_cast<std::uint64_t>(band) << 32U) ^
         (static_cast<std::uint64_t>(column) & 0xFFFFFFFFU);
}

// Whether an item lies between two instants, both included.
Truth is_between(const History::Item& item, base::Instant first, base::Instant last) {
  if (first > last || item.last < first || item.first > last) {
    return Truth::No;
  }
  return item.first >= first && item.last <= last ? Truth::Yes : Truth::Maybe;
}

base::Instant back_from(base::Instant at, base::Duration back) {
  return std::max(base::kBeforeTime, at - back);
}

}  // namespace

void History::put(Item item, Bucket& bucket) {
  item.last_so_far = bucket.empty() ? item.last : std::max(item.last, bucket.back().last_so_far);
  bucket.push_back(item);
}

History::History(const Record& record, const std::vector<Item>& items,
                 const std::optional<agreement::Nearness>& nearness)
    : record_(record), nearness_(nearness) {
  if (nearness_ && nearness_->within) {
    // What two facts of that doubt can be apart, and still be near.
    band_height_ = 3 * nearness_->within->value / kMetresPerDegree;
  }
  std::vector<facts::IncidentId> incidents;
  incidents.reserve(items.size());
  for (const Item& item : items) {
    put(item, all_);
    truths_.emplace(item.fact.index, item.truth);
    incidents.push_back(item.incident);
    if (!nearness_) {
      continue;
    }
    const std::uint32_t word = record_.place_word(item.fact);
    if (nearness_->within) {
      add_to_grid(item);
    } else if (word != Record::kNoWord) {
      put(item, by_word_[word]);
    } else {
      put(item, open_);
    }
  }
  std::sort(incidents.begin(), incidents.end());
  has_repeats_ = std::adjacent_find(incidents.begin(), incidents.end()) != incidents.end();
}

std::int64_t History::band_of(double latitude) const {
  return static_cast<std::int64_t>(std::floor(latitude / band_height_));
}

// Of cells that hold all that can be near something in one of the bands; 0 where there is none.
double History::cell_width(std::int64_t first_band, std::int64_t last_band) const {
  const double south = static_cast<double>(first_band) * band_height_;
  const double north = static_cast<double>(last_band + 1) * band_height_;
  double least = cosine(std::min(90.0, std::max(std::abs(south), std::abs(north))));
  if (const auto about = record_.agreement().planar_latitude) {
    least = std::min(least, cosine(*about));
  }
  const double width = least < kLeastCosine ? 0 : band_height_ / least;
  return width > kWidestCell ? 0 : width;
}

void History::add_to_grid(const Item& item) {
  const auto& where = record_.fact(item.fact).where;
  const bool is_narrow = where && where->radius.value <= nearness_->within->value;
  if (!is_narrow) {
    put(item, open_);
    return;
  }
  const std::int64_t band = band_of(where->centre.latitude.degrees);
  const double width = cell_width(band, band);
  const double column = width == 0 ? 0 : std::floor(where->centre.longitude.degrees / width);
  put(item, by_cell_[cell_key(band, static_cast<std::int64_t>(column))]);
}

template <typename Visit>
void History::near_cells(base::Point point, Visit visit) const {
  const std::int64_t middle = band_of(point.latitude.degrees);
  const double reach = cell_width(middle - 1, middle + 1);
  for (std::int64_t band = middle - 1; band <= middle + 1; ++band) {
    const double width = cell_width(band, band);
    if (width == 0) {
      visit(cell_key(band, 0));
      continue;
    }
    // Without a reach all of the band is near; across the date line its other end is.
    const bool is_all = reach == 0;
    for (const double turn : {-360.0, 0.0, 360.0}) {
      const double west = is_all ? -180 : point.longitude.degrees + turn - reach;
      const double east = is_all ? 180 : point.longitude.degrees + turn + reach;
      if ((is_all && turn != 0) || east < -180 || west > 180) {
        continue;
      }
      const auto first = static_cast<std::int64_t>(std::floor(std::max(west, -180.0) / width));
      const auto last = static_cast<std::int64_t>(std::floor(std::min(east, 180.0) / width));
      for (std::int64_t column = first; column <= last; ++column) {
        visit(cell_key(band, column));
      }
    }
  }
}

// False where `visit` has seen enough.
template <typename Visit>
bool History::walk(const Bucket& bucket, base::Instant first, base::Instant last, Visit visit) {
  auto next = std::upper_bound(bucket.begin(), bucket.end(), last,
                               [](base::Instant at, const Item& item) { return at < item.first; });
  while (next != bucket.begin() && std::prev(next)->last_so_far >= first) {
    --next;
    if (next->last >= first && !visit(*next)) {
      return false;
    }
  }
  return true;
}

template <typename Visit>
void History::between(base::Instant first, base::Instant last, const facts::Fact* about,
                      std::uint32_t word, Visit visit) const {
  if (!nearness_ || about == nullptr) {
    const Truth is_near = nearness_ ? Truth::Maybe : Truth::Yes;
    walk(all_, first, last, [&](const Item& item) { return visit(item, is_near); });
    return;
  }
  const auto measured = [&](const Item& item) {
    return visit(item,
                 facts::is_near(record_.agreement(), record_.fact(item.fact), *about, *nearness_));
  };
  bool goes_on = true;
  if (nearness_->within) {
    const bool is_narrow = about->where && about->where->radius.value <= nearness_->within->value;
    if (!is_narrow) {
      walk(all_, first, last, measured);
      return;
    }
    near_cells(about->where->centre, [&](std::uint64_t cell) {
      const auto found = by_cell_.find(cell);
      goes_on = goes_on && (found == by_cell_.end() || walk(found->second, first, last, measured));
    });
  } else if (word == Record::kNoWord) {
    walk(all_, first, last, measured);
    return;
  } else if (const auto same = by_word_.find(word); same != by_word_.end()) {
    // The same word is the same place.
    goes_on =
        walk(same->second, first, last, [&](const Item& item) { return visit(item, Truth::Yes); });
  }
  if (goes_on) {
    walk(open_, first, last, measured);
  }
}

Truth History::truth_of(facts::FactId fact) const {
  const auto found = truths_.find(fact.index);
  return found == truths_.end() ? Truth::No : found->second;
}

Histories::Histories(const Record& record, Sources sources)
    : record_(record), sources_(std::move(sources)) {}

bool Histories::looks_around(const agreement::Situation& situation) {
  const auto* occurrence = std::get_if<agreement::Occurrence>(&situation.what);
  return std::holds_alternative<agreement::StandingStreak>(situation.what) ||
         std::holds_alternative<agreement::Frequency>(situation.what) ||
         (occurrence != nullptr && (occurrence->nearness || occurrence->during));
}

const Histories::Lived& Histories::lived(const agreement::Situation& situation,
                                         facts::AccountId account) {
  const std::pair key{&situation, account};
  if (const auto known = lived_.find(key); known != lived_.end()) {
    return known->second;
  }
  Lived lived;
  lived.what = &situation.what;
  std::optional<agreement::Nearness> nearness;
  std::vector<const agreement::Occurrence*> acts;
  bool needs_coverage = true;
  if (const auto* streak = std::get_if<agreement::StandingStreak>(lived.what)) {
    lived.back = agreement::look_back(streak->period);
    lived.start = sources_.start(*streak, account);
    nearness = streak->nearness;
    acts = sources_.excluded(streak->holdings);
  } else if (const auto* frequency = std::get_if<agreement::Frequency>(lived.what)) {
    lived.back = agreement::look_back(frequency->within);
    nearness = frequency->nearness;
    acts = {&frequency->occasion};
    needs_coverage = false;
  } else if (const auto* occurrence = std::get_if<agreement::Occurrence>(lived.what)) {
    lived.back = occurrence->during ? agreement::look_back(*occurrence->during) : base::Duration{0};
    nearness = occurrence->nearness;
    acts = {occurrence};
    needs_coverage = occurrence->is_negated;
    lived.is_ordered = occurrence->during.has_value();
  }
  // A fact may be several of the acts: then it is any of them.
  std::map<facts::FactId, Truth> truths;
  for (const agreement::Occurrence* act : acts) {
    for (const auto& [fact, truth] : sources_.occurrences(*act, account)) {
      Truth& known = truths[fact];
      known = known || truth;
    }
    if (needs_coverage) {
      lived.covered = lived.covered && record_.covered(account, act->act.verb, {});
    }
  }
  if (account == record_.nobody()) {
    lived.covered = Timeline(Truth::No);
  }
  std::vector<History::Item> items;
  items.reserve(truths.size());
  for (const auto& [id, truth] : truths) {
    const facts::Fact& fact = record_.fact(id);
    items.push_back({id, fact.incident, fact.when.from, facts::last_of(fact.when), truth, {}});
  }
  std::stable_sort(items.begin(), items.end(), [](const History::Item& a, const History::Item& b) {
    return a.first < b.first;
  });
  lived.history = std::make_unique<History>(record_, std::move(items), nearness);
  return lived_.emplace(key, std::move(lived)).first->second;
}

Truth Histories::any_between(const Lived& lived, std::optional<facts::FactId> fact,
                             base::Instant first, base::Instant last) const {
  const facts::Fact* about = fact ? &record_.fact(*fact) : nullptr;
  Truth result = Truth::No;
  lived.history->between(
      first, last, about, fact ? record_.place_word(*fact) : Record::kNoWord,
      [&](const History::Item& item, Truth is_near) {
        const bool is_other =
            about == nullptr ||
            (item.incident != about->incident &&
             !(lived.is_ordered && facts::comes_after(record_.fact(item.fact), *about)));
        if (is_other) {
          result = result || (is_between(item, first, last) && is_near && item.truth);
        }
        return result != Truth::Yes;
      });
  return result;
}

Truth Histories::occurs(const Lived& lived, const agreement::Occurrence& occurrence,
                        std::optional<facts::FactId> fact, base::Instant at) const {
  const base::Instant first = back_from(at, lived.back);
  const Truth does = any_between(lived, fact, first, at);
  if (!occurrence.is_negated) {
    return does;
  }
  const bool is_seen = lived.covered.over({first, at + base::Duration{1}}).truth() == Truth::Yes;
  return does == Truth::No && !is_seen ? Truth::Maybe : !does;
}

Truth Histories::is_quiet(const Lived& lived, std::optional<facts::FactId> fact,
                          base::Instant at) const {
  const base::Instant first = back_from(at, lived.back);
  const base::Duration second{1};
  const Truth has_passed = Timeline::since(lived.start).at(first);
  if (has_passed == Truth::No) {
    return has_passed;
  }
  const Truth interrupted = any_between(lived, fact, first + second, at - second);
  const bool is_seen = lived.covered.over({first, at + second}).truth() == Truth::Yes;
  return has_passed && (interrupted == Truth::No && !is_seen ? Truth::Maybe : !interrupted);
}

Truth Histories::is_frequent(const Lived& lived, const agreement::Frequency& frequency,
                             std::optional<facts::FactId> fact, base::Instant at) const {
  if (!frequency.at_least) {
    return Truth::Maybe;
  }
  const base::Instant first = back_from(at, lived.back);
  const facts::Fact* about = fact ? &record_.fact(*fact) : nullptr;
  const Truth own = fact ? lived.history->truth_of(*fact) : Truth::No;
  std::int64_t certain = own == Truth::Yes ? 1 : 0;
  std::int64_t possible = own != Truth::No ? 1 : 0;
  std::map<facts::IncidentId, Truth> counted;
  lived.history->between(
      first, at, about, fact ? record_.place_word(*fact) : Record::kNoWord,
      [&](const History::Item& item, Truth is_near) {
        const bool is_own =
            about != nullptr && (item.incident == about->incident ||
                                 facts::comes_after(record_.fact(item.fact), *about));
        const Truth counts =
            is_own ? Truth::No : is_between(item, first, at) && is_near && item.truth;
        Truth before = Truth::No;
        if (counts != Truth::No && lived.history->has_repeats()) {
          Truth& known = counted[item.incident];
          before = known;
          known = known || counts;
        }
        certain += counts == Truth::Yes && before != Truth::Yes ? 1 : 0;
        possible += counts != Truth::No && before == Truth::No ? 1 : 0;
        return certain < *frequency.at_least;
      });
  return certain >= *frequency.at_least   ? Truth::Yes
         : possible < *frequency.at_least ? Truth::No
                                          : Truth::Maybe;
}

Truth Histories::evaluate(const Lived& lived, std::optional<facts::FactId> fact,
                          base::Instant at) const {
  if (std::holds_alternative<agreement::StandingStreak>(*lived.what)) {
    return is_quiet(lived, fact, at);
  }
  if (const auto* frequency = std::get_if<agreement::Frequency>(lived.what)) {
    return is_frequent(lived, *frequency, fact, at);
  }
  return occurs(lived, std::get<agreement::Occurrence>(*lived.what), fact, at);
}

std::vector<base::Instant> Histories::changes(const Lived& lived, base::TimeRange when,
                                              std::optional<facts::FactId> about) const {
  const base::Instant last = facts::last_of(when);
  std::vector<base::Instant> found = {when.from};
  const auto add = [&](base::Instant at) {
    for (const base::Instant moved : {at, at + lived.back}) {
      for (const std::int64_t step : {-1, 0, 1}) {
        const base::Instant change{moved.seconds + step};
        if (change > when.from && change <= last) {
          found.push_back(change);
        }
      }
    }
  };
  lived.history->between(
      back_from(when.from, lived.back), last, about ? &record_.fact(*about) : nullptr,
      about ? record_.place_word(*about) : Record::kNoWord, [&](const History::Item& item, Truth) {
        add(item.first);
        add(item.last);
        return true;
      });
  for (const Timeline::Step& step : lived.covered.steps()) {
    add(step.from);
  }
  add(lived.start.earliest);
  add(lived.start.latest);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Timeline Histories::at_fact(const agreement::Situation& situation, facts::FactId id) {
  const facts::Fact& fact = record_.fact(id);
  const Lived& its = lived(situation, fact.account);
  if (facts::last_of(fact.when) == fact.when.from) {
    return Timeline(evaluate(its, id, fact.when.from));
  }
  std::vector<Timeline::Step> steps;
  for (const base::Instant at : changes(its, fact.when, id)) {
    steps.push_back({at, evaluate(its, id, at)});
  }
  return Timeline::of_steps(steps);
}

Timeline Histories::over(const agreement::Situation& situation, facts::AccountId account,
                         base::TimeRange when) {
  const Lived& its = lived(situation, account);
  if (facts::last_of(when) == when.from) {
    return Timeline(evaluate(its, std::nullopt, when.from));
  }
  std::vector<Timeline::Step> steps;
  for (const base::Instant at : changes(its, when, std::nullopt)) {
    steps.push_back({at, evaluate(its, std::nullopt, at)});
  }
  return Timeline::of_steps(steps);
}

}  // namespace truce::monitor::internal
