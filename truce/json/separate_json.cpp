// SPDX-License-Identifier: Apache-2.0
#include "truce/json/separate_json.h"

#include <cmath>

#include "truce/encoding/json_value.h"
#include "truce/json/internal/diagnostics_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;
using workbench::SeparateRun;

// To a ten-thousandth: more would pretend.
double rounded(double share) { return std::round(share * 10'000) / 10'000; }

// To a ten-millionth of a degree, a centimetre.
double degrees(double value) { return std::round(value * 1e7) / 1e7; }

JsonValue point_value(base::Point point) {
  JsonValue value = JsonValue::array();
  value.push_back(degrees(point.longitude.degrees));
  value.push_back(degrees(point.latitude.degrees));
  return value;
}

JsonValue band_value(const separation::IndexFigure& figure) {
  JsonValue band = JsonValue::array();
  band.push_back(rounded(figure.low));
  band.push_back(rounded(figure.high));
  return band;
}

void set_figure(JsonValue& value, const separation::IndexFigure& figure) {
  value.set("index", rounded(figure.index));
  value.set("index_band", band_value(figure));
}

JsonValue sides_value(const SeparateRun& run) {
  JsonValue sides = JsonValue::array();
  for (std::size_t side = 0; side < 2; ++side) {
    JsonValue value = JsonValue::object();
    value.set("name", run.sides[side]);
    value.set("positions", run.positions.count(static_cast<separation::Side>(side)));
    set_figure(value, run.index.of_side[side]);
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

JsonValue skipped_value(const SeparateRun& run) {
  JsonValue skipped = JsonValue::array();
  for (const incidents::SkippedRow& row : run.reading.skipped) {
    JsonValue value = JsonValue::object();
    value.set("file", run.reading.files[row.origin.file]);
    value.set("line", row.origin.line);
    value.set("column", row.column);
    value.set("reason", row.reason);
    skipped.push_back(std::move(value));
  }
  return skipped;
}

// The figures that stand at the top of either document.
void set_top(JsonValue& document, const SeparateRun& run) {
  const separation::Positions& positions = run.positions;
  document.set("schema", "truce.separation/1");
  document.set("agreement", run.file.agreement.title);
  document.set("at", base::to_iso(positions.at, run.file.agreement.clock.offset));
  set_figure(document, run.index.whole);
  document.set("distance_m", run.distance.value);
  document.set("half_life_s", run.half_life ? JsonValue(run.half_life->seconds) : JsonValue());
  document.set("sides", sides_value(run));
  document.set("rows", run.reading.rows);
  document.set("skipped_rows", run.reading.skipped.size());
  JsonValue left_out = JsonValue::object();
  left_out.set("later", positions.later);
  left_out.set("replaced", positions.replaced);
  left_out.set("others", positions.others);
  left_out.set("disbelieved", positions.disbelieved);
  left_out.set("doubtful", positions.doubtful);
  left_out.set("unplaced", positions.unplaced);
  document.set("left_out", std::move(left_out));
  if (run.window) {
    document.set("windows", windows_value(run));
  }
}

JsonValue cell_feature(const separation::IndexCell& cell) {
  JsonValue ring = JsonValue::array();
  for (std::size_t corner = 0; corner <= cell.corners.size(); ++corner) {
    ring.push_back(point_value(cell.corners[corner % cell.corners.size()]));
  }
  JsonValue rings = JsonValue::array();
  rings.push_back(std::move(ring));
  JsonValue geometry = JsonValue::object();
  geometry.set("type", "Polygon");
  geometry.set("coordinates", std::move(rings));
  JsonValue properties = JsonValue::object();
  properties.set("role", "cell");
  set_figure(properties, cell.figure);
  JsonValue feature = JsonValue::object();
  feature.set("type", "Feature");
  feature.set("properties", std::move(properties));
  feature.set("geometry", std::move(geometry));
  return feature;
}

}  // namespace

std::string to_json(const SeparateRun& run) {
  if (run.has_errors()) {
    return internal::diagnostics_document(run.file.sink, run.file.sources());
  }
  JsonValue document = JsonValue::object();
  set_top(document, run);
  document.set("skipped", skipped_value(run));
  return document.to_pretty_text();
}

std::string to_geojson(const SeparateRun& run) {
  JsonValue features = JsonValue::array();
  for (const separation::IndexCell& cell : run.index.cells) {
    features.push_back(cell_feature(cell));
  }
  JsonValue document = JsonValue::object();
  document.set("type", "FeatureCollection");
  set_top(document, run);
  document.set("cell_side_m", run.index.cell_side.value);
  document.set("features", std::move(features));
  return document.to_pretty_text();
}

}  // namespace truce::json
