// SPDX-License-Identifier: Apache-2.0
// Who goes first is what trying says: fixed points by naive rounds and by every set of deeds,
// guarantees by every set, circles by every path.
#include <algorithm>
#include <bit>

#include "tests/support/dice.h"
#include "tests/support/effort.h"
#include <gtest/gtest.h>

#include "truce/talks/order.h"

namespace truce::testing {
namespace {

using talks::CommitmentGraph;
using Set = std::uint32_t;

CommitmentGraph random_graph(std::uint64_t seed) {
  Dice dice(seed);
  const auto deeds = static_cast<std::uint32_t>(1 + dice.below(8));
  CommitmentGraph graph(deeds);
  const std::size_t commitments = dice.below(2 * std::size_t{deeds}) + 1;
  for (std::size_t i = 0; i < commitments; ++i) {
    std::vector<CommitmentGraph::Condition> conditions;
    for (std::size_t count = dice.one_in(6) ? 0 : 1 + dice.below(2); count > 0; --count) {
      conditions.push_back({static_cast<std::uint32_t>(dice.below(deeds)), false});
    }
    // Some deeds have several, some none.
    const std::size_t deed = dice.one_in(3) ? dice.below(deeds) : i % deeds;
    graph.add(static_cast<std::uint32_t>(deed), conditions);
  }
  return graph;
}

Set bit(std::uint32_t deed) { return Set{1} << deed; }

bool is_fulfilled(const CommitmentGraph& graph, std::size_t commitment, Set done) {
  const auto conditions = graph.conditions(commitment);
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](std::uint32_t one) { return (done & bit(one)) != 0; });
}

// What is done one round later.
Set next(const CommitmentGraph& graph, Set done) {
  Set more = done;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    more |= is_fulfilled(graph, i, done) ? bit(graph.deed(i)) : 0;
  }
  return more;
}

Set closed(const CommitmentGraph& graph, Set done) {
  while (next(graph, done) != done) {
    done = next(graph, done);
  }
  return done;
}

// The union of all sets of which each deed has a commitment that the set fulfils.
Set greatest(const CommitmentGraph& graph) {
  Set all = 0;
  for (Set set = 0; set < bit(graph.deeds()); ++set) {
    Set supported = 0;
    for (std::size_t i = 0; i < graph.size(); ++i) {
      supported |= is_fulfilled(graph, i, set) ? bit(graph.deed(i)) : 0;
    }
    all |= (set & ~supported) == 0 ? set : 0;
  }
  return all;
}

// The fewest of what can be done which, vouched for, let all of it follow.
int fewest(const CommitmentGraph& graph, Set possible) {
  int best = static_cast<int>(graph.deeds());
  for (Set set = 0; set < bit(graph.deeds()); ++set) {
    if ((set & ~possible) == 0 && closed(graph, set) == possible) {
      best = std::min(best, std::popcount(set));
    }
  }
  return best;
}

// Whether one waits for the other by a commitment that only waits for what `within` holds.
bool waits_for(const CommitmentGraph& graph, std::uint32_t from, std::uint32_t to, Set within) {
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const auto conditions = graph.conditions(i);
    if (graph.deed(i) == from && is_fulfilled(graph, i, within) &&
        std::find(conditions.begin(), conditions.end(), to) != conditions.end()) {
      return true;
    }
  }
  return false;
}

// The length of the shortest circle among deeds, by lengths of ways that grow.
std::size_t girth(const CommitmentGraph& graph, const std::vector<std::uint32_t>& deeds,
                  Set within) {
  for (std::size_t length = 1; length <= deeds.size(); ++length) {
    for (const std::uint32_t start : deeds) {
      Set reached = bit(start);
      for (std::size_t i = 0; i < length; ++i) {
        Set further = 0;
        for (const std::uint32_t from : deeds) {
          for (const std::uint32_t to : deeds) {
            further |=
                (reached & bit(from)) != 0 && waits_for(graph, from, to, within) ? bit(to) : 0;
          }
        }
        reached = further;
      }
      if ((reached & bit(start)) != 0) {
        return length;
      }
    }
  }
  return 0;
}

