// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "truce/json/internal/separate_value.h"

namespace truce::json::internal {
namespace {

using encoding::JsonValue;
using workbench::ManySides;
using workbench::SeparateRun;

JsonValue pair_names(const ManySides& many, std::size_t one, std::size_t other) {
  JsonValue names = JsonValue::array();
  names.push_back(many.sides[one]);
  names.push_back(many.sides[other]);
  return names;
}

JsonValue lines_value(const separation::ManyLines& lines) {
  JsonValue value = JsonValue::object();
  value.set("length_m", tenths(lines.length.value));
  value.set("cost", tenths(lines.cost));
  value.set("at_least", tenths(lines.at_least));
  // Proved, where the bound is reached.
  value.set("optimal", lines.cost - lines.at_least < 1e-6);
  value.set("cell_side_m", lines.cell_side.value);
  value.set("columns", lines.columns);
  value.set("rows", lines.rows);
  JsonValue least;
  if (!lines.distances.empty()) {
    least = std::floor(std::min_element(lines.distances.begin(), lines.distances.end())->value);
  }
  value.set("least_distance_m", std::move(least));
  return value;
}

void set_top(JsonValue& document, const SeparateRun& run) {
  const ManySides& many = *run.many;
  document.set("schema", "truce.separation/1");
  document.set("agreement", run.file.agreement.title);
  document.set("at", base::to_iso(many.positions.at, run.file.agreement.clock.offset));
  document.set("distance_m", run.distance.value);
  document.set("half_life_s", run.half_life ? JsonValue(run.half_life->seconds) : JsonValue());
  JsonValue sides = JsonValue::array();
  for (std::size_t side = 0; side < many.sides.size(); ++side) {
    JsonValue value = JsonValue::object();
    value.set("name", many.sides[side]);
    value.set("positions", static_cast<std::uint64_t>(
                               std::count(many.side_of.begin(), many.side_of.end(), side)));
    sides.push_back(std::move(value));
  }
  document.set("sides", std::move(sides));
  JsonValue pairs = JsonValue::array();
  for (const ManySides::Pair& pair : many.pairs) {
    JsonValue value = JsonValue::object();
    value.set("between", pair_names(many, pair.one, pair.other));
    set_figure(value, pair.index);
    pairs.push_back(std::move(value));
  }
  document.set("pairs", std::move(pairs));
  document.set("rows", run.reading.rows);
  document.set("skipped_rows", run.reading.skipped.size());
  document.set("left_out", left_out_value(many.positions));
  document.set("demarcation", lines_value(many.lines));
}

}  // namespace

std::string many_json(const SeparateRun& run) {
  const ManySides& many = *run.many;
  JsonValue document = JsonValue::object();
  set_top(document, run);
  JsonValue positions = JsonValue::array();
  for (std::size_t i = 0; i < many.side_of.size(); ++i) {
    const separation::Observation& seen =
        run.reading.observations[many.positions.positions[i].observation];
    JsonValue value = JsonValue::object();
    value.set("id", seen.id);
    value.set("file", run.reading.files[seen.origin.file]);
    value.set("line", seen.origin.line);
    value.set("side", many.sides[many.side_of[i]]);
    value.set("ground", many.sides[many.lines.ground[i]]);
    value.set("distance_m", many.lines.distances.empty()
                                ? JsonValue()
                                : JsonValue(tenths(many.lines.distances[i].value)));
    positions.push_back(std::move(value));
  }
  document.set("positions", std::move(positions));
  document.set("skipped", skipped_value(run));
  return document.to_pretty_text();
}

std::string many_geojson(const SeparateRun& run) {
  const ManySides& many = *run.many;
  JsonValue features = JsonValue::array();
  for (const separation::LineBetween& between : many.lines.lines) {
    JsonValue properties = JsonValue::object();
    properties.set("role", "line");
    properties.set("standing", "a proposal, endorsed by nobody");
    properties.set("between", pair_names(many, between.one, between.other));
    features.push_back(feature_of("LineString", path_value(between.line), std::move(properties)));
  }
  JsonValue document = JsonValue::object();
  document.set("type", "FeatureCollection");
  set_top(document, run);
  document.set("features", std::move(features));
  return document.to_pretty_text();
}

}  // namespace truce::json::internal
