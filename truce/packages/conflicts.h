// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "truce/packages/acceptance.h"

namespace truce::packages {

/// What cannot stand together, and what must go: sets of numbers, the smaller ones first.
struct Conflicts {
  // Minimal sets of which not all can be kept.
  std::vector<std::vector<std::size_t>> sets;
  // Minimal sets without which all others can be kept.
  std::vector<std::vector<std::size_t>> relaxations;
  // Whether these are all there are.
  bool is_complete = true;
};

/// Whether those that are true can be kept together. What can be kept stays so when some are let
/// go.
using CanKeep = std::function<base::Result<bool>(const std::vector<bool>&)>;

/// The same with a reason: where they can be kept together, all that can be kept beside them as
/// some one package shows; none where they cannot.
using Keep =
    std::function<base::Result<std::optional<std::vector<bool>>>(const std::vector<bool>&)>;
base::Result<Conflicts> find_conflicts_by(std::size_t count, const Keep& keep,
                                          std::size_t most_sets = 1000);

/// All minimal conflicts and relaxations among `count` things, by the method MARCO: of the sets
/// that nothing found so far decides a smallest one is asked, which is a conflict, or grown. Stops
/// after `most_sets`, and says so. Where nothing can be kept even alone, the one relaxation holds
/// what must go.
base::Result<Conflicts> find_conflicts(std::size_t count, const CanKeep& can_keep,
                                       std::size_t most_sets = 1000);

/// Among the demands of all parties, numbered as demands_of() lists them.
base::Result<Conflicts> find_demand_conflicts(const Game& game, const SearchLimits& limits = {});

/// Among issues: a set of issues is in conflict where no package is accepted by all even if
/// everybody got the best for themselves on all other issues at once.
base::Result<Conflicts> find_issue_conflicts(const Game& game, const SearchLimits& limits = {});

}  // namespace truce::packages
