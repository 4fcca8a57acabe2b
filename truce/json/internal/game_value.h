// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/encoding/json_value.h"
#include "truce/packages/frontier.h"

namespace truce::json::internal {

/// A utility, exactly: a whole number or a fraction, as text.
encoding::JsonValue utility_value(const packages::Party& party, const packages::Integer& worth);

/// From the name of each issue to that of the option chosen.
encoding::JsonValue package_value(const packages::Game& game, const packages::Package& package);

/// `{"utilities": […], "package": {…}}`.
encoding::JsonValue point_value(const packages::Game& game, const packages::Point& point);

}  // namespace truce::json::internal
