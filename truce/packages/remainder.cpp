// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/remainder.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

#include "truce/packages/internal/wider.h"

namespace truce::packages::internal {
namespace {

// No sum has a larger magnitude, so that two can be subtracted.
constexpr double kLargestSum = 1 << 28;
// How many choices are looked at, and how many the look at a whole combination counts as.
constexpr std::size_t kLooks = 200'000;
constexpr std::size_t kLooksForOneFound = 100;

// Machine words that are added and compared at one time.
using Words = std::int32_t __attribute__((vector_size(32)));
constexpr std::size_t kBlock = sizeof(Words) / sizeof(std::int32_t);

// The lists hold them wherever they lie.
inline __attribute__((always_inline)) void load(Words& words, const std::int32_t* from) {
  std::memcpy(&words, from, sizeof words);
}

// Where the search stands, as addresses.
struct State {
  const Remainder::Range* ranges;
  const std::int32_t* numbers;
  const std::int32_t* floors;
  std::int32_t* sums;
  std::size_t* places;
  std::size_t last;
  std::size_t depth;
  std::size_t looks;
};

inline __attribute__((always_inline)) bool is_any_negative(const Words& words) {
  std::uint64_t halves[4];
  std::memcpy(halves, &words, sizeof halves);
  return (((halves[0] | halves[1]) | (halves[2] | halves[3])) & 0x8000000080000000U) != 0;
}

// So many blocks for each option; `Blocks` where that is known beforehand.
template <std::size_t Blocks>
inline __attribute__((always_inline)) bool find_next(State& state, std::size_t blocks) {
  const std::size_t stride = (Blocks == 0 ? blocks : Blocks) * kBlock;
  std::size_t depth = state.depth;
  while (state.looks > 0) {
    const std::size_t option = state.places[depth];
    if (option == state.ranges[depth].end) {
      if (depth == 0) {
        return false;
      }
      --depth;
      continue;
    }
    ++state.places[depth];
    --state.looks;
    const std::int32_t* before = state.sums + depth * stride;
    const std::int32_t* numbers = state.numbers + option * stride;
    const std::int32_t* floors = state.floors + depth * stride;
    std::int32_t* sums = state.sums + (depth + 1) * stride;
    Words signs = {};
    for (std::size_t at = 0; at < stride; at += kBlock) {
      Words sum;
      Words number;
      Words floor;
      load(sum, before + at);
      load(number, numbers + at);
      load(floor, floors + at);
      sum += number;
      std::memcpy(sums + at, &sum, sizeof sum);
      signs |= sum - floor;
    }
    if (is_any_negative(signs)) {
      // By the first number, in the order of which they are, those that follow bring less.
      if (sums[0] < floors[0]) {
        state.places[depth] = state.ranges[depth].end;
      }
      continue;
    }
    if (depth == state.last) {
      state.depth = depth;
      return true;
    }
    ++depth;
    state.places[depth] = state.ranges[depth].begin;
  }
  return false;
}

TRUCE_WIDER bool find_next_of_one(State& state) { return find_next<1>(state, 1); }
TRUCE_WIDER bool find_next_of_two(State& state) { return find_next<2>(state, 2); }
TRUCE_WIDER bool find_next_of_many(State& state, std::size_t blocks) {
  return find_next<0>(state, blocks);
}

}  // namespace

double count_combinations(const Space& space, const Part& part) {
  double combinations = 1;
  for (std::size_t issue = 0; issue < space.issues(); ++issue) {
    combinations *= part.is_settled[issue] != 0 ? 1 : part.counts[issue];
  }
  return combinations;
}

double Remainder::sum_of(const Lane& lane, const double* values) {
  return lane.weights == nullptr
             ? values[lane.row]
             : std::inner_product(lane.weights->begin(), lane.weights->end(), values, 0.0);
}

void Remainder::read_lanes(const Space& space, const Part& part,
                           const std::vector<const std::vector<double>*>& weightings) {
  lanes_.clear();
  for (const std::vector<double>* weights : weightings) {
    double most = 1;
    for (std::size_t row = 0; row < space.rows(); ++row) {
      most += (*weights)[row] * space.most(row);
    }
    lanes_.push_back({weights, 0, kLargestSum / most, 0, false});
  }
  for (std::size_t row = 0; row < space.rows(); ++row) {
    const bool is_small = space.most(row) < kLargestSum;
    lanes_.push_back({nullptr, row, is_small ? 1 : kLargestSum / space.most(row), 0,
                      is_small && space.is_exact()});
  }
  for (Lane& lane : lanes_) {
    lane.begin = sum_of(lane, part.certain.data());
  }
}

void Remainder::read(const Space& space, const Part& part,
                     const std::vector<const std::vector<double>*>& weightings) {
  read_lanes(space, part, weightings);
  stride_ = (lanes_.size() + kBlock - 1) / kBlock * kBlock;
  ranges_.clear();
  options_.clear();
  numbers_.clear();
  for (std::size_t issue = 0; issue < space.issues(); ++issue) {
    if (part.is_settled[issue] == 0) {
      read_options(space, part, issue);
    }
  }
  // Where choosing matters most first.
  std::sort(ranges_.begin(), ranges_.end(), [](const Range& left, const Range& right) {
    return left.gap > right.gap || (left.gap == right.gap && left.issue < right.issue);
  });
  places_.assign(ranges_.size(), 0);
  places_[0] = ranges_[0].begin;
  depth_ = 0;
  looks_ = kLooks;
  sums_.assign((ranges_.size() + 1) * stride_, 0);
}

void Remainder::read_options(const Space& space, const Part& part, std::size_t issue) {
  const std::size_t begin = options_.size();
  for (std::size_t at = 0; at < part.counts[issue]; ++at) {
    const std::uint32_t option = part.options[space.begin(issue) + at];
    options_.push_back({sum_of(lanes_[0], space.values(part, issue, option)), option});
  }
  std::sort(options_.begin() + static_cast<std::ptrdiff_t>(begin), options_.end(),
            [](const Option& left, const Option& right) {
              return left.score > right.score ||
                     (left.score == right.score && left.option < right.option);
            });
  numbers_.resize(options_.size() * stride_, 0);
  for (std::size_t at = begin; at < options_.size(); ++at) {
    const double* values = space.values(part, issue, options_[at].option);
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
      numbers_[at * stride_ + lane] =
          static_cast<std::int32_t>(std::ceil(sum_of(lanes_[lane], values) * lanes_[lane].scale));
    }
  }
  const double gap = part.counts[issue] < 2 ? std::numeric_limits<double>::infinity()
                                            : options_[begin].score - options_[begin + 1].score;
  ranges_.push_back({issue, begin, options_.size(), gap});
}

