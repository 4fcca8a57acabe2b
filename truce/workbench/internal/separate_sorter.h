// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "truce/incidents/actor_book.h"
#include "truce/separation/positions.h"
#include "truce/separation/presence.h"

namespace truce::workbench::internal {

/// Of which of the sides an observation is.
struct Sorted {
  enum class Whose : std::uint8_t { OfSide, OfNone, Doubtful };
  Whose whose = Whose::OfNone;
  // Where it is of one.
  std::size_t side = 0;
};

/// Says of which of several sides a row is. The book must outlive it.
class Sorter {
 public:
  Sorter(const std::vector<std::string>& sides, const incidents::ActorBook& book);

  [[nodiscard]] Sorted sort(const separation::Observation& seen) const;
  /// For each row, of which of two of the sides it is.
  [[nodiscard]] std::vector<separation::Belonging> belongings(
      const separation::PresenceReading& reading, std::size_t first, std::size_t second) const;

 private:
  std::vector<std::string> sides_;
  const incidents::ActorBook* book_;
};

}  // namespace truce::workbench::internal
