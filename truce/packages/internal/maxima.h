// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace truce::packages::internal {

/// Which of the points no other one betters. `ranks` holds `dimensions` numbers for each point; a
/// point is bettered where another one has no smaller number and is not equal, and of equal ones
/// the first is kept. Returns their places, those with larger numbers first.
std::vector<std::uint32_t> find_maxima(const std::vector<std::uint32_t>& ranks,
                                       std::size_t dimensions);

}  // namespace truce::packages::internal
