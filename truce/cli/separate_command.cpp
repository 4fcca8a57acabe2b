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
#include "truce/cli/internal/incident_inputs.h"
#include "truce/cli/internal/separate_text.h"
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
      run.sides[1], base::to_words(run.plan.positions.at, run.file.agreement.clock.offset),
      run.distance.value, in_words(run.plan.index.whole));
  for (std::size_t side = 0; side < 2; ++side) {
    const std::size_t count = run.plan.positions.count(static_cast<Side>(side));
    text += fmt::format("  {}: {}, {} of their weight near the other side\n", run.sides[side],
                        count == 1 ? "1 position" : fmt::format("{} positions", count),
                        in_words(run.plan.index.of_side[side]));
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
  const separation::Positions& positions = run.many ? run.many->positions : run.plan.positions;
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
  const separation::DemarcationLine& line = run.plan.line;
  if (line.lines.empty()) {
    return "\nNo line: by what it would cost, all the ground is of one side\n";
  }
  const double least = std::min_element(line.distances.begin(), line.distances.end())->value;
  std::string text = fmt::format(
      "\nLine of least cost on {} by {} cells of {:g} m\n  {:.1f} km long, at a cost of {:.1f} km; "
      "no position is nearer to it than {:.0f} m\n",
      line.columns, line.rows, line.cell_side.value, line.length.value / 1000, line.cost / 1000,
      std::floor(least));
  if (run.plan.share_along_prior) {
    text += fmt::format("  {:.0f} % of it runs along the earlier line.\n",
                        std::floor(*run.plan.share_along_prior * 100));
  }
  const std::size_t misplaced = line.misplaced(run.plan.positions.positions);
  text += misplaced == 0
              ? "  Each position stands on its own side.\n"
              : fmt::format("  {} on the other side's ground.\n",
                            misplaced == 1 ? "1 position stands"
                                           : fmt::format("{} positions stand", misplaced));
  return text;
}

// How many of the moves are of a side and, if a demand is named, for it.
std::size_t count_moves(const separation::Plan& plan, Side side,
                        std::optional<std::size_t> demand) {
  return static_cast<std::size_t>(
      std::count_if(plan.moves.begin(), plan.moves.end(), [&](const separation::Move& move) {
        const bool is_asked =
            !demand || std::any_of(move.needs.begin(), move.needs.end(),
                                   [&](const auto& need) { return need.demand == *demand; });
        return plan.positions.positions[move.position].side == side && is_asked;
      }));
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return count == 1 ? fmt::format("1 {}", one) : fmt::format("{} {}", count, many);
}

std::string names_text(const std::vector<separation::Belt::Held>& places) {
  std::string text;
  for (const separation::Belt::Held& place : places) {
    text += (text.empty() ? "" : ", ") + place.name + (place.is_whole ? "" : " (in part)");
  }
  return text;
}

// `3.1 Government: Heavy Weapons, 3500 m from Castello Road, by 13 September 2016, 19:00`
std::string demand_text(const SeparateRun& run, std::size_t index) {
  const separation::Demand& demand = run.demands[index];
  const separation::Belt& belt = run.plan.belts[index];
  const Side side = demand.side.value_or(Side::First);
  std::string things;
  for (const agreement::Noun& noun : demand.things) {
    things += (things.empty() ? "" : ", ") + noun.text;
  }
  const bool is_from_line = demand.from == separation::Demand::From::Line;
  const base::Duration offset = run.file.agreement.clock.offset;
  std::string text =
      fmt::format("  {} {}: {}, {} {}{}, {}\n", demand.number,
                  run.sides[static_cast<std::size_t>(side)], things,
                  demand.is_distance_stated ? fmt::format("{:g} m from", demand.distance.value)
                                            : std::string("by no stated distance away from"),
                  is_from_line ? "the line, being away from " : "", demand.target,
                  demand.deadline ? "by " + base::to_words(*demand.deadline, offset)
                                  : std::string("with no date in the text"));
  if (demand.is_disputed) {
    text += "    disputed words: this is the strictest reading\n";
  }
  if (!belt.problem.empty()) {
    return text + fmt::format("    not measured: {}\n", belt.problem);
  }
  text += fmt::format("    {} of {} positions must move", count_moves(run.plan, side, index),
                      run.plan.positions.count(side));
  std::size_t doubtful = 0;
  for (const separation::Move& move : run.plan.moves) {
    for (const separation::Need& need : move.needs) {
      doubtful += need.demand == index && need.is_doubtful ? 1 : 0;
    }
  }
  text += doubtful > 0 ? fmt::format(", {} of them if they are such\n", doubtful) : "\n";
  return belt.places.empty() ? text
                             : text + fmt::format("    in the belt: {}\n", names_text(belt.places));
}

std::string demands_text(const SeparateRun& run) {
  std::string text;
  for (std::size_t i = 0; i < run.demands.size(); ++i) {
    text += run.demands[i].clause ? demand_text(run, i) : "";
  }
  return text.empty() ? text : "\nWhat the clauses ask for\n" + text;
}

// Rounded up, but for what sums of shares leave behind.
double in_percent(double share) { return std::max(0.0, std::ceil(share * 100 - 1e-9)); }

std::string schedule_text(const SeparateRun& run, const separation::Schedule& schedule) {
  std::string text =
      fmt::format("\nSlices of {}, the same share of each side at a time\n", schedule.number);
  if (schedule.slices.empty()) {
    return text + "  The text does not date them.\n";
  }
  std::size_t number = 0;
  for (const separation::Slice& slice : schedule.slices) {
    text += fmt::format("  {:>2}  by {}, {}: {}, {}: {}\n", ++number,
                        base::to_words(slice.due, run.file.agreement.clock.offset), run.sides[0],
                        slice.positions[0].size(), run.sides[1], slice.positions[1].size());
  }
  if (schedule.ahead_after && schedule.ahead_within) {
    text += fmt::format(
        "  After each slice neither side has done more of its share than the other by over "
        "{:.0f} %; within one, whoever begins is ahead by at most {:.0f} %.\n",
        in_percent(*schedule.ahead_after), in_percent(*schedule.ahead_within));
  }
  return text;
}

