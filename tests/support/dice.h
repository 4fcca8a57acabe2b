// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace truce::testing {

// Choices by a generator that gives the same numbers everywhere, unlike the distributions of the
// standard library.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  bool one_in(std::size_t count) { return below(count) == 0; }
  std::string any(const std::vector<std::string>& words) { return words[below(words.size())]; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace truce::testing
