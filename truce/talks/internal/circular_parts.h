// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "truce/talks/internal/by_deed.h"

namespace truce::talks::internal {

/// The strongly connected parts of what is not done, that hold a circle: each behind those that it
/// waits for (Tarjan 1972, without recursion). The walk goes on from part to part, and leaves out
/// what was done meanwhile: nothing that follows from the parts before is ever looked at.
class CircularParts {
 public:
  /// Both must outlive it; `is_done` may change between two parts, and only gain.
  CircularParts(const ByDeed& commitments, const std::vector<bool>& is_done);

  /// The next one, ascending; empty where there is none left. Deeds of one that fell apart, since
  /// some of it followed from others, are walked again.
  std::vector<std::uint32_t> next();

 private:
  // A deed: its place on the stack, from 1; 0 before, and kClosed after. Where what it waits for
  // begins; it ends where that of the next deed begins.
  struct Deed {
    std::uint32_t place = 0;
    std::uint32_t begin = 0;
  };
  // A deed on the way, and how far its conditions were looked at.
  struct Place {
    std::uint32_t deed = 0;
    std::uint32_t at = 0;
    std::uint32_t end = 0;
    // The least place on the stack that it reaches.
    std::uint32_t low = 0;
  };
  // To be walked again once the way is so long.
  struct Again {
    std::uint32_t deed = 0;
    std::size_t depth = 0;
  };

  void open(std::uint32_t deed);
  void open_if_new(std::uint32_t deed);
  std::vector<std::uint32_t> walk();
  std::vector<std::uint32_t> close(std::uint32_t root);
  void sort(std::vector<std::uint32_t>& part);

  const std::vector<bool>& is_done_;
  const std::uint32_t* conditions_;
  std::vector<Deed> deeds_;
  std::vector<std::uint32_t> stack_;
  std::vector<Place> way_;
  std::vector<Again> again_;
  std::uint32_t start_ = 0;
};

}  // namespace truce::talks::internal
