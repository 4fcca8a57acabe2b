// SPDX-License-Identifier: Apache-2.0
// U04: an observer who is named and cannot see.
#include <algorithm>

#include <fmt/format.h>

#include "truce/analysis/internal/eyes.h"
#include "truce/analysis/internal/search.h"

namespace truce::analysis::internal {
namespace {

using agreement::Monitored;
using agreement::Noun;

bool is_watching(std::string_view verb) {
  return verb == "verify" || verb == "inspect" || verb == "monitor";
}

std::vector<const agreement::Act*> acts_of(const Clause& clause) {
  std::vector<const agreement::Act*> acts;
  if (clause.form == agreement::Form::Phases) {
    for (const agreement::Phase* phase : clause.find_all<agreement::Phase>()) {
      acts.push_back(&phase->act);
    }
  } else {
    acts.push_back(&clause.act);
  }
  return acts;
}

void find_unlisted(Search& search, const Eyes& eyes, ClauseId id) {
  const Actors actors = watchers(search.draft, id);
  const auto acts = acts_of(search.clause(id));
  const bool is_seen = std::any_of(actors.begin(), actors.end(), [&](ActorId actor) {
    const agreement::Nouns& list = search.agreement().actor(actor).monitors;
    return list.empty() || std::all_of(acts.begin(), acts.end(), [&](const agreement::Act* act) {
             return !eyes.needs_eyes(*act) || eyes.is_listed(*act, list);
           });
  });
  const bool is_own_access = std::any_of(acts.begin(), acts.end(), [&](const agreement::Act* act) {
    return eyes.is_own_access(*act);
  });
  if (actors.empty() || is_seen || is_own_access) {
    return;
  }
  Finding finding{.code = Code::U04};
  std::vector<Wording> lists;
  for (const ActorId actor : actors) {
    std::vector<Wording> words;
    for (const Noun& noun : search.agreement().actor(actor).monitors.items) {
      words.emplace_back(noun.text);
    }
    lists.push_back(say("{} monitors {}", search.agreement().actor(actor).name,
                        Wording::all(std::move(words))));
  }
  point_at(finding, search.draft, id, *first_particular<Monitored>(search.clause(id)),
           "watches other things");
  for (const ActorId actor : actors) {
    finding.labels.push_back({search.agreement().actor(actor).span, "what it watches", false});
  }
  finding.message =
      say("whoever is named to watch {} watches other things", search.draft.number(id));
  finding.notes.push_back(Wording::all(std::move(lists)));
  finding.outcome = say("A breach that is seen is seen by chance.");
  search.findings.push_back(std::move(finding));
}

// `monitored by X from M`: what was done before M is not seen.
void find_late_watch(Search& search, ClauseId id) {
  for (const agreement::Particular& particular : search.clause(id).particulars) {
    const auto* monitored = std::get_if<Monitored>(&particular.what);
    if (monitored == nullptr || !monitored->from.has_value() ||
        (monitored->from->base == agreement::MomentExpression::Base::DayOfClause &&
         monitored->from->clause == id)) {
      continue;
    }
    const Node watched = search.time.moment(*monitored->from, false);
    const auto* from = search.clause(id).find<agreement::From>();
    const Node begins =
        from == nullptr ? search.time.begins(id) : search.time.moment(from->at, false);
    const auto room = search.time.least_between(watched, begins);
    const auto upon = search.time.least_between(watched, search.time.begins(id));
    const bool is_in_time = (room.has_value() && *room >= 0) || (upon.has_value() && *upon >= 0);
    const auto deadlines = search.time.deadlines(id);
    const bool is_by_deadline =
        search.draft.is_duty(id) && !deadlines.empty() &&
        std::all_of(deadlines.begin(), deadlines.end(), [&](const auto& deadline) {
          const auto after = search.time.least_between(watched, deadline.first);
          return after.has_value() && *after >= 0;
        });
    if (is_in_time || is_by_deadline) {
      continue;
    }
    Finding finding{.code = Code::U04};
    point_at(finding, search.draft, id, particular, "watches only from here");
    if (const auto* start = first_particular<agreement::From>(search.clause(id))) {
      point_at(finding, search.draft, id, *start, "and it begins here");
    }
    finding.message =
        say("{} is not watched before {}", search.draft.number(id), monitored->from->text);
    finding.outcome = say("Whatever is done before that, nobody has to have seen.");
    base::Span after = particular.span;
    finding.repairs.push_back({say("watch from the beginning: take out the moment"),
                               {{after, fmt::format("monitored by {}", listed([&] {
                                                      std::vector<std::string> names;
                                                      for (const auto& agent : monitored->agents) {
                                                        names.push_back(agent.text);
                                                      }
                                                      return names;
                                                    }()))}}});
    search.findings.push_back(std::move(finding));
  }
}

// A duty whose observer is bound to verify it only from a moment that may be too late.
void find_late_verification(Search& search, const Eyes& eyes, ClauseId id) {
  const Clause& clause = search.clause(id);
  const auto* monitored = first_particular<Monitored>(clause);
  if (clause.form != agreement::Form::Duty || monitored == nullptr ||
      !clause.act.verb.has_value() || std::get<Monitored>(monitored->what).from.has_value()) {
    return;
  }
  for (const ClauseId other : search.draft.clauses()) {
    const Clause& verifying = search.clause(other);
    const agreement::Particular* from = first_particular<agreement::From>(verifying);
    if (verifying.form != agreement::Form::Duty || !verifying.act.verb.has_value() ||
        from == nullptr || !is_watching(search.agreement().verb(*verifying.act.verb).name) ||
        !are_among(search.draft.bearers(other), watchers(search.draft, id)) ||
        search.draft.bearers(other).empty()) {
      continue;
    }
    const auto& objects = verifying.act.object.items;
    const bool is_about = std::any_of(objects.begin(), objects.end(), [&](const Noun& noun) {
      return noun.head == Noun::Head::Kind && eyes.is_heading(noun.kind, *clause.act.verb);
    });
    if (!is_about) {
      continue;
    }
    const Node start = search.time.moment(std::get<agreement::From>(from->what).at, false);
    for (const auto& [deadline, particular] : search.time.deadlines(id)) {
      const auto room = search.time.least_between(start, deadline);
      if (room.has_value() && *room >= 0) {
        continue;
      }
      Finding finding{.code = Code::U04};
      point_at(finding, search.draft, id, *particular, "to be done by here");
      point_at(finding, search.draft, other, *from, "and looked at only from here");
      finding.message =
          say("{} is verified only from {}, and nothing says that this comes before {} is due",
              clause.number, std::get<agreement::From>(from->what).at.text, clause.number);
      finding.outcome = say("Whether {} was kept in time, nobody has to have seen.", clause.number);
      search.findings.push_back(std::move(finding));
    }
  }
}

// Who inspects or verifies on the ground must be let in.
void find_no_access(Search& search, ClauseId id) {
  const Clause& clause = search.clause(id);
  const agreement::Agreement& agreement = search.agreement();
  if (clause.form != agreement::Form::Duty || !clause.act.verb.has_value() ||
      (agreement.verb(*clause.act.verb).name != "verify" &&
       agreement.verb(*clause.act.verb).name != "inspect")) {
    return;
  }
  const auto is_a = [&](const Noun& noun, std::string_view name) {
    const auto kind = agreement.vocabulary.find_kind(name);
    return noun.head == Noun::Head::Kind && kind.has_value() &&
           agreement.vocabulary.is_kind_of(noun.kind, *kind);
  };
  const auto& objects = clause.act.object.items;
  const bool is_on_ground =
      clause.find<agreement::InPlace>() != nullptr ||
      std::any_of(objects.begin(), objects.end(), [&](const Noun& noun) {
        return noun.head == Noun::Head::Place || is_a(noun, "Areas") || is_a(noun, "Weapons");
      });
  const Actors bearers = search.draft.bearers(id);
  const auto lets_in = [&](const Noun& noun) {
    const bool is_theirs = noun.head == Noun::Head::Agent && contains(bearers, noun.agent.actor) &&
                           noun.agent.who == agreement::Agent::Who::Actor;
    return is_theirs || is_a(noun, "Observers");
  };
  const auto any_lets_in = [&](const agreement::Nouns& nouns) {
    return std::any_of(nouns.items.begin(), nouns.items.end(), lets_in);
  };
  const auto ids = search.draft.clauses();
  const bool has_access = std::any_of(ids.begin(), ids.end(), [&](ClauseId other) {
    const Clause& access = search.clause(other);
    if (!access.act.verb.has_value()) {
      return false;
    }
    const std::string& verb = agreement.verb(*access.act.verb).name;
    const bool admits = verb == "admit" && access.form == agreement::Form::Duty;
    const bool denies = verb == "deny" && access.form == agreement::Form::Prohibition;
    return (admits && any_lets_in(access.act.object)) ||
           (denies && std::any_of(access.act.complements.begin(), access.act.complements.end(),
                                  [&](const auto& one) { return any_lets_in(one.nouns); }));
  });
  if (!is_on_ground || has_access || bearers.empty()) {
    return;
  }
  Finding finding{.code = Code::U04};
  about(finding, search.draft, id, "has to be there to do this", true);
  const std::string& verb = agreement.verb(*clause.act.verb).name;
  const Wording act = Wording::act(verb, verb);
  finding.message = bearers.size() == 1
                        ? say("{} must {} on the ground, and no clause says that it be let in",
                              search.draft.names(bearers), act)
                        : say("{} must {} on the ground, and no clause says that they be let in",
                              search.draft.names(bearers), act);
  finding.outcome = say("Whoever has something to hide need only keep the door shut.");
  search.findings.push_back(std::move(finding));
}

}  // namespace

void find_unseen(Search& search) {
  const Eyes eyes(search.draft);
  for (const ClauseId id : search.draft.clauses()) {
    if (!search.draft.is_duty(id) && !search.draft.is_prohibition(id)) {
      continue;
    }
    find_unlisted(search, eyes, id);
    find_late_watch(search, id);
    find_late_verification(search, eyes, id);
    find_no_access(search, id);
  }
}

}  // namespace truce::analysis::internal
