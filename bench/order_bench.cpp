// SPDX-License-Identifier: Apache-2.0
// Backs the figures of docs/methods/talks.md, "Who goes first": the order of commitments between
// numbers, as they lie in memory, and beside it what it takes to make numbers of a list of words.

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "truce/talks/commitments.h"

namespace {

namespace talks = truce::talks;

constexpr std::uint32_t kSeed = 20160909;

// One commitment for each deed, with two conditions among those shortly before it; one in ten is
// unconditional, and one in `circular` waits for what comes later instead.
talks::CommitmentGraph commitments(std::uint32_t deeds, std::uint32_t circular) {
  std::mt19937 engine(kSeed);
  const auto below = [&engine](std::uint32_t count) {
    return static_cast<std::uint32_t>(engine() % count);
  };
  talks::CommitmentGraph graph(deeds);
  for (std::uint32_t deed = 0; deed < deeds; ++deed) {
    std::vector<talks::CommitmentGraph::Condition> conditions;
    if (deed > 100 && below(10) != 0) {
      conditions.push_back({deed - 1 - below(100)});
      conditions.push_back({deed - 1 - below(100)});
      if (circular != 0 && below(circular) == 0 && deed + 10 < deeds) {
        conditions.back().deed = deed + 1 + below(10);
      }
    }
    graph.add(deed, conditions);
  }
  return graph;
}

// Each waits for two of all others, or of those whose turn is next among so many groups, so that no
// circle is shorter; and one in ten thousand is unconditional. Nearly all hang together.
talks::CommitmentGraph commitments_at_random(std::uint32_t deeds, std::uint32_t groups) {
  std::mt19937 engine(kSeed);
  talks::CommitmentGraph graph(deeds);
  for (std::uint32_t deed = 0; deed < deeds; ++deed) {
    std::vector<talks::CommitmentGraph::Condition> conditions;
    const auto other = [&] {
      const auto any = static_cast<std::uint32_t>(engine() % (deeds / groups)) * groups;
      return talks::CommitmentGraph::Condition{any + (groups == 1 ? 0 : (deed + 1) % groups)};
    };
    if (engine() % 10'000 != 0) {
      conditions.push_back(other());
      conditions.push_back(other());
    }
    graph.add(deed, conditions);
  }
  return graph;
}

void order_of(benchmark::State& state, const talks::CommitmentGraph& graph) {
  std::size_t following = 0;
  std::size_t circles = 0;
  for (auto _ : state) {
    const talks::Order found = talks::find_order(graph);
    following = found.count_following();
    circles = found.circles.size();
    benchmark::DoNotOptimize(found);
  }
  state.counters["following"] = static_cast<double>(following);
  state.counters["circles"] = static_cast<double>(circles);
}

void order(benchmark::State& state) {
  order_of(state, commitments(static_cast<std::uint32_t>(state.range(0)),
                              static_cast<std::uint32_t>(state.range(1))));
}

void order_at_random(benchmark::State& state) {
  order_of(state, commitments_at_random(static_cast<std::uint32_t>(state.range(0)),
                                        static_cast<std::uint32_t>(state.range(1))));
}

// The list of words from which the same would be read.
void read(benchmark::State& state) {
  const auto deeds = static_cast<std::uint32_t>(state.range(0));
  const talks::CommitmentGraph graph =
      commitments(deeds, static_cast<std::uint32_t>(state.range(1)));
  std::string list;
  for (std::uint32_t deed = 0; deed < deeds; ++deed) {
    list += "North does deed " + std::to_string(deed);
    const char* before = " if North does deed ";
    for (const std::uint32_t condition : graph.conditions(deed)) {
      list += before + std::to_string(condition);
      before = " and North does deed ";
    }
    list += '\n';
  }
  for (auto _ : state) {
    const auto made = talks::read_commitments("list", list);
    if (!made || made->graph.size() != deeds) {
      state.SkipWithError("not read");
      return;
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(list.size()));
}

}  // namespace

// No circle; one deed in a thousand waits for a later one; one in ten does, and parts are larger.
BENCHMARK(order)
    ->Args({1'000'000, 0})
    ->Args({1'000'000, 1000})
    ->Args({1'000'000, 10})
    ->Unit(benchmark::kMillisecond);

BENCHMARK(order_at_random)
    ->Args({1'000'000, 1})
    ->Args({1'000'000, 3})
    ->Unit(benchmark::kMillisecond);

BENCHMARK(read)->Args({1'000'000, 1000})->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
