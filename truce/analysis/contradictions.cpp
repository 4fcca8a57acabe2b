// SPDX-License-Identifier: Apache-2.0
// C01: a duty that cannot be kept without breaking what the text forbids, found by playing its
// performance at every moment at which something changes.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "truce/analysis/internal/act_query.h"
#include "truce/analysis/internal/chain.h"
#include "truce/analysis/internal/replay.h"
#include "truce/analysis/internal/search.h"
#include "truce/facts/match.h"

namespace truce::analysis::internal {
namespace {

constexpr std::size_t kMaxCores = 5;
using ClauseSet = std::set<ClauseId>;

bool is_exact(const Search& search, Node node) {
  const auto earliest = search.time.earliest(node);
  return earliest.has_value() && earliest == search.time.latest(node);
}

// Prohibitions whose beginning and end the calendar gives: only these are counted on.
struct Fixed {
  ClauseId clause;
  base::Instant from;
  std::optional<base::Instant> until;
};

std::vector<Fixed> fixed_prohibitions(Search& search) {
  std::vector<Fixed> found;
  Matching& matching = search.matching;
  // What lifts it only once something else was done is not there when one act is played.
  const auto may_be_lifted = [&](ClauseId id) {
    const std::vector<ClauseId>& lifting = matching.lifting(id);
    return std::any_of(lifting.begin(), lifting.end(),
                       [&](ClauseId other) { return search.clause(other).waits(); });
  };
  for (const ClauseId id : search.draft.clauses()) {
    const Clause& clause = search.clause(id);
    const auto* from = clause.find<agreement::From>();
    if (!search.draft.is_prohibition(id) || search.draft.is_asleep(id) || from == nullptr ||
        clause.waits() || may_be_lifted(id)) {
      continue;
    }
    const Node start = search.time.moment(from->at, false);
    const auto end = search.time.ends(id);
    if (!is_exact(search, start) || (end.has_value() && !is_exact(search, *end))) {
      continue;
    }
    found.push_back({id, *search.time.earliest(start),
                     end.has_value() ? search.time.earliest(*end) : std::nullopt});
  }
  return found;
}

// Smallest sets with a member in each of `all`, at most kMaxCores, small ones first.
std::vector<ClauseSet> hitting(const std::vector<ClauseSet>& all) {
  std::vector<ClauseSet> partial = {{}};
  for (const ClauseSet& wanted : all) {
    std::vector<ClauseSet> next;
    for (const ClauseSet& set : partial) {
      const bool is_hit =
          std::any_of(wanted.begin(), wanted.end(), [&](ClauseId id) { return set.contains(id); });
      if (is_hit) {
        next.push_back(set);
        continue;
      }
      for (const ClauseId id : wanted) {
        ClauseSet larger = set;
        larger.insert(id);
        next.push_back(std::move(larger));
      }
    }
    std::sort(next.begin(), next.end(), [](const ClauseSet& a, const ClauseSet& b) {
      return std::pair(a.size(), a) < std::pair(b.size(), b);
    });
    next.erase(std::unique(next.begin(), next.end()), next.end());
    std::vector<ClauseSet> least;
    for (ClauseSet& set : next) {
      const bool has_less = std::any_of(least.begin(), least.end(), [&](const ClauseSet& less) {
        return std::includes(set.begin(), set.end(), less.begin(), less.end());
      });
      if (!has_less && least.size() < 4 * kMaxCores) {
        least.push_back(std::move(set));
      }
    }
    partial = std::move(least);
  }
  partial.resize(std::min(partial.size(), kMaxCores));
  return partial;
}

class DutySearch {
 public:
  DutySearch(Search& search, ClauseId id, const std::vector<Fixed>& fixed)
      : search_(search), id_(id), fixed_(fixed) {}

  void run();

 private:
  [[nodiscard]] bool set_window();
  [[nodiscard]] std::vector<base::Instant> instants() const;
  // Those that the performance by these actors breaks at each instant; empty where one is free.
  [[nodiscard]] std::vector<ClauseSet> blocked(const Actors& actors) const;
  [[nodiscard]] agreement::ScenarioEvent performance(const Actors& actors, base::Instant at) const;
  void tell(const ClauseSet& core, const Actors& actors);

