// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/base/result.h"
#include "truce/ledger/checkpoint.h"
#include "truce/ledger/directory.h"

namespace truce::ledger {

/// Copies a ledger as its checkpoint now has it, while others append, into a folder that is not
/// there or holds an earlier state of it: what is there already is not copied again. The checkpoint
/// comes last, so that a stop leaves the earlier state. Fails with InvalidArgument where the folder
/// holds another ledger, a later state or a fork, with Corrupt where what is copied does not give
/// the root, with NotFound or Io.
base::Result<Checkpoint> copy_ledger(const Directory& from, const std::string& to);

}  // namespace truce::ledger
