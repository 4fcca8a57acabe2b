// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/document/internal/escape.h"
#include "truce/document/internal/treaty_blocks.h"

namespace truce::document::internal {

/// The drawing as an inline SVG with the names of its places, one for each feature, and a scale;
/// north is up, longitude shortened by the cosine of the middle latitude.
void put_map(HtmlWriter& html, const Drawing& drawing, const std::vector<std::string>& names,
             const std::string& label);

}  // namespace truce::document::internal