// All that one waits for within `among`, and what those wait for.
Set reached(const CommitmentGraph& graph, std::uint32_t from, Set among, Set within) {
  Set found = 0;
  for (bool is_new = true; is_new;) {
    const Set before = found;
    for (std::uint32_t one = 0; one < graph.deeds(); ++one) {
      for (std::uint32_t to = 0; to < graph.deeds(); ++to) {
        const bool is_open = one == from || (found & bit(one)) != 0;
        const bool is_among = (among & bit(to)) != 0;
        found |= is_open && is_among && waits_for(graph, one, to, within) ? bit(to) : 0;
      }
    }
    is_new = found != before;
  }
  return found;
}

// What can never be done and waits for itself is in a circle that is not possible.
void expect_impossible(const CommitmentGraph& graph, const talks::Order& order, Set possible) {
  const Set all = bit(graph.deeds()) - 1;
  Set expected = 0;
  for (std::uint32_t deed = 0; deed < graph.deeds(); ++deed) {
    const bool is_possible = (possible & bit(deed)) != 0;
    const bool waits = (reached(graph, deed, all & ~possible, all) & bit(deed)) != 0;
    expected |= !is_possible && waits ? bit(deed) : 0;
  }
  Set named = 0;
  for (const talks::WaitingCircle& circle : order.circles) {
    for (const std::uint32_t deed : circle.deeds) {
      named |= circle.is_possible ? 0 : bit(deed);
    }
  }
  EXPECT_EQ(expected, named);
}

void expect_circle(const CommitmentGraph& graph, const talks::WaitingCircle& circle, Set possible) {
  const Set within = circle.is_possible ? possible : bit(graph.deeds()) - 1;
  EXPECT_TRUE(circle.is_shortest);
  EXPECT_EQ(girth(graph, circle.deeds, within), circle.witness.size());
  for (std::size_t i = 0; i < circle.witness.size(); ++i) {
    EXPECT_TRUE(waits_for(graph, circle.witness[i], circle.witness[(i + 1) % circle.witness.size()],
                          within));
  }
  Set deeds = 0;
  for (const std::uint32_t deed : circle.deeds) {
    EXPECT_EQ(circle.is_possible, (possible & bit(deed)) != 0);
    deeds |= bit(deed);
  }
  for (const std::uint32_t deed : circle.deeds) {
    EXPECT_EQ(deeds, reached(graph, deed, deeds, within));
  }
}

// Each deed stands after all that one of its commitments waits for, but for those it is exchanged
// with.
void expect_steps(const CommitmentGraph& graph, const talks::Order& order) {
  std::vector<Set> together(graph.deeds(), 0);
  for (const talks::WaitingCircle& circle : order.circles) {
    for (const std::uint32_t deed : circle.deeds) {
      for (const std::uint32_t other : circle.deeds) {
        together[deed] |= circle.is_possible ? bit(other) : 0;
      }
    }
  }
  for (std::uint32_t deed = 0; deed < graph.deeds(); ++deed) {
    bool is_in_order = order.step[deed] == 0;
    for (std::size_t i = 0; i < graph.size(); ++i) {
      Set before = together[deed];
      for (std::uint32_t other = 0; other < graph.deeds(); ++other) {
        before |= order.step[other] != 0 && order.step[other] < order.step[deed] ? bit(other) : 0;
      }
      is_in_order = is_in_order || (graph.deed(i) == deed && is_fulfilled(graph, i, before));
    }
    EXPECT_TRUE(is_in_order) << deed;
  }
}

