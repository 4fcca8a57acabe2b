// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/agreement/from_syntax.h"
#include "truce/base/result.h"

namespace truce::workbench {

/// What `NAME=VALUE`, given for parameters of the agreement, stand for; files of places are read.
/// Fails with InvalidArgument for a name that the agreement does not declare, one given twice or a
/// value of the wrong sort, and as reading a file does.
base::Result<agreement::Settings> read_settings(const agreement::Agreement& agreement,
                                                const std::vector<std::string>& settings);

/// Fails with InvalidArgument, naming the options to give, where parameters have no value.
base::Result<void> check_parameters(const agreement::Agreement& agreement);

}  // namespace truce::workbench
