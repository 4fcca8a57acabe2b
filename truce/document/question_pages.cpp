// SPDX-License-Identifier: Apache-2.0
#include "truce/document/question_pages.h"

#include <fmt/format.h>

#include "truce/document/internal/packages_view.h"
#include "truce/document/internal/sets_figure.h"
#include "truce/document/internal/table.h"
#include "truce/document/internal/talks_page.h"

namespace truce::document {
namespace {

using internal::HtmlWriter;
using internal::in_digits;
using internal::PackagesView;
using internal::put_paragraph;
using internal::Table;
using packages::Fraction;
using packages::Game;
using packages::Package;
using packages::Party;

std::string title_of(const char* question, const Game& game) {
  return game.name.empty() ? std::string(question) : fmt::format("{}: {}", question, game.name);
}

// The plot, the packages that the page speaks of, and the frontier.
void put_packages(HtmlWriter& html, const PackagesView& view) {
  const bool is_found = !view.page().frontier->points.empty();
  if (is_found || !view.shown().empty()) {
    internal::put_figure(html, view);
  }
  for (const PackagesView::Shown& shown : view.shown()) {
    internal::put_package(html, view, shown);
  }
  if (is_found) {
    internal::put_frontier(html, view);
  } else {
    put_paragraph(
        html,
        "No frontier is drawn: no package fulfils the constraints, or there were too many "
        "packages to find it beside this answer.");
  }
}

std::string finished(const char* question, const PackagesPage& page, HtmlWriter& html) {
  internal::put_about(html, page.read, page.notes);
  return internal::talks_page(title_of(question, *page.game), html);
}

std::string in_words(const Game& game, const Package& package) {
  std::string text;
  for (std::size_t issue = 0; issue < package.size(); ++issue) {
    text += fmt::format("{}{}: {}", issue == 0 ? "" : "; ", game.issues[issue].name,
                        game.issues[issue].options[package[issue]]);
  }
  return text;
}

void put_demands(HtmlWriter& html, const PackagesView& view, const packages::DemandPair& pair) {
  const Game& game = view.game();
  html.raw("<section>\n<h2>The smallest pair of concessions that makes a deal</h2>\n");
  Table table(html, "Concessions");
  table.column("side").column("walking away is worth", true).column("it would get", true);
  table.column("less by", true).begin();
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    const Party& own = game.parties[party];
    table.row().text(own.name);
    table.cell(own.walk_away.has_value() ? in_digits({*own.walk_away, own.denominator}) : "");
    table.cell(PackagesView::utility(own, pair.package));
    table.cell(pair.concessions[party].numerator.is_zero() ? "nothing"
                                                           : in_digits(pair.concessions[party]));
    table.end_row();
  }
  table.end();
  html.raw("</section>\n");
}

void put_exchange(HtmlWriter& html, const PackagesView& view, const Package& before,
                  const packages::Exchange& exchange) {
  const Game& game = view.game();
  html.raw("<section>\n<h2>");
  html.text(view.all_accept(before) ? "The smallest exchange that serves both and harms nobody"
                                    : "The smallest exchange after which all accept");
  html.raw("</h2>\n");
  Table steps(html, "The two steps");
  steps.column("side").column("issue").column("takes").column("in place of");
  steps.column("which alone costs it", true).begin();
  for (const packages::Step& step : exchange.steps) {
    const packages::Issue& issue = game.issues[step.issue];
    steps.row().text(game.parties[step.party].name);
    steps.cell(issue.name);
    steps.cell(issue.options[step.option]);
    steps.cell(issue.options[before[step.issue]]);
    steps.cell(in_digits(step.gives));
    steps.end_row();
  }
  steps.end();
  Table worth(html, "What it is worth");
  worth.column("side").column("before", true).column("after", true).begin();
  for (const Party& party : game.parties) {
    worth.row().text(party.name);
    worth.cell(PackagesView::utility(party, before));
    worth.cell(PackagesView::utility(party, exchange.package));
    worth.end_row();
  }
  worth.end();
  html.raw("</section>\n");
}

void mark_next(NextPage& page) {
  std::vector<MarkedPackage>& marked = page.game.marked;
  if (page.on_table != nullptr) {
    marked.push_back({*page.on_table, "What is on the table", "T", "on-the-table"});
  }
  if (page.exchange != nullptr) {
    marked.push_back({page.exchange->package, "After the exchange", "X", "after"});
  }
  if (page.demands != nullptr) {
    marked.push_back(
        {page.demands->package, "With the smallest pair of concessions", "C", "with-concessions"});
  }
}

std::string survival(const Game& game, const packages::Survival& one) {
  if (one.survives()) {
    return "survives";
  }
  std::string text = one.is_accepted ? "does not survive" : "does not survive: not accepted";
  if (one.bettered_by.has_value()) {
    text += fmt::format("{}bettered by {}", one.is_accepted ? ": " : "; ",
                        in_words(game, *one.bettered_by));
  }
  return text;
}

std::string percent(const Fraction& share) {
  return in_digits((share * Fraction{100}).reduced()) + " %";
}

void put_survival(HtmlWriter& html, const RobustPage& page) {
  const Game& game = *page.game.game;
  html.raw("<section>\n<h2>Where numbers are off</h2>\n");
  Table table(html, "Where numbers are off");
  table.column("whose").column("by").column("the package").column("accepted up to").begin();
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    table.row().text(game.parties[party].name);
    const auto common = packages::common_share((*page.errors)[party]);
    table.cell(common.has_value() ? percent(*common) : "as its position says");
    table.cell(survival(game, page.robustness->of_party[party]));
    const auto& most = page.robustness->accepted_up_to[party];
    table.cell(!most.has_value() ? std::string("any error")
               : most->numerator.is_negative()
                   ? std::string("not accepted now")
                   : fmt::format("about {:.3g} %", 100 * most->to_double()));
    table.end_row();
  }
  table.row(true).text("all at once");
  table.cell();
  table.cell(survival(game, page.robustness->of_all));
  table.cell();
  table.end_row();
  table.end();
  html.raw("</section>\n");
}

