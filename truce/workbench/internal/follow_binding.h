// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truce/base/result.h"
#include "truce/workbench/agreement_file.h"
#include "truce/workbench/follow.h"

namespace truce::workbench {

/// By what name, such as `the agreement`, and the SHA-256 of what is under it.
using Binding = std::vector<std::pair<std::string, std::string>>;

/// What the verdicts rest on besides the rows: a checkpoint is of use only where all of it is the
/// same. Fails as reading the files does.
base::Result<Binding> binding_of(const FollowRequest& request, const AgreementFile& file);

/// The first thing that differs, in words: `another agreement`; empty where nothing does.
std::optional<std::string> differing(const Binding& saved, const Binding& now);

}  // namespace truce::workbench
