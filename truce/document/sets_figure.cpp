// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/sets_figure.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/document/internal/packages_view.h"
#include "truce/document/internal/table.h"
#include "truce/document/internal/talks_page.h"

namespace truce::document::internal {
namespace {

using Sets = std::vector<std::vector<std::size_t>>;

constexpr std::size_t kMostRows = 200;
constexpr double kRowHeight = 46;
constexpr double kLeft = 20;

struct Width {
  double pixels = 0;
  // Columns that fit.
  std::size_t sets = 0;
};
constexpr Width kDesk = {680, 25};
constexpr Width kPhone = {350, 12};

// What is in one of the sets that are drawn, in order.
std::vector<std::size_t> rows_of(const Sets& sets, std::size_t drawn) {
  std::vector<std::size_t> rows;
  for (std::size_t set = 0; set < drawn; ++set) {
    rows.insert(rows.end(), sets[set].begin(), sets[set].end());
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

void put_matrix(HtmlWriter& html, const std::string& title, const std::vector<std::string>& names,
                const Sets& sets, Width width) {
  const std::size_t drawn = std::min(sets.size(), width.sets);
  const std::vector<std::size_t> rows = rows_of(sets, drawn);
  const double step = (width.pixels - 2 * kLeft) / static_cast<double>(width.sets - 1);
  const auto x = [&](std::size_t set) { return kLeft + step * static_cast<double>(set); };
  const auto y = [&](std::size_t row) { return 70 + kRowHeight * static_cast<double>(row); };
  html.raw("<svg role=\"img\" aria-label=\"").text(title + "; the table below says the same");
  html.raw("\" viewBox=\"");
  html.text(fmt::format("0 0 {:.0f} {:.0f}", width.pixels, y(rows.size()) - kRowHeight + 18));
  html.raw("\">");
  for (std::size_t set = 0; set < drawn; ++set) {
    html.raw("<text class=\"tick\" text-anchor=\"middle\" y=\"20\" x=\"");
    html.text(fmt::format("{:.1f}", x(set))).raw("\">").text(std::to_string(set + 1));
    html.raw("</text>");
    const auto place = [&](std::size_t name) {
      return y(static_cast<std::size_t>(std::lower_bound(rows.begin(), rows.end(), name) -
                                        rows.begin()));
    };
    const auto [least, most] = std::minmax_element(sets[set].begin(), sets[set].end());
    html.raw("<path class=\"join d0\" d=\"");
    html.text(fmt::format("M{0:.1f} {1:.1f}V{2:.1f}", x(set), place(*least), place(*most)));
    html.raw("\"/>");
    for (const std::size_t name : sets[set]) {
      html.raw("<circle class=\"dot\" r=\"6\" cx=\"").text(fmt::format("{:.1f}", x(set)));
      html.raw("\" cy=\"").text(fmt::format("{:.1f}", place(name))).raw("\"/>");
    }
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    html.raw("<text x=\"4\" y=\"").text(fmt::format("{:.1f}", y(row) - 16)).raw("\">");
    html.text(shortened(names[rows[row]], width.pixels - 8)).raw("</text>");
  }
  html.raw("</svg>");
}

}  // namespace

void put_sets(HtmlWriter& html, const std::string& title, const std::vector<std::string>& names,
              const Sets& sets) {
  html.raw("<figure>\n<div class=\"desk\">");
  put_matrix(html, title, names, sets, kDesk);
  html.raw("</div>\n<div class=\"phone\">");
  put_matrix(html, title, names, sets, kPhone);
  html.raw("</div>\n<figcaption>A column for each set: what is in it has a dot.");
  if (sets.size() > kPhone.sets) {
    html.text(fmt::format(" Of {} sets the first are drawn.", sets.size()));
  }
  html.raw("</figcaption>\n</figure>\n");
  Table table(html, title);
  table.column("set").column("what is in it").begin();
  for (std::size_t set = 0; set < std::min(sets.size(), kMostRows); ++set) {
    table.row().text(std::to_string(set + 1));
    table.cell();
    for (const std::size_t name : sets[set]) {
      html.raw("<span class=\"member\">").text(names[name]).raw("</span>");
    }
    table.end_row();
  }
  table.end();
  if (sets.size() > kMostRows) {
    put_paragraph(
        html, fmt::format("And {} more; --format json lists them all.", sets.size() - kMostRows));
  }
}

}  // namespace truce::document::internal
