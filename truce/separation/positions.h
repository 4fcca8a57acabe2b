// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/time.h"
#include "truce/separation/presence.h"

namespace truce::separation {

/// Of which side an observation is. Doubtful: of one of them or of neither, nobody knows.
enum class Belonging : std::uint8_t { First, Second, Neither, Doubtful };

/// The two that are kept apart.
enum class Side : std::uint8_t { First, Second };

/// Where one of the two sides is taken to be at a moment.
struct Position {
  // Index into PresenceReading::observations.
  std::size_t observation = 0;
  Side side = Side::First;
  base::Point point;
  base::Metres radius;
  // Confidence, less for what is old; above 0, at most 1.
  double weight = 1;
};

struct AgeingOptions {
  // The moment asked about; empty: that of the latest observation of either side.
  std::optional<base::Instant> at = {};
  // What was seen weighs half after this long; empty: it does not age.
  std::optional<base::Duration> half_life = {};
  // What was seen before this moment does not count; empty: all does.
  std::optional<base::Instant> not_before = {};
};

/// What stands at a moment: the latest observation of each id.
struct Positions {
  base::Instant at;
  // In file order.
  std::vector<Position> positions;
  // Rows after the moment, before `not_before`, or of an id that was seen again later.
  std::uint64_t later = 0;
  std::uint64_t earlier = 0;
  std::uint64_t replaced = 0;
  // Standing rows of others than the two sides, and with a confidence of 0.
  std::uint64_t others = 0;
  std::uint64_t disbelieved = 0;
  // Standing rows that may be of one of the two, but say not of which, or not where.
  std::uint64_t doubtful = 0;
  std::uint64_t unplaced = 0;

  [[nodiscard]] std::size_t count(Side side) const;
};

/// `belongings` has one entry for each observation. Of two rows of one id and time the later in the
/// files stands. O(n log n).
Positions positions_at(const PresenceReading& reading, const std::vector<Belonging>& belongings,
                       const AgeingOptions& options);

}  // namespace truce::separation
