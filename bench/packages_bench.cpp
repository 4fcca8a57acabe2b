// SPDX-License-Identifier: Apache-2.0
// Backs the figures of docs/methods/talks.md, "How long it takes": random games, each figure the
// median and the worst time of a core over the seeds, without reading a file.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "truce/packages/conflicts.h"
#include "truce/packages/frontier.h"
#include "truce/packages/optimum.h"
#include "truce/packages/read_json.h"
#include "truce/packages/read_xml.h"
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

// What this program has used of a core.
double cpu_ms() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Asks the question of each game, and tells the median and the worst time.
void ask(benchmark::State& state, const std::vector<Game>& games,
         const std::function<std::size_t(const Game&)>& question) {
  std::vector<double> times;
  std::vector<double> sizes;
  for (auto _ : state) {
    for (const Game& game : games) {
      const double begin = cpu_ms();
      const std::size_t size = question(game);
      times.push_back(cpu_ms() - begin);
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

// Parties and issues; beside 200 exclusions.
void optimum(benchmark::State& state, Rule rule) {
  const Shape shape{.parties = static_cast<std::size_t>(state.range(0)),
                    .issues = static_cast<std::size_t>(state.range(1)),
                    .exclusions = 200};
  ask(state, games(shape, 20), [&](const Game& game) -> std::size_t {
    const auto found = packages::find_optimum(game, rule, GainFrom::Zero, {.steps = 1'000'000'000});
    if (!found || !found->is_complete) {
      state.SkipWithError("not found");
      return 0;
    }
    return 1;
  });
}

void nash(benchmark::State& state) { optimum(state, Rule::Nash); }
void leximin(benchmark::State& state) { optimum(state, Rule::Egalitarian); }
void utilitarian(benchmark::State& state) { optimum(state, Rule::Utilitarian); }

// The same after 250 ms: by how much there could be more, in parts of a thousand.
void leximin_in_time(benchmark::State& state) {
  const Shape shape{.parties = 8, .issues = 30, .exclusions = 200};
  ask(state, games(shape, 20), [&](const Game& game) -> std::size_t {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(250);
    const auto found = packages::find_optimum(
        game, Rule::Egalitarian, GainFrom::Zero,
        {.is_stopped = [end] { return std::chrono::steady_clock::now() > end; }});
    if (!found || !found->point) {
      state.SkipWithError("not found");
      return 0;
    }
    return found->is_complete
               ? 0
               : static_cast<std::size_t>(1000 * (*found->most / found->reached - 1));
  });
}

// Parties, issues, most points of one option, seeds.
void frontier(benchmark::State& state) {
  const Shape shape{.parties = static_cast<std::size_t>(state.range(0)),
                    .issues = static_cast<std::size_t>(state.range(1)),
                    .most = state.range(2)};
  ask(state, games(shape, static_cast<std::uint32_t>(state.range(3))),
      [&](const Game& game) -> std::size_t {
        const auto found = packages::find_frontier(game);
        if (!found) {
          state.SkipWithError(found.error().message.c_str());
          return 0;
        }
        if (game.parties.size() == 2) {
          benchmark::DoNotOptimize(packages::choose(game, *found, GainFrom::Zero));
        }
        return found->points.size();
      });
}

// A thousand packages near which all of 10^9 lie.
void frontier_within(benchmark::State& state) {
  ask(state, games({.parties = 5, .issues = 9, .most = 1000}, 5),
      [&](const Game& game) -> std::size_t {
        const auto found = packages::find_frontier_within(game, 1000);
        if (!found) {
          state.SkipWithError(found.error().message.c_str());
          return 0;
        }
        return found->points.size();
      });
}

// Six walk-away values and 14 vetoes of two issues each, among 10^15 packages.
void demand_conflicts(benchmark::State& state) {
  std::vector<Game> asked = games({.parties = 6, .issues = 15}, 20);
  std::uint32_t seed = 0;
  for (Game& game : asked) {
    std::mt19937 engine(seed++);
    for (packages::Party& party : game.parties) {
      party.walk_away = state.range(0);
    }
    for (std::size_t veto = 0; veto < 14; ++veto) {
      packages::Conjunction conjunction;
      const std::size_t first = engine() % 7 * 2;
      for (const std::size_t issue : {first, first + 1}) {
        packages::OptionSet set{issue, {}};
        for (std::uint32_t option = 0; option < 10; ++option) {
          if (engine() % 10 < 4) {
            set.options.push_back(option);
          }
        }
        conjunction.push_back(std::move(set));
      }
      game.parties[veto % game.parties.size()].vetoes.push_back(std::move(conjunction));
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

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The public scenarios that lie beside the repository, all in one run; without reading them.
void additive(benchmark::State& state) {
  std::vector<Game> asked;
  std::error_code none;
  for (const auto& entry :
       std::filesystem::directory_iterator("../shared/conformance/talks/additive", none)) {
    auto game = packages::read_exact_json(entry.path().string(), text_of(entry.path()));
    if (game) {
      asked.push_back(std::move(game.value()));
    }
  }
  if (asked.empty()) {
    state.SkipWithError("they do not lie beside the repository");
  }
  for (auto _ : state) {
    for (const Game& game : asked) {
      const auto found = packages::find_frontier(game);
      benchmark::DoNotOptimize(packages::choose(game, *found, GainFrom::Zero));
    }
  }
  state.counters["size"] = static_cast<double>(asked.size());
}

void nonlinear(benchmark::State& state) {
  const std::filesystem::path folder = "../shared/conformance/talks/nonlinear";
  std::vector<Game> asked;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename().string();
    const auto named = [&](const std::string& file) {
      return packages::NamedText{file, text_of(entry.path() / file)};
    };
    auto read = packages::read_genius_xml(named(name + "-domain.xml"),
                                          {named("profile-1.xml"), named("profile-2.xml")});
    if (read) {
      asked.push_back(std::move(read->game));
    }
  }
  if (asked.empty()) {
    state.SkipWithError("they do not lie beside the repository");
  }
  ask(state, asked, [&](const Game& game) -> std::size_t {
    const auto found = packages::find_frontier(game);
    return found && found->is_complete ? found->points.size() : 0;
  });
}

}  // namespace

namespace {

// Parties and issues, to 8 and to 10^30 packages.
void growth(benchmark::internal::Benchmark* bench) {
  for (const std::int64_t issues : {10, 15, 20, 25, 30}) {
    for (const std::int64_t parties : {2, 3, 5, 8}) {
      bench->Args({parties, issues});
    }
  }
}

}  // namespace

BENCHMARK(frontier)
    ->Args({2, 6, 100, 100})
    ->Args({2, 15, 100, 100})
    ->Args({2, 50, 100, 20})
    ->Args({3, 9, 1000, 5})
    ->Args({4, 9, 1000, 5})
    ->Args({5, 9, 1000, 5})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(frontier_within)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(additive)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(nonlinear)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(nash)->Apply(growth)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(leximin)->Apply(growth)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(leximin_in_time)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(utilitarian)->Args({8, 30})->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(demand_conflicts)->Arg(1000)->Iterations(1)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
