// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "truce/server/internal/workspace.h"
#include "truce/server/witnessing.h"

namespace truce::server::internal {

/// Has the witnesses asked whenever something waits to be published, on a thread of its own, and
/// puts on record what each said.
class WitnessKeeper {
 public:
  /// Says in the record which witnesses there are, where that is new. Fails as a write does.
  static base::Result<void> announce(Workspace& workspace,
                                     const std::vector<ledger::WitnessAddress>& witnesses);

  /// The witnesses are those of the record, which has a ledger. `workspace` must outlive it.
  WitnessKeeper(Workspace& workspace, std::chrono::milliseconds time);
  /// Waits for nobody who is still asked; they are asked again after the next start.
  ~WitnessKeeper();
  WitnessKeeper(const WitnessKeeper&) = delete;
  WitnessKeeper& operator=(const WitnessKeeper&) = delete;

  /// Begins to ask. Once.
  void begin() {
    thread_ = std::thread([this] { run(); });
  }
  /// Something was written. From any thread, and quick.
  void look();

 private:
  void run();
  // Whether what was said is on record.
  bool ask_all();

  Workspace& workspace_;
  std::chrono::milliseconds time_;
  WitnessMemory memory_;
  std::mutex lock_;
  std::condition_variable changed_;
  bool has_news_ = true;
  std::atomic<bool> is_ending_ = false;
  std::thread thread_;
};

}  // namespace truce::server::internal
