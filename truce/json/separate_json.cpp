// SPDX-License-Identifier: Apache-2.0
#include "truce/json/separate_json.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "truce/encoding/json_value.h"
#include "truce/geometry/region.h"
#include "truce/json/internal/diagnostics_value.h"
#include "truce/json/internal/separate_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;
using internal::feature_of;
using internal::path_value;
using internal::point_value;
using internal::rounded;
using internal::set_figure;
using internal::tenths;
using workbench::SeparateRun;

JsonValue sides_value(const SeparateRun& run) {
  JsonValue sides = JsonValue::array();
  for (std::size_t side = 0; side < 2; ++side) {
    JsonValue value = JsonValue::object();
    value.set("name", run.sides[side]);
    value.set("positions", run.plan.positions.count(static_cast<separation::Side>(side)));
    set_figure(value, run.plan.index.of_side[side]);
    sides.push_back(std::move(value));
  }
  return sides;
}

JsonValue windows_value(const SeparateRun& run) {
  JsonValue windows = JsonValue::array();
  for (const separation::IndexWindow& window : run.windows) {
    JsonValue value = JsonValue::object();
    value.set("from", base::to_iso(window.when.from, run.file.agreement.clock.offset));
    value.set("to", base::to_iso(window.when.to, run.file.agreement.clock.offset));
    value.set("positions", window.positions);
    if (window.figure) {
      set_figure(value, *window.figure);
    } else {
      value.set("index", JsonValue());
      value.set("index_band", JsonValue());
    }
    windows.push_back(std::move(value));
  }
  return windows;
}

JsonValue line_value(const separation::Plan& plan) {
  const separation::DemarcationLine& line = plan.line;
  JsonValue value = JsonValue::object();
  value.set("length_m", tenths(line.length.value));
  value.set("cost", tenths(line.cost));
  value.set("optimal", true);
  value.set("cell_side_m", line.cell_side.value);
  value.set("columns", line.columns);
  value.set("rows", line.rows);
  value.set("misplaced", line.misplaced(plan.positions.positions));
  JsonValue least;
  if (!line.distances.empty()) {
    least = std::floor(std::min_element(line.distances.begin(), line.distances.end())->value);
  }
  value.set("least_distance_m", std::move(least));
  if (plan.share_along_prior) {
    value.set("share_along_prior", rounded(*plan.share_along_prior));
  }
  return value;
}

JsonValue time_value(const SeparateRun& run, std::optional<base::Instant> at) {
  return at ? JsonValue(base::to_iso(*at, run.file.agreement.clock.offset)) : JsonValue();
}

// Whose demand it is; null for what is asked for beside the clauses.
void set_demand(JsonValue& value, const SeparateRun& run, std::size_t index) {
  const separation::Demand& demand = run.demands[index];
  value.set("clause", demand.clause ? JsonValue(demand.number) : JsonValue());
  value.set("bearer", demand.side ? JsonValue(run.sides[static_cast<std::size_t>(*demand.side)])
                                  : JsonValue());
}

const char* word_of(separation::Demand::From from) {
  switch (from) {
    case separation::Demand::From::Place:
      return "place";
    case separation::Demand::From::Line:
      return "line";
    case separation::Demand::From::Others:
      return "others";
  }
  return "line";
}

std::size_t count_moves(const separation::Plan& plan, std::size_t demand) {
  return static_cast<std::size_t>(
      std::count_if(plan.moves.begin(), plan.moves.end(), [&](const separation::Move& move) {
        return std::any_of(move.needs.begin(), move.needs.end(),
                           [&](const auto& need) { return need.demand == demand; });
      }));
}

JsonValue demands_value(const SeparateRun& run) {
  JsonValue demands = JsonValue::array();
  for (std::size_t i = 0; i < run.demands.size(); ++i) {
    const separation::Demand& demand = run.demands[i];
    const separation::Belt& belt = run.plan.belts[i];
    JsonValue value = JsonValue::object();
    set_demand(value, run, i);
    JsonValue things = JsonValue::array();
    for (const agreement::Noun& noun : demand.things) {
      things.push_back(noun.text);
    }
    value.set("things", std::move(things));
    value.set("from", word_of(demand.from));
    value.set("target", demand.target.empty() ? JsonValue() : JsonValue(demand.target));
    value.set("width_m",
              demand.is_distance_stated ? JsonValue(demand.distance.value) : JsonValue());
    value.set("by", time_value(run, demand.deadline));
    value.set("is_disputed", demand.is_disputed);
    value.set("problem", belt.problem.empty() ? JsonValue() : JsonValue(belt.problem));
    JsonValue places = JsonValue::array();
    for (const separation::Belt::Held& place : belt.places) {
      JsonValue held = JsonValue::object();
      held.set("name", place.name);
      held.set("is_whole", place.is_whole);
      places.push_back(std::move(held));
    }
    value.set("places", std::move(places));
    value.set("movers", count_moves(run.plan, i));
    demands.push_back(std::move(value));
  }
  return demands;
}

