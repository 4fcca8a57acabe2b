// SPDX-License-Identifier: Apache-2.0
// Backs docs/methods/monitor.md, "Bounds": the replay grows with the facts, not with their square.
// Random incidents over a year among two parties and an outsider, some with sets of actors, day
// precision and two accounts; prohibitions with windows, places by name and exceptions.

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/facts/resolve.h"
#include "truce/incidents/actor_book.h"
#include "truce/incidents/report.h"
#include "truce/language/parse.h"
#include "truce/monitor/replay.h"

namespace {

namespace agreement = truce::agreement;
namespace base = truce::base;
namespace facts = truce::facts;
namespace incidents = truce::incidents;

constexpr std::uint32_t kSeed = 20160912;
constexpr std::int64_t kDays = 365;

std::string text_of(std::size_t clauses) {
  std::string text =
      "truce \"Bench\"; of 2030-01-01; clock Local at UTC+00:00; days of 24 hours;\n"
      "  vocabulary \"truce/ceasefire-1\".\n"
      "parties North; South.\n"
      "guarantors Aland ensures compliance of North; Borland ensures compliance of South.\n"
      "outside the truce Outlaws.\n"
      "places Country = annex A area.\n"
      "situations Self Defence = proportionate response to attack on the same Party within 1 "
      "hour.\n"
      "article 1 \"Terms\"\n";
  for (std::size_t i = 1; i <= clauses; ++i) {
    const char* target = i % 3 == 0   ? "Civilians or Convoys"
                         : i % 3 == 1 ? "another Party"
                                      : "Hospitals";
    text += fmt::format(
        "1.{} each Party shall not attack {} with Weapons; from 2030-01-01 00:00; for {} days;"
        " except against Outlaws;{} ensured by its Guarantor; consequence none stated.\n",
        i, target, 30 + 7 * (i % 40), i % 2 == 0 ? " except in Self Defence;" : "");
  }
  return text;
}

agreement::Agreement agreement_of(std::size_t clauses) {
  truce::diagnostics::Sink sink;
  const auto tree =
      truce::language::parse(truce::base::SourceText("bench", text_of(clauses)), 0, sink);
  return agreement::from_syntax(
      {&tree}, {*agreement::read_embedded_vocabulary(agreement::kCeasefire1), {}}, sink);
}

incidents::Report random_report(std::mt19937& random, std::size_t incident) {
  const std::vector<std::string> actors = {"North", "South", "Outlaws", "Aland"};
  const std::vector<std::string> targets = {"North", "South", "Civilians", "Convoys", "Outlaws"};
  incidents::Report report;
  report.incident = fmt::format("e{}", incident);
  report.according_to = fmt::format("Account {}", random() % 5);
  report.account = report.according_to;
  const base::Instant day =
      base::start_of({2030, 1, 1}) + static_cast<std::int64_t>(random() % kDays) * base::kDay;
  report.when = {day, day + base::kDay};
  if (random() % 2 == 0) {
    const base::Instant at = day + base::Duration{static_cast<std::int64_t>(random() % 86400)};
    report.when = {at, at};
  }
  report.kinds.names = {"attack"};
  report.actors.names = {actors[random() % actors.size()]};
  if (random() % 3 == 0) {
    report.actors.names = {"North", "South"};
  }
  report.targets.names = {targets[random() % targets.size()]};
  report.weapons.names = {random() % 2 == 0 ? "Artillery" : "Small Arms"};
  return report;
}

void replays_incidents(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const agreement::Agreement text = agreement_of(static_cast<std::size_t>(state.range(1)));
  std::mt19937 random(kSeed);
  std::vector<incidents::Report> reports;
  for (std::size_t i = 0; i < count; ++i) {
    reports.push_back(random_report(random, i - i % 2));
  }
  std::vector<const incidents::Report*> current;
  for (const incidents::Report& report : reports) {
    current.push_back(&report);
  }
  const facts::Evidence evidence =
      facts::resolve(text, current, incidents::ActorBook{}, {}, std::nullopt);
  std::size_t verdicts = 0;
  for (auto step : state) {
    const truce::monitor::Replay replay = truce::monitor::replay(
        text, evidence, {.reading = {}, .with_explanations = state.range(2) != 0});
    verdicts = replay.verdicts.verdicts.size();
    benchmark::DoNotOptimize(verdicts);
  }
  state.counters["facts"] = static_cast<double>(evidence.facts.size());
  state.counters["verdicts"] = static_cast<double>(verdicts);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

BENCHMARK(replays_incidents)
    ->ArgNames({"facts", "clauses", "explained"})
    ->ArgsProduct({{1000, 10000, 100000}, {10, 100}, {0}})
    ->Args({1000, 10, 1})
    ->Args({10000, 10, 1})
    ->Unit(benchmark::kMillisecond);

}  // namespace
