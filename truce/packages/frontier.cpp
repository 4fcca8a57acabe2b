// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/frontier.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <type_traits>

#include <fmt/format.h>

#include "truce/packages/internal/branching.h"
#include "truce/packages/internal/diagram.h"
#include "truce/packages/internal/maxima.h"
#include "truce/packages/internal/pair_pruner.h"
#include "truce/packages/internal/reaching.h"
#include "truce/packages/internal/scaled.h"

namespace truce::packages {
namespace {

using base::Error;
using base::ErrorCode;
using internal::Diagram;
using internal::Edge;
using internal::Gains;
using internal::kNowhere;
using internal::Layer;
using internal::LayerPoints;
using internal::Needs;
using internal::PairPruner;
using internal::Step;

// Of two parties: from how many nodes on branch and bound is tried first.
constexpr std::size_t kFewNodes = 5000;
// Numbers that are put into a grid.
constexpr std::size_t kThinBits = 30;

template <typename Value>
Needs<Value> make_needs(const Game& game, const internal::ScaledValues& scaled,
                        const std::vector<std::optional<Integer>>& worth) {
  Needs<Value> needs;
  const std::size_t parties = game.parties.size();
  std::vector<Integer> best(parties);
  std::vector<Integer> worst(parties);
  const Integer beyond = internal::beyond(scaled);
  for (std::size_t issue = 0; issue < game.issues.size(); ++issue) {
    needs.floors.emplace_back(parties);
    needs.caps.emplace_back(parties);
    for (std::size_t party = 0; party < parties; ++party) {
      // Where nothing is needed, any gain is above the floor, and at the cap.
      const Integer need =
          worth[party].has_value()
              ? std::clamp(internal::least_number(scaled.scales[party], *worth[party]), -beyond,
                           beyond)
              : -beyond;
      internal::from_integer(need - best[party], needs.floors[issue][party]);
      internal::from_integer(need - worst[party], needs.caps[issue][party]);
      best[party] +=
          *std::max_element(scaled.values[party][issue].begin(), scaled.values[party][issue].end());
      for (std::size_t at = 0; at < scaled.conditionals[party].size(); ++at) {
        if (internal::last_issue(game.parties[party].conditionals[at].when) == issue) {
          const Integer& value = scaled.conditionals[party][at];
          (value.is_negative() ? worst : best)[party] += value;
        }
      }
    }
  }
  return needs;
}

// What is gained by an edge.
template <typename Value>
void gain_of(const Gains<Value>& gains, const Diagram& diagram, std::size_t issue,
             std::size_t option, const Edge& edge, std::vector<Value>& sum) {
  const auto begin =
      gains.options[issue].begin() + static_cast<std::ptrdiff_t>(option * gains.parties);
  sum.assign(begin, begin + static_cast<std::ptrdiff_t>(gains.parties));
  for (const std::uint32_t conditional : diagram.fulfilled[edge.fulfilled]) {
    sum[gains.conditionals[conditional].first] += gains.conditionals[conditional].second;
  }
}

// Any number of parties: all candidates, as ranks.
template <typename Value>
class Pruner {
 public:
  explicit Pruner(std::size_t parties) : parties_(parties) {}

  void add(const LayerPoints<Value>& after, const Edge& edge, std::uint32_t option,
           const std::vector<Value>& gain, const Needs<Value>* needs, std::size_t issue) {
    for (std::uint32_t at = after.begins[edge.to]; at < after.begins[edge.to + 1]; ++at) {
      for (std::size_t party = 0; party < parties_; ++party) {
        gains_.push_back(after.gains[at * parties_ + party] + gain[party]);
      }
      if (needs == nullptr || needs->admit(issue, &gains_[steps_.size() * parties_])) {
        steps_.push_back({option, at});
      } else {
        gains_.resize(steps_.size() * parties_);
      }
    }
  }
  [[nodiscard]] std::size_t size() const { return steps_.size(); }
  void finish(LayerPoints<Value>& points, internal::Effort& effort) {
    take(internal::find_maxima(ranks(), parties_, effort), points);
  }
  void next_layer() {}
  [[nodiscard]] const std::vector<Value>& gains() const { return gains_; }
  // These alone stay.
  void take(const std::vector<std::uint32_t>& places, LayerPoints<Value>& points) {
    for (const std::uint32_t place : places) {
      points.steps.push_back(steps_[place]);
      for (std::size_t party = 0; party < parties_; ++party) {
        points.gains.push_back(gains_[place * parties_ + party]);
      }
    }
    steps_.clear();
    gains_.clear();
  }

