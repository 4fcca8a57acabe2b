// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/optimum.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "truce/packages/internal/branching.h"
#include "truce/packages/internal/scaled.h"
#include "truce/packages/internal/space.h"

namespace truce::packages {
namespace {

using base::Error;
using base::ErrorCode;
using internal::Found;
using internal::Goal;
using internal::Row;
using internal::ScaledValues;
using internal::Space;
using Measure = std::vector<Integer>;

// A value for the row and one for what doubles drop.
constexpr double kRoundedUp = 1 + 1e-9;

class Finder {
 public:
  Finder(const Game& game, GainFrom from, const SearchLimits& limits)
      : game_(&game), limits_(&limits), scaled_(internal::scale(game)) {
    common_ = 1;
    for (const Party& party : game.parties) {
      common_ *=
          divide(party.denominator, greatest_common_divisor(common_, party.denominator)).quotient;
      from_.push_back(from == GainFrom::WalkAway ? party.walk_away.value_or(Integer(0))
                                                 : Integer(0));
    }
  }

  [[nodiscard]] std::size_t bits() const { return scaled_.bits; }

  // What is worth more than a walk-away value cannot change an order of steps below it: where the
  // first of two sorted lists differs above zero, all that follows is above zero in both.
  base::Result<Optimum> least_shortfall() {
    std::vector<Integer> factors = utility_factors();
    std::vector<Integer> origins(factors.size());
    bool has_any = false;
    for (std::size_t party = 0; party < factors.size(); ++party) {
      const auto& walk_away = game_->parties[party].walk_away;
      has_any = has_any || walk_away.has_value();
      factors[party] = walk_away.has_value() ? factors[party] : Integer(0);
      origins[party] = walk_away.value_or(Integer(0));
    }
    return has_any ? levels(factors, origins, common_) : utilitarian();
  }

  base::Result<Optimum> find(Rule rule) {
    switch (rule) {
      case Rule::Nash:
        return nash();
      case Rule::KalaiSmorodinsky:
        return kalai_smorodinsky();
      case Rule::Egalitarian:
        return levels(utility_factors(), std::vector<Integer>(game_->parties.size()), common_);
      case Rule::Utilitarian:
        return utilitarian();
    }
    return Error{ErrorCode::InvalidArgument, "there is no such rule"};
  }

 private:
  [[nodiscard]] std::vector<Integer> utility_factors() const {
    std::vector<Integer> factors;
    for (const Party& party : game_->parties) {
      factors.push_back(divide(common_, party.denominator).quotient);
    }
    return factors;
  }

  // (worth - origin) * factor of a party.
  [[nodiscard]] Row row_of(std::size_t party, const Integer& factor, const Integer& origin) const {
    const internal::Scale& scale = scaled_.scales[party];
    return {(scale.offset - origin) * factor, {{party, scale.unit * factor}}, 1};
  }

  [[nodiscard]] Optimum made(const Found& found, double reached, double most) const {
    Optimum optimum;
    optimum.is_complete = found.is_complete;
    if (found.package.has_value()) {
      Point point{*found.package, {}};
      for (const Party& party : game_->parties) {
        point.worth.push_back(worth(party, point.package));
      }
      optimum.point = std::move(point);
      optimum.reached = reached;
    }
    if (!found.is_complete && std::isfinite(most)) {
      optimum.most = std::max(most + (kRoundedUp - 1) * std::abs(most), reached);
    }
    return optimum;
  }

  // The least of (worth - origin) * factor as large as it can be, then the next least; a factor of
  // zero leaves a party out. What is found is told over `denominator`.
  base::Result<Optimum> levels(const std::vector<Integer>& factors,
                               const std::vector<Integer>& origins, const Integer& denominator) {
    std::vector<Row> rows;
    for (std::size_t party = 0; party < factors.size(); ++party) {
      if (!factors[party].is_zero()) {
        rows.push_back(row_of(party, factors[party], origins[party]));
      }
    }
    const Integer rest = make_small(rows);
    const Integer unit = rows[0].unit;
    Space space(*game_, scaled_, rows);
    Goal goal;
    goal.measure = [&](const Package& package) {
      Measure measure;
      for (std::size_t party = 0; party < factors.size(); ++party) {
        if (!factors[party].is_zero()) {
          measure.push_back((worth(game_->parties[party], package) - origins[party]) *
                            factors[party]);
        }
      }
      std::sort(measure.begin(), measure.end());
      return std::optional(std::move(measure));
    };
    const Found found = internal::branch(space, goal, *limits_);
    const auto told = [&](const Integer& number) {
      return Fraction{number, denominator}.reduced().to_double();
    };
    const double reached = found.package.has_value() ? told((*goal.measure(*found.package))[0]) : 0;
    return made(found, reached, found.most * told(unit) + told(rest));
  }

  // Divides the rows by what all differences between their numbers have in common; returns what is
  // left over, the same for all.
  [[nodiscard]] Integer make_small(std::vector<Row>& rows) const {
    Integer unit;
    for (const Row& row : rows) {
      unit = greatest_common_divisor(unit, row.factors[0].second);
      unit = greatest_common_divisor(unit, row.offset - rows[0].offset);
    }
    unit = unit.is_zero() ? Integer(1) : unit;
    const Integer rest = divide(rows[0].offset, unit).remainder;
    for (Row& row : rows) {
      row.offset -= rest;
      row.unit = unit;
    }
    return rest;
  }

  base::Result<Optimum> utilitarian() {
    const std::vector<Integer> factors = utility_factors();
    Row row;
    Integer unit;
    for (std::size_t party = 0; party < factors.size(); ++party) {
      Row one = row_of(party, factors[party], 0);
      row.offset += one.offset;
      unit = greatest_common_divisor(unit, one.factors[0].second);
      row.factors.push_back(std::move(one.factors[0]));
    }
    return largest(std::move(row), unit, common_);
  }

