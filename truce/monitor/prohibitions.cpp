// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/prohibitions.h"

#include <algorithm>

#include "truce/monitor/internal/worlds.h"

namespace truce::monitor::internal {

using facts::Truth;

namespace {

template <typename What>
bool names_clause(const agreement::Clause& clause, agreement::ClauseId wanted) {
  for (const What* what : clause.find_all<What>()) {
    for (const agreement::ClauseRef& ref : what->clauses) {
      if (ref.clause == wanted) {
        return true;
      }
    }
  }
  return false;
}

bool names(const std::vector<agreement::ClauseRef>& clauses, agreement::ClauseId wanted) {
  return std::any_of(clauses.begin(), clauses.end(),
                     [&](const agreement::ClauseRef& ref) { return ref.clause == wanted; });
}

bool has_conditions(const agreement::Clause& clause) {
  return clause.watched ||
         std::any_of(clause.particulars.begin(), clause.particulars.end(),
                     [](const agreement::Particular& particular) {
                       const auto* exception = std::get_if<agreement::Exception>(&particular.what);
                       return std::holds_alternative<agreement::If>(particular.what) ||
                              std::holds_alternative<agreement::While>(particular.what) ||
                              std::holds_alternative<agreement::Unless>(particular.what) ||
                              (exception != nullptr &&
                               exception->what == agreement::Exception::What::InSituation);
                     });
}

// Whether `id` may lift the prohibition: a permission that does not yield to it, or a duty of which
// one of the two says so.
bool may_lift(const agreement::Agreement& agreement, agreement::ClauseId id,
              agreement::ClauseId prohibition_id) {
  const agreement::Clause& clause = agreement.clause(id);
  const agreement::Clause& prohibition = agreement.clause(prohibition_id);
  if (prohibition.form != agreement::Form::Prohibition) {
    return false;
  }
  if (clause.form == agreement::Form::Permission) {
    const agreement::LocalTruce* local = agreement::local_truce_of(agreement, clause);
    const bool is_local = local != nullptr &&
                          local != agreement::local_truce_of(agreement, prohibition) &&
                          !names(local->prevails_over, prohibition_id);
    return !is_local && !names_clause<agreement::SubjectTo>(clause, prohibition_id) &&
           !names_clause<agreement::Despite>(prohibition, id);
  }
  return (clause.form == agreement::Form::Duty || clause.form == agreement::Form::Effort) &&
         (names_clause<agreement::Despite>(clause, prohibition_id) ||
          names_clause<agreement::SubjectTo>(prohibition, id));
}

std::shared_ptr<const Prohibitions::Relations> relations_of(const agreement::Agreement& agreement) {
  const std::vector<agreement::Clause>& clauses = agreement.clauses;
  auto relations = std::make_shared<Prohibitions::Relations>();
  relations->excluding.resize(clauses.size());
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    relations->is_conditional.push_back(has_conditions(clauses[i]));
    const auto prohibition = base::id_at<agreement::ClauseId>(i);
    for (std::size_t j = 0; j < clauses.size(); ++j) {
      const auto lifting = base::id_at<agreement::ClauseId>(j);
      if (may_lift(agreement, lifting, prohibition)) {
        relations->excluding[i].push_back(lifting);
      }
    }
  }
  return relations;
}

}  // namespace

Prohibitions::Prohibitions(const Record& record, const Acts& acts, Clocks& clocks, Force& force,
                           Questions& questions, Worlds& worlds,
                           std::shared_ptr<const Relations> relations,
                           std::shared_ptr<Reaches> reaches)
    : record_(record),
      acts_(acts),
      clocks_(clocks),
      force_(force),
      questions_(questions),
      worlds_(worlds),
      by_verb_(record.agreement().vocabulary.verbs.size()),
      relations_(relations != nullptr ? std::move(relations) : relations_of(record.agreement())),
      windows_(std::make_shared<Windows>()),
      reaches_(reaches != nullptr ? std::move(reaches) : std::make_shared<Reaches>()) {}

