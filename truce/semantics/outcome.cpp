// SPDX-License-Identifier: Apache-2.0
// From what each account says to one verdict: section "Across accounts".
#include "truce/semantics/internal/outcome.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace truce::semantics::internal {
namespace {

using agreement::ActorId;
using agreement::ClauseId;
using facts::Opinion;
using facts::Outcome;
using facts::Truth;

Opinion opinion_of(Truth breach) {
  return breach == Truth::Yes  ? Opinion::Broken
         : breach == Truth::No ? Opinion::Kept
                               : Opinion::Unknown;
}

// What an account that reports the incident says of it; empty for one that does not.
using Test = std::function<Truth(Telling&, const facts::Fact&)>;
std::optional<Opinion> opinion_on(const facts::Evidence& evidence, Telling& telling,
                                  const facts::Incident& incident, const Test& test) {
  bool has_report = false;
  Truth any = Truth::No;
  for (facts::FactId id : incident.facts) {
    const facts::Fact& fact = evidence.fact(id);
    if (fact.account == telling.account() && fact.institutional == facts::InstitutionalAct::None) {
      has_report = true;
      any = any || test(telling, fact);
    }
  }
  return has_report ? std::optional(opinion_of(any)) : std::nullopt;
}

// What each account that reports the incident says, in order of account.
std::vector<facts::AccountOpinion> opinions_on(const Case& record, const facts::Incident& incident,
                                               ClauseId clause, const Test& test) {
  std::vector<facts::AccountOpinion> opinions;
  for (const auto& telling : record.tellings) {
    const auto said = opinion_on(record.evidence, *telling, incident, test);
    if (said.has_value()) {
      const facts::AccountId account = *telling->account();
      opinions.push_back(
          {account, record.worlds.settled(*said, account, clause,
                                          [&](const facts::Evidence& evidence, Telling& in_world) {
                                            return opinion_on(evidence, in_world, incident, test);
                                          })});
    }
  }
  return opinions;
}

std::vector<facts::AccountOpinion> breach_opinions(const Case& record,
                                                   const facts::Incident& incident, ClauseId clause,
                                                   const std::vector<ActorId>& bearers) {
  return opinions_on(record, incident, clause, [&](Telling& telling, const facts::Fact& fact) {
    return telling.is_breach(fact, clause, bearers);
  });
}

base::Instant beginning_of(const facts::Evidence& evidence, const facts::Incident& incident) {
  base::Instant earliest = base::kAfterTime;
  for (facts::FactId id : incident.facts) {
    if (evidence.fact(id).institutional == facts::InstitutionalAct::None) {
      earliest = std::min(earliest, evidence.fact(id).when.from);
    }
  }
  return earliest;
}

// What the accounts say of one duty, and what they agree on beside it.
struct DutySummary {
  facts::Verdict verdict;
  // Over the accounts: the least beginning, the least and the greatest deadline.
  base::Instant arose = base::kAfterTime;
  base::Instant deadline = base::kAfterTime;
  base::Instant last_deadline = base::kBeforeTime;
  bool has_lapsed = true;
  bool is_unowed = false;
  std::optional<facts::FactId> performance;
  int rank = 0;
  // Of an effort.
  base::Instant determined = base::kAfterTime;
};

// Those in time come before certain ones, certain ones before possible ones.
int rank_of(const Performance& performance) {
  if (performance.is_in_time == Truth::Yes) {
    return 3;
  }
  return performance.is_performed == Truth::Yes ? 2 : 1;
}

void consider(const facts::Evidence& evidence, const Performance& performance,
              DutySummary& summary) {
  const int rank = rank_of(performance);
  const facts::Fact& fact = evidence.fact(performance.fact);
  if (rank < summary.rank) {
    return;
  }
  if (rank == summary.rank) {
    const facts::Fact& best = evidence.fact(*summary.performance);
    if (std::tie(best.when.from, best.incident) <= std::tie(fact.when.from, fact.incident)) {
      return;
    }
  }
  summary.rank = rank;
  summary.performance = performance.fact;
}

// The time of a duty's verdict: the deadline, else when it arose, else the present.
base::Instant time_of(const facts::Evidence& evidence, const DutySummary& summary) {
  for (base::Instant at : {summary.deadline, summary.arose}) {
    if (at < base::kAfterTime && at > base::kBeforeTime) {
      return at;
    }
  }
  return evidence.now;
}

bool may_begin(const Tellings& tellings, const Instance& instance) {
  return !instance.activation.has_value() ||
         std::any_of(tellings.begin(), tellings.end(), [&](const auto& telling) {
           return telling->times(instance).arose.earliest < base::kAfterTime;
         });
}

// The duties that some account says have begun; the bearers of none wait for one all the same.
std::vector<Instance> instances_to_judge(const agreement::Agreement& agreement,
                                         const Tellings& tellings, ClauseId clause) {
  // Accounts differ in how many periods of a duty that recurs have begun.
  std::vector<Instance> all;
  for (const auto& telling : tellings) {
    std::vector<Instance> these = telling->instances(clause);
    if (these.size() > all.size()) {
      all = std::move(these);
    }
  }
  std::vector<Instance> found;
  for (const Instance& instance : all) {
    const bool has_begun = std::any_of(tellings.begin(), tellings.end(), [&](const auto& telling) {
      return telling->has_period(instance);
    });
    if (has_begun && may_begin(tellings, instance)) {
      found.push_back(instance);
    }
  }
  const agreement::Subject& subject = agreement.clause(clause).subject;
  const bool is_one = subject.mode == agreement::Subject::Mode::Jointly ||
                      subject.mode == agreement::Subject::Mode::Either;
  const std::vector<ActorId> bearers = bearers_of(agreement, subject);
  std::vector<std::vector<ActorId>> sets;
  for (ActorId bearer : bearers) {
    sets.push_back(is_one ? bearers : std::vector<ActorId>{bearer});
    if (is_one) {
      break;
    }
  }
  for (const std::vector<ActorId>& set : sets) {
    const bool has_begun = std::any_of(found.begin(), found.end(), [&](const Instance& instance) {
      return instance.bearers == set;
    });
    if (!has_begun) {
      // An activation that no list has: never.
      const bool recurs = agreement.clause(clause).recurrence() != nullptr;
      found.push_back({clause, set, subject.mode == agreement::Subject::Mode::Either,
                       static_cast<std::size_t>(-1),
                       recurs ? std::optional<std::uint32_t>(1) : std::nullopt});
    }
  }
  return found;
}

// Whether the duty answers an act, whose incident its activation then names.
bool is_activated_by_act(const agreement::Agreement& agreement, const facts::Evidence& evidence,
                         const Instance& instance) {
  return agreement.clause(instance.clause).find<agreement::Whenever>() != nullptr &&
         instance.activation.has_value() && *instance.activation < evidence.incidents.size();
}

// `counts`: the account has an opinion, or nobody has one.
void take_in(const facts::Evidence& evidence, const DutyOpinion& one, bool counts,
             DutySummary& summary) {
  summary.has_lapsed = summary.has_lapsed && one.has_lapsed;
  summary.is_unowed = summary.is_unowed || one.is_unowed;
  summary.last_deadline = std::max(summary.last_deadline, one.times.deadline.latest);
  if (!counts) {
    return;
  }
  summary.arose = std::min(summary.arose, one.times.arose.earliest);
  summary.deadline = std::min(summary.deadline, one.times.deadline.earliest);
  summary.determined = std::min(summary.determined, one.determined.earliest);
  for (const Performance& performance : one.performances) {
    consider(evidence, performance, summary);
  }
}

void judge_instance(const Case& record, const Instance& instance, facts::Verdicts& verdicts) {
  const auto& [agreement, evidence, tellings, worlds] = record;
  DutySummary summary;
  summary.verdict.clause = instance.clause;
  summary.verdict.bearers = instance.bearers;
  summary.verdict.period = instance.period;
  std::vector<DutyOpinion> said;
  bool has_opinion = false;
  for (const auto& telling : tellings) {
    said.push_back(telling->duty_opinion(instance));
    if (said.back().opinion.has_value()) {
      said.back().opinion =
          worlds.settled(*said.back().opinion, *telling->account(), instance.clause,
                         [&](const facts::Evidence& /*evidence*/, Telling& in_world) {
                           return in_world.duty_opinion(instance).opinion;
                         });
    }
    has_opinion = has_opinion || said.back().opinion.has_value();
  }
  for (std::size_t i = 0; i < said.size(); ++i) {
    const DutyOpinion& one = said[i];
    take_in(evidence, one, !has_opinion || one.opinion.has_value(), summary);
    if (one.opinion.has_value()) {
      summary.verdict.opinions.push_back({*tellings[i]->account(), *one.opinion});
    }
  }
  facts::Verdict& verdict = summary.verdict;
  verdict.at = time_of(evidence, summary);
  if (is_activated_by_act(agreement, evidence, instance)) {
    verdict.activated_by = base::id_at<facts::IncidentId>(*instance.activation);
  }
  if (has_opinion) {
    verdict.outcome = combine(opinions_of(verdict));
    if (summary.performance.has_value()) {
      const facts::Fact& fact = evidence.fact(*summary.performance);
      verdict.incident = fact.incident;
      if (verdict.outcome == Outcome::Kept) {
        verdict.at = fact.when.from;
      }
    }
    if (verdict.outcome == Outcome::Broken && summary.determined < base::kAfterTime) {
      verdict.at = summary.determined;
    }
  } else if (summary.has_lapsed || summary.is_unowed) {
    verdict.outcome = Outcome::Lapsed;
  } else {
    verdict.outcome = evidence.now > summary.last_deadline ? Outcome::Unknown : Outcome::Pending;
  }
  add_verdict(agreement, std::move(verdict), true, verdicts);
}

}  // namespace