  // The largest sum.
  base::Result<Optimum> largest(Row row, Integer unit, const Integer& denominator) {
    unit = unit.is_zero() ? Integer(1) : unit;
    const Integer rest = divide(row.offset, unit).remainder;
    row.offset -= rest;
    row.unit = unit;
    const std::vector<std::pair<std::size_t, Integer>> factors = row.factors;
    Space space(*game_, scaled_, {row});
    Goal goal;
    goal.measure = [&](const Package& package) {
      Integer sum;
      for (const auto& [party, factor] : factors) {
        const Integer number = worth(game_->parties[party], package);
        sum += number * divide(factor, scaled_.scales[party].unit).quotient;
      }
      return std::optional(Measure{std::move(sum)});
    };
    const Found found = internal::branch(space, goal, *limits_);
    const auto told = [&](const Integer& number) {
      return Fraction{number, denominator}.reduced().to_double();
    };
    const double reached = found.package.has_value() ? told((*goal.measure(*found.package))[0]) : 0;
    return made(found, reached, found.most * told(unit) + told(rest));
  }

  base::Result<Optimum> nash() {
    std::vector<Row> rows;
    Integer denominators = 1;
    for (std::size_t party = 0; party < game_->parties.size(); ++party) {
      rows.push_back(row_of(party, 1, from_[party]));
      denominators *= game_->parties[party].denominator;
    }
    Space space(*game_, scaled_, rows);
    Goal goal;
    // Somebody to begin with: a gain for everybody.
    goal.kind = Goal::Kind::AtLeast;
    goal.least.assign(rows.size(), 1);
    goal.measure = [&](const Package& package) {
      const auto product = product_of(package);
      return product.has_value() && product->sign() > 0 ? std::optional(Measure{*product})
                                                        : std::nullopt;
    };
    const Found first = internal::branch(space, goal, *limits_);
    if (!first.package.has_value()) {
      return first.is_complete ? no_gains(space, goal)
                               : base::Result<Optimum>(made(first, 0, HUGE_VAL));
    }
    goal.kind = Goal::Kind::Product;
    goal.start = first.package;
    const Found found = internal::branch(space, goal, *limits_);
    const Integer product = *product_of(*found.package);
    const double unit = denominators.to_double();
    return made(found, Fraction{product, denominators}.to_double(), std::exp(found.most) / unit);
  }

  // No product is above zero: either there is a package without a loss for anybody, or none.
  base::Result<Optimum> no_gains(Space& space, Goal& goal) const {
    goal.least.assign(goal.least.size(), 0);
    goal.measure = [&](const Package& package) {
      auto product = product_of(package);
      return product.has_value() ? std::optional(Measure{std::move(*product)}) : std::nullopt;
    };
    const Found none = internal::branch(space, goal, *limits_);
    if (none.package.has_value()) {
      return Error{ErrorCode::Unsupported,
                   "no package gives everybody a gain; only the frontier tells what Nash chooses"};
    }
    return made(none, 0, 0);
  }

  [[nodiscard]] std::optional<Integer> product_of(const Package& package) const {
    Integer product = 1;
    for (std::size_t party = 0; party < from_.size(); ++party) {
      const Integer gain = worth(game_->parties[party], package) - from_[party];
      if (gain.is_negative()) {
        return std::nullopt;
      }
      product *= gain;
    }
    return product;
  }

  static std::optional<double> most_share(const Optimum& best) {
    return best.is_complete ? std::nullopt : std::optional(1.0);
  }

  base::Result<Optimum> kalai_smorodinsky() {
    std::vector<Integer> ideals;
    Integer all = 1;
    for (std::size_t party = 0; party < from_.size(); ++party) {
      Row row = row_of(party, 1, 0);
      const Integer unit = row.factors[0].second;
      const auto best = largest(std::move(row), unit, 1);
      if (!best) {
        return best.error();
      }
      if (!best->point.has_value() || !best->is_complete) {
        // Nobody gets more than all of what they could gain.
        return Optimum{.point = {}, .is_complete = best->is_complete, .most = most_share(*best)};
      }
      ideals.push_back(best->point->worth[party] - from_[party]);
      if (ideals.back().sign() <= 0) {
        return Error{ErrorCode::Unsupported,
                     fmt::format("{} cannot gain anything; only the frontier tells what "
                                 "Kalai-Smorodinsky chooses",
                                 game_->parties[party].name)};
      }
      all *= ideals.back();
    }
    std::vector<Integer> factors;
    for (const Integer& ideal : ideals) {
      factors.push_back(divide(all, ideal).quotient);
    }
    return levels(factors, from_, all);
  }

  const Game* game_;
  const SearchLimits* limits_;
  ScaledValues scaled_;
  Integer common_;
  std::vector<Integer> from_;
};

}  // namespace

namespace {

Error too_wide(std::size_t bits) {
  return {ErrorCode::InvalidArgument,
          fmt::format("the values of a package need {} binary digits and {} are carried; give the "
                      "values in coarser units",
                      bits, internal::kWideBits)};
}

}  // namespace

base::Result<Optimum> find_optimum(const Game& game, Rule rule, GainFrom from,
                                   const SearchLimits& limits) {
  Finder finder(game, from, limits);
  return finder.bits() > internal::kWideBits ? too_wide(finder.bits()) : finder.find(rule);
}

base::Result<Optimum> find_least_shortfall(const Game& game, const SearchLimits& limits) {
  Finder finder(game, GainFrom::Zero, limits);
  return finder.bits() > internal::kWideBits ? too_wide(finder.bits()) : finder.least_shortfall();
}

}  // namespace truce::packages
