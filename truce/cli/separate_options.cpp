// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <memory>

#include <CLI/CLI.hpp>

#include "truce/cli/internal/option_parts.h"
#include "truce/separation/corridors.h"

namespace truce::cli::internal {

namespace {

void add_relief(CLI::App& command, SeparateOptions& options) {
  command
      .add_option(
          "--roads", options.roads,
          "Roads for relief: GeoJSON lines with a class or speed_kmh, and closed where they "
          "are; may be given again")
      ->allow_extra_args(false);
  command.add_option(
      "--from", options.from,
      "Where relief starts: LAT,LON, a settlement or a drawn place of the agreement");
  command.add_option("--to", options.to, "Where it is to arrive, named alike");
  command
      .add_option("--corridors", options.corridors,
                  "At most how many ways, which share as little road as they can")
      ->check(CLI::Range(std::size_t{1}, separation::kMostCorridors))
      ->capture_default_str();
}

// What is tried.
void add_tried(CLI::App& command, SeparateOptions& options) {
  command
      .add_option("--move", options.moved,
                  "Try: the position of that id stands elsewhere, ID=LAT,LON; may be given again")
      ->allow_extra_args(false);
  command.add_option("--drop", options.dropped, "Try: the position of that id is not there")
      ->allow_extra_args(false);
  command
      .add_option("--add", options.added,
                  "Try: a side has a position more, SIDE=LAT,LON; may be given again")
      ->allow_extra_args(false);
}

}  // namespace

Chosen add_separate(CLI::App& app) {
  auto options = std::make_shared<SeparateOptions>();
  CLI::App* command = app.add_subcommand(
      "separate",
      "Say how far two sides are mixed, draw the line between them, and say who must move");
  command->add_option("FILE", options->agreement, "The agreement that names the two sides")
      ->required();
  command
      ->add_option("--presence", options->presence,
                   "Who was observed where: a CSV table or GeoJSON points; may be given again")
      ->allow_extra_args(false);
  command
      ->add_option("--presence-from-incidents", options->incidents,
                   "Incident files, FILE or FILE=FORMAT, to take presence from who was reported "
                   "where; may be given again")
      ->allow_extra_args(false);
  command->add_option("--between", options->first, "One side, as the agreement names it")
      ->required();
  command
      ->add_option("--and", options->others,
                   "The other side; given again, a third and so on: then the index of each two and "
                   "the lines between all")
      ->required()
      ->allow_extra_args(false);
  command
      ->add_option("--distance", options->distance_m,
                   "Metres within which two positions count as mixed")
      ->capture_default_str();
  command
      ->add_option("--terrain", options->terrain,
                   "GeoJSON areas and lines with a cost: a number, 1 being open ground, or never; "
                   "may be given again")
      ->allow_extra_args(false);
  command
      ->add_option("--cell", options->cell_m,
                   "The side of a cell of the grid, in metres; otherwise chosen by the front")
      ->check(CLI::PositiveNumber);
  command
      ->add_option(
          "--hold", options->hold_m,
          "Leave a position on the other side where going round it would lengthen the line "
          "by more metres than this; otherwise the line goes round each")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--belt", options->belt_m,
                   "Metres on each side of the line that are to be free of both, beside what the "
                   "clauses ask for")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--pin", options->pinned,
                   "The id of a position that keeps its side whatever --hold says; may be given "
                   "again")
      ->allow_extra_args(false);
  command->add_option("--prior", options->prior, "An earlier line, GeoJSON, to keep to");
  command
      ->add_option("--prior-cost", options->prior_cost,
                   "What a metre of line costs along the earlier one, 1 being open ground")
      ->check(CLI::Range(0.05, 20.0))
      ->capture_default_str();
  command->add_option("--settlements", options->settlements,
                      "GeoJSON points and areas with a name, to say which lie in a belt; otherwise "
                      "the points of basemap.geojson beside the agreement");
  add_relief(*command, *options);
  command->add_option("--reading", options->reading,
                      "The party in whose reading disputed words stand; otherwise the strictest");
  add_tried(*command, *options);
  command->add_option("--at", options->at,
                      "The moment asked about; that of the latest observation if absent");
  command
      ->add_option("--half-life", options->half_life,
                   "What was seen weighs half after this long, such as 12h or 7d; never: it does "
                   "not age")
      ->capture_default_str();
  command->add_option("--window", options->window,
                      "Measure the index over stretches of time too, such as 7d");
  command->add_option("--actors", options->actors,
                      "Names that change and groups that join; actors.csv beside the agreement");
  command->add_flag("--strict", options->is_strict,
                    "Stop at the first bad row instead of skipping it");
  command->add_option("--output", options->output, "A file; otherwise standard output");
  add_format(*command, options->format, {"text", "json", "geojson", "html"});
  command->footer(
      footer({"separate agreement.truce --presence presence.csv --between North --and "
              "South --distance 2000"}));
  return chosen(command, options);
}

}  // namespace truce::cli::internal
