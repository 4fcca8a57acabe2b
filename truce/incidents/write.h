// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/time.h"
#include "truce/encoding/json_value.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// What reports can be written as: three forms that are read back, and a flat table for
/// spreadsheets.
enum class Form : std::uint8_t { Truce, GeoJson, Kml, Csv };

/// By name: `truce`, `geojson`, `kml`, `csv`.
std::optional<Form> find_form(std::string_view name);

/// A column in which reports could not be kept as they are.
struct Loss {
  std::string column;
  // How many reports.
  std::uint64_t count = 0;
  RowOrigin first;
};

struct Written {
  std::string text;
  // In order of the columns.
  std::vector<Loss> losses;
};

/// One report as a feature, as write_reports() has it in GeoJSON. What is lost by that is not
/// looked for.
encoding::JsonValue feature_of(const Report& report, base::Duration clock_offset);

/// Rows as write_reports() has them in `csv`, with the header or without. Linear.
std::string csv_rows(const std::vector<const Report*>& reports, base::Duration clock_offset,
                     bool has_header);

/// The reports in `form`, in their order: every row that was read, those that were corrected and
/// withdrawals with them. Times are written on a clock `clock_offset` ahead of UTC. What is written
/// as `truce`, `geojson` or `kml` is read back the same, but for what `losses` names; in `csv` a
/// cell that a spreadsheet would run as a formula gets an apostrophe, which counts as one. Linear.
Written write_reports(const std::vector<Report>& reports, Form form, base::Duration clock_offset);

}  // namespace truce::incidents
