// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/compare.h"

#include <chrono>
#include <utility>

namespace truce::workbench {

base::Result<CompareRun> compare(const CompareRequest& request) {
  const auto started = std::chrono::steady_clock::now();
  auto before = read_agreement(request.before);
  if (!before) {
    return before.error();
  }
  auto after = read_agreement(request.after);
  if (!after) {
    return after.error();
  }
  CompareRun run{.before = std::move(before).value(),
                 .after = std::move(after).value(),
                 .comparison = {},
                 .elapsed_ms = 0};
  for (const AgreementFile* file : {&run.before, &run.after}) {
    if (file->is_vocabulary) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         file->path + " is a vocabulary; name an agreement"};
    }
  }
  if (run.has_text_errors()) {
    return run;
  }
  if (request.on_progress) {
    request.on_progress("playing what the two texts tell apart");
  }
  run.comparison = comparison::compare(run.before.agreement, run.after.agreement);
  run.elapsed_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::steady_clock::now() - started)
                       .count();
  return run;
}

}  // namespace truce::workbench