void Remainder::restrict(const std::vector<Need>& needs) {
  std::vector<std::int32_t> least(stride_, 0);
  for (std::size_t at = 0; at < lanes_.size(); ++at) {
    const Lane& lane = lanes_[at];
    const double need = (needs[at].sum - needs[at].error - lane.begin) * lane.scale;
    // Whole numbers need no room beside what rounding can add up to.
    const double rounded = lane.is_exact ? std::ceil(need) : std::floor(need) - 1;
    least[at] = static_cast<std::int32_t>(std::clamp(rounded, -kLargestSum, kLargestSum));
  }
  floors_.resize(ranges_.size() * stride_);
  for (std::size_t depth = ranges_.size(); depth > 0; --depth) {
    std::copy(least.begin(), least.end(),
              floors_.begin() + static_cast<std::ptrdiff_t>((depth - 1) * stride_));
    for (std::size_t lane = 0; lane < stride_; ++lane) {
      std::int32_t most = std::numeric_limits<std::int32_t>::min();
      for (std::size_t at = ranges_[depth - 1].begin; at < ranges_[depth - 1].end; ++at) {
        most = std::max(most, numbers_[at * stride_ + lane]);
      }
      least[lane] -= most;
    }
  }
}

bool Remainder::next(Package& package) {
  State state{ranges_.data(), numbers_.data(),    floors_.data(), sums_.data(),
              places_.data(), ranges_.size() - 1, depth_,         looks_};
  const std::size_t blocks = stride_ / kBlock;
  const bool is_found = blocks == 1   ? find_next_of_one(state)
                        : blocks == 2 ? find_next_of_two(state)
                                      : find_next_of_many(state, blocks);
  depth_ = state.depth;
  // What is found is looked at elsewhere, which takes longer.
  looks_ = is_found ? state.looks - std::min(state.looks, kLooksForOneFound) : state.looks;
  for (std::size_t at = 0; is_found && at < ranges_.size(); ++at) {
    package[ranges_[at].issue] = options_[places_[at] - 1].option;
  }
  return is_found;
}

}  // namespace truce::packages::internal
