// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/workbench/ledger.h"
#include "truce/workbench/monitor.h"

namespace truce::workbench {

/// A file that a replay was made from, without the folders that it lies in.
struct RunFile {
  std::string name;
  std::string sha256_hex;
  std::uint64_t size = 0;
  // A text of the agreement, not data.
  bool is_text = false;
};

/// The texts as they were read, and every file of data that was named or lies under its usual name
/// beside the agreement, as it now stands. Fails as read_file().
base::Result<std::vector<RunFile>> files_of_run(const MonitorRun& run,
                                                const MonitorRequest& request);

/// Appends what a replay came to, as an entry of the kind `verdicts`, with the key beside the
/// ledger. Fails as append_to_ledger().
base::Result<RecordedEntry> record_run(const std::string& directory, const std::string& content,
                                       base::Instant at);

}  // namespace truce::workbench
