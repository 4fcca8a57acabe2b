// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/crypto/keys.h"
#include "truce/ledger/note.h"

namespace truce::workbench::internal {

/// The error of a file that is not what it should be.
base::Error about_file(const std::string& path, const base::Error& error);

/// DIR.key beside a directory, whatever slashes its name ends with.
std::string beside_directory(const std::string& directory, std::string_view ending);

/// The secret key of a ledger: `given`, or the one beside it that signed its checkpoint. Fails with
/// NotFound where there is none.
base::Result<crypto::SecretKey> find_secret_key(const std::string& directory,
                                                const std::string& given);
/// The public key that a ledger is read with.
struct FoundKey {
  // Empty where there is none.
  std::optional<ledger::NoteKey> key;
  // The keys that stand beside the ledger where none of them is in its checkpoint.
  std::vector<std::string> others;
};

/// `given`, or DIR.vkey, or another beside it that the checkpoint names.
base::Result<FoundKey> find_public_key(const std::string& directory, const std::string& given);

/// A ledger's key, .vkey.
base::Result<ledger::NoteKey> read_ledger_key(const std::string& path);
/// A witness's key: .vkey, or the .pub of a side.
base::Result<ledger::NoteKey> read_witness_key(const std::string& path);

/// How the owner of a key is named as a witness: spaces and plus signs become hyphens.
std::string witness_name(std::string_view name);

}  // namespace truce::workbench::internal
