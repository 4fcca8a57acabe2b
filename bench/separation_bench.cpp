// SPDX-License-Identifier: Apache-2.0
// Backs the figures of docs/methods/separation.md: the cut on grids beside Boost's
// boykov_kolmogorov_max_flow on the same grids, a moved position, and the index of 100,000.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <sys/resource.h>

#include "truce/separation/grid_cut.h"
#include "truce/separation/intermingling.h"
#include "truce/separation/line.h"

namespace {

using truce::separation::GridCut;
using truce::separation::LinePlanner;
using truce::separation::Position;
using truce::separation::Positions;
using truce::separation::Side;

constexpr std::array kDirections = {GridCut::East, GridCut::North, GridCut::NorthEast,
                                    GridCut::NorthWest};

// A front that winds from south to north: ground of uneven cost, presence that thins towards the
// front and mixes there, and positions that may not change sides.
GridCut make_grid(std::size_t side) {
  GridCut cut(side, side);
  std::mt19937_64 random(side);
  for (std::size_t row = 0; row < side; ++row) {
    for (std::size_t column = 0; column < side; ++column) {
      const std::size_t cell = row * side + column;
      const auto cost = [&](double base) {
        return static_cast<std::int32_t>(base * (0.5 + static_cast<double>(random() % 100) / 50));
      };
      if (column + 1 < side) {
        cut.set_hold(cell, GridCut::East, cost(402));
      }
      if (row + 1 < side) {
        cut.set_hold(cell, GridCut::North, cost(402));
      }
      if (column + 1 < side && row + 1 < side) {
        cut.set_hold(cell, GridCut::NorthEast, cost(284));
      }
      if (column > 0 && row + 1 < side) {
        cut.set_hold(cell, GridCut::NorthWest, cost(284));
      }
      const double y = static_cast<double>(row) / static_cast<double>(side);
      const double x = static_cast<double>(column) / static_cast<double>(side);
      const double front = 0.5 + 0.15 * std::sin(9 * y) + 0.05 * std::sin(31 * y);
      const double away = (front - x) * 12;
      auto pull = static_cast<std::int32_t>(20 * away / (1 + std::abs(away)));
      if (random() % 200 == 0) {
        const bool is_mixed = std::abs(away) < 1 && random() % 4 == 0;
        pull = (away > 0) != is_mixed ? GridCut::kFixed : -GridCut::kFixed;
      }
      cut.set_pull(cell, pull);
    }
  }
  return cut;
}

std::size_t neighbour(const GridCut& cut, std::size_t cell, GridCut::Direction direction) {
  const std::size_t north = cell + cut.columns();
  return direction == GridCut::East        ? cell + 1
         : direction == GridCut::North     ? north
         : direction == GridCut::NorthEast ? north + 1
                                           : north - 1;
}

void cut_ours(benchmark::State& state) {
  const GridCut grid = make_grid(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    state.PauseTiming();
    GridCut cut = grid;
    state.ResumeTiming();
    cut.solve();
    benchmark::DoNotOptimize(cut.is_first(0));
    state.PauseTiming();
    state.counters["cost"] = static_cast<double>(cut.cost());
    state.ResumeTiming();
  }
}
BENCHMARK(cut_ours)->Arg(250)->Arg(1000)->Unit(benchmark::kMillisecond);

// Alone, without a copy: what the program has held at most is then this grid's. Run it by itself.
void cut_ours_once(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    GridCut cut = make_grid(static_cast<std::size_t>(state.range(0)));
    state.ResumeTiming();
    cut.solve();
    state.PauseTiming();
    state.counters["cost"] = static_cast<double>(cut.cost());
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    state.counters["peak_MiB"] = static_cast<double>(used.ru_maxrss) / 1024;
    state.ResumeTiming();
  }
}
BENCHMARK(cut_ours_once)->Arg(4000)->Unit(benchmark::kMillisecond)->Iterations(1);

struct EdgeData {
  std::int64_t capacity = 0;
  std::int64_t residual = 0;
  boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>::edge_descriptor reverse;
};
struct NodeData {
  boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>::edge_descriptor
      predecessor;
  boost::default_color_type color = boost::black_color;
  std::int64_t distance = 0;
};
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, NodeData, EdgeData>;

