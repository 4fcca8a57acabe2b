// SPDX-License-Identifier: Apache-2.0
// X02 and X01: rules that exceptions swallow, clauses that can never be broken or never fall due.
#include <algorithm>

#include "truce/analysis/internal/search.h"
#include "truce/facts/match.h"

namespace truce::analysis::internal {
namespace {

using agreement::Form;
using agreement::Noun;
using agreement::Upon;
using facts::Value;

// Everything one noun of the act can stand for, when `bearer` bears the clause; empty where that
// cannot be listed.
std::vector<Value> values_of(const Draft& draft, const Noun& noun, ActorId bearer) {
  std::vector<Value> values;
  const auto add = [&](Value::Head head) -> Value& {
    Value& value = values.emplace_back();
    value.head = head;
    value.text = noun.text;
    return value;
  };
  if (noun.head == Noun::Head::Agent) {
    for (const ActorId actor : draft.agreement().resolve(noun.agent, bearer)) {
      add(Value::Head::Actor).actor = actor;
    }
  } else if (noun.head == Noun::Head::Kind && noun.owner.empty()) {
    add(Value::Head::Kind).kind = noun.kind;
  } else if (noun.head == Noun::Head::Kind && noun.owner[0].head == Noun::Head::Agent) {
    for (const ActorId owner : draft.agreement().resolve(noun.owner[0].agent, bearer)) {
      Value& value = add(Value::Head::Kind);
      value.kind = noun.kind;
      value.owner = owner;
    }
  } else if (noun.head == Noun::Head::Place) {
    add(Value::Head::Place).place = noun.place;
  }
  return values;
}

// The exceptions that, between them, take away every object of the prohibition.
std::vector<const agreement::Particular*> swallowing(const Draft& draft, ClauseId id) {
  const Clause& clause = draft.clause(id);
  std::vector<const agreement::Particular*> used;
  const Actors bearers = draft.bearers(id);
  if (clause.form != Form::Prohibition || !clause.act.verb.has_value() ||
      clause.act.object.empty() || bearers.empty()) {
    return {};
  }
  for (const ActorId bearer : bearers) {
    for (const Noun& noun : clause.act.object.items) {
      const std::vector<Value> values = values_of(draft, noun, bearer);
      if (values.empty() && noun.head != Noun::Head::Agent) {
        return {};
      }
      for (const Value& value : values) {
        const auto takes_away = [&](const agreement::Particular& particular) {
          const auto* exception = std::get_if<agreement::Exception>(&particular.what);
          return exception != nullptr &&
                 exception->what != agreement::Exception::What::InSituation &&
                 std::any_of(exception->nouns.items.begin(), exception->nouns.items.end(),
                             [&](const Noun& excepted) {
                               return facts::match(draft.agreement(), value, excepted, bearer,
                                                   *clause.act.verb,
                                                   agreement::Preposition::Object) ==
                                      facts::Truth::Yes;
                             });
        };
        const auto found =
            std::find_if(clause.particulars.begin(), clause.particulars.end(), takes_away);
        if (found == clause.particulars.end()) {
          return {};
        }
        if (std::find(used.begin(), used.end(), &*found) == used.end()) {
          used.push_back(&*found);
        }
      }
    }
  }
  return used;
}

// Why a clause can never be broken, so that nothing follows from a breach of it.
bool is_never_broken(const Search& search, ClauseId id) {
  const Form form = search.clause(id).form;
  const bool has_no_breach = form == Form::Permission || form == Form::Power ||
                             form == Form::Reservation || form == Form::Effort;
  const bool is_prohibition = form == Form::Prohibition;
  return has_no_breach || (is_prohibition && search.has(Code::T02, id)) ||
         search.has(Code::X02, id) || search.has(Code::X01, id) || search.has(Code::U03, id);
}

bool is_never_performed(const Search& search, ClauseId id) {
  return !search.draft.is_duty(id) || search.has(Code::X01, id);
}

// The condition that can never come, with the clauses it waits for; empty where it may.
const agreement::Particular* impossible_wait(const Search& search, ClauseId id) {
  for (const agreement::Particular& particular : search.clause(id).particulars) {
    const auto* upon = std::get_if<Upon>(&particular.what);
    if (upon == nullptr || upon->clauses.empty()) {
      continue;
    }
    const auto& refs = upon->clauses;
    const bool is_of_breach =
        upon->what == Upon::What::Breach || upon->what == Upon::What::Determination;
    // Any breach will do; all must be fulfilled.
    if (is_of_breach && std::all_of(refs.begin(), refs.end(), [&](const auto& ref) {
          return is_never_broken(search, ref.clause);
        })) {
      return &particular;
    }
    if (upon->what == Upon::What::Fulfilment &&
        std::any_of(refs.begin(), refs.end(),
                    [&](const auto& ref) { return is_never_performed(search, ref.clause); })) {
      return &particular;
    }
  }
  return nullptr;
}

void tell_impossible_wait(Search& search, ClauseId id, const agreement::Particular& particular) {
  const Upon& upon = std::get<Upon>(particular.what);
  const bool is_fulfilment = upon.what == Upon::What::Fulfilment;
  Finding finding{.code = Code::X01};
  point_at(finding, search.draft, id, particular, "never comes");
  std::vector<ClauseId> causes;
  for (const agreement::ClauseRef& ref : upon.clauses) {
    const bool is_cause = is_fulfilment ? is_never_performed(search, ref.clause)
                                        : is_never_broken(search, ref.clause);
    if (is_cause) {
      causes.push_back(ref.clause);
      finding.labels.push_back(
          {search.clause(ref.clause).number_span,
           is_fulfilment ? "nobody ever performs this" : "nobody can break this", false});
    }
  }
  finding.message =
      say("{} never falls due: it waits for {}, which cannot happen", search.draft.number(id),
          is_fulfilment ? say("the fulfilment of {}", search.draft.numbers(causes))
                        : say("a breach of {}", search.draft.numbers(causes)));
  finding.outcome = say("Mend {} first.", search.draft.numbers(causes));
  search.findings.push_back(std::move(finding));
}

// A prohibition that is over before what it waits for can come.
void find_closed_windows(Search& search) {
  for (const ClauseId id : search.draft.clauses()) {
    const auto* upon = first_particular<Upon>(search.clause(id));
    const auto* until = first_particular<agreement::Until>(search.clause(id));
    if (!search.draft.is_prohibition(id) || upon == nullptr || until == nullptr ||
        search.has(Code::T02, id)) {
      continue;
    }
    const Node end = search.time.moment(std::get<agreement::Until>(until->what).at, true);
    const auto after = search.time.least_between(end, search.time.begins(id));
    if (!after.has_value() || *after < 0) {
      continue;
    }
    Finding finding{.code = Code::X01};
    point_at(finding, search.draft, id, *until, "over before it can begin");
    point_at(finding, search.draft, id, *upon, "begins no earlier than this");
    finding.message = say("{} is over before what it waits for can come", search.draft.number(id));
    finding.outcome = say("Nothing that anybody does breaks it.");
    finding.repairs.push_back({say("take out the end"), {{until->span, ""}}});
    search.findings.push_back(std::move(finding));
  }
}

}  // namespace

void find_swallowed(Search& search) {
  for (const ClauseId id : search.draft.clauses()) {
    const auto exceptions = swallowing(search.draft, id);
    if (exceptions.empty()) {
      continue;
    }
    Finding finding{.code = Code::X02};
    for (const agreement::Particular* particular : exceptions) {
      point_at(finding, search.draft, id, *particular, "takes away all that the rule protects");
      finding.repairs.push_back(
          {say("take out the exception in {}", search.draft.number(id)), {{particular->span, ""}}});
    }
    finding.labels.push_back({search.clause(id).act.object.span, "the rule", false});
    finding.message =
        say("the exceptions of {} leave nothing that it forbids", search.draft.number(id));
    finding.outcome = say("Nothing that anybody does breaks it.");
    search.findings.push_back(std::move(finding));
  }
}

void find_dead(Search& search) {
  find_closed_windows(search);
  // What waits for a dead clause is dead in turn.
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (const ClauseId id : search.draft.clauses()) {
      if (search.has(Code::X01, id)) {
        continue;
      }
      if (const agreement::Particular* particular = impossible_wait(search, id)) {
        tell_impossible_wait(search, id, *particular);
        is_changed = true;
      }
    }
  }
}

}  // namespace truce::analysis::internal
