// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/internal/told.h"

#include <algorithm>
#include <utility>

namespace truce::workbench {
namespace {

using agreement::Agreement;
using monitor::StandingVerdict;

// What stands where no verdict is listed: prohibitions that are kept are not.
std::string word_of_none(bool is_prohibition, bool is_on_record) {
  return is_prohibition && is_on_record ? "kept" : "";
}

bool is_final(const Agreement& agreement, const monitor::VerdictKey& key,
              const StandingVerdict& verdict) {
  const bool is_duty = agreement.clause(key.clause).form != agreement::Form::Prohibition &&
                       !verdict.holds.has_value();
  return !is_duty ||
         (verdict.outcome != facts::Outcome::Pending && verdict.outcome != facts::Outcome::Unknown);
}

std::vector<std::string> names_of(const Agreement& agreement,
                                  const std::vector<agreement::ActorId>& actors) {
  std::vector<std::string> names;
  for (const agreement::ActorId actor : actors) {
    names.push_back(agreement.actor(actor).name);
  }
  return names;
}

bool find_actors(const Agreement& agreement, const std::vector<std::string>& names,
                 std::vector<agreement::ActorId>& found) {
  for (const std::string& name : names) {
    const auto actor = agreement.find_actor(name);
    if (!actor) {
      return false;
    }
    found.push_back(*actor);
  }
  return true;
}

}  // namespace

std::string verdict_word(const StandingVerdict& verdict) {
  if (verdict.holds) {
    return *verdict.holds == facts::Truth::Yes ? "point" : "possible point";
  }
  return std::string(facts::to_text(verdict.outcome));
}

ToldChange told_of(const Agreement& agreement, const monitor::VerdictChange& change,
                   const OnRecord& incident) {
  const StandingVerdict& shown = change.after ? *change.after : *change.before;
  const bool is_prohibition =
      agreement.clause(change.key.clause).form == agreement::Form::Prohibition;
  ToldChange told;
  told.clause = agreement.clause(change.key.clause).number;
  facts::Verdict whose;
  whose.clause = change.key.clause;
  whose.bearers = change.key.bearers;
  told.bearer = facts::bearer_text(agreement, whose);
  told.period = change.key.period;
  told.incident = shown.incident;
  told.about = is_prohibition || shown.holds ? std::string() : change.key.about;
  told.at = shown.at;
  told.verdict =
      change.after ? verdict_word(*change.after) : word_of_none(is_prohibition, incident.is_known);
  told.was = change.before ? verdict_word(*change.before)
                           : word_of_none(is_prohibition, incident.was_known);
  told.is_final = !change.after || is_final(agreement, change.key, *change.after);
  if (change.after) {
    told.by_account = change.after->opinions;
    for (const auto& said : told.by_account) {
      const bool is_old =
          change.before && std::find(change.before->opinions.begin(), change.before->opinions.end(),
                                     said) != change.before->opinions.end();
      if (!is_old) {
        told.newly_said.push_back(said);
      }
    }
    told.blame = names_of(agreement, change.after->blame);
  }
  told.because = change.because;
  return told;
}

std::vector<ToldVerdict> to_names(const Agreement& agreement,
                                  const monitor::StandingVerdicts& standing) {
  std::vector<ToldVerdict> told;
  for (const auto& [key, verdict] : standing) {
    told.push_back({.clause = agreement.clause(key.clause).number,
                    .bearers = names_of(agreement, key.bearers),
                    .about = key.about,
                    .period = key.period,
                    .ordinal = key.ordinal,
                    .incident = verdict.incident,
                    .at = verdict.at,
                    .is_at_present = verdict.is_at_present,
                    .outcome = verdict.outcome,
                    .holds = verdict.holds,
                    .opinions = verdict.opinions,
                    .blame = names_of(agreement, verdict.blame)});
  }
  return told;
}

base::Result<monitor::StandingVerdicts> from_names(const Agreement& agreement,
                                                   const std::vector<ToldVerdict>& told) {
  monitor::StandingVerdicts standing;
  for (const ToldVerdict& one : told) {
    const auto clause = agreement.find_clause(one.clause);
    monitor::VerdictKey key{
        clause.value_or(agreement::ClauseId{}), {}, one.about, one.period, one.ordinal};
    StandingVerdict verdict{.incident = one.incident,
                            .at = one.at,
                            .is_at_present = one.is_at_present,
                            .outcome = one.outcome,
                            .holds = one.holds,
                            .opinions = one.opinions,
                            .blame = {}};
    if (!clause || !find_actors(agreement, one.bearers, key.bearers) ||
        !find_actors(agreement, one.blame, verdict.blame)) {
      return base::Error{base::ErrorCode::Corrupt,
                         "it speaks of what the agreement does not have; remove it to begin anew"};
    }
    standing.emplace(std::move(key), std::move(verdict));
  }
  return standing;
}

incidents::Coverage covers_all(const std::string& observer) {
  return {.observer = observer,
          .when = {base::kBeforeTime, base::kAfterTime},
          .places = {},
          .kinds = {},
          .origin = {}};
}

}  // namespace truce::workbench
