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
#include "truce/geometry/region.h"
#include "truce/separation/intermingling.h"
#include "truce/separation/line.h"
#include "truce/separation/moves.h"
#include "truce/separation/positions.h"
#include "truce/separation/presence.h"
#include "truce/workbench/agreement_file.h"

namespace truce::workbench {

struct SeparateRequest {
  std::string agreement;
  std::vector<std::string> presence;
  // The two sides, as the agreement names them.
  std::string first;
  std::string second;
  base::Metres distance{1000};
  // What a metre of line costs where; GeoJSON.
  std::vector<std::string> terrain = {};
  // As separation::LineOptions has them.
  std::optional<base::Metres> cell_side = {};
  std::optional<base::Metres> hold = {};
  // To be free of both on each side of the line; empty: nothing more than the line.
  std::optional<base::Metres> belt = {};
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

/// What there is to say about two sides that are to be kept apart.
struct SeparateRun {
  AgreementFile file;
  std::array<std::string, 2> sides;
  base::Metres distance;
  std::optional<base::Duration> half_life;
  separation::PresenceReading reading;
  separation::Positions positions;
  separation::Intermingling index;
  separation::DemarcationLine line;
  std::optional<base::Metres> belt;
  // Around the line; empty where no belt is asked for, or no line divides anything.
  std::vector<geometry::Polygon> belt_outlines;
  // In file order.
  std::vector<separation::Move> moves;
  // Empty where no length was given.
  std::optional<base::Duration> window;
  std::vector<separation::IndexWindow> windows;

  // Then nothing behind `file` is filled.
  [[nodiscard]] bool has_errors() const { return file.sink.has_errors(); }
};

/// Mistakes in the agreement are diagnostics. Fails with InvalidArgument for a side that it does
/// not name, for an option that cannot be read, and as read_presence(), measure_intermingling(),
/// read_terrain() and LinePlanner do; with NotFound or Io where a file cannot be read.
base::Result<SeparateRun> separate(const SeparateRequest& request);

}  // namespace truce::workbench