std::string moves_text(const SeparateRun& run) {
  std::string text;
  if (!run.plan.line.lines.empty()) {
    text = run.belt
               ? fmt::format("\nFor a belt of {:g} m on each side of the line\n", run.belt->value)
               : "\nFor each to stand on its own side\n";
    for (std::size_t side = 0; side < 2; ++side) {
      const auto count = std::count_if(
          run.plan.moves.begin(), run.plan.moves.end(), [&](const separation::Move& move) {
            const std::size_t at = move.position;
            const bool is_across =
                run.plan.line.ground[at] != run.plan.positions.positions[at].side;
            const bool is_in_belt = std::any_of(
                move.needs.begin(), move.needs.end(),
                [&](const auto& need) { return !run.demands[need.demand].clause.has_value(); });
            return run.plan.positions.positions[at].side == static_cast<Side>(side) &&
                   (is_across || is_in_belt);
          });
      text += fmt::format("  {}: {} of {} positions must move\n", run.sides[side], count,
                          run.plan.positions.count(static_cast<Side>(side)));
    }
  }
  text += demands_text(run);
  for (const separation::Schedule& schedule : run.plan.schedules) {
    text += schedule_text(run, schedule);
  }
  return text;
}

std::string change_text(const SeparateRun& run) {
  if (!run.before) {
    return {};
  }
  std::string text = "\nTried\n";
  for (const std::string& edit : run.edits) {
    text += "  " + edit + "\n";
  }
  const auto row = [&text](const char* what, const std::string& before, const std::string& after) {
    text += fmt::format("  {:<28} {:>9} -> {}{}\n", what, before, after,
                        before == after ? ", as before" : "");
  };
  const separation::Plan& before = *run.before;
  const auto kilometres = [](double metres) { return fmt::format("{:.1f} km", metres / 1000); };
  row("Intermingling", fmt::format("{:.2f}", before.index.whole.index),
      fmt::format("{:.2f}", run.plan.index.whole.index));
  row("Length of the line", kilometres(before.line.length.value),
      kilometres(run.plan.line.length.value));
  row("Its cost", kilometres(before.line.cost), kilometres(run.plan.line.cost));
  for (std::size_t side = 0; side < 2; ++side) {
    row(fmt::format("{} must move", run.sides[side]).c_str(),
        counted(count_moves(before, static_cast<Side>(side), {}), "position", "positions"),
        counted(count_moves(run.plan, static_cast<Side>(side), {}), "position", "positions"));
  }
  return text;
}

std::string to_text(const SeparateRun& run) {
  if (run.many) {
    return internal::many_text(run) + left_out_text(run) + skipped_text(run);
  }
  return index_text(run) + line_text(run) + moves_text(run) + internal::relief_text(run) +
         change_text(run) + windows_text(run) + left_out_text(run) + skipped_text(run);
}

std::optional<base::Metres> metres(double length) {
  return length > 0 ? std::optional(base::Metres{length}) : std::nullopt;
}

int deliver(const SeparateOptions& options, const workbench::IncidentInputs& incidents,
            const std::string& text) {
  if (options.output.empty()) {
    return write_output(text) ? kFine : output_failed();
  }
  std::vector<std::string> sources = options.presence;
  for (const workbench::IncidentFile& file : incidents.files) {
    sources.push_back(file.path);
  }
  sources.insert(sources.end(), options.terrain.begin(), options.terrain.end());
  sources.insert(sources.end(), options.roads.begin(), options.roads.end());
  sources.insert(sources.end(), {options.agreement, options.prior, options.settlements});
  if (const auto kept = workbench::refuse_to_replace(options.output, sources); !kept) {
    return could_not(kept.error());
  }
  const auto written = workbench::write_file(options.output, text);
  return written ? kFine : could_not(written.error());
}

}  // namespace

int run(const SeparateOptions& options) {
  if (options.presence.empty() && options.incidents.empty()) {
    return could_not({base::ErrorCode::InvalidArgument,
                      "nobody says who was observed where; name a file with --presence or "
                      "--presence-from-incidents"});
  }
  const auto incidents = to_inputs(options.incidents, {});
  if (!incidents) {
    return could_not(incidents.error());
  }
  const auto found =
      workbench::separate({.agreement = options.agreement,
                           .presence = options.presence,
                           .presence_text = {},
                           .incidents = incidents->files,
                           .first = options.first,
                           .second = options.others.front(),
                           .others = {options.others.begin() + 1, options.others.end()},
                           .distance = {options.distance_m},
                           .terrain = options.terrain,
                           .cell_side = metres(options.cell_m),
                           .hold = metres(options.hold_m),
                           .belt = metres(options.belt_m),
                           .pinned = options.pinned,
                           .prior = options.prior,
                           .prior_cost = options.prior_cost,
                           .settlements = options.settlements,
                           .roads = options.roads,
                           .from = options.from,
                           .to = options.to,
                           .corridors = options.corridors,
                           .reading = options.reading,
                           .moved = options.moved,
                           .dropped = options.dropped,
                           .added = options.added,
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
  return deliver(options, *incidents,
                 options.format == "json"      ? json::to_json(*found)
                 : options.format == "geojson" ? json::to_geojson(*found)
                 : options.format == "html"    ? workbench::separation_page(*found)
                                               : to_text(*found));
}

}  // namespace truce::cli
