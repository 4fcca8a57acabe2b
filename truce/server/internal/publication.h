// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "truce/base/time.h"
#include "truce/ledger/witness_list.h"
#include "truce/ledger/witness_reply.h"
#include "truce/server/internal/journal.h"

namespace truce::server::internal {

/// What counts as published, as the entries say. Where there are witnesses, that is what stands
/// under a checkpoint of which each of them has signed or a refusal, or that no answer came in
/// time, is on record; until then it waits, and the mission alone sees it.
class Publication {
 public:
  /// A checkpoint that every witness was asked to sign.
  struct Round {
    std::uint64_t size = 0;
    base::Instant at;
    // With the signatures of those who did.
    std::string checkpoint;
    std::vector<ledger::WitnessReply> replies;
  };
  /// An entry that publishes something.
  struct Published {
    std::string kind;
    Audience audience;
  };

  /// Entries of other kinds change nothing.
  void apply(const Entry& entry);

  [[nodiscard]] const std::vector<ledger::WitnessAddress>& witnesses() const { return witnesses_; }
  /// Whether the entry of that number publishes something that does not count as published yet.
  [[nodiscard]] bool waits(std::int64_t entry) const { return waiting_.contains(entry); }
  [[nodiscard]] bool has_waiting() const { return !waiting_.empty(); }
  /// The round that published the entry of that number; null where none did.
  [[nodiscard]] const Round* round_of(std::int64_t entry) const;
  /// Null before the first.
  [[nodiscard]] const Round* last() const { return rounds_.empty() ? nullptr : &rounds_.back(); }
  /// In the order in which they were put on record.
  [[nodiscard]] const std::vector<Round>& rounds() const { return rounds_; }
  /// What the last entry published that had waited.
  [[nodiscard]] const std::vector<Published>& fresh() const { return fresh_; }

 private:
  void add_round(const Entry& entry);
  void take_witnesses(const Entry& entry);
  // Publishes what waits up to that entry.
  void release(std::int64_t until);

  std::vector<ledger::WitnessAddress> witnesses_;
  std::map<std::int64_t, Published> waiting_;
  std::vector<Round> rounds_;
  // By entry, the number of the round.
  std::map<std::int64_t, std::size_t> round_of_;
  std::vector<Published> fresh_;
};

/// The entry that says which witnesses there are from now on.
Entry witnesses_entry(const std::vector<ledger::WitnessAddress>& witnesses);
/// The entry that says what each of them answered when asked to sign this checkpoint.
Entry round_entry(const ledger::SignedCheckpoint& checkpoint,
                  const std::vector<ledger::WitnessReply>& replies);

/// What a witness said, as the schema WitnessReply has it.
encoding::JsonValue reply_value(const ledger::WitnessReply& reply);
/// Adds to what is published by the entry of that number what the witnesses said, or that they are
/// still asked.
void set_witnesses(encoding::JsonValue& value, const Publication& publication, std::int64_t entry);

}  // namespace truce::server::internal
