// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/ledger/checkpoint.h"
#include "truce/ledger/directory.h"

namespace truce::ledger {

/// A checkpoint that somebody kept, and how to name it in a message.
struct KnownCheckpoint {
  std::string name;
  std::string text;
};

struct CheckRequest {
  // Whose signature the checkpoint must have. Empty: it is not looked at.
  std::optional<NoteKey> key;
  // Checkpoints that the ledger must go on from.
  std::vector<KnownCheckpoint> known;
};

/// What a whole reading of a ledger found.
struct LedgerCheck {
  // Empty where there is no checkpoint that can be read.
  std::optional<Checkpoint> checkpoint;
  // Each in one sentence without its full stop; none where all is well. At most kMostProblems.
  std::vector<std::string> problems;
};

constexpr std::size_t kMostProblems = 100;

/// Reads every entry and every hash, and compares: entries with their hashes, these with the levels
/// above, the root with the checkpoint, the checkpoint with its signature and with those that were
/// kept. Files beyond the checkpoint, as an interrupted append leaves them, are not part of the
/// ledger. Fails with NotFound where there is no directory. O(n).
base::Result<LedgerCheck> check_ledger(const Directory& directory, const CheckRequest& request);

}  // namespace truce::ledger
