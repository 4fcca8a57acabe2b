// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/ledger/checkpoint.h"
#include "truce/ledger/directory.h"
#include "truce/ledger/witness_list.h"
#include "truce/ledger/witness_reply.h"

namespace truce::server {

/// How many entries each witness is known to have seen, by name. A guess costs one more question.
using WitnessMemory = std::map<std::string, std::uint64_t, std::less<>>;

struct WitnessQuestion {
  // Of a ledger in this folder, which has at least these entries.
  std::string directory;
  ledger::SignedCheckpoint checkpoint;
  // For each witness; one that cannot be reached is tried until then.
  std::chrono::milliseconds time{10'000};
  // As of an answer that nobody waits for any more; empty: somebody does.
  std::function<bool()> is_given_up;
};

/// Asks all of them at once to sign the checkpoint (C2SP tlog-witness), and returns what each said,
/// in their order, when the last one has or its time is over. What they have seen is kept in
/// `memory`.
std::vector<ledger::WitnessReply> ask_witnesses(
    const std::vector<ledger::WitnessAddress>& witnesses, const WitnessQuestion& question,
    WitnessMemory& memory);

/// The witnesses that a file names, at least one. Fails as reading it does, with Corrupt where it
/// is no list and with InvalidArgument for an empty one.
base::Result<std::vector<ledger::WitnessAddress>> read_witnesses(const std::string& path);

struct PublishRequest {
  std::string directory;
  // The list, as ledger::read_witness_list() has it.
  std::string witnesses;
  std::chrono::milliseconds time{10'000};
  base::Instant at;
};

/// What was published, and what each witness said of it.
struct PublishedLedger {
  ledger::Checkpoint checkpoint;
  std::vector<ledger::WitnessReply> replies;
};

/// Has every witness asked, and published what they signed: a refusal, or that none came in time,
/// is appended to the ledger as an entry `refusal`, and the checkpoint over it stands with the
/// signatures of all the others. Fails as opening, appending and signing do, with InvalidArgument
/// where somebody else appended meanwhile, and with Corrupt for a list that is none.
base::Result<PublishedLedger> publish_ledger(const PublishRequest& request);

}  // namespace truce::server
