// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "truce/talks/internal/by_deed.h"

namespace truce::talks::internal {

/// What is done, and what follows from it. Each commitment stands in the list of one condition that
/// is not done, and moves to another one when that is: no condition is counted, and few are looked
/// at more than once.
class Following {
 public:
  explicit Following(const ByDeed& commitments);

  /// From what is unconditional, each deed at the least step there is; how many are done then.
  std::size_t follow_steps();
  /// These deeds, none of which is done, happen at the steps that were set for them, and so does
  /// all that follows: each one step after the last of what it waits for, but where its step was
  /// set.
  void happen(std::span<const std::uint32_t> deeds);
  void set_step(std::uint32_t deed, std::uint32_t step) { steps_[deed] = step; }

  [[nodiscard]] const std::vector<bool>& is_done() const { return is_done_; }
  /// Of each deed; 0 where it is not done and was not set.
  [[nodiscard]] const std::vector<std::uint32_t>& steps() const { return steps_; }
  std::vector<std::uint32_t> take_steps() { return std::move(steps_); }

 private:
  // A commitment: the next one in its list, and where its conditions begin. Beside each other,
  // since who looks at one looks at the other: in long lists every look is a miss of the cache.
  struct Standing {
    std::uint32_t next = 0;
    std::uint32_t begin = 0;
  };

  void stand(std::uint32_t commitment, std::uint32_t condition) {
    standing_[commitment].next = head_[condition];
    head_[condition] = commitment;
  }
  [[nodiscard]] std::uint32_t open_condition(std::uint32_t commitment) const;
  [[nodiscard]] std::uint32_t step_after(std::uint32_t commitment) const;
  void foresee(std::size_t at) const;
  template <typename Then>
  void leave(std::uint32_t deed, const Then& then);

  const ByDeed& commitments_;
  const std::uint32_t* conditions_;
  // The first commitment in the list of each deed.
  std::vector<std::uint32_t> head_;
  std::vector<Standing> standing_;
  std::vector<bool> is_done_;
  std::vector<std::uint32_t> steps_;
  std::vector<std::uint32_t> queue_;
};

}  // namespace truce::talks::internal
