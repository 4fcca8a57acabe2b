// SPDX-License-Identifier: Apache-2.0
// Readings: the agreement with one alternative taken for each bracket.
#include <algorithm>
#include <set>

#include "truce/agreement/agreement.h"
#include "truce/agreement/internal/check_clauses.h"
#include "truce/agreement/internal/regions.h"

namespace truce::agreement {
namespace {

// Drops from every list the words of alternatives that are not chosen, and frees the chosen ones
// from their bracket.
class Settler {
 public:
  explicit Settler(const Reading& reading) : reading_(reading) {}

  [[nodiscard]] bool is_chosen(const AlternativeRef& ref) const {
    return ref.bracket.index < reading_.size() && reading_[ref.bracket.index] == ref.alternative;
  }

  template <typename Part>
  void keep_chosen(std::vector<Part>& parts) const {
    std::erase_if(parts, [&](const Part& part) {
      return part.only_in.has_value() && !is_chosen(*part.only_in);
    });
    for (Part& part : parts) {
      part.only_in = std::nullopt;
    }
  }

  void operator()(std::vector<Agent>& agents) const { keep_chosen(agents); }
  void operator()(std::vector<ClauseRef>& refs) const { keep_chosen(refs); }

  void operator()(Noun& noun) const {
    // Owners nest a few deep; a loop would need the same stack.
    for (Noun& owner : noun.owner) {
      (*this)(owner);
    }
  }
  void operator()(Nouns& nouns) const {
    keep_chosen(nouns.items);
    for (Noun& noun : nouns.items) {
      (*this)(noun);
    }
  }
  void operator()(Act& act) const {
    (*this)(act.object);
    keep_chosen(act.complements);
    for (Complement& complement : act.complements) {
      (*this)(complement.nouns);
    }
  }
  void operator()(MomentExpression& moment) const {
    keep_chosen(moment.steps);
    moment.only_in = std::nullopt;
  }
  void operator()(Deadline& deadline) const { (*this)(deadline.moment); }
  template <typename Part>
  void operator()(std::optional<Part>& part) const {
    if (part.has_value()) {
      (*this)(*part);
    }
  }
  void operator()(Fixing& fixing) const {
    (*this)(fixing.agents);
    (*this)(fixing.deadline);
  }
  void operator()(Exception& exception) const { (*this)(exception.nouns); }
  void operator()(Streak& streak) const { (*this)(streak.from); }
  void operator()(StandingStreak& streak) const { (*this)(streak.from); }
  void operator()(Frequency& frequency) const { (*this)(frequency.occasion); }
  void operator()(Response& response) const {
    (*this)(response.on);
    (*this)(response.reported_to);
  }
  void operator()(Occurrence& occurrence) const {
    (*this)(occurrence.subject.agents);
    (*this)(occurrence.act);
    for (Exception& exception : occurrence.exceptions) {
      (*this)(exception);
    }
    (*this)(occurrence.from);
  }

  // The particulars, in the order of the variant.
  void operator()(InPlace& in) const { (*this)(in.places); }
  void operator()(From& from) const { (*this)(from.at); }
  void operator()(Until& until) const { (*this)(until.at); }
  void operator()(For&) const {}
  void operator()(Due& due) const { (*this)(due.deadline); }
  void operator()(Start& start) const { (*this)(start.deadline); }
  void operator()(Finish& finish) const { (*this)(finish.deadline); }
  void operator()(Interval&) const {}
  void operator()(If&) const {}
  void operator()(While&) const {}
  void operator()(Unless&) const {}
  void operator()(Upon& upon) const {
    (*this)(upon.clauses);
    (*this)(upon.things);
    (*this)(upon.agents);
  }
  void operator()(Whenever& whenever) const { (*this)(whenever.what); }
  void operator()(Reciprocally& part) const { (*this)(part.clauses); }
  void operator()(Despite& part) const { (*this)(part.clauses); }
  void operator()(SubjectTo& part) const { (*this)(part.clauses); }
  void operator()(Renewable& renewable) const { (*this)(renewable.agents); }
  void operator()(Monitored& monitored) const {
    (*this)(monitored.agents);
    (*this)(monitored.from);
    (*this)(monitored.means);
  }
  void operator()(Determined& determined) const { (*this)(determined.agents); }
  void operator()(Ensured& ensured) const { (*this)(ensured.agents); }
  void operator()(Consequence& consequence) const { (*this)(consequence.clauses); }
  void operator()(Surviving& surviving) const { (*this)(surviving.clauses); }
  void operator()(Amending& amending) const { (*this)(amending.clauses); }
  void operator()(Notice&) const {}
  void operator()(Note&) const {}
  void operator()(LanguageText&) const {}
  void operator()(Phase& phase) const {
    (*this)(phase.agents);
    (*this)(phase.act);
  }

