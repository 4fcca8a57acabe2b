// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/separate.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "truce/base/nearest_word.h"
#include "truce/incidents/actor_book.h"
#include "truce/incidents/names.h"
#include "truce/workbench/files.h"
#include "truce/workbench/incident_files.h"

namespace truce::workbench {
namespace {

using separation::Belonging;
using separation::Observation;

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

// The name of the side as the agreement writes it.
base::Result<std::string> find_side(const agreement::Agreement& text, const std::string& name) {
  const auto actor = text.find_actor(incidents::bare_name(name));
  if (actor) {
    return text.actor(*actor).name;
  }
  std::vector<std::string> names;
  for (const agreement::Actor& one : text.actors) {
    names.push_back(one.name);
  }
  const auto meant = base::nearest_word(name, names);
  return invalid(fmt::format(
      "nobody in the agreement is called {}; {}", name,
      meant ? fmt::format("did you mean {}?", *meant) : "write the name as the text has it"));
}

// Says of which of the two sides a row is.
class Sorter {
 public:
  Sorter(const std::array<std::string, 2>& sides, const incidents::ActorBook& book)
      : sides_{incidents::fold_name(sides[0]), incidents::fold_name(sides[1])}, book_(&book) {}

  [[nodiscard]] Belonging belonging(const Observation& seen) const {
    if (seen.actor.is_unknown()) {
      return Belonging::Doubtful;
    }
    std::array<std::size_t, 2> of_side = {0, 0};
    std::size_t all = 0;
    for (const std::string& name : seen.actor.names) {
      const auto meant = book_->look_up(name, {seen.at, seen.at + base::Duration{1}});
      for (const std::string& actor : meant ? meant->names : std::vector<std::string>{name}) {
        const std::string folded = incidents::fold_name(incidents::bare_name(actor));
        ++all;
        for (std::size_t side = 0; side < 2; ++side) {
          of_side[side] += folded == sides_[side] ? 1 : 0;
        }
      }
    }
    // Of several that are there together, one of a side is enough.
    const bool is_one_enough = seen.actor.joining == incidents::NameSet::Joining::AllOf;
    if (of_side[0] + of_side[1] == 0) {
      return Belonging::Neither;
    }
    for (std::size_t side = 0; side < 2; ++side) {
      if (of_side[side] == all || (is_one_enough && of_side[1 - side] == 0)) {
        return side == 0 ? Belonging::First : Belonging::Second;
      }
    }
    return Belonging::Doubtful;
  }

