// SPDX-License-Identifier: Apache-2.0
#include "truce/document/packages_page.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "truce/document/internal/embedded.h"
#include "truce/document/internal/escape.h"
#include "truce/document/internal/packages_plot.h"
#include "truce/document/internal/packages_view.h"

namespace truce::document {
namespace {

using internal::HtmlWriter;
using internal::joined;
using internal::PackagesView;
using internal::Plot;
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

void put_paragraph(HtmlWriter& html, const std::string& text) {
  html.raw("<p>").text(text).raw("</p>\n");
}

std::string title_of(const Game& game) {
  return game.name.empty() ? "What could be agreed"
                           : fmt::format("What could be agreed: {}", game.name);
}

void put_head(HtmlWriter& html, const PackagesPage& page) {
  const Game& game = *page.game;
  html.raw("<h1>").text(title_of(game)).raw("</h1>\n<p class=\"lead\">");
  html.text(fmt::format("{}, {}, {} packages",
                        internal::counted(game.parties.size(), "party", "parties"),
                        internal::counted(game.issues.size(), "issue", "issues"),
                        packages::count_packages(game).to_text()));
  if (!game.constraints.empty() && page.frontier->feasible.has_value()) {
    html.text(fmt::format(", {} of them feasible", page.frontier->feasible->to_text()));
  }
  html.raw(
      "</p>\n<p class=\"notice\">For whoever mediates, and nobody else: what the sides keep to "
      "themselves can be read from this page.</p>\n");
}

void put_concessions(HtmlWriter& html, const PackagesView& view) {
  if (view.least_concession().empty()) {
    return;
  }
  const PackagesPage& page = view.page();
  html.raw("<p>The <a href=\"#").text(view.least_concession());
  html.raw("\">least concession that reaches a deal</a>:</p>\n<ul>\n");
  for (std::size_t party = 0; party < page.game->parties.size(); ++party) {
    const Fraction& concession = page.closeness->least_concession->concessions[party];
    html.raw("<li>").text(page.game->parties[party].name);
    html.text(concession.numerator.is_zero()
                  ? std::string(" gives up nothing")
                  : fmt::format(" gets {} less than walking away is worth to it",
                                internal::in_digits(concession)));
    html.raw("</li>\n");
  }
  html.raw("</ul>\n");
}

void put_sticking_points(HtmlWriter& html, const PackagesPage& page) {
  if (page.sticking_points == nullptr || page.sticking_points->sets.empty()) {
    return;
  }
  html.raw(
      "<h3>Sticking points</h3>\n<p>Each line alone prevents a deal, even if everybody got the "
      "best "
      "on all other issues:</p>\n<ul>\n");
  for (const std::vector<std::size_t>& set : page.sticking_points->sets) {
    std::vector<std::string> names;
    for (const std::size_t issue : set) {
      names.push_back(page.game->issues[issue].name);
    }
    html.raw("<li>").text(joined(names, " together with ")).raw("</li>\n");
  }
  html.raw("</ul>\n");
}

void put_closeness(HtmlWriter& html, const PackagesView& view) {
  const PackagesPage& page = view.page();
  const packages::Closeness& closeness = *page.closeness;
  html.raw("<section>\n<h2>How close</h2>\n");
  if (closeness.accepted.has_value() && closeness.feasible.has_value() &&
      !closeness.feasible->is_zero()) {
    const Fraction share{*closeness.accepted, *closeness.feasible};
    put_paragraph(
        html,
        closeness.accepted->is_zero()
            ? fmt::format("No package of the {} is accepted by all.", closeness.feasible->to_text())
            : fmt::format("All accept {} of {} packages, {:.3g} %.", closeness.accepted->to_text(),
                          closeness.feasible->to_text(), 100 * share.to_double()));
  }
  if (closeness.demands_to_relax == std::size_t{0}) {
    put_paragraph(html, "All demands can be met together.");
  } else if (closeness.demands_to_relax.has_value()) {
    put_paragraph(html,
                  fmt::format("At least {} must go for the others to be met.",
                              internal::counted(*closeness.demands_to_relax, "demand", "demands")));
    put_concessions(html, view);
  }
  for (const std::string& line : closeness.not_found) {
    put_paragraph(html, "Not found: " + line);
  }
  put_sticking_points(html, page);
  html.raw("</section>\n");
}

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
      axis.walk_away_text = internal::in_digits(value);
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
  if (std::any_of(plot.axes.begin(), plot.axes.end(),
                  [](const Plot::Axis& axis) { return axis.walk_away.has_value(); })) {
    html.raw("<li>dashed: what walking away is worth</li>\n");
  }
  html.raw("</ul>\n");
}

void put_figure(HtmlWriter& html, const PackagesView& view) {
  const Plot plot = plot_of(view);
  html.raw("<section>\n<h2>The plot</h2>\n<figure>\n<div class=\"desk\">");
  internal::put_plot(html, plot, kDesk);
  html.raw("</div>\n<div class=\"phone\">");
  internal::put_plot(html, plot, kPhone);
  html.raw("</div>\n<figcaption>\n");
  put_key(html, view, plot);
  const std::size_t all = view.page().frontier->points.size();
  if (plot.frontier.size() < all) {
    put_paragraph(html, fmt::format("Of {} packages on the frontier, {} are drawn.", all,
                                    plot.frontier.size()));
  }
  html.raw("</figcaption>\n</figure>\n</section>\n");
}

void put_about(HtmlWriter& html, const PackagesPage& page) {
  html.raw(
      "<section class=\"about\">\n<h2>How to read it</h2>\n<p>What packages are worth to one side "
      "is "
      "never compared with what they are worth to another, except by the rules that do so: the "
      "egalitarian, the utilitarian and the least difference. Every number is exact, unless ~ "
      "stands before it; the plot and the shares are rounded.</p>\n");
  for (const std::string& note : page.notes) {
    put_paragraph(html, "Note: " + note);
  }
  put_paragraph(html, "Read: " + joined(page.read, ", "));
  html.raw("</section>\n");
}

}  // namespace

std::string packages_html(const PackagesPage& page) {
  HtmlWriter head;
  head.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
  head.raw(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n");
  head.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  head.text(title_of(*page.game)).raw("</title>\n<style>\n");
  HtmlWriter html;
  html.raw("</style>\n</head>\n<body>\n<main>\n");
  put_head(html, page);
  if (page.frontier->points.empty()) {
    html.raw("<p>No package fulfils the constraints: they cannot hold together.</p>\n");
  } else {
    const PackagesView view(page);
    put_closeness(html, view);
    put_figure(html, view);
    internal::put_rules(html, view);
    for (const PackagesView::Shown& shown : view.shown()) {
      internal::put_package(html, view, shown);
    }
    internal::put_frontier(html, view);
  }
  put_about(html, page);
  html.raw("</main>\n</body>\n</html>\n");
  std::string text = head.str();
  text += internal::kPackagesStyle;
  return text + html.str();
}

}  // namespace truce::document
