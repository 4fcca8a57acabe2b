// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/separation_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include <fmt/format.h>

namespace truce::document::internal {
namespace {

using separation::DemarcationLine;
using separation::Side;

constexpr double kMargin = 18;
constexpr double kLeastHeight = 220;
constexpr double kMostHeight = 900;
constexpr std::size_t kHatches = 4;

std::vector<separation::Corridor> relief_of(const SeparationPage& page) {
  return page.relief == nullptr ? std::vector<separation::Corridor>{} : page.relief->corridors;
}

// Degrees to the units of the drawing: east and north to scale about the middle latitude.
class Frame {
 public:
  Frame(const SeparationPage& page, double width) : width_(width) {
    for (const separation::IndexCell& cell : page.plan->index.cells) {
      for (const base::Point corner : cell.corners) {
        widen(corner);
      }
    }
    for (const DemarcationLine* line : lines_of(page)) {
      for (const geometry::Polyline& part : line->lines) {
        for (const base::Point point : part) {
          widen(point);
        }
      }
    }
    for (const separation::Corridor& corridor : relief_of(page)) {
      for (const std::uint32_t junction : corridor.junctions) {
        widen(page.roads->junctions[junction]);
      }
    }
    squeeze_ = std::cos((south_ + north_) / 2 * std::numbers::pi / 180);
    const double wide = std::max((east_ - west_) * squeeze_, 1e-6);
    const double high = std::max(north_ - south_, 1e-6);
    scale_ = std::min((width - 2 * kMargin) / wide, (kMostHeight - 2 * kMargin) / high);
    height_ = std::max(kLeastHeight, high * scale_ + 2 * kMargin);
    left_ = (width - wide * scale_) / 2;
    top_ = (height_ - high * scale_) / 2;
  }

  [[nodiscard]] double width() const { return width_; }
  [[nodiscard]] double height() const { return height_; }
  [[nodiscard]] double x(base::Point point) const {
    return left_ + turned(point.longitude.degrees - west_) * squeeze_ * scale_;
  }
  [[nodiscard]] double y(base::Point point) const {
    return top_ + (north_ - point.latitude.degrees) * scale_;
  }
  [[nodiscard]] double metres(double units) const {
    constexpr double kMetresInADegree = 111'200;
    return units / scale_ * kMetresInADegree;
  }

  static std::vector<const DemarcationLine*> lines_of(const SeparationPage& page) {
    std::vector<const DemarcationLine*> lines = {&page.plan->line};
    if (page.before != nullptr) {
      lines.push_back(&page.before->line);
    }
    return lines;
  }

 private:
  // Across the date line a point lies a little east of the others, not a whole turn west.
  static double turned(double degrees) {
    return degrees < -180 ? degrees + 360 : degrees > 180 ? degrees - 360 : degrees;
  }
  void widen(base::Point point) {
    if (is_empty_) {
      is_empty_ = false;
      west_ = east_ = point.longitude.degrees;
      south_ = north_ = point.latitude.degrees;
    }
    const double away = turned(point.longitude.degrees - west_);
    east_ = std::max(east_, west_ + away);
    west_ += std::min(away, 0.0);
    south_ = std::min(south_, point.latitude.degrees);
    north_ = std::max(north_, point.latitude.degrees);
  }

