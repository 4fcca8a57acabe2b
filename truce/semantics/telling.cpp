// SPDX-License-Identifier: Apache-2.0
#include "truce/semantics/internal/telling.h"

#include <algorithm>
#include <variant>

namespace truce::semantics::internal {
namespace {

// How far situations look back: what happened so long before an instant may change with it.
std::vector<base::Duration> look_backs(const agreement::Agreement& agreement) {
  std::vector<base::Duration> found;
  for (const agreement::Situation& situation : agreement.situations) {
    if (const auto* occurrence = std::get_if<agreement::Occurrence>(&situation.what)) {
      if (occurrence->during.has_value()) {
        found.push_back(agreement::look_back(*occurrence->during));
      }
    } else if (const auto* streak = std::get_if<agreement::StandingStreak>(&situation.what)) {
      found.push_back(agreement::look_back(streak->period));
    } else if (const auto* frequency = std::get_if<agreement::Frequency>(&situation.what)) {
      found.push_back(agreement::look_back(frequency->within));
    }
  }
  return found;
}

}  // namespace

Telling::Telling(const agreement::Agreement& agreement, const facts::Evidence& evidence,
                 const std::vector<OfficialAct>& acts, std::optional<facts::AccountId> account)
    : agreement_(agreement), evidence_(evidence), acts_(acts), account_(account) {
  for (const OfficialAct& act : acts_) {
    changes_.push_back(act.first);
    changes_.push_back(act.last);
    for (const agreement::Clause& clause : agreement_.clauses) {
      if (clause.form == agreement::Form::Power && clause.power.period.has_value()) {
        changes_.push_back(shifted(act.first, *clause.power.period, 1));
        changes_.push_back(shifted(act.last, *clause.power.period, 1));
      }
    }
  }
  for (facts::FactId id : own_facts()) {
    const base::TimeRange when = evidence_.fact(id).when;
    changes_.push_back(when.from);
    changes_.push_back(facts::last_of(when));
    for (const base::Duration back : look_backs(agreement_)) {
      changes_.push_back(when.from + back);
      changes_.push_back(facts::last_of(when) + back);
    }
    for (const agreement::Situation& situation : agreement_.situations) {
      const auto* response = std::get_if<agreement::Response>(&situation.what);
      if (response != nullptr && response->within.has_value()) {
        changes_.push_back(shifted(when.from, *response->within, 1));
        changes_.push_back(shifted(facts::last_of(when), *response->within, 1));
      }
    }
  }
  for (const facts::ResolvedCoverage& row : evidence_.coverage) {
    for (const base::Instant edge : {row.when.from, row.when.to}) {
      changes_.push_back(edge);
      for (const base::Duration back : look_backs(agreement_)) {
        changes_.push_back(edge + back);
      }
    }
  }
  std::sort(changes_.begin(), changes_.end());
  changes_.erase(std::unique(changes_.begin(), changes_.end()), changes_.end());
}

std::vector<facts::FactId> Telling::own_facts() const {
  std::vector<facts::FactId> own;
  for (std::size_t i = 0; i < evidence_.facts.size(); ++i) {
    if (account_.has_value() && evidence_.facts[i].account == *account_) {
      own.push_back(base::id_at<facts::FactId>(i));
    }
  }
  return own;
}

}  // namespace truce::semantics::internal
