// SPDX-License-Identifier: Apache-2.0
// What happens before an act, so that it is judged as it is: triggers of clauses that wait, acts
// that renew or suspend, attacks that are answered.
#include <algorithm>
#include <variant>

#include "truce/comparison/internal/search.h"
#include "truce/facts/resolve.h"

namespace truce::comparison::internal {
namespace {

using agreement::Agent;
using agreement::Upon;
using facts::InstitutionalAct;

constexpr int kMaxChain = 6;

std::vector<std::string> names_of(const Agreement& agreement, const std::vector<Agent>& agents,
                                  agreement::ActorId bearer = {}) {
  std::vector<std::string> names;
  for (const Agent& agent : agents) {
    for (const agreement::ActorId actor : agreement.resolve(agent, bearer)) {
      const std::string& name = agreement.actor(actor).name;
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(name);
      }
    }
  }
  return names;
}

Deed act_of(const Text& text, const agreement::Act& act, const std::vector<std::string>& actors) {
  const Agreement& agreement = text.agreement;
  Deed deed;
  deed.actors = actors;
  deed.verb = act.verb.has_value() ? agreement.verb(*act.verb).name : "";
  const auto found = actors.empty() ? std::nullopt : agreement.find_actor(actors.front());
  const agreement::ActorId bearer = found.value_or(agreement::ActorId{});
  for (const agreement::Noun& noun : act.object.items) {
    const Thing thing = thing_of(agreement, noun, bearer);
    const bool is_wanted = deed.objects.empty() || act.object.joining == agreement::Joining::And;
    // Where it lies is said by the spot.
    if (is_wanted && thing.what != Thing::What::Place) {
      deed.objects.push_back(thing);
    }
  }
  for (const agreement::Complement& complement : act.complements) {
    if (complement.preposition == agreement::Preposition::With && !complement.nouns.empty()) {
      deed.weapon = thing_of(agreement, complement.nouns.items.front(), bearer);
    }
  }
  return deed;
}

std::vector<Agent> each_party() {
  Agent agent;
  agent.who = Agent::Who::EachParty;
  return {agent};
}

// Those for whose end the clauses wait.
std::vector<const agreement::Streak*> streaks_of(const Text& text,
                                                 const std::vector<ClauseId>& clauses) {
  std::vector<const agreement::Streak*> found;
  const Agreement& agreement = text.agreement;
  const auto add_situation = [&](agreement::SituationId id) {
    if (const auto* streak = std::get_if<agreement::Streak>(&agreement.situations[id.index].what)) {
      found.push_back(streak);
    }
  };
  const auto add_moment = [&](agreement::MomentId id) {
    if (agreement.moments[id.index].streak.has_value()) {
      found.push_back(&*agreement.moments[id.index].streak);
    }
  };
  const auto add = [&](const agreement::MomentExpression& at) {
    if (at.base == agreement::MomentExpression::Base::Streak) {
      add_situation(at.streak);
    } else if (at.base == agreement::MomentExpression::Base::Moment) {
      add_moment(at.moment);
    }
  };
  for (const ClauseId id : clauses) {
    const Clause& clause = agreement.clause(id);
    for (const auto* upon : clause.find_all<Upon>()) {
      if (upon->what == Upon::What::Streak) {
        add_situation(upon->situation);
      } else if (upon->what == Upon::What::Moment) {
        add_moment(upon->moment);
      }
    }
    if (const auto* from = clause.find<agreement::From>()) {
      add(from->at);
    }
    if (const auto* until = clause.find<agreement::Until>()) {
      add(until->at);
    }
    for (const auto* due : clause.find_all<agreement::Due>()) {
      if (due->deadline.moment.has_value()) {
        add(*due->deadline.moment);
      }
    }
  }
  return found;
}

// Writes what happens one after the other, an hour apart.
class Chain {
 public:
  Chain(const Both& both, const Text& text, base::Instant at) : both_(both), text_(text), at_(at) {}

  void add_triggers(ClauseId id, int depth) {
    if (depth == 0) {
      return;
    }
    for (const auto* upon : text_.agreement.clause(id).find_all<Upon>()) {
      add(*upon, depth);
    }
    if (const auto* whenever = text_.agreement.clause(id).find<agreement::Whenever>()) {
      const auto actors = subjects(whenever->what.subject);
      if (!actors.empty()) {
        push(act_of(text_, whenever->what.act, {actors.front()}));
      }
    }
  }
  [[nodiscard]] std::vector<Deed> take() { return std::move(deeds_); }

