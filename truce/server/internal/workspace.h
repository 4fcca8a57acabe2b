// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "truce/base/result.h"
#include "truce/server/internal/call.h"
#include "truce/server/internal/dealings.h"
#include "truce/server/internal/journal.h"
#include "truce/server/internal/people.h"
#include "truce/server/internal/publication.h"
#include "truce/server/internal/record.h"
#include "truce/server/internal/reports.h"
#include "truce/server/internal/told_store.h"

namespace truce::server::internal {

/// A line of the audit.
struct AuditLine {
  base::Instant at;
  std::string who;
  std::string did;
  std::string what;
};

/// What follows from an entry that is on record.
struct Consequences {
  struct Telling {
    Audience audience;
    std::string kind;
  };
  std::vector<incidents::ReportPtr> reports;
  std::vector<Telling> tellings;
};

/// What all entries together say.
struct Contents {
  explicit Contents(std::string folder) : record(std::move(folder)) {}

  People people;
  Record record;
  Dealings dealings;
  Reports reports;
  Publication publication;
  std::vector<AuditLine> audit;

  /// Both of these, one after the other.
  void apply(const Entry& entry);
  /// Puts the entry on record, and returns what is to be judged and told of it.
  Consequences note(const Entry& entry);
  /// Judges and tells that. Changes nothing that a decision looks at, unless the entry says which
  /// text is watched.
  void follow(const Entry& entry, const Consequences& consequences);
  /// Puts it on record, where what was told of it then is kept elsewhere; see Record::keep().
  void keep(const Entry& entry);

 private:
  void note_besides(const Entry& entry);
  // Whoever may see it hears that there is something new, and of what kind.
  [[nodiscard]] std::vector<Consequences::Telling> tellings_of(const Entry& entry);
};

/// What is to be written, or why nothing is.
using Decision = std::variant<Entry, Response>;

/// Looks at contents that nobody changes meanwhile.
using Decide = std::function<Decision(const Contents&, base::Instant now)>;

/// What a decision depends on besides the agreement that is watched and things that are never
/// changed once they are there. Writes that depend on different names, or on nothing, are decided
/// on the same contents and put on the disk together.
class DependsOn {
 public:
  // On anything: the write stands alone.
  static DependsOn everything() { return DependsOn(std::nullopt); }
  static DependsOn nothing() { return DependsOn(std::string()); }
  static DependsOn on(std::string_view kind, const std::string& name) {
    return DependsOn(std::string(kind) + ' ' + name);
  }

  [[nodiscard]] bool is_everything() const { return !name_; }
  [[nodiscard]] const std::string& name() const { return *name_; }

 private:
  explicit DependsOn(std::optional<std::string> name) : name_(std::move(name)) {}
  std::optional<std::string> name_;
};

/// The contents of a folder, read by many and written by one at a time: an entry is on the disk
/// before anybody sees what it changed, and who was told that it is sees what follows from it:
/// while that is worked out nobody reads, but the next entries are decided on and put on the disk.
class Workspace {
 public:
  /// Reads all there is. Fails as Journal::open() and each() do.
  static base::Result<std::unique_ptr<Workspace>> open(const std::string& folder, bool has_ledger,
                                                       std::function<base::Instant()> clock);
  Workspace(std::unique_ptr<Journal> journal, ToldStore told, const std::string& folder,
            std::function<base::Instant()> clock);
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  /// Calls `look(contents)` while nothing changes, and returns what it does.
  template <typename Look>
  auto read(Look look) const {
    const std::shared_lock locked(contents_lock_);
    return look(static_cast<const Contents&>(contents_));
  }

  /// Asks `decide` what to write and writes it: the time is set here. Those that wait for each
  /// other are put on the disk together, as far as they do not depend on the same. The answer says
  /// why nothing was written; empty: it was.
  std::optional<Response> write(const Decide& decide,
                                const DependsOn& depends = DependsOn::everything());
  /// As write(); where it was written, the number of the entry.
  std::variant<std::int64_t, Response> write_entry(const Decide& decide, const DependsOn& depends);
  /// Who goes by that name now; empty: nobody. Does not wait for what is worked out.
  [[nodiscard]] std::optional<Person> find_person(const std::string& name) const;
  /// The time passed: tells what that changed, if anything.
  void tick();

  /// Never earlier than what was written last.
  [[nodiscard]] base::Instant now() const;
  [[nodiscard]] std::string refusal() const { return journal_->refusal(); }
  [[nodiscard]] const Journal& journal() const { return *journal_; }
  /// Keeps what was told, so that the next start need not judge it again.
  void save_told();
  /// Told after each write that changed something. Before the first one.
  void on_change(std::function<void()> told) { on_change_ = std::move(told); }

 private:
  struct Pending;

  base::Result<void> load();
  void write_batch(const std::vector<Pending*>& batch);
  // What is to be written, with whose it is; the others have their answer.
  std::vector<Entry> decide(const std::vector<Pending*>& batch, std::vector<Pending*>& written);
  std::vector<Pending*> take_batch();
  // Everybody of the batch has their answer, and the next may write.
  void answer(const std::vector<Pending*>& batch);
  void pass_time();
  void begin_writing();
  void end_writing();
  // With the lock of the queue: to who wants to write alone, otherwise to the first who waits.
  void pass_on();

  std::unique_ptr<Journal> journal_;
  ToldStore told_;
  // How much of each view told_ has, and up to which entry. While one is writing, as below.
  std::map<std::string, std::uint64_t> told_counts_;
  std::int64_t told_until_ = 0;
  std::function<base::Instant()> clock_;
  std::function<void()> on_change_;
  // One thread writes, for all that wait.
  std::mutex queue_lock_;
  std::deque<Pending*> queue_;
  bool is_writing_ = false;
  // Who wants to write without a decision, as the time passes.
  std::condition_variable alone_;
  std::size_t waiting_alone_ = 0;
  // Who writes waits a little for as many as there were last time.
  std::condition_variable company_;
  std::size_t last_batch_ = 1;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::duration last_took_{0};
  mutable std::shared_mutex contents_lock_;
  // Of the people alone, so that who asks is known while verdicts are worked out.
  mutable std::shared_mutex people_lock_;
  Contents contents_;
  std::atomic<std::int64_t> last_seconds_ = 0;
};

}  // namespace truce::server::internal
