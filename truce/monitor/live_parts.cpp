// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/live_parts.h"

#include <algorithm>
#include <utility>

#include "truce/base/check.h"

namespace truce::monitor::internal {

using agreement::ClauseId;
using agreement::Form;

namespace {

constexpr base::Duration kBrief{2 * 86400};

void count_down(std::map<std::string, std::uint32_t>& counts, const std::string& incident) {
  const auto at = counts.find(incident);
  TRUCE_CHECK(at != counts.end(), "a fact is taken out that was not put in");
  if (--at->second == 0) {
    counts.erase(at);
  }
}

bool is_prohibition(Form form) { return form == Form::Prohibition || form == Form::Watch; }
bool is_duty(Form form) {
  return form == Form::Duty || form == Form::Effort || form == Form::Phases;
}

bool is_same_act(const InstitutionalRecord& a, const InstitutionalRecord& b) {
  return a.act == b.act && a.first == b.first && a.last == b.last && a.authors == b.authors &&
         a.clauses == b.clauses && a.decided_by == b.decided_by;
}

}  // namespace

FactIndex::FactIndex(const agreement::Agreement& agreement) : implied_(implied_verbs(agreement)) {}

std::size_t FactIndex::group_of(const facts::Fact& fact) {
  VerbSet its_verbs = verbs(fact);
  const auto at = std::find_if(groups_.begin(), groups_.end(),
                               [&](const auto& group) { return group.first == its_verbs; });
  if (at != groups_.end()) {
    return static_cast<std::size_t>(at - groups_.begin());
  }
  groups_.emplace_back(std::move(its_verbs), Counts());
  return groups_.size() - 1;
}

std::multimap<base::Instant, FactIndex::Item>& FactIndex::list_of(const facts::Fact& fact) {
  OfAccount& all = accounts_[fact.account];
  return fact.when.to - fact.when.from <= kBrief ? all.brief : all.lasting;
}

void FactIndex::add(const std::string& incident, const facts::Fact& fact) {
  if (fact.institutional != facts::InstitutionalAct::None) {
    ++institutional_[incident];
  }
  const std::size_t group = group_of(fact);
  ++groups_[group].second[incident];
  list_of(fact).emplace(fact.when.from, Item{facts::last_of(fact.when), incident, group});
}

void FactIndex::remove(const std::string& incident, const facts::Fact& fact) {
  if (fact.institutional != facts::InstitutionalAct::None) {
    count_down(institutional_, incident);
  }
  const std::size_t group = group_of(fact);
  count_down(groups_[group].second, incident);
  auto& list = list_of(fact);
  const auto [first, last] = list.equal_range(fact.when.from);
  const auto at = std::find_if(first, last, [&](const auto& entry) {
    return entry.second.incident == incident && entry.second.group == group &&
           entry.second.last == facts::last_of(fact.when);
  });
  TRUCE_CHECK(at != last, "a fact is taken out that was not put in");
  list.erase(at);
}

void FactIndex::clear() {
  for (auto& [verbs, counts] : groups_) {
    counts.clear();
  }
  accounts_.clear();
  institutional_.clear();
}

void FactIndex::between(facts::AccountId account, base::Instant first, base::Instant last,
                        const VerbSet& verbs, std::set<std::string>& into) const {
  const auto found = accounts_.find(account);
  if (found == accounts_.end()) {
    return;
  }
  const auto take = [&](const auto& entry) {
    if (entry.second.last >= first && groups_[entry.second.group].first.meets(verbs)) {
      into.insert(entry.second.incident);
    }
  };
  const auto& [brief, lasting] = found->second;
  for (auto at = brief.lower_bound(first - kBrief); at != brief.end() && at->first <= last; ++at) {
    take(*at);
  }
  for (auto at = lasting.begin(); at != lasting.end() && at->first <= last; ++at) {
    take(*at);
  }
}

void FactIndex::with(const VerbSet& verbs, std::set<std::string>& into) const {
  for (const auto& [its_verbs, counts] : groups_) {
    if (its_verbs.meets(verbs)) {
      for (const auto& [incident, count] : counts) {
        into.insert(incident);
      }
    }
  }
}

void FactIndex::institutional(std::set<std::string>& into) const {
  for (const auto& [incident, count] : institutional_) {
    into.insert(incident);
  }
}

LiveParts::LiveParts(const agreement::Agreement& agreement, const facts::LiveEvidence& evidence)
    : agreement_(agreement),
      evidence_(evidence),
      footprints_(std::make_shared<const Footprints>(footprints_of(agreement))),
      index_(agreement) {
  for (std::size_t i = 0; i < agreement.clauses.size(); ++i) {
    const Form form = agreement.clauses[i].form;
    if (!is_prohibition(form) && !is_duty(form)) {
      continue;
    }
    const Footprint& needs = footprints_->clauses[i];
    std::vector<Part>& parts = is_prohibition(form) ? prohibitions_ : duties_;
    auto at = std::find_if(parts.begin(), parts.end(),
                           [&](const Part& part) { return part.needs.is_same_part(needs); });
    if (at == parts.end()) {
      at = parts.insert(parts.end(), Part{needs, {}, {}, false, {}});
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
  for (Part& part : duties_) {
    if (!part.streaks) {
      continue;
    }
    if (part.streaks->are_moved_by(change)) {
      part.streaks.reset();
    } else if (change.after) {
      part.streaks->later.insert(change.incident);
    }
  }
}

void LiveParts::rebuild() {
  index_.clear();
  evidence_.each_fact(
      [&](const std::string& incident, const facts::Fact& fact) { index_.add(incident, fact); });
  for (Part& part : duties_) {
    part.streaks.reset();
  }
}

void LiveParts::note(Engine& engine, const std::vector<ClauseId>& judged,
                     const Engine::Result& result, base::Instant present) {
  note_times(engine, judged, result, present);
  for (Part& part : duties_) {
    const bool is_judged =
        std::any_of(part.clauses.begin(), part.clauses.end(), [&](ClauseId clause) {
          return std::find(judged.begin(), judged.end(), clause) != judged.end();
        });
    if (is_judged && !part.needs.streaks.empty()) {
      note_streaks(engine, part);
    }
  }
}

bool LiveParts::Streaks::are_moved_by(const facts::EvidenceChange& change) const {
  const auto is_before_the_end = [&](const std::optional<facts::Fact>& fact) {
    const auto at = fact ? ended.find(fact->account) : ended.end();
    return at != ended.end() && fact->when.from < at->second;
  };
  return (change.before && chained.contains(change.incident)) || is_before_the_end(change.before) ||
         is_before_the_end(change.after);
}

void LiveParts::note_streaks(Engine& engine, Part& part) {
  const facts::Evidence& evidence = engine.record().evidence();
  Clocks& clocks = engine.clocks();
  Streaks now;
  Clocks::Reached reached;
  for (const agreement::Streak* streak : part.needs.streaks) {
    for (std::size_t i = 0; i < evidence.accounts.size(); ++i) {
      const std::pair key(streak, base::id_at<facts::AccountId>(i));
      std::vector<Streaks::Link> links;
      if (part.streaks) {
        links = std::move(part.streaks->chains[key]);
      }
      for (const Interruption& one : clocks.interruptions(*streak, key.second)) {
        links.push_back({evidence.incidents[evidence.fact(one.fact).incident.index].id, one});
      }
      std::vector<Interruption> interruptions;
      for (const Streaks::Link& link : links) {
        interruptions.push_back(link.interruption);
      }
      const MomentRange start = clocks.streak_start(*streak, key.second);
      const Progress progress = progress_of(start, streak->period, clocks.adding(), interruptions);
      const base::Instant end = streak_end(started_at(start, progress.reached), streak->period,
                                           clocks.adding(), interruptions)
                                    .latest;
      reached.emplace(key, progress.reached);
      for (const std::size_t one : progress.later) {
        if (interruptions[one].when.from < end) {
          now.later.insert(links[one].incident);
        } else {
          base::Instant& ended = now.ended.try_emplace(key.second, end).first->second;
          ended = std::max(ended, end);
        }
      }
      for (const std::size_t one : progress.chain) {
        now.chained.insert(links[one].incident);
        now.chains[key].push_back(std::move(links[one]));
      }
    }
  }
  now.reached = std::make_shared<const Clocks::Reached>(std::move(reached));
  part.streaks = std::move(now);
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
  return footprints_->has_circle ||
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

Rejudgement LiveParts::all_of(const Part& part) const {
  Rejudgement what;
  what.clauses = part.clauses;
  index_.institutional(what.needed);
  index_.with(part.needs.anywhere, what.needed);
  index_.with(part.needs.nearby, what.needed);
  index_.with(part.acts, what.needed);
  return what;
}

Rejudgement LiveParts::all_of_duties(const Part& part, std::vector<ClauseId> clauses) const {
  Rejudgement what;
  what.clauses = std::move(clauses);
  index_.institutional(what.needed);
  index_.with(part.streaks ? part.needs.elsewhere : part.needs.anywhere, what.needed);
  if (part.streaks) {
    what.needed.insert(part.streaks->later.begin(), part.streaks->later.end());
    what.reached = part.streaks->reached;
  }
  return what;
}

std::optional<std::vector<Rejudgement>> LiveParts::everything(const std::set<std::string>& standing,
                                                              std::size_t most) const {
  if (footprints_->has_circle) {
    return std::nullopt;
  }
  std::vector<Rejudgement> all;
  std::set<std::string> institutional;
  index_.institutional(institutional);
  for (const Part& part : prohibitions_) {
    if (!part.needs.anywhere.is_empty() || !part.needs.nearby.is_empty()) {
      all.push_back(all_of(part));
      continue;
    }
    std::set<std::string> incidents = standing;
    index_.with(part.acts, incidents);
    while (!incidents.empty()) {
      Rejudgement what;
      what.clauses = part.clauses;
      what.has_fixed_windows = true;
      what.incidents.emplace();
      while (!incidents.empty() && what.incidents->size() < most) {
        what.incidents->insert(incidents.extract(incidents.begin()));
      }
      what.needed = *what.incidents;
      what.needed.insert(institutional.begin(), institutional.end());
      all.push_back(std::move(what));
    }
  }
  for (const Part& part : duties_) {
    all.push_back(all_of_duties(part, part.clauses));
  }
  return all;
}

std::optional<std::set<std::string>> LiveParts::around(const std::string& incident) const {
  if (footprints_->has_circle) {
    return std::nullopt;
  }
  std::set<std::string> needed = {incident};
  index_.institutional(needed);
  for (const Part& part : prohibitions_) {
    // A report of it may turn out to be of another time, and then others are near.
    index_.with(part.needs.anywhere, needed);
    index_.with(part.needs.nearby, needed);
  }
  return needed;
}

void LiveParts::touch_prohibitions(const Part& part,
                                   const std::vector<facts::EvidenceChange>& changes,
                                   const std::vector<Moved>& moved, bool has_time_passed,
                                   std::vector<Rejudgement>& into) const {
  const bool is_moved = (part.is_restless && has_time_passed) ||
                        std::any_of(moved.begin(), moved.end(), [&](const Moved& one) {
                          return one.verbs.meets(part.needs.anywhere);
                        });
  if (is_moved) {
    into.push_back(all_of(part));
    return;
  }
  Rejudgement what;
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
    if (footprints_->clauses[clause.index].act.meets(told)) {
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
    std::vector<ClauseId> clauses;
    for (const ClauseId clause : part.clauses) {
      const auto times = times_.find(clause);
      const bool is_due = present < before || (times != times_.end() && !times->second.empty() &&
                                               *times->second.begin() <= present);
      if (is_moved || is_due ||
          (footprints_->clauses[clause.index].is_restless && present != before)) {
        clauses.push_back(clause);
      }
    }
    if (!clauses.empty()) {
      into.push_back(all_of_duties(part, std::move(clauses)));
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