 private:
  // Numbers in the same order as the gains, for each party.
  [[nodiscard]] std::vector<std::uint32_t> ranks() const {
    std::vector<std::uint32_t> ranks(gains_.size());
    for (std::size_t party = 0; party < parties_; ++party) {
      if (!take_as_they_are(party, ranks)) {
        rank(party, ranks);
      }
    }
    return ranks;
  }

  // Small numbers, less the least one.
  bool take_as_they_are(std::size_t party, std::vector<std::uint32_t>& ranks) const {
    if (gains_.empty()) {
      return true;
    }
    if constexpr (std::is_same_v<Value, std::int64_t>) {
      std::int64_t least = std::numeric_limits<std::int64_t>::max();
      std::int64_t most = std::numeric_limits<std::int64_t>::min();
      for (std::size_t at = party; at < gains_.size(); at += parties_) {
        least = std::min(least, gains_[at]);
        most = std::max(most, gains_[at]);
      }
      // Far apart they do not fit a signed difference.
      if (static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least) <=
          std::numeric_limits<std::uint32_t>::max()) {
        for (std::size_t at = party; at < gains_.size(); at += parties_) {
          ranks[at] = static_cast<std::uint32_t>(gains_[at] - least);
        }
        return true;
      }
    }
    return false;
  }

  void rank(std::size_t party, std::vector<std::uint32_t>& ranks) const {
    std::vector<Value> sorted(steps_.size());
    for (std::size_t at = 0; at < steps_.size(); ++at) {
      sorted[at] = gains_[at * parties_ + party];
    }
    std::sort(sorted.begin(), sorted.end());
    const auto end = std::unique(sorted.begin(), sorted.end());
    for (std::size_t at = 0; at < steps_.size(); ++at) {
      const auto found = std::lower_bound(sorted.begin(), end, gains_[at * parties_ + party]);
      ranks[at * parties_ + party] = static_cast<std::uint32_t>(found - sorted.begin());
    }
  }

  std::size_t parties_;
  std::vector<Step> steps_;
  std::vector<Value> gains_;
};

// Any number of parties: of the candidates in one cell of a grid, one.
class ThinPruner {
 public:
  // `most`: the largest numbers there are.
  ThinPruner(std::size_t most_points, std::vector<std::int64_t> most)
      : most_points_(most_points), most_(std::move(most)), all_(most_.size()) {
    errors_.resize(most_.size());
    sum_.resize(most_.size());
  }

  void add(const LayerPoints<std::int64_t>& after, const Edge& edge, std::uint32_t option,
           const std::vector<std::int64_t>& gain, const Needs<std::int64_t>* needs,
           std::size_t issue) {
    all_.add(after, edge, option, gain, needs, issue);
  }
  [[nodiscard]] std::size_t size() const { return all_.size(); }

  void finish(LayerPoints<std::int64_t>& points, internal::Effort& effort) {
    const std::vector<std::int64_t>& gains = all_.gains();
    const std::size_t parties = most_.size();
    std::vector<std::uint32_t> cells(gains.size());
    std::vector<std::uint32_t> places;
    for (;; ++coarseness_) {
      for (std::size_t at = 0; at < gains.size(); ++at) {
        cells[at] = static_cast<std::uint32_t>((gains[at] + kShift) / width(at % parties));
      }
      places = internal::find_maxima(cells, parties, effort);
      if (places.size() <= most_points_ || effort.has_ended()) {
        break;
      }
    }
    for (std::size_t party = 0; party < parties; ++party) {
      errors_[party] = std::max(errors_[party], width(party) - 1);
    }
    all_.take(places, points);
  }

  // A layer is done: what was lost in it adds to what was lost before. The next one may be finer.
  void next_layer() {
    for (std::size_t party = 0; party < sum_.size(); ++party) {
      sum_[party] += errors_[party];
      errors_[party] = 0;
    }
    coarseness_ = coarseness_ > 1 ? coarseness_ - 2 : 0;
  }
  [[nodiscard]] const std::vector<std::int64_t>& errors() const { return sum_; }

 private:
  // Gains may be below zero, by conditional values; cells are counted from below all of them.
  static constexpr std::int64_t kShift = std::int64_t{1} << 30;

  // 1 to begin with, then in steps of a half.
  [[nodiscard]] std::int64_t width(std::size_t party) const {
    const std::int64_t share = most_[party] >> 12U;
    if (coarseness_ == 0) {
      return 1;
    }
    const std::int64_t base = std::max<std::int64_t>(share, 1) << (coarseness_ / 2);
    return base + (coarseness_ % 2 == 1 ? base / 2 : 0);
  }

