// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "truce/document/internal/packages_view.h"
#include "truce/document/internal/table.h"

namespace truce::document::internal {
namespace {

using packages::Fraction;
using packages::Game;
using packages::Integer;
using packages::Package;
using packages::Party;

constexpr std::size_t kMostRows = 200;

void put_issue(HtmlWriter& html, Table& table, const PackagesPage& page, std::size_t issue,
               std::uint32_t option) {
  const packages::Issue& own = page.game->issues[issue];
  table.row().text(own.name);
  table.cell();
  if (issue < page.words.size()) {
    const BracketWords& words = page.words[issue];
    if (!words.lead.empty()) {
      html.raw("<span class=\"before\">").text(words.lead).raw("</span> ");
    }
    html.text(own.options[option]);
    if (option < words.proposers.size() && !words.proposers[option].empty()) {
      html.raw("<small>text of ").text(words.proposers[option]).raw("</small>");
    }
  } else {
    html.text(own.options[option]);
  }
}

// How much of what an issue could bring at best, in words, numbers and a bar.
void put_value(HtmlWriter& html, const Party& party, std::size_t issue, std::uint32_t option) {
  const std::vector<Integer>& values = party.values[issue];
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const auto told = [&](const Integer& worth) { return in_digits({worth, party.denominator}); };
  if (*least == *most) {
    html.text("all the same").raw("<small>").text(told(*most)).raw("</small>");
    return;
  }
  const Integer& own = values[option];
  // From zero, or from what is below it.
  const Integer from = std::min(*least, Integer());
  const Integer whole = *most - from;
  const double share = whole.is_zero() ? 0 : Fraction{own - from, whole}.to_double();
  html.raw("<svg class=\"bar\" viewBox=\"0 0 60 8\" aria-hidden=\"true\"><rect class=\"whole\" ");
  html.raw("width=\"60\" height=\"8\"/><rect class=\"part\" height=\"8\" width=\"");
  html.text(fmt::format("{:.1f}", 60 * share)).raw("\"/></svg> ");
  html.text(own == *most ? std::string("gets its best")
                         : fmt::format("gives {}", told(*most - own)));
  html.raw("<small>").text(fmt::format("{} of {}", told(own), told(*most))).raw("</small>");
}

// What stands together and is worth more or less so, whoever said it.
void put_together(Table& table, const PackagesView& view, const Package& package) {
  const Game& game = view.game();
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    for (const packages::Conditional& conditional : game.parties[party].conditionals) {
      if (!packages::holds(conditional.when, package)) {
        continue;
      }
      table.row().text("together");
      table.cell(view.in_words(conditional.when));
      for (std::size_t other = 0; other < game.parties.size(); ++other) {
        const Fraction worth{conditional.worth, game.parties[party].denominator};
        table.cell(other != party                    ? std::string()
                   : conditional.worth.is_negative() ? in_digits(worth)
                                                     : "+" + in_digits(worth));
      }
      table.end_row();
    }
  }
}

void put_total(HtmlWriter& html, Table& table, const PackagesView& view, const Package& package) {
  table.row(true).text("in all");
  table.cell();
  for (const Party& party : view.game().parties) {
    table.cell().raw("<b>").text(PackagesView::utility(party, package)).raw("</b>");
    if (party.walk_away.has_value()) {
      const Integer over = packages::worth(party, package) - *party.walk_away;
      const bool is_less = over.is_negative();
      html.raw("<small>");
      html.text(fmt::format("{} {} than no deal",
                            in_digits({is_less ? -over : over, party.denominator}),
                            is_less ? "less" : "more"));
      html.raw("</small>");
    }
  }
  table.end_row();
}

void put_red_lines(HtmlWriter& html, const PackagesView& view, const Package& package) {
  HtmlWriter lines;
  for (const Party& party : view.game().parties) {
    for (const packages::Conjunction& veto : party.vetoes) {
      if (packages::holds(veto, package)) {
        lines.raw("<li>").text(fmt::format("{}: never {}", party.name, view.in_words(veto)));
        lines.raw("</li>\n");
      }
    }
  }
  if (!lines.empty()) {
    html.raw("<p>Red lines that it crosses:</p>\n<ul>\n").add(lines).raw("</ul>\n");
  }
}

void put_choice(HtmlWriter& html, Table& table, const PackagesView& view, std::size_t at) {
  const Package& package = view.page().frontier->points[at].package;
  table.cell().raw("<a href=\"#package-").text(std::to_string(at + 1)).raw("\">package ");
  html.text(std::to_string(at + 1)).raw("</a>");
  for (std::size_t party = 0; party < view.game().parties.size(); ++party) {
    table.cell(PackagesView::utility(view.game().parties[party], package)).raw("<small>");
    html.text(view.share_of(party, package)).raw("</small>");
  }
  table.cell(view.acceptance(package));
}

}  // namespace

