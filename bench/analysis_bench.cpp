// SPDX-License-Identifier: Apache-2.0
// Backs the sentence "an agreement of 40 clauses is searched for holes in under 0.3 seconds, one of
// 100 in under 2, one of 200 in under 10": prohibitions with exceptions and windows, duties that
// wait for each other, remedies, four harms. And that ten disputed passages, with any two of them
// mixed, make it no more than four times as long, and that one question to the solver takes under
// 50 ms in 19 of 20 cases.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/analysis/analyse.h"
#include "truce/language/parse.h"

namespace {

namespace agreement = truce::agreement;
namespace analysis = truce::analysis;

constexpr std::uint32_t kSeed = 20160912;

class Writer {
 public:
  Writer(std::size_t clauses, std::size_t brackets) : clauses_(clauses), brackets_(brackets) {}

  std::string text() {
    std::string text =
        "truce \"Bench\"; of 2030-01-01; clock Local at UTC+02:00; days of 24 hours; vocabulary "
        "\"truce/ceasefire-1\".\nparties North; South; East.\nguarantors Aland ensures compliance "
        "of North; Borland ensures compliance of South; Cland ensures compliance of East.\n"
        "outside the truce Band.\nbodies Watch, monitors Attacks, Movements, Convoys, Sites and "
        "Remedies.\nothers Dland; Eland.\nplaces Country = annex A area; Road = annex A line";
    for (int i = 1; i <= 10; ++i) {
      text += fmt::format("; «Strip {0}» = within {0} km of Road", i);
    }
    text += ".\nmoments D = 2030-02-01 06:00.\n";
    text +=
        "1.1 North, South, East, Aland, Borland, Cland, Dland and Eland each shall not attack "
        "Parties, Civilians, Convoys or Hospitals with Weapons; in Country; from D; until D + 400 "
        "days; except against Band; monitored by Watch from D; determined by Watch within 24 "
        "hours; ensured by its Guarantor; consequence 9.1.\n";
    std::string numbers = "1.1";
    for (std::size_t i = 2; i + 2 <= clauses_; ++i) {
      text += fmt::format(
          "2.{} {}; monitored by Watch from D; determined by Watch within 24 hours; "
          "ensured by its Guarantor; consequence 9.1.\n",
          i, below(2) == 0 ? prohibition() : duty(i));
      numbers += fmt::format(", 2.{}", i);
    }
    return text +
           "9.1 Aland, Borland and Cland jointly shall restore Compliance; upon determination "
           "of breach of " +
           numbers +
           "; within 24 hours; monitored by Watch; determined by Watch; consequence 9.2.\n9.2 "
           "Watch "
           "shall publish Findings; upon determination of breach of 9.1; within 24 hours; "
           "consequence none stated.\nharms Soldiers Killed = anyone attack Parties with Weapons; "
           "Civilians Killed = anyone attack Civilians with Weapons; Convoys Hit = anyone attack "
           "Convoys with Weapons; Hospitals Hit = anyone attack Hospitals with Weapons.\n";
  }

 private:
  int below(int count) { return static_cast<int>(random_() % static_cast<std::uint32_t>(count)); }
  std::string any(const std::vector<std::string>& words) {
    return words[static_cast<std::size_t>(below(static_cast<int>(words.size())))];
  }
  std::string place() { return fmt::format("«Strip {}»", 1 + below(10)); }
  std::string hours(int count) {
    if (brackets_ > 0) {
      --brackets_;
      return fmt::format("[North: {} hours | South: {} hours]", count, count + 12);
    }
    return fmt::format("{} hours", count);
  }
  std::string prohibition() {
    const int from = below(200);
    return any({"each Party", "North", "South", "East", "North and South each"}) + " shall not " +
           any({"move Tanks", "carry Weapons", "enter " + place() + " with Weapons",
                "fly Aircraft over " + place(), "deny Access to Observers", "keep Artillery",
                "station Forces"}) +
           "; in " + any({"Country", place(), place()}) + fmt::format("; from D + {} days", from) +
           (below(3) == 0 ? "" : fmt::format("; until D + {} days", from + 1 + below(150))) +
           (below(3) == 0 ? any({"; except for Ambulances", "; except for Light Weapons"}) : "");
  }
  std::string duty(std::size_t number) {
    std::string text = any({"North", "South", "East", "each Party", "North or South"}) + " shall " +
                       any({"withdraw Tanks away from Road at least 5 km",
                            "escort Convoys with Light Weapons along Road", "move Artillery",
                            "release Prisoners", "deliver Food", "separate Forces away from Band"});
    text += "; in " + any({"Country", place()});
    const int start = below(200);
    if (!duties_.empty() && below(3) == 0) {
      text += "; upon fulfilment of " + any(duties_) + "; within " + hours(24 + 24 * below(5));
    } else {
      text += fmt::format("; from D + {} days; within {} of D + {} days", start,
                          hours(48 + 24 * below(20)), start);
    }
    duties_.push_back(fmt::format("2.{}", number));
    return text;
  }

  std::size_t clauses_;
  std::size_t brackets_;
  std::vector<std::string> duties_;
  std::mt19937 random_{kSeed};
};

struct Draft {
  truce::diagnostics::Sink sink;
  agreement::Agreement agreement;
};

Draft draft_of(std::size_t clauses, std::size_t brackets) {
  Draft draft;
  const std::string text = Writer(clauses, brackets).text();
  const auto tree =
      truce::language::parse(truce::base::SourceText("bench.truce", text), 0, draft.sink);
  draft.agreement = agreement::from_syntax(
      {&tree}, {*agreement::read_embedded_vocabulary(agreement::kCeasefire1), {}}, draft.sink);
  return draft;
}

void analyse_clauses(benchmark::State& state) {
  const Draft draft =
      draft_of(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  if (draft.sink.has_errors()) {
    state.SkipWithError("the draft has errors");
    return;
  }
  std::size_t findings = 0;
  for ([[maybe_unused]] auto step : state) {
    findings = analysis::analyse(draft.agreement, draft.sink).findings.size();
  }
  state.counters["findings"] = static_cast<double>(findings);
  std::vector<std::int64_t> times;
  for (const analysis::Question& question :
       analysis::analyse(draft.agreement, draft.sink, analysis::Depth::Full, true).questions) {
    times.push_back(question.microseconds);
  }
  std::sort(times.begin(), times.end());
  state.counters["questions"] = static_cast<double>(times.size());
  state.counters["p95_ms"] =
      times.empty() ? 0 : static_cast<double>(times[times.size() * 95 / 100]) / 1000;
}
BENCHMARK(analyse_clauses)
    ->Args({40, 0})
    ->Args({100, 0})
    ->Args({200, 0})
    ->Args({40, 10})
    ->Args({100, 10})
    ->Unit(benchmark::kMillisecond);

}  // namespace
