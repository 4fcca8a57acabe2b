// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/verdict.h"
#include "truce/monitor/internal/activations.h"
#include "truce/monitor/internal/acts.h"
#include "truce/monitor/internal/clocks.h"
#include "truce/monitor/internal/duties.h"
#include "truce/monitor/internal/force.h"
#include "truce/monitor/internal/prohibitions.h"
#include "truce/monitor/internal/questions.h"
#include "truce/monitor/internal/record.h"
#include "truce/monitor/internal/responses.h"
#include "truce/monitor/internal/shared.h"
#include "truce/monitor/internal/worlds.h"
#include "truce/monitor/replay.h"

namespace truce::monitor::internal {

/// A verdict, and for a duty what it rests on.
struct Judged {
  facts::Verdict verdict;
  std::optional<DutyState> duty;
};

/// The engine on one agreement without brackets. Its parts refer to each other: it stays where it
/// was made. Agreement and evidence must outlive it.
class Engine {
 public:
  using Shared = internal::Shared;

  /// `shared`: of another engine on the same agreement. With `with_worlds` what joined tests leave
  /// unknown is settled by the worlds of each account.
  Engine(const agreement::Agreement& agreement, const facts::Evidence& evidence, Shared shared = {},
         bool with_worlds = true);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  struct Result {
    // In the order of facts::Verdicts.
    std::vector<Judged> judged;
    std::vector<facts::Point> points;
    std::vector<facts::ClauseCount> counts;
  };
  Result judge();
  /// The same of some clauses only.
  Result judge(const std::vector<agreement::ClauseId>& clauses);
  /// For each streak and each account that has anything to say about it.
  std::vector<StreakClock> streak_clocks();
  /// For each prohibition and permission.
  std::vector<ForceHistory> force_histories();

  [[nodiscard]] const Shared& shared() const { return worlds_.shared(); }
  [[nodiscard]] const Record& record() const { return record_; }
  [[nodiscard]] const Acts& acts() const { return acts_; }
  Responses& responses() { return responses_; }
  Clocks& clocks() { return clocks_; }
  Force& force() { return force_; }
  Prohibitions& prohibitions() { return prohibitions_; }
  Duties& duties() { return duties_; }
  Worlds& worlds() { return worlds_; }

 private:
  void add_clocks(const std::string& name, agreement::SituationId situation,
                  const agreement::Streak& streak, std::vector<StreakClock>& into);

  Questions questions_;
  Record record_;
  Acts acts_;
  Worlds worlds_;
  Responses responses_;
  Clocks clocks_;
  Activations activations_;
  Force force_;
  Prohibitions prohibitions_;
  Duties duties_;
};

/// The order of verdicts: clause, at, incident, bearers.
bool comes_before(const facts::Verdict& a, const facts::Verdict& b);

}  // namespace truce::monitor::internal
