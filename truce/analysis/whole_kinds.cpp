// SPDX-License-Identifier: Apache-2.0
// X01, X02 and X03 down to every kind below what a prohibition names: exceptions that together
// leave nothing, permissions that lift all of it, and others that together forbid all of it
// already.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "truce/analysis/internal/act_query.h"

namespace truce::analysis::internal {
namespace {

using agreement::Exception;
using agreement::PlaceId;
using smt::Term;

// All acts that fall under the prohibition by that bearer, wherever it may be done.
ActSpace acts_of(Search& search, ClauseId id, ActorId bearer) {
  const Agreement& agreement = search.agreement();
  const Clause& clause = search.clause(id);
  ActSpace space = narrowed(search.draft, search.choices, clause.act, bearer, std::nullopt);
  if (space.places.size() > 1 || space.places[0].has_value()) {
    return space;
  }
  std::vector<PlaceId> outer;
  if (const auto* in = clause.find<agreement::InPlace>()) {
    for (const agreement::Noun& noun : in->places.items) {
      if (noun.head == agreement::Noun::Head::Place) {
        outer.push_back(noun.place);
      }
    }
  }
  std::set<PlaceId> known;
  for (std::size_t i = 0; i < agreement.places.size(); ++i) {
    const auto place = base::id_at<PlaceId>(i);
    const bool is_in = std::any_of(outer.begin(), outer.end(), [&](PlaceId other) {
      return search.draft.lies_in(place, other) == facts::Truth::Yes;
    });
    if ((outer.empty() || is_in) && known.insert(place).second) {
      space.places.emplace_back(place);
    }
  }
  // A place that nobody declares is one, too, unless the clause names where.
  if (!outer.empty()) {
    space.places.erase(space.places.begin());
  }
  return space;
}

// The moments at which what is in force of these may change, and one before all of them.
std::vector<base::Instant> moments_of(Search& search, Matching& matching,
                                      const std::vector<ClauseId>& clauses) {
  std::vector<base::Instant> found = changes_of(search, matching, clauses);
  found.insert(found.begin(),
               found.empty() ? base::Instant{0} : base::Instant{found.front().seconds - 1});
  return found;
}

bool has_plain_exception(const Clause& clause) {
  const auto all = clause.find_all<Exception>();
  return std::any_of(all.begin(), all.end(), [](const Exception* exception) {
    return exception->what != Exception::What::InSituation;
  });
}

// Exceptions that leave nothing only together, kind by kind.
void find_swallowed(Search& search, Matching& matching, ClauseId id) {
  const Clause& clause = search.clause(id);
  if (!has_plain_exception(clause)) {
    return;
  }
  bool is_any = false;
  for (const ActorId bearer : search.draft.bearers(id)) {
    const ActSpace space = acts_of(search, id, bearer);
    if (space.objects.empty() || space.places.empty()) {
      continue;
    }
    if (!matching.breaches(space, id, bearer, Sureness::Possible).is_empty()) {
      return;
    }
    is_any =
        is_any || !matching.without_exceptions(space, id, bearer, Sureness::Possible).is_empty();
  }
  if (!is_any) {
    return;
  }
  Finding finding{.code = Code::X02};
  for (const agreement::Particular& particular : clause.particulars) {
    const auto* exception = std::get_if<Exception>(&particular.what);
    if (exception != nullptr && exception->what != Exception::What::InSituation) {
      point_at(finding, search.draft, id, particular, "takes away a part of the rule");
      finding.repairs.push_back(
          {say("take out the exception in {}", clause.number), {{particular.span, ""}}});
    }
  }
  finding.labels.push_back({clause.act.span, "the rule", false});
  finding.message =
      say("the exceptions of {} together leave nothing that it forbids", clause.number);
  finding.outcome = say("Nothing that anybody does breaks it.");
  search.findings.push_back(std::move(finding));
}

// Permissions, or duties that stand above it, that lift all it forbids.
void find_lifted(Search& search, Matching& matching, ClauseId id) {
  const std::vector<ClauseId>& lifting = matching.lifting(id);
  const Clause& clause = search.clause(id);
  if (lifting.empty() || !clause.act.verb.has_value()) {
    return;
  }
  bool is_any = false;
  for (const ActorId bearer : search.draft.bearers(id)) {
    ActSpace space = acts_of(search, id, bearer);
    if (space.objects.empty() || space.places.empty()) {
      continue;
    }
    ActQuery query(search, matching, std::move(space), moments_of(search, matching, {id}), {id},
                   Code::X01,
                   fmt::format("X01 {} {}", clause.number, search.agreement().actor(bearer).name));
    query.require(query.breaks(id, Sureness::Possible));
    if (query.is_left(id, {}) || !query.check({}).is_unsat()) {
      return;
    }
    is_any = true;
  }
  if (!is_any) {
    return;
  }
  Finding finding{.code = Code::X01};
  about(finding, search.draft, id, "is lifted whole", true);
  for (const ClauseId other : lifting) {
    finding.labels.push_back({search.clause(other).number_span, "by this", false});
  }
  finding.message = lifting.size() == 1
                        ? say("{} can never be broken: whatever it forbids, {} lets be done",
                              clause.number, search.draft.numbers(lifting))
                        : say("{} can never be broken: whatever it forbids, {} let be done",
                              clause.number, search.draft.numbers(lifting));
  finding.outcome = say("Nothing that anybody does breaks it.");
  std::string list;
  for (const ClauseId other : lifting) {
    list += (list.empty() ? "" : ", ") + search.draft.number(other);
  }
  finding.repairs.push_back({say("let {} stand above {}: `despite {}`", clause.number,
                                 search.draft.numbers(lifting), list),
                             {{before_stop(clause), "; despite " + list}}});
  search.findings.push_back(std::move(finding));
}

// Prohibitions that can be compared: a power that ends, suspends or extends one of two alone would
// make a difference between them.
std::vector<ClauseId> comparable(const Search& search) {
  std::set<ClauseId> changed;
  for (const Clause& clause : search.agreement().clauses) {
    for (const agreement::ClauseRef& ref : clause.power.clauses) {
      if (clause.form == agreement::Form::Power) {
        changed.insert(ref.clause);
      }
    }
  }
  std::vector<ClauseId> ids;
  for (const ClauseId id : search.draft.clauses()) {
    if (search.draft.is_prohibition(id) && !search.draft.is_asleep(id) && !changed.contains(id) &&
        search.clause(id).act.verb.has_value()) {
      ids.push_back(id);
    }
  }
  return ids;
}

bool is_superfluous(const Search& search, ClauseId id) {
  return std::any_of(search.findings.begin(), search.findings.end(), [&](const Finding& finding) {
    return finding.code == Code::X03 && finding.subject == id;
  });
}

// Clauses that together surely forbid all that one bearer may break `id` with; empty where some of
// it is left.
std::optional<std::vector<ClauseId>> covering(Search& search, Matching& matching, ClauseId id,
                                              ActorId bearer, const std::vector<ClauseId>& others) {
  ActSpace space = acts_of(search, id, bearer);
  if (space.objects.empty() || space.places.empty()) {
    return std::vector<ClauseId>();
  }
  std::vector<ClauseId> spoken = others;
  spoken.push_back(id);
  ActQuery query(
      search, matching, std::move(space), moments_of(search, matching, spoken), spoken, Code::X03,
      fmt::format("X03 {} {}", search.draft.number(id), search.agreement().actor(bearer).name));
  if (query.is_left(id, others)) {
    return std::nullopt;
  }
  query.require(query.breaks(id, Sureness::Possible));
  std::vector<Term> guards;
  for (const ClauseId other : others) {
    guards.push_back(query.terms().boolean(search.draft.number(other)));
    query.require(query.terms().implies(
        guards.back(), query.terms().negation(query.breaks(other, Sureness::Certain))));
  }
  if (query.check({}).is_unsat()) {
    // Nothing breaks it at all, which is told elsewhere.
    return std::vector<ClauseId>();
  }
  if (!query.check(guards).is_unsat()) {
    return std::nullopt;
  }
  const auto core = query.core(guards);
  if (!core.has_value()) {
    return std::nullopt;
  }
  std::vector<ClauseId> found;
  for (std::size_t i = 0; i < others.size(); ++i) {
    if (std::find(core->begin(), core->end(), guards[i]) != core->end()) {
      found.push_back(others[i]);
    }
  }
  return found;
}

void find_covered(Search& search, Matching& matching, ClauseId id,
                  const std::vector<ClauseId>& all) {
  std::vector<ClauseId> others;
  for (const ClauseId other : all) {
    const Actors bearers = search.draft.bearers(id);
    const bool is_shared = std::any_of(bearers.begin(), bearers.end(), [&](ActorId bearer) {
      return contains(search.draft.bearers(other), bearer);
    });
    if (other != id && is_shared && !is_superfluous(search, other) &&
        matching.can_matter(*search.clause(id).act.verb, other)) {
      others.push_back(other);
    }
  }
  if (others.empty() || search.has(Code::X01, id) || search.has(Code::X02, id) ||
      search.has(Code::T02, id)) {
    return;
  }
  std::set<ClauseId> covering_all;
  for (const ActorId bearer : search.draft.bearers(id)) {
    const auto some = covering(search, matching, id, bearer, others);
    if (!some.has_value()) {
      return;
    }
    covering_all.insert(some->begin(), some->end());
  }
  if (covering_all.empty()) {
    return;
  }
  const std::vector<ClauseId> covers(covering_all.begin(), covering_all.end());
  Finding finding{.code = Code::X03};
  about(finding, search.draft, id, "forbids nothing more", true);
  for (const ClauseId other : covers) {
    about(finding, search.draft, other, covers.size() == 1 ? "than this does" : "than these do",
          false);
  }
  finding.subject = id;
  finding.message = covers.size() == 1 ? say("whatever {} forbids, {} forbids already",
                                             search.draft.number(id), search.draft.numbers(covers))
                                       : say("whatever {} forbids, {} together forbid already",
                                             search.draft.number(id), search.draft.numbers(covers));
  finding.outcome = say("Whoever reads them will look for a difference that is not there.");
  search.findings.push_back(std::move(finding));
}

}  // namespace

void find_swallowed_or_lifted(Search& search) {
  Matching& matching = search.matching;
  for (const ClauseId id : search.draft.clauses()) {
    if (!search.draft.is_prohibition(id) || search.draft.is_asleep(id) ||
        !search.clause(id).act.verb.has_value() || search.has(Code::X02, id) ||
        search.has(Code::T02, id)) {
      continue;
    }
    find_swallowed(search, matching, id);
    if (!search.has(Code::X02, id)) {
      find_lifted(search, matching, id);
    }
  }
}

void find_covered(Search& search) {
  Matching& matching = search.matching;
  const std::vector<ClauseId> all = comparable(search);
  // Of those that say the same, the last is the one too many.
  for (auto id = all.rbegin(); id != all.rend(); ++id) {
    if (!is_superfluous(search, *id)) {
      find_covered(search, matching, *id, all);
    }
  }
}

}  // namespace truce::analysis::internal