void judge_prohibition(const Case& record, ClauseId clause, facts::Verdicts& verdicts) {
  const auto& [agreement, evidence, tellings, worlds] = record;
  const std::vector<ActorId> bearers = bearers_of(agreement, agreement.clause(clause).subject);
  for (std::size_t i = 0; i < evidence.incidents.size(); ++i) {
    const facts::Incident& incident = evidence.incidents[i];
    bool is_broken_by_anybody = false;
    for (ActorId bearer : bearers) {
      facts::Verdict verdict;
      verdict.opinions = breach_opinions(record, incident, clause, {bearer});
      if (verdict.opinions.empty()) {
        continue;
      }
      verdict.clause = clause;
      verdict.bearers = {bearer};
      verdict.incident = base::id_at<facts::IncidentId>(i);
      verdict.at = beginning_of(evidence, incident);
      verdict.outcome = combine(opinions_of(verdict));
      is_broken_by_anybody = is_broken_by_anybody || verdict.outcome == Outcome::Broken;
      const bool is_listed = verdict.outcome != Outcome::Kept;
      add_verdict(agreement, std::move(verdict), is_listed, verdicts);
    }
    facts::Verdict of_any;
    of_any.opinions = breach_opinions(record, incident, clause, bearers);
    if (!of_any.opinions.empty() && !is_broken_by_anybody &&
        combine(opinions_of(of_any)) == Outcome::Broken) {
      ++verdicts.counts[clause.index].broken_by_one_of;
    }
  }
}

