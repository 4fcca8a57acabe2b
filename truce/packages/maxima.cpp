// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/maxima.h"

#include <algorithm>
#include <numeric>

namespace truce::packages::internal {
namespace {

constexpr std::size_t kBlock = 64;

// Points in blocks, each with the largest number of each dimension, so that most blocks are passed
// over with one look.
class Kept {
 public:
  explicit Kept(std::size_t dimensions) : dimensions_(dimensions) {}

  // Whether one of them has no smaller number than `point` in any dimension.
  bool betters(const std::uint32_t* point, Effort& effort) {
    effort.spend(size_ + 1);
    for (std::size_t block = 0; block * kBlock < size_; ++block) {
      if (reaches(&most_[block * dimensions_], point) && block_betters(block, point)) {
        return true;
      }
    }
    return false;
  }

  void add(const std::uint32_t* point) {
    const std::size_t block = size_ / kBlock;
    if (size_ % kBlock == 0) {
      most_.resize((block + 1) * dimensions_, 0);
      numbers_.resize((block + 1) * kBlock * dimensions_, 0);
    }
    for (std::size_t at = 0; at < dimensions_; ++at) {
      numbers_[(block * dimensions_ + at) * kBlock + size_ % kBlock] = point[at];
      std::uint32_t& most = most_[block * dimensions_ + at];
      most = std::max(most, point[at]);
    }
    ++size_;
  }

 private:
  [[nodiscard]] bool reaches(const std::uint32_t* most, const std::uint32_t* point) const {
    for (std::size_t at = 0; at < dimensions_; ++at) {
      if (most[at] < point[at]) {
        return false;
      }
    }
    return true;
  }

  // Written so that the compiler compares many at once.
  [[nodiscard]] bool block_betters(std::size_t block, const std::uint32_t* point) const {
    const std::size_t count = std::min(kBlock, size_ - block * kBlock);
    std::uint32_t is_less[kBlock] = {};
    for (std::size_t at = 0; at < dimensions_; ++at) {
      const std::uint32_t* column = &numbers_[(block * dimensions_ + at) * kBlock];
      const std::uint32_t wanted = point[at];
      for (std::size_t row = 0; row < kBlock; ++row) {
        is_less[row] |= column[row] < wanted ? 1U : 0U;
      }
    }
    return std::find(is_less, is_less + count, 0U) != is_less + count;
  }

  std::size_t dimensions_;
  std::size_t size_ = 0;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::uint32_t> most_;
};

}  // namespace

std::vector<std::uint32_t> find_maxima(const std::vector<std::uint32_t>& ranks,
                                       std::size_t dimensions, Effort& effort) {
  const std::size_t count = dimensions == 0 ? 0 : ranks.size() / dimensions;
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    const std::uint32_t* one = &ranks[left * dimensions];
    const std::uint32_t* other = &ranks[right * dimensions];
    for (std::size_t at = 0; at < dimensions; ++at) {
      if (one[at] != other[at]) {
        return one[at] > other[at];
      }
    }
    return left < right;
  });
  // In this order only an earlier point can better a later one, and the first number needs no look.
  Kept kept(dimensions - 1);
  std::vector<std::uint32_t> maxima;
  for (const std::uint32_t place : order) {
    const std::uint32_t* rest = &ranks[place * dimensions] + 1;
    if (effort.has_ended()) {
      break;
    }
    if (maxima.empty() || (dimensions > 1 && !kept.betters(rest, effort))) {
      kept.add(rest);
      maxima.push_back(place);
    }
  }
  return maxima;
}

}  // namespace truce::packages::internal
