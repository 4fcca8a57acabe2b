// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/plan.h"

#include <fmt/format.h>

namespace truce::workbench {

base::Result<PlanRun> plan_of(const std::string& path, const std::vector<std::string>& settings) {
  auto file = read_agreement(path, settings);
  if (!file) {
    return file.error();
  }
  if (file->is_vocabulary) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} is a vocabulary; name an agreement", path)};
  }
  PlanRun run{std::move(file).value(), {}};
  if (!run.file.sink.has_errors()) {
    run.plan = stream::plan_of(run.file.agreement);
  }
  return run;
}

}  // namespace truce::workbench
