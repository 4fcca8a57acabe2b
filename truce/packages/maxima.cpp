// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/maxima.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <numeric>

#include "truce/packages/internal/wider.h"

namespace truce::packages::internal {
namespace {

constexpr std::size_t kWords = 8;
constexpr std::size_t kSegment = kWords * 64;
constexpr std::size_t kBuckets = 256;
constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

using Row = std::array<std::uint64_t, kWords>;

// The bits that all rows have; whether there is one.
TRUCE_WIDER bool meet(const Row* const* rows, std::size_t count, Row& common) {
  common = *rows[0];
  for (std::size_t at = 1; at < count; ++at) {
    for (std::size_t word = 0; word < kWords; ++word) {
      common[word] &= (*rows[at])[word];
    }
  }
  std::uint64_t any = 0;
  for (std::size_t word = 0; word < kWords; ++word) {
    any |= common[word];
  }
  return any != 0;
}

// Kept points, of each dimension but the first in buckets: for each bucket which points are in it
// or in a larger one, as bits. What could better a point is in the bits that the rows of all its
// buckets have, and is then looked at.
class Kept {
 public:
  Kept(const std::vector<std::uint32_t>& ranks, std::size_t dimensions)
      : ranks_(&ranks), dimensions_(dimensions), rows_(dimensions) {
    std::vector<std::uint32_t> most(dimensions, 0);
    least_.assign(dimensions, std::numeric_limits<std::uint32_t>::max());
    for (std::size_t at = 0; at < ranks.size(); ++at) {
      const std::size_t dimension = at % dimensions;
      most[dimension] = std::max(most[dimension], ranks[at]);
      least_[dimension] = std::min(least_[dimension], ranks[at]);
    }
    for (std::size_t dimension = 0; dimension < dimensions; ++dimension) {
      const std::uint64_t spread = std::uint64_t{most[dimension]} - least_[dimension] + 1;
      widths_.push_back((spread + kBuckets - 1) / kBuckets);
    }
  }

  // Whether one of them has no smaller number in any dimension but the first.
  bool betters(std::uint32_t place, Effort& effort) {
    effort.spend(places_.size() + 1);
    buckets_.clear();
    for (std::size_t dimension = 1; dimension < dimensions_; ++dimension) {
      buckets_.push_back(bucket(place, dimension));
    }
    // Where the last one was bettered, this one may be.
    if (last_ < segments_.size() && segment_betters(last_, place)) {
      return true;
    }
    if (newest_betters(place)) {
      return true;
    }
    for (std::size_t segment = 0; segment < segments_.size(); ++segment) {
      if (segment != last_ && segment_betters(segment, place)) {
        last_ = segment;
        return true;
      }
    }
    return false;
  }

  void add(std::uint32_t place) {
    places_.push_back(place);
    if (places_.size() % kSegment == 0) {
      seal();
    }
  }

 private:
  using Segment = std::vector<Row>;

  [[nodiscard]] std::size_t bucket(std::uint32_t place, std::size_t dimension) const {
    return ((*ranks_)[place * dimensions_ + dimension] - least_[dimension]) / widths_[dimension];
  }

  [[nodiscard]] bool is_bettered(std::uint32_t place, std::uint32_t by) const {
    const std::uint32_t* point = &(*ranks_)[place * dimensions_];
    const std::uint32_t* other = &(*ranks_)[by * dimensions_];
    for (std::size_t dimension = 1; dimension < dimensions_; ++dimension) {
      if (other[dimension] < point[dimension]) {
        return false;
      }
    }
    return true;
  }

  // Those that are in no segment yet.
  [[nodiscard]] bool newest_betters(std::uint32_t place) const {
    for (std::size_t at = places_.size(); at > segments_.size() * kSegment; --at) {
      if (is_bettered(place, places_[at - 1])) {
        return true;
      }
    }
    return false;
  }

  bool segment_betters(std::size_t segment, std::uint32_t place) {
    for (std::size_t at = 0; at < buckets_.size(); ++at) {
      rows_[at] = &segments_[segment][at * kBuckets + buckets_[at]];
    }
    Row common;
    if (!meet(rows_.data(), buckets_.size(), common)) {
      return false;
    }
    for (std::size_t word = 0; word < kWords; ++word) {
      for (std::uint64_t bits = common[word]; bits != 0; bits &= bits - 1) {
        const std::size_t at =
            segment * kSegment + word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        if (is_bettered(place, places_[at])) {
          return true;
        }
      }
    }
    return false;
  }