void expect_as_by_trying(std::uint64_t seed) {
  const CommitmentGraph graph = random_graph(seed);
  const talks::Order order = talks::find_order(graph);
  const Set least = closed(graph, 0);
  const Set possible = greatest(graph);
  std::vector<std::uint32_t> steps(graph.deeds(), 0);
  Set done = 0;
  for (std::uint32_t step = 1; done != least; ++step) {
    const Set more = next(graph, done);
    for (std::uint32_t deed = 0; deed < graph.deeds(); ++deed) {
      steps[deed] = (more & ~done & bit(deed)) != 0 ? step : steps[deed];
    }
    done = more;
  }
  for (std::uint32_t deed = 0; deed < graph.deeds(); ++deed) {
    EXPECT_EQ((least & bit(deed)) != 0, order.follows[deed]);
    EXPECT_EQ((possible & bit(deed)) != 0, order.step[deed] != 0);
    if (order.follows[deed]) {
      EXPECT_EQ(steps[deed], order.step[deed]);
    }
  }
  std::size_t vouched = 0;
  Set guaranteed = 0;
  for (const talks::WaitingCircle& circle : order.circles) {
    expect_circle(graph, circle, possible);
    EXPECT_EQ(circle.at_least, circle.guarantees.size());
    vouched += circle.guarantees.size();
    for (const std::uint32_t deed : circle.guarantees) {
      guaranteed |= bit(deed);
    }
  }
  EXPECT_EQ(possible, closed(graph, guaranteed));
  EXPECT_EQ(static_cast<std::size_t>(fewest(graph, possible)), vouched);
  expect_steps(graph, order);
  expect_impossible(graph, order, possible);
}

// --- Lists too long to try every set: rounds over all of it, and what leads to what. ---

using Deeds = std::vector<bool>;

// Some hang together, in runs and at random; with `is_single`, each deed has one commitment at
// most.
CommitmentGraph long_graph(Dice& dice, bool is_single) {
  const auto deeds = static_cast<std::uint32_t>(2 + dice.below(60));
  const std::size_t reach = 1 + dice.below(deeds);
  const std::size_t first = 2 + dice.below(60);
  CommitmentGraph graph(deeds);
  for (std::uint32_t deed = 0; deed < deeds; ++deed) {
    if (dice.one_in(60)) {
      continue;
    }
    for (bool is_more = true; is_more; is_more = !is_single && dice.one_in(4)) {
      std::vector<CommitmentGraph::Condition> conditions;
      for (std::size_t count = dice.one_in(first) ? 0 : 1 + dice.below(3); count > 0; --count) {
        const auto away = static_cast<std::uint32_t>(dice.below(reach));
        conditions.push_back({(deed + (dice.one_in(3) ? away : deeds - away)) % deeds});
      }
      graph.add(deed, conditions);
    }
  }
  return graph;
}

bool is_kept(const CommitmentGraph& graph, std::size_t commitment, const Deeds& done) {
  const auto conditions = graph.conditions(commitment);
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](std::uint32_t one) { return done[one]; });
}

// What follows from `done`, and after how many rounds, from 1.
std::vector<std::uint32_t> rounds_from(const CommitmentGraph& graph, Deeds& done) {
  std::vector<std::uint32_t> rounds(graph.deeds(), 0);
  bool is_new = true;
  for (std::uint32_t round = 1; is_new; ++round) {
    is_new = false;
    const Deeds before = done;
    for (std::size_t i = 0; i < graph.size(); ++i) {
      if (is_kept(graph, i, before) && !done[graph.deed(i)]) {
        done[graph.deed(i)] = true;
        rounds[graph.deed(i)] = round;
        is_new = true;
      }
    }
  }
  return rounds;
}

Deeds greatest_by_rounds(const CommitmentGraph& graph) {
  Deeds possible(graph.deeds(), true);
  for (bool is_less = true; is_less;) {
    Deeds supported(graph.deeds(), false);
    for (std::size_t i = 0; i < graph.size(); ++i) {
      supported[graph.deed(i)] = supported[graph.deed(i)] || is_kept(graph, i, possible);
    }
    is_less = false;
    for (std::uint32_t deed = 0; deed < graph.deeds(); ++deed) {
      is_less = is_less || (possible[deed] && !supported[deed]);
      possible[deed] = possible[deed] && supported[deed];
    }
  }
  return possible;
}

