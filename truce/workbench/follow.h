// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truce/base/result.h"
#include "truce/facts/verdict.h"
#include "truce/workbench/agreement_file.h"
#include "truce/workbench/monitor.h"

namespace truce::workbench {

/// What `truce monitor --follow` is asked.
struct FollowRequest {
  // With one table of incidents, and neither a moment at which to know, nor videos to join.
  MonitorRequest monitor;
  // The present is at least the wall clock's; otherwise only rows move it.
  bool uses_wall_clock = false;
  // Where the state is saved; empty: nowhere.
  std::string checkpoint;
  // At the latest after so many rows.
  std::uint64_t checkpoint_rows = 1000;
  bool with_explanations = true;
  // Asks at the end whether some clause is broken, though perhaps by nobody in particular.
  bool asks_for_breach = false;
};

/// A verdict that came, changed or went, as it is told.
struct ToldChange {
  // From 1, without gaps, over restarts too.
  std::uint64_t number = 0;
  std::string clause;
  std::string bearer;
  std::optional<std::string> incident;
  // Of a duty `whenever` something is done: where it was done.
  std::string about;
  // Of a duty that recurs: the number of the period, from 1; otherwise 0.
  std::uint32_t period = 0;
  base::Instant at;
  // The present after the row.
  base::Instant as_known_at;
  // `broken`, …, `point` or `possible point`; empty: nothing is said of it any more.
  std::string verdict;
  // The same before; empty: nothing was said of it.
  std::string was;
  // What happens from now on cannot change it; only a row on what lies before the present can.
  bool is_final = false;
  std::vector<std::pair<std::string, facts::Opinion>> by_account;
  // Of them those that are new or say something else than before.
  std::vector<std::pair<std::string, facts::Opinion>> newly_said;
  std::vector<std::string> blame;
  facts::Wording because;
};

/// Where a follower speaks, and what it asks.
struct FollowSink {
  // Must have told them when it returns. An error ends the following.
  std::function<base::Result<void>(const std::vector<ToldChange>&)> on_changes;
  // A line for a person: a row that is skipped, a file that was truncated.
  std::function<void(const std::string&)> on_notice;
  std::function<bool()> should_stop;
};

struct FollowSummary {
  std::uint64_t rows = 0;
  std::uint64_t skipped = 0;
  std::size_t verdicts = 0;
  std::string digest;
  // Where it was asked for.
  bool has_breach = false;
};

/// Reads a growing file or a stream and tells each verdict when it comes or changes. Restarted with
/// the same request and its checkpoint, it goes on where it was saved: what had been told since is
/// told again, with the same numbers, and nothing else twice.
class Follower {
 public:
  /// Reads the agreement, what stands beside it, and the checkpoint where there is one. Fails as
  /// monitor() does, and with InvalidArgument for what cannot be followed or a checkpoint that was
  /// made with something else.
  static base::Result<std::unique_ptr<Follower>> open(const FollowRequest& request);

  class Session;
  /// As open() makes it.
  explicit Follower(std::unique_ptr<Session> session);
  ~Follower();
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  [[nodiscard]] const AgreementFile& file() const;
  /// Until the stream ends or the sink says stop. Fails where the incidents cannot be read, the
  /// sink fails, or the last checkpoint cannot be written.
  base::Result<FollowSummary> run(const FollowSink& sink);

 private:
  std::unique_ptr<Session> session_;
};

}  // namespace truce::workbench
