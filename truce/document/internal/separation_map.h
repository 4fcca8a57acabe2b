// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/document/internal/escape.h"
#include "truce/document/separation_page.h"

namespace truce::document::internal {

/// The line, the belts, the squares of the index and who must move, in an SVG `width` wide. Belts
/// and line are stops of the keyboard that lead to `#line` and `#demand-N`.
void put_separation_map(HtmlWriter& html, const SeparationPage& page, double width);

/// The index over the windows as bars of its band, with the figure as a stroke across each.
void put_index_plot(HtmlWriter& html, const SeparationPage& page, double width);

/// A whole page with this title, and in it what stands in `body`.
std::string separation_sheet(const std::string& title, const std::string& body);

}  // namespace truce::document::internal
