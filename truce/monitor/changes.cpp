// SPDX-License-Identifier: Apache-2.0
// Which small changes of fact would change a verdict: made, judged, and only then told.
#include <algorithm>
#include <utility>

#include "truce/facts/telling.h"
#include "truce/facts/words.h"
#include "truce/monitor/internal/explain.h"
#include "truce/monitor/internal/worlds.h"

namespace truce::monitor {
namespace {

using facts::Doubt;

void take_over(Doubt doubt, const facts::Fact& from, facts::Fact& into) {
  switch (doubt) {
    case Doubt::Where:
      into.located.insert(into.located.end(), from.located.begin(), from.located.end());
      return;
    case Doubt::Who:
      into.actors = from.actors;
      into.is_actor_unknown = from.is_actor_unknown;
      return;
    case Doubt::Target:
      into.objects = from.objects;
      return;
    case Doubt::Weapon:
      into.weapons = from.weapons;
      return;
    case Doubt::What:
      into.verbs = from.verbs;
      into.is_verb_unknown = from.is_verb_unknown;
      return;
    case Doubt::When:
      into.when = from.when;
      return;
  }
}

template <typename Item>
void append(std::vector<Item>& into, const std::vector<Item>& more) {
  into.insert(into.end(), more.begin(), more.end());
}

}  // namespace

facts::Evidence with_change(const facts::Evidence& evidence, const Change& change) {
  facts::Evidence changed = evidence;
  for (const Change::Known& known : change.known) {
    take_over(known.doubt, known.fact, changed.facts[known.id.index]);
  }
  std::vector<facts::Fact> kept;
  for (std::size_t i = 0; i < changed.facts.size(); ++i) {
    if (std::find(change.withdrawn.begin(), change.withdrawn.end(),
                  base::id_at<facts::FactId>(i)) == change.withdrawn.end()) {
      kept.push_back(std::move(changed.facts[i]));
    }
  }
  for (facts::Fact fact : change.reported) {
    fact.incident = base::id_at<facts::IncidentId>(evidence.incidents.size());
    kept.push_back(std::move(fact));
  }
  changed.facts = std::move(kept);
  if (!change.reported.empty()) {
    changed.incidents.push_back({"newly reported", {}, false});
    changed.incidents.back().is_institutional =
        change.reported.front().institutional != facts::InstitutionalAct::None;
  }
  append(changed.coverage, change.covered);
  for (facts::Incident& incident : changed.incidents) {
    incident.facts.clear();
  }
  std::size_t accounts = evidence.accounts.size();
  for (std::size_t i = 0; i < changed.facts.size(); ++i) {
    const facts::Fact& fact = changed.facts[i];
    changed.incidents[fact.incident.index].facts.push_back(base::id_at<facts::FactId>(i));
    accounts = std::max<std::size_t>(accounts, fact.account.index + 1U);
  }
  for (const facts::ResolvedCoverage& row : changed.coverage) {
    accounts = std::max<std::size_t>(accounts, row.account.index + 1U);
  }
  while (changed.accounts.size() < accounts) {
    changed.accounts.push_back({"somebody else", {}, false});
  }
  return changed;
}

Change both(const Change& one, const Change& other) {
  Change together = one;
  together.words = facts::say("{} and {}", one.words, other.words);
  append(together.withdrawn, other.withdrawn);
  append(together.known, other.known);
  append(together.reported, other.reported);
  append(together.covered, other.covered);
  return together;
}

namespace internal {
namespace {

constexpr std::size_t kMost = 3;
// Of these every two are tried together where no single one changes anything.
constexpr std::size_t kMostInPairs = 7;
// Where so many reports bear on a verdict, only the first few changes are tried, each alone.
constexpr std::size_t kManyReports = 500;
constexpr std::size_t kFewChanges = 4;
// And of no more verdicts than this: where nearly everything is open, little of it is near.
constexpr std::size_t kMostLarge = 25;

// What a prohibition that is kept by everybody comes to: it is not listed.
std::optional<facts::Outcome> unless_kept(std::optional<facts::Outcome> outcome) {
  return outcome == facts::Outcome::Kept ? std::nullopt : outcome;
}

}  // namespace

Changes::Part Changes::part_of(const Judged& judged) {
  const facts::Verdict& verdict = judged.verdict;
  const facts::Evidence& whole = evidence();
  base::TimeRange when{base::kBeforeTime, base::kAfterTime};
  if (!judged.duty) {
    when = {base::kAfterTime, base::kBeforeTime};
    for (const facts::FactId id : whole.incidents[verdict.incident->index].facts) {
      when = {std::min(when.from, fact(id).when.from),
              std::max(when.to, facts::last_of(fact(id).when))};
    }
    // A report may turn out to be of another time.
    const InForce force = engine_.force().in_force(verdict.clause, engine_.record().nobody());
    when.to =
        std::max(when.to, force.until.latest < base::kAfterTime ? force.until.latest : when.to);
  }
  Part part;
  part.place.resize(whole.facts.size());
  part.evidence.accounts = whole.accounts;
  part.evidence.coverage = whole.coverage;
  part.evidence.now = whole.now;
  part.evidence.incidents.resize(whole.incidents.size());
  for (std::size_t i = 0; i < whole.facts.size(); ++i) {
    const facts::Fact& one = whole.facts[i];
    const bool is_own = !judged.duty && one.incident == verdict.incident;
    if (one.institutional != facts::InstitutionalAct::None || is_own ||
        engine_.worlds().footprints().may_matter(verdict.clause, one, when)) {
      part.place[i] = base::id_at<facts::FactId>(part.evidence.facts.size());
      facts::Incident& incident = part.evidence.incidents[one.incident.index];
      incident.id = whole.incidents[one.incident.index].id;
      incident.is_institutional = whole.incidents[one.incident.index].is_institutional;
      incident.facts.push_back(*part.place[i]);
      part.evidence.facts.push_back(one);
    }
  }
  return part;
}

std::optional<facts::Outcome> Changes::outcome_in(Engine& engine, const Judged& judged) const {
  const facts::Verdict& verdict = judged.verdict;
  if (!judged.duty) {
    return unless_kept(engine.prohibitions().outcome_of(verdict.clause, verdict.bearers.front(),
                                                        *verdict.incident));
  }
  if (agreement().clause(verdict.clause).form == agreement::Form::Phases) {
    for (const DutyState& side : engine.duties().judge_phases(verdict.clause)) {
      if (side.verdict.bearers == verdict.bearers) {
        return side.verdict.outcome;
      }
    }
    return std::nullopt;
  }
  return engine.duties().judge_instance(judged.duty->instance).verdict.outcome;
}

std::optional<Change> Changes::placed(const Change& change, const Part& part) {
  Change result = change;
  for (facts::FactId& id : result.withdrawn) {
    if (!part.place[id.index]) {
      return std::nullopt;
    }
    id = *part.place[id.index];
  }
  for (Change::Known& known : result.known) {
    if (!part.place[known.id.index]) {
      return std::nullopt;
    }
    known.id = *part.place[known.id.index];
  }
  return result;
}

std::optional<facts::Outcome> Changes::outcome_with(const Judged& judged, const Part& part,
                                                    const Change& change) {
  const facts::Outcome before = judged.verdict.outcome;
  const std::optional<Change> here = placed(change, part);
  if (!here) {
    return before;
  }
  const facts::Evidence changed = with_change(part.evidence, *here);
  Engine joined(agreement(), changed, engine_.shared(), false);
  const std::optional<facts::Outcome> outcome = outcome_in(joined, judged);
  // Worlds may settle what stays unknown; where it was unknown before, that is not asked for.
  if (outcome != facts::Outcome::Unknown || before == facts::Outcome::Unknown) {
    return outcome;
  }
  Engine searching(agreement(), changed, engine_.shared());
  return outcome_in(searching, judged);
}

std::vector<Change> Changes::of(const Judged& judged) {
  std::vector<Change> found;
  std::vector<Change> tried = candidates(judged);
  if (tried.empty()) {
    return found;
  }
  const Part part = part_of(judged);
  const bool is_large = part.evidence.facts.size() > kManyReports;
  if (is_large) {
    tried.resize(large_count_++ < kMostLarge ? std::min(tried.size(), kFewChanges) : 0);
  }
  const auto try_one = [&](const Change& change) {
    const bool is_new = std::none_of(found.begin(), found.end(), [&](const Change& other) {
      return other.words == change.words;
    });
    if (is_new && outcome_with(judged, part, change) != judged.verdict.outcome) {
      found.push_back(change);
    }
  };
  for (std::size_t i = 0; i < tried.size() && found.size() < kMost; ++i) {
    try_one(tried[i]);
  }
  const std::size_t in_pairs = is_large ? 0 : std::min(tried.size(), kMostInPairs);
  for (std::size_t i = 0; i < in_pairs && found.empty(); ++i) {
    for (std::size_t j = i + 1; j < in_pairs && found.empty(); ++j) {
      try_one(both(tried[i], tried[j]));
    }
  }
  return found;
}

// What may be tried: what an account may add, make exact or withdraw.
namespace {

using facts::Opinion;
using facts::Outcome;

constexpr std::size_t kMostAlternatives = 4;
constexpr std::size_t kMostOthers = 3;

Change known(facts::Wording words, facts::FactId id, Doubt doubt, facts::Fact fact) {
  Change change;
  change.words = std::move(words);
  change.known.push_back({id, doubt, std::move(fact)});
  return change;
}

bool is_moment(base::Instant at) { return at > base::kBeforeTime && at < base::kAfterTime; }

std::vector<facts::AccountId> with_opinion(const facts::Verdict& verdict, Opinion opinion) {
  std::vector<facts::AccountId> found;
  for (const facts::AccountOpinion& one : verdict.opinions) {
    if (one.opinion == opinion) {
      found.push_back(one.account);
    }
  }
  return found;
}

// A thing that is surely what the noun names.
std::optional<facts::Value> value_of(const agreement::Agreement& agreement,
                                     const agreement::Noun& noun, agreement::ActorId bearer) {
  facts::Value value;
  switch (noun.head) {
    case agreement::Noun::Head::Agent: {
      const std::vector<agreement::ActorId> actors = agreement.resolve(noun.agent, bearer);
      if (actors.empty()) {
        return std::nullopt;
      }
      value.head = facts::Value::Head::Actor;
      value.actor = actors.front();
      return value;
    }
    case agreement::Noun::Head::Kind:
      value.head = facts::Value::Head::Kind;
      value.kind = noun.kind;
      if (!noun.owner.empty()) {
        const auto owner = value_of(agreement, noun.owner.front(), bearer);
        if (!owner || owner->head != facts::Value::Head::Actor) {
          return std::nullopt;
        }
        value.owner = owner->actor;
      }
      return value;
    case agreement::Noun::Head::Place:
      value.head = facts::Value::Head::Place;
      value.place = noun.place;
      return value;
    case agreement::Noun::Head::Undefined:
      value.head = facts::Value::Head::UnknownWord;
      value.text = noun.text;
      return value;
  }
  return std::nullopt;
}

facts::Values values_of(const agreement::Agreement& agreement, const agreement::Nouns& nouns,
                        agreement::ActorId bearer) {
  facts::Values values;
  for (const agreement::Noun& noun : nouns.items) {
    if (const auto value = value_of(agreement, noun, bearer)) {
      values.items.push_back(*value);
    }
  }
  values.is_all_of = values.items.size() > 1;
  if (values.items.empty()) {
    values.items.emplace_back();
  }
  return values;
}

}  // namespace

std::vector<facts::FactId> Changes::reports_of(facts::IncidentId incident,
                                               facts::AccountId account) const {
  std::vector<facts::FactId> found;
  for (const facts::FactId id : evidence().incidents[incident.index].facts) {
    if (fact(id).account == account && fact(id).institutional == facts::InstitutionalAct::None) {
      found.push_back(id);
    }
  }
  return found;
}

Change Changes::withdrawal(const std::vector<facts::AccountId>& accounts,
                           const std::vector<facts::FactId>& facts) const {
  std::vector<std::string> names;
  for (const facts::AccountId account : accounts) {
    names.push_back(name_of(account));
  }
  Change change;
  change.words = names.size() == 1
                     ? facts::say("the account of {} is withdrawn", names.front())
                     : facts::say("the accounts of {} are withdrawn", facts::listed(names));
  change.withdrawn = facts;
  return change;
}

void Changes::who_it_was(facts::FactId id, agreement::ActorId bearer, std::vector<Change>& into) {
  const facts::Fact& said = fact(id);
  facts::Fact others = said;
  std::erase_if(others.actors, [&](const facts::Group& group) {
    return std::binary_search(group.begin(), group.end(), bearer);
  });
  if (said.actors.size() < 2 || others.actors.size() == said.actors.size()) {
    return;
  }
  const std::string& name = agreement().actor(bearer).name;
  if (!others.actors.empty()) {
    others.is_actor_unknown = false;
    into.push_back(known(facts::say("{} says that it was not {}", name_of(said.account), name), id,
                         Doubt::Who, others));
  }
  facts::Fact his = said;
  his.is_actor_unknown = false;
  his.actors = {{bearer}};
  into.push_back(known(facts::say("{} says that it was {}", name_of(said.account), name), id,
                       Doubt::Who, std::move(his)));
}

void Changes::what_it_was(facts::FactId id, const agreement::Clause& clause,
                          agreement::ActorId bearer, std::vector<Change>& into) {
  const facts::Fact& said = fact(id);
  const std::string& account = name_of(said.account);
  const auto add = [&](facts::Values facts::Fact::* role, Doubt doubt, const facts::Wording& what,
                       const std::vector<facts::Value>& values) {
    for (std::size_t i = 0; i < std::min(values.size(), kMostAlternatives); ++i) {
      facts::Fact one = said;
      (one.*role) = {{values[i]}, false};
      into.push_back(known(facts::say("{} says that {} was {}", account, what,
                                      facts::value_words(agreement(), values[i])),
                           id, doubt, std::move(one)));
    }
  };
  std::vector<facts::Value> targets;
  const bool is_target_open = said.objects.items.size() == 1 &&
                              (said.objects.items.front().head == facts::Value::Head::Anything ||
                               said.objects.items.front().head == facts::Value::Head::UnknownWord);
  if (is_target_open) {
    for (const agreement::Noun& noun : clause.act.object.items) {
      const auto value = value_of(agreement(), noun, bearer);
      if (value && value->head != facts::Value::Head::UnknownWord) {
        targets.push_back(*value);
      }
    }
  } else if (!said.objects.is_all_of && said.objects.items.size() > 1) {
    targets = said.objects.items;
  }
  add(&facts::Fact::objects, Doubt::Target, facts::say("what was struck"), targets);
  if (!said.weapons.is_all_of && said.weapons.items.size() > 1) {
    add(&facts::Fact::weapons, Doubt::Weapon, facts::say("what it was done with"),
        said.weapons.items);
  }
  if (said.verbs.size() > 1 && !said.is_verb_unknown) {
    for (std::size_t i = 0; i < std::min(said.verbs.size(), kMostAlternatives); ++i) {
      facts::Fact one = said;
      one.verbs = {said.verbs[i]};
      into.push_back(known(facts::say("{} says that they {}", account,
                                      facts::past_of(agreement().verb(said.verbs[i]))),
                           id, Doubt::What, std::move(one)));
    }
  }
}

void Changes::where_it_was(facts::FactId id, std::vector<Change>& into) {
  const facts::Fact& said = fact(id);
  for (std::size_t i = 0; said.where && i < agreement().places.size(); ++i) {
    const auto place = base::id_at<agreement::PlaceId>(i);
    if (agreement().places[i].region == nullptr ||
        facts::lies_in(agreement(), said, place) != facts::Truth::Maybe) {
      continue;
    }
    for (const bool is_inside : {false, true}) {
      facts::Fact one = said;
      one.located = {{place, is_inside}};
      into.push_back(known(
          is_inside
              ? facts::say("the place is shown to lie inside {}", agreement().places[i].name)
              : facts::say("the place is shown to lie outside {}", agreement().places[i].name),
          id, Doubt::Where, std::move(one)));
    }
  }
}

void Changes::when_it_was(facts::FactId id, const std::vector<Threshold>& thresholds,
                          std::vector<Change>& into) {
  const facts::Fact& said = fact(id);
  for (const Threshold& threshold : thresholds) {
    const base::Instant next = threshold.is_last ? threshold.at + base::Duration{1} : threshold.at;
    if (next <= said.when.from || next > facts::last_of(said.when)) {
      continue;
    }
    facts::Fact before = said;
    before.when.to = next;
    facts::Fact after = said;
    after.when.from = next;
    const facts::Wording at = facts::at_words(agreement(), threshold.at);
    into.push_back(known(threshold.is_last
                             ? facts::say("the act is shown to have happened by {}", at)
                             : facts::say("the act is shown to have happened before {}", at),
                         id, Doubt::When, std::move(before)));
    into.push_back(known(threshold.is_last
                             ? facts::say("the act is shown to have happened after {}", at)
                             : facts::say("the act is shown to have happened on {} or later", at),
                         id, Doubt::When, std::move(after)));
  }
}

void Changes::narrower(facts::FactId id, const agreement::Clause& clause, agreement::ActorId bearer,
                       const std::vector<Threshold>& thresholds, std::vector<Change>& into) {
  when_it_was(id, thresholds, into);
  who_it_was(id, bearer, into);
  where_it_was(id, into);
  what_it_was(id, clause, bearer, into);
}

void Changes::moved(const facts::Verdict& verdict, const std::vector<facts::AccountId>& accounts,
                    std::vector<Change>& into) {
  const InForce force = engine_.force().in_force(verdict.clause, accounts.front());
  const auto move = [&](facts::Wording words, base::Instant at) {
    Change change;
    change.words = std::move(words);
    for (const facts::AccountId account : accounts) {
      for (const facts::FactId id : reports_of(*verdict.incident, account)) {
        facts::Fact one = fact(id);
        one.when = {at, at};
        change.known.push_back({id, Doubt::When, std::move(one)});
      }
    }
    into.push_back(std::move(change));
  };
  if (is_moment(force.from.earliest)) {
    move(facts::say("the act is shown to have happened before {}",
                    facts::at_words(agreement(), force.from.earliest)),
         force.from.earliest - base::Duration{1});
  }
  if (is_moment(force.until.latest)) {
    move(facts::say("the act is shown to have happened after {}",
                    facts::at_words(agreement(), force.until.latest)),
         force.until.latest + base::Duration{1});
  }
}

// Reports of other incidents on which it may rest, nearest in time first.
void Changes::other_reports(const facts::Verdict& verdict, std::vector<Change>& into) {
  std::vector<facts::FactId> others;
  for (const facts::AccountOpinion& opinion : verdict.opinions) {
    const Searched* found = engine_.worlds().found(verdict.clause, verdict.bearers,
                                                   verdict.incident->index, opinion.account);
    if (found == nullptr) {
      continue;
    }
    for (const auto& [id, doubt] : found->doubts) {
      if (fact(id).incident != verdict.incident &&
          fact(id).institutional == facts::InstitutionalAct::None &&
          std::find(others.begin(), others.end(), id) == others.end()) {
        others.push_back(id);
      }
    }
  }
  if (others.size() > kMostOthers) {
    others.resize(kMostOthers);
  }
  for (const facts::FactId id : others) {
    Change change;
    change.words = facts::say("{} withdraws that {}", name_of(fact(id).account),
                              facts::telling_of(agreement(), fact(id)).whole());
    change.withdrawn = {id};
    into.push_back(std::move(change));
  }
}

void Changes::of_prohibition(const facts::Verdict& verdict, std::vector<Change>& into) {
  const agreement::Clause& clause = agreement().clause(verdict.clause);
  const auto withdrawn = [&](Opinion opinion) {
    const std::vector<facts::AccountId> accounts = with_opinion(verdict, opinion);
    std::vector<facts::FactId> reports;
    for (const facts::AccountId account : accounts) {
      const auto some = reports_of(*verdict.incident, account);
      reports.insert(reports.end(), some.begin(), some.end());
    }
    if (!accounts.empty()) {
      into.push_back(withdrawal(accounts, reports));
    }
  };
  if (verdict.outcome == Outcome::Contested) {
    withdrawn(Opinion::Kept);
    withdrawn(Opinion::Broken);
  }
  for (const facts::AccountId account : with_opinion(verdict, Opinion::Unknown)) {
    std::vector<Threshold> thresholds;
    const Timeline window =
        engine_.prohibitions().window(verdict.clause, verdict.bearers.front(), account);
    for (const Timeline::Step& step : window.steps()) {
      thresholds.push_back({step.from, false});
    }
    for (const facts::FactId id : reports_of(*verdict.incident, account)) {
      narrower(id, clause, verdict.bearers.front(), thresholds, into);
    }
  }
  const std::vector<facts::AccountId> broken = with_opinion(verdict, Opinion::Broken);
  if (verdict.outcome == Outcome::Broken && !broken.empty()) {
    withdrawn(Opinion::Broken);
    moved(verdict, broken, into);
  }
  other_reports(verdict, into);
  if (verdict.outcome == Outcome::Unknown) {
    withdrawn(Opinion::Unknown);
  }
}

namespace {

// What with and where the duty asks for it.
void add_with_and_where(const agreement::Agreement& agreement, const agreement::Clause& clause,
                        agreement::ActorId bearer, facts::Fact& done) {
  done.weapons.items.emplace_back();
  for (const agreement::Complement& complement : clause.act.complements) {
    facts::Values values = values_of(agreement, complement.nouns, bearer);
    if (complement.preposition == agreement::Preposition::With) {
      done.weapons = std::move(values);
      continue;
    }
    if (facts::is_where(complement.preposition) &&
        values.items.front().head == facts::Value::Head::Place) {
      done.named_place = values.items.front().place;
    }
    done.complements.push_back({complement.preposition, std::move(values)});
  }
  for (const auto* in_place : clause.find_all<agreement::InPlace>()) {
    if (!in_place->places.items.empty() &&
        in_place->places.items.front().head == agreement::Noun::Head::Place) {
      done.named_place = in_place->places.items.front().place;
    }
  }
}

}  // namespace

// That it was done as it asks, by somebody who had not spoken of it.
void Changes::performances(const DutyState& state, std::vector<Change>& into) {
  const agreement::Clause& clause = agreement().clause(state.verdict.clause);
  if (!clause.act.verb || state.opinions.empty()) {
    return;
  }
  // Of a duty that arose with something, one who knows of that.
  const auto knows = std::find_if(
      state.opinions.begin(), state.opinions.end(),
      [](const DutyOpinion& opinion) { return opinion.times.arose.earliest < base::kAfterTime; });
  const DutyOpinion& model = knows == state.opinions.end() ? state.opinions.front() : *knows;
  const bool is_known_to_it = clause.waits() && model.account != engine_.record().nobody();
  const agreement::ActorId bearer = state.verdict.bearers.front();
  facts::Fact done;
  done.account =
      is_known_to_it ? model.account : base::id_at<facts::AccountId>(evidence().accounts.size());
  done.verbs = {*clause.act.verb};
  done.actors = {state.instance.is_any ? facts::Group{bearer} : state.verdict.bearers};
  done.objects = values_of(agreement(), clause.act.object, bearer);
  add_with_and_where(agreement(), clause, bearer, done);
  const std::vector<std::string> keys = engine_.duties().keys_of(state.instance, model.account);
  done.key = keys.empty() ? std::string() : keys.front();
  base::Instant at = model.times.deadline.earliest;
  if (model.times.begun_by) {
    at = std::min(at, model.times.begun_by->earliest);
  }
  if (!is_moment(at)) {
    at = std::max(evidence().now, model.times.arose.latest);
  }
  if (!is_moment(at)) {
    return;
  }
  done.when = {at, at};
  Change change;
  const facts::Wording bearers =
      facts::named(agreement(), state.verdict.bearers,
                   state.instance.is_any ? facts::Last::Or : facts::Last::And);
  const facts::Wording who = is_known_to_it ? facts::Wording(name_of(model.account))
                             : state.verdict.outcome == Outcome::Broken
                                 ? facts::say("another account")
                                 : facts::say("an account");
  change.words =
      state.verdict.outcome == Outcome::Pending
          ? facts::say("{} reports the performance of {}", who, clause.number)
      : state.verdict.outcome == Outcome::Broken
          ? facts::say("{} reports that {} was performed in time", who, clause.number)
          : facts::say("{} reports that {} did what {} asks", who, bearers, clause.number);
  change.reported = {std::move(done)};
  into.push_back(std::move(change));
}

// That what was late was not.
void Changes::in_time(const DutyOpinion& opinion, std::vector<Change>& into) {
  const base::Instant due = opinion.times.deadline.earliest;
  if (opinion.opinion != Opinion::Broken || !is_moment(due)) {
    return;
  }
  for (const Performance& performance : opinion.performances) {
    facts::Fact one = fact(performance.fact);
    one.when = {due, due};
    into.push_back(known(
        facts::say("the act is shown to have happened by {}", facts::at_words(agreement(), due)),
        performance.fact, Doubt::When, std::move(one)));
  }
}

// That somebody watched and saw nothing.
void Changes::silence(const DutyState& state, std::vector<Change>& into) {
  const base::Instant deadline = !state.opinions.empty()
                                     ? state.opinions.front().times.deadline.latest
                                 : !state.phases.empty() ? state.phases.front().finish.latest
                                                         : base::kAfterTime;
  if (deadline >= base::kAfterTime) {
    return;
  }
  Change change;
  change.words = facts::say("somebody who could have seen it reports that it was not done");
  change.covered.push_back({base::id_at<facts::AccountId>(evidence().accounts.size()),
                            {base::kBeforeTime, base::kAfterTime},
                            {},
                            {}});
  into.push_back(std::move(change));
}

void Changes::determination(const DutyState& state, std::vector<Change>& into) {
  const agreement::Clause& clause = agreement().clause(state.verdict.clause);
  const auto* by = clause.find<agreement::Determined>();
  if (clause.form != agreement::Form::Effort || by == nullptr || state.opinions.empty()) {
    return;
  }
  facts::Fact found;
  found.account = base::id_at<facts::AccountId>(evidence().accounts.size());
  found.institutional = facts::InstitutionalAct::Determine;
  facts::Group finders;
  for (const agreement::Agent& agent : by->agents) {
    const auto some = agreement().resolve(agent, {});
    finders.insert(finders.end(), some.begin(), some.end());
  }
  std::sort(finders.begin(), finders.end());
  found.actors = {finders};
  found.objects.items.emplace_back();
  found.weapons.items.emplace_back();
  found.clauses = {state.verdict.clause};
  found.are_clauses_named = true;
  const base::Instant at = std::max(evidence().now, state.opinions.front().times.arose.latest);
  found.when = {at, at};
  Change change;
  change.words = facts::say("its finders determine that {} was not kept", clause.number);
  change.reported = {std::move(found)};
  into.push_back(std::move(change));
}

// That those who say kept, or those who say broken, take back what they said.
void Changes::one_side_withdrawn(const facts::Verdict& verdict,
                                 const std::vector<facts::FactId>& reports,
                                 std::vector<Change>& into) {
  for (const Opinion said : {Opinion::Kept, Opinion::Broken}) {
    const auto accounts = with_opinion(verdict, said);
    std::vector<facts::FactId> theirs;
    for (const facts::FactId id : reports) {
      if (std::find(accounts.begin(), accounts.end(), fact(id).account) != accounts.end()) {
        theirs.push_back(id);
      }
    }
    if (!theirs.empty()) {
      into.push_back(withdrawal(accounts, theirs));
    }
  }
}

void Changes::of_duty(const DutyState& state, std::vector<Change>& into) {
  const facts::Verdict& verdict = state.verdict;
  const agreement::Clause& clause = agreement().clause(verdict.clause);
  std::vector<facts::AccountId> speaking;
  std::vector<facts::FactId> reports;
  for (const DutyOpinion& opinion : state.opinions) {
    for (const Performance& performance : opinion.performances) {
      if (opinion.opinion) {
        reports.push_back(performance.fact);
      }
    }
    if (opinion.opinion && !opinion.performances.empty()) {
      speaking.push_back(opinion.account);
    }
    in_time(opinion, into);
    if (opinion.opinion != Opinion::Unknown) {
      continue;
    }
    const std::vector<Threshold> thresholds = {{opinion.times.arose.latest, false},
                                               {opinion.times.deadline.earliest, true}};
    for (const Performance& performance : opinion.performances) {
      narrower(performance.fact, clause, verdict.bearers.front(), thresholds, into);
    }
  }
  for (const PhaseOpinion& opinion : state.phases) {
    if (opinion.last_slice) {
      speaking.push_back(opinion.account);
      reports.push_back(*opinion.last_slice);
    }
  }
  if (verdict.outcome == Outcome::Contested) {
    one_side_withdrawn(verdict, reports, into);
  }
  performances(state, into);
  silence(state, into);
  determination(state, into);
  if (!reports.empty() && verdict.outcome != Outcome::Contested) {
    into.push_back(withdrawal(speaking, reports));
  }
}

std::vector<Change> Changes::candidates(const Judged& judged) {
  std::vector<Change> found;
  if (judged.verdict.outcome == Outcome::Lapsed) {
    // Nothing is due any more.
    return found;
  }
  if (judged.duty) {
    of_duty(*judged.duty, found);
  } else {
    of_prohibition(judged.verdict, found);
  }
  return found;
}

}  // namespace internal
}  // namespace truce::monitor
