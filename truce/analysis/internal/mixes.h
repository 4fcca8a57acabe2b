// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"

namespace truce::analysis::internal {

/// Which disputed passages can bear on what. A passage that says no more than when a duty falls due
/// or begins bears on what waits for the duty, and on what that waits for; any other on everything.
class Interplay {
 public:
  explicit Interplay(const agreement::Agreement& agreement);

  /// By position in Agreement::brackets: whether a hole may hang on both.
  [[nodiscard]] bool do_meet(std::size_t bracket, std::size_t other) const;
  /// Whether what is found about these clauses may hang on it.
  [[nodiscard]] bool bears_on(std::size_t bracket,
                              const std::vector<agreement::ClauseId>& clauses) const;

 private:
  [[nodiscard]] bool is_near(std::size_t part, std::size_t other) const;

  // Of each clause, the part of the text that hangs together by time; of each bracket, its part, or
  // empty where it bears on everything.
  std::vector<std::size_t> parts_;
  // Parts of which one remedies the breach of the other.
  std::set<std::pair<std::size_t, std::size_t>> remedies_;
  std::vector<std::optional<std::size_t>> brackets_;
};

/// Readings of a text with several disputed passages in which, together with `whole`, any two of
/// its passages that meet stand as anybody wrote them. Of three passages and more all readings
/// where there are no more than 16; there may be two to the power of the passages. None where there
/// is one passage. At most `most`, which is 16 or more.
std::vector<agreement::Reading> mixes(const agreement::Agreement& agreement,
                                      const Interplay& interplay,
                                      const std::vector<agreement::Reading>& whole,
                                      std::size_t most);
/// Whether these are all the readings there are.
bool are_all(const agreement::Agreement& agreement, const std::vector<agreement::Reading>& some);

}  // namespace truce::analysis::internal
