// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/incidents/report.h"

namespace truce::separation {

/// One row of a presence file: who was where, when, how precisely, how sure that is.
struct Observation {
  // What was observed, as the source numbers it; empty: not known to be the same as any other.
  std::string id;
  // As the source names it; a set with several names is one of them, and nobody knows which.
  incidents::NameSet actor;
  // What is there, in the words of the agreement: `Tanks`. Empty: nobody says.
  incidents::NameSet kind;
  // Who says so; empty: the row does not say.
  std::string according_to;
  // A bare date stands for the start of that day.
  base::Instant at;
  // Empty: it was seen, and the row does not say where.
  std::optional<base::Point> point;
  // It is somewhere within this distance of `point`; 0 where the row says nothing.
  base::Metres radius;
  // 0 to 1; 1 where the row says nothing.
  double confidence = 1;
  std::string source;
  incidents::RowOrigin origin;
};

/// What was read from all files, in file order.
struct PresenceReading {
  std::vector<std::string> files;
  std::vector<Observation> observations;
  std::vector<incidents::SkippedRow> skipped;
  std::uint64_t rows = 0;
};

struct PresenceOptions {
  // A time without offset is read on this clock.
  base::Duration clock_offset = {};
  // A bad row is an error instead of being skipped.
  bool is_strict = false;
};

/// The widest a position may be known: beyond, a row says nothing of where it is.
constexpr base::Metres kWidestRadius{100'000};

/// Reads a presence file into `reading`: CSV with the columns `actor`, `at`, `latitude`,
/// `longitude` and, where there is something to say, `id`, `radius_m`, `confidence`, `source`,
/// `kind`, `according_to`; or GeoJSON points whose properties have these names. A bad row is
/// skipped and listed. Fails with InvalidArgument for text that is neither, a CSV without these
/// columns or with one of them twice, or, when strict, for the first bad row, as `file:line:column:
/// reason`. Linear.
base::Result<void> read_presence(std::string_view file_name, std::string_view text,
                                 const PresenceOptions& options, PresenceReading& reading);

}  // namespace truce::separation
