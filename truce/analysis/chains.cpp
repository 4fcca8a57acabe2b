// SPDX-License-Identifier: Apache-2.0
// C01 and S01 by the solver, for a duty with all that it waits for: it can never be kept, or others
// can choose the time so that it cannot.
#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "truce/analysis/internal/chain.h"
#include "truce/analysis/internal/replay.h"

namespace truce::analysis::internal {
namespace {

using smt::Term;

constexpr smt::Limits kLimits;
// Ways and times of one's own that are tried against what others do.
constexpr std::size_t kMaxStrategies = 3000;

// A solver with assertions, and the least times by it.
class Asking {
 public:
  Asking(Search& search, Code code, std::string name, smt::Terms& terms,
         const std::vector<Term>& assertions)
      : search_(search),
        code_(code),
        name_(std::move(name)),
        terms_(terms),
        solver_(smt::make_solver(terms, kLimits, search.answers)) {
    for (const Term assertion : assertions) {
      add(assertion);
    }
  }

  void add(Term assertion) {
    assertions_.push_back(assertion);
    solver_->add(assertion);
  }
  smt::Answer check(const std::vector<Term>& assumptions) {
    smt::Answer answer = solver_->check(assumptions);
    search_.note(code_, name_, answer, [&] {
      return smt::to_smtlib(terms_, assertions_, assumptions, answer.what, name_);
    });
    return answer;
  }
  std::optional<std::vector<Term>> core(const std::vector<Term>& assumptions) {
    return smt::minimal_core(terms_, assertions_, assumptions, kLimits, search_.answers);
  }
  /// After Sat: the first of these as early as it may be, then the next, and so on, with all else
  /// held.
  void make_earliest(const std::vector<Term>& times, std::vector<Term> assumptions) {
    for (const Term time : times) {
      std::int64_t most = solver_->number_of(time);
      std::int64_t least = most - kReach;
      while (least < most) {
        const std::int64_t middle = least + (most - least) / 2;
        assumptions.push_back(at_most(time, middle));
        if (solver_->check(assumptions).is_sat()) {
          most = std::min(middle, solver_->number_of(time));
        } else {
          least = middle + 1;
        }
        assumptions.pop_back();
      }
      assumptions.push_back(at_most(time, most));
      if (!solver_->check(assumptions).is_sat()) {
        return;
      }
    }
  }
  [[nodiscard]] std::int64_t number(Term term) { return solver_->number_of(term); }
  [[nodiscard]] bool holds(Term term) { return solver_->truth_of(term); }

 private:
  // Far beyond the life of any truce.
  static constexpr std::int64_t kReach = 200LL * 366 * 86400;

  Term at_most(Term time, std::int64_t value) {
    const Term guard = terms_.boolean(fmt::format("t{} at most {}", time.index, value));
    solver_->add(terms_.implies(guard, terms_.at_most(time, terms_.number(value))));
    return guard;
  }

