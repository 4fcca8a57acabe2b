// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/conflicts.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace truce::packages {
namespace {

using Set = std::vector<std::size_t>;

// Finds sets that are not decided yet: a set within which no conflict lies, and which is not within
// a largest set that can be kept.
class Seeds {
 public:
  Seeds(std::size_t count, const Conflicts& found) : count_(count), found_(&found) {}

  // Which to keep; none where every set is decided.
  std::optional<std::vector<bool>> find() {
    is_dropped_.assign(count_, false);
    if (!drop()) {
      return std::nullopt;
    }
    std::vector<bool> kept(count_);
    for (std::size_t at = 0; at < count_; ++at) {
      kept[at] = !is_dropped_[at];
    }
    return kept;
  }

 private:
  // Drops one of each conflict, but no whole relaxation.
  bool drop() {
    for (const Set& relaxation : found_->relaxations) {
      if (std::all_of(relaxation.begin(), relaxation.end(),
                      [&](std::size_t at) { return is_dropped_[at]; })) {
        return false;
      }
    }
    for (const Set& conflict : found_->sets) {
      if (std::none_of(conflict.begin(), conflict.end(),
                       [&](std::size_t at) { return is_dropped_[at]; })) {
        return std::any_of(conflict.begin(), conflict.end(), [&](std::size_t at) {
          is_dropped_[at] = true;
          const bool is_found = drop();
          is_dropped_[at] = is_found;
          return is_found;
        });
      }
    }
    return true;
  }

  std::size_t count_;
  const Conflicts* found_;
  std::vector<bool> is_dropped_;
};

Set places(const std::vector<bool>& wanted, bool value) {
  Set places;
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    if (wanted[at] == value) {
      places.push_back(at);
    }
  }
  return places;
}

bool is_within(const std::vector<bool>& part, const std::vector<bool>& whole) {
  for (std::size_t at = 0; at < part.size(); ++at) {
    if (part[at] && !whole[at]) {
      return false;
    }
  }
  return true;
}

// Asks only what does not follow from earlier answers.
class Answers {
 public:
  explicit Answers(const Keep& keep) : keep_(&keep) {}

  base::Result<std::optional<std::vector<bool>>> operator()(const std::vector<bool>& kept) {
    for (const std::vector<bool>& one : shown_) {
      if (is_within(kept, one)) {
        return std::optional(one);
      }
    }
    if (std::any_of(refused_.begin(), refused_.end(),
                    [&](const std::vector<bool>& one) { return is_within(one, kept); })) {
      return std::optional<std::vector<bool>>();
    }
    auto shown = (*keep_)(kept);
    if (shown && shown->has_value()) {
      shown_.push_back(**shown);
    } else if (shown) {
      refused_.push_back(kept);
    }
    return shown;
  }

 private:
  const Keep* keep_;
  std::vector<std::vector<bool>> shown_;
  std::vector<std::vector<bool>> refused_;
};

// Adds to what can be kept, as long as that stays so.
base::Result<std::vector<bool>> grow(std::vector<bool> kept, Answers& keep) {
  for (std::size_t at = 0; at < kept.size(); ++at) {
    if (kept[at]) {
      continue;
    }
    std::vector<bool> more = kept;
    more[at] = true;
    auto shown = keep(more);
    if (!shown) {
      return shown.error();
    }
    if (shown->has_value()) {
      kept = std::move(**shown);
    }
  }
  return kept;
}

// Takes from what cannot be kept, as long as that stays so.
base::Result<std::vector<bool>> shrink(std::vector<bool> kept, Answers& keep) {
  for (std::size_t at = 0; at < kept.size(); ++at) {
    if (!kept[at]) {
      continue;
    }
    kept[at] = false;
    const auto shown = keep(kept);
    if (!shown) {
      return shown.error();
    }
    kept[at] = shown->has_value();
  }
  return kept;
}

bool is_smaller(const Set& left, const Set& right) {
  return left.size() != right.size() ? left.size() < right.size() : left < right;
}

}  // namespace

base::Result<Conflicts> find_conflicts_by(std::size_t count, const Keep& keep,
                                          std::size_t most_sets) {
  Conflicts found;
  Answers answers(keep);
  for (;;) {
    const auto seed = Seeds(count, found).find();
    if (!seed) {
      break;
    }
    if (found.sets.size() + found.relaxations.size() >= most_sets) {
      found.is_complete = false;
      break;
    }
    auto shown = answers(*seed);
    if (!shown) {
      return shown.error();
    }
    const bool can = shown->has_value();
    const auto moved = can ? grow(std::move(**shown), answers) : shrink(*seed, answers);
    if (!moved) {
      return moved.error();
    }
    if (can) {
      found.relaxations.push_back(places(*moved, false));
    } else {
      found.sets.push_back(places(*moved, true));
    }
    // Everything can be kept, or nothing at all.
    if ((can && found.relaxations.back().empty()) || (!can && found.sets.back().empty())) {
      break;
    }
  }
  std::sort(found.sets.begin(), found.sets.end(), is_smaller);
  std::sort(found.relaxations.begin(), found.relaxations.end(), is_smaller);
  return found;
}

base::Result<Conflicts> find_conflicts(std::size_t count, const CanKeep& can_keep,
                                       std::size_t most_sets) {
  return find_conflicts_by(
      count,
      [&](const std::vector<bool>& kept) -> base::Result<std::optional<std::vector<bool>>> {
        const auto can = can_keep(kept);
        if (!can) {
          return can.error();
        }
        return *can ? std::optional(kept) : std::nullopt;
      },
      most_sets);
}

base::Result<Conflicts> find_demand_conflicts(const Game& game, const SearchLimits& limits) {
  const std::vector<Demand> demands = demands_of(game);
  const auto keep =
      [&](const std::vector<bool>& kept) -> base::Result<std::optional<std::vector<bool>>> {
    std::vector<Demand> asked;
    for (const std::size_t at : places(kept, true)) {
      asked.push_back(demands[at]);
    }
    const auto package = find_fulfilling(game, asked, limits);
    if (!package) {
      return package.error();
    }
    if (!package->has_value()) {
      return std::optional<std::vector<bool>>();
    }
    std::vector<bool> fulfilled;
    for (const Demand& demand : demands) {
      fulfilled.push_back(is_fulfilled(game, demand, **package));
    }
    return std::optional(std::move(fulfilled));
  };
  return find_conflicts_by(demands.size(), keep);
}

base::Result<Conflicts> find_issue_conflicts(const Game& game, const SearchLimits& limits) {
  return find_conflicts(
      game.issues.size(), [&](const std::vector<bool>& kept) -> base::Result<bool> {
        std::vector<bool> is_ideal = kept;
        is_ideal.flip();
        const Game ideal = with_ideal_issues(game, is_ideal);
        const auto package = find_fulfilling(ideal, demands_of(ideal), limits);
        return package ? base::Result<bool>(package->has_value()) : package.error();
      });
}

}  // namespace truce::packages
