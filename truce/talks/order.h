// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "truce/base/check.h"

namespace truce::talks {

/// Conditional commitments between deeds, which are numbers from 0: a deed is done by one of its
/// commitments, once all conditions of that one are done.
class CommitmentGraph {
 public:
  struct Condition {
    std::uint32_t deed = 0;
    // Both sides agreed to act at one time: nobody waits for the other to begin.
    bool is_exchange = false;
  };

  CommitmentGraph() = default;
  explicit CommitmentGraph(std::uint32_t deeds) : deeds_(deeds) {}

  /// One more deed, that nobody is committed to yet.
  std::uint32_t add_deed() { return deeds_++; }

  /// `deed` is done if all `conditions` are; without any it is unconditional. All are below
  /// deeds(). A deed may have several.
  void add(std::uint32_t deed, std::span<const Condition> conditions) {
    deed_of_.push_back(deed);
    for (const Condition& condition : conditions) {
      conditions_.push_back(condition.deed);
      is_exchange_.push_back(condition.is_exchange);
    }
    TRUCE_CHECK(conditions_.size() <= std::numeric_limits<std::uint32_t>::max(),
                "there are more conditions than numbers for them");
    ends_.push_back(static_cast<std::uint32_t>(conditions_.size()));
  }

  [[nodiscard]] std::uint32_t deeds() const { return deeds_; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(deed_of_.size()); }
  [[nodiscard]] std::uint32_t deed(std::size_t commitment) const { return deed_of_[commitment]; }
  /// The deeds that it waits for, in the order in which they were given.
  [[nodiscard]] std::span<const std::uint32_t> conditions(std::size_t commitment) const {
    return std::span(conditions_)
        .subspan(ends_[commitment], ends_[commitment + 1] - ends_[commitment]);
  }
  /// The one at this place, with how it is waited for.
  [[nodiscard]] Condition condition(std::size_t commitment, std::size_t place) const {
    const std::size_t at = ends_[commitment] + place;
    return {conditions_[at], is_exchange_[at]};
  }
  /// Where the conditions of each commitment end in conditions(), behind one zero.
  [[nodiscard]] std::span<const std::uint32_t> ends() const { return ends_; }
  [[nodiscard]] std::span<const std::uint32_t> conditions() const { return conditions_; }

 private:
  std::uint32_t deeds_ = 0;
  std::vector<std::uint32_t> deed_of_;
  // Numbers of 32 bits and one list for all: engines read a million of them in order.
  std::vector<std::uint32_t> ends_ = {0};
  std::vector<std::uint32_t> conditions_;
  std::vector<bool> is_exchange_;
};

/// Deeds of which each waits for another: nobody can go first except on trust.
struct WaitingCircle {
  // All that wait for each other, ascending.
  std::vector<std::uint32_t> deeds;
  // A circle among them: each waits for the next, and the last for the first.
  std::vector<std::uint32_t> witness;
  bool is_shortest = true;
  // Done at one time they would all be done. Otherwise one of them waits for what nobody does.
  bool is_possible = true;
  // All waits between them are exchanges that the sides agreed.
  bool is_agreed = false;
  // The step at which they are done at one time; 0 where that is not possible.
  std::uint32_t step = 0;
  // Deeds which, done in any case, let the others follow; fewest where their number is `at_least`.
  // Sought where an exchange is possible and not agreed; empty otherwise.
  std::vector<std::uint32_t> guarantees;
  std::size_t at_least = 0;
};

/// Who goes first.
struct Order {
  // Of each deed the step at which it is done, from 1; 0: never. No deed stands before one it waits
  // for; those that follow have the least step that there is.
  std::vector<std::uint32_t> step;
  // Of each deed, whether it follows from what is unconditional, without any exchange.
  std::vector<bool> follows;
  // Without a deed in two of them; those that are possible first, in an order in which they can
  // take place.
  std::vector<WaitingCircle> circles;

  /// Done by steps alone (the least fixed point), and with exchanges (the greatest).
  [[nodiscard]] std::size_t count_following() const;
  [[nodiscard]] std::size_t count_possible() const;
  /// Somebody must go first on trust: a circle that is not an agreed exchange.
  [[nodiscard]] bool has_open_circle() const;
};

/// So many looks at a condition are spent on the shortest circles and on the fewest guarantees;
/// beyond them the answers hold but are not known to be least. Among 100,000 deeds and more that
/// hold each other up a look counts for eight, as it takes as long.
constexpr std::uint64_t kOrderEffort = 20'000'000;

/// The answer to who goes first. Linear but for what kOrderEffort bounds, and for commitments of
/// which several do the same deed.
Order find_order(const CommitmentGraph& graph, std::uint64_t effort = kOrderEffort);

/// A deed that is never done.
struct NeverDone {
  std::uint32_t deed = 0;
  // The first thing that it would need and that is never done; none where nobody commits to it.
  std::optional<std::uint32_t> waits_for;
};

/// In the order of the deeds.
std::vector<NeverDone> never_done(const CommitmentGraph& graph, const Order& order);

}  // namespace truce::talks