// Of each deed of `among` the least one that it holds up and that holds it up; itself, and nothing
// where it does not even hold up itself. Each deed has one commitment.
std::vector<std::int64_t> circles_by_reach(const CommitmentGraph& graph, const Deeds& among) {
  const std::size_t deeds = graph.deeds();
  std::vector<Deeds> leads(deeds, Deeds(deeds, false));
  for (std::size_t i = 0; i < graph.size(); ++i) {
    for (const std::uint32_t one : graph.conditions(i)) {
      leads[graph.deed(i)][one] = among[graph.deed(i)] && among[one];
    }
  }
  for (std::size_t by = 0; by < deeds; ++by) {
    for (std::size_t from = 0; from < deeds; ++from) {
      for (std::size_t to = 0; leads[from][by] && to < deeds; ++to) {
        leads[from][to] = leads[from][to] || leads[by][to];
      }
    }
  }
  std::vector<std::int64_t> least(deeds, -1);
  for (std::size_t from = 0; from < deeds; ++from) {
    for (std::size_t to = 0; to < deeds && least[from] < 0; ++to) {
      least[from] = leads[from][to] && leads[to][from] ? static_cast<std::int64_t>(to) : -1;
    }
  }
  return least;
}

std::vector<std::int64_t> circles_found(const talks::Order& order, bool is_possible) {
  std::vector<std::int64_t> least(order.step.size(), -1);
  for (const talks::WaitingCircle& circle : order.circles) {
    for (const std::uint32_t deed : circle.deeds) {
      least[deed] = circle.is_possible == is_possible ? std::int64_t{circle.deeds[0]} : least[deed];
    }
  }
  return least;
}

void expect_witnesses(const CommitmentGraph& graph, const talks::Order& order) {
  for (const talks::WaitingCircle& circle : order.circles) {
    ASSERT_FALSE(circle.witness.empty());
    EXPECT_TRUE(std::is_sorted(circle.deeds.begin(), circle.deeds.end()));
    EXPECT_TRUE(std::is_sorted(circle.guarantees.begin(), circle.guarantees.end()));
    for (std::size_t at = 0; at < circle.witness.size(); ++at) {
      const std::uint32_t to = circle.witness[(at + 1) % circle.witness.size()];
      bool waits = false;
      for (std::size_t i = 0; i < graph.size(); ++i) {
        const auto conditions = graph.conditions(i);
        waits = waits || (graph.deed(i) == circle.witness[at] &&
                          std::find(conditions.begin(), conditions.end(), to) != conditions.end());
      }
      EXPECT_TRUE(waits);
    }
  }
}

void expect_as_by_rounds(std::uint64_t seed) {
  Dice dice(seed);
  const bool is_single = dice.one_in(2);
  const CommitmentGraph graph = long_graph(dice, is_single);
  const talks::Order order = talks::find_order(graph, dice.one_in(2) ? 3'000 : 30'000);
  Deeds least(graph.deeds(), false);
  const std::vector<std::uint32_t> rounds = rounds_from(graph, least);
  const Deeds possible = greatest_by_rounds(graph);
  EXPECT_EQ(least, order.follows);
  Deeds vouched = least;
  for (const talks::WaitingCircle& circle : order.circles) {
    for (const std::uint32_t deed : circle.guarantees) {
      vouched[deed] = true;
    }
  }
  rounds_from(graph, vouched);
  EXPECT_EQ(possible, vouched);
  for (std::uint32_t deed = 0; deed < graph.deeds(); ++deed) {
    EXPECT_EQ(possible[deed], order.step[deed] != 0);
    if (least[deed]) {
      EXPECT_EQ(rounds[deed], order.step[deed]);
    }
  }
  expect_witnesses(graph, order);
  if (is_single) {
    Deeds open = possible;
    Deeds impossible = possible;
    impossible.flip();
    for (std::uint32_t deed = 0; deed < graph.deeds(); ++deed) {
      open[deed] = possible[deed] && !least[deed];
    }
    EXPECT_EQ(circles_by_reach(graph, open), circles_found(order, true));
    EXPECT_EQ(circles_by_reach(graph, impossible), circles_found(order, false));
  }
}

TEST(OrderProperty, OfLongListsItIsWhatRoundsSay) {
  for (std::uint64_t seed = 1; seed <= cases(2000) && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_as_by_rounds(seed);
  }
}

TEST(OrderProperty, WhoGoesFirstIsWhatTryingSays) {
  for (std::uint64_t seed = 1; seed <= cases(20000) && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    expect_as_by_trying(seed);
  }
}

}  // namespace
}  // namespace truce::testing
