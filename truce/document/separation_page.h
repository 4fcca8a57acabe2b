// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/quantity.h"
#include "truce/base/time.h"
#include "truce/separation/corridors.h"
#include "truce/separation/many_line.h"
#include "truce/separation/plan.h"

namespace truce::document {

/// What a page about separation is made from. The parts pointed to must outlive it.
struct SeparationPage {
  const agreement::Agreement* text = nullptr;
  std::array<std::string, 2> sides;
  base::Metres distance;
  std::optional<base::Duration> half_life;
  const separation::PresenceReading* reading = nullptr;
  const std::vector<separation::Demand>* demands = nullptr;
  const separation::Plan* plan = nullptr;
  // Before what was tried; null where nothing is.
  const separation::Plan* before = nullptr;
  std::vector<std::string> edits;
  std::vector<separation::IndexWindow> windows;
  // Ways for relief, on which roads, and what is called their ends; null where none is asked for.
  const separation::CorridorPlan* relief = nullptr;
  const separation::RoadNetwork* roads = nullptr;
  std::array<std::string, 2> ends = {};
  // Written on the map, each at its place.
  std::vector<std::pair<base::Point, std::string>> labels = {};
};

/// What a page about more than two sides is made from.
struct ManySidesPage {
  struct Pair {
    std::size_t one = 0;
    std::size_t other = 0;
    separation::IndexFigure index;
  };
  const agreement::Agreement* text = nullptr;
  std::vector<std::string> sides;
  base::Instant at;
  base::Metres distance;
  std::vector<std::size_t> side_of;
  std::vector<Pair> pairs;
  const separation::ManyLines* lines = nullptr;
};

/// As separation_html(), of more than two sides: the index of each two, and a map of the lines. It
/// shows no position.
std::string many_sides_html(const ManySidesPage& page);

/// One HTML file that asks for nothing and has no script: the index with its band and over time, a
/// map of the line, the belts and those who must move, and all of it as tables. Of positions it
/// shows those that must move and no other, in file order. The same plan gives the same bytes.
std::string separation_html(const SeparationPage& page);

}  // namespace truce::document