  Search& search_;
  Code code_;
  std::string name_;
  smt::Terms& terms_;
  std::vector<Term> assertions_;
  std::unique_ptr<smt::Solver> solver_;
};

// What a story with these events breaks for sure.
std::set<ClauseId> broken_by(const Agreement& agreement,
                             const std::vector<agreement::ScenarioEvent>& events) {
  std::set<ClauseId> broken;
  for (const Answer& answer : play(agreement, events)) {
    if (answer.outcome == facts::Outcome::Broken &&
        agreement.clause(answer.clause).form == agreement::Form::Prohibition) {
      broken.insert(answer.clause);
    }
  }
  return broken;
}

bool is_askable(const Search& search, ClauseId id) {
  const Clause& clause = search.clause(id);
  return clause.form == agreement::Form::Duty && clause.act.verb.has_value() &&
         clause.recurrence() == nullptr && !search.draft.is_asleep(id) &&
         !search.draft.bearers(id).empty() && !search.has(Code::D01, id) &&
         !search.has(Code::T01, id) && !search.has(Code::T02, id) && !search.has(Code::X01, id);
}

std::string question(const Search& search, Code code, const Chain& chain) {
  const Slot& slot = chain.last();
  return fmt::format("{} {} {}", info(code).id.substr(3), search.draft.number(slot.clause),
                     search.draft.names(slot.space.groups[0]).english());
}

void mismatch(Search& search, Code code, ClauseId id) {
  search.open.insert(code);
  search.not_searched.push_back(fmt::format(
      "{} for {}: the solver shows a story that the replay does not confirm; this is a fault of "
      "the program and not of the text, nothing is reported, and --dump-smtlib keeps the question",
      info(code).id, search.draft.number(id)));
}

// The clauses of a core, those that forbid apart.
struct Named {
  std::vector<ClauseId> duties;
  std::vector<ClauseId> forbidding;
  std::vector<const Guard*> guards;
};

Named named_by(const Chain& chain, const std::vector<Term>& core) {
  Named named;
  for (const Guard& guard : chain.guards()) {
    if (std::find(core.begin(), core.end(), guard.literal) == core.end()) {
      continue;
    }
    named.guards.push_back(&guard);
    auto& list = guard.is_prohibition ? named.forbidding : named.duties;
    if (std::find(list.begin(), list.end(), guard.clause) == list.end()) {
      list.push_back(guard.clause);
    }
  }
  std::sort(named.duties.begin(), named.duties.end());
  std::sort(named.forbidding.begin(), named.forbidding.end());
  return named;
}

void point_at_forbidding(Finding& finding, const Search& search, ClauseId id) {
  for (const auto* particular : {first_particular<agreement::From>(search.clause(id)),
                                 first_particular<agreement::Until>(search.clause(id)),
                                 first_particular<agreement::For>(search.clause(id))}) {
    if (particular != nullptr) {
      point_at(finding, search.draft, id, *particular, "");
    }
  }
  const auto& clauses = finding.clauses;
  if (std::find(clauses.begin(), clauses.end(), id) == clauses.end()) {
    about(finding, search.draft, id, "forbids it", false);
  } else {
    finding.labels.push_back({search.clause(id).act.span, "forbids it", true});
  }
}

Repair above(const Search& search, ClauseId duty, const std::vector<ClauseId>& forbidding) {
  std::string list;
  for (const ClauseId id : forbidding) {
    list += (list.empty() ? "" : ", ") + search.draft.number(id);
  }
  return {say("let {} stand above {}: `despite {}`", search.draft.number(duty),
              search.draft.numbers(forbidding), list),
          {{before_stop(search.clause(duty)), "; despite " + list}}};
}

// The story of a chain in which everything happens as early as it may, and what it breaks.
std::vector<agreement::ScenarioEvent> story_of(const Chain& chain, Asking& asking) {
  std::vector<agreement::ScenarioEvent> events;
  for (const Slot& slot : chain.slots()) {
    events.push_back(chain.event(slot, static_cast<std::size_t>(asking.number(slot.way)),
                                 base::Instant{asking.number(slot.time)}));
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const auto& one, const auto& other) { return one.at < other.at; });
  return events;
}

void tell_contradiction(Search& search, Chain& chain, const Named& named, Asking& asking) {
  const Draft& draft = search.draft;
  const ClauseId duty = chain.last().clause;
  const std::vector<Term> duties_only = chain.literals(false);
  if (!asking.check(duties_only).is_sat()) {
    return;
  }
  std::vector<Term> times;
  for (const Slot& slot : chain.slots()) {
    times.push_back(slot.time);
  }
  asking.make_earliest(times, duties_only);
  const auto events = story_of(chain, asking);
  const std::set<ClauseId> broken = broken_by(search.agreement(), events);
  const bool is_confirmed = std::any_of(named.forbidding.begin(), named.forbidding.end(),
                                        [&](ClauseId id) { return broken.contains(id); });
  if (!is_confirmed) {
    mismatch(search, Code::C01, duty);
    return;
  }
  Finding finding{.code = Code::C01};
  finding.subject = duty;
  for (const Guard* guard : named.guards) {
    if (!guard->is_prohibition) {
      point_at(finding, draft, guard->clause, *guard->particular,
               guard->clause == duty ? "must be done so" : "what it waits for");
    }
  }
  for (const ClauseId id : named.forbidding) {
    point_at_forbidding(finding, search, id);
  }
  std::vector<ClauseId> kept = named.forbidding;
  kept.insert(kept.begin(), duty);
  std::vector<ClauseId> others = named.duties;
  std::erase(others, duty);
  Actors actors;
  for (const Actors& group : chain.last().space.groups) {
    actors.insert(actors.end(), group.begin(), group.end());
  }
  const bool is_either = chain.last().space.groups.size() > 1;
  Wording what =
      is_either ? say("neither {} can keep {} together", draft.neither(actors), draft.numbers(kept))
                : say("{} cannot keep {} together", draft.names(actors), draft.numbers(kept));
  finding.message =
      others.empty() ? std::move(what)
      : others.size() == 1
          ? say("{}, once {} is kept in time", std::move(what), draft.numbers(others))
          : say("{}, once {} are kept in time", std::move(what), draft.numbers(others));
  for (const agreement::ScenarioEvent& event : events) {
    finding.scenario.push_back({event.at, told(search.agreement(), event)});
  }
  finding.outcome = say("Doing it, at whatever moment, breaks {}; leaving it undone breaks {}.",
                        draft.any_of(named.forbidding), draft.number(duty));
  finding.repairs.push_back(above(search, duty, named.forbidding));
  search.findings.push_back(std::move(finding));
}

// Where nothing forbids any step there is nothing to ask.
bool has_prohibition(const Chain& chain) {
  return std::any_of(chain.guards().begin(), chain.guards().end(),
                     [](const Guard& guard) { return guard.is_prohibition; });
}

// One instance of a duty: whether it can be kept at all.
void find_contradiction(Search& search, Matching& matching, ClauseId duty, std::size_t instance) {
  Chain chain(search, matching, duty, instance);
  if (!has_prohibition(chain)) {
    return;
  }
  if (!chain.is_whole()) {
    search.open.insert(Code::C01);
    return;
  }
  Asking asking(search, Code::C01, question(search, Code::C01, chain), chain.terms(),
                chain.assertions());
  if (!asking.check(chain.literals(true)).is_unsat()) {
    return;
  }
  const auto core = asking.core(chain.literals(true));
  if (!core.has_value()) {
    search.open.insert(Code::C01);
    return;
  }
  const Named named = named_by(chain, *core);
  // Without a clause that forbids, it is a matter of timing; without the duty, of another one.
  const bool is_of_duty =
      named.duties.empty() ||
      std::find(named.duties.begin(), named.duties.end(), duty) != named.duties.end();
  if (!named.forbidding.empty() && is_of_duty) {
    tell_contradiction(search, chain, named, asking);
  }
}

// Others have chosen; what one's own duty leaves to choose is a way and a time for each slot.
class Trap {
 public:
  Trap(Search& search, Chain& chain)
      : search_(search),
        chain_(chain),
        bearer_(chain.last().space.groups[0].front()),
        asking_(search, Code::S01, question(search, Code::S01, chain), chain.terms(),
                rules_of_others()) {}

