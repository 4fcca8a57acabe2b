// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/crypto/keys.h"
#include "truce/ledger/checkpoint.h"
#include "truce/ledger/merkle.h"

namespace truce::ledger {

/// Where entries stand that were appended together, one after the other.
struct Appended {
  std::uint64_t first = 0;
  std::vector<Hash> leaves;
  // The tree that the first checkpoint with them is of; others may stand after them.
  TreeHead tree;
};

/// Told once where the entries stand. Runs on the writer's thread and must be short.
using AppendDone = std::function<void(base::Result<Appended>)>;

/// How long to wait for another program that writes the ledger, in milliseconds.
constexpr int kLedgerWaitMs = 10'000;

/// An append-only record in a directory of its own, which holds the files of C2SP tlog-tiles and
/// nothing else. One program writes it at a time, and in it one thread, which puts all that waits
/// under one checkpoint. An entry is acknowledged when it, its hashes and a signed checkpoint over
/// it are on the disk. Every function may be called from any thread.
class Ledger {
 public:
  /// Makes the directory with an empty ledger. Fails with InvalidArgument for an origin that is no
  /// key name or where something is there, with Io.
  static base::Result<void> create(const std::string& path, const std::string& origin,
                                   const crypto::SecretKey& key);

  /// Takes the directory for writing and goes on after the last checkpoint; what an interrupted
  /// append left beyond it is not part of the ledger. Fails with InvalidArgument for another key,
  /// with Corrupt where what is there does not fit the checkpoint, with Timeout where another
  /// program writes it, with NotFound or Io.
  static base::Result<Ledger> open(const std::string& path, crypto::SecretKey key,
                                   int wait_ms = kLedgerWaitMs);

  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;
  /// Appends what waits, then closes.
  ~Ledger();

  /// Appends entries, at least one, and returns when they are durable. Fails with InvalidArgument,
  /// and nothing is appended, for an entry larger than kLargestEntry or one that says it is a
  /// `truce-entry/1` and is none or corrects a later one; with Io. After a write that failed every
  /// append is refused, with what failed and how to go on.
  base::Result<Appended> append(std::vector<std::string> entries);
  /// As append(), without waiting.
  void submit(std::vector<std::string> entries, AppendDone done);

  [[nodiscard]] const std::string& origin() const;
  /// The tree of the last checkpoint.
  [[nodiscard]] TreeHead tree() const;
  /// Why nothing is appended any more; empty while all is well.
  [[nodiscard]] std::string refusal() const;

 private:
  struct State;
  explicit Ledger(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

/// Puts signatures of others below the checkpoint that stands. Fails with InvalidArgument where
/// one is not, by one of `keys`, over that very checkpoint, and as Ledger::open() does.
base::Result<SignedCheckpoint> add_signatures(const std::string& path,
                                              const std::vector<NoteSignature>& signatures,
                                              const std::vector<NoteKey>& keys);

}  // namespace truce::ledger
