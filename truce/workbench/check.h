// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/workbench/agreement_file.h"

namespace truce::workbench {

/// Reads, resolves and type-checks each file; a companion named beside its agreement is read once,
/// with it. A vocabulary is checked as one. Fails when a file cannot be read.
base::Result<std::vector<AgreementFile>> check(const std::vector<std::string>& paths);

}  // namespace truce::workbench