std::uint64_t Prohibitions::incidents_judged() {
  if (!incidents_judged_) {
    std::vector<bool> has_act(record_.evidence().incidents.size());
    for (const facts::Fact& fact : record_.evidence().facts) {
      if (fact.institutional == facts::InstitutionalAct::None) {
        has_act[fact.incident.index] = true;
      }
    }
    incidents_judged_ =
        static_cast<std::uint64_t>(std::count(has_act.begin(), has_act.end(), true));
  }
  return *incidents_judged_;
}

Timeline Prohibitions::window(agreement::ClauseId id, facts::AccountId account) {
  const std::pair key{id, account};
  if (const auto at = windows_->find(key); at != windows_->end()) {
    return at->second;
  }
  Timeline result = force_.in_force(id, account).timeline;
  if (questions_.are_none_open()) {
    windows_->emplace(key, result);
  }
  return result;
}

Timeline Prohibitions::window(agreement::ClauseId id, agreement::ActorId bearer,
                              facts::AccountId account) {
  const MomentRange bound = record_.bound(bearer);
  return bound == kAlways ? window(id, account) : window(id, account) && Timeline::since(bound);
}

Timeline Prohibitions::conditions(const agreement::Clause& clause, agreement::ActorId bearer,
                                  facts::FactId fact, const facts::Value& target) {
  const auto holds = [&](const agreement::Condition& condition) {
    if (!condition.situation) {
      return Timeline(Truth::Maybe);
    }
    Timeline truth = clocks_.situation_for(*condition.situation, bearer, fact, target);
    return condition.is_negated ? !truth : truth;
  };
  Timeline result = clause.watched ? holds(*clause.watched) : Timeline(Truth::Yes);
  for (const agreement::Particular& particular : clause.particulars) {
    if (const auto* if_holds = std::get_if<agreement::If>(&particular.what)) {
      result = result && holds(if_holds->condition);
    } else if (const auto* while_holds = std::get_if<agreement::While>(&particular.what)) {
      result = result && holds(while_holds->condition);
    } else if (const auto* unless = std::get_if<agreement::Unless>(&particular.what)) {
      result = result && !holds(unless->condition);
    } else if (const auto* except = std::get_if<agreement::Exception>(&particular.what);
               except != nullptr && except->what == agreement::Exception::What::InSituation) {
      result = result &&
               (except->situation ? !clocks_.situation_for(*except->situation, bearer, fact, target)
                                  : Timeline(Truth::Maybe));
    }
  }
  return result;
}

std::vector<Prohibitions::Displaced> Prohibitions::displaced_by(agreement::ClauseId id,
                                                                const Scene& single) const {
  const std::vector<agreement::LocalTruce>& locals = record_.agreement().local_truces;
  std::vector<Displaced> found;
  for (std::size_t i = 0; i < locals.size(); ++i) {
    if (names(locals[i].prevails_over, id)) {
      const Truth where = acts_.is_within(single, locals[i]);
      if (where != Truth::No) {
        found.push_back({static_cast<std::uint32_t>(i), where});
      }
    }
  }
  return found;
}

Timeline Prohibitions::displacement(const std::vector<Displaced>& displaced,
                                    facts::AccountId account) {
  const agreement::Agreement& agreement = record_.agreement();
  Timeline result(Truth::No);
  for (const Displaced& by : displaced) {
    Timeline any(Truth::No);
    for (std::size_t i = 0; i < agreement.clauses.size(); ++i) {
      const agreement::Clause& clause = agreement.clauses[i];
      if (agreement::local_truce_of(agreement, clause) == &agreement.local_truces[by.local] &&
          clause.form != agreement::Form::Reservation) {
        any = any || window(base::id_at<agreement::ClauseId>(i), account);
      }
    }
    result = result || (Timeline(by.where) && any);
  }
  return result;
}

