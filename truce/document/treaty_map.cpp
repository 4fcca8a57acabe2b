// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/treaty_map.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace truce::document::internal {
namespace {

constexpr double kWidth = 640;
constexpr double kMargin = 28;
constexpr double kMetresInDegree = 111'320;
constexpr double kSmallest = 1e-4;
constexpr double kPi = 3.14159265358979323846;

struct Box {
  double west = 180;
  double east = -180;
  double south = 90;
  double north = -90;

  void add(base::Point point) {
    west = std::min(west, point.longitude.degrees);
    east = std::max(east, point.longitude.degrees);
    south = std::min(south, point.latitude.degrees);
    north = std::max(north, point.latitude.degrees);
  }
  void add(const std::vector<base::Point>& points) {
    for (const base::Point& point : points) {
      add(point);
    }
  }
};

Box box_of(const encoding::GeoJsonFeature& shape) {
  Box box;
  for (const auto& polygon : shape.polygons) {
    for (const auto& ring : polygon) {
      box.add(ring);
    }
  }
  for (const auto& line : shape.lines) {
    box.add(line);
  }
  box.add(shape.points);
  return box;
}

class Sheet {
 public:
  explicit Sheet(const Drawing& drawing) {
    for (const Drawing::Feature& feature : drawing.features) {
      const Box own = box_of(feature.shape);
      box_.west = std::min(box_.west, own.west);
      box_.east = std::max(box_.east, own.east);
      box_.south = std::min(box_.south, own.south);
      box_.north = std::max(box_.north, own.north);
    }
    shrink_ = std::max(0.05, std::cos((box_.south + box_.north) / 2 * kPi / 180));
    const double wide = std::max((box_.east - box_.west) * shrink_, kSmallest);
    const double high = std::max(box_.north - box_.south, kSmallest);
    // A tall drawing is not made wider than the sheet is high.
    scale_ = std::min((kWidth - 2 * kMargin) / wide, (kWidth - 2 * kMargin) / high);
    left_ = (kWidth - wide * scale_) / 2;
    height_ = high * scale_ + 2 * kMargin + 18;
  }

  [[nodiscard]] double height() const { return height_; }
  [[nodiscard]] double x(base::Point point) const {
    return left_ + (point.longitude.degrees - box_.west) * shrink_ * scale_;
  }
  [[nodiscard]] double y(base::Point point) const {
    return kMargin + (box_.north - point.latitude.degrees) * scale_;
  }
  [[nodiscard]] double metres(double pixels) const { return pixels / scale_ * kMetresInDegree; }

  [[nodiscard]] std::string path(const std::vector<base::Point>& points, bool is_closed) const {
    std::string out;
    for (const base::Point& point : points) {
      out += fmt::format("{}{:.1f} {:.1f}", out.empty() ? "M" : "L", x(point), y(point));
    }
    return is_closed ? out + "Z" : out;
  }

 private:
  Box box_;
  double shrink_ = 1;
  double scale_ = 1;
  double left_ = 0;
  double height_ = 0;
};

// 1, 2 or 5 times a power of ten, at most `metres`.
double round_length(double metres) {
  double length = std::pow(10, std::floor(std::log10(std::max(metres, 1.0))));
  for (const double factor : {5.0, 2.0}) {
    if (length * factor <= metres) {
      return length * factor;
    }
  }
  return length;
}

void put_shape(HtmlWriter& html, const Sheet& sheet, const encoding::GeoJsonFeature& shape) {
  for (const auto& polygon : shape.polygons) {
    std::string path;
    for (const auto& ring : polygon) {
      path += sheet.path(ring, true);
    }
    html.raw("<path class=\"area\" fill-rule=\"evenodd\" d=\"").text(path).raw("\"/>");
  }
  for (const auto& line : shape.lines) {
    html.raw("<path class=\"line\" d=\"").text(sheet.path(line, false)).raw("\"/>");
  }
  for (const base::Point& point : shape.points) {
    html.raw("<circle class=\"point\" r=\"4\" cx=\"").text(fmt::format("{:.1f}", sheet.x(point)));
    html.raw("\" cy=\"").text(fmt::format("{:.1f}", sheet.y(point))).raw("\"/>");
  }
}

void put_scale(HtmlWriter& html, const Sheet& sheet) {
  const double length = round_length(sheet.metres(160));
  const double pixels = length / sheet.metres(1);
  const double base = sheet.height() - 10;
  html.raw("<path class=\"scale\" d=\"")
      .text(fmt::format("M{0:.1f} {1:.1f}v6h{2:.1f}v-6", kMargin, base - 6, pixels))
      .raw("\"/><text x=\"")
      .text(fmt::format("{:.1f}", kMargin + pixels + 6))
      .raw("\" y=\"")
      .text(fmt::format("{:.1f}", base))
      .raw("\">")
      .text(length >= 1000 ? fmt::format("{:.0f} km", length / 1000)
                           : fmt::format("{:.0f} m", length))
      .raw("</text>");
}

}  // namespace

void put_map(HtmlWriter& html, const Drawing& drawing, const std::vector<std::string>& names,
             const std::string& label) {
  const Sheet sheet(drawing);
  html.raw("<svg role=\"img\" aria-label=\"").text(label).raw("\" viewBox=\"");
  html.text(fmt::format("0 0 {:.0f} {:.0f}", kWidth, sheet.height())).raw("\">");
  for (const Drawing::Feature& feature : drawing.features) {
    put_shape(html, sheet, feature.shape);
  }
  std::set<std::string> named;
  for (std::size_t i = 0; i < drawing.features.size(); ++i) {
    const Drawing::Feature& feature = drawing.features[i];
    if (!named.insert(feature.place).second) {
      continue;
    }
    const Box box = box_of(feature.shape);
    const base::Point middle{{(box.south + box.north) / 2}, {(box.west + box.east) / 2}};
    const bool is_point = feature.shape.polygons.empty() && feature.shape.lines.empty();
    html.raw("<text text-anchor=\"middle\" x=\"").text(fmt::format("{:.1f}", sheet.x(middle)));
    html.raw("\" y=\"").text(fmt::format("{:.1f}", sheet.y(middle) + (is_point ? -9 : 4)));
    html.raw("\">").text(i < names.size() ? names[i] : feature.place).raw("</text>");
  }
  put_scale(html, sheet);
  html.raw("</svg>");
}

}  // namespace truce::document::internal