void put_question(HtmlWriter& html, const RobustPage& page) {
  html.raw("<section>\n<h2>What is best asked</h2>\n");
  if (page.unsettled == nullptr) {
    put_paragraph(html, "Not found: " + page.not_found);
  } else {
    const packages::Unsettled& unsettled = *page.unsettled;
    put_paragraph(html, fmt::format("Packages that all accept whatever the numbers are: {}; for "
                                    "some numbers: {}.",
                                    unsettled.surely_accepted.to_text(),
                                    unsettled.perhaps_accepted.to_text()));
    if (!page.question.empty()) {
      const packages::Integer open = unsettled.perhaps_accepted - unsettled.surely_accepted;
      put_paragraph(html, fmt::format("Best asked: {} Packages in doubt, before and after: {} and "
                                      "{}.",
                                      page.question, open.to_text(), unsettled.left.to_text()));
    } else if (unsettled.surely_accepted != unsettled.perhaps_accepted) {
      put_paragraph(html, "No single answer settles any of them.");
    }
  }
  html.raw("</section>\n");
}

// The package, and what betters it for some numbers.
void mark_robust(RobustPage& page) {
  std::vector<MarkedPackage>& marked = page.game.marked;
  marked.push_back({*page.package, "The package in question", "P", "in-question"});
  const auto mark = [&](const packages::Survival& one, const std::string& whose,
                        const std::string& letter) {
    if (one.bettered_by.has_value()) {
      marked.push_back({*one.bettered_by, fmt::format("Betters it for some numbers of {}", whose),
                        letter, "betters-" + letter});
    }
  };
  const std::vector<Party>& parties = page.game.game->parties;
  for (std::size_t party = 0; party < parties.size(); ++party) {
    mark(page.robustness->of_party[party], parties[party].name, std::to_string(party + 1));
  }
  mark(page.robustness->of_all, "all at once", "A");
}

