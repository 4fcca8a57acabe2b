// SPDX-License-Identifier: Apache-2.0
// Parts that pages about a game share.
#include <fmt/format.h>

#include "truce/document/internal/packages_view.h"
#include "truce/document/internal/talks_page.h"

namespace truce::document::internal {
namespace {

using packages::Fraction;

void put_read(HtmlWriter& html, const std::vector<std::string>& read,
              const std::vector<std::string>& notes) {
  for (const std::string& note : notes) {
    put_paragraph(html, "Note: " + note);
  }
  put_paragraph(html, "Read: " + joined(read, ", "));
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
    html.text(
        concession.numerator.is_zero()
            ? std::string(" gives up nothing")
            : fmt::format(" gets {} less than walking away is worth to it", in_digits(concession)));
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

}  // namespace

void put_game(HtmlWriter& html, const std::string& title, const packages::Game& game,
              const std::optional<packages::Integer>& feasible) {
  put_title(
      html, title,
      fmt::format(
          "{}, {}, {} packages{}", counted(game.parties.size(), "party", "parties"),
          counted(game.issues.size(), "issue", "issues"), packages::count_packages(game).to_text(),
          feasible.has_value() ? fmt::format(", {} of them feasible", feasible->to_text()) : ""));
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
    put_paragraph(html, fmt::format("At least {} must go for the others to be met.",
                                    counted(*closeness.demands_to_relax, "demand", "demands")));
    put_concessions(html, view);
  }
  for (const std::string& line : closeness.not_found) {
    put_paragraph(html, "Not found: " + line);
  }
  put_sticking_points(html, page);
  html.raw("</section>\n");
}

void put_about(HtmlWriter& html, const std::vector<std::string>& read,
               const std::vector<std::string>& notes) {
  html.raw(
      "<section class=\"about\">\n<h2>How to read it</h2>\n<p>What packages are worth to one side "
      "is "
      "never compared with what they are worth to another, except by the rules that do so: the "
      "egalitarian, the utilitarian and the least difference. Every number is exact, unless ~ "
      "stands before it; the plot and the shares are rounded.</p>\n");
  put_read(html, read, notes);
  html.raw("</section>\n");
}

void put_sources(HtmlWriter& html, const std::vector<std::string>& read,
                 const std::vector<std::string>& notes) {
  html.raw("<section class=\"about\">\n<h2>What was read</h2>\n");
  put_read(html, read, notes);
  html.raw("</section>\n");
}

}  // namespace truce::document::internal
