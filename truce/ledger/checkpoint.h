// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/ledger/merkle.h"
#include "truce/ledger/note.h"

namespace truce::ledger {

/// What a ledger signs of its tree, as C2SP tlog-checkpoint describes it: the text of a note.
struct Checkpoint {
  // Which ledger it is.
  std::string origin;
  TreeHead tree;
  // Lines that others added; part of what is signed.
  std::vector<std::string> extensions;

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

std::string to_text(const Checkpoint& checkpoint);
/// Fails with Corrupt for anything but what to_text() makes; the message is the end of a sentence
/// that names the file.
base::Result<Checkpoint> read_checkpoint_text(std::string_view text);

/// A checkpoint with the note it came in.
struct SignedCheckpoint {
  Checkpoint checkpoint;
  Note note;
};

/// Reads a note whose text is a checkpoint. Whose signature it has is not looked at.
base::Result<SignedCheckpoint> read_checkpoint(std::string_view text);
/// The same, signed by `key` under its name as origin. Fails with Corrupt where it is not.
base::Result<SignedCheckpoint> read_checkpoint_of(std::string_view text, const NoteKey& key);

/// A whole number as the formats write it, without leading zeros; empty where it is none or beyond
/// 2^63 - 1.
std::optional<std::uint64_t> read_number(std::string_view text);

}  // namespace truce::ledger
