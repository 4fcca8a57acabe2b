// SPDX-License-Identifier: Apache-2.0
#include "truce/document/rounds_page.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "truce/document/internal/packages_view.h"
#include "truce/document/internal/table.h"
#include "truce/document/internal/talks_page.h"

namespace truce::document {
namespace {

using internal::HtmlWriter;
using internal::Markup;
using internal::put_paragraph;
using internal::Table;
using What = talks::BracketMove::What;

constexpr std::size_t kMostDrawn = 40;
constexpr double kWidth = 350;
constexpr double kTimeAt = 24;
constexpr double kLabelAt = 52;
constexpr double kLabelHeight = 46;
constexpr double kBarWidth = 90;

std::string days_of(const talks::Round& round) {
  return round.from == round.to
             ? base::to_words(round.to)
             : fmt::format("{} to {}", base::to_words(round.from), base::to_words(round.to));
}

double days(base::Date date) {
  return static_cast<double>(base::start_of(date).seconds) /
         static_cast<double>(base::kDay.seconds);
}

// What stands on the time line: a round, a deadline, or the day by which a bracket is to be
// settled.
struct Stop {
  base::Date from;
  base::Date to;
  std::string label;
  std::string below;
  // Of a round, for the bar.
  std::size_t open = 0;
  bool is_round = true;
  bool is_missed = false;
};

std::vector<Stop> stops_of(const RoundsPage& page) {
  std::vector<Stop> stops;
  for (const RoundsPage::Step& step : page.steps) {
    stops.push_back({.from = step.round->from,
                     .to = step.round->to,
                     .label = fmt::format("{}: {}", step.round->name, step.round->venue),
                     .below = fmt::format("{}, {} open", base::to_words(step.round->to),
                                          internal::counted(step.open, "bracket", "brackets")),
                     .open = step.open});
  }
  for (const talks::TalksDeadline& deadline : *page.deadlines) {
    const bool is_missed = talks::is_missed(deadline, page.as_of);
    stops.push_back({.from = deadline.due,
                     .to = deadline.due,
                     .label = deadline.what,
                     .below = fmt::format("due {}{}", base::to_words(deadline.due),
                                          is_missed ? ", missed" : ""),
                     .open = 0,
                     .is_round = false,
                     .is_missed = is_missed});
  }
  for (const talks::AssignedBracket& bracket : *page.assigned) {
    const bool is_missed = talks::is_missed(bracket, page.as_of);
    stops.push_back(
        {.from = bracket.given.due,
         .to = bracket.given.due,
         .label = fmt::format("{}: {}", bracket.given.bracket,
                              internal::joined(bracket.given.who, " and ")),
         .below = fmt::format("to be settled by {}{}", base::to_words(bracket.given.due),
                              is_missed ? ", missed" : ""),
         .open = 0,
         .is_round = false,
         .is_missed = is_missed});
  }
  std::stable_sort(stops.begin(), stops.end(),
                   [](const Stop& left, const Stop& right) { return left.from < right.from; });
  return stops;
}

// Time runs down; labels that would cover each other move down, a line leads to each.
void put_time(HtmlWriter& html, std::vector<Stop> stops) {
  stops.resize(std::min(stops.size(), kMostDrawn));
  const double first = days(stops.front().from);
  double last = first;
  std::size_t most_open = 1;
  for (const Stop& stop : stops) {
    last = std::max(last, days(stop.to));
    most_open = std::max(most_open, stop.open);
  }
  const double height = kLabelHeight * static_cast<double>(stops.size()) * 1.3;
  const auto y = [&](base::Date date) {
    return 24 + (last > first ? (days(date) - first) / (last - first) * (height - 60) : 0);
  };
  std::vector<double> label_at;
  for (const Stop& stop : stops) {
    label_at.push_back(label_at.empty() ? y(stop.from)
                                        : std::max(y(stop.from), label_at.back() + kLabelHeight));
  }
  html.raw("<figure class=\"time\"><svg role=\"img\" aria-label=\"The rounds and deadlines in ");
  html.raw("time, from top to bottom; the tables below say the same\" viewBox=\"");
  html.text(fmt::format("0 0 {:.0f} {:.0f}", kWidth, std::max(height, label_at.back() + 40)));
  html.raw("\"><path class=\"axis\" d=\"");
  html.text(fmt::format("M{:.1f} 10V{:.1f}", kTimeAt, std::max(height, label_at.back() + 40) - 10));
  html.raw("\"/>");
  for (std::size_t at = 0; at < stops.size(); ++at) {
    const Stop& stop = stops[at];
    html.raw("<path class=\"grid\" d=\"");
    html.text(fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}", kTimeAt, y(stop.from), kLabelAt - 4,
                          label_at[at]));
    html.raw("\"/>");
    if (stop.is_round) {
      html.raw("<path class=\"span\" d=\"");
      html.text(fmt::format("M{:.1f} {:.1f}V{:.1f}", kTimeAt, y(stop.from) - 5, y(stop.to) + 5));
      html.raw("\"/>");
    } else {
      html.raw(stop.is_missed ? Markup("<path class=\"dot hollow\" d=\"")
                              : Markup("<path class=\"dot\" d=\""));
      html.text(fmt::format("M{:.1f} {:.1f}l7 7l-7 7l-7 -7z", kTimeAt, y(stop.from) - 7));
      html.raw("\"/>");
    }
    html.raw("<text x=\"").text(fmt::format("{:.1f}", kLabelAt)).raw("\" y=\"");
    html.text(fmt::format("{:.1f}", label_at[at] + 4)).raw("\">");
    html.text(internal::shortened(stop.label, kWidth - kLabelAt - 4)).raw("</text>");
    html.raw("<text class=\"tick\" x=\"").text(fmt::format("{:.1f}", kLabelAt)).raw("\" y=\"");
    html.text(fmt::format("{:.1f}", label_at[at] + 21)).raw("\">").text(stop.below);
    html.raw("</text>");
    if (stop.is_round && stop.open > 0) {
      html.raw("<path class=\"open\" d=\"");
      html.text(
          fmt::format("M{:.1f} {:.1f}h{:.1f}", kWidth - kBarWidth - 6, label_at[at] + 16,
                      kBarWidth * static_cast<double>(stop.open) / static_cast<double>(most_open)));
      html.raw("\"/>");
    }
  }
  html.raw("</svg>\n<figcaption>\n<ul class=\"key\">\n<li>thick: a round, and below it how many ");
  html.raw(
      "brackets were open at its end, with a bar</li>\n<li>◆ a deadline</li>\n<li>◇ one that ");
  html.raw("was missed</li>\n</ul>\n</figcaption></figure>\n");
}