  Search& search_;
  ClauseId id_;
  const std::vector<Fixed>& fixed_;
  const Agreement* stage_ = nullptr;
  base::Instant start_;
  std::optional<base::Instant> end_;
  const agreement::Particular* deadline_ = nullptr;
  // It could be done before anything begins, which nobody counts on.
  bool is_start_assumed_ = false;
};

bool DutySearch::set_window() {
  const Clause& clause = search_.clause(id_);
  const auto first = first_moment(search_);
  auto start = search_.time.earliest(search_.time.begins(id_));
  if (!start.has_value() || clause.find<agreement::From>() == nullptr) {
    is_start_assumed_ = !start.has_value();
    start = start.has_value() && first.has_value() ? std::max(*start, *first) : first;
  }
  if (!start.has_value()) {
    return false;
  }
  start_ = *start;
  for (const auto& [node, particular] : search_.time.deadlines(id_)) {
    const auto latest = search_.time.latest(node);
    if (latest.has_value() && (!end_.has_value() || *latest < *end_)) {
      end_ = latest;
    }
    deadline_ = particular;
  }
  return !end_.has_value() || start_ <= *end_;
}

std::vector<base::Instant> DutySearch::instants() const {
  std::vector<ClauseId> ids;
  for (const Fixed& prohibition : fixed_) {
    ids.push_back(prohibition.clause);
  }
  // With those of what may lift a prohibition for a time.
  std::vector<base::Instant> found = changes_of(search_, search_.matching, ids);
  found.push_back(start_);
  if (end_.has_value()) {
    found.push_back(*end_);
  }
  std::erase_if(found,
                [&](base::Instant at) { return at < start_ || (end_.has_value() && at > *end_); });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

agreement::ScenarioEvent DutySearch::performance(const Actors& actors, base::Instant at) const {
  const Agreement& agreement = search_.agreement();
  agreement::Act act = concrete(agreement, search_.clause(id_).act, actors.front());
  if (const auto* in = search_.clause(id_).find<agreement::InPlace>()) {
    agreement::Complement complement;
    complement.preposition = agreement::Preposition::In;
    complement.nouns = in->places;
    act.complements.push_back(std::move(complement));
  } else if (!has_place(act)) {
    if (const auto ground = ground_of(search_.draft)) {
      put_in(agreement, act, *ground);
    }
  }
  return event_of(agreement, actors, act, at);
}

std::vector<ClauseSet> DutySearch::blocked(const Actors& actors) const {
  std::vector<ClauseSet> sets;
  for (const base::Instant at : instants()) {
    ClauseSet broken;
    for (const Answer& answer : play(*stage_, {performance(actors, at)})) {
      const bool is_fixed = std::any_of(fixed_.begin(), fixed_.end(), [&](const Fixed& one) {
        return one.clause == answer.clause;
      });
      if (is_fixed && answer.outcome == facts::Outcome::Broken) {
        broken.insert(answer.clause);
      }
    }
    if (broken.empty()) {
      return {};
    }
    sets.push_back(std::move(broken));
  }
  return sets;
}

void DutySearch::tell(const ClauseSet& core, const Actors& actors) {
  const Draft& draft = search_.draft;
  Finding finding{.code = Code::C01};
  if (deadline_ != nullptr) {
    point_at(finding, draft, id_, *deadline_, "must be done by here");
  } else {
    about(finding, draft, id_, "must be done", true);
  }
  std::vector<ClauseId> forbidding(core.begin(), core.end());
  for (const ClauseId id : forbidding) {
    for (const auto* particular : {first_particular<agreement::From>(search_.clause(id)),
                                   first_particular<agreement::Until>(search_.clause(id)),
                                   first_particular<agreement::For>(search_.clause(id))}) {
      if (particular != nullptr) {
        point_at(finding, draft, id, *particular, "");
      }
    }
    finding.labels.push_back({search_.clause(id).act.span, "forbids it all the while", true});
  }
  std::vector<ClauseId> all = forbidding;
  all.insert(all.begin(), id_);
  const bool is_either =
      search_.clause(id_).subject.mode == agreement::Subject::Mode::Either && actors.size() > 1;
  finding.message =
      is_either ? say("neither {} can keep {} together", draft.neither(actors), draft.numbers(all))
      : forbidding.size() == 1
          ? say("{} cannot keep both {}", draft.names(actors), draft.numbers(all))
          : say("{} cannot keep {} together", draft.names(actors), draft.numbers(all));
  const agreement::ScenarioEvent event =
      performance(is_either ? Actors{actors.front()} : actors, start_);
  finding.scenario.push_back({start_, told(search_.agreement(), event)});
  finding.outcome = say("Doing it breaks {}; leaving it undone breaks {}.",
                        draft.numbers(forbidding), draft.number(id_));
  const Fixed& first = *std::find_if(fixed_.begin(), fixed_.end(), [&](const Fixed& one) {
    return one.clause == forbidding.front();
  });
  if (is_start_assumed_) {
    finding.notes.push_back(
        say("unless it is done before {}, when nothing in the text has begun", draft.at(start_)));
  }
  if (forbidding.size() == 1 && deadline_ != nullptr) {
    const Clause& clause = search_.clause(first.clause);
    const auto* until = clause.find<agreement::Until>();
    if (until != nullptr) {
      const std::string text = fmt::format("not later than {} + 24 hours", until->at.text);
      finding.repairs.push_back(
          {say("let {} fall due when {} is over: `{}`", draft.number(id_), clause.number, text),
           {{deadline_->span, text}}});
    }
  }
  search_.findings.push_back(std::move(finding));
}

void DutySearch::run() {
  const Clause& clause = search_.clause(id_);
  const Actors bearers = search_.draft.bearers(id_);
  if (bearers.empty() || !clause.act.verb.has_value() || !set_window()) {
    return;
  }
  const auto can_matter = [&](const Fixed& one) {
    const auto& verb = search_.clause(one.clause).act.verb;
    return verb.has_value() && facts::is_or_implies(search_.agreement(), *clause.act.verb, *verb);
  };
  if (std::none_of(fixed_.begin(), fixed_.end(), can_matter)) {
    return;
  }
  stage_ = &search_.stage(*clause.act.verb);
  if (clause.subject.mode == agreement::Subject::Mode::Jointly) {
    for (const ClauseSet& core : hitting(blocked(bearers))) {
      if (!core.empty()) {
        tell(core, bearers);
      }
    }
    return;
  }
  if (clause.subject.mode == agreement::Subject::Mode::Either) {
    // One who can is enough: all must be kept from it.
    std::vector<ClauseSet> all;
    for (const ActorId bearer : bearers) {
      const std::vector<ClauseSet> sets = blocked({bearer});
      if (sets.empty()) {
        return;
      }
      all.insert(all.end(), sets.begin(), sets.end());
    }
    for (const ClauseSet& core : hitting(all)) {
      tell(core, bearers);
    }
    return;
  }
  // The bearers that are kept from it by the same clauses are told together.
  std::map<ClauseSet, Actors> by_core;
  for (const ActorId bearer : bearers) {
    for (const ClauseSet& core : hitting(blocked({bearer}))) {
      if (!core.empty()) {
        by_core[core].push_back(bearer);
      }
    }
  }
  for (const auto& [core, actors] : by_core) {
    tell(core, actors);
  }
}

}  // namespace

void find_contradictions(Search& search) {
  const std::vector<Fixed> fixed = fixed_prohibitions(search);
  for (const ClauseId id : search.draft.clauses()) {
    if (search.clause(id).form == agreement::Form::Duty && !search.draft.is_asleep(id)) {
      DutySearch(search, id, fixed).run();
    }
  }
}

}  // namespace truce::analysis::internal
