// SPDX-License-Identifier: Apache-2.0
// The record: docs/formats/ledger.md says how long an entry takes to be acknowledged and how long a
// proof takes. `appends`: that many writers, each of which waits for its entry to be on the disk,
// in the folder that TMPDIR names. `proofs`: an entry anywhere among a million.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <unistd.h>

#include "truce/ledger/directory.h"
#include "truce/ledger/ledger.h"
#include "truce/ledger/proof.h"

namespace {

namespace fs = std::filesystem;
namespace ledger = truce::ledger;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kSeed = 20160912;
constexpr std::size_t kEntryBytes = 400;
constexpr std::size_t kOfOneWriter = 40;

truce::crypto::SecretKey key() { return truce::crypto::SecretKey(truce::crypto::Bytes32{1}); }

// A ledger in a folder that goes with it.
class Log {
 public:
  Log() {
    std::string name = (fs::temp_directory_path() / "truce-ledger-bench-XXXXXX").string();
    folder_ = ::mkdtemp(name.data()) == nullptr ? "" : name;
    const auto made = ledger::Ledger::create(path(), "bench", key());
    is_made_ = made.has_value();
  }
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  Log(Log&&) = delete;
  Log& operator=(Log&&) = delete;
  ~Log() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  [[nodiscard]] std::string path() const { return folder_ + "/log"; }
  [[nodiscard]] bool is_made() const { return is_made_; }

 private:
  std::string folder_;
  bool is_made_ = false;
};

std::vector<std::string> entries(std::size_t count, std::mt19937& random) {
  std::vector<std::string> made(count, std::string(kEntryBytes, ' '));
  for (std::string& entry : made) {
    std::generate(entry.begin(), entry.end(), [&] { return static_cast<char>(random() % 256); });
  }
  return made;
}

double at_share(std::vector<double> sorted, double share) {
  std::sort(sorted.begin(), sorted.end());
  return sorted.empty()
             ? 0
             : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

double ms_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double processor_ms() {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

// How long each of a writer's entries took to be acknowledged; negative where one was refused.
std::vector<double> write(ledger::Ledger& to, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<double> times;
  for (std::string& entry : entries(kOfOneWriter, random)) {
    const auto begin = Clock::now();
    const bool is_done = to.append({std::move(entry)}).has_value();
    times.push_back(is_done ? ms_since(begin) : -1);
  }
  return times;
}

void appends(benchmark::State& state) {
  for (auto _ : state) {
    const Log log;
    auto opened = ledger::Ledger::open(log.path(), key());
    if (!opened) {
      state.SkipWithError(opened.error().message.c_str());
      return;
    }
    std::vector<std::vector<double>> of_each(static_cast<std::size_t>(state.range(0)));
    std::vector<std::thread> writers;
    const auto begin = Clock::now();
    for (std::size_t i = 0; i < of_each.size(); ++i) {
      writers.emplace_back(
          [&, i] { of_each[i] = write(*opened, kSeed + static_cast<std::uint32_t>(i)); });
    }
    for (std::thread& writer : writers) {
      writer.join();
    }
    const double total_ms = ms_since(begin);
    std::vector<double> times;
    for (const auto& one : of_each) {
      times.insert(times.end(), one.begin(), one.end());
    }
    if (at_share(times, 0) < 0) {
      state.SkipWithError("an entry was refused");
      return;
    }
    state.counters["per_second"] = static_cast<double>(times.size()) / total_ms * 1000;
    state.counters["p50_ms"] = at_share(times, 0.5);
    state.counters["p99_ms"] = at_share(times, 0.99);
    state.counters["max_ms"] = at_share(times, 1);
  }
}
BENCHMARK(appends)
    ->Arg(1)
    ->Arg(16)
    ->Arg(64)
    ->Arg(256)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

void proofs(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const Log log;
  std::mt19937 random(kSeed);
  {
    auto opened = ledger::Ledger::open(log.path(), key());
    if (!opened) {
      state.SkipWithError(opened.error().message.c_str());
      return;
    }
    constexpr std::size_t kAtOnce = 20000;
    for (std::size_t done = 0; done < size; done += kAtOnce) {
      std::vector<std::string> some(std::min(kAtOnce, size - done));
      for (std::size_t i = 0; i < some.size(); ++i) {
        some[i] = "entry " + std::to_string(done + i);
      }
      if (!opened->append(std::move(some))) {
        state.SkipWithError("an entry was refused");
        return;
      }
    }
  }
  // As a server has it: what one proof read serves the next.
  const ledger::Directory directory(log.path());
  std::vector<double> times;
  std::vector<double> processor;
  for (auto _ : state) {
    const double used = processor_ms();
    const auto begin = Clock::now();
    const auto proof = ledger::prove(directory, random() % size);
    times.push_back(ms_since(begin));
    processor.push_back(processor_ms() - used);
    if (!proof) {
      state.SkipWithError(proof.error().message.c_str());
      return;
    }
    benchmark::DoNotOptimize(proof);
  }
  state.counters["p99_ms"] = at_share(times, 0.99);
  state.counters["max_ms"] = at_share(times, 1);
  // What is left when others who want the processor are not counted.
  state.counters["p99_processor_ms"] = at_share(processor, 0.99);
}
BENCHMARK(proofs)->Arg(1000)->Arg(1000000)->Unit(benchmark::kMillisecond)->Iterations(2000);

}  // namespace
