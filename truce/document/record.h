// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "truce/report/record.h"

namespace truce::document {

using Record = report::Record;

/// One self-contained page: no request leaves it. docs/language/meaning.md for what it shows.
std::string to_html(const Record& record);
/// The summary for a terminal, `width` columns wide.
std::string to_text(const Record& record, std::size_t width);
/// One feature for each incident that has a point, one for each place that is drawn.
std::string to_geojson(const Record& record);
/// One row for each listed verdict, cells that begin with a formula character made safe.
std::string to_csv(const Record& record);

}  // namespace truce::document
