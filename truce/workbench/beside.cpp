// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/beside.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "truce/workbench/files.h"

namespace truce::workbench {

base::Result<BesideRun> beside_text(const MonitorRequest& request, const std::string& second) {
  const bool is_from_input = std::any_of(request.incidents.begin(), request.incidents.end(),
                                         [](const IncidentFile& file) { return file.path == "-"; });
  if (is_from_input) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       "--beside reads the incidents twice, standard input only once; write them "
                       "to a file"};
  }
  if (!request.reading.empty()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       "--reading and --beside do not go together: the parties of one text propose "
                       "nothing in the other; leave one of them out"};
  }
  BesideRun run;
  auto first = monitor(request);
  if (!first) {
    return first.error();
  }
  run.first = std::move(first).value();
  MonitorRequest other = request;
  other.agreement = second;
  auto replayed = monitor(other);
  if (!replayed) {
    return replayed.error();
  }
  run.second = std::move(replayed).value();
  if (!run.first->has_text_errors && !run.second->has_text_errors) {
    run.table = document::beside_of(run.first->record(), run.second->record());
  }
  return run;
}

base::Result<void> write_beside(const BesideRun& run, const std::string& json,
                                const std::string& folder) {
  std::vector<std::string> sources = run.first->inputs;
  sources.push_back(run.second->file.path);
  for (const std::string_view name : {"/beside.json", "/beside.csv"}) {
    if (auto kept = refuse_to_replace(fmt::format("{}{}", folder, name), sources); !kept) {
      return kept;
    }
  }
  if (auto made = make_folder(folder); !made) {
    return made;
  }
  if (auto written = write_file(folder + "/beside.json", json); !written) {
    return written;
  }
  return write_file(folder + "/beside.csv", document::to_csv(run.table));
}

}  // namespace truce::workbench
