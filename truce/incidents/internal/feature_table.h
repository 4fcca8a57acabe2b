// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "truce/base/result.h"
#include "truce/incidents/internal/table.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// The features of a GeoJSON text as rows of the `truce` format: a property is a column, a geometry
/// a point or the smallest disc that covers it, of which a warning in `reading` speaks. Fails with
/// InvalidArgument for text that is no GeoJSON, and where no feature has the properties needed.
base::Result<Table> read_geojson_table(std::string_view file_name, std::string_view text,
                                       Reading& reading);

/// The same for the placemarks of a KML text: extended data are columns; the name, the description
/// and the time of a placemark stand in for those that are not there, and the name of the document
/// for who says so. `is_utf8`: whatever the text declares.
base::Result<Table> read_kml_table(std::string_view file_name, std::string_view text, bool is_utf8,
                                   Reading& reading);

}  // namespace truce::incidents