  double width_;
  bool is_empty_ = true;
  double west_ = 0;
  double east_ = 0;
  double south_ = 0;
  double north_ = 0;
  double squeeze_ = 1;
  double scale_ = 1;
  double height_ = 1;
  double left_ = 0;
  double top_ = 0;
};

std::string path_of(const Frame& frame, const std::vector<base::Point>& points, bool is_closed) {
  std::string path;
  for (const base::Point point : points) {
    path +=
        fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", frame.x(point), frame.y(point));
  }
  return is_closed ? path + "Z" : path;
}

std::string path_of(const Frame& frame, const DemarcationLine& line) {
  std::string path;
  for (const geometry::Polyline& part : line.lines) {
    path += path_of(frame, part, false);
  }
  return path;
}

// Hatching in another direction for each belt, so that colour is not the only sign.
void put_hatches(HtmlWriter& html, const std::string& name) {
  constexpr std::array<const char*, kHatches> kStrokes = {"M-2 12L12 -2M-2 22L22 -2M8 22L22 8",
                                                          "M-2 -2L22 22M-2 8L12 22M8 -2L22 12",
                                                          "M0 5H20M0 15H20", "M5 0V20M15 0V20"};
  html.raw("<defs>");
  for (std::size_t i = 0; i < kHatches; ++i) {
    html.raw("<pattern id=\"").text(fmt::format("{}-hatch-{}", name, i));
    html.raw(
        "\" width=\"20\" height=\"20\" patternUnits=\"userSpaceOnUse\"><path class=\"hatch\" d=\"");
    html.text(kStrokes[i]).raw("\"/></pattern>");
  }
  html.raw("</defs>\n");
}

void put_cells(HtmlWriter& html, const Frame& frame, const SeparationPage& page) {
  for (const separation::IndexCell& cell : page.plan->index.cells) {
    html.raw("<path class=\"square\" fill-opacity=\"");
    html.text(fmt::format("{:.2f}", 0.12 + 0.58 * cell.figure.index)).raw("\" d=\"");
    html.text(path_of(frame, {cell.corners.begin(), cell.corners.end()}, true)).raw("\"/>\n");
  }
}

std::string told(const SeparationPage& page, std::size_t index) {
  const separation::Demand& demand = (*page.demands)[index];
  return demand.clause
             ? fmt::format("Belt of {:g} m for clause {}, {}", demand.distance.value, demand.number,
                           page.sides[demand.side == Side::Second ? 1 : 0])
             : fmt::format("Belt of {:g} m on each side of the line", demand.distance.value);
}

void put_belts(HtmlWriter& html, const Frame& frame, const SeparationPage& page,
               const std::string& name) {
  for (std::size_t i = 0; i < page.demands->size(); ++i) {
    const separation::Belt& belt = page.plan->belts[i];
    if (belt.outlines.empty() || !((*page.demands)[i].distance.value > 0)) {
      continue;
    }
    html.raw("<a class=\"mark\" href=\"#").text(fmt::format("demand-{}", i));
    html.raw("\" aria-label=\"").text(told(page, i)).raw("\"><path class=\"belt\" fill=\"url(#");
    html.text(fmt::format("{}-hatch-{}", name, i % kHatches));
    html.raw(")\" fill-rule=\"evenodd\" d=\"");
    for (const geometry::Polygon& polygon : belt.outlines) {
      for (const geometry::Ring& ring : polygon) {
        html.text(path_of(frame, ring, true));
      }
    }
    html.raw("\"/></a>\n");
  }
}

void put_lines(HtmlWriter& html, const Frame& frame, const SeparationPage& page) {
  if (page.before != nullptr && !page.before->line.lines.empty()) {
    html.raw("<path class=\"before-line\" d=\"").text(path_of(frame, page.before->line));
    html.raw("\"/>\n");
  }
  if (page.plan->line.lines.empty()) {
    return;
  }
  const std::string path = path_of(frame, page.plan->line);
  html.raw(
      "<a class=\"mark\" href=\"#line\" aria-label=\"The line, a proposal endorsed by nobody\">");
  html.raw("<path class=\"line-edge\" d=\"").text(path);
  html.raw("\"/><path class=\"line\" d=\"").text(path).raw("\"/></a>\n");
}

// Each with its number at the middle of its way.
void put_corridors(HtmlWriter& html, const Frame& frame, const SeparationPage& page) {
  std::size_t number = 0;
  for (const separation::Corridor& corridor : relief_of(page)) {
    std::vector<base::Point> course;
    for (const std::uint32_t junction : corridor.junctions) {
      course.push_back(page.roads->junctions[junction]);
    }
    const std::string path = path_of(frame, course, false);
    const base::Point middle = course[course.size() / 2];
    html.raw("<a class=\"mark\" href=\"#corridors\" aria-label=\"");
    html.text(fmt::format("Corridor {} for relief, a proposal", ++number));
    html.raw("\"><path class=\"corridor-edge\" d=\"").text(path);
    html.raw("\"/><path class=\"corridor\" d=\"").text(path);
    html.raw("\"/><text class=\"corridor-number\" x=\"");
    html.text(fmt::format("{:.1f}", frame.x(middle) + 6)).raw("\" y=\"");
    html.text(fmt::format("{:.1f}", frame.y(middle) - 6)).raw("\">");
    html.text(fmt::format("{}", number)).raw("</text></a>\n");
  }
}

// A round mark for one side, a square one for the other.
void put_movers(HtmlWriter& html, const Frame& frame, const SeparationPage& page) {
  for (const separation::Move& move : page.plan->moves) {
    const separation::Position& position = page.plan->positions.positions[move.position];
    const double x = frame.x(position.point);
    const double y = frame.y(position.point);
    if (position.side == Side::First) {
      html.raw("<circle class=\"first\" r=\"6\" cx=\"").text(fmt::format("{:.1f}", x));
      html.raw("\" cy=\"").text(fmt::format("{:.1f}", y)).raw("\"/>\n");
    } else {
      html.raw("<rect class=\"second\" width=\"11\" height=\"11\" x=\"");
      html.text(fmt::format("{:.1f}", x - 5.5)).raw("\" y=\"");
      html.text(fmt::format("{:.1f}", y - 5.5)).raw("\"/>\n");
    }
  }
}

void put_scale(HtmlWriter& html, const Frame& frame) {
  const double whole = frame.metres(frame.width() / 4);
  double length = std::pow(10, std::floor(std::log10(whole)));
  length *= whole >= 5 * length ? 5 : whole >= 2 * length ? 2 : 1;
  const double units = length / frame.metres(1);
  const double y = frame.height() - 12;
  html.raw("<path class=\"scale\" d=\"");
  html.text(fmt::format("M{0:.1f} {1:.1f}v6h{2:.1f}v-6", kMargin, y - 6, units));
  html.raw("\"/>\n<text x=\"").text(fmt::format("{:.1f}", kMargin + units + 8));
  html.raw("\" y=\"").text(fmt::format("{:.1f}", y)).raw("\">");
  html.text(length >= 1000 ? fmt::format("{:g} km", length / 1000) : fmt::format("{:g} m", length));
  html.raw("</text>\n<text class=\"stamp\" x=\"").text(fmt::format("{:.1f}", kMargin));
  html.raw("\" y=\"20\">A proposal, not endorsed</text>\n");
}

void open_svg(HtmlWriter& html, double width, double height, const std::string& label) {
  html.raw("<svg role=\"group\" viewBox=\"0 0 ").text(fmt::format("{:.0f} {:.0f}", width, height));
  html.raw("\" aria-label=\"").text(label).raw("\">\n");
}

}  // namespace

void put_separation_map(HtmlWriter& html, const SeparationPage& page, double width) {
  const Frame frame(page, width);
  const std::string name = fmt::format("map-{:.0f}", width);
  open_svg(html, frame.width(), frame.height(),
           "Map of the line, the belts and who must move; everything on it stands in the tables "
           "below");
  put_hatches(html, name);
  put_cells(html, frame, page);
  put_belts(html, frame, page, name);
  put_lines(html, frame, page);
  put_corridors(html, frame, page);
  put_movers(html, frame, page);
  for (const auto& [point, label] : page.labels) {
    html.raw("<text class=\"corridor-number\" text-anchor=\"middle\" x=\"");
    html.text(fmt::format("{:.1f}", frame.x(point))).raw("\" y=\"");
    html.text(fmt::format("{:.1f}", frame.y(point) - 8)).raw("\">").text(label).raw("</text>\n");
  }
  put_scale(html, frame);
  html.raw("</svg>");
}

void put_index_plot(HtmlWriter& html, const SeparationPage& page, double width) {
  constexpr double kHeight = 220;
  constexpr double kLeft = 44;
  constexpr double kBottom = 34;
  const double high = kHeight - kBottom - 14;
  const auto y = [&](double share) { return 14 + (1 - share) * high; };
  const double step = (width - kLeft - 10) / static_cast<double>(page.windows.size());
  open_svg(html, width, kHeight, "The index over time; the same figures stand in the table below");
  for (const double tick : {0.0, 0.5, 1.0}) {
    html.raw("<path class=\"grid\" d=\"");
    html.text(fmt::format("M{} {:.1f}H{:.1f}", kLeft, y(tick), width - 10));
    html.raw("\"/><text class=\"tick\" x=\"8\" y=\"").text(fmt::format("{:.1f}", y(tick) + 4));
    html.raw("\">").text(fmt::format("{:g}", tick)).raw("</text>\n");
  }
  for (std::size_t i = 0; i < page.windows.size(); ++i) {
    const separation::IndexWindow& window = page.windows[i];
    const double x = kLeft + step * static_cast<double>(i);
    if (window.figure) {
      html.raw("<rect class=\"band\" x=\"").text(fmt::format("{:.1f}", x + step * 0.15));
      html.raw("\" width=\"").text(fmt::format("{:.1f}", step * 0.7)).raw("\" y=\"");
      html.text(fmt::format("{:.1f}", y(window.figure->high))).raw("\" height=\"");
      html.text(
          fmt::format("{:.1f}", std::max(y(window.figure->low) - y(window.figure->high), 1.0)));
      html.raw("\"/><path class=\"figure\" d=\"");
      html.text(fmt::format("M{:.1f} {:.1f}h{:.1f}", x + step * 0.1, y(window.figure->index),
                            step * 0.8));
      html.raw("\"/>\n");
    }
    // As many dates as fit.
    const auto every = static_cast<std::size_t>(std::ceil(90 / step));
    if (i % every == 0) {
      html.raw("<text class=\"tick\" y=\"").text(fmt::format("{:.1f}", kHeight - 10));
      html.raw("\" x=\"").text(fmt::format("{:.1f}", x)).raw("\">");
      const base::Date day = base::date_of(window.when.from, page.text->clock.offset);
      html.text(base::to_iso(day)).raw("</text>\n");
    }
  }
  html.raw("</svg>");
}

}  // namespace truce::document::internal