 private:
  void push(Deed deed) {
    deed.at = at_;
    at_ = at_ + base::kHour;
    deeds_.push_back(std::move(deed));
  }
  void push(InstitutionalAct act, std::vector<std::string> actors, std::vector<std::size_t> clauses,
            std::vector<std::string> accused = {}, std::string fixed = {}) {
    Deed deed;
    deed.institutional = act;
    deed.actors = std::move(actors);
    deed.clauses = std::move(clauses);
    deed.accused = std::move(accused);
    deed.fixed = std::move(fixed);
    push(std::move(deed));
  }
  [[nodiscard]] std::vector<std::string> subjects(const agreement::Subject& subject) const {
    return subject.is_anyone ? names_of(text_.agreement, each_party())
                             : names_of(text_.agreement, subject.agents);
  }

  void perform(ClauseId id, int depth) {
    add_triggers(id, depth - 1);
    const Clause& clause = text_.agreement.clause(id);
    const std::vector<std::string> bearers = bearers_of(text_, id);
    if (clause.subject.mode == agreement::Subject::Mode::Jointly) {
      push(act_of_clause(both_, text_, id, bearers));
      return;
    }
    for (const std::string& bearer : bearers) {
      push(act_of_clause(both_, text_, id, {bearer}));
      if (clause.subject.mode == agreement::Subject::Mode::Either) {
        return;
      }
    }
  }
  // By the first who is bound; a duty is broken by leaving it undone.
  std::vector<std::string> breach(ClauseId id, int depth) {
    const std::vector<std::string> bearers = bearers_of(text_, id);
    if (bearers.empty()) {
      return {};
    }
    if (text_.agreement.clause(id).form == agreement::Form::Prohibition) {
      add_triggers(id, depth - 1);
      push(act_of_clause(both_, text_, id, {bearers.front()}));
    }
    return {bearers.front()};
  }

  void add(const Upon& upon, int depth) {
    switch (upon.what) {
      case Upon::What::Fulfilment:
        for (const agreement::ClauseRef& ref : upon.clauses) {
          perform(ref.clause, depth);
        }
        break;
      case Upon::What::Breach:
        if (!upon.clauses.empty()) {
          breach(upon.clauses.front().clause, depth);
        }
        break;
      case Upon::What::Determination:
        if (!upon.clauses.empty()) {
          determine(upon.clauses.front().clause, depth);
        }
        break;
      case Upon::What::ReportOfClause:
      case Upon::What::ReportOfThing:
      case Upon::What::Notice: {
        std::vector<std::size_t> pairs;
        for (const agreement::ClauseRef& ref : upon.clauses) {
          pairs.push_back(text_.pair_of(ref.clause));
        }
        auto actors = names_of(text_.agreement, upon.agents);
        actors = actors.empty() ? names_of(text_.agreement, each_party()) : actors;
        actors.resize(std::min<std::size_t>(actors.size(), 1));
        push(upon.what == Upon::What::Notice ? InstitutionalAct::Notify : InstitutionalAct::Report,
             actors, pairs);
        break;
      }
      case Upon::What::Signature: {
        auto actors = names_of(text_.agreement, upon.agents);
        push(InstitutionalAct::Sign,
             actors.empty() ? names_of(text_.agreement, each_party()) : actors, {});
        break;
      }
      case Upon::What::Moment:
        fix(upon.moment);
        break;
      case Upon::What::Situation:
        if (const auto* what = std::get_if<agreement::Occurrence>(
                &text_.agreement.situations[upon.situation.index].what)) {
          const auto actors = subjects(what->subject);
          if (!actors.empty() && !what->is_negated) {
            push(act_of(text_, what->act, {actors.front()}));
          }
        }
        break;
      case Upon::What::Streak:
      case Upon::What::Undefined:
        break;
    }
  }
  void determine(ClauseId id, int depth) {
    const std::vector<std::string> accused = breach(id, depth);
    std::vector<std::string> finders;
    for (const auto* determined : text_.agreement.clause(id).find_all<agreement::Determined>()) {
      const auto names = names_of(text_.agreement, determined->agents);
      finders.insert(finders.end(), names.begin(), names.end());
    }
    finders = finders.empty() ? names_of(text_.agreement, each_party()) : finders;
    push(InstitutionalAct::Determine, finders, {text_.pair_of(id)}, accused);
  }
  void fix(agreement::MomentId id) {
    const agreement::Moment& moment = text_.agreement.moments[id.index];
    if (moment.fixing.has_value()) {
      push(InstitutionalAct::Fix, names_of(text_.agreement, moment.fixing->agents), {}, {},
           moment.name);
    }
  }