  void operator()(Power& power) const {
    (*this)(power.clauses);
    power.only_in = std::nullopt;
  }
  void operator()(Clause& clause) const {
    (*this)(clause.subject.agents);
    (*this)(clause.act);
    for (const Power& disputed : clause.disputed_powers) {
      if (is_chosen(*disputed.only_in)) {
        clause.power = disputed;
      }
    }
    clause.disputed_powers.clear();
    (*this)(clause.power);
    (*this)(clause.phase_agents);
    keep_chosen(clause.particulars);
    for (Particular& particular : clause.particulars) {
      std::visit(*this, particular.what);
    }
  }
  void operator()(Actor& actor) const {
    (*this)(actor.listed_by);
    (*this)(actor.open_to);
    (*this)(actor.members);
    (*this)(actor.chairs);
    (*this)(actor.monitors);
    (*this)(actor.decision.failing_which);
  }
  void operator()(Situation& situation) const {
    for (auto& [only_in, what] : situation.disputed) {
      if (is_chosen(only_in)) {
        situation.what = what;
      }
    }
    situation.disputed.clear();
    std::visit(*this, situation.what);
  }
  void operator()(Moment& moment) const {
    if (!moment.disputed.empty()) {
      moment.expression = std::nullopt;
      moment.streak = std::nullopt;
    }
    for (auto& [only_in, what] : moment.disputed) {
      if (!is_chosen(only_in)) {
        continue;
      }
      if (const auto* expression = std::get_if<MomentExpression>(&what)) {
        moment.expression = *expression;
      } else {
        moment.streak = std::get<Streak>(what);
      }
    }
    moment.disputed.clear();
    (*this)(moment.expression);
    (*this)(moment.streak);
    (*this)(moment.fixing);
  }
  void operator()(Kind& kind) const {
    keep_chosen(kind.definition);
    for (const auto& [parent, only_in] : kind.disputed_parents) {
      if (is_chosen(only_in)) {
        kind.parents.push_back(parent);
      }
    }
    kind.disputed_parents.clear();
  }

 private:
  const Reading& reading_;
};

bool proposed_by(const Agreement& agreement, const Bracket::Alternative& alternative,
                 ActorId proposer) {
  for (const Agent& agent : alternative.proposers) {
    const std::vector<ActorId> actors = agreement.resolve(agent, proposer);
    if (std::find(actors.begin(), actors.end(), proposer) != actors.end()) {
      return true;
    }
  }
  return false;
}

}  // namespace

Reading reading_of(const Agreement& agreement, ActorId proposer) {
  Reading reading;
  for (const Bracket& bracket : agreement.brackets) {
    std::uint32_t chosen = 0;
    for (std::uint32_t i = 0; i < bracket.alternatives.size(); ++i) {
      if (proposed_by(agreement, bracket.alternatives[i], proposer)) {
        chosen = i;
        break;
      }
    }
    reading.push_back(chosen);
  }
  return reading;
}

std::vector<ActorId> proposers(const Agreement& agreement) {
  std::set<ActorId> found;
  for (const Bracket& bracket : agreement.brackets) {
    for (const Bracket::Alternative& alternative : bracket.alternatives) {
      for (const Agent& agent : alternative.proposers) {
        // A relative name, such as `its Guarantor`, proposes for nobody: there is no bearer.
        if (agent.who == Agent::Who::Actor || agent.who == Agent::Who::EachParty ||
            agent.who == Agent::Who::EachGuarantor) {
          const std::vector<ActorId> actors = agreement.resolve(agent, ActorId());
          found.insert(actors.begin(), actors.end());
        }
      }
    }
  }
  return {found.begin(), found.end()};
}

Agreement in_reading(const Agreement& agreement, const Reading& reading) {
  Agreement settled = agreement;
  const Settler settle(reading);
  for (Actor& actor : settled.actors) {
    settle(actor);
  }
  for (Place& place : settled.places) {
    settle.keep_chosen(place.terms);
    settle(place.fixing);
  }
  for (Kind& kind : settled.vocabulary.kinds) {
    settle(kind);
  }
  settled.vocabulary.relate_kinds();
  for (Situation& situation : settled.situations) {
    settle(situation);
  }
  for (Moment& moment : settled.moments) {
    settle(moment);
  }
  for (Clause& clause : settled.clauses) {
    settle(clause);
  }
  for (Harm& harm : settled.harms) {
    settle(harm.subject.agents);
    settle(harm.act);
  }
  for (Scenario& scenario : settled.scenarios) {
    for (ScenarioEvent& event : scenario.events) {
      settle(event.agents);
      settle(event.act);
      settle(event.power);
    }
    for (Expectation& expectation : scenario.expectations) {
      settle(expectation.agents);
      settle(expectation.clauses);
    }
  }
  settle(settled.signatories);
  settle(settled.force_from);
  settle(settled.depositaries);
  settle(settled.amending);
  settled.brackets.clear();
  internal::complete_watches(settled);
  internal::compose_regions(settled.places);
  return settled;
}

}  // namespace truce::agreement
