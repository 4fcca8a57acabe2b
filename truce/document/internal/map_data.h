// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/document/record.h"
#include "truce/encoding/json_value.h"

namespace truce::document::internal {

/// The places of the agreement that are drawn, as page/README.md lists it.
encoding::JsonValue zone_layer(const Record& record);
/// The base layer of the map; empty where there is none or it cannot be read, since zones and
/// incidents can be shown without it.
encoding::JsonValue base_layer(const Record& record);

}  // namespace truce::document::internal
