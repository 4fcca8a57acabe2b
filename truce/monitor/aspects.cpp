// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "truce/facts/words.h"
#include "truce/monitor/internal/explain.h"

namespace truce::monitor::internal {

using facts::Truth;

namespace {

template <typename What>
base::Span span_of(const agreement::Clause& clause) {
  for (const agreement::Particular& particular : clause.particulars) {
    if (std::holds_alternative<What>(particular.what)) {
      return particular.span;
    }
  }
  return clause.span;
}

facts::Wording bound_words(const agreement::Agreement& agreement, const agreement::Clause& clause) {
  std::vector<facts::Wording> words;
  for (const agreement::Agent& agent : clause.subject.agents) {
    switch (agent.who) {
      case agreement::Agent::Who::Actor:
        words.emplace_back(agreement.actor(agent.actor).name);
        break;
      case agreement::Agent::Who::EachParty:
        words.push_back(facts::say("each Party"));
        break;
      case agreement::Agent::Who::EachGuarantor:
        words.push_back(facts::say("each Guarantor"));
        break;
      case agreement::Agent::Who::AnotherParty:
      case agreement::Agent::Who::ItsGuarantor:
      case agreement::Agent::Who::ItsParty:
      case agreement::Agent::Who::SameParty:
      case agreement::Agent::Who::Undefined:
        words.emplace_back(agent.text);
        break;
    }
  }
  return words.empty() ? facts::say("nobody who signed") : facts::Wording::all(std::move(words));
}

std::vector<agreement::ActorId> everybody_in(const facts::Fact& fact) {
  std::vector<agreement::ActorId> all;
  for (const facts::Group& group : fact.actors) {
    for (const agreement::ActorId actor : group) {
      if (std::find(all.begin(), all.end(), actor) == all.end()) {
        all.push_back(actor);
      }
    }
  }
  return all;
}

bool is_bound_as_party(const agreement::Clause& clause) {
  return std::any_of(
      clause.subject.agents.begin(), clause.subject.agents.end(),
      [](const agreement::Agent& agent) { return agent.who == agreement::Agent::Who::EachParty; });
}

}  // namespace

Explainer::Explainer(Engine& engine, bool with_changes)
    : engine_(engine), with_changes_(with_changes), changes_(engine) {}

std::size_t Explainer::epoch_of(facts::FactId id) const {
  return engine_.record().epochs_of(fact(id).when).back().first;
}

const std::string& Explainer::name_of(facts::AccountId account) const {
  return engine_.record().evidence().accounts[account.index].name;
}

Aspect Explainer::who(agreement::ClauseId id, agreement::ActorId bearer, facts::FactId fact_id) {
  const agreement::Clause& clause = agreement().clause(id);
  const facts::Fact& its_fact = fact(fact_id);
  Aspect result;
  result.of = Aspect::Of::Who;
  result.truth = Acts::acts(its_fact, bearer);
  result.span = clause.subject.span;
  const facts::Wording doer = facts::doer_words(agreement(), its_fact);
  result.why_not = facts::say("{} binds {}, and the report names {}", clause.number,
                              bound_words(agreement(), clause), doer);
  if (its_fact.actors.size() == 1 && its_fact.actors.front().size() == 1 &&
      is_bound_as_party(clause)) {
    const agreement::Actor& actor = agreement().actor(its_fact.actors.front().front());
    if (actor.role != agreement::Actor::Role::Party &&
        actor.role != agreement::Actor::Role::Unnamed) {
      result.why_not =
          facts::say("{} binds each Party, and {} is not a Party", clause.number, actor.name);
    }
  }
  result.open = its_fact.is_actor_unknown
                    ? facts::say("the report does not say who did it")
                    : facts::say("one of {}, the report does not say which",
                                 facts::named(agreement(), everybody_in(its_fact)));
  return result;
}

Aspect Explainer::what(agreement::ClauseId id, agreement::ActorId bearer, facts::FactId fact_id) {
  const agreement::Clause& clause = agreement().clause(id);
  const facts::Fact& its_fact = fact(fact_id);
  Tally tally;
  const Acts::Possible possible = engine_.acts().possible(its_fact, clause.act);
  if (possible.has_others) {
    tally.add(Truth::No);
  }
  for (const Alternative& alternative : possible.alternatives) {
    Truth any = Truth::No;
    for (const Alternative& single : singles_of(alternative)) {
      any = any ||
            engine_.acts().is_act({its_fact, single, epoch_of(fact_id)}, clause.act, bearer, false);
    }
    tally.add(any);
  }
  Aspect result;
  result.of = Aspect::Of::What;
  result.truth = tally.truth();
  result.span = clause.act.span;
  const facts::Wording deed = facts::deed_words(agreement(), its_fact);
  std::vector<std::string> protected_things;
  for (const agreement::Noun& noun : clause.act.object.items) {
    protected_things.push_back(noun.text);
  }
  result.why_not =
      facts::say("{} forbids {} to {} {}, and the report says that {} {}", clause.number,
                 agreement().actor(bearer).name,
                 clause.act.verb ? facts::Wording::act(agreement().verb(*clause.act.verb).name,
                                                       agreement().verb(*clause.act.verb).name)
                                 : facts::say("act"),
                 facts::listed(protected_things, facts::Last::Or),
                 facts::doer_words(agreement(), its_fact), deed);
  const bool is_target_open = std::any_of(its_fact.objects.items.begin(),
                                          its_fact.objects.items.end(), [](const auto& value) {
                                            return value.head == facts::Value::Head::Anything ||
                                                   value.head == facts::Value::Head::UnknownWord;
                                          });
  if (its_fact.is_verb_unknown || its_fact.verbs.size() > 1) {
    result.open = facts::say("the report does not say exactly what was done");
  } else if (is_target_open) {
    result.open =
        facts::say("the report does not say what was struck in words that the text knows");
  } else {
    result.open = facts::say("what is reported, {}, may or may not be what {} speaks of", deed,
                             clause.number);
  }
  return result;
}

Aspect Explainer::where(agreement::ClauseId id, agreement::ActorId bearer, facts::FactId fact_id) {
  const agreement::Clause& clause = agreement().clause(id);
  const facts::Fact& its_fact = fact(fact_id);
  Aspect result;
  result.of = Aspect::Of::Where;
  const Alternative anything{its_fact.verbs.front(), {facts::Value{}}, {facts::Value{}}};
  result.truth = engine_.acts().is_in({its_fact, anything, epoch_of(fact_id)}, clause, bearer);
  result.span = span_of<agreement::InPlace>(clause);
  std::vector<std::string> places;
  bool is_unfixed = false;
  for (const agreement::InPlace* in_place : clause.find_all<agreement::InPlace>()) {
    for (const agreement::Noun& noun : in_place->places.items) {
      const bool is_place = noun.head == agreement::Noun::Head::Place;
      places.push_back(is_place ? agreement().place(noun.place).name : noun.text);
      is_unfixed = is_unfixed || (is_place && engine_.record().is_fixed(
                                                  noun.place, epoch_of(fact_id)) == Truth::No);
    }
  }
  if (const auto* local = agreement::local_truce_of(agreement(), clause);
      local != nullptr && local->within) {
    places.push_back(agreement().place(*local->within).name);
    result.span = places.size() == 1 ? local->span : result.span;
  }
  const facts::Wording inside = facts::listed(places, facts::Last::Or);
  result.why_not =
      is_unfixed ? facts::say("{} holds in {}, which nobody has fixed", clause.number, inside)
                 : facts::say("{} holds in {}, and it happened outside", clause.number, inside);
  result.open = facts::say("the place reported may lie inside or outside {}", inside);
  return result;
}

facts::Wording Explainer::renewal_of(agreement::ClauseId clause, base::Instant at) {
  const ForceHistory history = engine_.force().history(clause);
  facts::Wording result;
  base::Instant end = history.stated_until;
  for (const ForceHistory::Change& change : history.changes) {
    // The renewal without which the clause would have ended before.
    if (change.act == facts::InstitutionalAct::Extend && change.new_end && *change.new_end > at &&
        end <= at) {
      const base::Date day = base::date_of(change.at, agreement().clock.offset);
      const base::Instant begin = base::start_of(day) - agreement().clock.offset;
      result = facts::Wording::range({begin, begin + base::kDay}, base::to_words(day));
    }
    end = change.new_end.value_or(end);
  }
  return result;
}

Aspect Explainer::when(agreement::ClauseId id, facts::FactId fact_id) {
  const agreement::Clause& clause = agreement().clause(id);
  const facts::Fact& its_fact = fact(fact_id);
  const InForce force = engine_.force().in_force(id, its_fact.account);
  Aspect result;
  result.of = Aspect::Of::When;
  result.truth = engine_.prohibitions().window(id, its_fact.account).over(its_fact.when).truth();
  result.span = span_of<agreement::From>(clause);
  const base::Instant first = its_fact.when.from;
  const base::Instant last = facts::last_of(its_fact.when);
  const facts::Wording happened = facts::when_words(agreement(), its_fact.when);
  const auto words = [&](base::Instant at) { return facts::at_words(agreement(), at); };
  const std::vector<agreement::Agent>& signatories = agreement().signatories;
  const bool is_unsigned =
      !signatories.empty() && engine_.record().signature(signatories).earliest >= base::kAfterTime;
  const MomentRange amended = clause.find<agreement::Amending>() == nullptr
                                  ? kAlways
                                  : engine_.force().amendment(id, its_fact.account);
  if (last < amended.earliest) {
    result.why_not = facts::say("{} had not taken the place of what it amends", clause.number);
  } else if (is_unsigned) {
    result.why_not = facts::say("the agreement has not been signed by all who must");
    result.open = result.why_not;
  } else if (last < force.from.latest && force.from.earliest >= base::kAfterTime) {
    result.why_not = facts::say("{} waits for something that had not come", clause.number);
    result.open = result.why_not;
  } else if (first < force.from.latest && force.from.latest >= base::kAfterTime) {
    result.why_not = facts::say("{} had not begun by then", clause.number);
    result.open =
        facts::say("whether {} had begun by then the record does not settle", clause.number);
  } else if (first < force.from.latest) {
    result.why_not = facts::say("{} was not yet in force: it begins on {}", clause.number,
                                words(force.from.latest));
    result.open = facts::say("the report says {}, and {} begins on {}", happened, clause.number,
                             words(force.from.latest));
  } else if (last >= force.until.earliest) {
    const bool was_renewed = std::any_of(force.changes.begin(), force.changes.end(),
                                         [](const auto& change) { return change.new_end; });
    result.span =
        was_renewed ? span_of<agreement::Renewable>(clause) : span_of<agreement::For>(clause);
    const facts::Wording end = words(force.until.latest);
    const MomentRange replaced = engine_.force().replaced(id, its_fact.account);
    result.why_not =
        replaced == force.until
            ? facts::say("{} was no longer in force: it was amended on {}", clause.number, end)
            : facts::say("{} was no longer in force: it ended on {}", clause.number, end);
    result.open = force.until.is_exact()
                      ? facts::say("the report says {}, and {} ends on {}", happened, clause.number,
                                   words(force.until.earliest))
                      : facts::say("the report says {}, and {} ends on {} at the earliest",
                                   happened, clause.number, words(force.until.earliest));
  } else {
    result.why_not = facts::say("{} did not hold at that time", clause.number);
    result.open =
        facts::say("whether the conditions of {} held at that time is not known", clause.number);
  }
  return result;
}

Aspect Explainer::response(agreement::ClauseId id, agreement::ActorId bearer, facts::FactId fact_id,
                           const agreement::Particular& particular) {
  const auto& exception = std::get<agreement::Exception>(particular.what);
  const facts::Fact& its_fact = fact(fact_id);
  Aspect result;
  result.of = Aspect::Of::Exception;
  result.span = particular.span;
  Tally tally;
  for (const facts::Value& target : its_fact.objects.items) {
    tally.add((!engine_.responses().response(*exception.situation, bearer, fact_id, target))
                  .over(its_fact.when));
    const std::optional<facts::FactId> answered =
        engine_.responses().answered(*exception.situation, bearer, fact_id, target);
    if (answered && result.open.empty()) {
      const facts::Wording attack =
          facts::say("the attack on {} by {} reported {}", agreement().actor(bearer).name,
                     facts::doer_words(agreement(), fact(*answered)),
                     facts::when_words(agreement(), fact(*answered).when));
      const agreement::Response& definition = *engine_.responses().definition(*exception.situation);
      result.open =
          definition.is_proportionate
              ? facts::say("whether it was a proportionate response to {} nobody reports", attack)
              : facts::say("whether it was a response to {} nobody reports", attack);
      result.why_not = facts::say("it was a response to {}, which {} excepts", attack,
                                  agreement().clause(id).number);
    }
  }
  result.truth = tally.truth();
  return result;
}

// Conditions and `except in` that are no responses.
Aspect Explainer::condition(agreement::ClauseId id, agreement::ActorId bearer,
                            facts::FactId fact_id) {
  const agreement::Clause& clause = agreement().clause(id);
  Aspect result;
  result.of = Aspect::Of::When;
  result.span = clause.span;
  std::vector<facts::Wording> names;
  agreement::Clause conditions;
  for (const agreement::Particular& particular : clause.particulars) {
    const auto* exception = std::get_if<agreement::Exception>(&particular.what);
    const bool is_situation = exception != nullptr && exception->situation &&
                              engine_.responses().definition(*exception->situation) == nullptr;
    const bool is_condition = std::holds_alternative<agreement::If>(particular.what) ||
                              std::holds_alternative<agreement::While>(particular.what) ||
                              std::holds_alternative<agreement::Unless>(particular.what);
    if (is_situation || is_condition) {
      conditions.particulars.push_back(particular);
      result.span = particular.span;
      names.push_back(is_situation
                          ? facts::Wording(agreement().situations[exception->situation->index].name)
                          : facts::say("its condition"));
    }
  }
  if (conditions.particulars.empty()) {
    return result;
  }
  Tally tally;
  for (const facts::Value& target : fact(fact_id).objects.items) {
    tally.add(engine_.prohibitions()
                  .conditions(conditions, bearer, fact_id, target)
                  .over(fact(fact_id).when));
  }
  result.truth = tally.truth();
  const facts::Wording named = facts::Wording::all(std::move(names));
  result.why_not = facts::say("{} did not apply at that time because of {}", clause.number, named);
  result.open = facts::say("whether {} held at that time is not known", named);
  return result;
}

namespace {

// That the clause permits or orders what was done.
void tell_of(const agreement::Clause& clause, Aspect& aspect) {
  const bool permits = clause.form == agreement::Form::Permission;
  aspect.why_not = permits ? facts::say("{} permits it", clause.number)
                           : facts::say("{} orders it", clause.number);
  aspect.open = permits ? facts::say("whether {} permits it is open", clause.number)
                        : facts::say("whether {} orders it is open", clause.number);
}

}  // namespace

Aspect Explainer::permission(agreement::ClauseId id, agreement::ActorId bearer,
                             facts::FactId fact_id) {
  Aspect result;
  result.of = Aspect::Of::Exception;
  result.span = agreement().clause(id).act.span;
  const facts::Fact& its_fact = fact(fact_id);
  const Prohibitions::Reach& reach =
      engine_.prohibitions().reach(id, bearer, fact_id, epoch_of(fact_id));
  Tally tally;
  for (const Prohibitions::Way& way : reach.ways) {
    Tally stands;
    for (const Prohibitions::Strand& strand : way) {
      Timeline lifted(Truth::No);
      for (const Prohibitions::Permitted& permitted : strand.permitted) {
        const agreement::Clause& clause = agreement().clause(permitted.clause);
        lifted =
            lifted || (Timeline(permitted.truth) &&
                       engine_.prohibitions().window(permitted.clause, its_fact.account) &&
                       engine_.prohibitions().conditions(clause, bearer, fact_id, strand.target));
        tell_of(clause, result);
      }
      stands.add((!lifted).over(its_fact.when));
    }
    if (way.empty()) {
      stands.add(Truth::Yes);
    }
    tally.add(stands);
  }
  result.truth = tally.truth();
  return result;
}

void Explainer::add_exceptions(agreement::ClauseId id, agreement::ActorId bearer,
                               facts::FactId fact_id, std::vector<Aspect>& into) {
  const agreement::Clause& clause = agreement().clause(id);
  const facts::Fact& its_fact = fact(fact_id);
  for (const agreement::Particular& particular : clause.particulars) {
    const auto* exception = std::get_if<agreement::Exception>(&particular.what);
    if (exception == nullptr) {
      continue;
    }
    if (exception->what == agreement::Exception::What::InSituation) {
      if (exception->situation &&
          engine_.responses().definition(*exception->situation) != nullptr) {
        into.push_back(response(id, bearer, fact_id, particular));
      }
      continue;
    }
    Aspect aspect;
    aspect.of = Aspect::Of::Exception;
    aspect.span = particular.span;
    Tally tally;
    for (const Alternative& alternative : alternatives_of(its_fact)) {
      Truth is_spared = Truth::No;
      for (const Alternative& single : singles_of(alternative)) {
        is_spared = is_spared || !engine_.acts().is_excepted({its_fact, single, epoch_of(fact_id)},
                                                             *exception, bearer);
      }
      tally.add(is_spared);
    }
    aspect.truth = tally.truth();
    std::vector<std::string> nouns;
    for (const agreement::Noun& noun : exception->nouns.items) {
      nouns.push_back(noun.text);
    }
    const facts::Wording excepted = facts::listed(nouns, facts::Last::Or);
    aspect.why_not = facts::say("{} does not apply to {}", clause.number, excepted);
    aspect.open = facts::say("what was struck may have been {}, to which {} does not apply",
                             excepted, clause.number);
    into.push_back(std::move(aspect));
  }
}

Aspect Explainer::bound(agreement::ClauseId id, agreement::ActorId bearer, facts::FactId fact_id) {
  const agreement::Clause& clause = agreement().clause(id);
  const MomentRange since = engine_.record().bound(bearer);
  Aspect result;
  result.of = Aspect::Of::Who;
  result.span = clause.subject.span;
  result.truth = Timeline::since(since).over(fact(fact_id).when).truth();
  const std::string& name = agreement().actor(bearer).name;
  if (result.truth != Truth::Yes) {
    const facts::Wording from = facts::at_words(agreement(), since.latest);
    result.why_not =
        facts::say("{} acceded on {}, and {} did not bind it before", name, from, clause.number);
    result.open =
        facts::say("{} acceded on {}, and whether that was before is not known", name, from);
  }
  return result;
}

Aspect Explainer::displaced(agreement::ClauseId id, agreement::ActorId bearer,
                            facts::FactId fact_id) {
  Aspect result;
  result.of = Aspect::Of::Where;
  result.span = agreement().clause(id).act.span;
  const facts::Fact& its_fact = fact(fact_id);
  Tally tally;
  for (const Prohibitions::Way& way :
       engine_.prohibitions().reach(id, bearer, fact_id, epoch_of(fact_id)).ways) {
    for (const Prohibitions::Strand& strand : way) {
      tally.add((!engine_.prohibitions().displacement(strand.displaced, its_fact.account))
                    .over(its_fact.when));
      for (const Prohibitions::Displaced& by : strand.displaced) {
        const std::string& title = agreement().local_truces[by.local].title;
        const std::string& number = agreement().clause(id).number;
        result.why_not = facts::say("there \"{}\" prevails over {}", title, number);
        result.open = facts::say("whether \"{}\" prevails over {} there is open", title, number);
      }
    }
  }
  result.truth = result.open.empty() ? Truth::Yes : tally.truth();
  return result;
}

std::vector<Aspect> Explainer::aspects(agreement::ClauseId id, agreement::ActorId bearer,
                                       facts::FactId fact_id) {
  std::vector<Aspect> result = {when(id, fact_id), who(id, bearer, fact_id),
                                bound(id, bearer, fact_id), what(id, bearer, fact_id),
                                where(id, bearer, fact_id)};
  add_exceptions(id, bearer, fact_id, result);
  result.push_back(condition(id, bearer, fact_id));
  result.push_back(displaced(id, bearer, fact_id));
  result.push_back(permission(id, bearer, fact_id));
  return result;
}

}  // namespace truce::monitor::internal
