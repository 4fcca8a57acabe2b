// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/engine.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace truce::monitor::internal {

bool comes_before(const facts::Verdict& a, const facts::Verdict& b) {
  return std::tie(a.clause, a.at, a.incident, a.bearers) <
         std::tie(b.clause, b.at, b.incident, b.bearers);
}

namespace {

Adding adding_of(const agreement::Agreement& agreement) {
  return {agreement.day_rule, agreement.clock};
}

void add_count(facts::ClauseCount& count, facts::Outcome outcome) {
  switch (outcome) {
    case facts::Outcome::Broken:
      ++count.broken;
      return;
    case facts::Outcome::Unknown:
      ++count.unknown;
      return;
    case facts::Outcome::Contested:
      ++count.contested;
      return;
    case facts::Outcome::Kept:
      ++count.kept;
      return;
    case facts::Outcome::Pending:
    case facts::Outcome::Lapsed:
      return;
  }
}

}  // namespace

Engine::Engine(const agreement::Agreement& agreement, const facts::Evidence& evidence,
               Shared shared, bool with_worlds)
    : record_(agreement, evidence, std::move(shared.signatures)),
      acts_(record_, std::move(shared.closure)),
      worlds_(record_, acts_, with_worlds),
      responses_(record_, acts_, adding_of(agreement)),
      clocks_(
          record_, acts_, responses_, questions_, adding_of(agreement),
          [this](agreement::ClauseId clause, facts::AccountId account) {
            return duties_.begun(clause, account);
          },
          record_.is_without_epochs() ? std::move(shared.said) : nullptr, shared.reached),
      activations_(record_, clocks_, questions_,
                   {[this](agreement::ClauseId clause, facts::AccountId account) {
                      return duties_.performed(clause, account);
                    },
                    [this](agreement::ClauseId clause, facts::AccountId account) {
                      return duties_.broken(clause, account);
                    },
                    [this](agreement::ClauseId clause, facts::FactId fact) {
                      return prohibitions_.breach_by_any(clause, fact);
                    }}),
      force_(record_, clocks_, activations_, questions_),
      prohibitions_(record_, acts_, clocks_, force_, questions_, worlds_,
                    std::move(shared.relations),
                    record_.is_without_epochs() ? std::move(shared.reaches) : nullptr),
      duties_(record_, acts_, clocks_, activations_, force_, questions_, worlds_,
              record_.is_without_epochs() ? std::move(shared.done) : nullptr) {
  Shared known{.closure = acts_.closure(),
               .relations = prohibitions_.relations(),
               .footprints = std::move(shared.footprints),
               .signatures = record_.numbering(),
               .reaches = nullptr,
               .done = nullptr,
               .said = nullptr,
               .places = std::move(shared.places),
               .reached = std::move(shared.reached)};
  if (record_.is_without_epochs()) {
    known.reaches = prohibitions_.reaches();
    known.done = duties_.done();
    known.said = clocks_.said();
  }
  worlds_.share(std::move(known));
}

Engine::Result Engine::judge() {
  std::vector<agreement::ClauseId> all;
  for (std::size_t i = 0; i < record_.agreement().clauses.size(); ++i) {
    all.push_back(base::id_at<agreement::ClauseId>(i));
  }
  return judge(all);
}

Engine::Result Engine::judge(const std::vector<agreement::ClauseId>& wanted) {
  const std::vector<agreement::Clause>& clauses = record_.agreement().clauses;
  Result result;
  facts::Verdicts of_prohibitions;
  of_prohibitions.counts.resize(clauses.size());
  for (const agreement::ClauseId id : wanted) {
    const std::size_t i = id.index;
    std::vector<DutyState> states;
    switch (clauses[i].form) {
      case agreement::Form::Prohibition:
        prohibitions_.judge(id, of_prohibitions);
        break;
      case agreement::Form::Duty:
      case agreement::Form::Effort:
        states = duties_.judge(id);
        break;
      case agreement::Form::Phases:
        states = duties_.judge_phases(id);
        break;
      case agreement::Form::Watch:
        prohibitions_.watch(id, of_prohibitions);
        break;
      case agreement::Form::Permission:
      case agreement::Form::Power:
      case agreement::Form::Reservation:
        break;
    }
    for (DutyState& state : states) {
      add_count(of_prohibitions.counts[i], state.verdict.outcome);
      result.judged.push_back({state.verdict, std::move(state)});
    }
  }
  for (facts::Verdict& verdict : of_prohibitions.verdicts) {
    if (verdict.outcome != facts::Outcome::Kept) {
      result.judged.push_back({std::move(verdict), std::nullopt});
    }
  }
  std::stable_sort(
      result.judged.begin(), result.judged.end(),
      [](const Judged& a, const Judged& b) { return comes_before(a.verdict, b.verdict); });
  result.counts = std::move(of_prohibitions.counts);
  result.points = std::move(of_prohibitions.points);
  std::stable_sort(
      result.points.begin(), result.points.end(), [](const facts::Point& a, const facts::Point& b) {
        return std::tie(a.clause, a.at, a.incident) < std::tie(b.clause, b.at, b.incident);
      });
  return result;
}

void Engine::add_clocks(const std::string& name, agreement::SituationId situation,
                        const agreement::Streak& streak, std::vector<StreakClock>& into) {
  for (std::size_t i = 0; i < record_.evidence().accounts.size(); ++i) {
    const auto account = base::id_at<facts::AccountId>(i);
    const std::vector<Interruption> interruptions = clocks_.interruptions(streak, account);
    const bool has_coverage = std::any_of(
        record_.evidence().coverage.begin(), record_.evidence().coverage.end(),
        [&](const facts::ResolvedCoverage& coverage) { return coverage.account == account; });
    if (interruptions.empty() && !has_coverage && !record_.evidence().accounts[i].is_closed) {
      continue;
    }
    const MomentRange end = clocks_.streak(streak, account);
    StreakClock clock;
    clock.name = name;
    clock.situation = situation;
    clock.account = account;
    clock.start = clocks_.streak_start(streak, account).earliest;
    clock.period = agreement::approximate(streak.period);
    clock.earliest_end = end.earliest;
    clock.latest_end = end.latest;
    for (const Interruption& interruption : interruptions) {
      if (facts::last_of(interruption.when) >= clock.start && interruption.when.from < end.latest) {
        clock.resets.push_back(
            {record_.fact(interruption.fact).incident, interruption.when, interruption.is_certain});
      }
    }
    into.push_back(std::move(clock));
  }
}

std::vector<StreakClock> Engine::streak_clocks() {
  std::vector<StreakClock> result;
  const agreement::Agreement& agreement = record_.agreement();
  for (std::size_t i = 0; i < agreement.situations.size(); ++i) {
    if (const auto* streak = std::get_if<agreement::Streak>(&agreement.situations[i].what)) {
      add_clocks(agreement.situations[i].name, base::id_at<agreement::SituationId>(i), *streak,
                 result);
    }
  }
  for (const agreement::Moment& moment : agreement.moments) {
    if (moment.streak) {
      add_clocks(moment.name, agreement::SituationId{}, *moment.streak, result);
    }
  }
  return result;
}

std::vector<ForceHistory> Engine::force_histories() {
  std::vector<ForceHistory> result;
  for (std::size_t i = 0; i < record_.agreement().clauses.size(); ++i) {
    const agreement::Form form = record_.agreement().clauses[i].form;
    if (form == agreement::Form::Prohibition || form == agreement::Form::Permission) {
      result.push_back(force_.history(base::id_at<agreement::ClauseId>(i)));
    }
  }
  return result;
}

}  // namespace truce::monitor::internal
