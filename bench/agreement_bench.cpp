// SPDX-License-Identifier: Apache-2.0
// Backs the sentence "an agreement of 100 clauses is parsed and checked in under 20 ms", and shows
// that the time grows with the text and not with its square: clauses refer to each other, to
// places, things and moments of their own.

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/language/parse.h"

namespace {

namespace agreement = truce::agreement;
namespace language = truce::language;

constexpr std::uint32_t kSeed = 20160912;

// One declaration of each sort for ten clauses.
std::string declarations(std::size_t clauses) {
  std::string places = "places Country = annex A area";
  std::string things = "things Heavy Guns = Artillery with calibre at least 100 mm";
  std::string moments = "moments Day = 2030-02-01 06:00";
  for (std::size_t i = 1; i <= clauses / 10; ++i) {
    places += fmt::format(";\n  «Strip {0}» = within {0} m of Country", i);
    things += fmt::format(";\n  «Band {0}» = Mortars with calibre at least {0} mm, Tanks", i);
    moments += fmt::format(";\n  «Step {0}» = Day + {0} hours", i);
  }
  return places + ".\n" + things + ".\n" + moments + ".\n";
}

std::string text_of(std::size_t clauses) {
  std::mt19937 random(kSeed);
  std::string text =
      "truce \"Bench\"; clock Local at UTC+02:00; days of 24 hours; vocabulary "
      "\"truce/ceasefire-1\".\n"
      "parties North; South.\nguarantors Aland ensures compliance of North; Borland ensures "
      "compliance of South.\n"
      "bodies Watch, monitors Attacks and Movements.\n";
  const bool has_own = clauses >= 10;
  text += declarations(clauses);
  for (std::size_t i = 1; i <= clauses; ++i) {
    const std::size_t own = has_own ? 1 + random() % (clauses / 10) : 0;
    const std::size_t other = 1 + random() % clauses;
    const std::string place = own == 0 ? "Country" : fmt::format("«Strip {}»", own);
    if (i % 2 == 0) {
      text += fmt::format(
          "1.{} each Party shall not attack another Party or Civilians with Weapons; in Country; "
          "from Day; "
          "until Day + {} days; monitored by Watch; ensured by its Guarantor; consequence 1.{}.\n",
          i, 1 + random() % 90, other == i ? 1 + i % clauses : other);
    } else {
      text += fmt::format(
          "1.{} North shall withdraw Heavy Guns away from Country at least {} m; not later than "
          "Day + {} hours; "
          "upon fulfilment of 1.{}; determined by Watch within 24 hours; consequence none "
          "stated.\n",
          i, 1 + random() % 5000, 1 + random() % 90, other == i ? 1 + i % clauses : other);
    }
  }
  return text;
}

// Parses, resolves and checks, reading the vocabulary as the program does each time it starts.
void parse_and_check(benchmark::State& state) {
  const std::string text = text_of(static_cast<std::size_t>(state.range(0)));
  for (auto step : state) {
    truce::diagnostics::Sink sink;
    const language::SyntaxTree tree =
        language::parse(truce::base::SourceText("bench", text), 0, sink);
    const agreement::Agreement read = agreement::from_syntax(
        {&tree}, {*agreement::read_embedded_vocabulary(agreement::kCeasefire1), {}}, sink);
    if (sink.has_errors() || read.clauses.size() != static_cast<std::size_t>(state.range(0))) {
      state.SkipWithError("the generated agreement has errors");
    }
    benchmark::DoNotOptimize(read);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
  state.SetComplexityN(state.range(0));
}

void read_the_vocabulary(benchmark::State& state) {
  for (auto step : state) {
    benchmark::DoNotOptimize(*agreement::read_embedded_vocabulary(agreement::kCeasefire1));
  }
}

BENCHMARK(parse_and_check)
    ->Arg(100)
    ->Arg(1'000)
    ->Arg(10'000)
    ->Unit(benchmark::kMillisecond)
    ->Complexity();
BENCHMARK(read_the_vocabulary)->Unit(benchmark::kMillisecond);

}  // namespace
