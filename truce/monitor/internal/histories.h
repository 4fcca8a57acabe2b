// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/monitor/internal/record.h"
#include "truce/monitor/internal/timeline.h"

namespace truce::monitor::internal {

/// What an account reports of one kind of act, found by time and by place: what happened between
/// two instants near an act in question costs its own number and a search.
class History {
 public:
  struct Item {
    facts::FactId fact;
    facts::IncidentId incident;
    base::Instant first;
    base::Instant last;
    // Whether it is such an act.
    facts::Truth truth = facts::Truth::No;
    // The greatest `last` of this and all before it in its bucket.
    base::Instant last_so_far;
  };

  /// `items`: in order of `first`.
  History(const Record& record, const std::vector<Item>& items,
          const std::optional<agreement::Nearness>& nearness);

  /// Calls `visit(item, is_near)` for the items that may lie in [first, last] and may be near
  /// `about`, until it says false; without `about` nearness is not known. Latest first in each
  /// bucket.
  template <typename Visit>
  void between(base::Instant first, base::Instant last, const facts::Fact* about,
               std::uint32_t word, Visit visit) const;
  /// Whether the fact itself is such an act.
  [[nodiscard]] facts::Truth truth_of(facts::FactId fact) const;
  /// Some incident has several items.
  [[nodiscard]] bool has_repeats() const { return has_repeats_; }

 private:
  using Bucket = std::vector<Item>;

  void add_to_grid(const Item& item);
  // The half height of the bands of the grid, in degrees, and how wide its cells are there.
  [[nodiscard]] std::int64_t band_of(double latitude) const;
  [[nodiscard]] double cell_width(std::int64_t first_band, std::int64_t last_band) const;
  static void put(Item item, Bucket& bucket);
  template <typename Visit>
  static bool walk(const Bucket& bucket, base::Instant first, base::Instant last, Visit visit);
  template <typename Visit>
  void near_cells(base::Point point, Visit visit) const;

  const Record& record_;
  std::optional<agreement::Nearness> nearness_;
  Bucket all_;
  // By the word of the place, for those that have one which is no declared place.
  std::unordered_map<std::uint32_t, Bucket> by_word_;
  std::unordered_map<std::uint64_t, Bucket> by_cell_;
  // Those of which the index does not know where they were.
  Bucket open_;
  double band_height_ = 0;
  std::unordered_map<std::uint32_t, facts::Truth> truths_;
  bool has_repeats_ = false;
};

/// Situations that look back or around: acts in a period before, or near, an act in question.
class Histories {
 public:
  struct Sources {
    /// What may be such an act by the account, in order of time, and whether it is.
    std::function<std::vector<std::pair<facts::FactId, facts::Truth>>(const agreement::Occurrence&,
                                                                      facts::AccountId)>
        occurrences;
    /// The acts that the holdings of a period exclude.
    std::function<std::vector<const agreement::Occurrence*>(
        const std::vector<agreement::Condition>&)>
        excluded;
    /// When a standing streak can begin at the earliest.
    std::function<MomentRange(const agreement::StandingStreak&, facts::AccountId)> start;
  };

  Histories(const Record& record, Sources sources);

  /// Whether the situation is one of these.
  [[nodiscard]] static bool looks_around(const agreement::Situation& situation);
  /// When it holds at the fact in question. Right at the instants of the fact only.
  Timeline at_fact(const agreement::Situation& situation, facts::FactId fact);
  /// When it holds with no act in question. Right at the instants of `when` only.
  Timeline over(const agreement::Situation& situation, facts::AccountId account,
                base::TimeRange when);

 private:
  // One situation as one account lives it.
  struct Lived {
    std::unique_ptr<History> history;
    // What is looked for: a standing streak, a frequency or an occurrence.
    const agreement::Situation::What* what = nullptr;
    base::Duration back;
    // What happened later in the same second does not count.
    bool is_ordered = false;
    MomentRange start = kAlways;
    // When silence would mean that nothing happened.
    Timeline covered = Timeline(facts::Truth::Yes);
  };

  const Lived& lived(const agreement::Situation& situation, facts::AccountId account);
  // `fact` is the act in question, if there is one.
  facts::Truth evaluate(const Lived& lived, std::optional<facts::FactId> fact,
                        base::Instant at) const;
  facts::Truth occurs(const Lived& lived, const agreement::Occurrence& occurrence,
                      std::optional<facts::FactId> fact, base::Instant at) const;
  facts::Truth is_quiet(const Lived& lived, std::optional<facts::FactId> fact,
                        base::Instant at) const;
  facts::Truth is_frequent(const Lived& lived, const agreement::Frequency& frequency,
                           std::optional<facts::FactId> fact, base::Instant at) const;
  // Whether something in [first, last] near the fact is certain or possible.
  facts::Truth any_between(const Lived& lived, std::optional<facts::FactId> fact,
                           base::Instant first, base::Instant last) const;
  // The instants of a range at which the answer may change, with or without an act in question.
  [[nodiscard]] std::vector<base::Instant> changes(const Lived& lived, base::TimeRange when,
                                                   std::optional<facts::FactId> about) const;

  const Record& record_;
  Sources sources_;
  std::map<std::pair<const agreement::Situation*, facts::AccountId>, Lived> lived_;
};

}  // namespace truce::monitor::internal
