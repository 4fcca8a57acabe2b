// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/witness_keeper.h"

namespace truce::server::internal {

base::Result<void> WitnessKeeper::announce(Workspace& workspace,
                                           const std::vector<ledger::WitnessAddress>& witnesses) {
  const bool is_known = workspace.read(
      [&](const Contents& contents) { return contents.publication.witnesses() == witnesses; });
  if (is_known) {
    return {};
  }
  const auto refused = workspace.write(
      [&](const Contents&, base::Instant) -> Decision { return witnesses_entry(witnesses); });
  return refused
             ? base::Result<void>(base::Error{base::ErrorCode::Io,
                                              "the folder of the workspace cannot be written; make "
                                              "room or mend its rights"})
             : base::Result<void>();
}

WitnessKeeper::WitnessKeeper(Workspace& workspace, std::chrono::milliseconds time)
    : workspace_(workspace), time_(time) {}

WitnessKeeper::~WitnessKeeper() {
  {
    const std::scoped_lock held(lock_);
    is_ending_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) {
    thread_.join();
  }
}

void WitnessKeeper::look() {
  {
    const std::scoped_lock held(lock_);
    has_news_ = true;
  }
  changed_.notify_one();
}

void WitnessKeeper::run() {
  std::unique_lock held(lock_);
  while (!is_ending_) {
    changed_.wait(held, [&] { return has_news_ || is_ending_; });
    has_news_ = false;
    held.unlock();
    bool goes_on = true;
    while (goes_on && !is_ending_ && workspace_.read([](const Contents& contents) {
      return contents.publication.has_waiting();
    })) {
      goes_on = ask_all();
    }
    held.lock();
  }
}

bool WitnessKeeper::ask_all() {
  const auto [folder, witnesses] = workspace_.read([](const Contents& contents) {
    return std::pair(contents.record.folder() + "/ledger", contents.publication.witnesses());
  });
  // What waits was in the ledger before it was seen here, so that this checkpoint covers it.
  auto checkpoint = ledger::Directory(folder).signed_checkpoint();
  if (!checkpoint) {
    return false;
  }
  const WitnessQuestion question{.directory = folder,
                                 .checkpoint = std::move(checkpoint).value(),
                                 .time = time_,
                                 .is_given_up = [this] { return is_ending_.load(); }};
  const auto replies = ask_witnesses(witnesses, question, memory_);
  if (is_ending_) {
    return false;
  }
  const auto refused = workspace_.write(
      [&](const Contents&, base::Instant) -> Decision {
        return round_entry(question.checkpoint, replies);
      },
      DependsOn::nothing());
  return !refused;
}

}  // namespace truce::server::internal
