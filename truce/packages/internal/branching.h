// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "truce/packages/frontier.h"
#include "truce/packages/internal/space.h"

namespace truce::packages::internal {

/// What is wanted of the sums of the rows.
struct Goal {
  enum class Kind : std::uint8_t {
    // The least sum as large as it can be, then the next least, and so on.
    Levels,
    // The product as large as it can be, every sum above zero.
    Product,
    // Each sum at least what `least` says; any package will do.
    AtLeast,
  };
  Kind kind = Kind::Levels;
  std::vector<double> least;
  // A feasible package to begin with; of a product, one above zero, without which none is found.
  std::optional<Package> start;
  // Numbers that are compared one after the other, and exactly, where doubles do not decide it;
  // none where the package is not wanted at all.
  std::function<std::optional<std::vector<Integer>>(const Package&)> measure;
};

struct Found {
  // The best package, of equals the one with the smallest options; none where none was found.
  std::optional<Package> package;
  bool is_complete = true;
  // Where it is not complete: no package has a larger least sum, or a larger logarithm of the
  // product.
  double most = 0;
  std::size_t steps = 0;
};

/// Branch and bound with a bound of weighted sums: whatever weights the rows get, no package has a
/// larger weighted sum than the best option of each issue together. The weights are moved, at every
/// node, to where that says most.
Found branch(Space& space, const Goal& goal, const SearchLimits& limits);

/// The frontier of a game of two parties by branch and bound, for conditional values that are too
/// entangled for a diagram. `is_complete` is false where `limits.steps` did not suffice or somebody
/// stopped it; each point is then a feasible package, and some may be bettered by packages that
/// were not looked at. None where numbers are too large for it. The count of feasible packages is
/// not known.
std::optional<Frontier> search_bounded(const Game& game, const ScaledValues& scaled,
                                       const SearchLimits& limits);

}  // namespace truce::packages::internal