Prohibitions::Strand Prohibitions::strand(agreement::ClauseId id, agreement::ActorId bearer,
                                          const Scene& single) {
  const agreement::Agreement& agreement = record_.agreement();
  // What a clause says of the act without regard to time.
  const auto covers = [&](const agreement::Clause& clause) {
    Truth truth = acts_.is_act(single, clause.act, bearer, false);
    if (truth != Truth::No) {
      truth = truth && acts_.is_in(single, clause, bearer);
    }
    for (const auto* exception : clause.find_all<agreement::Exception>()) {
      if (truth != Truth::No) {
        truth = truth && !acts_.is_excepted(single, *exception, bearer);
      }
    }
    return truth;
  };
  Strand result;
  result.target = single.alternative.targets.front();
  result.is_act = covers(agreement.clause(id));
  if (result.is_act == Truth::No) {
    return result;
  }
  result.displaced = displaced_by(id, single);
  for (const agreement::ClauseId permission : relations_->excluding[id.index]) {
    const std::vector<agreement::ActorId> permitted =
        subjects_of(agreement, agreement.clause(permission).subject);
    if (std::find(permitted.begin(), permitted.end(), bearer) != permitted.end()) {
      const Truth truth = covers(agreement.clause(permission));
      if (truth != Truth::No) {
        result.permitted.push_back({permission, truth, displaced_by(permission, single)});
      }
    }
  }
  return result;
}

const Prohibitions::Reach& Prohibitions::reach(agreement::ClauseId id, agreement::ActorId bearer,
                                               facts::FactId fact_id, std::size_t epoch) {
  std::deque<std::optional<Reach>>& known = (*reaches_)[{id, bearer}];
  const std::size_t at = record_.place_of_answer(fact_id, epoch);
  if (known.size() <= at) {
    known.resize(at + 1);
  }
  std::optional<Reach>& result = known[at];
  if (result) {
    return *result;
  }
  result.emplace();
  const facts::Fact& fact = record_.fact(fact_id);
  const Acts::Possible possible = acts_.possible(fact, record_.agreement().clause(id).act);
  if (possible.has_others) {
    // One way stands for all of them.
    result->constants.add(Truth::No);
    result->ways.emplace_back();
  }
  for (const Alternative& alternative : possible.alternatives) {
    Way way;
    Truth any = Truth::No;
    for (const Alternative& single : singles_of(alternative)) {
      Strand one = strand(id, bearer, {fact, single, epoch});
      any = any || one.is_act;
      if (one.is_act != Truth::No) {
        result->is_simple = result->is_simple && !relations_->is_conditional[id.index] &&
                            one.permitted.empty() && one.displaced.empty();
        way.push_back(std::move(one));
      }
    }
    result->constants.add(any);
    result->ways.push_back(std::move(way));
  }
  return *result;
}

Timeline Prohibitions::breach_at(agreement::ClauseId id, agreement::ActorId bearer, const Way& way,
                                 facts::FactId fact_id) {
  const facts::Fact& fact = record_.fact(fact_id);
  std::vector<Timeline> any;
  for (const Strand& strand : way) {
    Timeline one(strand.is_act);
    if (relations_->is_conditional[id.index]) {
      one = one && conditions(record_.agreement().clause(id), bearer, fact_id, strand.target);
    }
    if (!strand.displaced.empty()) {
      one = one && !displacement(strand.displaced, fact.account);
    }
    for (const Permitted& permitted : strand.permitted) {
      Timeline lifted = Timeline(permitted.truth) && window(permitted.clause, fact.account);
      if (relations_->is_conditional[permitted.clause.index]) {
        lifted = lifted && conditions(record_.agreement().clause(permitted.clause), bearer, fact_id,
                                      strand.target);
      }
      if (!permitted.displaced.empty()) {
        lifted = lifted && !displacement(permitted.displaced, fact.account);
      }
      one = one && !lifted;
    }
    any.push_back(std::move(one));
  }
  return any.empty() ? Timeline(Truth::No)
                     : Timeline::any_of(std::move(any)) && window(id, bearer, fact.account);
}

Tally Prohibitions::breaches(agreement::ClauseId id, agreement::ActorId bearer,
                             facts::FactId fact_id) {
  const facts::Fact& fact = record_.fact(fact_id);
  const Timeline in_force = window(id, bearer, fact.account);
  Tally tally;
  for (const auto& [epoch, when] : record_.epochs_of(fact.when)) {
    const Tally is_in_force = in_force.over(when);
    if (is_in_force.truth() == Truth::No) {
      tally.add(Truth::No);
      continue;
    }
    const Reach& its_reach = reach(id, bearer, fact_id, epoch);
    if (its_reach.is_simple) {
      tally.add(Tally::both(its_reach.constants, is_in_force));
      continue;
    }
    for (const Way& way : its_reach.ways) {
      tally.add(breach_at(id, bearer, way, fact_id).over(when));
    }
  }
  return tally;
}

