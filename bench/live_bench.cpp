// SPDX-License-Identifier: Apache-2.0
// Backs docs/methods/monitor.md, "Row by row": how long it takes from a row of a table to what it
// changes, with a hundred clauses, and how that grows with the record. Five accounts tell of
// attacks over a year, in the order in which they report, some late, corrected or withdrawn; now
// and then a clause is renewed. What is measured is the time of the processor, which other work on
// the machine does not lengthen.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/facts/live_evidence.h"
#include "truce/incidents/actor_book.h"
#include "truce/incidents/current_accounts.h"
#include "truce/incidents/read.h"
#include "truce/language/parse.h"
#include "truce/monitor/live.h"

namespace {

namespace agreement = truce::agreement;
namespace base = truce::base;
namespace facts = truce::facts;
namespace incidents = truce::incidents;
namespace monitor = truce::monitor;

constexpr std::uint32_t kSeed = 20160912;
constexpr std::int64_t kYear = 365 * 86400;
constexpr std::size_t kClauses = 100;
constexpr std::string_view kHeader =
    "incident,account,according_to,reported_at,from,to,kind,actor,target,weapon,place,clauses\n";

// What else the text holds besides prohibitions and duties with a deadline.
enum class Text : std::int64_t {
  Plain,      // prohibitions that lift responses within an hour, duties
  LooksBack,  // some look at what happened in the day before
  Streak,     // duties wait for seven quiet days, which every attack begins anew
};

std::string text_of(Text what) {
  std::string text =
      "truce \"Bench\"; of 2030-01-01; clock Local at UTC+00:00; days of 24 hours;\n"
      "  vocabulary \"truce/ceasefire-1\".\n"
      "parties North; South.\n"
      "guarantors Aland ensures compliance of North; Borland ensures compliance of South.\n"
      "outside the truce Outlaws.\n"
      "moments D = 2030-01-01 00:00.\n"
      "situations Self Defence = proportionate response to attack on the same Party within 1 "
      "hour;\n"
      "  Burst = at least 3 occasions within 24 hours on which each Party attacks Civilians;\n"
      "  No Attack = no Party attacks Civilians;\n"
      "  Quiet = end of first uninterrupted period of 7 days in which No Attack holds from D.\n"
      "moments Opening = Quiet + 1 hour.\n"
      "article 1 \"Terms\"\n";
  for (std::size_t i = 1; i <= kClauses; ++i) {
    if (i % 7 == 0) {
      text += what == Text::Streak && i % 14 == 0
                  ? fmt::format(
                        "1.{} North shall withdraw Tanks; within {} days of Opening;"
                        "  consequence none stated.\n",
                        i, i)
                  : fmt::format(
                        "1.{} {} shall withdraw Tanks; not later than 2030-{:02}-01 12:00;"
                        " consequence none stated.\n",
                        i, i % 2 == 0 ? "North" : "South", 1 + i % 12);
      continue;
    }
    const char* target = i % 3 == 0   ? "Civilians or Convoys"
                         : i % 3 == 1 ? "another Party"
                                      : "Hospitals";
    const char* lifted = i % 2 == 0                               ? " except in Self Defence;"
                         : what == Text::LooksBack && i % 10 == 1 ? " while Burst;"
                                                                  : "";
    text += fmt::format(
        "1.{} each Party shall not attack {} with Weapons; from D; for {} days;"
        " except against Outlaws;{} renewable for 30 days by agreement of North and South;"
        " ensured by its Guarantor; consequence none stated.\n",
        i, target, 30 + 7 * (i % 40), lifted);
  }
  return text;
}

struct Timed {
  std::int64_t reported = 0;
  std::string row;
};

// The rows in the order in which they come.
std::vector<std::string> feed(std::size_t count) {
  std::mt19937 random(kSeed);
  const std::vector<std::string> actors = {"North", "South", "Outlaws", "Aland", "North|South"};
  const std::vector<std::string> targets = {"North", "South", "Civilians", "Convoys", "Outlaws"};
  const std::int64_t start = base::start_of({2030, 1, 1}).seconds;
  std::vector<Timed> rows;
  const auto add = [&](std::size_t number, std::int64_t at, std::int64_t reported,
                       std::string_view kind) {
    const std::string who = fmt::format("Account {}", number % 5);
    rows.push_back({reported, fmt::format("e{},{},{},{},{},,{},{},{},Rockets,,\n", number / 2, who,
                                          who, base::to_iso({reported}, {}), base::to_iso({at}, {}),
                                          kind, actors[random() % actors.size()],
                                          targets[random() % targets.size()])});
  };
  for (std::size_t number = 0; number < count; ++number) {
    const auto at = start + static_cast<std::int64_t>(static_cast<double>(number) /
                                                      static_cast<double>(count) * kYear);
    const std::int64_t delay = random() % 20 == 0 ? 5 * 86400 : 3600;
    add(number, at, at + delay, number % 200 == 0 ? "withdraw" : "attack");
    if (random() % 30 == 0) {
      add(number, at, at + 2 * delay, random() % 4 == 0 ? "withdrawn" : "attack");
    }
    if (number % 2000 == 1000) {
      const std::string when = base::to_iso({at}, {});
      rows.push_back({at + 60, fmt::format("r{},m,Account 0,{},{},,extend,North & South,,,,\n",
                                           number, when, when)});
    }
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Timed& a, const Timed& b) { return a.reported < b.reported; });
  std::vector<std::string> in_order;
  for (Timed& row : rows) {
    in_order.push_back(std::move(row.row));
  }
  return in_order;
}

