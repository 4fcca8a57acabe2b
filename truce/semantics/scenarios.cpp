// SPDX-License-Identifier: Apache-2.0
#include "truce/semantics/scenarios.h"

#include <algorithm>
#include <utility>

#include "truce/facts/resolve.h"
#include "truce/semantics/evaluate.h"
#include "truce/semantics/internal/record.h"

namespace truce::semantics {
namespace {

using agreement::ActorId;
using agreement::Agreement;
using agreement::Expectation;
using facts::Opinion;
using facts::Outcome;
using facts::Verdict;

// One playing of a scenario, in one reading.
struct Playing {
  const Agreement& agreement;
  const facts::Evidence& evidence;
  const facts::Verdicts& verdicts;
};

std::string names(const Agreement& agreement, const Verdict& verdict) {
  return facts::bearer_text(agreement, verdict);
}

// `Government broke 1.1 according to United States`.
std::string clause_words(const std::string& who, const std::string& number, Opinion opinion) {
  switch (opinion) {
    case Opinion::Broken:
      return who + " broke " + number;
    case Opinion::Unknown:
      return "unknown whether " + who + " broke " + number;
    case Opinion::Kept:
      return who + " kept " + number;
  }
  return {};
}

std::string in_words(const Playing& playing, const Verdict& verdict) {
  const std::string who = names(playing.agreement, verdict);
  const std::string number = playing.agreement.clause(verdict.clause).number;
  std::string text = number + " " + std::string(to_text(verdict.outcome)) + " for " + who;
  std::string opinions;
  for (const facts::AccountOpinion& opinion : verdict.opinions) {
    const facts::Account& account = playing.evidence.accounts[opinion.account.index];
    if (!account.is_closed) {
      opinions += opinions.empty() ? ": " : ", ";
      opinions += clause_words(who, number, opinion.opinion) + " according to " + account.name;
    }
  }
  return text + opinions;
}

bool is_among(const std::vector<ActorId>& actors, ActorId actor) {
  return std::find(actors.begin(), actors.end(), actor) != actors.end();
}

std::optional<Opinion> opinion_of(const Playing& playing, const Verdict& verdict,
                                  const agreement::Agent& teller) {
  for (const facts::AccountOpinion& opinion : verdict.opinions) {
    const facts::Account& account = playing.evidence.accounts[opinion.account.index];
    const bool is_teller = teller.who == agreement::Agent::Who::Actor
                               ? account.actor == teller.actor
                               : account.name == teller.text;
    if (is_teller && !account.is_closed) {
      return opinion.opinion;
    }
  }
  return std::nullopt;
}

// Whether the verdict, or the opinion of the teller that is asked for, is `wanted`.
bool is_outcome(const Playing& playing, const Verdict& verdict, const Expectation& expectation,
                Outcome wanted) {
  if (!expectation.according_to.has_value()) {
    return verdict.outcome == wanted;
  }
  const auto opinion = opinion_of(playing, verdict, *expectation.according_to);
  if (!opinion.has_value()) {
    return false;
  }
  switch (*opinion) {
    case Opinion::Broken:
      return wanted == Outcome::Broken;
    case Opinion::Unknown:
      return wanted == Outcome::Unknown;
    case Opinion::Kept:
      return wanted == Outcome::Kept;
  }
  return false;
}

Outcome wanted_by(const Expectation& expectation) {
  switch (expectation.outcome) {
    case Expectation::Outcome::Broken:
      return Outcome::Broken;
    case Expectation::Outcome::Kept:
      return Outcome::Kept;
    case Expectation::Outcome::Unknown:
      return Outcome::Unknown;
    case Expectation::Outcome::Contested:
      return Outcome::Contested;
    case Expectation::Outcome::Pending:
      return Outcome::Pending;
    case Expectation::Outcome::Lapsed:
      return Outcome::Lapsed;
  }
  return Outcome::Unknown;
}

// The verdicts on one clause, and on one bearer if one is asked for.
std::vector<const Verdict*> verdicts_on(const Playing& playing, agreement::ClauseId clause,
                                        std::optional<ActorId> bearer) {
  std::vector<const Verdict*> found;
  for (const Verdict& verdict : playing.verdicts.verdicts) {
    if (verdict.clause == clause && (!bearer.has_value() || is_among(verdict.bearers, *bearer))) {
      found.push_back(&verdict);
    }
  }
  return found;
}

std::vector<std::optional<ActorId>> bearers_asked(const Playing& playing,
                                                  const Expectation& expectation) {
  std::vector<std::optional<ActorId>> asked;
  for (const agreement::Agent& agent : expectation.agents) {
    const std::vector<ActorId> actors = playing.agreement.resolve(agent, {});
    asked.insert(asked.end(), actors.begin(), actors.end());
  }
  if (expectation.agents.empty()) {
    asked.emplace_back(std::nullopt);
  }
  return asked;
}

// Of what the scenario tells, nothing is or may be a breach.
std::vector<const Verdict*> possible_breaches(const Playing& playing,
                                              const Expectation& expectation) {
  std::vector<const Verdict*> found;
  for (const Verdict& verdict : playing.verdicts.verdicts) {
    const bool is_kept = is_outcome(playing, verdict, expectation, Outcome::Kept);
    const bool is_told = !expectation.according_to.has_value() ||
                         opinion_of(playing, verdict, *expectation.according_to).has_value();
    if (verdict.incident.has_value() && is_told && !is_kept) {
      found.push_back(&verdict);
    }
  }
  return found;
}

// Whether the clause makes the actor answerable for anything.
bool binds(const Agreement& agreement, agreement::ClauseId id, ActorId bearer) {
  const agreement::Clause& clause = agreement.clause(id);
  std::vector<ActorId> bound = internal::bearers_of(agreement, clause.subject);
  for (const agreement::Agent& agent : clause.phase_agents) {
    const std::vector<ActorId> actors = agreement.resolve(agent, {});
    bound.insert(bound.end(), actors.begin(), actors.end());
  }
  return is_among(bound, bearer);
}

bool is_expected(const Playing& playing, agreement::ClauseId clause, std::optional<ActorId> bearer,
                 const Expectation& expectation) {
  const std::vector<const Verdict*> verdicts = verdicts_on(playing, clause, bearer);
  const auto is_it = [&](const Verdict* verdict) {
    return is_outcome(playing, *verdict, expectation, wanted_by(expectation));
  };
  if (expectation.outcome != Expectation::Outcome::Kept) {
    return std::any_of(verdicts.begin(), verdicts.end(), is_it);
  }
  // Kept prohibitions are not listed: kept is when nothing else is said.
  return std::all_of(verdicts.begin(), verdicts.end(), is_it);
}

std::string listed(const Playing& playing, const std::vector<const Verdict*>& verdicts) {
  std::string text;
  for (const Verdict* verdict : verdicts) {
    text += text.empty() ? "" : "; ";
    text += in_words(playing, *verdict);
  }
  return text;
}

ExpectationResult check(const Playing& playing, const Expectation& expectation) {
  ExpectationResult result;
  result.text = expectation.text;
  result.has_passed = true;
  if (expectation.is_nobody) {
    const std::vector<const Verdict*> breaches = possible_breaches(playing, expectation);
    result.has_passed = breaches.empty();
    result.got = breaches.empty() ? "nobody in breach" : listed(playing, breaches);
    return result;
  }
  const std::vector<std::optional<ActorId>> asked = bearers_asked(playing, expectation);
  if (asked.empty()) {
    // A name that nobody has would otherwise be right about everything.
    result.has_passed = false;
    result.got = "nobody in this text is called " + expectation.agents.front().text;
    return result;
  }
  for (const agreement::ClauseRef& reference : expectation.clauses) {
    for (std::optional<ActorId> bearer : asked) {
      if (bearer.has_value() && !binds(playing.agreement, reference.clause, *bearer)) {
        result.has_passed = false;
        result.got += result.got.empty() ? "" : "; ";
        result.got += playing.agreement.clause(reference.clause).number + " does not bind " +
                      playing.agreement.actor(*bearer).name;
      }
      result.has_passed =
          result.has_passed && is_expected(playing, reference.clause, bearer, expectation);
    }
    const std::vector<const Verdict*> verdicts =
        verdicts_on(playing, reference.clause, std::nullopt);
    result.got += result.got.empty() ? "" : "; ";
    result.got += verdicts.empty() ? playing.agreement.clause(reference.clause).number + " kept"
                                   : listed(playing, verdicts);
  }
  if (expectation.clauses.empty()) {
    result.has_passed = false;
    result.got = "no such clause";
  }
  return result;
}

// The text itself, or each party's reading of it, with the reading's name.
std::vector<std::pair<std::string, Agreement>> readings(const Agreement& agreement) {
  std::vector<std::pair<std::string, Agreement>> found;
  for (ActorId proposer : agreement::proposers(agreement)) {
    found.emplace_back(
        agreement.actor(proposer).name,
        agreement::in_reading(agreement, agreement::reading_of(agreement, proposer)));
  }
  if (found.empty()) {
    found.emplace_back("", agreement);
  }
  return found;
}

}  // namespace

std::vector<ScenarioResult> run_scenarios(const Agreement& agreement) {
  std::vector<ScenarioResult> results(agreement.scenarios.size());
  for (const auto& [reader, reading] : readings(agreement)) {
    for (std::size_t i = 0; i < reading.scenarios.size(); ++i) {
      const agreement::Scenario& scenario = reading.scenarios[i];
      const facts::Evidence evidence = facts::from_scenario(reading, scenario);
      const facts::Verdicts verdicts = evaluate(reading, evidence);
      ScenarioResult& result = results[i];
      result.name = scenario.name;
      result.expectations.resize(scenario.expectations.size());
      for (std::size_t j = 0; j < scenario.expectations.size(); ++j) {
        ExpectationResult one = check({reading, evidence, verdicts}, scenario.expectations[j]);
        ExpectationResult& all = result.expectations[j];
        if (!one.has_passed && !reader.empty()) {
          one.got += " in the reading of " + reader;
        }
        // The first reading that fails is the one to show.
        if (all.text.empty() || (all.has_passed && !one.has_passed)) {
          all = std::move(one);
        }
      }
    }
  }
  for (ScenarioResult& result : results) {
    // A scenario that expects nothing shows nothing.
    result.has_passed = !result.expectations.empty() &&
                        std::all_of(result.expectations.begin(), result.expectations.end(),
                                    [](const ExpectationResult& one) { return one.has_passed; });
  }
  return results;
}

}  // namespace truce::semantics
