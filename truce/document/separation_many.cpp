// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "truce/document/internal/embedded.h"
#include "truce/document/internal/escape.h"
#include "truce/document/internal/separation_map.h"
#include "truce/document/internal/table.h"
#include "truce/document/separation_page.h"

namespace truce::document {
namespace {

using internal::HtmlWriter;
using internal::Table;

constexpr double kDesk = 760;
constexpr double kPhone = 350;

std::string kilometres(double metres) { return fmt::format("{:.1f} km", metres / 1000); }

std::string between(const ManySidesPage& page, std::size_t one, std::size_t other) {
  return fmt::format("{} and {}", page.sides[one], page.sides[other]);
}

void put_map(HtmlWriter& html, const ManySidesPage& page) {
  separation::Plan drawn;
  const std::vector<separation::Demand> none;
  SeparationPage map;
  map.text = page.text;
  map.demands = &none;
  map.plan = &drawn;
  for (const separation::LineBetween& one : page.lines->lines) {
    drawn.line.lines.push_back(one.line);
    map.labels.emplace_back(one.line[one.line.size() / 2], between(page, one.one, one.other));
  }
  html.raw("<section id=\"line\">\n<h2>The lines</h2>\n<figure>\n<div class=\"desk\">");
  internal::put_separation_map(html, map, kDesk);
  html.raw("</div>\n<div class=\"phone\">");
  internal::put_separation_map(html, map, kPhone);
  html.raw(
      "</div>\n<figcaption><p class=\"about\">On each line stand the two that it "
      "parts.</p></figcaption>\n</figure>\n<p>");
  const separation::ManyLines& lines = *page.lines;
  html.text(fmt::format(
      "On {} by {} cells of {:g} m: {} long, at a cost of {} of open ground. No lines on this grid "
      "cost less than {}.",
      lines.columns, lines.rows, lines.cell_side.value, kilometres(lines.length.value),
      kilometres(lines.cost), kilometres(std::floor(lines.at_least / 100) * 100)));
  html.raw("</p>\n</section>\n");
}

}  // namespace

std::string many_sides_html(const ManySidesPage& page) {
  HtmlWriter html;
  std::string title = "Keeping apart: ";
  for (std::size_t side = 0; side < page.sides.size(); ++side) {
    title += (side == 0 ? "" : ", ") + page.sides[side];
  }
  html.raw("<h1>").text(title).raw("</h1>\n<p class=\"lead\">");
  html.text(fmt::format("{}; as they stood on {}", page.text->title,
                        base::to_words(page.at, page.text->clock.offset)));
  html.raw(
      "</p>\n<p class=\"notice\">A proposal of a program, endorsed by nobody: no line and no "
      "boundary on this page is agreed or recognised. It knows no force but those "
      "observed.</p>\n<section id=\"index\">\n<h2>How far each two are mixed</h2>\n<p>");
  html.text(fmt::format("Within {:g} m, 0 apart to 1 mixed.", page.distance.value));
  html.raw("</p>\n");
  Table table(html, "Each two sides");
  table.column("Between").column("Index").column("Line", true).begin();
  for (const ManySidesPage::Pair& pair : page.pairs) {
    const double length = page.lines->length_between(pair.one, pair.other).value;
    table.row().text(between(page, pair.one, pair.other));
    table.cell(fmt::format("{:.2f}, between {:.2f} and {:.2f}", pair.index.index, pair.index.low,
                           pair.index.high));
    table.cell(length > 0 ? kilometres(length) : std::string("none"));
    table.end_row();
  }
  table.end();
  Table sides(html, "Each side");
  sides.column("Side").column("Positions", true).column("On the ground of others", true).begin();
  for (std::size_t side = 0; side < page.sides.size(); ++side) {
    std::size_t across = 0;
    for (std::size_t i = 0; i < page.side_of.size(); ++i) {
      across += page.side_of[i] == side && page.lines->ground[i] != side ? 1 : 0;
    }
    sides.row().text(page.sides[side]);
    sides.cell(fmt::format("{}", std::count(page.side_of.begin(), page.side_of.end(), side)));
    sides.cell(fmt::format("{}", across));
    sides.end_row();
  }
  sides.end();
  html.raw("</section>\n");
  put_map(html, page);
  return internal::separation_sheet(title, html.str());
}

namespace internal {

std::string separation_sheet(const std::string& title, const std::string& body) {
  HtmlWriter head;
  head.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
  head.raw(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n");
  head.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  head.text(title);
  head.raw("</title>\n<style>\n");
  std::string text = head.str();
  text += kPackagesStyle;
  text += kSeparationStyle;
  return text + "</style>\n</head>\n<body>\n<main>\n" + body + "</main>\n</body>\n</html>\n";
}

}  // namespace internal
}  // namespace truce::document
