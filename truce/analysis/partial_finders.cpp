// SPDX-License-Identifier: Apache-2.0
// U06: whoever finds the breach is, or needs, the one accused of it.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "truce/analysis/internal/search.h"

namespace truce::analysis::internal {
namespace {

using agreement::Actor;
using agreement::Determined;
using agreement::Upon;

Actors resolved(const Draft& draft, const std::vector<agreement::Agent>& agents, ActorId bearer) {
  Actors actors;
  for (const agreement::Agent& agent : agents) {
    for (const ActorId actor : draft.agreement().resolve(agent, bearer)) {
      if (!contains(actors, actor)) {
        actors.push_back(actor);
      }
    }
  }
  return actors;
}

// Those who decide for a body, itself where nobody is named.
Actors voters(const Draft& draft, ActorId body) {
  const Actor& actor = draft.agreement().actor(body);
  Actors voters = resolved(draft, actor.members, {});
  for (const ActorId chair : resolved(draft, actor.chairs, {})) {
    if (!contains(voters, chair)) {
      voters.push_back(chair);
    }
  }
  return voters.empty() ? Actors{body} : voters;
}

Actors shared(const Actors& some, const Actors& others) {
  Actors both;
  std::copy_if(some.begin(), some.end(), std::back_inserter(both),
               [&](ActorId actor) { return contains(others, actor); });
  return both;
}

// Whether the finder cannot decide against the accused; then who of it stands in the way.
Actors in_the_way(const Draft& draft, ActorId finder, const Actors& accused) {
  const Actors deciding = voters(draft, finder);
  const Actors own = shared(deciding, accused);
  if (own.empty()) {
    return {};
  }
  const Actor::Decision& decision = draft.agreement().actor(finder).decision;
  const Actors instead = resolved(draft, decision.failing_which, {});
  const bool has_tie_break = !instead.empty() && shared(instead, accused).empty();
  const bool is_outvoted =
      decision.rule == Actor::Decision::Rule::Majority && 2 * own.size() < deciding.size();
  return has_tie_break || is_outvoted ? Actors{} : own;
}

// A body of the text that nobody accused belongs to, those that watch the clause first.
std::optional<std::string> impartial(const Draft& draft, ClauseId id) {
  const Actors accused = draft.answerable(id);
  std::optional<std::string> found;
  Actors candidates;
  for (const auto* monitored : draft.clause(id).find_all<agreement::Monitored>()) {
    const Actors watching = resolved(draft, monitored->agents, {});
    candidates.insert(candidates.end(), watching.begin(), watching.end());
  }
  for (std::size_t i = 0; i < draft.agreement().actors.size(); ++i) {
    candidates.push_back(base::id_at<ActorId>(i));
  }
  for (const ActorId candidate : candidates) {
    if (draft.agreement().actor(candidate).role == Actor::Role::Body &&
        in_the_way(draft, candidate, accused).empty() && !found.has_value()) {
      found = draft.agreement().actor(candidate).name;
    }
  }
  return found;
}

void find_own_judge(Search& search, ClauseId id) {
  const agreement::Particular* particular = first_particular<Determined>(search.clause(id));
  if (particular == nullptr) {
    return;
  }
  const Determined& determined = std::get<Determined>(particular->what);
  Actors blocking;
  std::vector<Wording> accused_of;
  for (const ActorId bearer : search.draft.bearers(id)) {
    Actors accused = search.draft.ensurers(id, bearer);
    accused.push_back(bearer);
    for (const ActorId finder : resolved(search.draft, determined.agents, bearer)) {
      for (const ActorId actor : in_the_way(search.draft, finder, accused)) {
        const std::string& name = search.agreement().actor(actor).name;
        if (!contains(blocking, actor)) {
          blocking.push_back(actor);
          accused_of.push_back(
              actor == bearer
                  ? say("{} is bound by {}", name, search.draft.number(id))
                  : say("{} answers for {}", name, search.agreement().actor(bearer).name));
        }
      }
    }
  }
  if (blocking.empty()) {
    return;
  }
  Finding finding{.code = Code::U06};
  point_at(finding, search.draft, id, *particular, "cannot find without the accused");
  std::sort(blocking.begin(), blocking.end());
  const Wording who = search.draft.names(blocking);
  Wording why = Wording::all(std::move(accused_of));
  finding.message = blocking.size() == 1 ? say("a breach of {} is found only if {} agrees, and {}",
                                               search.draft.number(id), who, std::move(why))
                                         : say("a breach of {} is found only if {} agree, and {}",
                                               search.draft.number(id), who, std::move(why));
  finding.outcome = say("No breach is ever found against the will of those it is held against.");
  if (const auto body = impartial(search.draft, id)) {
    std::string text = "determined by " + *body;
    if (determined.within.has_value()) {
      text += " within " + agreement::to_words(*determined.within);
      text += determined.is_from_notification ? " of notification" : "";
    }
    finding.repairs.push_back(
        {say("let {} find it: `{}`", *body, text), {{particular->span, text}}});
  }
  search.findings.push_back(std::move(finding));
}

// Clauses whose remedy waits for a finding that nobody is named to make; once for each remedy.
void find_nobody_to_find(Search& search) {
  for (const ClauseId remedy : search.draft.clauses()) {
    for (const agreement::Particular& particular : search.clause(remedy).particulars) {
      const auto* upon = std::get_if<Upon>(&particular.what);
      if (upon == nullptr || upon->what != Upon::What::Determination) {
        continue;
      }
      Finding finding{.code = Code::U06};
      std::vector<ClauseId> open;
      Repair repair;
      for (const agreement::ClauseRef& ref : upon->clauses) {
        if (search.clause(ref.clause).find<Determined>() != nullptr ||
            std::find(open.begin(), open.end(), ref.clause) != open.end()) {
          continue;
        }
        open.push_back(ref.clause);
        about(finding, search.draft, ref.clause, "nobody is named to find a breach", true);
        if (const auto body = impartial(search.draft, ref.clause)) {
          repair.edits.push_back({before_stop(search.clause(ref.clause)),
                                  fmt::format("; determined by {} within 24 hours", *body)});
          repair.text = say("name a finder: `determined by {} within 24 hours`", *body);
        }
      }
      if (open.empty()) {
        continue;
      }
      point_at(finding, search.draft, remedy, particular, "waits for a finding");
      finding.labels.back().is_primary = false;
      finding.message =
          say("{} waits until a breach of {} is found, and nobody is named to find it",
              search.draft.number(remedy), search.draft.numbers(open));
      finding.outcome =
          say("Anybody may say that it was found, the accused too, and each finding "
              "counts as much as the next.");
      if (repair.edits.size() == open.size()) {
        finding.repairs.push_back(std::move(repair));
      }
      search.findings.push_back(std::move(finding));
    }
  }
}

}  // namespace

void find_partial_finders(Search& search) {
  for (const ClauseId id : search.draft.clauses()) {
    find_own_judge(search, id);
  }
  find_nobody_to_find(search);
}

}  // namespace truce::analysis::internal