  void find();

 private:
  using Values = std::unordered_map<Term, Term>;

  [[nodiscard]] bool is_own(const Slot& slot) const {
    return std::all_of(slot.space.groups.begin(), slot.space.groups.end(),
                       [&](const Actors& group) { return contains(group, bearer_); });
  }
  std::vector<Term> rules_of_others();
  // Times at which a performance may begin to be possible: no other need be tried.
  [[nodiscard]] std::vector<Term> moments_of(const Slot& slot) const;
  void collect(std::size_t own, std::vector<Values>& chosen);
  Term is_kept_by(const std::vector<Values>& chosen);
  struct Played {
    std::set<ClauseId> forbidding;
    agreement::ScenarioEvent first;
  };
  void tell();
  [[nodiscard]] std::vector<agreement::ScenarioEvent> events_of_others();
  bool is_within(const Slot& last, std::size_t way, base::Instant at);
  std::optional<Played> play_all(const std::vector<agreement::ScenarioEvent>& others);

  Search& search_;
  Chain& chain_;
  ActorId bearer_;
  Asking asking_;
  std::vector<const Slot*> own_;
  std::vector<Term> strategies_;
};

std::vector<Term> Trap::rules_of_others() {
  std::vector<Term> all = chain_.definitions();
  const std::vector<Term> guards = chain_.literals(true);
  all.insert(all.end(), guards.begin(), guards.end());
  for (const Slot& slot : chain_.slots()) {
    if (!is_own(slot)) {
      all.insert(all.end(), slot.rules.begin(), slot.rules.end());
    }
  }
  return all;
}

std::vector<Term> Trap::moments_of(const Slot& slot) const {
  std::vector<Term> found = slot.changes;
  for (const auto& [at, particular] : slot.not_before) {
    found.push_back(at);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// All rules of one's own slots, with times and ways put in: the last slot first, whose time may be
// counted from that of an earlier one.
Term Trap::is_kept_by(const std::vector<Values>& chosen) {
  std::vector<Term> all = chain_.literals(true);
  for (const Slot* slot : own_) {
    all.insert(all.end(), slot->rules.begin(), slot->rules.end());
  }
  Term kept = chain_.terms().all_of(all);
  for (auto values = chosen.rbegin(); values != chosen.rend(); ++values) {
    kept = chain_.terms().replaced(kept, *values);
  }
  return kept;
}

void Trap::collect(std::size_t own, std::vector<Values>& chosen) {
  if (strategies_.size() > kMaxStrategies) {
    return;
  }
  if (own == own_.size()) {
    strategies_.push_back(is_kept_by(chosen));
    return;
  }
  const Slot& slot = *own_[own];
  for (const Term moment : moments_of(slot)) {
    for (std::size_t way = 0; way < slot.ways.size(); ++way) {
      chosen.push_back(
          {{slot.time, moment}, {slot.way, chain_.terms().number(static_cast<std::int64_t>(way))}});
      collect(own + 1, chosen);
      chosen.pop_back();
    }
  }
}

void Trap::find() {
  for (const Slot& slot : chain_.slots()) {
    const bool may_be_own =
        std::any_of(slot.space.groups.begin(), slot.space.groups.end(),
                    [&](const Actors& group) { return contains(group, bearer_); });
    if (is_own(slot)) {
      own_.push_back(&slot);
    } else if (may_be_own) {
      // One who may do it before the others do is not at their mercy.
      search_.open.insert(Code::S01);
      return;
    }
  }
  if (own_.size() == chain_.slots().size()) {
    return;
  }
  std::vector<Values> chosen;
  collect(0, chosen);
  if (strategies_.size() > kMaxStrategies) {
    search_.open.insert(Code::S01);
    return;
  }
  // Others choose; one answers with a way that works; that way is ruled out; and so on, until no
  // choice of theirs is left or no answer.
  for (;;) {
    if (!asking_.check({}).is_sat()) {
      return;
    }
    const auto answer = std::find_if(strategies_.begin(), strategies_.end(),
                                     [&](Term kept) { return asking_.holds(kept); });
    if (answer == strategies_.end()) {
      break;
    }
    asking_.add(chain_.terms().negation(*answer));
  }
  for (const Term kept : strategies_) {
    asking_.add(chain_.terms().negation(kept));
  }
  if (asking_.check({}).is_sat()) {
    tell();
  }
}

std::vector<agreement::ScenarioEvent> Trap::events_of_others() {
  std::vector<agreement::ScenarioEvent> events;
  for (const Slot& slot : chain_.slots()) {
    if (!is_own(slot)) {
      events.push_back(chain_.event(slot, static_cast<std::size_t>(asking_.number(slot.way)),
                                    base::Instant{asking_.number(slot.time)}));
    }
  }
  return events;
}

// Whether a performance then and so is within the duty's own time, prohibitions apart.
bool Trap::is_within(const Slot& last, std::size_t way, base::Instant at) {
  smt::Terms& terms = chain_.terms();
  Values values = {{last.time, terms.number(at.seconds)},
                   {last.way, terms.number(static_cast<std::int64_t>(way))}};
  for (const Guard& guard : chain_.guards()) {
    values[guard.literal] = terms.truth(!guard.is_prohibition);
  }
  for (const Slot& slot : chain_.slots()) {
    if (!is_own(slot)) {
      values[slot.time] = terms.number(asking_.number(slot.time));
    }
  }
  return terms.is_true(terms.replaced(terms.all_of(last.rules), values));
}

// Plays every performance that is left, at each moment at which something changes, after what the
// others did; empty where one breaks nothing, or none can be played.
std::optional<Trap::Played> Trap::play_all(const std::vector<agreement::ScenarioEvent>& others) {
  const Slot& last = chain_.last();
  std::vector<base::Instant> tried;
  for (const Term moment : moments_of(last)) {
    tried.emplace_back(base::Instant{asking_.number(moment)});
  }
  std::sort(tried.begin(), tried.end());
  std::optional<Played> played;
  for (const base::Instant at : tried) {
    for (std::size_t way = 0; way < last.ways.size(); ++way) {
      if (!is_within(last, way, at)) {
        continue;
      }
      std::vector<agreement::ScenarioEvent> events = others;
      events.push_back(chain_.event(last, way, at));
      const std::set<ClauseId> broken = broken_by(search_.agreement(), events);
      if (broken.empty()) {
        return std::nullopt;
      }
      if (!played.has_value()) {
        played = Played{.forbidding = {}, .first = events.back()};
      }
      played->forbidding.insert(broken.begin(), broken.end());
    }
  }
  return played;
}

void Trap::tell() {
  const Draft& draft = search_.draft;
  const Slot& last = chain_.last();
  if (own_.size() > 1) {
    // The replay tries one performance, not several of one's own.
    search_.open.insert(Code::S01);
    return;
  }
  std::vector<Term> times;
  std::set<ClauseId> others;
  for (const Slot& slot : chain_.slots()) {
    if (!is_own(slot)) {
      times.push_back(slot.time);
      others.insert(slot.clause);
    }
  }
  asking_.make_earliest(times, {});
  std::vector<agreement::ScenarioEvent> events = events_of_others();
  const std::optional<Played> played = play_all(events);
  if (!played.has_value()) {
    mismatch(search_, Code::S01, last.clause);
    return;
  }
  const std::vector<ClauseId> waited(others.begin(), others.end());
  const std::vector<ClauseId> forbids(played->forbidding.begin(), played->forbidding.end());
  Finding finding{.code = Code::S01, .key = draft.names(last.space.groups[0]).english()};
  finding.subject = last.clause;
  for (const Guard& guard : chain_.guards()) {
    if (guard.clause == last.clause) {
      point_at(finding, draft, last.clause, *guard.particular, "counts from what others do");
    }
  }
  for (const ClauseId id : waited) {
    about(finding, draft, id, "others choose when", false);
  }
  for (const ClauseId id : forbids) {
    point_at_forbidding(finding, search_, id);
  }
  finding.message =
      say("{} can be left no way to keep {}: {}, {}", draft.names(last.space.groups[0]),
          draft.number(last.clause),
          waited.size() == 1 ? say("when {} is done at the wrong time", draft.numbers(waited))
                             : say("when {} are done at the wrong time", draft.numbers(waited)),
          forbids.size() == 1 ? say("{} forbids it to the end", draft.numbers(forbids))
                              : say("{} forbid it to the end", draft.numbers(forbids)));
  events.push_back(played->first);
  std::stable_sort(events.begin(), events.end(),
                   [](const auto& one, const auto& other) { return one.at < other.at; });
  for (const agreement::ScenarioEvent& event : events) {
    finding.scenario.push_back({event.at, told(search_.agreement(), event)});
  }
  finding.outcome = say(
      "Doing it, then or at any moment until it is due, breaks {}; leaving it undone breaks {}.",
      draft.any_of(forbids), draft.number(last.clause));
  finding.repairs.push_back(above(search_, last.clause, forbids));
  search_.findings.push_back(std::move(finding));
}

}  // namespace

void find_contradictions_of_chains(Search& search) {
  Matching& matching = search.matching;
  search.asked.insert(Code::C01);
  // A duty is asked for after those it waits for: what is wrong with them is not told of it again.
  for (const ClauseId id : search.draft.clauses()) {
    if (!search.draft.is_duty(id) || search.has(Code::C01, id)) {
      continue;
    }
    if (!is_askable(search, id)) {
      search.open.insert(Code::C01);
      continue;
    }
    const std::size_t count = instances_of(search.draft, id).size();
    for (std::size_t i = 0; i < count && !search.has(Code::C01, id); ++i) {
      find_contradiction(search, matching, id, i);
    }
  }
}

void find_set_up_to_fail(Search& search) {
  Matching& matching = search.matching;
  search.asked.insert(Code::S01);
  for (const ClauseId id : search.draft.clauses()) {
    if (!search.draft.is_duty(id) || search.has(Code::C01, id) || !search.clause(id).waits()) {
      continue;
    }
    if (!is_askable(search, id)) {
      search.open.insert(Code::S01);
      continue;
    }
    const std::size_t count = instances_of(search.draft, id).size();
    for (std::size_t i = 0; i < count; ++i) {
      Chain chain(search, matching, id, i);
      if (!has_prohibition(chain)) {
        continue;
      }
      // Where a moment is not known, or several may perform, nothing is said.
      if (!chain.is_whole() || !chain.is_closed() || chain.last().space.groups.size() > 1) {
        search.open.insert(Code::S01);
        continue;
      }
      Trap(search, chain).find();
    }
  }
}

}  // namespace truce::analysis::internal