std::size_t count(const RoundsPage::Step& step, What what) {
  return static_cast<std::size_t>(
      std::count_if(step.moves.begin(), step.moves.end(),
                    [&](const RoundsPage::Move& move) { return move.bracket->what == what; }));
}

void put_rounds(HtmlWriter& html, const RoundsPage& page) {
  html.raw("<section>\n<h2>The rounds</h2>\n");
  put_time(html, stops_of(page));
  Table table(html, "The rounds");
  table.column("round").column("days").column("venue").column("who").column("open", true);
  table.column("opened", true).column("closed", true).column("reworded", true);
  table.column("stuck", true).begin();
  for (std::size_t at = 0; at < page.steps.size(); ++at) {
    const RoundsPage::Step& step = page.steps[at];
    table.row().text(step.round->name);
    table.cell(days_of(*step.round));
    table.cell(step.round->venue);
    table.cell(internal::joined(step.round->who, " and "));
    table.cell(std::to_string(step.open));
    for (const What what : {What::Opened, What::Closed, What::Reworded}) {
      table.cell(at == 0 ? std::string() : std::to_string(count(step, what)));
    }
    table.cell(at == 0 ? std::string() : fmt::format("{} of {}", step.stuck, step.open_before));
    table.end_row();
  }
  table.end();
  html.raw("</section>\n");
}

