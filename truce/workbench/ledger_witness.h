// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/ledger/witness.h"
#include "truce/workbench/ledger.h"

namespace truce::workbench {

/// What a witness is asked, as they read it from a file. `seen`: how many entries they saw last.
/// Fails as ledger::request_from(), and with InvalidArgument where the ledger has fewer.
base::Result<ledger::WitnessRequest> request_witness(const std::string& directory,
                                                     std::uint64_t seen);

struct WitnessLedgerRequest {
  // The folder of a ledger, a file that request_witness() was written to, or `-`.
  std::string from;
  // The witness's secret key, NAME.key, and the file with what they signed last.
  std::string key;
  std::string state;
  bool is_first = false;
  // The ledger's public key; empty: the one beside the folder.
  std::string ledger;
  base::Instant at;
};

/// Who a witness is, and whose checkpoints it signs.
struct WitnessKeys {
  // As it signs: spaces in the name of the key are hyphens.
  std::string name;
  crypto::SecretKey secret;
  ledger::NoteKey ledger;
};

/// From the witness's secret key, NAME.key, and the ledger's public key, .vkey. Fails as reading
/// either does.
base::Result<WitnessKeys> read_witness_keys(const std::string& key, const std::string& ledger);

/// What a witness answered, and of what.
struct WitnessedLedger {
  ledger::Checkpoint checkpoint;
  ledger::WitnessAnswer answer;
};

/// Signs the checkpoint where it goes on from the last one signed, which is kept first, or says why
/// not. Fails as ledger::answer_and_remember(), and with NotFound where the ledger's key is
/// missing.
base::Result<WitnessedLedger> witness_ledger(const WitnessLedgerRequest& request);

/// Puts witnesses' signatures, each in a file, below the checkpoint that stands. `witnesses`: the
/// public keys they may be of. Fails as ledger::add_signatures().
base::Result<ledger::SignedCheckpoint> cosign_ledger(const std::string& directory,
                                                     const std::vector<std::string>& files,
                                                     const std::vector<std::string>& witnesses);

/// Copies a ledger as it stands, while others append. Fails as ledger::copy_ledger().
base::Result<ledger::Checkpoint> backup_ledger(const std::string& directory, const std::string& to);

struct RestoreRequest {
  std::string backup;
  std::string directory;
  // As of VerifyRequest.
  std::string key;
  std::vector<std::string> known;
};

/// Verifies a backup and puts it where nothing is or an earlier state. What it finds is in the
/// answer; with a problem, or without a public key, nothing is written. Fails as verify_ledger()
/// and ledger::copy_ledger().
base::Result<VerifiedLedger> restore_ledger(const RestoreRequest& request);

}  // namespace truce::workbench
