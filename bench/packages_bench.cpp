// SPDX-License-Identifier: Apache-2.0
// Backs the figures of docs/methods/talks.md, "How long it takes": random games, each figure the
// median and the worst of the seeds in one run, on one core, without reading a file.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "truce/packages/conflicts.h"
#include "truce/packages/frontier.h"
#include "truce/packages/optimum.h"
#include "truce/packages/solutions.h"

namespace {

namespace packages = truce::packages;
using packages::Formula;
using packages::GainFrom;
using packages::Game;
using packages::Rule;

struct Shape {
  std::size_t parties = 2;
  std::size_t issues = 6;
  std::size_t options = 10;
  std::size_t exclusions = 0;
  std::int64_t most = 100;
};

// Each option is worth up to `most` to each party, and each exclusion forbids two options of two
// issues together.
Game random_game(const Shape& shape, std::uint32_t seed) {
  std::mt19937 engine(20160909 + seed);
  const auto below = [&engine](std::size_t count) {
    return static_cast<std::uint32_t>(engine() % count);
  };
  Game game;
  for (std::size_t issue = 0; issue < shape.issues; ++issue) {
    packages::Issue made{"I" + std::to_string(issue), {}};
    for (std::size_t option = 0; option < shape.options; ++option) {
      made.options.push_back(std::to_string(option));
    }
    game.issues.push_back(std::move(made));
  }
  for (std::size_t party = 0; party < shape.parties; ++party) {
    packages::Party made;
    made.name = "P" + std::to_string(party);
    for (std::size_t issue = 0; issue < shape.issues; ++issue) {
      made.values.emplace_back();
      for (std::size_t option = 0; option < shape.options; ++option) {
        made.values.back().emplace_back(
            static_cast<std::int64_t>(below(static_cast<std::size_t>(shape.most) + 1)));
      }
    }
    game.parties.push_back(std::move(made));
  }
  for (std::size_t at = 0; at < shape.exclusions; ++at) {
    const std::size_t first = below(shape.issues);
    const std::size_t second = (first + 1 + below(shape.issues - 1)) % shape.issues;
    game.constraints.push_back(
        {"exclusion", Formula::negation(Formula::from_conjunction(
                          {{first, {below(shape.options)}}, {second, {below(shape.options)}}}))});
  }
  return game;
}

// Asks the question of each game, and tells the median and the worst time.
void ask(benchmark::State& state, const std::vector<Game>& games,
         const std::function<std::size_t(const Game&)>& question) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> times;
  std::vector<double> sizes;
  for (auto _ : state) {
    for (const Game& game : games) {
      const auto begin = Clock::now();
      const std::size_t size = question(game);
      times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
      sizes.push_back(static_cast<double>(size));
    }
  }
  std::sort(times.begin(), times.end());
  std::sort(sizes.begin(), sizes.end());
  state.counters["median_ms"] = times[times.size() / 2];
  state.counters["worst_ms"] = times.back();
  state.counters["size"] = sizes[sizes.size() / 2];
}

std::vector<Game> games(const Shape& shape, std::uint32_t seeds) {
  std::vector<Game> games;
  for (std::uint32_t seed = 0; seed < seeds; ++seed) {
    games.push_back(random_game(shape, seed));
  }
  return games;
}

// Parties and issues.
void optimum(benchmark::State& state, Rule rule) {
  const Shape shape{.parties = static_cast<std::size_t>(state.range(0)),
                    .issues = static_cast<std::size_t>(state.range(1)),
                    .exclusions = 200};
  ask(state, games(shape, 40), [&](const Game& game) -> std::size_t {
    const auto found = packages::find_optimum(game, rule, GainFrom::Zero, {.steps = 1'000'000'000});
    if (!found || !found->is_complete) {
      state.SkipWithError("not found");
      return 0;
    }
    return static_cast<std::size_t>(found->reached);
  });
}

void nash(benchmark::State& state) { optimum(state, Rule::Nash); }
void leximin(benchmark::State& state) { optimum(state, Rule::Egalitarian); }

void frontier(benchmark::State& state) {
  const Shape shape{.parties = static_cast<std::size_t>(state.range(0)),
                    .issues = static_cast<std::size_t>(state.range(1)),
                    .exclusions = static_cast<std::size_t>(state.range(2))};
  ask(state, games(shape, static_cast<std::uint32_t>(state.range(3))),
      [&](const Game& game) -> std::size_t {
        const auto found = packages::find_frontier(game);
        if (!found) {
          state.SkipWithError(found.error().message.c_str());
          return 0;
        }
        benchmark::DoNotOptimize(packages::choose(game, *found, GainFrom::Zero));
        return found->points.size();
      });
}

// 20 parties, each with a walk-away value that it can nearly never get beside the others.
void demand_conflicts(benchmark::State& state) {
  std::vector<Game> asked = games({.parties = 20, .issues = 15}, 20);
  for (Game& game : asked) {
    for (packages::Party& party : game.parties) {
      party.walk_away = state.range(0);
    }
  }
  ask(state, asked, [&](const Game& game) -> std::size_t {
    const auto found = packages::find_demand_conflicts(game);
    if (!found) {
      state.SkipWithError(found.error().message.c_str());
      return 0;
    }
    return found->sets.size() + found->relaxations.size();
  });
}

}  // namespace

BENCHMARK(nash)->Args({3, 15})->Args({5, 15})->Args({8, 15})->Args({8, 30})->Iterations(1);
BENCHMARK(leximin)->Args({3, 15})->Args({5, 15})->Args({8, 15})->Args({8, 30})->Iterations(1);
BENCHMARK(frontier)
    ->Args({2, 6, 0, 100})
    ->Args({2, 15, 0, 100})
    ->Args({2, 50, 0, 10})
    ->Args({3, 9, 0, 5})
    ->Args({5, 7, 0, 1})
    ->Iterations(1);
BENCHMARK(demand_conflicts)->Arg(820)->Iterations(1);

BENCHMARK_MAIN();