  const Both& both_;
  const Text& text_;
  base::Instant at_;
  std::vector<Deed> deeds_;
};

Deed institutional(InstitutionalAct act, std::vector<std::string> actors, std::size_t pair,
                   base::Instant at) {
  Deed deed;
  deed.at = at;
  deed.institutional = act;
  deed.actors = std::move(actors);
  deed.clauses = {pair};
  return deed;
}

// The first who answers for the thing: the actor, or its owner.
std::string struck_by(const Deed& deed) {
  for (const Thing& thing : deed.objects) {
    if (thing.what == Thing::What::Actor) {
      return thing.name;
    }
    if (!thing.owner.empty()) {
      return thing.owner;
    }
  }
  return {};
}

}  // namespace

std::vector<std::string> bearers_of(const Text& text, ClauseId id) {
  const Clause& clause = text.agreement.clause(id);
  if (clause.form == agreement::Form::Phases) {
    return names_of(text.agreement, clause.phase_agents);
  }
  if (clause.subject.is_anyone) {
    std::vector<std::string> names;
    for (const agreement::ActorId party : text.agreement.parties()) {
      names.push_back(text.agreement.actor(party).name);
    }
    return names;
  }
  return clause.subject.is_no_one ? std::vector<std::string>{}
                                  : names_of(text.agreement, clause.subject.agents);
}

Deed act_of_clause(const Both& both, const Text& text, ClauseId id,
                   const std::vector<std::string>& actors) {
  const Clause& clause = text.agreement.clause(id);
  const agreement::Act* act = &clause.act;
  for (const auto* phase : clause.find_all<agreement::Phase>()) {
    const auto names = names_of(text.agreement, phase->agents);
    if (!actors.empty() && std::find(names.begin(), names.end(), actors.front()) != names.end()) {
      act = &phase->act;
    }
  }
  Deed deed = act_of(text, *act, actors);
  deed.where = widest_spot(both, text.pair_of(id));
  return deed;
}

std::vector<Deed> deeds_before(const Both& both, const Text& text, ClauseId id, base::Instant at) {
  Chain chain(both, text, at);
  chain.add_triggers(id, kMaxChain);
  return chain.take();
}

std::vector<std::vector<Deed>> changes_of_force(const Text& text,
                                                const std::vector<ClauseId>& clauses) {
  std::vector<std::vector<Deed>> found;
  const Agreement& agreement = text.agreement;
  for (const ClauseId id : clauses) {
    std::set<std::string> limits;
    const std::set<base::Instant> edges = dated(text, {id}, limits);
    if (edges.empty()) {
      continue;
    }
    const base::Instant early = *edges.begin() + base::kHour;
    const base::Instant late = *edges.rbegin() - base::kHour;
    const std::size_t pair = text.pair_of(id);
    for (const auto* renewable : agreement.clause(id).find_all<agreement::Renewable>()) {
      found.push_back({institutional(InstitutionalAct::Extend,
                                     names_of(agreement, renewable->agents), pair, late)});
    }
    for (std::size_t i = 0; i < agreement.clauses.size(); ++i) {
      const Clause& power = agreement.clauses[i];
      const bool is_of_it =
          power.form == agreement::Form::Power &&
          (power.power.clauses.empty() ||
           std::any_of(power.power.clauses.begin(), power.power.clauses.end(),
                       [&](const agreement::ClauseRef& ref) { return ref.clause == id; }));
      if (is_of_it) {
        const auto holders = bearers_of(text, base::id_at<ClauseId>(i));
        const InstitutionalAct act = facts::act_of_power(power.power.verb);
        const bool is_late = act == InstitutionalAct::Extend;
        found.push_back({institutional(act, holders, pair, is_late ? late : early)});
      }
    }
  }
  return found;
}

