// SPDX-License-Identifier: Apache-2.0
// Uploads through the server: whatever the bytes are, a preview says what would be entered, and
// what is entered can be read back.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "truce/base/check.h"
#include "truce/incidents/read.h"
#include "truce/server/internal/accounts.h"
#include "truce/workbench/incident_files.h"

namespace server = truce::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  truce::workbench::IncidentFile file;
  file.path = "upload";
  const auto options = truce::workbench::choose_reading({}, file, bytes, {7200});
  if (!options) {
    return 0;
  }
  truce::incidents::Reading reading;
  if (!truce::incidents::read_reports("upload", bytes, *options, reading)) {
    return 0;
  }
  const server::Person monitor{.name = "m", .role = server::Role::Monitor, .party = {}};
  server::internal::Record record("");
  std::vector<truce::incidents::Report> chosen;
  for (truce::incidents::Report& report : reading.reports) {
    if (server::internal::claim(report, monitor, record)) {
      report.reported_at = report.reported_at.value_or(truce::base::Instant{1896177600});
      chosen.push_back(report);
    }
  }
  if (chosen.empty()) {
    return 0;
  }
  const auto entry = server::internal::entry_of(chosen, monitor, {"mission"});
  // What cannot be read back is refused, not kept.
  if (entry) {
    record.follow(*entry, record.note(*entry));
    std::size_t rows = 0;
    for (const auto& [incident, accounts] : record.incidents()) {
      rows += accounts.size();
    }
    TRUCE_CHECK(rows == chosen.size(), "each account that is entered is on record");
  }
  return 0;
}
