// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "truce/facts/match.h"
#include "truce/stream/internal/judge.h"
#include "truce/stream/internal/latest.h"
#include "truce/stream/internal/points.h"
#include "truce/stream/internal/requests.h"

namespace truce::stream::internal {

/// What is known of a row when a test is asked.
struct Row {
  std::int64_t time = 0;
  // Counted from 0.
  std::uint64_t number = 0;
  // Of the word of its place.
  std::uint32_t place = 0;
  base::Point point;
  std::string_view print;
};

/// The stores of a plan, filled as rows come.
class Memory {
 public:
  /// `is_covered`: silence means that nothing happened. All must outlive it.
  Memory(const agreement::Agreement& agreement, const Plan& plan, const Judge& judge,
         bool is_covered);

  /// Makes room for places below this number, and for all slots that the judge knows.
  void reserve(std::size_t places);
  void remember(const Step& step, const Row& row) {
    State& state = states_[step.store];
    if (state.is_last) {
      state.latest.add(step.slot, state.is_by_place ? row.place : 0, row.time);
    } else {
      remember_elsewhere(state, step.slot, row);
    }
  }
  /// Whether what the store is for is so: of a step ShowIf or ShowUnless.
  [[nodiscard]] bool has(const Step& step, const Row& row) const {
    const State& state = states_[step.store];
    const std::uint32_t place = state.is_by_place ? row.place : 0;
    if (state.counts) {
      return state.has_counted(place, step.enough, row.time);
    }
    return state.is_quiet ? state.is_still(step.slot, place, row.time)
                          : state.has_latest(step.slot, place, row.time);
  }
  /// The same of what a brief program looks for.
  [[nodiscard]] bool has(const Brief& brief, std::uint32_t place, std::int64_t time) const {
    const State& state = states_[brief.store];
    if (brief.shape == Brief::Shape::Latest) {
      return state.has_latest(brief.look_slot, place, time);
    }
    return brief.shape == Brief::Shape::Count ? state.has_counted(place, brief.enough, time)
                                              : state.is_still(brief.look_slot, place, time);
  }
  void remember(const Brief& brief, std::uint32_t place, std::int64_t time) {
    State& state = states_[brief.store];
    if (brief.shape == Brief::Shape::Latest) {
      state.latest.set(brief.memory_slot, place, time);
    } else if (brief.shape == Brief::Shape::Quiet) {
      state.latest.add(brief.memory_slot, place, time);
    } else {
      state.counts->add(place, time);
    }
  }
  /// `beside`: rows of the same second, with what they are to the stores; they count, the row
  /// itself does not.
  struct Beside {
    const Row* row = nullptr;
    const Program* program = nullptr;
  };
  [[nodiscard]] bool is_so(const Test& test, const Row& row,
                           const std::vector<Beside>& beside) const;
  [[nodiscard]] bool has_beside(const Step& step, const Row& row,
                                const std::vector<Beside>& beside) const;
  Requests& requests(std::uint32_t store) { return *states_[store].requests; }
  [[nodiscard]] const Requests& requests(std::uint32_t store) const {
    return *states_[store].requests;
  }
  [[nodiscard]] const std::vector<std::uint32_t>& request_stores() const { return request_stores_; }

 private:
  struct State {
    explicit State(const Store& store)
        : latest(store.what == Store::What::Quiet),
          is_last(store.where != Store::Where::Near &&
                  (store.what == Store::What::Latest || store.what == Store::What::Quiet)),
          is_by_place(store.where == Store::Where::SamePlace),
          is_quiet(store.what == Store::What::Quiet),
          is_negated(store.is_negated),
          period(store.period ? store.period->seconds : kEver),
          from(store.from.seconds),
          plan(&store) {}

    [[nodiscard]] bool has_latest(std::uint32_t slot, std::uint32_t place,
                                  std::int64_t time) const {
      return (latest.last(slot, place) >= time - period) != is_negated;
    }
    [[nodiscard]] bool has_counted(std::uint32_t place, std::size_t enough,
                                   std::int64_t time) const {
      return counts->time(place, enough) >= time - period;
    }
    [[nodiscard]] bool is_still(std::uint32_t slot, std::uint32_t place, std::int64_t time) const {
      return time - period >= from && latest.last_before(slot, place, time) <= time - period;
    }

    Latest latest;
    // Kept in `latest`.
    bool is_last;
    bool is_by_place;
    bool is_quiet;
    bool is_negated;
    bool is_response = false;
    std::int64_t period;
    // Of a streak: nothing before it is looked at.
    std::int64_t from;
    const Store* plan;
    // By slot.
    std::vector<std::unique_ptr<Points>> points;
    std::optional<Counts> counts;
    std::optional<Requests> requests;
  };

  // Longer than from any time to any other, and short of what a time can be moved by.
  static constexpr std::int64_t kEver = -(kNoTime / 2);

  void remember_elsewhere(State& state, std::uint32_t slot, const Row& row);
  [[nodiscard]] static std::int64_t first_of(const State& state, const Row& row) {
    return row.time - state.period;
  }
  [[nodiscard]] facts::Truth look(const Look& look, const Row& row,
                                  const std::vector<Beside>& beside) const;
  [[nodiscard]] std::size_t count(const Look& look, std::uint32_t slot, const Row& row,
                                  std::size_t enough, const std::vector<Beside>& beside) const;
  [[nodiscard]] std::size_t count_beside(const Look& look, std::uint32_t slot, const Row& row,
                                         const std::vector<Beside>& beside) const;
  [[nodiscard]] facts::Truth latest(const Look& look, const Row& row,
                                    const std::vector<Beside>& beside) const;
  [[nodiscard]] facts::Truth frequent(const Look& look, const Row& row,
                                      const std::vector<Beside>& beside) const;
  [[nodiscard]] facts::Truth quiet(const Look& look, const Row& row) const;
  [[nodiscard]] facts::Truth guard(const Guard& guard, const Row& row,
                                   const std::vector<Beside>& beside) const;

  const agreement::Agreement& agreement_;
  const Judge& judge_;
  bool is_covered_;
  std::vector<State> states_;
  std::vector<std::uint32_t> request_stores_;
};

}  // namespace truce::stream::internal
