// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/cli/ledger_options.h"

namespace truce::cli::internal {

/// `truce ledger witness --listen`, until a signal ends it. Returns the exit status.
int serve_witness(const LedgerWitnessOptions& options);

}  // namespace truce::cli::internal
