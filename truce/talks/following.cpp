// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/internal/following.h"

#include <algorithm>
#include <limits>

namespace truce::talks::internal {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

}  // namespace

Following::Following(const ByDeed& commitments)
    : commitments_(commitments),
      conditions_(commitments.graph().conditions().data()),
      head_(commitments.graph().deeds(), kNone),
      standing_(std::size_t{commitments.graph().size()} + 1),
      is_done_(commitments.graph().deeds(), false),
      steps_(commitments.graph().deeds(), 0) {
  const CommitmentGraph& graph = commitments.graph();
  queue_.reserve(graph.deeds());
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    const auto conditions = graph.conditions(i);
    standing_[i + 1].begin = graph.ends()[i + 1];
    if (!conditions.empty()) {
      stand(i, conditions.back());
    } else if (steps_[graph.deed(i)] == 0) {
      steps_[graph.deed(i)] = 1;
      queue_.push_back(graph.deed(i));
    }
  }
}

std::uint32_t Following::open_condition(std::uint32_t commitment) const {
  const std::uint32_t end = standing_[commitment + 1].begin;
  for (std::uint32_t at = standing_[commitment].begin; at < end; ++at) {
    if (!is_done_[conditions_[at]]) {
      return conditions_[at];
    }
  }
  return kNone;
}

std::uint32_t Following::step_after(std::uint32_t commitment) const {
  std::uint32_t last = 0;
  for (const std::uint32_t condition : commitments_.graph().conditions(commitment)) {
    last = std::max(last, steps_[condition]);
  }
  return last + 1;
}

// Of what stands in the list of a deed that is done now: what waits for more stands elsewhere.
template <typename Then>
void Following::leave(std::uint32_t deed, const Then& then) {
  for (std::uint32_t i = head_[deed]; i != kNone;) {
    const std::uint32_t next = standing_[i].next;
    const std::uint32_t owner = commitments_.deed(i);
    if (!is_done_[owner]) {
      const std::uint32_t open = open_condition(i);
      if (open == kNone) {
        then(i, owner);
      } else {
        stand(i, open);
      }
    }
    i = next;
  }
}

// One step after the other: what is done at one of them counts from the next one on.
std::size_t Following::follow_steps() {
  std::size_t begin = 0;
  for (std::uint32_t step = 2; begin < queue_.size(); ++step) {
    const std::size_t end = queue_.size();
    for (std::size_t at = begin; at < end; ++at) {
      is_done_[queue_[at]] = true;
    }
    for (std::size_t at = begin; at < end; ++at) {
      leave(queue_[at], [&](std::uint32_t, std::uint32_t owner) {
        if (steps_[owner] == 0) {
          steps_[owner] = step;
          queue_.push_back(owner);
        }
      });
    }
    begin = end;
  }
  const std::size_t done = queue_.size();
  queue_.clear();
  return done;
}

// Fetches what the next ones in the queue will read, a step of the way for each: in lists that do
// not fit the cache they would wait for it in turn.
void Following::foresee(std::size_t at) const {
  constexpr std::size_t kAhead = 8;
  if (at + 3 * kAhead < queue_.size()) {
    __builtin_prefetch(&head_[queue_[at + 3 * kAhead]]);
  }
  if (at + 2 * kAhead < queue_.size()) {
    const std::uint32_t first = head_[queue_[at + 2 * kAhead]];
    __builtin_prefetch(&standing_[first == kNone ? 0 : first]);
  }
  if (at + kAhead < queue_.size()) {
    const std::uint32_t first = head_[queue_[at + kAhead]];
    __builtin_prefetch(conditions_ + standing_[first == kNone ? 0 : first].begin);
  }
}

void Following::happen(std::span<const std::uint32_t> deeds) {
  queue_.assign(deeds.begin(), deeds.end());
  for (const std::uint32_t deed : deeds) {
    is_done_[deed] = true;
  }
  for (std::size_t at = 0; at < queue_.size(); ++at) {
    foresee(at);
    leave(queue_[at], [&](std::uint32_t commitment, std::uint32_t owner) {
      if (steps_[owner] == 0) {
        steps_[owner] = step_after(commitment);
      }
      is_done_[owner] = true;
      queue_.push_back(owner);
    });
  }
  queue_.clear();
}

}  // namespace truce::talks::internal
