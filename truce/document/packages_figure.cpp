// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "truce/document/internal/packages_plot.h"
#include "truce/document/internal/packages_view.h"
#include "truce/document/internal/talks_page.h"

namespace truce::document::internal {
namespace {

using packages::Fraction;
using packages::Game;
using packages::Integer;
using packages::Package;
using packages::Party;

constexpr std::size_t kMostDots = 2'000;
// Every feasible package is drawn where there are no more.
constexpr std::int64_t kMostBettered = 5'000;
constexpr double kDesk = 680;
constexpr double kPhone = 350;

std::vector<double> drawn(const Game& game, const Package& package) {
  std::vector<double> at;
  for (const Party& party : game.parties) {
    at.push_back(Fraction{packages::worth(party, package), party.denominator}.to_double());
  }
  return at;
}

// Of two sides, each pair of utilities once.
std::vector<Plot::Dot> bettered(const Game& game) {
  std::vector<Plot::Dot> dots;
  if (game.parties.size() != 2 || packages::count_packages(game) > Integer(kMostBettered)) {
    return dots;
  }
  std::set<std::vector<double>> seen;
  Package package(game.issues.size(), 0);
  for (bool is_done = false; !is_done;) {
    if (packages::is_feasible(game, package) && seen.insert(drawn(game, package)).second) {
      dots.push_back({drawn(game, package), false});
    }
    is_done = true;
    for (std::size_t issue = 0; issue < package.size() && is_done; ++issue) {
      const bool has_next = package[issue] + 1 < game.issues[issue].options.size();
      package[issue] = has_next ? package[issue] + 1 : 0;
      is_done = !has_next;
    }
  }
  return dots;
}

Plot plot_of(const PackagesView& view) {
  const Game& game = view.game();
  Plot plot;
  for (const Party& party : game.parties) {
    Plot::Axis axis{.party = party.name, .walk_away = {}, .walk_away_text = {}};
    if (party.walk_away.has_value()) {
      const Fraction value{*party.walk_away, party.denominator};
      axis.walk_away = value.to_double();
      axis.walk_away_text = in_digits(value);
    }
    plot.axes.push_back(std::move(axis));
  }
  const std::vector<packages::Point>& points = view.page().frontier->points;
  const std::size_t step = (points.size() + kMostDots - 1) / kMostDots;
  for (std::size_t at = 0; at < points.size(); at += std::max<std::size_t>(step, 1)) {
    plot.frontier.push_back({drawn(game, points[at].package), view.all_accept(points[at].package)});
  }
  plot.bettered = bettered(game);
  for (const PackagesView::Shown& shown : view.shown()) {
    plot.marks.push_back({.dot = {drawn(game, shown.package), view.all_accept(shown.package)},
                          .letters = shown.letters,
                          .told = shown.title + ": " + view.in_utilities(shown.package),
                          .target = shown.id});
  }
  return plot;
}

void put_key(HtmlWriter& html, const PackagesView& view, const Plot& plot) {
  html.raw(
      "<ul class=\"key\">\n<li>● a package that nobody could better for one side without loss for "
      "another, and that all accept</li>\n<li>○ one that not all accept</li>\n");
  if (!plot.bettered.empty()) {
    html.raw("<li>· one that another betters</li>\n");
  }
  if (plot.axes.size() != 2) {
    html.raw("<li>short strokes: all on the frontier</li>\n");
  }
  for (const PackagesView::Rule& rule : view.rules()) {
    if (rule.chosen.has_value()) {
      html.raw("<li><b>").text(rule.letter).raw("</b> ");
      html.text(fmt::format("{}: {}", rule.name, rule.meaning)).raw("</li>\n");
    }
  }
  if (!view.least_concession().empty()) {
    html.raw("<li><b>L</b> the least concession that reaches a deal</li>\n");
  }
  for (const MarkedPackage& marked : view.page().marked) {
    html.raw("<li><b>").text(marked.letters).raw("</b> ").text(marked.title).raw("</li>\n");
  }
  if (std::any_of(plot.axes.begin(), plot.axes.end(),
                  [](const Plot::Axis& axis) { return axis.walk_away.has_value(); })) {
    html.raw("<li>dashed: what walking away is worth</li>\n");
  }
  html.raw("</ul>\n");
}

}  // namespace

void put_figure(HtmlWriter& html, const PackagesView& view) {
  const Plot plot = plot_of(view);
  html.raw("<section>\n<h2>The plot</h2>\n<figure>\n<div class=\"desk\">");
  put_plot(html, plot, kDesk);
  html.raw("</div>\n<div class=\"phone\">");
  put_plot(html, plot, kPhone);
  html.raw("</div>\n<figcaption>\n");
  put_key(html, view, plot);
  const std::size_t all = view.page().frontier->points.size();
  if (plot.frontier.size() < all) {
    put_paragraph(html, fmt::format("Of {} packages on the frontier, {} are drawn.", all,
                                    plot.frontier.size()));
  }
  html.raw("</figcaption>\n</figure>\n</section>\n");
}

}  // namespace truce::document::internal
