// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/separate.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "truce/base/nearest_word.h"
#include "truce/document/separation_page.h"
#include "truce/incidents/actor_book.h"
#include "truce/incidents/names.h"
#include "truce/workbench/beside.h"
#include "truce/workbench/files.h"
#include "truce/workbench/incident_files.h"
#include "truce/workbench/internal/monitor_inputs.h"
#include "truce/workbench/internal/presence_files.h"
#include "truce/workbench/internal/separate_roads.h"
#include "truce/workbench/internal/separate_sorter.h"

namespace truce::workbench {
namespace {

using separation::Belonging;

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
  const separation::PresenceOptions options = {.clock_offset = offset,
                                               .is_strict = request.is_strict};
  if (!request.presence_text.empty()) {
    const auto read =
        separation::read_presence("presence", request.presence_text, options, run.reading);
    if (!read) {
      return read;
    }
  }
  if (auto read = internal::read_presence_files(request.presence, options, run.reading); !read) {
    return read;
  }
  if (request.incidents.empty()) {
    return {};
  }
  IncidentInputs incidents;
  incidents.files = request.incidents;
  incidents.agreement = request.agreement;
  incidents.actors = request.actors;
  incidents.is_strict = request.is_strict;
  return internal::read_reported_presence(incidents, offset, run.reading);
}

// The clauses' demands, in the reading asked for, and what is asked for beside them.
base::Result<void> find_demands(const SeparateRequest& request, SeparateRun& run) {
  const agreement::Agreement& text = run.file.agreement;
  const auto reading = find_reading(text, request.reading);
  if (!reading) {
    return reading.error();
  }
  std::vector<agreement::ActorId> readers = agreement::proposers(text);
  if (*reading) {
    readers = {**reading};
  }
  separation::SideActors actors;
  for (std::size_t side = 0; side < 2; ++side) {
    actors[side] = text.find_actor(run.sides[side]).value_or(agreement::ActorId{});
  }
  std::vector<std::vector<separation::Demand>> found;
  for (const agreement::ActorId reader : readers) {
    run.text = agreement::in_reading(text, agreement::reading_of(text, reader));
    found.push_back(separation::find_demands(run.text, actors));
  }
  if (readers.empty()) {
    run.text = text;
    found.push_back(separation::find_demands(text, actors));
  }
  run.demands = separation::strictest(found);
  run.belt = request.belt;
  if (run.belt) {
    separation::Demand belt;
    belt.distance = *run.belt;
    belt.is_distance_stated = true;
    run.demands.push_back(std::move(belt));
  }
  return {};
}

base::Result<void> read_ground(const SeparateRequest& request, separation::PlanRules& rules) {
  for (const std::string& path : request.terrain) {
    const auto text = read_file(path);
    if (!text) {
      return text.error();
    }
    if (auto read = separation::read_terrain(path, *text, rules.terrain); !read) {
      return read;
    }
  }
  if (!request.prior.empty()) {
    const auto text = read_file(request.prior);
    if (!text) {
      return text.error();
    }
    auto prior = separation::read_prior(request.prior, *text);
    if (!prior) {
      return prior.error();
    }
    rules.prior = std::move(prior).value();
    rules.terrain.push_back(
        {.area = {}, .polygons = {}, .lines = rules.prior, .cost = request.prior_cost});
  }
  const std::string basemap = beside(request.agreement, "basemap.geojson");
  const bool is_named = !request.settlements.empty();
  if (!is_named && !file_exists(basemap)) {
    return {};
  }
  const std::string& path = is_named ? request.settlements : basemap;
  const auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  auto places = separation::read_places(path, *text, !is_named);
  if (!places) {
    return places.error();
  }
  rules.settlements = std::move(places).value();
  return {};
}

// `NAME=LAT,LON`.
base::Result<separation::Edit> read_edit(const std::string& text, std::string_view option,
                                         separation::Edit::What what) {
  const std::size_t equals = text.rfind('=');
  const std::size_t comma = text.find(',', equals == std::string::npos ? 0 : equals);
  if (equals != std::string::npos && comma != std::string::npos && equals > 0) {
    const auto north = separation::parse_degrees(text.substr(equals + 1, comma - equals - 1), 90);
    const auto east = separation::parse_degrees(text.substr(comma + 1), 180);
    if (north && east) {
      return separation::Edit{
          .what = what, .id = text.substr(0, equals), .point = {{*north}, {*east}}, .side = {}};
    }
  }
  return invalid(fmt::format("{} is `{}`; write {}=LATITUDE,LONGITUDE in degrees", option, text,
                             what == separation::Edit::What::Add ? "SIDE" : "ID"));
}

base::Result<std::vector<separation::Edit>> read_edits(const SeparateRequest& request,
                                                       SeparateRun& run) {
  using What = separation::Edit::What;
  std::vector<separation::Edit> edits;
  for (const std::string& text : request.moved) {
    auto edit = read_edit(text, "--move", What::Move);
    if (!edit) {
      return edit.error();
    }
    run.edits.push_back(fmt::format("{} moves to {:.5f}, {:.5f}", edit->id,
                                    edit->point.latitude.degrees, edit->point.longitude.degrees));
    edits.push_back(std::move(edit).value());
  }
  for (const std::string& id : request.dropped) {
    run.edits.push_back(fmt::format("{} is no longer there", id));
    edits.push_back({.what = What::Drop, .id = id, .point = {}, .side = {}});
  }
  for (const std::string& text : request.added) {
    auto edit = read_edit(text, "--add", What::Add);
    if (!edit) {
      return edit.error();
    }
    const auto side = find_side(run.file.agreement, edit->id);
    if (!side) {
      return side.error();
    }
    if (*side != run.sides[0] && *side != run.sides[1]) {
      return invalid(fmt::format("--add {}: it is neither of the two sides; name {} or {}", *side,
                                 run.sides[0], run.sides[1]));
    }
    edit->side = *side == run.sides[0] ? separation::Side::First : separation::Side::Second;
    edit->id = fmt::format("added {}", edits.size() + 1);
    run.edits.push_back(fmt::format("{} has a position more, at {:.5f}, {:.5f}", *side,
                                    edit->point.latitude.degrees, edit->point.longitude.degrees));
    edits.push_back(std::move(edit).value());
  }
  return edits;
}

base::Error nobody_counts(const SeparateRun& run, const std::string& side, base::Instant at) {
  return invalid(
      fmt::format("{} has no position that counts at {}; check its name in the files and --at",
                  side, base::to_iso(at, run.file.agreement.clock.offset)));
}

base::Result<void> check_sides(const SeparateRun& run, const separation::Positions& positions) {
  for (const separation::Side side : {separation::Side::First, separation::Side::Second}) {
    if (positions.count(side) == 0) {
      return nobody_counts(run, run.sides[static_cast<std::size_t>(side)], positions.at);
    }
  }
  return {};
}

base::Result<void> pin(const SeparateRequest& request, const separation::Positions& positions,
                       const separation::PresenceReading& reading,
                       separation::LineOptions& options) {
  options.pinned.clear();
  for (const std::string& id : request.pinned) {
    const auto found = separation::find_position(positions, reading, id);
    if (!found) {
      return found.error();
    }
    options.pinned.push_back(*found);
  }
  return {};
}

base::Result<void> plan(const SeparateRequest& request, const std::vector<Belonging>& belongings,
                        const separation::AgeingOptions& ageing, SeparateRun& run) {
  separation::PlanRules rules;
  rules.text = &run.text;
  rules.demands = run.demands;
  rules.mixing = {
      .distance = run.distance, .cell_side = std::nullopt, .unusable = run.reading.skipped.size()};
  rules.line = {.cell_side = request.cell_side, .hold = request.hold, .reach = {}, .pinned = {}};
  if (auto read = read_ground(request, rules); !read) {
    return read;
  }
  separation::Positions positions = separation::positions_at(run.reading, belongings, ageing);
  if (run.window) {
    auto windows =
        separation::measure_windows(run.reading, belongings, ageing, rules.mixing, *run.window);
    if (auto counted = check_sides(run, positions); !counted) {
      return counted;
    }
    if (!windows) {
      return windows.error();
    }
    run.windows = std::move(windows).value();
  }
  const auto edits = read_edits(request, run);
  if (!edits) {
    return edits.error();
  }
  const auto make = [&](separation::Positions where) -> base::Result<separation::Plan> {
    if (auto counted = check_sides(run, where); !counted) {
      return counted.error();
    }
    if (auto kept = pin(request, where, run.reading, rules.line); !kept) {
      return kept.error();
    }
    return separation::make_plan(run.reading, std::move(where), rules);
  };
  if (!edits->empty()) {
    auto before = make(positions);
    if (!before) {
      return before.error();
    }
    run.before = std::move(before).value();
    auto after = separation::edited(std::move(positions), *edits, run.reading);
    if (!after) {
      return after.error();
    }
    positions = std::move(after).value();
  }
  auto made = make(std::move(positions));
  if (!made) {
    return made.error();
  }
  run.plan = std::move(made).value();
  return internal::plan_relief(request, rules.settlements, run);
}

// What is planned between two sides alone.
bool asks_for_more(const SeparateRequest& request) {
  return !request.roads.empty() || !request.prior.empty() || !request.window.empty() ||
         !request.moved.empty() || !request.dropped.empty() || !request.added.empty() ||
         request.belt || !request.settlements.empty();
}

// Of more than two sides: how each two are mixed, and the lines between all.
base::Result<void> plan_many(const SeparateRequest& request, const incidents::ActorBook& book,
                             const separation::AgeingOptions& ageing, SeparateRun& run) {
  if (asks_for_more(request)) {
    return invalid(
        "of more than two sides the index and the lines are planned, and nothing else; ask for the "
        "rest with two sides at a time");
  }
  ManySides many;
  many.sides = {run.sides[0], run.sides[1]};
  for (const std::string& other : request.others) {
    auto name = find_side(run.file.agreement, other);
    if (!name) {
      return name.error();
    }
    if (std::find(many.sides.begin(), many.sides.end(), *name) != many.sides.end()) {
      return invalid(fmt::format("{} is named twice; name another with --and", *name));
    }
    many.sides.push_back(std::move(name).value());
  }
  const internal::Sorter sorter(many.sides, book);
  std::vector<Belonging> whose;
  for (const separation::Observation& seen : run.reading.observations) {
    const internal::Sorted sorted = sorter.sort(seen);
    whose.push_back(sorted.whose == internal::Sorted::Whose::OfSide   ? Belonging::First
                    : sorted.whose == internal::Sorted::Whose::OfNone ? Belonging::Neither
                                                                      : Belonging::Doubtful);
  }
  many.positions = separation::positions_at(run.reading, whose, ageing);
  std::vector<std::size_t> counts(many.sides.size(), 0);
  for (const separation::Position& position : many.positions.positions) {
    many.side_of.push_back(sorter.sort(run.reading.observations[position.observation]).side);
    ++counts[many.side_of.back()];
  }
  separation::AgeingOptions at = ageing;
  at.at = many.positions.at;
  const separation::InterminglingOptions mixing = {
      .distance = run.distance, .cell_side = std::nullopt, .unusable = run.reading.skipped.size()};
  for (std::size_t one = 0; one < many.sides.size(); ++one) {
    if (counts[one] == 0) {
      return nobody_counts(run, many.sides[one], many.positions.at);
    }
    for (std::size_t other = one + 1; other < many.sides.size() && counts[other] > 0; ++other) {
      const auto index = separation::measure_intermingling(
          separation::positions_at(run.reading, sorter.belongings(run.reading, one, other), at),
          mixing);
      if (!index) {
        return index.error();
      }
      many.pairs.push_back({one, other, index->whole});
    }
  }
  separation::PlanRules rules;
  if (auto read = read_ground(request, rules); !read) {
    return read;
  }
  separation::LineOptions options = {
      .cell_side = request.cell_side, .hold = request.hold, .reach = {}, .pinned = {}};
  if (auto kept = pin(request, many.positions, run.reading, options); !kept) {
    return kept;
  }
  auto lines = separation::part_sides(many.positions.positions, many.side_of, many.sides.size(),
                                      rules.terrain, options);
  if (!lines) {
    return lines.error();
  }
  many.lines = std::move(lines).value();
  run.many = std::move(many);
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
  if (auto found = find_demands(request, run); !found) {
    return found.error();
  }
  const auto book = read_actor_book(inputs, offset);
  if (!book) {
    return book.error();
  }
  if (auto read = read_files(request, offset, run); !read) {
    return read.error();
  }
  if (!request.others.empty()) {
    if (auto planned = plan_many(request, *book, ageing, run); !planned) {
      return planned.error();
    }
    return run;
  }
  const internal::Sorter sorter({run.sides[0], run.sides[1]}, *book);
  if (auto planned = plan(request, sorter.belongings(run.reading, 0, 1), ageing, run); !planned) {
    return planned.error();
  }
  return run;
}

std::string separation_page(const SeparateRun& run) {
  if (run.many) {
    document::ManySidesPage page{.text = &run.file.agreement,
                                 .sides = run.many->sides,
                                 .at = run.many->positions.at,
                                 .distance = run.distance,
                                 .side_of = run.many->side_of,
                                 .pairs = {},
                                 .lines = &run.many->lines};
    for (const ManySides::Pair& pair : run.many->pairs) {
      page.pairs.push_back({pair.one, pair.other, pair.index});
    }
    return document::many_sides_html(page);
  }
  return document::separation_html({.text = &run.text,
                                    .sides = run.sides,
                                    .distance = run.distance,
                                    .half_life = run.half_life,
                                    .reading = &run.reading,
                                    .demands = &run.demands,
                                    .plan = &run.plan,
                                    .before = run.before ? &*run.before : nullptr,
                                    .edits = run.edits,
                                    .windows = run.windows,
                                    .relief = run.relief ? &run.relief->plan : nullptr,
                                    .roads = run.relief ? &run.relief->roads : nullptr,
                                    .ends = {run.relief ? run.relief->from : std::string(),
                                             run.relief ? run.relief->to : std::string()}});
}

}  // namespace truce::workbench
