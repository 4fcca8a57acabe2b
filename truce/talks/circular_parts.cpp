// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/internal/circular_parts.h"

#include <algorithm>
#include <limits>

namespace truce::talks::internal {
namespace {

constexpr std::uint32_t kClosed = std::numeric_limits<std::uint32_t>::max();

}  // namespace

CircularParts::CircularParts(const ByDeed& commitments, const std::vector<bool>& is_done)
    : is_done_(is_done),
      conditions_(commitments.graph().conditions().data()),
      deeds_(std::size_t{commitments.graph().deeds()} + 1) {
  for (std::uint32_t deed = 0; deed < deeds_.size(); ++deed) {
    deeds_[deed].begin = commitments.begin(deed);
  }
}

std::vector<std::uint32_t> CircularParts::next() {
  for (;;) {
    if (!again_.empty() && again_.back().depth == way_.size()) {
      const std::uint32_t deed = again_.back().deed;
      again_.pop_back();
      open_if_new(deed);
    } else if (!way_.empty()) {
      std::vector<std::uint32_t> part = walk();
      if (!part.empty()) {
        return part;
      }
    } else if (start_ + 1 < deeds_.size()) {
      open_if_new(start_++);
    } else {
      return {};
    }
  }
}

void CircularParts::open_if_new(std::uint32_t deed) {
  if (deeds_[deed].place == 0 && !is_done_[deed]) {
    open(deed);
  }
}

void CircularParts::open(std::uint32_t deed) {
  stack_.push_back(deed);
  const auto place = static_cast<std::uint32_t>(stack_.size());
  deeds_[deed].place = place;
  const Place here = {deed, deeds_[deed].begin, deeds_[deed + 1].begin, place};
  // In lists that do not fit the cache the walk would wait for each of these in turn.
  for (std::uint32_t at = here.at; at < here.end; ++at) {
    __builtin_prefetch(&deeds_[conditions_[at]]);
  }
  way_.push_back(here);
}

// On until a part closes, or the way is back where something is to be walked again.
std::vector<std::uint32_t> CircularParts::walk() {
  const std::size_t floor = again_.empty() ? 0 : again_.back().depth;
  while (way_.size() > floor) {
    Place& top = way_.back();
    std::uint32_t fresh = kClosed;
    while (top.at < top.end && fresh == kClosed) {
      const std::uint32_t to = conditions_[top.at++];
      if (is_done_[to]) {
        continue;
      }
      if (deeds_[to].place == 0) {
        fresh = to;
      } else {
        top.low = std::min(top.low, deeds_[to].place);
      }
    }
    if (fresh != kClosed) {
      open(fresh);
      continue;
    }
    const Place left = top;
    way_.pop_back();
    if (!way_.empty()) {
      way_.back().low = std::min(way_.back().low, left.low);
    }
    if (left.low == deeds_[left.deed].place) {
      const std::size_t again = again_.size();
      std::vector<std::uint32_t> part = close(left.deed);
      if (!part.empty() || again_.size() > again) {
        return part;
      }
    }
  }
  return {};
}

std::vector<std::uint32_t> CircularParts::close(std::uint32_t root) {
  const std::size_t begin = deeds_[root].place - 1;
  if (begin + 1 == stack_.size()) {
    stack_.pop_back();
    deeds_[root].place = kClosed;
    const std::uint32_t* end = conditions_ + deeds_[root + 1].begin;
    const bool is_circle =
        !is_done_[root] && std::find(conditions_ + deeds_[root].begin, end, root) != end;
    return is_circle ? std::vector<std::uint32_t>{root} : std::vector<std::uint32_t>();
  }
  std::vector<std::uint32_t> part(stack_.begin() + static_cast<std::ptrdiff_t>(begin),
                                  stack_.end());
  stack_.resize(begin);
  for (const std::uint32_t deed : part) {
    deeds_[deed].place = kClosed;
  }
  const std::size_t size = part.size();
  std::erase_if(part, [this](std::uint32_t deed) { return is_done_[deed]; });
  sort(part);
  if (part.size() == size) {
    return part;
  }
  for (std::size_t at = part.size(); at > 0; --at) {
    deeds_[part[at - 1]].place = 0;
    again_.push_back({part[at - 1], way_.size()});
  }
  return {};
}

void CircularParts::sort(std::vector<std::uint32_t>& part) {
  constexpr std::size_t kDense = 32;
  if (part.size() < deeds_.size() / kDense) {
    std::sort(part.begin(), part.end());
    return;
  }
  std::vector<bool> is_in(deeds_.size(), false);
  for (const std::uint32_t deed : part) {
    is_in[deed] = true;
  }
  part.clear();
  for (std::uint32_t deed = 0; deed < is_in.size(); ++deed) {
    if (is_in[deed]) {
      part.push_back(deed);
    }
  }
}

}  // namespace truce::talks::internal
