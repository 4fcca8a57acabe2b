// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "truce/facts/words.h"
#include "truce/monitor/internal/explain.h"

namespace truce::monitor::internal {

using facts::Outcome;
using facts::Truth;

namespace {

// The acts that hurt: attack, and what the text names under `harms`.
std::vector<agreement::VerbId> harmful_verbs(const agreement::Agreement& agreement) {
  std::vector<agreement::VerbId> verbs;
  if (const auto attack = agreement.vocabulary.find_verb("attack")) {
    verbs.push_back(*attack);
  }
  for (const agreement::Harm& harm : agreement.harms) {
    if (harm.act.verb) {
      verbs.push_back(*harm.act.verb);
    }
  }
  return verbs;
}

}  // namespace

// The part of the clause that does not reach the fact, for whichever bearer it comes closest to.
facts::Wording Explainer::why_not(agreement::ClauseId id, facts::FactId fact_id) {
  const agreement::Clause& clause = agreement().clause(id);
  std::optional<Aspect> best;
  const std::vector<agreement::ActorId> bearers = subjects_of(agreement(), clause.subject);
  if (bearers.empty()) {
    return facts::say("{} binds nobody who signed", clause.number);
  }
  // Most incidents of a long record lie outside the window: nothing else need be asked.
  if (engine_.prohibitions().window(id, fact(fact_id).account).over(fact(fact_id).when).truth() ==
      Truth::No) {
    return when(id, fact_id).why_not;
  }
  for (const agreement::ActorId bearer : bearers) {
    const std::vector<Aspect> all = aspects(id, bearer, fact_id);
    // A bearer who did it says more than one who did not: the clause fails him in other words.
    for (const Aspect& aspect : all) {
      if (aspect.truth == Truth::No && aspect.of != Aspect::Of::Who) {
        const bool is_his = Acts::acts(fact(fact_id), bearer) != Truth::No;
        if (is_his) {
          return aspect.why_not;
        }
        break;
      }
    }
    if (!best) {
      const auto failing = std::find_if(
          all.begin(), all.end(), [](const Aspect& aspect) { return aspect.truth == Truth::No; });
      if (failing != all.end()) {
        best = *failing;
      }
    }
  }
  return best ? best->why_not : facts::say("{} is not broken by it", clause.number);
}

// For each clause that forbids what the fact may be, a sentence that was not yet `said`.
void Explainer::add_why_not(facts::FactId id, std::set<std::string>& said, UnderNoClause& none) {
  const facts::Fact& its_fact = fact(id);
  for (std::size_t j = 0; j < agreement().clauses.size(); ++j) {
    const agreement::Clause& clause = agreement().clauses[j];
    if (clause.form != agreement::Form::Prohibition || !clause.is_shown || !clause.act.verb ||
        !may_be(its_fact, *clause.act.verb)) {
      continue;
    }
    std::string sentence = why_not(base::id_at<agreement::ClauseId>(j), id).english();
    if (said.insert(sentence).second) {
      none.sentences.push_back(std::move(sentence));
    }
  }
}

bool Explainer::may_be(const facts::Fact& its_fact, agreement::VerbId asked) const {
  return std::any_of(its_fact.verbs.begin(), its_fact.verbs.end(), [&](agreement::VerbId verb) {
    return engine_.acts().is_or_implies(verb, asked);
  });
}

std::vector<UnderNoClause> Explainer::under_no_clause(const std::vector<Judged>& judged) {
  const facts::Evidence& evidence = engine_.record().evidence();
  std::vector<bool> is_spoken_of(evidence.incidents.size());
  for (const Judged& one : judged) {
    const Outcome outcome = one.verdict.outcome;
    if (one.verdict.incident && !one.duty &&
        (outcome == Outcome::Broken || outcome == Outcome::Unknown ||
         outcome == Outcome::Contested)) {
      is_spoken_of[one.verdict.incident->index] = true;
    }
  }
  const std::vector<agreement::VerbId> harmful = harmful_verbs(agreement());
  std::vector<UnderNoClause> result;
  for (std::size_t i = 0; i < evidence.incidents.size(); ++i) {
    if (is_spoken_of[i]) {
      continue;
    }
    UnderNoClause none{base::id_at<facts::IncidentId>(i), {}};
    std::set<std::string> said;
    bool is_harm = false;
    for (const facts::FactId id : evidence.incidents[i].facts) {
      const facts::Fact& its_fact = fact(id);
      const bool may_harm =
          std::any_of(harmful.begin(), harmful.end(),
                      [&](agreement::VerbId verb) { return may_be(its_fact, verb); });
      if (its_fact.institutional != facts::InstitutionalAct::None || !may_harm) {
        continue;
      }
      is_harm = true;
      add_why_not(id, said, none);
    }
    if (is_harm && none.sentences.empty()) {
      none.sentences.emplace_back("the agreement has no clause that forbids it");
    }
    if (is_harm) {
      result.push_back(std::move(none));
    }
  }
  return result;
}

}  // namespace truce::monitor::internal
