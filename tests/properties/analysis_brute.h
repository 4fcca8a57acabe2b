// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace truce::analysis {

/// What was compared, so that a test can see that it compared something.
struct Compared {
  std::uint64_t agreements = 0;
  std::uint64_t questions = 0;
  // Questions by what the answer was: a duty that cannot be kept, one that others can bar, a harm
  // that goes unanswered, a prohibition that says nothing new.
  std::uint64_t contradictions = 0;
  std::uint64_t traps = 0;
  std::uint64_t loopholes = 0;
  std::uint64_t implied = 0;
  // The first difference, empty where there is none.
  std::string difference;
};

/// Findings against trying every hour, way, place and order of steps in the semantics, on the small
/// random agreements of these seeds; stops at the first difference.
Compared compare_with_trying_all(std::uint64_t first_seed, std::uint64_t count);

}  // namespace truce::analysis