void put_conflicts(HtmlWriter& html, const char* title, const char* empty,
                   const packages::Conflicts& conflicts, const std::vector<std::string>& names,
                   bool is_relaxation) {
  const auto& sets = is_relaxation ? conflicts.relaxations : conflicts.sets;
  html.raw("<section>\n<h2>").text(title).raw("</h2>\n");
  if (sets.empty()) {
    put_paragraph(html, empty);
  } else {
    internal::put_sets(html, title, names, sets);
  }
  html.raw("</section>\n");
}

}  // namespace

std::string close_html(const PackagesPage& page) {
  constexpr const char* kQuestion = "How close the sides are";
  const PackagesView view(page);
  HtmlWriter html;
  internal::put_game(html, title_of(kQuestion, *page.game), *page.game, page.closeness->feasible);
  if (!page.closeness->demands_to_relax.has_value() && page.closeness->not_found.empty()) {
    put_paragraph(html, "No package fulfils the constraints: they cannot hold together.");
  } else {
    internal::put_closeness(html, view);
  }
  put_packages(html, view);
  return finished(kQuestion, page, html);
}

std::string blocks_html(const ConflictsPage& page) {
  constexpr const char* kQuestion = "What stands in the way";
  const Game& game = *page.game;
  std::vector<std::string> issues;
  for (const packages::Issue& issue : game.issues) {
    issues.push_back(issue.name);
  }
  HtmlWriter html;
  internal::put_game(html, title_of(kQuestion, game), game, std::nullopt);
  const auto& sets = page.among_demands->sets;
  if (sets.empty()) {
    put_paragraph(html, "Nothing: all demands can be met together.");
  } else if (sets.front().empty()) {
    put_paragraph(html, "No package fulfils the constraints: they cannot hold together.");
  } else {
    put_conflicts(html, "Demands that cannot stand together", "None was found.",
                  *page.among_demands, page.demands, false);
    put_conflicts(html, "Without these, all others can be met", "None was found.",
                  *page.among_demands, page.demands, true);
    put_conflicts(html, "Issues that stand in the way, even if each got the best on all others",
                  "None does.", *page.among_issues, issues, false);
    put_conflicts(html, "With each one's best on these, the others could be settled",
                  "None would do.", *page.among_issues, issues, true);
  }
  if (!page.among_demands->is_complete || !page.among_issues->is_complete) {
    put_paragraph(html, "There are more; the search stopped at 1000.");
  }
  internal::put_sources(html, page.read, page.notes);
  return internal::talks_page(title_of(kQuestion, game), html);
}

std::string next_html(NextPage page) {
  constexpr const char* kQuestion = "What next";
  mark_next(page);
  const PackagesView view(page.game);
  HtmlWriter html;
  internal::put_game(html, title_of(kQuestion, view.game()), view.game(), std::nullopt);
  if (page.on_table != nullptr) {
    put_paragraph(html, view.all_accept(*page.on_table) ? "What is on the table is accepted by all."
                                                        : "What is on the table is not accepted by "
                                                          "all.");
    if (page.exchange != nullptr) {
      put_exchange(html, view, *page.on_table, *page.exchange);
    } else {
      put_paragraph(html, "No exchange of two steps does more.");
    }
  } else if (page.is_deal_there) {
    put_paragraph(html, "A deal is there. To better one that is on the table, name it.");
  } else {
    put_paragraph(html, "No package is accepted by all.");
    if (page.demands != nullptr) {
      put_demands(html, view, *page.demands);
    } else {
      put_paragraph(html, "No two sides can make a deal alone.");
    }
  }
  put_packages(html, view);
  return finished(kQuestion, page.game, html);
}

std::string robust_html(RobustPage page) {
  constexpr const char* kQuestion = "How sure a package is";
  if (page.package != nullptr) {
    mark_robust(page);
  }
  const PackagesView view(page.game);
  HtmlWriter html;
  internal::put_game(html, title_of(kQuestion, view.game()), view.game(), std::nullopt);
  if (page.package == nullptr) {
    put_paragraph(html, "No package is accepted by all.");
  } else {
    put_survival(html, page);
    put_question(html, page);
    put_paragraph(html, "The plot and the tables below take the numbers as they were given.");
  }
  put_packages(html, view);
  return finished(kQuestion, page.game, html);
}

}  // namespace truce::document
