// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>
#include <variant>

#include "truce/base/result.h"
#include "truce/server/internal/call.h"
#include "truce/server/internal/dealings.h"
#include "truce/server/internal/journal.h"
#include "truce/server/internal/people.h"
#include "truce/server/internal/record.h"

namespace truce::server::internal {

/// A line of the audit.
struct AuditLine {
  base::Instant at;
  std::string who;
  std::string did;
  std::string what;
};

/// What all entries together say.
struct Contents {
  explicit Contents(std::string folder) : record(std::move(folder)) {}

  People people;
  Record record;
  Dealings dealings;
  std::vector<AuditLine> audit;

  void apply(const Entry& entry);
};

/// What is to be written, or why nothing is.
using Decision = std::variant<Entry, Response>;

/// The contents of a folder, read by many and written by one at a time: an entry is on the disk
/// before anybody sees what it changed.
class Workspace {
 public:
  /// Reads all there is. Fails as Journal::open() and each() do.
  static base::Result<std::unique_ptr<Workspace>> open(const std::string& folder, bool has_ledger,
                                                       std::function<base::Instant()> clock);
  Workspace(std::unique_ptr<Journal> journal, const std::string& folder,
            std::function<base::Instant()> clock);

  /// Calls `look(contents)` while nothing changes, and returns what it does.
  template <typename Look>
  auto read(Look look) const {
    const std::shared_lock locked(contents_lock_);
    return look(static_cast<const Contents&>(contents_));
  }

  /// Asks `decide` what to write, looking at contents that nobody changes meanwhile, and writes it:
  /// the time is set here. The answer says why nothing was written; empty: it was.
  std::optional<Response> write(
      const std::function<Decision(const Contents&, base::Instant now)>& decide);
  /// The time passed: tells what that changed, if anything.
  void tick();

  /// Never earlier than what was written last.
  [[nodiscard]] base::Instant now() const;
  [[nodiscard]] std::string refusal() const { return journal_->refusal(); }
  /// Told after each write that changed something. Before the first one.
  void on_change(std::function<void()> told) { on_change_ = std::move(told); }

 private:
  base::Result<void> load();
  base::Result<void> commit(Entry& entry);

  std::unique_ptr<Journal> journal_;
  std::function<base::Instant()> clock_;
  std::function<void()> on_change_;
  std::mutex write_lock_;
  mutable std::shared_mutex contents_lock_;
  Contents contents_;
  std::atomic<std::int64_t> last_seconds_ = 0;
};

}  // namespace truce::server::internal
