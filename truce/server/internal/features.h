// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/encoding/json_value.h"
#include "truce/server/internal/record.h"

namespace truce::server::internal {

/// A part of the Earth and of time.
struct FeatureFilter {
  // West, south, east, north in degrees; west of east where it does not cross the antimeridian.
  std::optional<std::array<double, 4>> box;
  // Half-open.
  std::optional<base::TimeRange> when;
};

/// The parameters `bbox` and `datetime` of OGC API Features; empty texts: not given. Fails with
/// InvalidArgument.
base::Result<FeatureFilter> parse_filter(const std::string& box, const std::string& when);

/// Whether a report can have been there and then. What is known by name alone is in no box.
bool is_within(const incidents::Report& report, const FeatureFilter& filter);

/// `incident~account~desk`.
std::string feature_id(const AccountRow& row);
/// Reports as features of GeoJSON, in their order, each with its id.
encoding::JsonValue::Array features_of(const std::vector<const AccountRow*>& rows,
                                       base::Duration clock_offset);
/// The places that the files of an agreement draw, with the name as id.
encoding::JsonValue::Array places_of(const Revision& revision);

}  // namespace truce::server::internal
