// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/ledger/checkpoint.h"
#include "truce/ledger/directory.h"

namespace truce::ledger {

/// That an entry is in a ledger, checked without it: C2SP tlog-proof.
struct Proof {
  std::uint64_t index = 0;
  std::vector<Hash> path;
  // As the ledger and its witnesses signed it.
  SignedCheckpoint checkpoint;
};

std::string to_text(const Proof& proof);
/// Fails with Corrupt; a line `extra` is read over. The message is the end of a sentence that names
/// the file.
base::Result<Proof> read_proof(std::string_view text);

/// Against the checkpoint that stands. Fails with InvalidArgument where there is no such entry,
/// with Corrupt or Io. O(log n).
base::Result<Proof> prove(const Directory& directory, std::uint64_t index);

/// Whether the proof shows that these very bytes are the entry, in a checkpoint that `key` signed.
/// Fails with Corrupt, saying what does not hold.
base::Result<void> check_proof(const Proof& proof, std::string_view entry, const NoteKey& key);

}  // namespace truce::ledger
