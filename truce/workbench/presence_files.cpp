// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/internal/presence_files.h"

#include <cstdint>

#include "truce/incidents/read.h"
#include "truce/separation/reported.h"
#include "truce/workbench/files.h"

namespace truce::workbench::internal {

base::Result<void> read_presence_files(const std::vector<std::string>& paths,
                                       const separation::PresenceOptions& options,
                                       separation::PresenceReading& reading) {
  for (const std::string& path : paths) {
    const auto text = read_file(path);
    if (!text) {
      return text.error();
    }
    if (const auto read = separation::read_presence(path, *text, options, reading); !read) {
      return read;
    }
  }
  return {};
}

base::Result<void> read_reported_presence(const IncidentInputs& inputs, base::Duration offset,
                                          separation::PresenceReading& reading) {
  incidents::Reading reported;
  if (const auto read = read_incident_files(inputs, offset, reported); !read) {
    return read;
  }
  std::vector<std::string> warnings;
  const auto current = incidents::current_accounts(reported, std::nullopt, warnings);
  const auto first = static_cast<std::uint32_t>(reading.files.size());
  separation::add_reported_presence(current, reported.files, reading);
  for (incidents::SkippedRow row : reported.skipped) {
    row.origin.file += first;
    reading.skipped.push_back(std::move(row));
  }
  reading.rows += reported.skipped.size();
  return {};
}

}  // namespace truce::workbench::internal
