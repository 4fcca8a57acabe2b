// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "truce/comparison/internal/wording.h"

namespace truce::comparison::internal {

/// A clause of the old text and what became of it in the new one; one of them may be missing.
struct Pair {
  std::optional<ClauseId> before;
  std::optional<ClauseId> after;
  // Whether both are worded alike, references to clauses that are worded alike included.
  bool is_same = false;
};

/// Every clause of both texts, in the order of the new one; what it leaves out stands where the old
/// text had it.
struct Pairing {
  std::vector<Pair> pairs;
  // By ClauseId.
  std::vector<std::size_t> of_before;
  std::vector<std::size_t> of_after;
};

/// Clauses belong together by number and wording, else by wording, else by number, form and act,
/// else in order of those left of one form about one act, else by number and act.
Pairing pair_clauses(const Agreement& before, const Words& before_words, const Agreement& after,
                     const Words& after_words);

}  // namespace truce::comparison::internal
