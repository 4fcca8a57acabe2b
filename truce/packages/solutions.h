// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "truce/packages/frontier.h"

namespace truce::packages {

/// What the known rules choose from a frontier: places in its list of points. Of equals, the
/// package with the smallest options. None where a rule has nothing to choose.
struct Solutions {
  // Greatest product of gains; none where no package gives everybody a gain of zero or more.
  std::optional<std::size_t> nash;
  // The least share of what each could gain at best is as large as it can be, then the next least.
  std::optional<std::size_t> kalai_smorodinsky;
  // The least utility is as large as it can be, then the next least.
  std::optional<std::size_t> egalitarian;
  // Greatest sum of utilities.
  std::optional<std::size_t> utilitarian;
  // Least difference of utilities; for two parties alone.
  std::optional<std::size_t> equal_utilities;
};

/// From where gains are counted, for Nash and Kalai-Smorodinsky. Where a party has no walk-away
/// value, from zero.
enum class GainFrom { Zero, WalkAway };

/// The frontier is complete and belongs to the game. A party that cannot gain anything at best does
/// not count for Kalai-Smorodinsky.
Solutions choose(const Game& game, const Frontier& frontier, GainFrom from);

/// Everybody accepts the package of that point.
bool is_accepted_by_all(const Game& game, const Point& point);

}  // namespace truce::packages
