// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/quantity.h"
#include "truce/base/time.h"
#include "truce/separation/positions.h"

namespace truce::separation {

/// The two sides, as actors of the agreement.
using SideActors = std::array<agreement::ActorId, 2>;

/// What a clause asks of where the things of one side are.
struct Demand {
  enum class From : std::uint8_t {
    Place,   // so far from a place of the agreement, or out of it
    Line,    // so far from the line between the two sides
    Others,  // away from somebody who is neither of the two
  };
  // Empty: no clause asks for it, but whoever asks.
  std::optional<agreement::ClauseId> clause;
  // Of the clause; empty without one.
  std::string number;
  // Whose; empty: both, each by itself.
  std::optional<Side> side;
  // What is to be away; empty: everything.
  std::vector<agreement::Noun> things;
  From from = From::Line;
  std::optional<agreement::PlaceId> place;
  // Whose forces or things, where it is no place: those named.
  std::vector<agreement::ActorId> others;
  // As written: `Castello Road`.
  std::string target;
  base::Metres distance;
  // Whether the text gives the distance; otherwise it is 0.
  bool is_distance_stated = false;
  // Empty: not known before the agreement is carried out, or not stated.
  std::optional<base::Instant> start;
  std::optional<base::Instant> deadline;
  // Of reciprocal phases, when each slice is due, the last at the deadline; empty otherwise.
  std::vector<base::Instant> slices;
  // Of `reciprocal phases`, whether its slices can be dated or not.
  bool is_in_phases = false;
  // Not every reading of the text asks for exactly this.
  bool is_disputed = false;

  friend bool operator==(const Demand& a, const Demand& b);
};

/// What the clauses of an agreement without disputed words ask of the two sides: duties, efforts
/// and phases whose act is `away from` or `from` something, in the order of the text. `within P`
/// without a moment counts from the clause's `from`, or the agreement's own beginning; what waits
/// for something else has no date.
std::vector<Demand> find_demands(const agreement::Agreement& agreement, const SideActors& sides);

/// What holds in every reading: of demands that differ in distance or time the farther distance and
/// the earlier deadline, marked as disputed.
std::vector<Demand> strictest(const std::vector<std::vector<Demand>>& readings);

/// Whether an observation is of the things asked about. Doubtful: it may be.
enum class Concern : std::uint8_t { Yes, No, Doubtful };
Concern concerns(const agreement::Agreement& agreement, const Demand& demand,
                 const incidents::NameSet& kinds);

/// A moment that the text alone dates; empty for one that waits for something. A date without a
/// time is the start of its day, or its end where `is_end`.
std::optional<base::Instant> dated(const agreement::Agreement& agreement,
                                   const agreement::MomentExpression& moment, bool is_end);

}  // namespace truce::separation
