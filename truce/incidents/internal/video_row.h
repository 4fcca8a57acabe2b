// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "truce/base/time.h"
#include "truce/incidents/internal/sides.h"
#include "truce/incidents/internal/table.h"
#include "truce/incidents/read.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// Reads rows of an archive of videos: one video each, with the channel that published it. A video
/// is no incident: each is a report of one of its own, until somebody joins them. How each field is
/// read is in docs/methods/incidents.md.
class VideoRows {
 public:
  static bool fits(const Table& table);
  VideoRows(Table& table, const ReadOptions& options);
  // Neither copied nor moved: its words point at its mapping.
  VideoRows(const VideoRows&) = delete;
  VideoRows& operator=(const VideoRows&) = delete;

  /// Fills `report` from the table's row, but for its origin and raw text, or says why not.
  std::optional<RowProblem> read(const Table& table, Report& report) const;
  /// The kind in the source's own words.
  [[nodiscard]] std::string_view kind_text(const Table& table) const;

 private:
  struct Columns {
    Column code, date, time, city, quarter, latitude, longitude, quarter_latitude,
        quarter_longitude, violation, weapons, description, channel, address;
  };

  std::optional<RowProblem> read_when(const Table& table, Report& report) const;
  std::optional<RowProblem> read_place(const Table& table, Report& report) const;

  const ReadOptions& options_;
  Mapping shipped_;
  Words words_;
  Columns columns_;
};

}  // namespace truce::incidents