void add_edge(Graph& graph, std::size_t from, std::size_t to, std::int64_t there,
              std::int64_t back) {
  const auto one = boost::add_edge(from, to, graph).first;
  const auto other = boost::add_edge(to, from, graph).first;
  graph[one].capacity = there;
  graph[other].capacity = back;
  graph[one].reverse = other;
  graph[other].reverse = one;
}

void cut_by_boost(benchmark::State& state) {
  const GridCut grid = make_grid(static_cast<std::size_t>(state.range(0)));
  const std::size_t source = grid.cells();
  const std::size_t sink = source + 1;
  for (auto _ : state) {
    state.PauseTiming();
    Graph graph(grid.cells() + 2);
    for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
      for (const GridCut::Direction direction : kDirections) {
        const std::int64_t hold = grid.hold(cell, direction);
        if (hold > 0) {
          add_edge(graph, cell, neighbour(grid, cell, direction), hold, hold);
        }
      }
      const std::int64_t pull = grid.pull(cell);
      if (pull > 0) {
        add_edge(graph, source, cell, pull, 0);
      } else if (pull < 0) {
        add_edge(graph, cell, sink, -pull, 0);
      }
    }
    state.ResumeTiming();
    const std::int64_t flow = boost::boykov_kolmogorov_max_flow(
        graph, boost::get(&EdgeData::capacity, graph), boost::get(&EdgeData::residual, graph),
        boost::get(&EdgeData::reverse, graph), boost::get(&NodeData::predecessor, graph),
        boost::get(&NodeData::color, graph), boost::get(&NodeData::distance, graph),
        boost::get(boost::vertex_index, graph), source, sink);
    state.counters["cost"] = static_cast<double>(flow);
    state.PauseTiming();
    graph.clear();
    state.ResumeTiming();
  }
}
BENCHMARK(cut_by_boost)->Arg(250)->Arg(1000)->Unit(benchmark::kMillisecond)->Iterations(1);

// 60 km of front, each side up to 20 km deep, some mixed.
Positions make_front(std::size_t count) {
  std::mt19937_64 random(count);
  const auto share = [&] { return static_cast<double>(random() % 1'000'000) / 1e6; };
  Positions front;
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_first = i % 2 == 0;
    const double north = share() * 0.54;
    const double depth = share() * share() * 0.2 - 0.005;
    const double line = 37 + 0.03 * std::sin(north * 25);
    front.positions.push_back({.observation = i,
                               .side = is_first ? Side::First : Side::Second,
                               .point = {{36 + north}, {line + (is_first ? -depth : depth)}},
                               .radius = {static_cast<double>(random() % 3) * 100},
                               .weight = 0.5 + share() / 2});
  }
  return front;
}

void index_of_front(benchmark::State& state) {
  const Positions front = make_front(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const auto found = truce::separation::measure_intermingling(front, {});
    if (!found) {
      std::abort();
    }
    state.counters["index"] = found->whole.index;
  }
}
BENCHMARK(index_of_front)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);

LinePlanner make_planner(const Positions& front, std::int64_t cell) {
  auto planner = LinePlanner::make(front.positions, {},
                                   {.cell_side = truce::base::Metres{static_cast<double>(cell)}});
  if (!planner) {
    std::abort();
  }
  return std::move(planner).value();
}

// From positions to the parted cells of about 1,000 x 1,000.
void plan_front(benchmark::State& state) {
  const Positions front = make_front(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    LinePlanner planner = make_planner(front, 72);
    if (!planner.solve()) {
      std::abort();
    }
    state.counters["cost"] = planner.cost();
  }
}
BENCHMARK(plan_front)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);

// One position moved by 500 m and the cells parted anew, on a grid of about 1,000 x 1,000.
void move_position(benchmark::State& state) {
  const Positions front = make_front(static_cast<std::size_t>(state.range(0)));
  LinePlanner planner = make_planner(front, 72);
  if (!planner.solve()) {
    std::abort();
  }
  std::size_t moved = 0;
  for (auto _ : state) {
    moved = (moved + 7) % front.positions.size();
    truce::base::Point to = front.positions[moved].point;
    to.longitude.degrees += 0.0055;
    if (!planner.move(moved, to) || !planner.solve()) {
      std::abort();
    }
  }
}
BENCHMARK(move_position)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
