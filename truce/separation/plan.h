// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/result.h"
#include "truce/geometry/region.h"
#include "truce/separation/demands.h"
#include "truce/separation/intermingling.h"
#include "truce/separation/line.h"
#include "truce/separation/moves.h"
#include "truce/separation/positions.h"
#include "truce/separation/presence.h"
#include "truce/separation/schedule.h"
#include "truce/separation/terrain.h"

namespace truce::separation {

/// What a plan is to hold to.
struct PlanRules {
  // Without disputed words.
  const agreement::Agreement* text = nullptr;
  std::vector<Demand> demands;
  InterminglingOptions mixing;
  LineOptions line;
  Terrain terrain;
  // An earlier line; empty: none.
  std::vector<geometry::Polyline> prior;
  std::vector<NamedPlace> settlements;
};

/// How two sides are to be kept apart, as they stand at a moment.
struct Plan {
  Positions positions;
  Intermingling index;
  DemarcationLine line;
  // How much of the line runs within a cell of the earlier one; empty where there is none.
  std::optional<double> share_along_prior;
  // One for each demand.
  std::vector<Belt> belts;
  // In file order.
  std::vector<Move> moves;
  std::vector<Schedule> schedules;
};

/// Fails as measure_intermingling() and LinePlanner do.
base::Result<Plan> make_plan(const PresenceReading& reading, Positions positions,
                             const PlanRules& rules);

/// A change to try: exactly one of the three.
struct Edit {
  enum class What : std::uint8_t { Move, Drop, Add };
  What what = What::Move;
  // Of the position; of one to be added, what it is called.
  std::string id;
  base::Point point;
  Side side = Side::First;
};

/// The number of the position of that id. Fails with InvalidArgument where none has it.
base::Result<std::size_t> find_position(const Positions& positions, const PresenceReading& reading,
                                        const std::string& id);

/// The positions after the edits, in order; what is added stands last and is entered into
/// `reading`. Fails with InvalidArgument for an id that no position has.
base::Result<Positions> edited(Positions positions, const std::vector<Edit>& edits,
                               PresenceReading& reading);

}  // namespace truce::separation