void judge_watch(const Case& record, ClauseId clause, facts::Verdicts& verdicts) {
  const auto& [agreement, evidence, tellings, worlds] = record;
  if (!agreement.clause(clause).watched.has_value()) {
    return;
  }
  for (std::size_t i = 0; i < evidence.incidents.size(); ++i) {
    const facts::Incident& incident = evidence.incidents[i];
    bool is_in_all = true;
    bool is_in_some = false;
    const std::vector<facts::AccountOpinion> said = opinions_on(
        record, incident, clause,
        [&](Telling& telling, const facts::Fact& fact) { return telling.is_point(fact, clause); });
    for (const facts::AccountOpinion& one : said) {
      is_in_all = is_in_all && one.opinion == Opinion::Broken;
      is_in_some = is_in_some || one.opinion != Opinion::Kept;
    }
    if (is_in_some) {
      verdicts.points.push_back({clause, base::id_at<facts::IncidentId>(i),
                                 beginning_of(evidence, incident),
                                 is_in_all ? Truth::Yes : Truth::Maybe});
    }
  }
}

void judge_duty(const Case& record, ClauseId clause, facts::Verdicts& verdicts) {
  const auto& [agreement, evidence, tellings, worlds] = record;
  if (agreement.clause(clause).subject.is_anyone) {
    return;
  }
  for (const Instance& instance : instances_to_judge(agreement, tellings, clause)) {
    judge_instance(record, instance, verdicts);
  }
}

