// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truce/monitor/internal/acts.h"
#include "truce/monitor/internal/clocks.h"
#include "truce/monitor/internal/questions.h"
#include "truce/monitor/internal/record.h"

namespace truce::monitor::internal {

/// One thing that makes a clause that waits `upon` something begin.
struct Activation {
  MomentRange when;
  // Of an act of determination.
  std::vector<agreement::ActorId> accused;
  // The act, where it is one: an index into Record::institutional().
  std::optional<std::size_t> act;
  // Of `whenever`: the keys of the reports, an empty one where a report has none.
  std::vector<std::string> keys = {};
};

/// What clauses wait upon, as each account sees it, in an order that is the same for all accounts.
class Activations {
 public:
  /// What the others know, asked for when it is needed.
  struct Oracles {
    /// When every duty of a clause was performed, even late.
    std::function<MomentRange(agreement::ClauseId, facts::AccountId)> performed;
    /// When each duty of a clause was broken; kNever for those that were not.
    std::function<std::vector<MomentRange>(agreement::ClauseId, facts::AccountId)> broken;
    /// Whether a fact breaks a prohibition, whoever of its bearers did it.
    std::function<facts::Truth(agreement::ClauseId, facts::FactId)> is_breach;
  };

  Activations(const Record& record, Clocks& clocks, Questions& questions, Oracles oracles);

  /// Of a clause that waits; empty where nothing of the kind is on record.
  std::shared_ptr<const std::vector<Activation>> activations(const agreement::Clause& clause,
                                                             facts::AccountId account);

 private:
  std::vector<Activation> work_out(const agreement::Clause& clause, facts::AccountId account);
  std::vector<Activation> of_trigger(const agreement::Upon& upon, facts::AccountId account);
  std::vector<Activation> of_breach(agreement::ClauseId clause, facts::AccountId account);
  std::vector<Activation> of_acts(const agreement::Upon& upon) const;
  std::vector<Activation> of_situation(agreement::SituationId situation, facts::AccountId account);
  std::vector<Activation> of_occurrence(const agreement::Occurrence& occurrence,
                                        facts::AccountId account);
  [[nodiscard]] bool is_trigger(const agreement::Upon& upon, const InstitutionalRecord& act) const;

  const Record& record_;
  Clocks& clocks_;
  Questions& questions_;
  Oracles oracles_;
  std::map<std::pair<const agreement::Clause*, facts::AccountId>,
           std::shared_ptr<const std::vector<Activation>>>
      known_;
};

}  // namespace truce::monitor::internal
