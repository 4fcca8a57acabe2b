// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "truce/comparison/internal/deed.h"

namespace truce::comparison::internal {

/// The parts of the ground that some places of either text tell apart, once they were worked out.
struct Grounds {
  struct Parts {
    std::vector<Spot> spots;
    std::set<std::string> limits;
  };
  std::map<std::pair<std::set<agreement::PlaceId>, std::set<agreement::PlaceId>>, Parts> known;
};

/// The two texts.
struct Both {
  const Text& before;
  const Text& after;
  Grounds& grounds;

  [[nodiscard]] std::vector<const Text*> all() const { return {&before, &after}; }
};

/// What of an act the two texts can tell apart for a pair of clauses: of what they treat alike one
/// stands for all.
struct Choices {
  std::vector<std::string> verbs;
  // Of a verb that implies the others: in which role stands what they are done to.
  std::map<std::string, agreement::Preposition> implied_roles;
  // Who does it, alone or together.
  std::vector<std::vector<std::string>> doers;
  std::vector<Thing> objects;
  std::vector<Thing> weapons;
  // Each a choice of what stands behind one preposition.
  std::vector<std::pair<agreement::Preposition, std::vector<Thing>>> complements;
  std::vector<Spot> spots;
  // Instants at which something begins or ends, with the seconds around them, sorted.
  std::vector<base::Instant> times;
  // What keeps the choices from being all there are; empty: nothing.
  std::set<std::string> limits;

  /// The product of all of them; no more than the limit of a size_t.
  [[nodiscard]] std::size_t count() const;
  /// The combination of that number.
  [[nodiscard]] Deed deed(std::size_t number) const;
};

/// The clauses that bear on a pair: itself, what may lift it, the local truces beside it.
std::vector<ClauseId> bearing_on(const Text& text, std::size_t pair);

Choices choices_for(const Both& both, std::size_t pair);
/// The spot that lies in as many places of the pair's clauses as one can.
Spot widest_spot(const Both& both, std::size_t pair);

/// The instants at which the clauses begin, end and fall due, as far as the calendar gives them.
std::set<base::Instant> dated(const Text& text, const std::vector<ClauseId>& clauses,
                              std::set<std::string>& limits);
/// The earliest `from` of the clauses that the calendar gives.
std::optional<base::Instant> first_beginning(const Text& text,
                                             const std::vector<ClauseId>& clauses);
/// The moment as the calendar gives it; empty where it waits for something.
std::optional<base::Instant> instant_of(const Agreement& agreement,
                                        const agreement::MomentExpression& at, bool is_end);

/// What a noun stands for when `bearer` acts, in words both texts can read.
Thing thing_of(const Agreement& agreement, const agreement::Noun& noun, agreement::ActorId bearer);

/// Where an act may lie with respect to the places that the clauses name.
std::vector<Spot> spots_for(const Both& both, const std::set<agreement::PlaceId>& before,
                            const std::set<agreement::PlaceId>& after,
                            std::set<std::string>& limits);

}  // namespace truce::comparison::internal
