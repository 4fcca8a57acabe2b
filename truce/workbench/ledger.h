// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/ledger/check.h"
#include "truce/ledger/entry.h"
#include "truce/ledger/ledger.h"
#include "truce/ledger/proof.h"

namespace truce::workbench {

/// A new ledger and the two files of its key, which stand beside it.
struct LedgerFiles {
  std::string directory;
  std::string origin;
  std::string secret;
  std::string published;
};

/// Makes an empty ledger, and DIR.key, which only its owner may read, and DIR.vkey beside it.
/// `origin`: its name to all who read it; empty: the name of the folder. Fails with
/// InvalidArgument for a name that is none or where one of them is there, with Io or Unsupported.
base::Result<LedgerFiles> make_ledger(const std::string& directory, const std::string& origin);

/// A ledger for writing, with the key beside it that signed its checkpoint. Fails as
/// ledger::Ledger::open() and reading the key do.
base::Result<ledger::Ledger> open_ledger(const std::string& directory);

/// An entry where it came to stand.
struct RecordedEntry {
  std::uint64_t index = 0;
  ledger::Hash leaf{};
};

struct AppendRequest {
  std::string directory;
  // The secret key; empty: the one beside the directory that signed its checkpoint.
  std::string key;
  // `-` is standard input.
  std::vector<std::string> files;
  // Each line is an entry, appended as it comes; empty lines are passed over.
  bool is_batch = false;
  // Empty: the bytes are the entry. Otherwise it says its kind and its time.
  std::string kind;
  base::Instant at;
  std::optional<std::uint64_t> corrects;
  // With a kind: the hash of the bytes and their length, instead of the bytes.
  bool is_digest = false;
  // Told of each entry once it is on the disk; false ends the appending.
  std::function<bool(const RecordedEntry&)> on_recorded;
};

/// Appends the files together, or line by line. Returns the tree there is then. Fails with
/// InvalidArgument for a file that cannot be an entry, as read_file() and ledger::Ledger do; what
/// `on_recorded` was told of stays.
base::Result<ledger::TreeHead> append_to_ledger(const AppendRequest& request);

/// An entry as it stands, and read where it says its kind.
struct ShownEntry {
  std::uint64_t index = 0;
  std::string bytes;
  std::optional<ledger::Entry> entry;
};

/// Fails with InvalidArgument where there is no such entry, and as reading does.
base::Result<ShownEntry> show_entry(const std::string& directory, std::uint64_t index);

/// A proof of an entry against the checkpoint that stands. Fails as ledger::prove().
base::Result<ledger::Proof> prove_entry(const std::string& directory, std::uint64_t index);

/// A witness and when it signed, in seconds from 1970; empty where it did not.
struct Cosigned {
  std::string name;
  std::optional<std::uint64_t> at;
};

struct CheckProofRequest {
  std::string proof;
  // The entry's bytes.
  std::string file;
  // The ledger's public key, NAME.vkey.
  std::string key;
  // Public keys of witnesses, .vkey or .pub, each of which must have signed.
  std::vector<std::string> witnesses;
};

struct CheckedProof {
  ledger::Proof proof;
  std::vector<Cosigned> witnesses;
  // What does not hold, in one sentence without its full stop; empty where all does.
  std::string problem;
};

/// Fails where a file cannot be read or a key is none.
base::Result<CheckedProof> check_proof_file(const CheckProofRequest& request);

struct VerifyRequest {
  std::string directory;
  // The ledger's public key; empty: the one beside the directory.
  std::string key;
  // Checkpoints that somebody kept.
  std::vector<std::string> known;
  // Public keys of witnesses, each of which must have signed the checkpoint.
  std::vector<std::string> witnesses;
};

struct VerifiedLedger {
  ledger::LedgerCheck check;
  // Empty where no public key of it was found; then its signature was not looked at.
  std::optional<ledger::NoteKey> key;
  std::vector<Cosigned> witnesses;
};

/// Reads and compares all of a ledger. Fails with NotFound where there is none or a file that was
/// named is missing, with Corrupt for a key that is none.
base::Result<VerifiedLedger> verify_ledger(const VerifyRequest& request);

}  // namespace truce::workbench
