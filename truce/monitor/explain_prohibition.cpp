// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "truce/facts/telling.h"
#include "truce/facts/words.h"
#include "truce/monitor/internal/explain.h"

namespace truce::monitor::internal {

using facts::Doubt;
using facts::Opinion;
using facts::Outcome;
using facts::Truth;

namespace {

void add_words(AccountReason& reason, base::Span span) {
  const auto at =
      std::lower_bound(reason.deciding_words.begin(), reason.deciding_words.end(), span);
  if (at == reason.deciding_words.end() || *at != span) {
    reason.deciding_words.insert(at, span);
  }
}

std::vector<const AccountReason*> with_opinion(const std::vector<AccountReason>& reasons,
                                               Opinion opinion) {
  std::vector<const AccountReason*> found;
  for (const AccountReason& reason : reasons) {
    if (reason.opinion == opinion) {
      found.push_back(&reason);
    }
  }
  return found;
}

}  // namespace

Explanation Explainer::explain(const Judged& judged) {
  Explanation result = judged.duty ? explain_duty(judged) : explain_prohibition(judged.verdict);
  if (with_changes_) {
    result.changes = changes_.of(judged);
  }
  for (const Change& change : result.changes) {
    result.would_change_if.push_back(change.words);
  }
  if (judged.duty) {
    result.awaited = still_awaited(*judged.duty);
  }
  return result;
}

// `on 19 September 2016, 19:12 Government attacked Convoys with Weapons at Urum al-Kubra`
facts::Wording Explainer::told(facts::FactId id) const {
  return facts::telling_of(agreement(), fact(id)).whole();
}

facts::FactId Explainer::deciding_fact(const facts::Verdict& verdict, facts::AccountId account) {
  std::optional<facts::FactId> best;
  Truth best_truth = Truth::No;
  for (const facts::FactId id :
       engine_.record().evidence().incidents[verdict.incident->index].facts) {
    if (fact(id).account != account || fact(id).institutional != facts::InstitutionalAct::None) {
      continue;
    }
    const Truth truth = engine_.prohibitions().breach(verdict.clause, verdict.bearers.front(), id);
    if (!best || best_truth < truth) {
      best = id;
      best_truth = truth;
    }
  }
  return *best;
}

bool Explainer::is_another_act(const agreement::Clause& clause, const facts::Fact& fact) const {
  return clause.act.verb &&
         std::none_of(fact.verbs.begin(), fact.verbs.end(), [&](agreement::VerbId verb) {
           return facts::is_or_implies(agreement(), verb, *clause.act.verb);
         });
}

AccountReason Explainer::reason_of(const facts::Verdict& verdict,
                                   const facts::AccountOpinion& opinion) {
  const agreement::Clause& clause = agreement().clause(verdict.clause);
  AccountReason reason;
  reason.account = opinion.account;
  reason.opinion = opinion.opinion;
  const facts::FactId id = deciding_fact(verdict, opinion.account);
  const Searched* found = engine_.worlds().found(verdict.clause, verdict.bearers,
                                                 verdict.incident->index, opinion.account);
  const bool is_by_worlds = found != nullptr && found->end == Searched::End::Agreed;
  reason.deciding_facts = {id};
  const facts::Wording says = facts::say("{} says that {}", name_of(opinion.account), told(id));
  if (opinion.opinion == Opinion::Broken) {
    const facts::Wording renewal = renewal_of(verdict.clause, fact(id).when.from);
    reason.because = renewal.empty() ? facts::say("{}, while {} was in force", says, clause.number)
                                     : facts::say("{}, while {} was in force by the renewal of {}",
                                                  says, clause.number, renewal);
    add_words(reason, clause.subject.span);
    add_words(reason, clause.act.span);
    tell_of_worlds(clause, found, reason);
    return reason;
  }
  std::vector<facts::Wording> open;
  std::vector<Aspect> all = aspects(verdict.clause, verdict.bearers.front(), id);
  if (is_another_act(clause, fact(id))) {
    // Another act altogether: that says more than who is not bound.
    std::stable_partition(all.begin(), all.end(),
                          [](const Aspect& aspect) { return aspect.of == Aspect::Of::What; });
  }
  for (const Aspect& aspect : all) {
    const bool decides = opinion.opinion == Opinion::Kept && !is_by_worlds
                             ? aspect.truth == Truth::No
                             : aspect.truth != Truth::Yes;
    if (decides) {
      open.push_back(opinion.opinion == Opinion::Kept ? aspect.why_not : aspect.open);
      add_words(reason, aspect.span);
      if (opinion.opinion == Opinion::Kept && !is_by_worlds) {
        break;
      }
    }
  }
  if (open.empty()) {
    open.push_back(opinion.opinion == Opinion::Kept
                       ? facts::say("{} is not broken by it", clause.number)
                       : facts::say("whether it breaks {} depends on what the report leaves "
                                    "open",
                                    clause.number));
  }
  facts::Wording said = open.front();
  for (std::size_t i = 1; i < open.size(); ++i) {
    said = facts::say("{}; {}", std::move(said), open[i]);
  }
  reason.because = facts::say("{}: {}", says, std::move(said));
  tell_of_worlds(clause, found, reason);
  return reason;
}

Explanation Explainer::explain_prohibition(const facts::Verdict& verdict) {
  Explanation result;
  for (const facts::AccountOpinion& opinion : verdict.opinions) {
    result.reasons.push_back(reason_of(verdict, opinion));
  }
  const auto broken = with_opinion(result.reasons, Opinion::Broken);
  const auto unknown = with_opinion(result.reasons, Opinion::Unknown);
  const auto kept = with_opinion(result.reasons, Opinion::Kept);
  switch (verdict.outcome) {
    case Outcome::Contested:
      result.because = facts::say("{}; but {}.", broken.front()->because, kept.front()->because);
      break;
    case Outcome::Broken: {
      result.because = facts::say("{}.", broken.front()->because);
      std::vector<agreement::ActorId> ensuring;
      std::set_difference(verdict.blame.begin(), verdict.blame.end(), verdict.bearers.begin(),
                          verdict.bearers.end(), std::back_inserter(ensuring));
      if (!ensuring.empty()) {
        result.because = facts::say("{}. {} answers with {} for it.", broken.front()->because,
                                    facts::named(agreement(), ensuring),
                                    facts::named(agreement(), verdict.bearers));
      }
      break;
    }
    case Outcome::Unknown:
    case Outcome::Kept:
    case Outcome::Pending:
    case Outcome::Lapsed:
      if (!unknown.empty()) {
        result.because = facts::say("{}.", unknown.front()->because);
      }
      break;
  }
  result.because = std::move(result.because).capitalised();
  return result;
}

// What is said of an opinion that rests on all worlds of an account, and not on single tests.
namespace {

facts::Wording whichever(Doubt doubt) {
  switch (doubt) {
    case Doubt::Where:
      return facts::say("wherever in the reported area it was");
    case Doubt::Who:
      return facts::say("whoever of those named did it");
    case Doubt::Target:
      return facts::say("whichever of the targets named was struck");
    case Doubt::Weapon:
      return facts::say("whichever of the weapons named was used");
    case Doubt::What:
      return facts::say("whichever of the acts named it was");
    case Doubt::When:
      return facts::say("at whatever time in the reported range it was");
  }
  return {};
}

void add_places(const agreement::Nouns& nouns, std::set<agreement::PlaceId>& places) {
  for (const agreement::Noun& noun : nouns.items) {
    if (noun.head == agreement::Noun::Head::Place) {
      places.insert(noun.place);
    }
  }
}

// The places of which the clause speaks.
std::set<agreement::PlaceId> places_named(const agreement::Clause& clause) {
  std::set<agreement::PlaceId> places;
  add_places(clause.act.object, places);
  for (const agreement::Complement& complement : clause.act.complements) {
    add_places(complement.nouns, places);
  }
  for (const auto* in_place : clause.find_all<agreement::InPlace>()) {
    add_places(in_place->places, places);
  }
  for (const auto* exception : clause.find_all<agreement::Exception>()) {
    add_places(exception->nouns, places);
  }
  return places;
}

}  // namespace

// `whether it was in West or in Middle`; empty where the clause does not name all of them.
facts::Wording Explainer::which_place(const agreement::Clause& clause, facts::FactId id) {
  const std::set<agreement::PlaceId> named = places_named(clause);
  std::map<std::string, facts::Wording> choices;
  for (const std::vector<facts::Located>& located : engine_.worlds().places_of(id)) {
    std::vector<std::string> inside;
    for (const facts::Located& one : located) {
      if (one.is_inside && named.count(one.place) > 0) {
        inside.push_back(agreement().place(one.place).name);
      }
    }
    if (inside.empty()) {
      return {};
    }
    facts::Wording place = facts::say("in {}", facts::listed(inside));
    choices.emplace(place.english(), std::move(place));
  }
  if (choices.size() < 2) {
    return {};
  }
  std::vector<facts::Wording> either;
  for (auto& [english, place] : choices) {
    either.push_back(std::move(place));
  }
  return facts::say("whether it was {}", facts::Wording::either(std::move(either)));
}

void Explainer::tell_of_worlds(const agreement::Clause& clause, const Searched* found,
                               AccountReason& reason) {
  if (found == nullptr) {
    return;
  }
  if (found->end == Searched::End::TooMany) {
    reason.because = facts::say(
        "{}; the reports that bear on it can be read together in more ways than are tried",
        std::move(reason.because));
    return;
  }
  if (found->end != Searched::End::Agreed) {
    return;
  }
  std::vector<facts::Wording> ways;
  const auto add = [&](facts::Wording way) {
    if (std::find(ways.begin(), ways.end(), way) == ways.end()) {
      ways.push_back(std::move(way));
    }
  };
  const facts::FactId own =
      reason.deciding_facts.empty() ? found->doubts.front().first : reason.deciding_facts.front();
  reason.deciding_facts = {own};
  for (const auto& [id, doubt] : found->doubts) {
    if (id == own) {
      facts::Wording place = doubt == Doubt::Where ? which_place(clause, id) : facts::Wording();
      add(place.empty() ? whichever(doubt) : std::move(place));
    }
  }
  for (const auto& [id, doubt] : found->doubts) {
    if (id != own) {
      add(facts::say("however it is read that {}", told(id)));
      reason.deciding_facts.push_back(id);
    }
  }
  std::sort(reason.deciding_facts.begin() + 1, reason.deciding_facts.end());
  reason.deciding_facts.erase(
      std::unique(reason.deciding_facts.begin(), reason.deciding_facts.end()),
      reason.deciding_facts.end());
  const bool is_prohibition = clause.form == agreement::Form::Prohibition;
  const facts::Wording says = facts::say("{} says that {}", name_of(reason.account), told(own));
  const facts::Wording whichever_way = facts::Wording::all(std::move(ways));
  const bool is_broken = reason.opinion == Opinion::Broken;
  reason.because =
      is_broken && is_prohibition
          ? facts::say("{}: {}, {} forbids it", says, whichever_way, clause.number)
      : is_broken ? facts::say("{}: {}, {} was broken", says, whichever_way, clause.number)
      : is_prohibition
          ? facts::say("{}: {}, {} is not broken by it", says, whichever_way, clause.number)
          : facts::say("{}: {}, {} was kept", says, whichever_way, clause.number);
}

}  // namespace truce::monitor::internal