JsonValue schedules_value(const SeparateRun& run) {
  JsonValue schedules = JsonValue::array();
  for (const separation::Schedule& schedule : run.plan.schedules) {
    JsonValue value = JsonValue::object();
    value.set("clause", schedule.number);
    value.set("ahead_after",
              schedule.ahead_after ? JsonValue(rounded(*schedule.ahead_after)) : JsonValue());
    value.set("ahead_within",
              schedule.ahead_within ? JsonValue(rounded(*schedule.ahead_within)) : JsonValue());
    JsonValue slices = JsonValue::array();
    for (const separation::Slice& slice : schedule.slices) {
      JsonValue row = JsonValue::object();
      row.set("by", time_value(run, slice.due));
      for (std::size_t side = 0; side < 2; ++side) {
        JsonValue numbers = JsonValue::array();
        for (const std::size_t position : slice.positions[side]) {
          numbers.push_back(position);
        }
        row.set(side == 0 ? "first" : "second", std::move(numbers));
      }
      slices.push_back(std::move(row));
    }
    value.set("slices", std::move(slices));
    schedules.push_back(std::move(value));
  }
  return schedules;
}

JsonValue what_if_value(const SeparateRun& run) {
  JsonValue value = JsonValue::object();
  JsonValue edits = JsonValue::array();
  for (const std::string& edit : run.edits) {
    edits.push_back(edit);
  }
  value.set("edits", std::move(edits));
  JsonValue before = JsonValue::object();
  set_figure(before, run.before->index.whole);
  before.set("demarcation", line_value(*run.before));
  before.set("movers", run.before->moves.size());
  value.set("before", std::move(before));
  return value;
}

// The figures that stand at the top of either document.
void set_top(JsonValue& document, const SeparateRun& run) {
  const separation::Positions& positions = run.plan.positions;
  document.set("schema", "truce.separation/1");
  document.set("agreement", run.file.agreement.title);
  document.set("at", base::to_iso(positions.at, run.file.agreement.clock.offset));
  set_figure(document, run.plan.index.whole);
  document.set("distance_m", run.distance.value);
  document.set("half_life_s", run.half_life ? JsonValue(run.half_life->seconds) : JsonValue());
  document.set("sides", sides_value(run));
  document.set("rows", run.reading.rows);
  document.set("skipped_rows", run.reading.skipped.size());
  document.set("left_out", internal::left_out_value(positions));
  document.set("demarcation", line_value(run.plan));
  document.set("belt_m", run.belt ? JsonValue(run.belt->value) : JsonValue());
  if (!run.demands.empty()) {
    document.set("demands", demands_value(run));
  }
  if (run.before) {
    document.set("what_if", what_if_value(run));
  }
  if (run.relief) {
    document.set("relief", internal::relief_value(run));
  }
  if (run.window) {
    document.set("windows", windows_value(run));
  }
}

// In file order, as each stands in the files.
JsonValue positions_value(const SeparateRun& run) {
  JsonValue positions = JsonValue::array();
  for (std::size_t i = 0; i < run.plan.positions.positions.size(); ++i) {
    const separation::Position& position = run.plan.positions.positions[i];
    const separation::Observation& seen = run.reading.observations[position.observation];
    JsonValue value = JsonValue::object();
    value.set("id", seen.id);
    value.set("file",
              seen.origin.line == 0 ? JsonValue() : JsonValue(run.reading.files[seen.origin.file]));
    value.set("line", seen.origin.line == 0 ? JsonValue() : JsonValue(seen.origin.line));
    value.set("side", run.sides[static_cast<std::size_t>(position.side)]);
    value.set("ground", run.sides[static_cast<std::size_t>(run.plan.line.ground[i])]);
    JsonValue distance;
    if (!run.plan.line.distances.empty()) {
      distance = tenths(run.plan.line.distances[i].value);
    }
    value.set("distance_m", std::move(distance));
    positions.push_back(std::move(value));
  }
  return positions;
}

void set_move(JsonValue& value, const SeparateRun& run, const separation::Move& move) {
  const separation::Position& position = run.plan.positions.positions[move.position];
  value.set("id", run.reading.observations[position.observation].id);
  value.set("side", run.sides[static_cast<std::size_t>(position.side)]);
  value.set("move_m", tenths(move.distance.value));
  value.set("by", time_value(run, move.by));
}