  void seal() {
    const std::size_t begin = segments_.size() * kSegment;
    Segment segment((dimensions_ - 1) * kBuckets, Row{});
    for (std::size_t at = 0; at < kSegment; ++at) {
      for (std::size_t dimension = 1; dimension < dimensions_; ++dimension) {
        Row& row = segment[(dimension - 1) * kBuckets + bucket(places_[begin + at], dimension)];
        row[at / 64] |= std::uint64_t{1} << at % 64;
      }
    }
    for (std::size_t dimension = 0; dimension + 1 < dimensions_; ++dimension) {
      for (std::size_t above = kBuckets - 1; above > 0; --above) {
        const Row& from = segment[dimension * kBuckets + above];
        Row& to = segment[dimension * kBuckets + above - 1];
        for (std::size_t word = 0; word < kWords; ++word) {
          to[word] |= from[word];
        }
      }
    }
    segments_.push_back(std::move(segment));
  }

  const std::vector<std::uint32_t>* ranks_;
  std::size_t dimensions_;
  std::vector<std::uint32_t> least_;
  std::vector<std::uint64_t> widths_;
  std::vector<std::uint32_t> places_;
  std::vector<Segment> segments_;
  std::size_t last_ = kNone;
  // Of the point that is looked at.
  std::vector<std::size_t> buckets_;
  std::vector<const Row*> rows_;
};

// Two dimensions: the largest second number so far is enough.
std::vector<std::uint32_t> maxima_of_two(const std::vector<std::uint32_t>& ranks,
                                         const std::vector<std::uint32_t>& order) {
  std::vector<std::uint32_t> maxima;
  for (const std::uint32_t place : order) {
    if (maxima.empty() || ranks[maxima.back() * 2 + 1] < ranks[place * 2 + 1]) {
      maxima.push_back(place);
    }
  }
  return maxima;
}

// Places by their numbers, the largest first; of equals the first one first.
std::vector<std::uint32_t> order_of(const std::vector<std::uint32_t>& ranks,
                                    std::size_t dimensions) {
  struct Entry {
    std::uint64_t key = 0;
    std::uint32_t place = 0;
  };
  const std::size_t count = ranks.size() / dimensions;
  std::vector<Entry> entries(count);
  for (std::uint32_t place = 0; place < count; ++place) {
    const std::uint32_t* point = &ranks[place * dimensions];
    entries[place] = {std::uint64_t{point[0]} << 32U | (dimensions > 1 ? point[1] : 0), place};
  }
  std::sort(entries.begin(), entries.end(), [&](const Entry& left, const Entry& right) {
    if (left.key != right.key) {
      return left.key > right.key;
    }
    const std::uint32_t* one = &ranks[left.place * dimensions];
    const std::uint32_t* other = &ranks[right.place * dimensions];
    for (std::size_t at = 2; at < dimensions; ++at) {
      if (one[at] != other[at]) {
        return one[at] > other[at];
      }
    }
    return left.place < right.place;
  });
  std::vector<std::uint32_t> order(count);
  std::transform(entries.begin(), entries.end(), order.begin(),
                 [](const Entry& entry) { return entry.place; });
  return order;
}

}  // namespace

std::vector<std::uint32_t> find_maxima(const std::vector<std::uint32_t>& ranks,
                                       std::size_t dimensions, Effort& effort) {
  if (dimensions == 0 || ranks.empty()) {
    return {};
  }
  const std::vector<std::uint32_t> order = order_of(ranks, dimensions);
  if (dimensions == 1) {
    return {order[0]};
  }
  if (dimensions == 2) {
    return maxima_of_two(ranks, order);
  }
  // In this order only an earlier point can better a later one, and the first number needs no look.
  Kept kept(ranks, dimensions);
  std::vector<std::uint32_t> maxima;
  for (const std::uint32_t place : order) {
    if (effort.has_ended()) {
      break;
    }
    if (!kept.betters(place, effort)) {
      kept.add(place);
      maxima.push_back(place);
    }
  }
  return maxima;
}

}  // namespace truce::packages::internal
