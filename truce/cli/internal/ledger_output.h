// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/ledger/checkpoint.h"

namespace truce::cli::internal {

/// Writes to standard output; the status, or that of an output that failed.
int print(const std::string& text, int status);
/// The text to the file, which is then named, or to standard output where there is none.
int print_or_write(const std::string& text, const std::string& output);
/// That nothing says whose signature stands on the ledger in `directory`.
base::Error unknown_signer(const std::string& directory);
/// Of what tree a checkpoint is.
std::string in_words(const ledger::Checkpoint& checkpoint);
/// A line for each problem.
std::string listed_problems(const std::vector<std::string>& problems);

}  // namespace truce::cli::internal
