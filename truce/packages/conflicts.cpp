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

// Adds to what can be kept, or takes from what cannot, as long as that stays so.
base::Result<std::vector<bool>> move(std::vector<bool> kept, bool is_growing,
                                     const CanKeep& can_keep) {
  for (std::size_t at = 0; at < kept.size(); ++at) {
    if (kept[at] == is_growing) {
      continue;
    }
    kept[at] = is_growing;
    const auto can = can_keep(kept);
    if (!can) {
      return can.error();
    }
    if (*can != is_growing) {
      kept[at] = !is_growing;
    }
  }
  return kept;
}

bool is_smaller(const Set& left, const Set& right) {
  return left.size() != right.size() ? left.size() < right.size() : left < right;
}

}  // namespace

base::Result<Conflicts> find_conflicts(std::size_t count, const CanKeep& can_keep,
                                       std::size_t most_sets) {
  Conflicts found;
  for (;;) {
    const auto seed = Seeds(count, found).find();
    if (!seed) {
      break;
    }
    if (found.sets.size() + found.relaxations.size() >= most_sets) {
      found.is_complete = false;
      break;
    }
    const auto can = can_keep(*seed);
    if (!can) {
      return can.error();
    }
    const auto moved = move(*seed, *can, can_keep);
    if (!moved) {
      return moved.error();
    }
    if (*can) {
      found.relaxations.push_back(places(*moved, false));
    } else {
      found.sets.push_back(places(*moved, true));
    }
    // Everything can be kept, or nothing at all.
    if ((*can && found.relaxations.back().empty()) || (!*can && found.sets.back().empty())) {
      break;
    }
  }
  std::sort(found.sets.begin(), found.sets.end(), is_smaller);
  std::sort(found.relaxations.begin(), found.relaxations.end(), is_smaller);
  return found;
}

base::Result<Conflicts> find_demand_conflicts(const Game& game, const SearchLimits& limits) {
  const std::vector<Demand> demands = demands_of(game);
  return find_conflicts(demands.size(), [&](const std::vector<bool>& kept) -> base::Result<bool> {
    std::vector<Demand> asked;
    for (const std::size_t at : places(kept, true)) {
      asked.push_back(demands[at]);
    }
    const auto package = find_fulfilling(game, asked, limits);
    return package ? base::Result<bool>(package->has_value()) : package.error();
  });
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
