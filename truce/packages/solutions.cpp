// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/solutions.h"

#include <algorithm>

namespace truce::packages {
namespace {

// For each point, numbers that are compared one after the other; the largest is chosen.
using Measure = std::vector<Integer>;

class Chooser {
 public:
  Chooser(const Game& game, const Frontier& frontier, GainFrom from)
      : game_(&game), frontier_(&frontier) {
    Integer common = 1;
    for (const Party& party : game.parties) {
      const Integer divisor = greatest_common_divisor(common, party.denominator);
      common *= divide(party.denominator, divisor).quotient;
    }
    for (const Party& party : game.parties) {
      factors_.push_back(divide(common, party.denominator).quotient);
      from_.push_back(from == GainFrom::WalkAway ? party.walk_away.value_or(Integer(0))
                                                 : Integer(0));
    }
  }

  [[nodiscard]] Solutions choose() const {
    Solutions solutions;
    using Out = Measure&;
    solutions.nash = best([&](const Point& point, Out out) { return product(point, out); });
    const std::vector<Integer> shares = share_factors();
    solutions.kalai_smorodinsky =
        best([&](const Point& point, Out out) { return least_shares(point, shares, out); });
    solutions.egalitarian =
        best([&](const Point& point, Out out) { return least_utilities(point, out); });
    solutions.utilitarian = best([&](const Point& point, Out out) { return sum(point, out); });
    if (game_->parties.size() == 2) {
      solutions.equal_utilities =
          best([&](const Point& point, Out out) { return nearness(point, out); });
    }
    return solutions;
  }

 private:
  // The place whose measure is largest; a point without a measure is not chosen. `measure` fills
  // room that is used again, and tells whether there is one.
  template <typename Function>
  [[nodiscard]] std::optional<std::size_t> best(const Function& measure) const {
    std::optional<std::size_t> chosen;
    Measure largest;
    Measure here;
    for (std::size_t at = 0; at < frontier_->points.size(); ++at) {
      here.clear();
      if (!measure(frontier_->points[at], here)) {
        continue;
      }
      const auto order = chosen.has_value() ? here <=> largest : std::strong_ordering::greater;
      if (order > 0 ||
          (order == 0 && frontier_->points[at].package < frontier_->points[*chosen].package)) {
        chosen = at;
        std::swap(largest, here);
      }
    }
    return chosen;
  }

  [[nodiscard]] Integer gain(const Point& point, std::size_t party) const {
    return point.worth[party] - from_[party];
  }
  // Utilities over one denominator for all.
  [[nodiscard]] Integer utility(const Point& point, std::size_t party) const {
    return point.worth[party] * factors_[party];
  }

  // Each party's denominator is one factor for all points, so numerators are enough.
  [[nodiscard]] bool product(const Point& point, Measure& out) const {
    Integer product = 1;
    for (std::size_t party = 0; party < from_.size(); ++party) {
      const Integer gained = gain(point, party);
      if (gained.is_negative()) {
        return false;
      }
      product *= gained;
    }
    out.push_back(std::move(product));
    return true;
  }

  // What a gain is multiplied by to become a share of the ideal gain, over one denominator; zero
  // for a party without one.
  [[nodiscard]] std::vector<Integer> share_factors() const {
    std::vector<Integer> ideal(from_.size());
    for (const Point& point : frontier_->points) {
      for (std::size_t party = 0; party < from_.size(); ++party) {
        ideal[party] = std::max(ideal[party], gain(point, party));
      }
    }
    std::vector<Integer> factors(from_.size());
    for (std::size_t party = 0; party < from_.size(); ++party) {
      if (ideal[party].sign() > 0) {
        factors[party] = 1;
        for (std::size_t other = 0; other < from_.size(); ++other) {
          if (other != party && ideal[other].sign() > 0) {
            factors[party] *= ideal[other];
          }
        }
      }
    }
    return factors;
  }

  [[nodiscard]] bool least_shares(const Point& point, const std::vector<Integer>& factors,
                                  Measure& out) const {
    for (std::size_t party = 0; party < from_.size(); ++party) {
      if (!factors[party].is_zero()) {
        out.push_back(gain(point, party) * factors[party]);
      }
    }
    std::sort(out.begin(), out.end());
    return !out.empty();
  }

  bool least_utilities(const Point& point, Measure& out) const {
    for (std::size_t party = 0; party < from_.size(); ++party) {
      out.push_back(utility(point, party));
    }
    std::sort(out.begin(), out.end());
    return true;
  }

  bool sum(const Point& point, Measure& out) const {
    Integer sum;
    for (std::size_t party = 0; party < from_.size(); ++party) {
      sum += utility(point, party);
    }
    out.push_back(std::move(sum));
    return true;
  }

  bool nearness(const Point& point, Measure& out) const {
    Integer difference = utility(point, 0) - utility(point, 1);
    out.push_back(difference.is_negative() ? std::move(difference) : -difference);
    return true;
  }

  const Game* game_;
  const Frontier* frontier_;
  // From a party's denominator to the common one.
  std::vector<Integer> factors_;
  std::vector<Integer> from_;
};

}  // namespace

Solutions choose(const Game& game, const Frontier& frontier, GainFrom from) {
  return Chooser(game, frontier, from).choose();
}

bool is_accepted_by_all(const Game& game, const Point& point) {
  return std::all_of(game.parties.begin(), game.parties.end(),
                     [&](const Party& party) { return is_accepted(party, point.package); });
}

}  // namespace truce::packages
