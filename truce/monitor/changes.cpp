// SPDX-License-Identifier: Apache-2.0
// Which small changes of fact would change a verdict: made, judged, and only then told.
#include "truce/monitor/internal/changes.h"

#include <algorithm>
#include <utility>

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
  together.words += " and " + other.words;
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
// Where so many reports bear on a verdict, only the first few changes are tried.
constexpr std::size_t kManyReports = 500;
constexpr std::size_t kFewChanges = 4;

// What a prohibition that is kept by everybody comes to: it is not listed.
std::optional<facts::Outcome> unless_kept(std::optional<facts::Outcome> outcome) {
  return outcome == facts::Outcome::Kept ? std::nullopt : outcome;
}

}  // namespace

Changes::Part Changes::part_of(const Judged& judged) {
  const facts::Verdict& verdict = judged.verdict;
  const facts::Evidence& whole = evidence();
  Cone cone(agreement());
  base::TimeRange when{base::kBeforeTime, base::kAfterTime};
  if (judged.duty) {
    cone.look_at_all(verdict.clause);
  } else {
    cone.look_around(verdict.clause);
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
        cone.holds(engine_.acts(), one, when)) {
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
  if (part.evidence.facts.size() > kManyReports && tried.size() > kFewChanges) {
    tried.resize(kFewChanges);
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
  const std::size_t in_pairs = std::min(tried.size(), kMostInPairs);
  for (std::size_t i = 0; i < in_pairs && found.empty(); ++i) {
    for (std::size_t j = i + 1; j < in_pairs && found.empty(); ++j) {
      try_one(both(tried[i], tried[j]));
    }
  }
  return found;
}

}  // namespace internal
}  // namespace truce::monitor
