// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/memory.h"

#include <algorithm>
#include <limits>

namespace truce::stream::internal {

using facts::Truth;

Memory::Memory(const agreement::Agreement& agreement, const Plan& plan, const Judge& judge,
               bool is_covered)
    : agreement_(agreement), judge_(judge), is_covered_(is_covered) {
  for (const Store& store : plan.stores) {
    State& state = states_.emplace_back(store);
    state.is_response = store.situation && std::holds_alternative<agreement::Response>(
                                               agreement.situations[store.situation->index].what);
    if (store.what == Store::What::Requests) {
      state.requests.emplace(state.period);
      request_stores_.push_back(static_cast<std::uint32_t>(states_.size() - 1));
    } else if (store.what == Store::What::Count && store.where != Store::Where::Near) {
      state.counts.emplace(static_cast<std::size_t>(store.at_least));
    }
  }
}

void Memory::reserve(std::size_t places) {
  for (std::size_t store = 0; store < states_.size(); ++store) {
    if (states_[store].is_last) {
      states_[store].latest.reserve(std::max(1U, judge_.slot_count(store)),
                                    states_[store].is_by_place ? places : 1);
    }
  }
}

void Memory::remember_elsewhere(State& state, std::uint32_t slot, const Row& row) {
  if (state.counts) {
    state.counts->add(state.is_by_place ? row.place : 0, row.time);
    return;
  }
  if (slot >= state.points.size()) {
    state.points.resize(slot + 1);
  }
  if (state.points[slot] == nullptr) {
    state.points[slot] = std::make_unique<Points>(agreement_, state.plan->within, state.period);
  }
  state.points[slot]->add(row.point, row.time);
}

// How many such acts stand in rows of the same second, near the row.
std::size_t Memory::count_beside(const Look& look, std::uint32_t slot, const Row& row,
                                 const std::vector<Beside>& beside) const {
  const State& state = states_[look.store];
  const auto is_here = [&](const Row& other) {
    return state.plan->where == Store::Where::Near
               ? facts::distance(agreement_, row.point, other.point) <= state.plan->within
               : !state.is_by_place || row.place == other.place;
  };
  std::size_t found = 0;
  for (const Beside& other : beside) {
    if (other.row->number == row.number) {
      continue;
    }
    for (const Step& step : other.program->steps) {
      const bool is_it =
          step.what == Step::Do::Remember && step.store == look.store && step.slot == slot;
      found += is_it && is_here(*other.row) ? 1 : 0;
    }
  }
  return found;
}

// How many such acts lie in the period up to the row and near it, as far as `enough`.
std::size_t Memory::count(const Look& look, std::uint32_t slot, const Row& row, std::size_t enough,
                          const std::vector<Beside>& beside) const {
  const State& state = states_[look.store];
  const std::int64_t first = first_of(state, row);
  const std::uint32_t place = state.is_by_place ? row.place : 0;
  const std::size_t found = beside.empty() ? 0 : count_beside(look, slot, row, beside);
  if (found >= enough) {
    return found;
  }
  if (state.plan->where == Store::Where::Near) {
    const bool has_any = slot < state.points.size() && state.points[slot] != nullptr;
    return has_any ? found + state.points[slot]->count(row.point, first, enough - found) : found;
  }
  const std::int64_t last =
      state.counts ? state.counts->time(place, enough - found) : state.latest.last(slot, place);
  return last >= first ? enough : found;
}

Truth Memory::quiet(const Look& look, const Row& row) const {
  const State& state = states_[look.store];
  const std::int64_t first = row.time - state.period;
  if (first < state.plan->from.seconds) {
    return Truth::No;
  }
  bool is_interrupted = false;
  if (state.plan->where == Store::Where::Near) {
    // What happens at either end interrupts nothing.
    is_interrupted = !state.points.empty() && state.points[0] != nullptr &&
                     state.points[0]->has_between(row.point, first + 1, row.time);
  } else {
    is_interrupted =
        state.latest.last_before(0, state.is_by_place ? row.place : 0, row.time) > first;
  }
  return is_interrupted ? Truth::No : is_covered_ ? Truth::Yes : Truth::Maybe;
}

// Whether an act of the period before the row is there, as the situation takes it.
Truth Memory::latest(const Look& look, const Row& row, const std::vector<Beside>& beside) const {
  const State& state = states_[look.store];
  const auto has = [&](std::uint32_t slot) { return count(look, slot, row, 1, beside) > 0; };
  const auto has_any = [&](const std::vector<std::uint32_t>& slots) {
    return std::any_of(slots.begin(), slots.end(), has);
  };
  const bool is_there =
      look.is_any_slot ? has_any(judge_.slots_of(look.store, look.bearer)) : has(look.slot);
  if (state.is_response) {
    // Nobody says whose attack it would answer, or whether it was in proportion.
    const bool is_open = state.plan->is_open || look.is_any_slot;
    return is_there ? (is_open ? Truth::Maybe : Truth::Yes) : Truth::No;
  }
  if (!state.plan->is_negated) {
    return is_there ? Truth::Yes : Truth::No;
  }
  const Truth in_silence = is_covered_ ? Truth::Yes : Truth::Maybe;
  return is_there ? Truth::No : in_silence;
}

Truth Memory::frequent(const Look& look, const Row& row, const std::vector<Beside>& beside) const {
  const auto asked = static_cast<std::size_t>(states_[look.store].plan->at_least);
  const std::size_t enough = asked - (look.is_own_counted ? 1 : 0);
  return enough == 0 || count(look, 0, row, enough, beside) >= enough ? Truth::Yes : Truth::No;
}

Truth Memory::look(const Look& look, const Row& row, const std::vector<Beside>& beside) const {
  Truth truth = Truth::No;
  switch (states_[look.store].plan->what) {
    case Store::What::Quiet:
      truth = quiet(look, row);
      break;
    case Store::What::Count:
      truth = frequent(look, row, beside);
      break;
    case Store::What::Latest:
      truth = latest(look, row, beside);
      break;
    case Store::What::Requests:
      break;
  }
  return look.is_negated ? !truth : truth;
}

Truth Memory::guard(const Guard& guard, const Row& row, const std::vector<Beside>& beside) const {
  Truth truth = guard.truth;
  if (!guard.in_force.empty()) {
    const auto after = std::upper_bound(
        guard.in_force.begin(), guard.in_force.end(), row.time,
        [](std::int64_t time, const monitor::TruthFrom& step) { return time < step.from.seconds; });
    truth = truth && std::prev(after)->truth;
  }
  for (const Look& one : guard.looks) {
    if (truth == Truth::No) {
      break;
    }
    truth = truth && look(one, row, beside);
  }
  return truth;
}

bool Memory::is_so(const Test& test, const Row& row, const std::vector<Beside>& beside) const {
  const auto is_strand = [&](const Test::Strand& strand) {
    return guard(strand.guard, row, beside) == Truth::Yes &&
           std::all_of(strand.lifts.begin(), strand.lifts.end(),
                       [&](const Guard& lift) { return guard(lift, row, beside) == Truth::No; });
  };
  return std::all_of(test.ways.begin(), test.ways.end(), [&](const Test::Way& way) {
    return std::any_of(way.begin(), way.end(), is_strand);
  });
}

bool Memory::has_beside(const Step& step, const Row& row, const std::vector<Beside>& beside) const {
  const State& state = states_[step.store];
  if (state.plan->what == Store::What::Quiet) {
    return has(step, row);
  }
  Look look;
  look.store = step.store;
  return (count(look, step.slot, row, step.enough, beside) >= step.enough) !=
         state.plan->is_negated;
}

}  // namespace truce::stream::internal
