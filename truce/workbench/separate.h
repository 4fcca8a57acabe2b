// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/separation/corridors.h"
#include "truce/separation/intermingling.h"
#include "truce/separation/many_line.h"
#include "truce/separation/plan.h"
#include "truce/separation/presence.h"
#include "truce/separation/roads.h"
#include "truce/workbench/agreement_file.h"
#include "truce/workbench/incident_files.h"

namespace truce::workbench {

struct SeparateRequest {
  std::string agreement;
  std::vector<std::string> presence;
  // Presence that is in no file: the text of one, which is then called `presence`.
  std::string presence_text;
  // Incident files, for who was reported where.
  std::vector<IncidentFile> incidents = {};
  // The two sides, as the agreement names them.
  std::string first;
  std::string second;
  // Further sides; then `roads`, `prior`, `window`, `settlements`, `belt` and what is tried are
  // not.
  std::vector<std::string> others = {};
  base::Metres distance{1000};
  // What a metre of line costs where; GeoJSON.
  std::vector<std::string> terrain = {};
  // As separation::LineOptions has them.
  std::optional<base::Metres> cell_side = {};
  std::optional<base::Metres> hold = {};
  // To be free of both on each side of the line, beside what the clauses ask for.
  std::optional<base::Metres> belt = {};
  // Ids of positions that keep their side whatever `hold` says.
  std::vector<std::string> pinned = {};
  // An earlier line; GeoJSON. Along it a metre costs `prior_cost`.
  std::string prior;
  double prior_cost = 0.5;
  // GeoJSON points and areas with a name; empty: the named points of `basemap.geojson` beside the
  // agreement, if it is there.
  std::string settlements;
  // Roads for relief, GeoJSON, and between which two places: `LAT,LON`, a settlement or a drawn
  // place of the agreement. All three or none.
  std::vector<std::string> roads = {};
  std::string from;
  std::string to;
  // How many ways, from 1 to separation::kMostCorridors.
  std::size_t corridors = 3;
  // The party in whose reading disputed words stand; empty: the strictest of all readings.
  std::string reading;
  // What to try: `ID=LAT,LON` to move, an id to drop, `SIDE=LAT,LON` to add; in this order.
  std::vector<std::string> moved = {};
  std::vector<std::string> dropped = {};
  std::vector<std::string> added = {};
  // A date or a time, on the agreement's clock where it has no offset; a bare date: its end. Empty:
  // when the latest observation was made.
  std::string at;
  // After how long what was seen weighs half; `never`: it does not age.
  std::string half_life = "7d";
  // The length of the stretches of time to measure; empty: none.
  std::string window;
  // The actor file; empty: the one beside the agreement, if it is there.
  std::string actors;
  bool is_strict = false;
};

/// Ways for relief between two places.
struct ReliefRun {
  separation::RoadNetwork roads;
  // As asked for.
  std::string from;
  std::string to;
  separation::CorridorPlan plan;
};

/// More than two sides: how each two are mixed, and the lines between all of them.
struct ManySides {
  struct Pair {
    std::size_t one = 0;
    std::size_t other = 0;
    separation::IndexFigure index;
  };
  // At least three.
  std::vector<std::string> sides;
  separation::Positions positions;
  // For each position, in file order.
  std::vector<std::size_t> side_of;
  std::vector<Pair> pairs;
  separation::ManyLines lines;
};

/// What there is to say about two sides that are to be kept apart.
struct SeparateRun {
  AgreementFile file;
  std::array<std::string, 2> sides;
  base::Metres distance;
  std::optional<base::Duration> half_life;
  separation::PresenceReading reading;
  // The agreement in the reading asked for.
  agreement::Agreement text;
  std::vector<separation::Demand> demands;
  // After what was to be tried.
  separation::Plan plan;
  // Before it; empty where nothing is tried.
  std::optional<separation::Plan> before;
  // What is tried, in words.
  std::vector<std::string> edits;
  std::optional<base::Metres> belt;
  // Empty where no length was given.
  std::optional<base::Duration> window;
  std::vector<separation::IndexWindow> windows;
  // Empty where none are asked for.
  std::optional<ReliefRun> relief;
  // Filled where there are more sides than two: then `plan` is not.
  std::optional<ManySides> many;

  // Then nothing behind `file` is filled.
  [[nodiscard]] bool has_errors() const { return file.sink.has_errors(); }
};

/// Mistakes in the agreement are diagnostics. Fails with InvalidArgument for a side that it does
/// not name, for an option that cannot be read, and as read_presence(), measure_intermingling(),
/// read_terrain() and LinePlanner do; with NotFound or Io where a file cannot be read.
base::Result<SeparateRun> separate(const SeparateRequest& request);

/// The plan as a page; see document::separation_html().
std::string separation_page(const SeparateRun& run);

}  // namespace truce::workbench
