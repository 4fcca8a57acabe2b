// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/comparison/internal/pairing.h"
#include "truce/facts/fact.h"
#include "truce/facts/verdict.h"

namespace truce::comparison::internal {

enum class Side : std::uint8_t { Before, After };

/// What an act is done to or with, in words that both texts can read.
struct Thing {
  enum class What : std::uint8_t { Anything, Actor, Kind, Place };
  What what = What::Anything;
  std::string name = {};
  // An actor; empty: nobody's.
  std::string owner = {};
  std::string measure = {};
  double measured = 0;
  std::string unit = {};

  friend bool operator==(const Thing&, const Thing&) = default;
};

/// Where an act is done: for places of either text whether it lies in them.
struct Spot {
  std::map<agreement::PlaceId, bool> before = {};
  std::map<agreement::PlaceId, bool> after = {};
  // `in Country, outside Strip`.
  std::string words = {};
};

/// One thing that happens, in words that both texts can read.
struct Deed {
  base::Instant at;
  std::vector<std::string> actors = {};
  std::string verb = {};
  // All of them.
  std::vector<Thing> objects = {};
  Thing weapon = {};
  std::vector<std::pair<agreement::Preposition, Thing>> complements = {};
  Spot where = {};
  facts::InstitutionalAct institutional = facts::InstitutionalAct::None;
  // Positions among the pairs of clauses.
  std::vector<std::size_t> clauses = {};
  std::vector<std::string> accused = {};
  // For `fix`: the moment or the place.
  std::string fixed = {};
};

/// One of the two texts, with how its clauses stand among the pairs.
struct Text {
  const Agreement& agreement;
  const Pairing& pairing;
  Side side;

  [[nodiscard]] std::optional<ClauseId> clause(std::size_t pair) const {
    return side == Side::Before ? pairing.pairs[pair].before : pairing.pairs[pair].after;
  }
  [[nodiscard]] std::vector<ClauseId> all_prohibitions() const {
    std::vector<ClauseId> found;
    for (std::size_t i = 0; i < agreement.clauses.size(); ++i) {
      if (agreement.clauses[i].form == agreement::Form::Prohibition) {
        found.push_back(base::id_at<ClauseId>(i));
      }
    }
    return found;
  }
  [[nodiscard]] std::size_t pair_of(ClauseId id) const {
    return side == Side::Before ? pairing.of_before[id.index] : pairing.of_after[id.index];
  }
};

/// The deeds as the whole record of what happened up to `now`: nothing else was done. Incidents are
/// in the order of the deeds.
facts::Evidence record_of(const Text& text, const std::vector<Deed>& deeds, base::Instant now);

/// `North attacks Civilians with Weapons in Country`, in present tense. `text`: whose words are
/// used.
std::string told(const Text& text, const Deed& deed);
/// `attacks Civilians with Weapons`, without who and where.
std::string told_act(const Text& text, const Deed& deed);

/// What one clause comes to for one actor.
struct Standing {
  facts::Outcome outcome = facts::Outcome::Kept;
  base::Instant at = {};
  // Names, sorted.
  std::vector<std::string> blame = {};

  friend auto operator<=>(const Standing&, const Standing&) = default;
};

/// By actor's name; no entry where nothing is said of them, or a prohibition is kept.
using Standings = std::map<std::string, std::vector<Standing>>;

/// What became of a pair of clauses, for each incident by its position, and for what no incident
/// decides under `deeds.size()`.
std::vector<Standings> standings(const Text& text, std::size_t pair,
                                 const facts::Verdicts& verdicts, std::size_t deed_count);

}  // namespace truce::comparison::internal