Truth Prohibitions::breach(agreement::ClauseId id, agreement::ActorId bearer,
                           facts::FactId fact_id) {
  const Truth who = Acts::acts(record_.fact(fact_id), bearer);
  return who == Truth::No ? who : who && breaches(id, bearer, fact_id).truth();
}

Tally Prohibitions::breaches_by(agreement::ClauseId id,
                                const std::vector<agreement::ActorId>& bearers,
                                facts::FactId fact_id) {
  Tally tally;
  for (const auto& [epoch, when] : record_.epochs_of(record_.fact(fact_id).when)) {
    const std::size_t ways = reach(id, bearers.front(), fact_id, epoch).ways.size();
    for (std::size_t way = 0; way < ways; ++way) {
      Timeline any(Truth::No);
      for (const agreement::ActorId bearer : bearers) {
        any = any || breach_at(id, bearer, reach(id, bearer, fact_id, epoch).ways[way], fact_id);
      }
      tally.add(any.over(when));
    }
  }
  return tally;
}

Tally Prohibitions::breaches_by_any(agreement::ClauseId id, facts::FactId fact_id) {
  const facts::Fact& fact = record_.fact(fact_id);
  const std::vector<agreement::ActorId> bearers =
      subjects_of(record_.agreement(), record_.agreement().clause(id).subject);
  Tally tally;
  if (fact.institutional != facts::InstitutionalAct::None || fact.verbs.empty()) {
    tally.add(Truth::No);
    return tally;
  }
  for (const facts::Group& group : fact.actors) {
    std::vector<agreement::ActorId> bound;
    std::set_intersection(bearers.begin(), bearers.end(), group.begin(), group.end(),
                          std::back_inserter(bound));
    if (bound.empty()) {
      tally.add(Truth::No);
    } else if (bound.size() == 1) {
      tally.add(breaches(id, bound.front(), fact_id));
    } else {
      tally.add(breaches_by(id, bound, fact_id));
    }
  }
  return tally;
}

Truth Prohibitions::breach_by_any(agreement::ClauseId id, facts::FactId fact) {
  return breaches_by_any(id, fact).truth();
}

const std::vector<facts::FactId>& Prohibitions::candidates(agreement::ClauseId id) {
  const std::optional<agreement::VerbId> asked = record_.agreement().clause(id).act.verb;
  std::optional<std::vector<facts::FactId>>& known = asked ? by_verb_[asked->index] : with_verbs_;
  if (known) {
    return *known;
  }
  known.emplace();
  const std::vector<facts::Fact>& facts = record_.evidence().facts;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const bool may_be_it = std::any_of(
        facts[i].verbs.begin(), facts[i].verbs.end(),
        [&](agreement::VerbId done) { return !asked || acts_.is_or_implies(done, *asked); });
    if (may_be_it && facts[i].institutional == facts::InstitutionalAct::None) {
      known->push_back(base::id_at<facts::FactId>(i));
    }
  }
  return *known;
}

facts::Verdict Prohibitions::verdict(agreement::ClauseId id, agreement::ActorId bearer,
                                     facts::IncidentId incident_id,
                                     std::vector<std::pair<facts::AccountId, Truth>> by_account) {
  facts::Verdict result;
  result.clause = id;
  result.bearers = {bearer};
  result.incident = incident_id;
  result.at = base::kAfterTime;
  // Accounts that report the incident otherwise say that the clause was kept.
  for (const facts::FactId fact_id : record_.evidence().incidents[incident_id.index].facts) {
    const facts::Fact& fact = record_.fact(fact_id);
    if (fact.institutional == facts::InstitutionalAct::None) {
      by_account.emplace_back(fact.account, Truth::No);
      result.at = std::min(result.at, fact.when.from);
    }
  }
  std::sort(by_account.begin(), by_account.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : b.second < a.second;
  });
  std::vector<facts::Opinion> opinions;
  for (const auto& [account, truth] : by_account) {
    if (result.opinions.empty() || result.opinions.back().account != account) {
      const Truth said = settled(truth, id, {bearer}, incident_id, account);
      result.opinions.push_back({account, opinion_of(said)});
      opinions.push_back(opinion_of(said));
    }
  }
  result.outcome = facts::combine(opinions);
  if (result.outcome == facts::Outcome::Broken) {
    result.blame = blame_of(record_.agreement(), id, result.bearers);
  }
  return result;
}

