// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace truce::testing {

/// A small grid with random holds and pulls: the parting found costs what the cheapest of all
/// partings costs, and so after each of some changes; the first side is the one a new grid gives.
void expect_cheapest_parting(std::uint64_t seed);

/// A line between random positions on random ground, looked at by code that knows only what came
/// out: each position stands where the line says, and distances are those of the nearest of many
/// points of the line.
void expect_line_that_parts(std::uint64_t seed);

/// A small grid of two to four sides: the parting found keeps what is fixed, costs no more than
/// where each cell is of its cheapest side nor than twice the least of all partings, and with two
/// sides the least. Gives whether it is the cheapest.
bool expect_promised_parting(std::uint64_t seed);

}  // namespace truce::testing
