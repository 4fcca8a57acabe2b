// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/exchange.h"

#include <algorithm>

#include "truce/packages/closeness.h"

namespace truce::packages {
namespace {

bool all_accept(const Game& game, const Package& package) {
  return std::all_of(game.parties.begin(), game.parties.end(),
                     [&](const Party& party) { return is_accepted(party, package); });
}

// The larger first.
std::vector<Fraction> sorted(std::vector<Fraction> values) {
  std::sort(values.begin(), values.end(), std::greater<>());
  return values;
}

std::size_t count_above_zero(const std::vector<Fraction>& values) {
  return static_cast<std::size_t>(
      std::count_if(values.begin(), values.end(),
                    [](const Fraction& value) { return value.numerator.sign() > 0; }));
}

// Another option of one issue, and what it alone changes for each party, over its denominator.
struct Move {
  std::size_t issue = 0;
  std::uint32_t option = 0;
  std::vector<Integer> change;
};

class ExchangeSearch {
 public:
  ExchangeSearch(const Game& game, const Package& on_table)
      : game_(game), on_table_(on_table), is_deal_(is_feasible(game, on_table)) {
    is_deal_ = is_deal_ && all_accept(game, on_table);
    for (const Party& party : game.parties) {
      before_.push_back(worth(party, on_table));
    }
    for (std::size_t issue = 0; issue < game.issues.size(); ++issue) {
      for (std::uint32_t option = 0; option < game.issues[issue].options.size(); ++option) {
        if (option != on_table[issue]) {
          Package moved = on_table;
          moved[issue] = option;
          moves_.push_back({issue, option, change_to(moved)});
        }
      }
    }
    find_ties();
  }

  std::optional<Exchange> find() {
    for (std::size_t one = 0; one < moves_.size(); ++one) {
      for (std::size_t other = one + 1; other < moves_.size(); ++other) {
        if (moves_[one].issue != moves_[other].issue) {
          try_pair(moves_[one], moves_[other]);
        }
      }
    }
    return best_;
  }

 private:
  [[nodiscard]] std::vector<Integer> change_to(const Package& package) const {
    std::vector<Integer> change;
    for (std::size_t party = 0; party < game_.parties.size(); ++party) {
      change.push_back(worth(game_.parties[party], package) - before_[party]);
    }
    return change;
  }

  // Issues that some conditional value looks at together: there two changes are more than their
  // sum.
  void find_ties() {
    const std::size_t issues = game_.issues.size();
    is_tied_.assign(issues, std::vector<bool>(issues, false));
    for (const Party& party : game_.parties) {
      for (const Conditional& conditional : party.conditionals) {
        for (const OptionSet& one : conditional.when) {
          for (const OptionSet& other : conditional.when) {
            is_tied_[one.issue][other.issue] = true;
          }
        }
      }
    }
  }

  [[nodiscard]] Fraction gives(std::size_t party, const Move& move) const {
    return {-move.change[party], game_.parties[party].denominator};
  }

  // Smaller than the best so far by what is given alone.
  [[nodiscard]] bool is_no_worse(const Fraction& one, const Fraction& other) const {
    return !best_.has_value() ||
           sorted({one, other}) <= sorted({best_->steps[0].gives, best_->steps[1].gives});
  }

  void try_pair(const Move& one, const Move& other) {
    Package package;
    std::vector<Integer> change;
    for (std::size_t party = 0; party < game_.parties.size(); ++party) {
      for (std::size_t partner = 0; partner < game_.parties.size(); ++partner) {
        if (party == partner || !one.change[party].is_negative() ||
            !other.change[partner].is_negative() ||
            !is_no_worse(gives(party, one), gives(partner, other))) {
          continue;
        }
        if (package.empty()) {
          package = on_table_;
          package[one.issue] = one.option;
          package[other.issue] = other.option;
          change = change_of(one, other, package);
        }
        const bool is_better = !is_deal_ || serves(change, party, partner);
        if (is_better && is_feasible(game_, package) && all_accept(game_, package)) {
          keep({{{{party, one.issue, one.option, gives(party, one)},
                  {partner, other.issue, other.option, gives(partner, other)}}},
                package});
        }
      }
    }
  }

  [[nodiscard]] std::vector<Integer> change_of(const Move& one, const Move& other,
                                               const Package& package) const {
    if (is_tied_[one.issue][other.issue]) {
      return change_to(package);
    }
    std::vector<Integer> change = one.change;
    for (std::size_t party = 0; party < change.size(); ++party) {
      change[party] += other.change[party];
    }
    return change;
  }

  // Both are better off, and nobody is worse off.
  static bool serves(const std::vector<Integer>& change, std::size_t party, std::size_t partner) {
    return change[party].sign() > 0 && change[partner].sign() > 0 &&
           std::none_of(change.begin(), change.end(),
                        [](const Integer& each) { return each.is_negative(); });
  }

  void keep(Exchange found) {
    if (best_.has_value()) {
      const auto here = sorted({found.steps[0].gives, found.steps[1].gives});
      const auto best = sorted({best_->steps[0].gives, best_->steps[1].gives});
      if (here > best || (here == best && found.package >= best_->package)) {
        return;
      }
    }
    best_ = std::move(found);
  }

  const Game& game_;
  const Package& on_table_;
  bool is_deal_;
  std::vector<Integer> before_;
  std::vector<Move> moves_;
  std::vector<std::vector<bool>> is_tied_;
  std::optional<Exchange> best_;
};

}  // namespace

base::Result<std::optional<DemandPair>> find_demand_pair(const Game& game,
                                                         const SearchLimits& limits) {
  const auto frontier = find_frontier(with_vetoes_as_constraints(game), limits);
  if (!frontier) {
    return frontier.error();
  }
  if (!frontier->is_complete) {
    return base::Error{base::ErrorCode::Unsupported, "the search met its limit"};
  }
  std::optional<DemandPair> best;
  for (const Point& point : frontier->points) {
    std::vector<Fraction> here = concessions(game, point.package);
    const std::size_t conceding = count_above_zero(here);
    if (conceding == 0) {
      return std::optional<DemandPair>();
    }
    if (conceding > 2) {
      continue;
    }
    const bool is_less =
        !best.has_value() || sorted(here) < sorted(best->concessions) ||
        (sorted(here) == sorted(best->concessions) && point.package < best->package);
    if (is_less) {
      best = {point.package, std::move(here)};
    }
  }
  return best;
}

std::optional<Exchange> find_exchange(const Game& game, const Package& on_table) {
  return ExchangeSearch(game, on_table).find();
}

}  // namespace truce::packages
