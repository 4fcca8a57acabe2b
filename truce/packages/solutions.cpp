// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/solutions.h"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <utility>

namespace truce::packages {
namespace {

// Sums and products of so many binary digits fit a machine word.
constexpr std::size_t kWordBits = 60;

// What the rules look at.
struct Stated {
  // From a party's denominator to the common one.
  std::vector<Integer> factors;
  // What gains are counted from.
  std::vector<Integer> from;
};

Stated state(const Game& game, GainFrom from) {
  Stated stated;
  Integer common = 1;
  for (const Party& party : game.parties) {
    const Integer divisor = greatest_common_divisor(common, party.denominator);
    common *= divide(party.denominator, divisor).quotient;
  }
  for (const Party& party : game.parties) {
    stated.factors.push_back(divide(common, party.denominator).quotient);
    stated.from.push_back(from == GainFrom::WalkAway ? party.walk_away.value_or(Integer(0))
                                                     : Integer(0));
  }
  return stated;
}

// Whether machine words hold whatever the rules make of the numbers: the largest are products of
// as many gains as there are parties, and twice a utility.
bool fit_words(const Frontier& frontier, const Stated& stated) {
  std::size_t bits = 0;
  for (std::size_t party = 0; party < stated.from.size(); ++party) {
    std::size_t worth = stated.from[party].bits();
    for (const Point& point : frontier.points) {
      worth = std::max(worth, point.worth[party].bits());
    }
    bits = std::max(bits, worth + 1 + stated.factors[party].bits());
  }
  return bits * std::max<std::size_t>(stated.from.size(), 2) <= kWordBits;
}

void from_integer(const Integer& integer, Integer& number) { number = integer; }
void from_integer(const Integer& integer, std::int64_t& number) {
  number = integer.to_int64().value_or(0);
}

// By numbers of any size, or by machine words where these hold all.
template <typename Number>
class Chooser {
 public:
  // For each point, numbers that are compared one after the other; the largest is chosen.
  using Measure = std::vector<Number>;

  Chooser(const Frontier& frontier, const Stated& stated)
      : frontier_(&frontier), parties_(stated.from.size()) {
    gains_.resize(frontier.points.size() * parties_);
    utilities_.resize(gains_.size());
    std::vector<Number> factors(parties_);
    std::vector<Number> from(parties_);
    for (std::size_t party = 0; party < parties_; ++party) {
      from_integer(stated.factors[party], factors[party]);
      from_integer(stated.from[party], from[party]);
    }
    for (std::size_t at = 0; at < gains_.size(); ++at) {
      const std::size_t party = at % parties_;
      Number worth{};
      from_integer(frontier.points[at / parties_].worth[party], worth);
      gains_[at] = worth - from[party];
      // Over one denominator for all.
      utilities_[at] = worth * factors[party];
    }
  }

  [[nodiscard]] Solutions choose() const {
    Solutions solutions;
    using Out = Measure&;
    solutions.nash = best([&](std::size_t at, Out out) { return product(at, out); });
    const std::vector<Number> shares = share_factors();
    solutions.kalai_smorodinsky =
        best([&](std::size_t at, Out out) { return least_shares(at, shares, out); });
    solutions.egalitarian = best([&](std::size_t at, Out out) { return least_utilities(at, out); });
    solutions.utilitarian = best([&](std::size_t at, Out out) { return sum(at, out); });
    if (parties_ == 2) {
      solutions.equal_utilities = best([&](std::size_t at, Out out) { return nearness(at, out); });
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
      if (!measure(at, here)) {
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

  [[nodiscard]] const Number& gain(std::size_t at, std::size_t party) const {
    return gains_[at * parties_ + party];
  }
  [[nodiscard]] const Number& utility(std::size_t at, std::size_t party) const {
    return utilities_[at * parties_ + party];
  }

  // Each party's denominator is one factor for all points, so numerators are enough.
  [[nodiscard]] bool product(std::size_t at, Measure& out) const {
    Number product = 1;
    for (std::size_t party = 0; party < parties_; ++party) {
      if (gain(at, party) < Number(0)) {
        return false;
      }
      product *= gain(at, party);
    }
    out.push_back(std::move(product));
    return true;
  }

  // What a gain is multiplied by to become a share of the ideal gain, over one denominator; zero
  // for a party without one.
  [[nodiscard]] std::vector<Number> share_factors() const {
    std::vector<Number> ideal(parties_);
    for (std::size_t at = 0; at < gains_.size(); ++at) {
      ideal[at % parties_] = std::max(ideal[at % parties_], gains_[at]);
    }
    std::vector<Number> factors(parties_);
    for (std::size_t party = 0; party < parties_; ++party) {
      if (ideal[party] > Number(0)) {
        factors[party] = 1;
        for (std::size_t other = 0; other < parties_; ++other) {
          if (other != party && ideal[other] > Number(0)) {
            factors[party] *= ideal[other];
          }
        }
      }
    }
    return factors;
  }

  [[nodiscard]] bool least_shares(std::size_t at, const std::vector<Number>& factors,
                                  Measure& out) const {
    for (std::size_t party = 0; party < parties_; ++party) {
      if (factors[party] != Number(0)) {
        out.push_back(gain(at, party) * factors[party]);
      }
    }
    std::sort(out.begin(), out.end());
    return !out.empty();
  }

  bool least_utilities(std::size_t at, Measure& out) const {
    for (std::size_t party = 0; party < parties_; ++party) {
      out.push_back(utility(at, party));
    }
    std::sort(out.begin(), out.end());
    return true;
  }

  bool sum(std::size_t at, Measure& out) const {
    Number sum{};
    for (std::size_t party = 0; party < parties_; ++party) {
      sum += utility(at, party);
    }
    out.push_back(std::move(sum));
    return true;
  }

  bool nearness(std::size_t at, Measure& out) const {
    Number difference = utility(at, 0) - utility(at, 1);
    out.push_back(difference < Number(0) ? std::move(difference) : -difference);
    return true;
  }

  const Frontier* frontier_;
  std::size_t parties_;
  // For each point and party.
  std::vector<Number> gains_;
  std::vector<Number> utilities_;
};

}  // namespace

Solutions choose(const Game& game, const Frontier& frontier, GainFrom from) {
  const Stated stated = state(game, from);
  return fit_words(frontier, stated) ? Chooser<std::int64_t>(frontier, stated).choose()
                                     : Chooser<Integer>(frontier, stated).choose();
}

bool is_accepted_by_all(const Game& game, const Point& point) {
  return std::all_of(game.parties.begin(), game.parties.end(),
                     [&](const Party& party) { return is_accepted(party, point.package); });
}

}  // namespace truce::packages