 private:
  std::array<std::string, 2> sides_;
  const incidents::ActorBook* book_;
};

base::Result<base::Duration> read_length(const std::string& text, std::string_view option) {
  const auto length = parse_length(text);
  if (!length || length->seconds <= 0) {
    return invalid(fmt::format("{} is `{}`; write a length such as 12h or 7d", option, text));
  }
  return *length;
}

base::Result<void> read_options(const SeparateRequest& request, base::Duration offset,
                                SeparateRun& run, separation::AgeingOptions& ageing) {
  if (request.half_life != "never") {
    const auto length = read_length(request.half_life, "--half-life");
    if (!length) {
      return length.error();
    }
    run.half_life = ageing.half_life = *length;
  }
  if (!request.window.empty()) {
    const auto length = read_length(request.window, "--window");
    if (!length) {
      return length.error();
    }
    run.window = *length;
  }
  if (!request.at.empty()) {
    const auto at = base::parse_instant(request.at, offset);
    if (!at) {
      return invalid(
          fmt::format("--at is `{}`; write 2016-09-17, or 2016-09-17T15:55+03:00", request.at));
    }
    ageing.at = at->is_whole_day ? at->at + base::kDay - base::Duration{1} : at->at;
  }
  return {};
}

base::Result<void> read_sides(const SeparateRequest& request, SeparateRun& run) {
  const std::array<const std::string*, 2> names = {&request.first, &request.second};
  for (std::size_t side = 0; side < 2; ++side) {
    auto name = find_side(run.file.agreement, *names[side]);
    if (!name) {
      return name.error();
    }
    run.sides[side] = std::move(name).value();
  }
  if (run.sides[0] == run.sides[1]) {
    return invalid(fmt::format("{} is named as both sides; name another with --and", run.sides[0]));
  }
  return {};
}

base::Result<void> read_files(const SeparateRequest& request, base::Duration offset,
                              SeparateRun& run) {
  for (const std::string& path : request.presence) {
    const auto text = read_file(path);
    if (!text) {
      return text.error();
    }
    const auto read = separation::read_presence(
        path, *text, {.clock_offset = offset, .is_strict = request.is_strict}, run.reading);
    if (!read) {
      return read;
    }
  }
  return {};
}

base::Result<void> measure(const std::vector<Belonging>& belongings,
                           const separation::AgeingOptions& ageing, SeparateRun& run) {
  run.positions = separation::positions_at(run.reading, belongings, ageing);
  for (const separation::Side side : {separation::Side::First, separation::Side::Second}) {
    if (run.positions.count(side) == 0) {
      return invalid(
          fmt::format("{} has no position that counts at {}; check its name in the files "
                      "and --at",
                      run.sides[static_cast<std::size_t>(side)],
                      base::to_iso(run.positions.at, run.file.agreement.clock.offset)));
    }
  }
  const separation::InterminglingOptions options{
      .distance = run.distance, .cell_side = std::nullopt, .unusable = run.reading.skipped.size()};
  auto index = separation::measure_intermingling(run.positions, options);
  if (!index) {
    return index.error();
  }
  run.index = std::move(index).value();
  if (run.window) {
    auto windows =
        separation::measure_windows(run.reading, belongings, ageing, options, *run.window);
    if (!windows) {
      return windows.error();
    }
    run.windows = std::move(windows).value();
  }
  return {};
}

base::Result<void> draw_line(const SeparateRequest& request, SeparateRun& run) {
  separation::Terrain terrain;
  for (const std::string& path : request.terrain) {
    const auto text = read_file(path);
    if (!text) {
      return text.error();
    }
    if (auto read = separation::read_terrain(path, *text, terrain); !read) {
      return read;
    }
  }
  auto planner = separation::LinePlanner::make(
      run.positions.positions, terrain,
      {.cell_side = request.cell_side, .hold = request.hold, .reach = {}});
  if (!planner) {
    return planner.error();
  }
  if (auto solved = planner->solve(); !solved) {
    return solved;
  }
  run.line = planner->line();
  run.belt = request.belt;
  run.moves =
      separation::find_moves(run.positions.positions, run.line, run.belt.value_or(base::Metres{0}));
  if (run.belt && !run.line.lines.empty()) {
    const auto line = geometry::Region::lines(run.line.lines);
    if (!line) {
      return line.error();
    }
    run.belt_outlines = geometry::Region::within(*run.belt, *line).outlines();
  }
  return {};
}

}  // namespace

base::Result<SeparateRun> separate(const SeparateRequest& request) {
  SeparateRun run;
  auto file = read_agreement(request.agreement);
  if (!file) {
    return file.error();
  }
  run.file = std::move(file).value();
  if (run.file.is_vocabulary) {
    return invalid(fmt::format("{} is a vocabulary; name an agreement", request.agreement));
  }
  if (run.has_errors()) {
    return run;
  }
  const base::Duration offset = run.file.agreement.clock.offset;
  run.distance = request.distance;
  separation::AgeingOptions ageing;
  IncidentInputs inputs;
  inputs.agreement = request.agreement;
  inputs.actors = request.actors;
  for (const auto& done : {read_sides(request, run), read_options(request, offset, run, ageing)}) {
    if (!done) {
      return done.error();
    }
  }
  const auto book = read_actor_book(inputs, offset);
  if (!book) {
    return book.error();
  }
  if (auto read = read_files(request, offset, run); !read) {
    return read.error();
  }
  const Sorter sorter(run.sides, *book);
  std::vector<Belonging> belongings;
  belongings.reserve(run.reading.observations.size());
  for (const Observation& seen : run.reading.observations) {
    belongings.push_back(sorter.belonging(seen));
  }
  if (auto measured = measure(belongings, ageing, run); !measured) {
    return measured.error();
  }
  if (auto drawn = draw_line(request, run); !drawn) {
    return drawn.error();
  }
  return run;
}

}  // namespace truce::workbench
