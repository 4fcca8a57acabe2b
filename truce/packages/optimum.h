// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "truce/packages/solutions.h"

namespace truce::packages {

/// Rules that choose one package, as docs/methods/talks.md defines them.
enum class Rule : std::uint8_t { Nash, KalaiSmorodinsky, Egalitarian, Utilitarian };

/// What a rule chooses.
struct Optimum {
  // None where the rule has nothing to choose, or where nothing was found before the search
  // stopped.
  std::optional<Point> point;
  // Whether the search went to the end: otherwise `point` is feasible, and there may be a better
  // one.
  bool is_complete = true;
  // Where it did not: no package is worth more than this to the rule, that is its product of gains
  // (Nash), its least share (Kalai-Smorodinsky), its least utility (egalitarian) or its sum of
  // utilities; rounded up. None where not even that is known.
  std::optional<double> most;
  // The same of `point`, rounded.
  double reached = 0;
};

/// The package that the rule chooses, sought directly and without the frontier, so that it is found
/// where the frontier has too many points. The same as choose() gives, and of equals the one with
/// the smallest options. Fails with InvalidArgument where values need more binary digits than the
/// engine carries, and with Unsupported where only the frontier can tell: where some party can gain
/// nothing at best, or no package gives everybody a gain. `game` has been checked.
base::Result<Optimum> find_optimum(const Game& game, Rule rule, GainFrom from,
                                   const SearchLimits& limits = {});

/// The feasible package in which the largest step below a walk-away value is least, then the next
/// one, and so on: by that, of several, one that nobody could better. Vetoes are not looked at.
/// Fails as find_optimum().
base::Result<Optimum> find_least_shortfall(const Game& game, const SearchLimits& limits = {});

}  // namespace truce::packages
