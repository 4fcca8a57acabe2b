// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/analysis/internal/draft.h"

namespace truce::analysis::internal {

/// What an observer can see, by the lists that say what is watched.
class Eyes {
 public:
  explicit Eyes(const Draft& draft) : draft_(draft) {}

  /// Whether the act can be missed by one who is not there.
  [[nodiscard]] bool needs_eyes(const agreement::Act& act) const;
  /// Whether a list of what is watched has the act, under a heading or by what it is done to.
  [[nodiscard]] bool is_listed(const agreement::Act& act, const agreement::Nouns& list) const;
  /// Whether the kind is a heading under which acts of the verb stand.
  [[nodiscard]] bool is_heading(agreement::KindId kind, agreement::VerbId verb) const;
  /// Whether observers themselves suffer the act, as those who are turned away: they know it.
  [[nodiscard]] bool is_own_access(const agreement::Act& act) const;

 private:
  [[nodiscard]] bool covers(const agreement::Noun& noun, const agreement::Act& act) const;
  [[nodiscard]] bool overlaps(agreement::KindId kind, const agreement::Nouns& nouns) const;

  const Draft& draft_;
};

/// Those whom a clause names to watch it.
Actors watchers(const Draft& draft, ClauseId id);

}  // namespace truce::analysis::internal