  std::size_t most_points_;
  std::vector<std::int64_t> most_;
  Pruner<std::int64_t> all_;
  std::size_t coarseness_ = 0;
  std::vector<std::int64_t> errors_;
  std::vector<std::int64_t> sum_;
};

Error too_many_points(std::size_t most) {
  return {ErrorCode::Unsupported,
          fmt::format("more than {} packages in part would have to be compared at one time; settle "
                      "an issue or ask with fewer parties",
                      most)};
}

Error too_many_comparisons(std::size_t most) {
  return {
      ErrorCode::Unsupported,
      fmt::format("more than {} comparisons of packages would be needed; settle an issue or ask "
                  "with fewer parties",
                  most)};
}

Error stopped() {
  return {ErrorCode::Unsupported, "the search was stopped before it came to the end"};
}

// The points of the first node, with their packages.
template <typename Value>
Frontier read_off(const Diagram& diagram, const internal::ScaledValues& scaled,
                  const LayerPoints<Value>& first, const std::vector<std::vector<Step>>& steps) {
  Frontier frontier;
  const std::size_t parties = scaled.scales.size();
  frontier.points.reserve(first.steps.size());
  for (std::size_t at = 0; at < first.steps.size() && !diagram.layers.empty(); ++at) {
    Point point;
    point.worth.reserve(parties);
    point.package.reserve(steps.size());
    for (std::size_t party = 0; party < parties; ++party) {
      point.worth.push_back(internal::worth_of(
          scaled.scales[party], internal::to_integer(first.gains[at * parties + party])));
    }
    auto place = static_cast<std::uint32_t>(at);
    for (const std::vector<Step>& layer : steps) {
      point.package.push_back(layer[place].option);
      place = layer[place].next;
    }
    frontier.points.push_back(std::move(point));
  }
  return frontier;
}

// From the last issue to the first: what can be gained from each node on.
template <typename Value, typename SomePruner>
base::Result<Frontier> search(const Game& game, const Diagram& diagram,
                              const internal::ScaledValues& scaled, SomePruner& pruner,
                              const SearchLimits& limits, const Needs<Value>* needs = nullptr) {
  const Gains<Value> gains = internal::make_gains<Value>(game, scaled);
  std::vector<Value> gain;
  std::vector<std::vector<Step>> steps(diagram.layers.size());
  internal::Effort effort(limits.comparisons, limits.is_stopped);
  LayerPoints<Value> after;
  after.begins = {0, 1};
  after.steps.resize(1);
  after.gains.resize(gains.parties);
  for (std::size_t issue = diagram.layers.size(); issue > 0; --issue) {
    const Layer& layer = diagram.layers[issue - 1];
    LayerPoints<Value> here;
    here.begins.push_back(0);
    for (std::size_t node = 0; node < layer.nodes; ++node) {
      for (std::uint32_t option = 0; option < layer.options; ++option) {
        const Edge& edge = layer.edges[node * layer.options + option];
        if (edge.to != kNowhere) {
          gain_of(gains, diagram, issue - 1, option, edge, gain);
          pruner.add(after, edge, option, gain, needs, issue - 1);
        }
        if (std::max(pruner.size(), here.steps.size()) > limits.points) {
          return too_many_points(limits.points);
        }
      }
      pruner.finish(here, effort);
      if (!effort.spend(1 + layer.options)) {
        return effort.was_stopped() ? stopped() : too_many_comparisons(limits.comparisons);
      }
      here.begins.push_back(static_cast<std::uint32_t>(here.steps.size()));
    }
    pruner.next_layer();
    steps[issue - 1] = here.steps;
    std::swap(after, here);
  }
  return read_off(diagram, scaled, after, steps);
}

template <typename Value>
base::Result<Frontier> search(const Game& game, const Diagram& diagram,
                              const internal::ScaledValues& scaled, const SearchLimits& limits) {
  if (game.parties.size() == 2) {
    PairPruner<Value> pruner;
    return search<Value>(game, diagram, scaled, pruner, limits);
  }
  Pruner<Value> pruner(game.parties.size());
  return search<Value>(game, diagram, scaled, pruner, limits);
}

// What every search begins with.
struct Prepared {
  internal::ScaledValues scaled;
  Diagram diagram;
};

base::Result<Prepared> prepare(const Game& game, const SearchLimits& limits) {
  Prepared prepared;
  prepared.scaled = internal::scale(game);
  // One more digit for the numbers beyond all sums, one for their differences.
  if (prepared.scaled.bits + 3 > internal::kWideBits) {
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("the values of a package need {} binary digits and {} are carried; "
                             "give the values in coarser units",
                             prepared.scaled.bits, internal::kWideBits - 3)};
  }
  auto diagram = internal::make_diagram(game, limits);
  if (!diagram && limits.is_stopped && limits.is_stopped()) {
    return stopped();
  }
  if (!diagram) {
    return Error{ErrorCode::Unsupported,
                 fmt::format("the constraints and conditional values leave more than {} cases to "
                             "tell apart; settle an issue or leave some of them out",
                             limits.nodes)};
  }
  prepared.diagram = std::move(*diagram);
  return prepared;
}

