// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/base/result.h"
#include "truce/cli/options.h"
#include "truce/workbench/monitor.h"

namespace truce::cli {

/// `truce monitor --follow`; the exit status.
int follow(const MonitorOptions& options, const workbench::MonitorRequest& request);
/// Fails with InvalidArgument for options that only mean something with --follow.
base::Result<void> refuse_without_follow(const MonitorOptions& options);

}  // namespace truce::cli