void put_rules(HtmlWriter& html, const PackagesView& view) {
  html.raw(
      "<section>\n<h2>What the known rules choose</h2>\n<p>What each package is worth to each "
      "side, "
      "and below it the share of what that side could gain at best.</p>\n");
  Table table(html, "What the known rules choose");
  table.column("rule").column("package");
  for (const Party& party : view.game().parties) {
    table.column(party.name, true);
  }
  table.column("accepted").begin();
  for (const PackagesView::Rule& rule : view.rules()) {
    table.row().raw("<b class=\"letter\">").text(rule.letter).raw("</b> ").text(rule.name);
    html.raw("<small>").text(rule.meaning).raw("</small>");
    if (rule.chosen.has_value()) {
      put_choice(html, table, view, *rule.chosen);
    } else {
      table.cell("none");
    }
    table.end_row();
  }
  table.end();
  html.raw("</section>\n");
}

void put_package(HtmlWriter& html, const PackagesView& view, const PackagesView::Shown& shown) {
  const Game& game = view.game();
  html.raw("<section id=\"").text(shown.id).raw("\" tabindex=\"-1\">\n<h2>").text(shown.title);
  html.raw("</h2>\n<p>");
  html.text(view.all_accept(shown.package)
                ? "Accepted by all."
                : "Not accepted: " + view.acceptance(shown.package) + ".");
  html.raw("</p>\n");
  Table table(html, shown.title);
  table.column("issue").column("what would stand");
  for (const Party& party : game.parties) {
    table.column(party.name);
  }
  table.begin();
  for (std::size_t issue = 0; issue < game.issues.size(); ++issue) {
    put_issue(html, table, view.page(), issue, shown.package[issue]);
    for (const Party& party : game.parties) {
      table.cell();
      put_value(html, party, issue, shown.package[issue]);
    }
    table.end_row();
  }
  put_together(table, view, shown.package);
  put_total(html, table, view, shown.package);
  table.end();
  put_red_lines(html, view, shown.package);
  html.raw("</section>\n");
}

void put_frontier(HtmlWriter& html, const PackagesView& view) {
  const packages::Frontier& frontier = *view.page().frontier;
  html.raw("<section>\n<h2>The frontier</h2>\n<p>");
  html.text(fmt::format("{} that nobody could better for one side without loss for another",
                        counted(frontier.points.size(), "package", "packages")));
  html.text(frontier.is_complete
                ? "."
                : "; the search stopped at its limit, so one may be bettered by a package that was "
                  "not looked at.");
  html.raw("</p>\n");
  Table table(html, "The frontier");
  table.column("package");
  for (const Party& party : view.game().parties) {
    table.column(party.name, true);
  }
  table.column("accepted").column("what would stand").begin();
  for (std::size_t at = 0; at < std::min(frontier.points.size(), kMostRows); ++at) {
    const Package& package = frontier.points[at].package;
    const std::string id = fmt::format("package-{}", at + 1);
    const auto found =
        std::find_if(view.shown().begin(), view.shown().end(),
                     [&](const PackagesView::Shown& shown) { return shown.id == id; });
    table.row();
    if (found != view.shown().end()) {
      html.raw("<a href=\"#").text(id).raw("\">");
      html.text(fmt::format("{} {}", at + 1, found->letters)).raw("</a>");
    } else {
      html.text(std::to_string(at + 1));
    }
    for (const Party& party : view.game().parties) {
      table.cell(PackagesView::utility(party, package));
    }
    table.cell(view.acceptance(package));
    table.cell();
    for (std::size_t issue = 0; issue < package.size(); ++issue) {
      html.text(issue == 0 ? "" : "; ").raw("<span class=\"before\">");
      html.text(view.game().issues[issue].name).raw(":</span> ");
      html.text(view.game().issues[issue].options[package[issue]]);
    }
    table.end_row();
  }
  table.end();
  if (frontier.points.size() > kMostRows) {
    html.raw("<p>").text(fmt::format("And {} more; --format json lists them all.",
                                     frontier.points.size() - kMostRows));
    html.raw("</p>\n");
  }
  html.raw("</section>\n");
}

}  // namespace truce::document::internal
