// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "truce/json/internal/separate_value.h"

namespace truce::json::internal {
namespace {

using encoding::JsonValue;
using workbench::SeparateRun;

// To a hundred-millionth of a degree, a millimetre.
double degrees(double value) { return std::round(value * 1e8) / 1e8; }

JsonValue road_value(const workbench::ReliefRun& relief, std::uint32_t road) {
  const std::string& name = relief.roads.roads[road].name;
  return name.empty() ? JsonValue() : JsonValue(name);
}

// What a corridor comes to, without its course.
JsonValue corridor_value(const SeparateRun& run, const separation::Corridor& corridor) {
  const workbench::ReliefRun& relief = *run.relief;
  JsonValue value = JsonValue::object();
  value.set("length_m", tenths(corridor.length.value));
  value.set("seconds", (corridor.cost.milliseconds + 999) / 1000);
  value.set("in_belts_m", tenths(corridor.in_belts.value));
  value.set("shared_m", tenths(corridor.shared.value));
  JsonValue passages = JsonValue::array();
  for (const separation::Corridor::Passage& passage : corridor.passages) {
    JsonValue one = JsonValue::object();
    one.set("demand", passage.demand);
    one.set("road", road_value(relief, passage.road));
    one.set("length_m", tenths(passage.length.value));
    one.set("from", point_value(passage.from));
    one.set("to", point_value(passage.to));
    passages.push_back(std::move(one));
  }
  value.set("passages", std::move(passages));
  JsonValue crossings = JsonValue::array();
  for (const separation::Corridor::Crossing& crossing : corridor.crossings) {
    JsonValue one = JsonValue::object();
    one.set("road", road_value(relief, crossing.road));
    one.set("at", point_value(crossing.at));
    crossings.push_back(std::move(one));
  }
  value.set("crossings", std::move(crossings));
  return value;
}

}  // namespace

double tenths(double metres) { return std::round(metres * 10) / 10; }

JsonValue point_value(base::Point point) {
  JsonValue value = JsonValue::array();
  value.push_back(degrees(point.longitude.degrees));
  value.push_back(degrees(point.latitude.degrees));
  return value;
}

JsonValue feature_of(const char* type, JsonValue coordinates, JsonValue properties) {
  JsonValue geometry = JsonValue::object();
  geometry.set("type", type);
  geometry.set("coordinates", std::move(coordinates));
  JsonValue feature = JsonValue::object();
  feature.set("type", "Feature");
  feature.set("properties", std::move(properties));
  feature.set("geometry", std::move(geometry));
  return feature;
}

JsonValue path_value(const std::vector<base::Point>& path) {
  JsonValue points = JsonValue::array();
  for (const base::Point point : path) {
    points.push_back(point_value(point));
  }
  return points;
}

JsonValue relief_value(const SeparateRun& run) {
  const workbench::ReliefRun& relief = *run.relief;
  JsonValue value = JsonValue::object();
  value.set("from", relief.from);
  value.set("to", relief.to);
  value.set("to_first_road_m", tenths(relief.plan.to_first_road.value));
  value.set("from_last_road_m", tenths(relief.plan.from_last_road.value));
  JsonValue corridors = JsonValue::array();
  for (const separation::Corridor& corridor : relief.plan.corridors) {
    corridors.push_back(corridor_value(run, corridor));
  }
  value.set("corridors", std::move(corridors));
  JsonValue closed = JsonValue::array();
  for (const std::uint32_t road : relief.plan.to_reopen) {
    JsonValue one = JsonValue::object();
    one.set("road", road_value(relief, road));
    one.set("number", road + 1);
    closed.push_back(std::move(one));
  }
  value.set("to_reopen", std::move(closed));
  return value;
}

JsonValue corridor_feature(const SeparateRun& run, std::size_t number) {
  const separation::Corridor& corridor = run.relief->plan.corridors[number];
  std::vector<base::Point> course;
  for (const std::uint32_t junction : corridor.junctions) {
    course.push_back(run.relief->roads.junctions[junction]);
  }
  JsonValue properties = JsonValue::object();
  properties.set("role", "corridor");
  properties.set("number", number + 1);
  properties.set("standing", "a proposal, endorsed by nobody");
  properties.set("length_m", tenths(corridor.length.value));
  properties.set("seconds", (corridor.cost.milliseconds + 999) / 1000);
  properties.set("in_belts_m", tenths(corridor.in_belts.value));
  properties.set("crossings", corridor.crossings.size());
  return feature_of("LineString", path_value(course), std::move(properties));
}

}  // namespace truce::json::internal