void put_moves(HtmlWriter& html, const RoundsPage& page, std::size_t at) {
  const RoundsPage::Step& step = page.steps[at];
  const talks::Round& before = *page.steps[at - 1].round;
  html.raw("<section>\n<h2>");
  html.text(fmt::format("From round {} ({}) to round {} ({})", before.name, before.venue,
                        step.round->name, step.round->venue));
  html.raw("</h2>\n");
  if (!step.moves.empty()) {
    Table table(html, fmt::format("What round {} moved", step.round->name));
    table.column("bracket").column("what").column("now").column("before").begin();
    for (const RoundsPage::Move& move : step.moves) {
      const talks::BracketMove& bracket = *move.bracket;
      table.row().text(bracket.after.empty() ? bracket.before : bracket.after);
      table.cell(talks::to_text(bracket.what));
      if (!move.meaning.empty()) {
        html.raw("<small>").text(move.meaning).raw("</small>");
      }
      table.cell(fmt::format("{}", fmt::join(bracket.options_after, " | ")));
      table.cell(bracket.what == What::Unchanged
                     ? std::string()
                     : fmt::format("{}", fmt::join(bracket.options_before, " | ")));
      table.end_row();
    }
    table.end();
  }
  put_paragraph(html, step.open_before == 0
                          ? std::string("No bracket was open before.")
                          : fmt::format("Stall: {} of {} brackets stand as they stood.", step.stuck,
                                        step.open_before));
  html.raw("</section>\n");
}

void put_deadlines(HtmlWriter& html, const RoundsPage& page) {
  if (page.deadlines->empty()) {
    return;
  }
  html.raw("<section>\n<h2>");
  html.text(fmt::format("Deadlines, as of {}", base::to_words(page.as_of))).raw("</h2>\n");
  Table table(html, "Deadlines");
  table.column("what").column("due").column("set in round").column("done").column("missed");
  table.begin();
  for (const talks::TalksDeadline& deadline : *page.deadlines) {
    table.row().text(deadline.what);
    table.cell(base::to_words(deadline.due));
    table.cell(deadline.set_in);
    table.cell(deadline.met.has_value() ? base::to_words(*deadline.met) : std::string("not done"));
    table.cell(talks::is_missed(deadline, page.as_of) ? "missed" : "no");
    table.end_row();
  }
  table.end();
  html.raw("</section>\n");
}

void put_assigned(HtmlWriter& html, const RoundsPage& page) {
  if (page.assigned->empty()) {
    return;
  }
  html.raw("<section>\n<h2>");
  html.text(fmt::format("Given to be settled, as of {}", base::to_words(page.as_of)));
  html.raw("</h2>\n");
  Table table(html, "Brackets given to be settled");
  table.column("bracket").column("who").column("due").column("given in round").column("closed");
  table.column("late").begin();
  for (const talks::AssignedBracket& bracket : *page.assigned) {
    table.row().text(bracket.given.bracket);
    if (!bracket.now.empty() && bracket.now != bracket.given.bracket) {
      html.raw("<small>").text(fmt::format("now {}", bracket.now)).raw("</small>");
    }
    table.cell(internal::joined(bracket.given.who, " and "));
    table.cell(base::to_words(bracket.given.due));
    table.cell(bracket.given.set_in);
    table.cell(bracket.closed.has_value() ? fmt::format("in round {}, {}", bracket.closed_in,
                                                        base::to_words(*bracket.closed))
                                          : std::string("open"));
    table.cell(talks::is_missed(bracket, page.as_of) ? "late" : "no");
    table.end_row();
  }
  table.end();
  html.raw("</section>\n");
}

}  // namespace

std::string since_html(const RoundsPage& page) {
  constexpr const char* kTitle = "What moved since the last round";
  HtmlWriter html;
  internal::put_title(
      html, kTitle,
      fmt::format("{}, {} open", internal::counted(page.steps.size(), "round", "rounds"),
                  internal::counted(page.steps.back().open, "bracket", "brackets")));
  if (page.steps.size() < 2) {
    put_paragraph(html, "There was one round; what moves is seen from the second on.");
  } else if (page.rounds_without_closing > 0 && page.steps.back().open > 0) {
    put_paragraph(html, page.rounds_without_closing == 1
                            ? std::string("No bracket closed in the last round.")
                            : fmt::format("No bracket closed in the last {} rounds.",
                                          page.rounds_without_closing));
  }
  put_rounds(html, page);
  put_deadlines(html, page);
  put_assigned(html, page);
  for (std::size_t at = page.steps.size(); at-- > 1;) {
    put_moves(html, page, at);
  }
  internal::put_sources(html, page.read, {});
  return internal::talks_page(kTitle, html);
}

}  // namespace truce::document
