// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/conflicts.h"

#include <algorithm>
#include <optional>

#include "truce/packages/internal/reaching.h"

namespace truce::packages {
namespace {

using Set = std::vector<std::size_t>;

// Finds smallest sets that are not decided yet: in which no conflict lies, and which are not within
// a largest set that can be kept. Whatever is left out of one can be kept, as was found before: if
// it cannot, it is a conflict of its own.
class Seeds {
 public:
  Seeds(std::size_t count, const Conflicts& found) : count_(count), found_(&found) {}

  // Which to keep; none where every set is decided.
  std::optional<std::vector<bool>> find() {
    is_kept_.assign(count_, false);
    if (!keep()) {
      return std::nullopt;
    }
    for (std::size_t at = 0; at < count_; ++at) {
      is_kept_[at] = is_kept_[at] && is_decided_without(at);
    }
    return is_kept_;
  }

 private:
  [[nodiscard]] bool meets(const Set& relaxation) const {
    return std::any_of(relaxation.begin(), relaxation.end(),
                       [&](std::size_t at) { return is_kept_[at]; });
  }

  // Keeps one of each relaxation, but no whole conflict.
  bool keep() {
    for (const Set& conflict : found_->sets) {
      if (std::all_of(conflict.begin(), conflict.end(),
                      [&](std::size_t at) { return is_kept_[at]; })) {
        return false;
      }
    }
    for (const Set& relaxation : found_->relaxations) {
      if (!meets(relaxation)) {
        return std::any_of(relaxation.begin(), relaxation.end(), [&](std::size_t at) {
          is_kept_[at] = true;
          const bool is_found = keep();
          is_kept_[at] = is_found;
          return is_found;
        });
      }
    }
    return true;
  }

  // Whether without it the others lie within what can be kept.
  bool is_decided_without(std::size_t at) {
    is_kept_[at] = false;
    const bool meets_all = std::all_of(found_->relaxations.begin(), found_->relaxations.end(),
                                       [&](const Set& relaxation) { return meets(relaxation); });
    is_kept_[at] = true;
    return !meets_all;
  }

  std::size_t count_;
  const Conflicts* found_;
  std::vector<bool> is_kept_;
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

bool is_smaller(const Set& left, const Set& right) {
  return left.size() != right.size() ? left.size() < right.size() : left < right;
}

// Whether demands can be met together, of which a game is asked hundreds of times: what does not
// depend on the question is made once.
class DemandOracle {
 public:
  DemandOracle(const Game& game, const SearchLimits& limits)
      : limits_(&limits),
        demands_(demands_of(game)),
        scaled_(internal::scale(game)),
        asked_(game),
        constraints_(game.constraints.size()) {}

  [[nodiscard]] std::size_t size() const { return demands_.size(); }

  base::Result<std::optional<std::vector<bool>>> keep(const std::vector<bool>& kept) {
    asked_.constraints.resize(constraints_);
    std::vector<std::optional<Integer>> worth(asked_.parties.size());
    for (const std::size_t at : places(kept, true)) {
      const Demand& demand = demands_[at];
      const Party& party = asked_.parties[demand.party];
      if (demand.veto.has_value()) {
        asked_.constraints.push_back(
            {"", Formula::negation(Formula::from_conjunction(party.vetoes[*demand.veto]))});
      } else {
        worth[demand.party] = party.walk_away;
      }
    }
    bool is_decided = false;
    auto package = internal::reach_by_branching(asked_, scaled_, worth, *limits_, is_decided);
    if (!is_decided) {
      auto found = find_reaching(asked_, worth, *limits_);
      if (!found) {
        return found.error();
      }
      package = std::move(found.value());
    }
    return package.has_value() ? std::optional(fulfilled_by(*package)) : std::nullopt;
  }

 private:
  [[nodiscard]] std::vector<bool> fulfilled_by(const Package& package) const {
    std::vector<bool> fulfilled;
    for (const Demand& demand : demands_) {
      fulfilled.push_back(is_fulfilled(asked_, demand, package));
    }
    return fulfilled;
  }

  const SearchLimits* limits_;
  std::vector<Demand> demands_;
  internal::ScaledValues scaled_;
  // The game, and behind its own constraints those of the question at hand.
  Game asked_;
  std::size_t constraints_;
};

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
    if (can) {
      const auto grown = grow(std::move(**shown), answers);
      if (!grown) {
        return grown.error();
      }
      found.relaxations.push_back(places(*grown, false));
    } else {
      found.sets.push_back(places(*seed, true));
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
  DemandOracle oracle(game, limits);
  return find_conflicts_by(oracle.size(),
                           [&](const std::vector<bool>& kept) { return oracle.keep(kept); });
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
