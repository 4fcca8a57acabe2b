// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/separate.h"

namespace truce::json {

/// `truce.separation/1`: figures, and each row that was skipped; or `truce.diagnostics/1` where the
/// agreement has errors.
std::string to_json(const workbench::SeparateRun& run);

/// A GeoJSON feature collection with the same figures at its top. Of positions it has those that
/// must move, in file order.
std::string to_geojson(const workbench::SeparateRun& run);

}  // namespace truce::json
