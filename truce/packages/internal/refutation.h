// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "truce/packages/proof.h"

namespace truce::packages::internal {

/// What no package is: one in which all of `must` holds and that is wanted. The number of a party
/// is (worth - from) * factor.
struct Refuted {
  enum class Kind : std::uint8_t {
    // Each number reaches its need, where there is one.
    Needs,
    // Better by the least number, then the next, and so on; by the product; by the sum.
    Levels,
    Product,
    Sum,
    // No point, of two parties, reaches it.
    Point,
  };
  Kind kind = Kind::Needs;
  std::vector<Formula> must;
  std::vector<Integer> from;
  std::vector<Integer> factor;
  std::vector<std::optional<Integer>> need;
  // What is known to be best.
  Package package;
  std::vector<std::vector<Integer>> points;
};

/// How long a proof may be, and whether somebody stopped it.
struct ProofSize {
  std::size_t lines = 0;
  const std::function<bool()>* is_stopped = nullptr;
};

/// Adds to `text` a tree of docs/formats/proofs.md that shows it, and takes its lines from `size`;
/// false where they do not suffice, or where something wanted was met, which `wanted` then holds.
bool write_tree(const Game& game, const Refuted& refuted, ProofSize& size, std::string& text,
                std::optional<Package>& wanted);

/// The options that are left of each issue.
using Box = std::vector<std::vector<std::uint32_t>>;

/// 1 when every package of the box fulfils the formula, -1 when none does, 0 when that is open.
int verdict(const Formula& formula, const Box& box);

/// The issues of which a statement speaks are added.
void collect(const Formula& formula, std::set<std::size_t>& issues);

/// That a proof would have more than `most` of these, or that somebody stopped it.
base::Error no_room(const ProofLimits& limits, std::size_t most, const char* of);

/// The claim that these points of two parties are the frontier, by such a tree.
base::Result<std::string> prove_points(const Game& game, const Frontier& frontier,
                                       const ProofLimits& limits);

}  // namespace truce::packages::internal
