// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/formula.h"

#include <algorithm>

#include "truce/monitor/internal/engine.h"

namespace truce::monitor {

using agreement::ActorId;
using facts::Truth;
using internal::Prohibitions;
using internal::Scene;
using internal::Timeline;

class Formulas::Impl {
 public:
  explicit Impl(const agreement::Agreement& agreement)
      : agreement_(agreement), engine_(agreement, evidence_) {}

  const agreement::Agreement& agreement() const { return agreement_; }
  const internal::Acts& acts() const { return engine_.acts(); }
  Prohibitions& prohibitions() { return engine_.prohibitions(); }

  // In what way the clause and its permissions bear on each target and weapon of the fact.
  Formula formula(agreement::ClauseId id, ActorId bearer, const facts::Fact& fact) {
    Formula found;
    found.clause = id;
    found.bearer = bearer;
    const internal::Alternative alternative = internal::alternatives_of(fact).front();
    for (const internal::Alternative& single : internal::singles_of(alternative)) {
      Prohibitions::Strand strand = prohibitions().strand(id, bearer, {fact, single, 0});
      if (strand.is_act == Truth::No) {
        continue;
      }
      Formula::Strand one{guard(id, bearer, strand.is_act, strand.target), {}};
      bool is_lifted = false;
      for (const Prohibitions::Permitted& permitted : strand.permitted) {
        Guard lift = guard(permitted.clause, bearer, permitted.truth, strand.target);
        is_lifted =
            is_lifted || (lift.truth == Truth::Yes && lift.lookups.empty() &&
                          lift.in_force.size() == 1 && lift.in_force.front().truth == Truth::Yes);
        if (lift.truth != Truth::No) {
          one.lifts.push_back(std::move(lift));
        }
      }
      if (one.guard.truth != Truth::No && !is_lifted) {
        found.strands.push_back(std::move(one));
      }
    }
    return found;
  }

 private:
  Guard guard(agreement::ClauseId id, ActorId bearer, Truth truth, const facts::Value& target) {
    const agreement::Clause& clause = agreement_.clause(id);
    Guard result;
    result.truth = truth;
    const auto add = [&](const agreement::Condition& condition, bool is_negated) {
      if (!condition.situation) {
        result.truth = result.truth && Truth::Maybe;
        return;
      }
      const bool is_response = std::holds_alternative<agreement::Response>(
          agreement_.situations[condition.situation->index].what);
      if (is_response && facts::is_protected(agreement_, target)) {
        // Striking the protected answers nobody's attack.
        result.truth = is_negated != condition.is_negated ? result.truth : Truth::No;
        return;
      }
      Lookup lookup;
      lookup.situation = *condition.situation;
      lookup.is_negated = is_negated != condition.is_negated;
      if (is_response) {
        lookup.bearer = bearer;
        lookup.struck =
            target.head == facts::Value::Head::Actor ? std::optional(target.actor) : target.owner;
      }
      result.lookups.push_back(lookup);
    };
    if (clause.watched) {
      add(*clause.watched, false);
    }
    for (const agreement::Particular& particular : clause.particulars) {
      if (const auto* if_holds = std::get_if<agreement::If>(&particular.what)) {
        add(if_holds->condition, false);
      } else if (const auto* while_holds = std::get_if<agreement::While>(&particular.what)) {
        add(while_holds->condition, false);
      } else if (const auto* unless = std::get_if<agreement::Unless>(&particular.what)) {
        add(unless->condition, true);
      } else if (const auto* except = std::get_if<agreement::Exception>(&particular.what);
                 except != nullptr && except->what == agreement::Exception::What::InSituation) {
        add({except->situation, false, {}, {}}, true);
      }
    }
    const Timeline window = prohibitions().window(id, bearer, engine_.record().nobody());
    for (const Timeline::Step& step : window.steps()) {
      result.in_force.push_back({step.from, step.truth});
    }
    if (result.in_force.size() == 1 && result.in_force.front().truth == Truth::No) {
      result.truth = Truth::No;
    }
    return result;
  }

