// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace truce::packages::internal {

/// Numbers stand side by side in groups of so many, the last ones filled up with zeros.
constexpr std::size_t kLanes = 4;

inline std::size_t fill_up(std::size_t rows) { return (rows + kLanes - 1) / kLanes * kLanes; }

/// Options to be weighed: those left of each issue that is not settled.
struct Weighed {
  // For each option of all issues, `stride` numbers, a multiple of kLanes.
  const double* values = nullptr;
  std::size_t stride = kLanes;
  // Where the options of each issue begin, and where the last ones end.
  const std::vector<std::size_t>* begins = nullptr;
  // As in Part.
  const std::uint32_t* options = nullptr;
  const std::uint32_t* counts = nullptr;
  const char* is_settled = nullptr;
};

/// The sum of the best weighted option of each issue. Notes the weighted number of each option, the
/// place of the best one of each issue, and adds its numbers to `gains`. The order of additions is
/// fixed, so that every machine gives the same.
double weigh(const Weighed& weighed, const double* weights, double* scores, std::size_t* best,
             double* gains);

}  // namespace truce::packages::internal