Truth Prohibitions::said_of(agreement::ClauseId id, const std::vector<agreement::ActorId>& bearers,
                            facts::IncidentId incident, facts::AccountId account) {
  const bool is_watch = record_.agreement().clause(id).form == agreement::Form::Watch;
  Truth result = Truth::No;
  for (const facts::FactId fact_id : record_.evidence().incidents[incident.index].facts) {
    const facts::Fact& fact = record_.fact(fact_id);
    if (fact.account == account && fact.institutional == facts::InstitutionalAct::None &&
        !fact.verbs.empty()) {
      result = result || (is_watch              ? point(id, fact_id)
                          : bearers.size() == 1 ? breach(id, bearers.front(), fact_id)
                                                : breach_by_any(id, fact_id));
    }
  }
  return result;
}

Truth Prohibitions::settled(Truth joined, agreement::ClauseId id,
                            const std::vector<agreement::ActorId>& bearers,
                            facts::IncidentId incident, facts::AccountId account) {
  const bool is_watch = record_.agreement().clause(id).form == agreement::Form::Watch;
  if (joined != Truth::Maybe || !worlds_.are_tried() ||
      (!is_watch && is_open_both_ways(id, bearers, incident, account))) {
    return joined;
  }
  const Searched& found = worlds_.of_incident(id, bearers, incident, account);
  return found.end != Searched::End::Agreed        ? joined
         : found.opinion == facts::Opinion::Broken ? Truth::Yes
                                                   : Truth::No;
}

bool Prohibitions::is_open_both_ways(agreement::ClauseId id,
                                     const std::vector<agreement::ActorId>& bearers,
                                     facts::IncidentId incident, facts::AccountId account) {
  bool is_some_breach = false;
  for (const facts::FactId fact_id : record_.evidence().incidents[incident.index].facts) {
    const facts::Fact& fact = record_.fact(fact_id);
    if (fact.account != account || fact.institutional != facts::InstitutionalAct::None) {
      continue;
    }
    const Truth who = bearers.size() == 1 ? Acts::acts(fact, bearers.front()) : facts::Truth::Yes;
    Tally tally{who != Truth::Yes, false, false};
    if (who != Truth::No && !fact.verbs.empty()) {
      tally.add(bearers.size() == 1 ? breaches(id, bearers.front(), fact_id)
                                    : breaches_by_any(id, fact_id));
    }
    is_some_breach = is_some_breach || tally.has_yes;
    if (!tally.has_no) {
      return false;
    }
  }
  return is_some_breach;
}

facts::Outcome Prohibitions::outcome_of(agreement::ClauseId id, agreement::ActorId bearer,
                                        facts::IncidentId incident) {
  std::vector<std::pair<facts::AccountId, Truth>> by_account;
  for (const facts::FactId fact_id : record_.evidence().incidents[incident.index].facts) {
    const facts::Fact& fact = record_.fact(fact_id);
    if (fact.institutional == facts::InstitutionalAct::None && !fact.verbs.empty()) {
      by_account.emplace_back(fact.account, breach(id, bearer, fact_id));
    }
  }
  // Where nobody speaks of it any more, nothing is broken.
  return by_account.empty() ? facts::Outcome::Kept
                            : verdict(id, bearer, incident, std::move(by_account)).outcome;
}

bool Prohibitions::is_broken_by_one_of(agreement::ClauseId id, facts::IncidentId incident) {
  std::map<facts::AccountId, Truth> by_account;
  for (const facts::FactId fact_id : record_.evidence().incidents[incident.index].facts) {
    const facts::Fact& fact = record_.fact(fact_id);
    if (fact.institutional == facts::InstitutionalAct::None) {
      Truth& truth = by_account[fact.account];
      truth = truth || breach_by_any(id, fact_id);
    }
  }
  const std::vector<agreement::ActorId> bearers =
      subjects_of(record_.agreement(), record_.agreement().clause(id).subject);
  return std::all_of(by_account.begin(), by_account.end(), [&](const auto& said) {
    return settled(said.second, id, bearers, incident, said.first) == Truth::Yes;
  });
}

