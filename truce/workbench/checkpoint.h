// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/facts/match.h"
#include "truce/facts/verdict.h"
#include "truce/incidents/report.h"
#include "truce/workbench/tail.h"

namespace truce::workbench {

/// A verdict as it was told, in names alone.
struct ToldVerdict {
  std::string clause;
  std::vector<std::string> bearers;
  std::string about;
  std::uint32_t period = 0;
  std::uint32_t ordinal = 0;
  std::optional<std::string> incident;
  base::Instant at;
  bool is_at_present = false;
  facts::Outcome outcome = facts::Outcome::Unknown;
  std::optional<facts::Truth> holds;
  std::vector<std::pair<std::string, facts::Opinion>> opinions;
  std::vector<std::string> blame;

  friend bool operator==(const ToldVerdict&, const ToldVerdict&) = default;
};

/// Everything that following needs to go on: what it was made with, how far the file was read,
/// what each account says, and what was told of it.
struct Checkpoint {
  // What must be the same when it is used, by name: the SHA-256 of each in hexadecimal.
  std::vector<std::pair<std::string, std::string>> made_with;
  TailPosition position;
  std::string header;
  std::uint64_t lines = 0;
  std::uint64_t rows = 0;
  std::uint64_t skipped = 0;
  // The number of the last line that was printed.
  std::uint64_t number = 0;
  base::Instant present;
  std::vector<incidents::Report> reports;
  // Observers of files that a mapping calls complete.
  std::vector<std::string> complete_observers;
  std::vector<ToldVerdict> told;
};

/// The bytes that docs/formats/monitor-checkpoint.md describes; the same checkpoint gives the same
/// bytes.
std::string to_bytes(const Checkpoint& checkpoint);

/// Fails with Corrupt for bytes that to_bytes() did not write, damaged or cut short, and with
/// Unsupported for another version of the format; `name` stands in the message.
base::Result<Checkpoint> parse_checkpoint(std::string_view name, std::string_view bytes);

}  // namespace truce::workbench
