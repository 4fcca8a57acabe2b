// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/encoding/json_value.h"
#include "truce/workbench/separate.h"

namespace truce::json::internal {

/// To a ten-thousandth: more would pretend.
double rounded(double share);
/// Sets `index` and `index_band`.
void set_figure(encoding::JsonValue& value, const separation::IndexFigure& figure);
encoding::JsonValue left_out_value(const separation::Positions& positions);
encoding::JsonValue skipped_value(const workbench::SeparateRun& run);
/// To a tenth of a metre.
double tenths(double metres);
/// `[longitude, latitude]` to a hundred-millionth of a degree, a millimetre.
encoding::JsonValue point_value(base::Point point);
encoding::JsonValue path_value(const std::vector<base::Point>& path);
/// A feature of GeoJSON.
encoding::JsonValue feature_of(const char* type, encoding::JsonValue coordinates,
                               encoding::JsonValue properties);

/// The corridors for relief of a run that has them, and one of them as a feature.
encoding::JsonValue relief_value(const workbench::SeparateRun& run);
encoding::JsonValue corridor_feature(const workbench::SeparateRun& run, std::size_t number);

/// Both documents of a run with more than two sides.
std::string many_json(const workbench::SeparateRun& run);
std::string many_geojson(const workbench::SeparateRun& run);

}  // namespace truce::json::internal
