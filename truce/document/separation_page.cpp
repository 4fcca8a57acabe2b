// SPDX-License-Identifier: Apache-2.0
#include "truce/document/separation_page.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "truce/document/internal/escape.h"
#include "truce/document/internal/separation_map.h"
#include "truce/document/internal/table.h"

namespace truce::document {
namespace {

using internal::HtmlWriter;
using internal::Table;
using separation::Demand;
using separation::IndexFigure;
using separation::Plan;
using separation::Side;

constexpr double kDesk = 760;
constexpr double kPhone = 350;
constexpr std::size_t kMostMoves = 1000;

std::string in_words(const IndexFigure& figure) {
  return fmt::format("{:.2f}, between {:.2f} and {:.2f}", figure.index, figure.low, figure.high);
}

std::string kilometres(double metres) { return fmt::format("{:.1f} km", metres / 1000); }

std::string in_time(const SeparationPage& page, base::Instant at) {
  return base::to_words(at, page.text->clock.offset);
}

void put_head(HtmlWriter& html, const SeparationPage& page) {
  const Plan& plan = *page.plan;
  html.raw("<h1>").text(fmt::format("Keeping {} and {} apart", page.sides[0], page.sides[1]));
  html.raw("</h1>\n<p class=\"lead\">");
  html.text(
      fmt::format("{}; as they stood on {}", page.text->title, in_time(page, plan.positions.at)));
  html.raw(
      "</p>\n<p class=\"notice\">A proposal of a program, endorsed by nobody: no line and no "
      "boundary on this page is agreed or recognised. It knows no force but those observed, and "
      "is for those who keep the two apart.</p>\n");
}

void put_index(HtmlWriter& html, const SeparationPage& page) {
  html.raw("<section id=\"index\">\n<h2>How far the two are mixed</h2>\n<p>");
  html.text(fmt::format("Within {:g} m, 0 apart to 1 mixed: ", page.distance.value));
  html.raw("<b>").text(in_words(page.plan->index.whole)).raw("</b>. ");
  html.text(page.half_life ? fmt::format("What was seen weighs half after {}.",
                                         base::to_words(*page.half_life))
                           : std::string("What was seen does not age."));
  html.raw("</p>\n");
  Table table(html, "The index by side");
  table.column("Side").column("Positions", true).column("Index").begin();
  for (std::size_t side = 0; side < 2; ++side) {
    table.row().text(page.sides[side]);
    table.cell(fmt::format("{}", page.plan->positions.count(static_cast<Side>(side))));
    table.cell(in_words(page.plan->index.of_side[side]));
    table.end_row();
  }
  table.end();
  if (!page.windows.empty()) {
    html.raw("<h3>Over time</h3>\n<figure>\n<div class=\"desk\">");
    internal::put_index_plot(html, page, kDesk);
    html.raw("</div>\n<div class=\"phone\">");
    internal::put_index_plot(html, page, kPhone);
    html.raw(
        "</div>\n<figcaption><p class=\"about\">Bars: the band of what is in doubt. Strokes: the "
        "index.</p></figcaption>\n</figure>\n");
    Table windows(html, "The index over time");
    windows.column("From").column("Positions", true).column("Index").begin();
    for (const separation::IndexWindow& window : page.windows) {
      windows.row().text(in_time(page, window.when.from));
      windows.cell(fmt::format("{}", window.positions));
      windows.cell(window.figure ? in_words(*window.figure) : "a side was not seen");
      windows.end_row();
    }
    windows.end();
  }
  html.raw("</section>\n");
}

void put_key(HtmlWriter& html, const SeparationPage& page) {
  html.raw("<ul class=\"key\">\n<li><b>—</b> the line of least cost</li>\n");
  if (page.before != nullptr) {
    html.raw("<li><b>- -</b> the line before what was tried</li>\n");
  }
  if (page.relief != nullptr && !page.relief->corridors.empty()) {
    html.raw("<li><b>··</b> dotted, with a number: a corridor for relief</li>\n");
  }
  html.raw("<li><b>▨</b> hatched: a belt that a clause wants free</li>\n<li><b>●</b> ");
  html.text(fmt::format("a position of {} that must move", page.sides[0]));
  html.raw("</li>\n<li><b>■</b> ").text(fmt::format("one of {}", page.sides[1]));
  html.raw(
      "</li>\n<li><b>▪</b> grey squares: somebody is there, darker where the two are "
      "mixed</li>\n</ul>\n");
}

void put_map(HtmlWriter& html, const SeparationPage& page) {
  const Plan& plan = *page.plan;
  html.raw(
      "<section id=\"line\">\n<h2>The line and the belts</h2>\n<figure>\n<div class=\"desk\">");
  internal::put_separation_map(html, page, kDesk);
  html.raw("</div>\n<div class=\"phone\">");
  internal::put_separation_map(html, page, kPhone);
  html.raw("</div>\n<figcaption>\n");
  put_key(html, page);
  html.raw("</figcaption>\n</figure>\n<p>");
  if (plan.line.lines.empty()) {
    html.text("No line: by what it would cost, all the ground is of one side.");
  } else {
    const std::size_t across = plan.line.misplaced(plan.positions.positions);
    html.text(fmt::format(
        "The line of least cost on {} by {} cells of {:g} m is {} long, at a cost of {} of open "
        "ground. {}",
        plan.line.columns, plan.line.rows, plan.line.cell_side.value,
        kilometres(plan.line.length.value), kilometres(plan.line.cost),
        across == 0 ? "Each position stands on its own side."
                    : fmt::format("On the other side's ground: {}.", across)));
  }
  html.raw("</p>\n</section>\n");
}

std::string width_text(const Demand& demand) {
  const char* from = demand.from == Demand::From::Line ? "the line" : demand.target.c_str();
  return demand.is_distance_stated ? fmt::format("{:g} m from {}", demand.distance.value, from)
                                   : fmt::format("away from {}, no distance stated", demand.target);
}

std::string places_text(const separation::Belt& belt) {
  std::string text;
  for (const separation::Belt::Held& place : belt.places) {
    text += (text.empty() ? "" : ", ") + place.name + (place.is_whole ? "" : " (in part)");
  }
  return text.empty() ? "none that is named" : text;
}

void put_demands(HtmlWriter& html, const SeparationPage& page) {
  if (page.demands->empty()) {
    return;
  }
  html.raw("<section id=\"clauses\">\n<h2>What the clauses ask for</h2>\n");
  for (std::size_t i = 0; i < page.demands->size(); ++i) {
    const Demand& demand = (*page.demands)[i];
    const separation::Belt& belt = page.plan->belts[i];
    html.raw("<section id=\"").text(fmt::format("demand-{}", i)).raw("\" tabindex=\"-1\">\n<h3>");
    html.text(demand.clause
                  ? fmt::format("{} {}", demand.number, page.sides[demand.side == Side::Second])
                  : std::string("Asked for beside the clauses"));
    html.raw("</h3>\n<ul>\n<li>");
    std::string things;
    for (const agreement::Noun& noun : demand.things) {
      things += (things.empty() ? "" : ", ") + noun.text;
    }
    html.text(fmt::format("{}: {}", things.empty() ? "everything" : things, width_text(demand)));
    html.raw("</li>\n<li>");
    html.text(demand.deadline ? "by " + in_time(page, *demand.deadline)
                              : std::string("with no date in the text"));
    html.text(demand.is_disputed ? "; disputed words, this is the strictest reading" : "");
    html.raw("</li>\n");
    if (!belt.problem.empty()) {
      html.raw("<li>not measured: ").text(belt.problem).raw("</li>\n");
    } else {
      const auto movers =
          std::count_if(page.plan->moves.begin(), page.plan->moves.end(), [&](const auto& move) {
            return std::any_of(move.needs.begin(), move.needs.end(),
                               [&](const auto& need) { return need.demand == i; });
          });
      html.raw("<li>").text(fmt::format("positions that must move: {}", movers));
      html.raw("</li>\n<li>in the belt: ").text(places_text(belt)).raw("</li>\n");
    }
    html.raw("</ul>\n</section>\n");
  }
  html.raw("</section>\n");
}

void put_schedules(HtmlWriter& html, const SeparationPage& page) {
  for (const separation::Schedule& schedule : page.plan->schedules) {
    html.raw("<section>\n<h2>").text(fmt::format("Slices of {}", schedule.number));
    html.raw("</h2>\n");
    if (schedule.slices.empty()) {
      html.raw("<p>The text does not date them.</p>\n</section>\n");
      continue;
    }
    Table table(html, fmt::format("Slices of {}", schedule.number));
    table.column("Slice").column("By");
    table.column(page.sides[0], true).column(page.sides[1], true).begin();
    std::size_t number = 0;
    for (const separation::Slice& slice : schedule.slices) {
      table.row().text(fmt::format("{}", ++number));
      table.cell(in_time(page, slice.due));
      table.cell(fmt::format("{}", slice.positions[0].size()));
      table.cell(fmt::format("{}", slice.positions[1].size()));
      table.end_row();
    }
    table.end();
    if (schedule.ahead_after && schedule.ahead_within) {
      html.raw("<p>");
      html.text(fmt::format(
          "After each slice neither side has done more of its share than the other by over "
          "{:.0f} %; within one, whoever begins is ahead by at most {:.0f} %.",
          std::max(0.0, std::ceil(*schedule.ahead_after * 100 - 1e-9)),
          std::max(0.0, std::ceil(*schedule.ahead_within * 100 - 1e-9))));
      html.raw("</p>\n");
    }
    html.raw("</section>\n");
  }
}

void put_tried(HtmlWriter& html, const SeparationPage& page) {
  if (page.before == nullptr) {
    return;
  }
  html.raw("<section id=\"tried\">\n<h2>What was tried</h2>\n<ul>\n");
  for (const std::string& edit : page.edits) {
    html.raw("<li>").text(edit).raw("</li>\n");
  }
  html.raw("</ul>\n");
  Table table(html, "Before and after");
  table.column("Figure").column("Before", true).column("After", true).begin();
  const auto row = [&table](const char* what, const std::string& before, const std::string& after) {
    table.row().text(what);
    table.cell(before);
    table.cell(after);
    table.end_row();
  };
  row("Index", fmt::format("{:.2f}", page.before->index.whole.index),
      fmt::format("{:.2f}", page.plan->index.whole.index));
  row("Length of the line", kilometres(page.before->line.length.value),
      kilometres(page.plan->line.length.value));
  row("Cost of the line", kilometres(page.before->line.cost), kilometres(page.plan->line.cost));
  row("Positions that must move", fmt::format("{}", page.before->moves.size()),
      fmt::format("{}", page.plan->moves.size()));
  table.end();
  html.raw("</section>\n");
}

std::string road_name(const SeparationPage& page, std::uint32_t road) {
  const std::string& name = page.roads->roads[road].name;
  return name.empty() ? fmt::format("road {} of the file", road + 1) : name;
}

// Where it goes through belts and over the line, by the road.
std::string where_text(const SeparationPage& page, const separation::Corridor& corridor) {
  std::string text;
  for (const separation::Corridor::Passage& passage : corridor.passages) {
    const Demand& demand = (*page.demands)[passage.demand];
    text += fmt::format("{}{} on {} ({})", text.empty() ? "" : "; ",
                        demand.clause ? fmt::format("the belt of {} {}", demand.number,
                                                    page.sides[demand.side == Side::Second])
                                      : std::string("the belt"),
                        road_name(page, passage.road), kilometres(passage.length.value));
  }
  for (const separation::Corridor::Crossing& crossing : corridor.crossings) {
    text +=
        fmt::format("{}the line on {}", text.empty() ? "" : "; ", road_name(page, crossing.road));
  }
  return text.empty() ? "no belt and no line" : text;
}

void put_corridors(HtmlWriter& html, const SeparationPage& page) {
  if (page.relief == nullptr) {
    return;
  }
  html.raw("<section id=\"corridors\" tabindex=\"-1\">\n<h2>");
  html.text(fmt::format("Corridors for relief from {} to {}", page.ends[0], page.ends[1]));
  html.raw("</h2>\n");
  if (page.relief->corridors.empty()) {
    html.raw("<p>");
    html.text(page.relief->to_reopen.empty()
                  ? "None: no road that was given joins the two."
                  : "None on open roads. The way with least of closed road needs these open:");
    html.raw("</p>\n<ul>\n");
    for (const std::uint32_t road : page.relief->to_reopen) {
      html.raw("<li>").text(road_name(page, road)).raw("</li>\n");
    }
    html.raw("</ul>\n</section>\n");
    return;
  }
  Table table(html, "Corridors for relief");
  table.column("Corridor").column("Length", true).column("Minutes", true).column("Shared", true);
  table.column("Goes through").begin();
  std::size_t number = 0;
  for (const separation::Corridor& corridor : page.relief->corridors) {
    table.row().text(fmt::format("{}", ++number));
    table.cell(kilometres(corridor.length.value));
    table.cell(fmt::format("{}", (corridor.cost.milliseconds + 59'999) / 60'000));
    table.cell(kilometres(corridor.shared.value));
    table.cell(where_text(page, corridor));
    table.end_row();
  }
  table.end();
  html.raw(
      "<p>Along roads that were given; whether they can be driven, and whether the way is safe, it "
      "does not know.</p>\n</section>\n");
}

void put_moves(HtmlWriter& html, const SeparationPage& page) {
  const Plan& plan = *page.plan;
  html.raw("<section id=\"moves\">\n<h2>Who must move</h2>\n<p>In the order of the files.</p>\n");
  Table table(html, "Who must move");
  table.column("Position").column("Side").column("At least", true).column("By").column("For");
  table.begin();
  for (std::size_t i = 0; i < std::min(plan.moves.size(), kMostMoves); ++i) {
    const separation::Move& move = plan.moves[i];
    const separation::Position& position = plan.positions.positions[move.position];
    const std::string& id = page.reading->observations[position.observation].id;
    table.row().text(id.empty() ? "no id" : id);
    table.cell(page.sides[static_cast<std::size_t>(position.side)]);
    table.cell(fmt::format("{:.0f} m", std::ceil(move.distance.value)));
    table.cell(move.by ? in_time(page, *move.by) : "no date");
    std::string needs;
    for (const separation::Need& need : move.needs) {
      const Demand& demand = (*page.demands)[need.demand];
      needs += (needs.empty() ? "" : ", ") + (demand.clause ? demand.number : "the belt") +
               (need.is_doubtful ? " if it is such" : "");
    }
    table.cell(needs.empty() ? "its own side" : needs);
    table.end_row();
  }
  table.end();
  if (plan.moves.empty()) {
    html.raw("<p>Nobody must.</p>\n");
  }
  if (plan.moves.size() > kMostMoves) {
    html.raw("<p>").text(fmt::format("The first {} of {}; --format json lists them all.",
                                     kMostMoves, plan.moves.size()));
    html.raw("</p>\n");
  }
  html.raw("</section>\n");
}

void put_left_out(HtmlWriter& html, const SeparationPage& page) {
  const separation::Positions& positions = page.plan->positions;
  html.raw("<section class=\"about\">\n<h2>What was left out</h2>\n<ul>\n");
  for (const auto& [count, what] : std::vector<std::pair<std::uint64_t, const char*>>{
           {page.reading->skipped.size(), "could not be used"},
           {positions.later, "of a later time"},
           {positions.replaced, "of what was seen again later"},
           {positions.others, "of others than the two sides"},
           {positions.disbelieved, "with no confidence"},
           {positions.doubtful, "that may be of a side, nobody knows of which"},
           {positions.unplaced, "that say not where"}}) {
    html.raw("<li>").text(fmt::format("{} rows {}", count, what)).raw("</li>\n");
  }
  html.raw("</ul>\n<p>");
  html.text(fmt::format("Of {} rows.", page.reading->rows)).raw("</p>\n</section>\n");
}

}  // namespace

std::string separation_html(const SeparationPage& page) {
  HtmlWriter html;
  put_head(html, page);
  put_index(html, page);
  put_map(html, page);
  put_tried(html, page);
  put_demands(html, page);
  put_schedules(html, page);
  put_corridors(html, page);
  put_moves(html, page);
  put_left_out(html, page);
  return internal::separation_sheet(
      fmt::format("Keeping {} and {} apart", page.sides[0], page.sides[1]), html.str());
}

}  // namespace truce::document