JsonValue moves_value(const SeparateRun& run) {
  JsonValue moves = JsonValue::array();
  for (const separation::Move& move : run.plan.moves) {
    JsonValue value = JsonValue::object();
    value.set("position", move.position);
    set_move(value, run, move);
    JsonValue needs = JsonValue::array();
    for (const separation::Need& need : move.needs) {
      JsonValue one = JsonValue::object();
      one.set("demand", need.demand);
      one.set("move_m", tenths(need.distance.value));
      one.set("is_doubtful", need.is_doubtful);
      needs.push_back(std::move(one));
    }
    value.set("needs", std::move(needs));
    moves.push_back(std::move(value));
  }
  return moves;
}

JsonValue line_feature(const separation::DemarcationLine& line, const char* role) {
  JsonValue lines = JsonValue::array();
  for (const geometry::Polyline& part : line.lines) {
    lines.push_back(path_value(part));
  }
  JsonValue properties = JsonValue::object();
  properties.set("role", role);
  properties.set("standing", "a proposal, endorsed by nobody");
  properties.set("cost", tenths(line.cost));
  properties.set("optimal", true);
  properties.set("length_m", tenths(line.length.value));
  return feature_of("MultiLineString", std::move(lines), std::move(properties));
}

JsonValue outline_value(const std::vector<geometry::Polygon>& outlines) {
  JsonValue polygons = JsonValue::array();
  for (const geometry::Polygon& polygon : outlines) {
    JsonValue rings = JsonValue::array();
    for (geometry::Ring ring : polygon) {
      if (!ring.empty() && ring.front() != ring.back()) {
        ring.push_back(ring.front());
      }
      rings.push_back(path_value(ring));
    }
    polygons.push_back(std::move(rings));
  }
  return polygons;
}

JsonValue belt_feature(const SeparateRun& run, std::size_t demand) {
  JsonValue properties = JsonValue::object();
  properties.set("role", "belt");
  properties.set("width_m", run.demands[demand].distance.value);
  set_demand(properties, run, demand);
  return feature_of("MultiPolygon", outline_value(run.plan.belts[demand].outlines),
                    std::move(properties));
}

JsonValue move_feature(const SeparateRun& run, const separation::Move& move) {
  JsonValue properties = JsonValue::object();
  properties.set("role", "move");
  set_move(properties, run, move);
  properties.set("distance_m",
                 run.plan.line.distances.empty()
                     ? JsonValue()
                     : JsonValue(tenths(run.plan.line.distances[move.position].value)));
  return feature_of("Point", point_value(run.plan.positions.positions[move.position].point),
                    std::move(properties));
}

JsonValue cell_feature(const separation::IndexCell& cell) {
  JsonValue ring = JsonValue::array();
  for (std::size_t corner = 0; corner <= cell.corners.size(); ++corner) {
    ring.push_back(point_value(cell.corners[corner % cell.corners.size()]));
  }
  JsonValue rings = JsonValue::array();
  rings.push_back(std::move(ring));
  JsonValue properties = JsonValue::object();
  properties.set("role", "cell");
  set_figure(properties, cell.figure);
  return feature_of("Polygon", std::move(rings), std::move(properties));
}

}  // namespace

std::string to_json(const SeparateRun& run) {
  if (run.has_errors()) {
    return internal::diagnostics_document(run.file.sink, run.file.sources());
  }
  if (run.many) {
    return internal::many_json(run);
  }
  JsonValue document = JsonValue::object();
  set_top(document, run);
  document.set("positions", positions_value(run));
  document.set("moves", moves_value(run));
  if (!run.plan.schedules.empty()) {
    document.set("schedules", schedules_value(run));
  }
  document.set("skipped", internal::skipped_value(run));
  return document.to_pretty_text();
}

std::string to_geojson(const SeparateRun& run) {
  if (run.many) {
    return internal::many_geojson(run);
  }
  JsonValue features = JsonValue::array();
  if (!run.plan.line.lines.empty()) {
    features.push_back(line_feature(run.plan.line, "line"));
  }
  if (run.before && !run.before->line.lines.empty()) {
    features.push_back(line_feature(run.before->line, "line_before"));
  }
  for (std::size_t demand = 0; demand < run.demands.size(); ++demand) {
    if (!run.plan.belts[demand].outlines.empty() && run.demands[demand].distance.value > 0) {
      features.push_back(belt_feature(run, demand));
    }
  }
  for (std::size_t i = 0; run.relief && i < run.relief->plan.corridors.size(); ++i) {
    features.push_back(internal::corridor_feature(run, i));
  }
  for (const separation::IndexCell& cell : run.plan.index.cells) {
    features.push_back(cell_feature(cell));
  }
  for (const separation::Move& move : run.plan.moves) {
    features.push_back(move_feature(run, move));
  }
  JsonValue document = JsonValue::object();
  document.set("type", "FeatureCollection");
  set_top(document, run);
  document.set("cell_side_m", run.plan.index.cell_side.value);
  document.set("features", std::move(features));
  return document.to_pretty_text();
}

}  // namespace truce::json
