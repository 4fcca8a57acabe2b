// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <string>

#include "truce/base/result.h"
#include "truce/document/beside.h"
#include "truce/workbench/monitor.h"

namespace truce::workbench {

/// Two texts replayed on the same incidents.
struct BesideRun {
  std::unique_ptr<MonitorRun> first;
  std::unique_ptr<MonitorRun> second;
  // What each becomes; empty where a text has errors.
  document::Beside table;

  [[nodiscard]] std::array<std::string, 2> names() const {
    return {first->file.path, second->file.path};
  }
};

/// Replays the request's agreement, then the one at `second` with the same incidents; actor and
/// mapping files of the usual names are found beside each. Fails as monitor() does, and with
/// InvalidArgument for incidents from standard input, which can be read only once, and for one
/// party's reading.
base::Result<BesideRun> beside_text(const MonitorRequest& request, const std::string& second);

/// Writes beside.csv into `folder`, and `json` as beside.json. Fails with Io.
base::Result<void> write_beside(const BesideRun& run, const std::string& json,
                                const std::string& folder);

}  // namespace truce::workbench