namespace {

// What all accounts together say of one side's slices.
struct PhaseSummary {
  base::Instant finish = base::kAfterTime;
  base::Instant last_finish = base::kBeforeTime;
  base::Instant failed_at = base::kAfterTime;
  std::optional<facts::FactId> completed;
  bool is_released = false;
  bool is_too_late = true;
};

void take_in(const facts::Evidence& evidence, const PhaseOpinion& said, PhaseSummary& summary) {
  summary.finish = std::min(summary.finish, said.finish.earliest);
  summary.last_finish = std::max(summary.last_finish, said.finish.latest);
  summary.is_released = summary.is_released || said.is_released;
  summary.is_too_late = summary.is_too_late && said.is_too_late;
  summary.failed_at = std::min(summary.failed_at, said.failed_at.value_or(base::kAfterTime));
  const auto begun = [&](facts::FactId fact) { return evidence.fact(fact).when.from; };
  if (said.last_slice.has_value() &&
      (!summary.completed.has_value() || begun(*said.last_slice) < begun(*summary.completed))) {
    summary.completed = said.last_slice;
  }
}

}  // namespace

void judge_phases(const Case& record, ClauseId clause, facts::Verdicts& verdicts) {
  const auto& [agreement, evidence, tellings, worlds] = record;
  const std::vector<std::vector<ActorId>> sides = tellings.front()->sides(clause);
  for (std::size_t side = 0; side < sides.size(); ++side) {
    facts::Verdict verdict;
    verdict.clause = clause;
    verdict.bearers = sides[side];
    PhaseSummary summary;
    for (const auto& telling : tellings) {
      const PhaseOpinion said = telling->phase_opinion(clause, side);
      take_in(evidence, said, summary);
      if (said.opinion.has_value()) {
        const facts::AccountId account = *telling->account();
        verdict.opinions.push_back(
            {account, worlds.settled(*said.opinion, account, clause,
                                     [&](const facts::Evidence& /*evidence*/, Telling& in_world) {
                                       return in_world.phase_opinion(clause, side).opinion;
                                     })});
      }
    }
    verdict.at = summary.finish < base::kAfterTime ? summary.finish : evidence.now;
    if (verdict.opinions.empty()) {
      const bool has_lapsed = summary.is_released || summary.is_too_late;
      verdict.outcome = has_lapsed                           ? Outcome::Lapsed
                        : evidence.now > summary.last_finish ? Outcome::Unknown
                                                             : Outcome::Pending;
    } else {
      verdict.outcome = combine(opinions_of(verdict));
    }
    // Which slice it was that decided may be open although all worlds agree.
    if (verdict.outcome == Outcome::Broken && summary.failed_at < base::kAfterTime) {
      verdict.at = summary.failed_at;
    }
    if (verdict.outcome == Outcome::Kept && summary.completed.has_value()) {
      verdict.incident = evidence.fact(*summary.completed).incident;
      verdict.at = evidence.fact(*summary.completed).when.from;
    }
    add_verdict(agreement, std::move(verdict), true, verdicts);
  }
}

}  // namespace truce::semantics::internal