  const agreement::Agreement& agreement_;
  // Nothing is reported: what remains is what the text alone says.
  facts::Evidence evidence_;
  internal::Engine engine_;
};

Formulas::Formulas(const agreement::Agreement& agreement)
    : impl_(std::make_unique<Impl>(agreement)) {}
Formulas::~Formulas() = default;
Formulas::Formulas(Formulas&&) noexcept = default;
Formulas& Formulas::operator=(Formulas&&) noexcept = default;

bool Formulas::is_exact(const facts::Fact& fact) {
  const auto is_one = [](const facts::Values& values) {
    return values.is_all_of || values.items.size() == 1;
  };
  return fact.institutional == facts::InstitutionalAct::None && fact.verbs.size() == 1 &&
         !fact.is_verb_unknown && fact.actors.size() == 1 && !fact.is_actor_unknown &&
         is_one(fact.objects) && is_one(fact.weapons) && fact.when.from == fact.when.to;
}

std::vector<ActorId> Formulas::subjects(const agreement::Subject& subject) const {
  return internal::subjects_of(impl_->agreement(), subject);
}

std::vector<Formula> Formulas::formulas(const facts::Fact& fact) const {
  const std::vector<agreement::Clause>& clauses = impl_->agreement().clauses;
  const facts::Group& group = fact.actors.front();
  std::vector<Formula> found;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const auto id = base::id_at<agreement::ClauseId>(i);
    const bool is_watch = clauses[i].form == agreement::Form::Watch;
    if ((!is_watch && clauses[i].form != agreement::Form::Prohibition) ||
        !impl_->acts().may_be(fact, clauses[i].act)) {
      continue;
    }
    Formula point{id, std::nullopt, {}};
    for (const ActorId bearer : subjects(clauses[i].subject)) {
      if (!std::binary_search(group.begin(), group.end(), bearer)) {
        continue;
      }
      Formula one = impl_->formula(id, bearer, fact);
      if (is_watch) {
        point.strands.insert(point.strands.end(), std::make_move_iterator(one.strands.begin()),
                             std::make_move_iterator(one.strands.end()));
      } else if (!one.strands.empty()) {
        found.push_back(std::move(one));
      }
    }
    if (!point.strands.empty()) {
      found.push_back(std::move(point));
    }
  }
  return found;
}

Truth Formulas::is_occurrence(const agreement::Occurrence& occurrence,
                              const facts::Fact& fact) const {
  const facts::Group& group = fact.actors.front();
  Truth result = Truth::No;
  const internal::Alternative alternative = internal::alternatives_of(fact).front();
  for (const ActorId subject : subjects(occurrence.subject)) {
    if (!std::binary_search(group.begin(), group.end(), subject)) {
      continue;
    }
    for (const internal::Alternative& single : internal::singles_of(alternative)) {
      const Scene scene{fact, single, 0};
      Truth one = impl_->acts().is_act(scene, occurrence.act, subject, false);
      for (const agreement::Exception& exception : occurrence.exceptions) {
        one = one && !impl_->acts().is_excepted(scene, exception, subject);
      }
      result = result || one;
    }
  }
  return result;
}

Truth Formulas::is_attack(agreement::SituationId response, ActorId bearer,
                          std::optional<ActorId> struck, const facts::Fact& fact) const {
  const agreement::Agreement& agreement = impl_->agreement();
  const auto* what = std::get_if<agreement::Response>(&agreement.situations[response.index].what);
  const auto attack = agreement.vocabulary.find_verb("attack");
  if (what == nullptr || !attack) {
    return Truth::No;
  }
  const internal::Alternative alternative = internal::alternatives_of(fact).front();
  const Truth is_it = impl_->acts().is_or_implies(alternative.verb, *attack)
                          ? impl_->acts().has_object({fact, alternative, 0}, what->on, bearer)
                          : Truth::No;
  return is_it && (struck ? internal::Acts::acts(fact, *struck) : Truth::Maybe);
}

Truth Formulas::is_performance(agreement::ClauseId duty, const std::vector<ActorId>& bearers,
                               const facts::Fact& fact) const {
  const agreement::Clause& clause = impl_->agreement().clause(duty);
  Truth done_by = Truth::Yes;
  for (const ActorId bearer : bearers) {
    done_by = done_by && internal::Acts::acts(fact, bearer);
  }
  const internal::Alternative alternative = internal::alternatives_of(fact).front();
  const Scene scene{fact, alternative, 0};
  return done_by && impl_->acts().is_act(scene, clause.act, bearers.front(), true) &&
         impl_->acts().is_in(scene, clause, bearers.front());
}

}  // namespace truce::monitor
