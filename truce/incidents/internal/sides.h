// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "truce/incidents/mapping.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// From a dataset's words to those of an agreement: the mapping a person gives first, then the one
/// that is compiled in, if there is one. Both must outlive it.
class Words {
 public:
  explicit Words(const Mapping& own, const Mapping* shipped = nullptr)
      : own_(own), shipped_(shipped) {}

  [[nodiscard]] bool has(std::string_view field, std::string_view value) const;
  /// The value itself where both are silent.
  [[nodiscard]] NameSet apply(std::string_view field, std::string_view value) const;

  /// A side as one who acts. `Unidentified …` is unknown unless a mapping says otherwise.
  [[nodiscard]] NameSet actor(std::string_view side) const;
  /// A side as one who is struck: by its field `target` where there is one. `Civilians (Country)`
  /// are `Civilians`.
  [[nodiscard]] NameSet target(std::string_view side) const;

 private:
  const Mapping& own_;
  // May be null.
  const Mapping* shipped_;
};

/// Adds the names that are not there yet.
void add_names(const NameSet& more, NameSet& names);

/// Two sides of a report that fought each other, nobody knows who fired: one of the two acted, and
/// one of the two was struck. A side nobody knows leaves open who it was, and so whom it struck.
void set_dyad(const Words& words, std::string_view first, std::string_view second, Report& report);

}  // namespace truce::incidents
