// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "truce/base/result.h"
#include "truce/comparison/compare.h"
#include "truce/workbench/agreement_file.h"

namespace truce::workbench {

/// What `truce compare` is asked.
struct CompareRequest {
  std::string before;
  std::string after;
  // Told what is being done, for a person who waits.
  std::function<void(const std::string&)> on_progress;
};

/// Two drafts and what changed between them.
struct CompareRun {
  AgreementFile before;
  AgreementFile after;
  // Empty where a text has errors.
  comparison::Comparison comparison;
  std::int64_t elapsed_ms = 0;

  [[nodiscard]] bool has_text_errors() const {
    return before.sink.has_errors() || after.sink.has_errors();
  }
};

/// Compares two drafts, each with its companion and the annexes beside it. With errors in a text
/// nothing is compared. Fails when a file cannot be read, with InvalidArgument for a vocabulary.
base::Result<CompareRun> compare(const CompareRequest& request);

}  // namespace truce::workbench