std::vector<std::vector<Deed>> interruptions(const Text& text,
                                             const std::vector<ClauseId>& clauses) {
  std::vector<std::vector<Deed>> found;
  const Agreement& agreement = text.agreement;
  for (const agreement::Streak* streak : streaks_of(text, clauses)) {
    auto begin = first_beginning(text, text.all_prohibitions());
    if (streak->from.has_value()) {
      begin = instant_of(agreement, *streak->from, false);
    }
    if (!begin.has_value()) {
      continue;
    }
    const base::Instant at = *begin + base::kHour;
    for (const agreement::Condition& holding : streak->holdings) {
      const auto* quiet = holding.situation.has_value()
                              ? std::get_if<agreement::Occurrence>(
                                    &agreement.situations[holding.situation->index].what)
                              : nullptr;
      if (quiet == nullptr) {
        continue;
      }
      const auto names = quiet->subject.is_anyone ? names_of(agreement, each_party())
                                                  : names_of(agreement, quiet->subject.agents);
      for (const std::string& name : names) {
        for (const agreement::Noun& noun : quiet->act.object.items) {
          agreement::Act act = quiet->act;
          act.object.items = {noun};
          Deed deed = act_of(text, act, {name});
          deed.at = at;
          found.push_back({deed});
        }
      }
    }
  }
  return found;
}

namespace {

std::set<agreement::SituationId> situations_of(const Agreement& agreement,
                                               const std::vector<ClauseId>& clauses) {
  std::set<agreement::SituationId> situations;
  const auto add = [&](const std::optional<agreement::SituationId>& situation) {
    if (situation.has_value()) {
      situations.insert(*situation);
    }
  };
  for (const ClauseId id : clauses) {
    const Clause& clause = agreement.clause(id);
    for (const auto* exception : clause.find_all<agreement::Exception>()) {
      add(exception->situation);
    }
    for (const auto* one : clause.find_all<agreement::If>()) {
      add(one->condition.situation);
    }
    for (const auto* one : clause.find_all<agreement::While>()) {
      add(one->condition.situation);
    }
    for (const auto* one : clause.find_all<agreement::Unless>()) {
      add(one->condition.situation);
    }
  }
  return situations;
}

// Attacks that the deed may answer: just before it, as early as may be, and too early.
std::vector<Deed> provocations(const Agreement& agreement, const agreement::Response& response,
                               const Deed& deed) {
  const std::string enemy = struck_by(deed);
  if (enemy.empty() || deed.actors.size() != 1 || enemy == deed.actors.front()) {
    return {};
  }
  Deed attack;
  attack.actors = {enemy};
  attack.verb = "attack";
  attack.objects = {{Thing::What::Actor, deed.actors.front()}};
  attack.at = deed.at - base::kMinute;
  std::vector<Deed> attacks = {attack};
  if (response.within.has_value()) {
    attack.at = agreement::add(deed.at, *response.within, -1, agreement.day_rule, agreement.clock);
    attacks.push_back(attack);
    attack.at = attack.at - base::Duration{1};
    attacks.push_back(attack);
  }
  return attacks;
}

// What is done at that moment, or so long before it as it still counts, and too long.
std::vector<Deed> occasions(const Text& text, const std::vector<ClauseId>& clauses,
                            const agreement::Occurrence& occurrence, base::Instant at) {
  const auto names = occurrence.subject.is_anyone
                         ? bearers_of(text, clauses.front())
                         : names_of(text.agreement, occurrence.subject.agents);
  if (names.empty()) {
    return {};
  }
  Deed act = act_of(text, occurrence.act, {names.front()});
  act.at = at;
  std::vector<Deed> acts = {act};
  if (occurrence.during.has_value()) {
    act.at = at - agreement::look_back(*occurrence.during);
    acts.push_back(act);
    act.at = act.at - base::Duration{1};
    acts.push_back(act);
  }
  return acts;
}

}  // namespace

std::vector<std::vector<Deed>> circumstances(const Text& text, const std::vector<ClauseId>& clauses,
                                             const Deed& deed) {
  std::vector<std::vector<Deed>> found;
  const Agreement& agreement = text.agreement;
  for (const agreement::SituationId id : situations_of(agreement, clauses)) {
    std::vector<Deed> beside;
    const auto& what = agreement.situations[id.index].what;
    if (const auto* response = std::get_if<agreement::Response>(&what)) {
      beside = provocations(agreement, *response, deed);
    } else if (const auto* occurrence = std::get_if<agreement::Occurrence>(&what)) {
      beside = occasions(text, clauses, *occurrence, deed.at);
    }
    for (Deed& one : beside) {
      one.where = deed.where;
      found.push_back({std::move(one)});
    }
  }
  return found;
}

}  // namespace truce::comparison::internal
