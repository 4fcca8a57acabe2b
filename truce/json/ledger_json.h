// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/ledger/index.h"
#include "truce/ledger/witness_reply.h"
#include "truce/workbench/ledger.h"
#include "truce/workbench/ledger_witness.h"

namespace truce::json {

/// `truce.ledger/1`: a new ledger.
std::string to_json(const workbench::LedgerFiles& files);
/// `truce.ledger-append/1`.
std::string to_json(const std::vector<workbench::RecordedEntry>& entries,
                    const ledger::TreeHead& tree);
/// `truce.ledger-entry/1`.
std::string to_json(const workbench::ShownEntry& shown);
/// `truce.ledger-entries/1`.
std::string to_json(const std::vector<ledger::IndexedEntry>& entries);
/// `truce.ledger-proof/1`.
std::string to_json(const ledger::Proof& proof);
/// `truce.ledger-proof-check/1`.
std::string to_json(const workbench::CheckedProof& checked);
/// `truce.ledger-check/1`.
std::string to_json(const workbench::VerifiedLedger& verified);
/// `truce.ledger-witness/1`.
std::string to_json(const workbench::WitnessedLedger& witnessed);
/// `truce.ledger-publication/1`: a checkpoint, and what each witness said of it.
std::string to_json(const ledger::Checkpoint& checkpoint,
                    const std::vector<ledger::WitnessReply>& replies);
/// `truce.ledger-checkpoint/1`.
std::string to_json(const ledger::Checkpoint& checkpoint);

}  // namespace truce::json