bool is_narrow(const internal::ScaledValues& scaled) {
  return scaled.bits + 3 <= internal::kNarrowBits;
}

template <typename Value>
base::Result<Frontier> reach(const Game& game, const Prepared& prepared,
                             const std::vector<std::optional<Integer>>& worth,
                             const SearchLimits& limits) {
  const Needs<Value> needs = make_needs<Value>(game, prepared.scaled, worth);
  Pruner<Value> pruner(game.parties.size());
  return search<Value>(game, prepared.diagram, prepared.scaled, pruner, limits, &needs);
}

}  // namespace

base::Result<Frontier> find_frontier(const Game& game, const SearchLimits& limits) {
  const bool has_other_way = game.parties.size() == 2;
  SearchLimits few = limits;
  few.nodes = has_other_way ? std::min(limits.nodes, kFewNodes) : limits.nodes;
  auto prepared = prepare(game, few);
  if (!prepared && prepared.error().code == ErrorCode::Unsupported && has_other_way) {
    auto bounded = internal::search_bounded(game, internal::scale(game), limits);
    if (bounded.has_value()) {
      bounded->feasible =
          game.constraints.empty() ? std::optional(count_packages(game)) : std::nullopt;
      return *bounded;
    }
    prepared = prepare(game, limits);
  }
  if (!prepared) {
    return prepared.error();
  }
  auto found = is_narrow(prepared->scaled)
                   ? search<std::int64_t>(game, prepared->diagram, prepared->scaled, limits)
                   : search<internal::Wide>(game, prepared->diagram, prepared->scaled, limits);
  if (found) {
    found.value().feasible = internal::count_paths(prepared->diagram);
  }
  return found;
}

namespace {

// Of each party, in machine words.
std::vector<std::int64_t> largest_sums(const internal::ScaledValues& scaled) {
  std::vector<std::int64_t> sums;
  for (std::size_t party = 0; party < scaled.values.size(); ++party) {
    Integer sum;
    for (const std::vector<Integer>& row : scaled.values[party]) {
      sum += *std::max_element(row.begin(), row.end());
    }
    for (const Integer& worth : scaled.conditionals[party]) {
      sum += worth.is_negative() ? -worth : worth;
    }
    sums.push_back(sum.to_int64().value_or(0));
  }
  return sums;
}

}  // namespace

base::Result<Frontier> find_frontier_within(const Game& game, std::size_t most_points,
                                            const SearchLimits& limits) {
  const auto prepared = prepare(game, limits);
  if (!prepared) {
    return prepared.error();
  }
  if (prepared->scaled.bits > kThinBits) {
    return Error{
        ErrorCode::Unsupported,
        fmt::format("packages near each other are put together for values of up to {} binary "
                    "digits, and these need {}",
                    kThinBits, prepared->scaled.bits)};
  }
  ThinPruner pruner(most_points, largest_sums(prepared->scaled));
  auto found = search<std::int64_t>(game, prepared->diagram, prepared->scaled, pruner, limits);
  if (!found) {
    return found;
  }
  Frontier& frontier = found.value();
  frontier.feasible = internal::count_paths(prepared->diagram);
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    frontier.within.push_back(Integer(pruner.errors()[party]) *
                              prepared->scaled.scales[party].unit);
    frontier.is_complete = frontier.is_complete && frontier.within.back().is_zero();
  }
  std::sort(frontier.points.begin(), frontier.points.end(),
            [](const Point& left, const Point& right) { return right.worth < left.worth; });
  return found;
}

base::Result<std::optional<Package>> find_reaching(const Game& game,
                                                   const std::vector<std::optional<Integer>>& worth,
                                                   const SearchLimits& limits) {
  bool is_decided = false;
  auto package =
      internal::reach_by_branching(game, internal::scale(game), worth, limits, is_decided);
  if (is_decided) {
    return package;
  }
  const auto prepared = prepare(game, limits);
  if (!prepared) {
    return prepared.error();
  }
  const auto found = is_narrow(prepared->scaled)
                         ? reach<std::int64_t>(game, *prepared, worth, limits)
                         : reach<internal::Wide>(game, *prepared, worth, limits);
  if (!found) {
    return found.error();
  }
  return found->points.empty() ? std::optional<Package>{} : found->points[0].package;
}

}  // namespace truce::packages
