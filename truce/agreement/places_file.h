// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "truce/base/result.h"
#include "truce/geometry/region.h"

namespace truce::agreement {

/// What a file of places draws, all its areas together: GeoJSON, or CSV with the header
/// `zone,seq,lon,lat` and one corner of a polygon in each line, the corners of a zone in order of
/// `seq`. Fails with InvalidArgument, with line and column for CSV.
base::Result<geometry::Region> read_places_file(std::string_view file_name, std::string_view text);

}  // namespace truce::agreement
