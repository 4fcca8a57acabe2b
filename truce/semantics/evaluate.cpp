// SPDX-License-Identifier: Apache-2.0
#include "truce/semantics/evaluate.h"

#include <algorithm>
#include <tuple>

#include "truce/semantics/internal/outcome.h"

namespace truce::semantics {
namespace internal {
namespace {

using agreement::ActorId;

// The bearers and those who ensure their compliance, sorted.
std::vector<ActorId> blame_of(const agreement::Agreement& agreement,
                              const facts::Verdict& verdict) {
  std::vector<ActorId> blame = verdict.bearers;
  for (const auto* ensured : agreement.clause(verdict.clause).find_all<agreement::Ensured>()) {
    for (const agreement::Agent& agent : ensured->agents) {
      for (ActorId bearer : verdict.bearers) {
        for (ActorId actor : agreement.resolve(agent, bearer)) {
          blame.push_back(actor);
        }
      }
    }
  }
  std::sort(blame.begin(), blame.end());
  blame.erase(std::unique(blame.begin(), blame.end()), blame.end());
  return blame;
}

}  // namespace

void add_verdict(const agreement::Agreement& agreement, facts::Verdict verdict, bool is_listed,
                 facts::Verdicts& verdicts) {
  facts::ClauseCount& count = verdicts.counts[verdict.clause.index];
  switch (verdict.outcome) {
    case facts::Outcome::Broken:
      ++count.broken;
      verdict.blame = blame_of(agreement, verdict);
      break;
    case facts::Outcome::Unknown:
      ++count.unknown;
      break;
    case facts::Outcome::Contested:
      ++count.contested;
      break;
    case facts::Outcome::Kept:
      ++count.kept;
      break;
    case facts::Outcome::Pending:
    case facts::Outcome::Lapsed:
      break;
  }
  if (is_listed) {
    verdicts.verdicts.push_back(std::move(verdict));
  }
}

std::vector<facts::Opinion> opinions_of(const facts::Verdict& verdict) {
  std::vector<facts::Opinion> opinions;
  for (const facts::AccountOpinion& opinion : verdict.opinions) {
    opinions.push_back(opinion.opinion);
  }
  return opinions;
}

}  // namespace internal

facts::Verdicts evaluate(const agreement::Agreement& agreement, const facts::Evidence& evidence,
                         const EvaluateOptions& options) {
  const std::vector<internal::OfficialAct> acts = internal::official_acts(agreement, evidence);
  internal::Tellings tellings;
  for (std::size_t i = 0; i < evidence.accounts.size(); ++i) {
    tellings.push_back(std::make_unique<internal::Telling>(agreement, evidence, acts,
                                                           base::id_at<facts::AccountId>(i)));
  }
  if (tellings.empty()) {
    tellings.push_back(
        std::make_unique<internal::Telling>(agreement, evidence, acts, std::nullopt));
  }
  internal::Worlds worlds(agreement, evidence, options.with_worlds);
  const internal::Case record{agreement, evidence, tellings, worlds};
  facts::Verdicts verdicts;
  verdicts.counts.resize(agreement.clauses.size());
  for (std::size_t i = 0; i < agreement.clauses.size(); ++i) {
    const auto clause = base::id_at<agreement::ClauseId>(i);
    switch (agreement.clauses[i].form) {
      case agreement::Form::Prohibition:
        internal::judge_prohibition(record, clause, verdicts);
        break;
      case agreement::Form::Duty:
      case agreement::Form::Effort:
        internal::judge_duty(record, clause, verdicts);
        break;
      case agreement::Form::Phases:
        internal::judge_phases(record, clause, verdicts);
        break;
      case agreement::Form::Watch:
        internal::judge_watch(record, clause, verdicts);
        break;
      case agreement::Form::Permission:
      case agreement::Form::Power:
      case agreement::Form::Reservation:
        break;
    }
  }
  std::stable_sort(verdicts.verdicts.begin(), verdicts.verdicts.end(),
                   [](const facts::Verdict& a, const facts::Verdict& b) {
                     return std::tie(a.clause, a.at, a.incident, a.bearers) <
                            std::tie(b.clause, b.at, b.incident, b.bearers);
                   });
  std::stable_sort(verdicts.points.begin(), verdicts.points.end(),
                   [](const facts::Point& a, const facts::Point& b) {
                     return std::tie(a.clause, a.at, a.incident) <
                            std::tie(b.clause, b.at, b.incident);
                   });
  return verdicts;
}

}  // namespace truce::semantics
