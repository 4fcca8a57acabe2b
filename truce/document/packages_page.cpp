// SPDX-License-Identifier: Apache-2.0
#include "truce/document/packages_page.h"

#include <fmt/format.h>

#include "truce/document/internal/escape.h"
#include "truce/document/internal/packages_view.h"
#include "truce/document/internal/talks_page.h"

namespace truce::document {
namespace {

using internal::HtmlWriter;
using internal::PackagesView;
using packages::Game;

std::string title_of(const Game& game) {
  return game.name.empty() ? "What could be agreed"
                           : fmt::format("What could be agreed: {}", game.name);
}

void put_head(HtmlWriter& html, const PackagesPage& page) {
  internal::put_game(html, title_of(*page.game), *page.game,
                     page.game->constraints.empty() ? std::nullopt : page.frontier->feasible);
}

}  // namespace

std::string packages_html(const PackagesPage& page) {
  HtmlWriter html;
  put_head(html, page);
  if (page.frontier->points.empty()) {
    html.raw("<p>No package fulfils the constraints: they cannot hold together.</p>\n");
  } else {
    const PackagesView view(page);
    internal::put_closeness(html, view);
    internal::put_figure(html, view);
    internal::put_rules(html, view);
    for (const PackagesView::Shown& shown : view.shown()) {
      internal::put_package(html, view, shown);
    }
    internal::put_frontier(html, view);
  }
  internal::put_about(html, page.read, page.notes);
  return internal::talks_page(title_of(*page.game), html);
}

}  // namespace truce::document
