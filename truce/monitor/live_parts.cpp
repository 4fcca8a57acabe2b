// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/live_parts.h"

#include <algorithm>
#include <utility>

namespace truce::monitor::internal {

using agreement::ClauseId;
using agreement::Form;

namespace {

bool is_prohibition(Form form) { return form == Form::Prohibition || form == Form::Watch; }
bool is_duty(Form form) {
  return form == Form::Duty || form == Form::Effort || form == Form::Phases;
}

bool is_same_act(const InstitutionalRecord& a, const InstitutionalRecord& b) {
  return a.act == b.act && a.first == b.first && a.last == b.last && a.authors == b.authors &&
         a.clauses == b.clauses && a.decided_by == b.decided_by;
}

}  // namespace

LiveParts::LiveParts(const agreement::Agreement& agreement, const facts::LiveEvidence& evidence)
    : agreement_(agreement),
      evidence_(evidence),
      footprints_(footprints_of(agreement)),
      index_(agreement) {
  for (std::size_t i = 0; i < agreement.clauses.size(); ++i) {
    const Form form = agreement.clauses[i].form;
    if (!is_prohibition(form) && !is_duty(form)) {
      continue;
    }
    const Footprint& needs = footprints_.clauses[i];
    std::vector<Part>& parts = is_prohibition(form) ? prohibitions_ : duties_;
    auto at = std::find_if(parts.begin(), parts.end(),
                           [&](const Part& part) { return part.needs.is_same_part(needs); });
    if (at == parts.end()) {
      at = parts.insert(parts.end(), Part{needs, {}, {}, false});
    }
    at->clauses.push_back(base::id_at<ClauseId>(i));
    at->acts.add(needs.act);
    at->is_restless = at->is_restless || needs.is_restless;
  }
  has_deciding_bodies_ = std::any_of(
      agreement.actors.begin(), agreement.actors.end(), [](const agreement::Actor& actor) {
        return actor.decision.rule != agreement::Actor::Decision::Rule::Unstated;
      });
}

void LiveParts::take(const facts::EvidenceChange& change) {
  if (change.before) {
    index_.remove(change.incident, *change.before);
  }
  if (change.after) {
    index_.add(change.incident, *change.after);
  }
}

void LiveParts::rebuild(const facts::Evidence& whole) {
  index_.clear();
  for (const facts::Fact& fact : whole.facts) {
    index_.add(whole.incidents[fact.incident.index].id, fact);
  }
}

void LiveParts::note_times(Engine& engine, const std::vector<ClauseId>& judged,
                           const Engine::Result& result, base::Instant present) {
  for (const ClauseId clause : judged) {
    times_[clause].clear();
  }
  const auto note = [&](ClauseId clause, MomentRange when) {
    for (const base::Instant at : {when.earliest, when.latest}) {
      for (const std::int64_t step : {0, 1}) {
        const base::Instant change{at.seconds + step};
        if (change > present && change < base::kAfterTime) {
          times_[clause].insert(change);
        }
      }
    }
  };
  for (const Judged& one : result.judged) {
    if (!one.duty) {
      continue;
    }
    const ClauseId clause = one.verdict.clause;
    for (const DutyOpinion& opinion : one.duty->opinions) {
      note(clause, opinion.times.arose);
      note(clause, opinion.times.deadline);
      note(clause, opinion.times.absolute_deadline);
      note(clause, opinion.times.begun_by.value_or(kNever));
      note(clause, engine.force().ended(clause, one.verdict.bearers, opinion.account));
    }
  }
}

bool LiveParts::concerns_all(const std::vector<facts::EvidenceChange>& changes) const {
  const auto is_institutional = [](const std::optional<facts::Fact>& fact) {
    return fact && fact->institutional != facts::InstitutionalAct::None;
  };
  return footprints_.has_circle ||
         std::any_of(changes.begin(), changes.end(), [&](const facts::EvidenceChange& change) {
           return change.are_accounts_changed || is_institutional(change.before) ||
                  is_institutional(change.after);
         });
}

// What the acts of members decide may change because time passes.
bool LiveParts::are_decisions_same(base::Instant present) {
  if (!has_deciding_bodies_ || !index_.has_institutional()) {
    return true;
  }
  std::set<std::string> acts;
  index_.institutional(acts);
  facts::Evidence part = evidence_.part(acts);
  part.now = present;
  std::vector<InstitutionalRecord> now = Record(agreement_, part).institutional();
  const bool is_same =
      std::equal(now.begin(), now.end(), decisions_.begin(), decisions_.end(), is_same_act);
  decisions_ = std::move(now);
  return is_same;
}

// What lies so near the facts of the incidents that it can matter for them.
void LiveParts::add_context(const Part& part, const std::set<std::string>& incidents,
                            std::set<std::string>& into) const {
  index_.institutional(into);
  index_.with(part.needs.anywhere, into);
  if (part.needs.nearby.is_empty()) {
    return;
  }
  for (const std::string& incident : incidents) {
    evidence_.each_fact(incident, [&](const facts::Fact& fact) {
      index_.between(fact.account, fact.when.from - part.needs.back, facts::last_of(fact.when),
                     part.needs.nearby, into);
    });
  }
}

void LiveParts::touch_prohibitions(const Part& part,
                                   const std::vector<facts::EvidenceChange>& changes,
                                   const std::vector<Moved>& moved, bool has_time_passed,
                                   std::vector<Rejudgement>& into) const {
  const bool is_moved = (part.is_restless && has_time_passed) ||
                        std::any_of(moved.begin(), moved.end(), [&](const Moved& one) {
                          return one.verbs.meets(part.needs.anywhere);
                        });
  Rejudgement what;
  if (is_moved) {
    what.clauses = part.clauses;
    index_.institutional(what.needed);
    index_.with(part.needs.anywhere, what.needed);
    index_.with(part.needs.nearby, what.needed);
    index_.with(part.acts, what.needed);
    into.push_back(std::move(what));
    return;
  }
  std::set<std::string> incidents;
  for (const facts::EvidenceChange& change : changes) {
    incidents.insert(change.incident);
  }
  for (const Moved& one : moved) {
    if (one.verbs.meets(part.needs.nearby)) {
      index_.between(one.fact->account, one.fact->when.from,
                     facts::last_of(one.fact->when) + part.needs.back, part.acts, incidents);
    }
  }
  if (incidents.empty()) {
    return;
  }
  // Of clauses whose act is none of what is told there nothing stands and nothing comes.
  VerbSet told;
  for (const Moved& one : moved) {
    told.add(one.verbs);
  }
  for (const std::string& incident : incidents) {
    evidence_.each_fact(incident, [&](const facts::Fact& fact) { told.add(index_.verbs(fact)); });
  }
  for (const ClauseId clause : part.clauses) {
    if (footprints_.clauses[clause.index].act.meets(told)) {
      what.clauses.push_back(clause);
    }
  }
  if (what.clauses.empty()) {
    return;
  }
  what.has_fixed_windows = part.needs.anywhere.is_empty();
  what.needed = incidents;
  add_context(part, incidents, what.needed);
  what.incidents = std::move(incidents);
  into.push_back(std::move(what));
}

void LiveParts::touch_duties(const std::vector<Moved>& moved, base::Instant before,
                             base::Instant present, std::vector<Rejudgement>& into) const {
  for (const Part& part : duties_) {
    const bool is_moved = std::any_of(moved.begin(), moved.end(), [&](const Moved& one) {
      return one.verbs.meets(part.needs.anywhere);
    });
    Rejudgement what;
    for (const ClauseId clause : part.clauses) {
      const auto times = times_.find(clause);
      const bool is_due = present < before || (times != times_.end() && !times->second.empty() &&
                                               *times->second.begin() <= present);
      if (is_moved || is_due ||
          (footprints_.clauses[clause.index].is_restless && present != before)) {
        what.clauses.push_back(clause);
      }
    }
    if (!what.clauses.empty()) {
      index_.institutional(what.needed);
      index_.with(part.needs.anywhere, what.needed);
      into.push_back(std::move(what));
    }
  }
}

std::optional<std::vector<Rejudgement>> LiveParts::touched(
    const std::vector<facts::EvidenceChange>& changes, base::Instant before,
    base::Instant present) {
  const bool is_everything = concerns_all(changes);
  const bool has_time_passed = present != before;
  if (((has_time_passed || is_everything) && !are_decisions_same(present)) || is_everything) {
    return std::nullopt;
  }
  std::vector<Moved> moved;
  for (const facts::EvidenceChange& change : changes) {
    for (const std::optional<facts::Fact>* fact : {&change.before, &change.after}) {
      if (*fact) {
        moved.push_back({&**fact, index_.verbs(**fact)});
      }
    }
  }
  std::vector<Rejudgement> found;
  for (const Part& part : prohibitions_) {
    touch_prohibitions(part, changes, moved, has_time_passed, found);
  }
  touch_duties(moved, before, present, found);
  return found;
}

}  // namespace truce::monitor::internal
