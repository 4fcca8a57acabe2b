// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/incidents/mapping.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

enum class Format : std::uint8_t { Truce, Ucdp, Acled, GeoJson, Kml, Video, Mapped };

/// `truce`, `ucdp`, …; `mapped`: with columns of its own, which the mapping names.
std::string_view to_text(Format format);
/// By name.
std::optional<Format> find_format(std::string_view name);
/// `=truce, =ucdp, … or =video`, for a message.
std::string list_formats();

struct ReadOptions {
  // A bare date or a time without offset is read on this clock.
  base::Duration clock_offset = {};
  // Empty: recognised by the header.
  std::optional<Format> format = {};
  // `utf-8` or `windows-1252`, which stands for `iso-8859-1` too. KML says itself what it is
  // written in, and is asked unless this names another than `utf-8`.
  std::string encoding = "utf-8";
  // A bad row is an error instead of being skipped.
  bool is_strict = false;
  Mapping mapping = {};
};

/// The format that a file's first bytes or its header fit. Fails with InvalidArgument, naming the
/// columns seen and wanted, when it fits none, or for an unknown encoding.
base::Result<Format> recognise_format(std::string_view file_name, std::string_view text,
                                      std::string_view encoding = "utf-8");

/// Reads one incident file's text and adds it to `reading`. Bad rows are skipped and listed with
/// line and column. Fails with InvalidArgument when the header fits no format (names the columns
/// seen and wanted), for an unknown encoding, or for the first bad row when strict. Linear.
base::Result<void> read_reports(std::string_view file_name, std::string_view text,
                                const ReadOptions& options, Reading& reading);

/// Reads a coverage file: `observer,from,to,place,kinds`. Errors as above.
base::Result<std::vector<Coverage>> read_coverage(std::string_view file_name, std::string_view text,
                                                  const ReadOptions& options, Reading& reading);

/// `text` as UTF-8; for the encodings of ReadOptions, by any usual name in any letter case. Fails
/// with InvalidArgument for any other.
base::Result<std::string> decode(std::string_view text, std::string_view encoding);

/// What each account says as far as was known at `as_known_at` (empty: everything): for each
/// incident and account the row reported last, withdrawn ones left out; in order of incident, then
/// account. A row without `reported_at` was known when the incident ended, and one reported on a
/// bare date when that day was over. At equal times the bytewise greater row stands, with a warning
/// in `warnings`. Those whose span is 365 days or more go to `reading.totals` instead. O(n log n).
std::vector<const Report*> current_accounts(Reading& reading,
                                            std::optional<base::Instant> as_known_at,
                                            std::vector<std::string>& warnings);

}  // namespace truce::incidents
