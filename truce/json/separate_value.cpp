// SPDX-License-Identifier: Apache-2.0
#include "truce/json/internal/separate_value.h"

#include <cmath>

namespace truce::json::internal {

using encoding::JsonValue;
using workbench::SeparateRun;

namespace {

JsonValue band_value(const separation::IndexFigure& figure) {
  JsonValue band = JsonValue::array();
  band.push_back(rounded(figure.low));
  band.push_back(rounded(figure.high));
  return band;
}

}  // namespace

double rounded(double share) { return std::round(share * 10'000) / 10'000; }

void set_figure(JsonValue& value, const separation::IndexFigure& figure) {
  value.set("index", rounded(figure.index));
  value.set("index_band", band_value(figure));
}

JsonValue left_out_value(const separation::Positions& positions) {
  JsonValue left_out = JsonValue::object();
  left_out.set("later", positions.later);
  left_out.set("replaced", positions.replaced);
  left_out.set("others", positions.others);
  left_out.set("disbelieved", positions.disbelieved);
  left_out.set("doubtful", positions.doubtful);
  left_out.set("unplaced", positions.unplaced);
  return left_out;
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

}  // namespace truce::json::internal