double at_share(std::vector<double> sorted, double share) {
  std::sort(sorted.begin(), sorted.end());
  return sorted.empty()
             ? 0
             : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

double processor_us() {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) * 1e6 + static_cast<double>(used.tv_nsec) / 1e3;
}

// From the bytes of each row to the changes it makes, in microseconds.
std::vector<double> run(const std::vector<std::string>& rows, monitor::Live& live,
                        facts::LiveEvidence& evidence) {
  incidents::CurrentAccounts current;
  std::vector<double> times;
  live.update({}, base::kBeforeTime);
  for (const std::string& row : rows) {
    const double begin = processor_us();
    incidents::Reading reading;
    const auto read = incidents::read_reports("feed", std::string(kHeader) + row, {}, reading);
    if (read && reading.reports.size() == 1) {
      const auto change = current.take(std::move(reading.reports.front()));
      if (change.is_taken) {
        benchmark::DoNotOptimize(live.update(
            {evidence.replace(*change.row, change.before(), change.stands())}, base::kBeforeTime));
      }
    }
    times.push_back(processor_us() - begin);
  }
  return times;
}

void live(benchmark::State& state) {
  truce::diagnostics::Sink sink;
  const auto tree = truce::language::parse(
      base::SourceText("bench", text_of(static_cast<Text>(state.range(0)))), 0, sink);
  const agreement::Agreement text = agreement::from_syntax(
      {&tree}, {*agreement::read_embedded_vocabulary(agreement::kCeasefire1), {}}, sink);
  if (sink.has_errors()) {
    state.SkipWithError("the text of the bench has errors");
    return;
  }
  const std::vector<std::string> rows = feed(static_cast<std::size_t>(state.range(1)));
  const incidents::ActorBook book;
  for (auto _ : state) {
    facts::LiveEvidence evidence(text, book, {});
    monitor::Live verdicts(text, evidence, {.reading = {}, .with_explanations = false});
    const std::vector<double> times = run(rows, verdicts, evidence);
    const std::vector<double> last(times.end() - static_cast<std::ptrdiff_t>(times.size() / 4),
                                   times.end());
    state.counters["p50_us"] = at_share(times, 0.5);
    state.counters["p99_us"] = at_share(times, 0.99);
    state.counters["p999_us"] = at_share(times, 0.999);
    state.counters["max_us"] = at_share(times, 1);
    state.counters["last_quarter_p50_us"] = at_share(last, 0.5);
    state.counters["last_quarter_p99_us"] = at_share(last, 0.99);
    state.counters["whole_replays"] = static_cast<double>(verdicts.whole_replays());
    state.counters["verdicts"] = static_cast<double>(verdicts.standing().size());
  }
}

void sizes(benchmark::internal::Benchmark* bench) {
  for (const Text what : {Text::Plain, Text::LooksBack, Text::Streak}) {
    for (const std::int64_t rows : {1000, 5000, 20000}) {
      bench->Args({static_cast<std::int64_t>(what), rows});
    }
  }
}
BENCHMARK(live)->Apply(sizes)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
