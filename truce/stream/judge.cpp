// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/judge.h"

#include <algorithm>
#include <limits>

namespace truce::stream::internal {

using agreement::ActorId;
using facts::Truth;

namespace {

// More ways than this to read a row that leaves things open are not gone through.
constexpr std::size_t kMostWays = 4096;

bool is_certain(const monitor::Guard& guard) { return guard.truth == Truth::Yes; }

// Whether nothing in it hangs on where the act was.
bool is_certain(const monitor::Formula& formula) {
  return std::all_of(formula.strands.begin(), formula.strands.end(), [](const auto& strand) {
    return is_certain(strand.guard) &&
           std::all_of(strand.lifts.begin(), strand.lifts.end(),
                       [](const monitor::Guard& lift) { return is_certain(lift); });
  });
}

bool is_always(const std::vector<monitor::TruthFrom>& in_force) {
  return in_force.size() == 1 && in_force.front().truth == Truth::Yes;
}

}  // namespace

Judge::Judge(const agreement::Agreement& agreement, const Plan& plan,
             const incidents::ReadOptions& options, const incidents::ActorBook& actors)
    : agreement_(agreement),
      plan_(plan),
      options_(options),
      actors_(actors),
      formulas_(agreement),
      slot_counts_(plan.stores.size()) {}

std::optional<facts::Fact> Judge::read(const std::string& excerpt) const {
  incidents::Reading reading;
  if (!incidents::read_reports("log", excerpt, options_, reading) || reading.reports.size() != 1 ||
      !reading.skipped.empty() || reading.reports.front().is_withdrawn) {
    return std::nullopt;
  }
  std::vector<std::string> warnings;
  const auto current = incidents::current_accounts(reading, std::nullopt, warnings);
  if (current.size() != 1) {
    return std::nullopt;
  }
  facts::Evidence evidence = facts::resolve(agreement_, current, actors_, {}, std::nullopt);
  if (evidence.facts.size() != 1 ||
      evidence.facts.front().institutional != facts::InstitutionalAct::None) {
    return std::nullopt;
  }
  return std::move(evidence.facts.front());
}

std::uint32_t Judge::slot_of(std::uint32_t store, ActorId bearer, ActorId struck) {
  const auto [found, is_new] =
      slots_.try_emplace(std::tuple(store, bearer, struck), slot_counts_[store]);
  if (is_new) {
    by_bearer_[{store, bearer}].push_back(slot_counts_[store]++);
  }
  return found->second;
}

const std::vector<std::uint32_t>& Judge::slots_of(std::uint32_t store, ActorId bearer) const {
  static const std::vector<std::uint32_t> kNone;
  const auto found = by_bearer_.find({store, bearer});
  return found == by_bearer_.end() ? kNone : found->second;
}

void Judge::say_of_store(std::uint32_t store, const facts::Fact& fact, Said& said) {
  const auto add = [&](Truth truth, std::uint32_t slot, Step::Do what) {
    if (truth != Truth::No) {
      said.memories.push_back({store, slot, what, truth});
    }
  };
  if (const auto clause = plan_.stores[store].clause) {
    const agreement::Clause& duty = agreement_.clause(*clause);
    add(formulas_.is_occurrence(duty.find<agreement::Whenever>()->what, fact), 0,
        Step::Do::Request);
    add(formulas_.is_performance(*clause, formulas_.subjects(duty.subject), fact), 0,
        Step::Do::Answer);
    return;
  }
  const agreement::SituationId situation = *plan_.stores[store].situation;
  const auto& what = agreement_.situations[situation.index].what;
  if (std::holds_alternative<agreement::Response>(what)) {
    for (std::size_t i = 0; i < agreement_.actors.size(); ++i) {
      const auto bearer = base::id_at<ActorId>(i);
      for (const ActorId struck : fact.actors.front()) {
        if (const Truth truth = formulas_.is_attack(situation, bearer, struck, fact);
            truth != Truth::No) {
          add(truth, slot_of(store, bearer, struck), Step::Do::Remember);
        }
      }
    }
    return;
  }
  Truth truth = Truth::No;
  if (const auto* occurrence = std::get_if<agreement::Occurrence>(&what)) {
    truth = formulas_.is_occurrence(*occurrence, fact);
  } else if (const auto* frequency = std::get_if<agreement::Frequency>(&what)) {
    truth = formulas_.is_occurrence(frequency->occasion, fact);
  } else if (const auto* quiet = std::get_if<agreement::StandingStreak>(&what)) {
    for (const agreement::Condition& holding : quiet->holdings) {
      const auto& denied =
          std::get<agreement::Occurrence>(agreement_.situations[holding.situation->index].what);
      // What holds while nobody does it is denied by doing it; what holds while somebody does, not.
      if (denied.is_negated != holding.is_negated) {
        truth = truth || formulas_.is_occurrence(denied, fact);
      }
    }
  }
  add(truth, 0, Step::Do::Remember);
}

Judge::Said Judge::say(const facts::Fact& fact) {
  Said said;
  for (monitor::Formula& formula : formulas_.formulas(fact)) {
    const agreement::Clause& clause = agreement_.clause(formula.clause);
    const auto* frequency =
        clause.watched && clause.watched->situation && clause.find<agreement::Whenever>() == nullptr
            ? std::get_if<agreement::Frequency>(
                  &agreement_.situations[clause.watched->situation->index].what)
            : nullptr;
    if (frequency != nullptr) {
      // Without `whenever` the points are the occasions themselves.
      const Truth is_occasion = formulas_.is_occurrence(frequency->occasion, fact);
      for (monitor::Formula::Strand& strand : formula.strands) {
        strand.guard.truth = strand.guard.truth && is_occasion;
      }
    }
    said.norms.push_back({{std::move(formula)}});
  }
  for (std::size_t store = 0; store < plan_.stores.size(); ++store) {
    say_of_store(static_cast<std::uint32_t>(store), fact, said);
  }
  return said;
}

namespace {

std::vector<facts::Values> choices_of(const facts::Values& values) {
  std::vector<facts::Values> choices;
  for (const std::vector<facts::Value>& items : facts::choices(values)) {
    choices.push_back({items, values.is_all_of});
  }
  return choices;
}

// Every way to read what the fact leaves open, where it was apart; empty for too many.
std::vector<facts::Fact> ways_of(const facts::Fact& fact) {
  const std::vector<facts::Values> objects = choices_of(fact.objects);
  const std::vector<facts::Values> weapons = choices_of(fact.weapons);
  if (fact.verbs.size() * fact.actors.size() * objects.size() * weapons.size() > kMostWays) {
    return {};
  }
  std::vector<facts::Fact> ways;
  facts::Fact one = fact;
  one.is_verb_unknown = false;
  one.is_actor_unknown = false;
  for (const agreement::VerbId verb : fact.verbs) {
    for (const facts::Group& group : fact.actors) {
      for (const facts::Values& object : objects) {
        for (const facts::Values& weapon : weapons) {
          one.verbs = {verb};
          one.actors = {group};
          one.objects = object;
          one.weapons = weapon;
          ways.push_back(one);
        }
      }
    }
  }
  return ways;
}

}  // namespace

std::optional<Judge::Said> Judge::say_in_all_ways(const facts::Fact& fact) {
  const std::vector<facts::Fact> ways = ways_of(fact);
  if (ways.size() == 1) {
    return say(ways.front());
  }
  Said all;
  std::map<std::tuple<std::uint32_t, std::uint32_t, Step::Do>, std::size_t> certain;
  std::map<agreement::ClauseId, std::vector<monitor::Formula>> points;
  for (const facts::Fact& way : ways) {
    Said said = say(way);
    for (const Said::Memory& memory : said.memories) {
      certain[{memory.store, memory.slot, memory.what}] += memory.truth == Truth::Yes ? 1 : 0;
    }
    for (Said::Norm& norm : said.norms) {
      if (norm.ways.front().bearer) {
        return std::nullopt;
      }
      points[norm.ways.front().clause].push_back(std::move(norm.ways.front()));
    }
  }
  for (const auto& [memory, count] : certain) {
    const auto& [store, slot, what] = memory;
    all.memories.push_back({store, slot, what, count == ways.size() ? Truth::Yes : Truth::Maybe});
  }
  // What is no point in one of the ways is none for certain.
  for (auto& [clause, formulas] : points) {
    if (formulas.size() == ways.size()) {
      formulas.erase(std::unique(formulas.begin(), formulas.end()), formulas.end());
      all.norms.push_back({std::move(formulas)});
    }
  }
  return ways.empty() ? std::nullopt : std::optional(std::move(all));
}

std::optional<Guard> Judge::guard_of(const monitor::Guard& guard, const facts::Fact& fact,
                                     Program& program) {
  Guard result;
  result.truth = guard.truth;
  if (!is_always(guard.in_force)) {
    result.in_force = guard.in_force;
  }
  for (const monitor::Lookup& lookup : guard.lookups) {
    const auto store = plan_.store_of(lookup.situation);
    if (!store) {
      return std::nullopt;
    }
    Look look;
    look.store = static_cast<std::uint32_t>(*store);
    look.is_negated = lookup.is_negated;
    look.bearer = lookup.bearer;
    const auto& what = agreement_.situations[lookup.situation.index].what;
    if (std::holds_alternative<agreement::Response>(what)) {
      look.is_any_slot = !lookup.struck;
      look.slot = lookup.struck ? slot_of(look.store, lookup.bearer, *lookup.struck) : 0;
    } else if (const auto* frequency = std::get_if<agreement::Frequency>(&what)) {
      const std::vector<facts::Fact> ways = ways_of(fact);
      const auto is_in_all = [&](Truth truth) {
        return std::all_of(ways.begin(), ways.end(), [&](const facts::Fact& way) {
          return formulas_.is_occurrence(frequency->occasion, way) == truth;
        });
      };
      look.is_own_counted = is_in_all(Truth::Yes);
      if (!look.is_own_counted && !is_in_all(Truth::No)) {
        return std::nullopt;
      }
    }
    program.needs_point = program.needs_point || plan_.stores[*store].where == Store::Where::Near;
    program.needs_place =
        program.needs_place || plan_.stores[*store].where == Store::Where::SamePlace;
    result.looks.push_back(look);
  }
  return result;
}

std::optional<Test::Way> Judge::way_of(const monitor::Formula& formula, const facts::Fact& fact,
                                       Program& program) {
  Test::Way way;
  for (const monitor::Formula::Strand& strand : formula.strands) {
    auto guard = guard_of(strand.guard, fact, program);
    if (!guard) {
      return std::nullopt;
    }
    Test::Strand one{*std::move(guard), {}};
    for (const monitor::Guard& lift : strand.lifts) {
      auto lifted = guard_of(lift, fact, program);
      if (!lifted) {
        return std::nullopt;
      }
      one.lifts.push_back(*std::move(lifted));
    }
    way.push_back(std::move(one));
  }
  return way;
}

// Whether its answer is yes or no, by one act or by so many in one place.
bool Judge::is_plain_look(const Look& look) const {
  const Store& store = plan_.stores[look.store];
  if (store.where == Store::Where::Near || store.is_open || look.is_any_slot) {
    return false;
  }
  const bool is_complete = options_.mapping.columns().is_complete;
  switch (store.what) {
    case Store::What::Latest:
      return is_complete || !store.is_negated;
    case Store::What::Count:
      return store.at_least > (look.is_own_counted ? 1 : 0) &&
             store.at_least <= std::numeric_limits<std::uint32_t>::max();
    case Store::What::Quiet:
      return is_complete;
    case Store::What::Requests:
      return false;
  }
  return false;
}

// A single look that decides alone is done without a test.
bool Judge::add_test(const Said::Norm& norm, const facts::Fact& fact, Program& program) {
  Test test;
  for (const monitor::Formula& formula : norm.ways) {
    auto way = way_of(formula, fact, program);
    if (!way) {
      return false;
    }
    test.ways.push_back(*std::move(way));
  }
  const auto is_plain = [](const Test::Strand& strand) {
    return strand.guard.truth == Truth::Yes && strand.guard.in_force.empty() &&
           strand.lifts.empty();
  };
  const bool is_point = !norm.ways.front().bearer.has_value();
  const Test::Way& first = test.ways.front();
  const bool is_one = test.ways.size() == 1 && first.size() == 1 && is_plain(first.front());
  if (is_one && first.front().guard.looks.empty()) {
    program.steps.push_back({Step::Do::Show, 0, 0, 0, 1, is_point});
    return true;
  }
  if (is_one && first.front().guard.looks.size() == 1) {
    const Look& look = first.front().guard.looks.front();
    if (is_plain_look(look)) {
      const Store& store = plan_.stores[look.store];
      const auto enough = static_cast<std::uint32_t>(
          store.what == Store::What::Count ? store.at_least - (look.is_own_counted ? 1 : 0) : 1);
      program.steps.push_back({look.is_negated ? Step::Do::ShowUnless : Step::Do::ShowIf,
                               look.store, look.slot, 0, enough, is_point});
      return true;
    }
  }
  program.steps.push_back(
      {Step::Do::ShowTested, 0, 0, static_cast<std::uint32_t>(tests_.size()), 1, is_point});
  tests_.push_back(std::move(test));
  return true;
}

Brief Judge::brief_of(const Program& program) const {
  Brief brief;
  if (program.steps.empty()) {
    brief.shape = Brief::Shape::Nothing;
    return brief;
  }
  for (const Step& step : program.steps) {
    const bool is_look = step.what == Step::Do::ShowUnless || step.what == Step::Do::ShowIf;
    const bool is_memory = step.what == Step::Do::Remember;
    const bool is_of_one_store = step.store == program.steps.front().store &&
                                 plan_.stores[step.store].where == Store::Where::SamePlace;
    // Tests come first: a second step of one kind, or a look after an act, is none of these.
    if (!is_of_one_store || (!is_look && !is_memory) || brief.has_memory ||
        (is_look && brief.has_look)) {
      return {};
    }
    brief.store = step.store;
    if (is_look) {
      brief.has_look = true;
      brief.is_if = step.what == Step::Do::ShowIf;
      brief.is_point = step.is_point;
      brief.look_slot = step.slot;
      brief.enough = step.enough;
    } else {
      brief.has_memory = true;
      brief.memory_slot = step.slot;
    }
  }
  switch (plan_.stores[brief.store].what) {
    case Store::What::Latest:
      brief.shape = Brief::Shape::Latest;
      break;
    case Store::What::Count:
      brief.shape = Brief::Shape::Count;
      break;
    case Store::What::Quiet:
      brief.shape = Brief::Shape::Quiet;
      break;
    case Store::What::Requests:
      break;
  }
  return brief;
}

Judge::Judgement Judge::finish(const Said& said, const facts::Fact& fact) {
  Judgement result;
  for (const Said::Norm& norm : said.norms) {
    if (!add_test(norm, fact, result.program)) {
      return {};
    }
  }
  for (const Said::Memory& memory : said.memories) {
    const Store& store = plan_.stores[memory.store];
    result.program.needs_point = result.program.needs_point || store.where == Store::Where::Near;
    result.program.needs_place =
        result.program.needs_place || store.where == Store::Where::SamePlace;
    result.program.has_requests = result.program.has_requests || memory.what != Step::Do::Remember;
    result.program.steps.push_back({memory.what, memory.store, memory.slot, 0, 1, false});
  }
  result.program.is_all_requests =
      std::all_of(result.program.steps.begin(), result.program.steps.end(), [](const Step& step) {
        return step.what == Step::Do::Request || step.what == Step::Do::Answer;
      });
  result.what = Judgement::What::Done;
  return result;
}

Judge::Judgement Judge::judge(const facts::Fact& fact) {
  facts::Fact somewhere = fact;
  somewhere.where.reset();
  const auto said = say_in_all_ways(somewhere);
  if (!said) {
    return {};
  }
  const auto is_certain_norm = [](const Said::Norm& norm) {
    return std::all_of(norm.ways.begin(), norm.ways.end(),
                       [](const monitor::Formula& formula) { return is_certain(formula); });
  };
  const bool is_certain_anywhere =
      std::all_of(said->norms.begin(), said->norms.end(), is_certain_norm) &&
      std::all_of(said->memories.begin(), said->memories.end(),
                  [](const Said::Memory& memory) { return memory.truth == Truth::Yes; });
  if (is_certain_anywhere) {
    return finish(*said, fact);
  }
  Judgement by_place;
  by_place.what = Judgement::What::Place;
  return by_place;
}

Judge::Judgement Judge::judge_here(const facts::Fact& fact) {
  const auto said = say_in_all_ways(fact);
  const bool is_doubtful =
      !said || std::any_of(said->memories.begin(), said->memories.end(),
                           [](const Said::Memory& memory) { return memory.truth != Truth::Yes; });
  return is_doubtful ? Judgement() : finish(*said, fact);
}

}  // namespace truce::stream::internal
