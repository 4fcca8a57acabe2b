// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "truce/proof_check/internal/lines.h"

namespace truce::proof_check::internal {

/// What no package is, which a tree shows: one in which all of `must` holds and that is wanted.
struct Wanted {
  enum class Kind : std::uint8_t {
    // Each number reaches its need.
    Needs,
    // The least number is larger than that of `best`, or equal and the next one larger, and so on.
    Levels,
    // The product, the sum is larger than that of `best`; of a product, no number below zero.
    Product,
    Sum,
    // No point reaches it.
    Point,
  };
  Kind kind = Kind::Needs;
  std::vector<packages::Formula> must;
  // The number of a party is (worth - from) * factor.
  Worth from;
  Worth factor;
  std::vector<std::optional<packages::Integer>> need;
  // The numbers of a package; an equal one is wanted too, where its options are smaller.
  packages::Package package;
  Worth best;
  std::vector<Worth> points;

  [[nodiscard]] Worth numbers_of(const packages::Game& game,
                                 const packages::Package& package) const;
};

/// Reads a tree, docs/formats/proofs.md, that shows that no package is what is wanted.
base::Result<void> check_tree(const packages::Game& game, const Wanted& wanted, Lines& lines);

}  // namespace truce::proof_check::internal