namespace {

void add_to(facts::ClauseCount& count, facts::Outcome outcome) {
  count.broken += outcome == facts::Outcome::Broken ? 1 : 0;
  count.unknown += outcome == facts::Outcome::Unknown ? 1 : 0;
  count.contested += outcome == facts::Outcome::Contested ? 1 : 0;
  count.kept += outcome == facts::Outcome::Kept ? 1 : 0;
}

}  // namespace

void Prohibitions::judge(agreement::ClauseId id, facts::Verdicts& into) {
  facts::ClauseCount& count = into.counts[id.index];
  const std::vector<agreement::ActorId> bearers =
      subjects_of(record_.agreement(), record_.agreement().clause(id).subject);
  // Whether nobody in particular broke it, by incident.
  std::map<facts::IncidentId, bool> is_open;
  for (const agreement::ActorId bearer : bearers) {
    std::map<facts::IncidentId, std::vector<std::pair<facts::AccountId, Truth>>> touched;
    for (const facts::FactId fact : candidates(id)) {
      if (!is_judged(fact)) {
        continue;
      }
      const Truth truth = breach(id, bearer, fact);
      if (truth != Truth::No) {
        touched[record_.fact(fact).incident].emplace_back(record_.fact(fact).account, truth);
      }
    }
    count.kept += incidents_judged() - touched.size();
    for (auto& [incident, by_account] : touched) {
      into.verdicts.push_back(verdict(id, bearer, incident, std::move(by_account)));
      const facts::Outcome outcome = into.verdicts.back().outcome;
      add_to(count, outcome);
      const auto known = is_open.try_emplace(incident, true).first;
      known->second = known->second && outcome != facts::Outcome::Broken;
    }
  }
  for (const auto& [incident, is_nobody] : is_open) {
    if (!judged_ && bearers.size() > 1 && is_nobody && is_broken_by_one_of(id, incident)) {
      ++count.broken_by_one_of;
    }
  }
}

Truth Prohibitions::point(agreement::ClauseId id, facts::FactId fact) {
  const agreement::Clause& clause = record_.agreement().clause(id);
  const Truth truth = breach_by_any(id, fact);
  if (truth == Truth::No || clause.find<agreement::Whenever>() != nullptr ||
      !clause.watched->situation) {
    return truth;
  }
  // Without `whenever` the points are the occasions themselves.
  const auto* frequency = std::get_if<agreement::Frequency>(
      &record_.agreement().situations[clause.watched->situation->index].what);
  return frequency == nullptr ? truth : truth && clocks_.is_occurrence(frequency->occasion, fact);
}

void Prohibitions::watch(agreement::ClauseId id, facts::Verdicts& into) {
  if (!record_.agreement().clause(id).watched) {
    return;
  }
  std::map<facts::IncidentId, std::map<facts::AccountId, Truth>> touched;
  for (const facts::FactId fact_id : candidates(id)) {
    if (!is_judged(fact_id)) {
      continue;
    }
    const facts::Fact& fact = record_.fact(fact_id);
    const Truth truth = point(id, fact_id);
    if (truth != Truth::No) {
      Truth& said = touched[fact.incident][fact.account];
      said = said || truth;
    }
  }
  for (const auto& [incident, by_account] : touched) {
    facts::Point found{id, incident, base::kAfterTime, Truth::Yes};
    bool is_possible = false;
    for (const facts::FactId fact_id : record_.evidence().incidents[incident.index].facts) {
      const facts::Fact& fact = record_.fact(fact_id);
      if (fact.institutional == facts::InstitutionalAct::None) {
        found.at = std::min(found.at, fact.when.from);
        const auto said = by_account.find(fact.account);
        const Truth truth = said == by_account.end()
                                ? Truth::No
                                : settled(said->second, id, {}, incident, fact.account);
        found.holds = truth == Truth::Yes ? found.holds : Truth::Maybe;
        is_possible = is_possible || truth != Truth::No;
      }
    }
    if (is_possible) {
      into.points.push_back(found);
    }
  }
}

}  // namespace truce::monitor::internal
