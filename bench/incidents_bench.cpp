// SPDX-License-Identifier: Apache-2.0
// How fast files are read and places asked. Backs the figures of docs/methods/incidents.md and
// docs/methods/geometry.md. The real files are used where they are there, rows made from a seed
// where they are not.

#include <cmath>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "truce/encoding/csv.h"
#include "truce/geometry/region.h"
#include "truce/incidents/read.h"

namespace {

std::string read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string make_ucdp(int rows) {
  std::mt19937_64 random(1);
  std::string text =
      "id,type_of_violence,dyad_name,side_a,side_b,source_office,source_headline,where_prec,"
      "where_coordinates,latitude,longitude,date_start,date_end,deaths_civilians,low,best,high\n";
  for (int row = 0; row < rows; ++row) {
    const std::string deaths = std::to_string(random() % 40);
    text += std::to_string(row) + ",1,North - South,North,South,Office,\"" + std::string(400, 'h') +
            ", said\",2,Town," + std::to_string(35 + row % 100 * 0.01) + ",37.5,2016-09-" +
            std::to_string(10 + row % 20) + ",2016-09-" + std::to_string(10 + row % 20) + ",0," +
            deaths + "," + deaths + "," + deaths + "\n";
  }
  return text;
}

void read_ucdp(benchmark::State& state, const std::string& text) {
  std::uint64_t rows = 0;
  for (auto _ : state) {
    truce::incidents::Reading reading;
    const auto done = truce::incidents::read_reports("ucdp.csv", text, {}, reading);
    if (!done) {
      state.SkipWithError(done.error().message.c_str());
      return;
    }
    rows += reading.rows;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(rows));
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size() * state.iterations()));
}

void read_made_rows(benchmark::State& state) {
  read_ucdp(state, make_ucdp(static_cast<int>(state.range(0))));
}
BENCHMARK(read_made_rows)->Arg(600)->Arg(6000)->Arg(60000)->Unit(benchmark::kMillisecond);

void read_syria_2016(benchmark::State& state) {
  const std::string text = read_file("../shared/data/syria/ucdp-ged-syria-2016.csv");
  if (text.empty()) {
    state.SkipWithError("the file is not there");
    return;
  }
  read_ucdp(state, text);
}
BENCHMARK(read_syria_2016)->Unit(benchmark::kMillisecond);

void split_rows_of_iraq(benchmark::State& state) {
  const std::string text = read_file("../shared/data/iraq/geo-events-2006-2008.csv");
  if (text.empty()) {
    state.SkipWithError("the file is not there");
    return;
  }
  std::int64_t rows = 0;
  for (auto _ : state) {
    truce::encoding::CsvReader reader(text);
    while (const truce::encoding::CsvRow* row = reader.next()) {
      benchmark::DoNotOptimize(row->fields.data());
      ++rows;
    }
  }
  state.SetItemsProcessed(rows);
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size() * state.iterations()));
}
BENCHMARK(split_rows_of_iraq)->Unit(benchmark::kMillisecond);

truce::geometry::Region make_star(int corners) {
  std::mt19937_64 random(2);
  truce::geometry::Ring ring;
  for (int corner = 0; corner < corners; ++corner) {
    const double angle = 6.283185307179586 * corner / corners;
    const double reach = 1 + static_cast<double>(random() % 1000) / 1000;
    ring.push_back({{35 + reach * std::sin(angle)}, {38 + reach * std::cos(angle)}});
  }
  return truce::geometry::Region::area({{ring}}).value();
}

void disc_in_area(benchmark::State& state) {
  const truce::geometry::Region area = make_star(static_cast<int>(state.range(0)));
  const double radius = static_cast<double>(state.range(1));
  std::mt19937_64 random(3);
  std::vector<truce::geometry::Disc> discs;
  for (int disc = 0; disc < 1024; ++disc) {
    discs.push_back({{{33 + static_cast<double>(random() % 4000) / 1000},
                      {36 + static_cast<double>(random() % 4000) / 1000}},
                     {radius}});
  }
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(area.contains(discs[at++ % discs.size()]));
  }
}
BENCHMARK(disc_in_area)->ArgsProduct({{10, 100, 1000, 10000}, {0, 5000, 25000}});

void distance_to_area(benchmark::State& state) {
  const truce::geometry::Region area = make_star(static_cast<int>(state.range(0)));
  double shift = 0;
  for (auto _ : state) {
    shift = std::fmod(shift + 0.0173, 1.0);
    benchmark::DoNotOptimize(area.distance_to({{31 + shift}, {35 + shift}}));
  }
}
BENCHMARK(distance_to_area)->Arg(100)->Arg(10000);

}  // namespace
