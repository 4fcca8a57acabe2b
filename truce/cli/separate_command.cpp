// SPDX-License-Identifier: Apache-2.0
// `truce separate`.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/diagnostics/render.h"
#include "truce/json/separate_json.h"
#include "truce/workbench/files.h"
#include "truce/workbench/separate.h"

namespace truce::cli {
namespace {

using separation::IndexFigure;
using separation::Side;
using workbench::SeparateRun;

std::string in_words(const IndexFigure& figure) {
  return fmt::format("{:.2f} (between {:.2f} and {:.2f})", figure.index, figure.low, figure.high);
}

std::string index_text(const SeparateRun& run) {
  std::string text = fmt::format(
      "{} and {}, {}\n\nIntermingling within {:g} m, 0 apart to 1 mixed: {}\n", run.sides[0],
      run.sides[1], base::to_words(run.positions.at, run.file.agreement.clock.offset),
      run.distance.value, in_words(run.index.whole));
  for (std::size_t side = 0; side < 2; ++side) {
    const std::size_t count = run.positions.count(static_cast<Side>(side));
    text += fmt::format("  {}: {}, {} of their weight near the other side\n", run.sides[side],
                        count == 1 ? "1 position" : fmt::format("{} positions", count),
                        in_words(run.index.of_side[side]));
  }
  text += run.half_life ? fmt::format("  What was seen weighs half after {}.\n",
                                      base::to_words(*run.half_life))
                        : "  What was seen does not age.\n";
  return text;
}

std::string windows_text(const SeparateRun& run) {
  std::string text = run.windows.empty() ? "" : "\nFrom                       Positions  Index\n";
  for (const separation::IndexWindow& window : run.windows) {
    text += fmt::format(
        "{:<26} {:>9}  {}\n", base::to_words(window.when.from, run.file.agreement.clock.offset),
        window.positions, window.figure ? in_words(*window.figure) : "a side was not seen");
  }
  return text;
}

std::string left_out_text(const SeparateRun& run) {
  const separation::Positions& positions = run.positions;
  std::string text;
  for (const auto& [count, what] : std::vector<std::pair<std::uint64_t, const char*>>{
           {run.reading.skipped.size(), "could not be used"},
           {positions.later, "of a later time"},
           {positions.replaced, "of what was seen again later"},
           {positions.others, "of others than the two sides"},
           {positions.disbelieved, "with no confidence"},
           {positions.doubtful, "that may be of a side, nobody knows of which"},
           {positions.unplaced, "that say not where"}}) {
    if (count > 0) {
      text += fmt::format("  {} {}\n", count, what);
    }
  }
  return text.empty() ? text : fmt::format("\nOf {} rows are left out\n{}", run.reading.rows, text);
}

std::string skipped_text(const SeparateRun& run) {
  constexpr std::size_t kMost = 10;
  std::string text;
  for (std::size_t i = 0; i < run.reading.skipped.size() && i < kMost; ++i) {
    const incidents::SkippedRow& row = run.reading.skipped[i];
    text += fmt::format("  {}:{}:{}: {}\n", run.reading.files[row.origin.file], row.origin.line,
                        row.column, row.reason);
  }
  if (run.reading.skipped.size() > kMost) {
    text += fmt::format("  and {} more; --format json lists them all\n",
                        run.reading.skipped.size() - kMost);
  }
  return text.empty() ? text : "\nSkipped\n" + text;
}

std::string line_text(const SeparateRun& run) {
  const separation::DemarcationLine& line = run.line;
  if (line.lines.empty()) {
    return "\nNo line: by what it would cost, all the ground is of one side\n";
  }
  const double least = std::min_element(line.distances.begin(), line.distances.end())->value;
  std::string text = fmt::format(
      "\nLine of least cost on {} by {} cells of {:g} m\n  {:.1f} km long, at a cost of {:.1f} km; "
      "no position is nearer to it than {:.0f} m\n",
      line.columns, line.rows, line.cell_side.value, line.length.value / 1000, line.cost / 1000,
      std::floor(least));
  const std::size_t misplaced = line.misplaced(run.positions.positions);
  text += misplaced == 0
              ? "  Each position stands on its own side.\n"
              : fmt::format("  {} on the other side's ground.\n",
                            misplaced == 1 ? "1 position stands"
                                           : fmt::format("{} positions stand", misplaced));
  return text;
}

std::string moves_text(const SeparateRun& run) {
  if (run.line.lines.empty()) {
    return {};
  }
  std::string text =
      run.belt ? fmt::format("\nFor a belt of {:g} m on each side of the line\n", run.belt->value)
               : "\nFor each to stand on its own side\n";
  for (std::size_t side = 0; side < 2; ++side) {
    const auto count =
        std::count_if(run.moves.begin(), run.moves.end(), [&](const separation::Move& move) {
          return run.positions.positions[move.position].side == static_cast<Side>(side);
        });
    text += fmt::format("  {}: {} of {} positions must move\n", run.sides[side], count,
                        run.positions.count(static_cast<Side>(side)));
  }
  return text;
}

std::string to_text(const SeparateRun& run) {
  return index_text(run) + line_text(run) + moves_text(run) + windows_text(run) +
         left_out_text(run) + skipped_text(run);
}

std::optional<base::Metres> metres(double length) {
  return length > 0 ? std::optional(base::Metres{length}) : std::nullopt;
}

int deliver(const SeparateOptions& options, const std::string& text) {
  if (options.output.empty()) {
    return write_output(text) ? kFine : output_failed();
  }
  std::vector<std::string> sources = options.presence;
  sources.insert(sources.end(), options.terrain.begin(), options.terrain.end());
  sources.push_back(options.agreement);
  if (const auto kept = workbench::refuse_to_replace(options.output, sources); !kept) {
    return could_not(kept.error());
  }
  const auto written = workbench::write_file(options.output, text);
  return written ? kFine : could_not(written.error());
}

}  // namespace

int run(const SeparateOptions& options) {
  const auto found = workbench::separate({.agreement = options.agreement,
                                          .presence = options.presence,
                                          .first = options.first,
                                          .second = options.second,
                                          .distance = {options.distance_m},
                                          .terrain = options.terrain,
                                          .cell_side = metres(options.cell_m),
                                          .hold = metres(options.hold_m),
                                          .belt = metres(options.belt_m),
                                          .at = options.at,
                                          .half_life = options.half_life,
                                          .window = options.window,
                                          .actors = options.actors,
                                          .is_strict = options.is_strict});
  if (!found) {
    return could_not(found.error());
  }
  if (found->has_errors()) {
    if (options.format == "json") {
      return write_output(json::to_json(*found)) ? kBadNews : output_failed();
    }
    write_errors(diagnostics::to_terminal(found->file.sink.sorted(), found->file.sources(),
                                          render_options(STDERR_FILENO)));
    return kBadNews;
  }
  return deliver(options, options.format == "json"      ? json::to_json(*found)
                          : options.format == "geojson" ? json::to_geojson(*found)
                                                        : to_text(*found));
}

}  // namespace truce::cli
