// SPDX-License-Identifier: Apache-2.0
// Backs the sentence "an agreement of 100 clauses is parsed and checked in under 20 ms": here the
// part that reads the text, and how it grows.

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "truce/diagnostics/diagnostic.h"
#include "truce/language/format.h"
#include "truce/language/lexer.h"
#include "truce/language/parse.h"

namespace truce::language {
namespace {

constexpr std::uint32_t kSeed = 20160912;

// An agreement with that many clauses, of the forms that real ones have.
std::string make_agreement(std::int64_t clauses) {
  std::mt19937 random(kSeed);
  const auto pick = [&](std::uint32_t below) {
    return static_cast<std::uint32_t>(random() % below);
  };
  std::string text =
      "truce \"Generated\";\n  of 2030-01-01;\n  clock Northport at UTC+02:00;\n  days of 24 "
      "hours;\n"
      "  vocabulary \"truce/ceasefire-1\".\n\nparties\n  North;\n  South.\n\nplaces\n"
      "  Strip = within 2 km of River Road;\n  River Road = annex A line.\n\nmoments\n"
      "  D = 2030-02-01 06:00.\n\n";
  for (std::int64_t clause = 0; clause < clauses; ++clause) {
    const std::int64_t article = clause / 10 + 1;
    if (clause % 10 == 0) {
      text += fmt::format("article {} \"Part {}\"\n\n", article, article);
    }
    const std::string number = fmt::format("{}.{}", article, clause % 10 + 1);
    const std::string ending = fmt::format(
        "\n      monitored by Watch; determined by Watch within {} hours;\n"
        "      ensured by its Guarantor; consequence {}.1.\n\n",
        24 + pick(48), article);
    if (pick(2) == 0) {
      text += fmt::format(
          "{} each Party shall not attack another Party, Civilians or Convoys with Weapons;\n"
          "      in Strip; from D + {} days; until D + {} days; except in Self Defence;{}",
          number, pick(10), 10 + pick(80), ending);
    } else {
      text += fmt::format(
          "{} North shall withdraw Artillery with calibre at least {} mm away from River Road at "
          "least {} m;\n      -- agreed in the {}th round\n"
          "      not later than D + {} hours; reciprocally with {}.1;{}",
          number, 60 + pick(60), 1000 + pick(9000), 1 + pick(20), 24 + pick(96), article, ending);
    }
  }
  return text;
}

template <typename Work>
void run(benchmark::State& state, Work work) {
  const base::SourceText text("generated.truce", make_agreement(state.range(0)));
  for (auto unused : state) {
    work(text);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * text.size());
}

void lex_agreement(benchmark::State& state) {
  run(state, [](const base::SourceText& text) {
    diagnostics::Sink sink;
    benchmark::DoNotOptimize(lex(text, 0, sink));
  });
}
BENCHMARK(lex_agreement)->Arg(100)->Unit(benchmark::kMillisecond);

void parse_agreement(benchmark::State& state) {
  run(state, [](const base::SourceText& text) {
    diagnostics::Sink sink;
    benchmark::DoNotOptimize(parse(text, 0, sink));
  });
}
BENCHMARK(parse_agreement)->Arg(100)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

void format_agreement(benchmark::State& state) {
  run(state, [](const base::SourceText& text) {
    diagnostics::Sink sink;
    benchmark::DoNotOptimize(format(parse(text, 0, sink)));
  });
}
BENCHMARK(format_agreement)->Arg(100)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

// Text of the given size in MB in which nothing fits: the slowest way through the parser.
void parse_what_is_no_agreement(benchmark::State& state) {
  std::string text;
  const auto size = static_cast<std::size_t>(state.range(0)) << 20U;
  while (text.size() < size) {
    text += "teh qick, brown [fox jumpd; ovr 3 lazzy \"dogs\" = | and so 1.1 fourth shal; ";
  }
  const base::SourceText source("no-agreement.truce", text);
  for (auto unused : state) {
    diagnostics::Sink sink;
    benchmark::DoNotOptimize(parse(source, 0, sink));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * source.size());
}
BENCHMARK(parse_what_is_no_agreement)->Arg(1)->Arg(8)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace truce::language
