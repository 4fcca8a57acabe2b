// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/packages_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

namespace truce::document::internal {
namespace {

constexpr double kLetterWidth = 11;
constexpr double kLineHeight = 18;
constexpr double kRadius = 5;
constexpr double kTrackHeight = 92;
constexpr double kSide = 22;

std::string number(double value) { return fmt::format("{:.1f}", value); }

// The least and the greatest that is drawn on an axis, a little further out on both sides.
struct Range {
  double least = 0;
  double most = 1;

  [[nodiscard]] double share(double value) const { return (value - least) / (most - least); }
};

void widen(Range& range, double value, bool& is_first) {
  range.least = is_first ? value : std::min(range.least, value);
  range.most = is_first ? value : std::max(range.most, value);
  is_first = false;
}

Range range_of(const Plot& plot, std::size_t axis) {
  Range range;
  bool is_first = true;
  for (const auto* dots : {&plot.frontier, &plot.bettered}) {
    for (const Plot::Dot& dot : *dots) {
      widen(range, dot.at[axis], is_first);
    }
  }
  for (const Plot::Mark& mark : plot.marks) {
    widen(range, mark.dot.at[axis], is_first);
  }
  if (plot.axes[axis].walk_away.has_value()) {
    widen(range, *plot.axes[axis].walk_away, is_first);
  }
  const double room = range.most > range.least ? (range.most - range.least) * 0.06 : 1;
  return {range.least - room, range.most + room};
}

// Round numbers inside the range, four to eight of them.
std::vector<double> ticks_of(const Range& range) {
  const double rough = (range.most - range.least) / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  double step = power * 10;
  for (const double factor : {5.0, 2.0, 1.0}) {
    if (factor * power >= rough) {
      step = factor * power;
    }
  }
  std::vector<double> ticks;
  const auto first = static_cast<std::int64_t>(std::ceil(range.least / step));
  for (std::int64_t i = first; static_cast<double>(i) * step <= range.most; ++i) {
    ticks.push_back(static_cast<double>(i) * step);
  }
  return ticks;
}

struct Box {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;

  [[nodiscard]] bool meets(const Box& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

void put_text(HtmlWriter& html, double x, double y, std::string_view text, bool is_end = false) {
  html.raw(is_end ? Markup("<text text-anchor=\"end\" x=\"") : Markup("<text x=\""));
  html.text(number(x)).raw("\" y=\"").text(number(y)).raw("\">").text(text).raw("</text>");
}

void put_line(HtmlWriter& html, Markup kind, const std::string& path) {
  html.raw("<path class=\"").raw(kind).raw("\" d=\"").text(path).raw("\"/>");
}

// Filled where all accept it, hollow where not: told by shape, not by colour.
void put_dot(HtmlWriter& html, double x, double y, bool is_accepted, double radius) {
  html.raw(is_accepted ? Markup("<circle class=\"dot\" cx=\"")
                       : Markup("<circle class=\"dot hollow\" cx=\""));
  html.text(number(x)).raw("\" cy=\"").text(number(y)).raw("\" r=\"").text(number(radius));
  html.raw("\"/>");
}

void open_svg(HtmlWriter& html, const Plot& plot, double width, double height) {
  std::string parties;
  for (const Plot::Axis& axis : plot.axes) {
    parties += (parties.empty() ? "" : ", ") + axis.party;
  }
  html.raw("<svg role=\"group\" aria-label=\"");
  html.text(
      fmt::format("Plot of what packages are worth to {}; the tables below say the same", parties));
  html.raw("\" viewBox=\"").text(fmt::format("0 0 {:.0f} {:.0f}", width, height)).raw("\">");
}

// A package that a rule chose: a link to where it is told.
void open_mark(HtmlWriter& html, const Plot::Mark& mark) {
  html.raw("<a class=\"mark\" href=\"#").text(mark.target).raw("\" aria-label=\"");
  html.text(mark.told).raw("\"><title>").text(mark.told).raw("</title>");
}

// Two sides: one across, one up.
class Scatter {
 public:
  Scatter(const Plot& plot, double width)
      : plot_(plot),
        width_(width),
        bottom_(std::round(std::min(width * 0.85, 470.0))),
        across_(range_of(plot, 0)),
        up_(range_of(plot, 1)) {}

  void put(HtmlWriter& html) {
    open_svg(html, plot_, width_, bottom_ + 62);
    html.raw("<g aria-hidden=\"true\">");
    put_accepted(html);
    put_axes(html);
    put_walk_away(html);
    for (const Plot::Dot& dot : plot_.bettered) {
      html.raw("<circle class=\"speck\" r=\"1.6\" cx=\"").text(number(x(dot.at[0])));
      html.raw("\" cy=\"").text(number(y(dot.at[1]))).raw("\"/>");
    }
    for (const Plot::Dot& dot : plot_.frontier) {
      put_dot(html, x(dot.at[0]), y(dot.at[1]), dot.is_accepted,
              plot_.frontier.size() > 200 ? 2.5 : kRadius);
    }
    html.raw("</g>");
    for (const Plot::Mark& mark : plot_.marks) {
      put_mark(html, mark);
    }
    html.raw("</svg>");
  }

 private:
  [[nodiscard]] double x(double value) const {
    return kLeft + across_.share(value) * (width_ - kLeft - kRight);
  }
  [[nodiscard]] double y(double value) const {
    return bottom_ - up_.share(value) * (bottom_ - kTop);
  }

  // Where both get as much as walking away is worth.
  void put_accepted(HtmlWriter& html) const {
    const auto& [one, other] = std::tie(plot_.axes[0].walk_away, plot_.axes[1].walk_away);
    if (!one.has_value() && !other.has_value()) {
      return;
    }
    const double left = one.has_value() ? x(*one) : kLeft;
    const double bottom = other.has_value() ? y(*other) : bottom_;
    html.raw("<rect class=\"accepted\" x=\"").text(number(left)).raw("\" y=\"");
    html.text(number(kTop)).raw("\" width=\"").text(number(width_ - kRight - left));
    html.raw("\" height=\"").text(number(bottom - kTop)).raw("\"/>");
  }

  void put_axes(HtmlWriter& html) const {
    for (const double tick : ticks_of(across_)) {
      put_line(html, "grid", fmt::format("M{:.1f} {:.1f}V{:.1f}", x(tick), kTop, bottom_));
      html.raw("<text class=\"tick\" text-anchor=\"middle\" x=\"").text(number(x(tick)));
      html.raw("\" y=\"").text(number(bottom_ + 20)).raw("\">").text(fmt::format("{:g}", tick));
      html.raw("</text>");
    }
    for (const double tick : ticks_of(up_)) {
      put_line(html, "grid", fmt::format("M{:.1f} {:.1f}H{:.1f}", kLeft, y(tick), width_ - kRight));
      html.raw("<text class=\"tick\" text-anchor=\"end\" x=\"").text(number(kLeft - 7));
      html.raw("\" y=\"").text(number(y(tick) + 5)).raw("\">").text(fmt::format("{:g}", tick));
      html.raw("</text>");
    }
    put_line(html, "axis",
             fmt::format("M{:.1f} {:.1f}V{:.1f}H{:.1f}", kLeft, kTop, bottom_, width_ - kRight));
    put_text(html, 4, 16, fmt::format("↑ worth to {}", plot_.axes[1].party));
    put_text(html, width_ - kRight, bottom_ + 46, fmt::format("worth to {} →", plot_.axes[0].party),
             true);
  }

  void put_walk_away(HtmlWriter& html) {
    if (const auto& value = plot_.axes[0].walk_away) {
      put_line(html, "walk", fmt::format("M{:.1f} {:.1f}V{:.1f}", x(*value), kTop, bottom_));
      const std::string text = fmt::format("no deal {}", plot_.axes[0].walk_away_text);
      const bool is_end = x(*value) > width_ / 2;
      put_text(html, x(*value) + (is_end ? -5 : 5), bottom_ - 7, text, is_end);
    }
    if (const auto& value = plot_.axes[1].walk_away) {
      put_line(html, "walk",
               fmt::format("M{:.1f} {:.1f}H{:.1f}", kLeft, y(*value), width_ - kRight));
      put_text(html, kLeft + 5, y(*value) - 6,
               fmt::format("no deal {}", plot_.axes[1].walk_away_text));
    }
  }

  // The first place around the dot where the letters cover neither other letters nor the edge.
  Box place_letters(double at_x, double at_y, double text_width) {
    constexpr std::array<std::pair<double, double>, 8> kPlaces = {
        {{1, -1}, {1, 0}, {1, 1}, {0, -1}, {-1, -1}, {0, 1}, {-1, 0}, {-1, 1}}};
    Box best;
    for (const double far : {10.0, 24.0}) {
      for (const auto& [right, down] : kPlaces) {
        const double middle_x = at_x + right * (far + text_width / 2);
        const double middle_y = at_y + down * (far + kLineHeight / 3);
        const Box box = {middle_x - text_width / 2, middle_y - kLineHeight / 2,
                         middle_x + text_width / 2, middle_y + kLineHeight / 2};
        const bool is_free =
            box.left > kLeft && box.right < width_ && box.top > kTop - kLineHeight &&
            box.bottom < bottom_ &&
            std::none_of(
                taken_.begin(), taken_.end(), [&](const Box& other) { return box.meets(other); });
        if (is_free) {
          taken_.push_back(box);
          return box;
        }
        best = taken_.empty() || best.right == 0 ? box : best;
      }
    }
    return best;
  }

  void put_mark(HtmlWriter& html, const Plot::Mark& mark) {
    const double at_x = x(mark.dot.at[0]);
    const double at_y = y(mark.dot.at[1]);
    open_mark(html, mark);
    html.raw("<circle class=\"ring\" r=\"10\" cx=\"").text(number(at_x)).raw("\" cy=\"");
    html.text(number(at_y)).raw("\"/>");
    put_dot(html, at_x, at_y, mark.dot.is_accepted, kRadius);
    const double text_width = kLetterWidth * static_cast<double>(mark.letters.size()) + 4;
    const Box box = place_letters(at_x, at_y, text_width);
    html.raw("<text class=\"letters\" text-anchor=\"middle\" x=\"");
    html.text(number((box.left + box.right) / 2)).raw("\" y=\"").text(number(box.bottom - 4));
    html.raw("\">").text(mark.letters).raw("</text></a>");
  }

  static constexpr double kLeft = 50;
  static constexpr double kRight = 14;
  static constexpr double kTop = 30;

  const Plot& plot_;
  double width_;
  double bottom_;
  Range across_;
  Range up_;
  std::vector<Box> taken_;
};

// More sides: a track for each, one below the other; what belongs to one package is joined.
class Tracks {
 public:
  Tracks(const Plot& plot, double width) : plot_(plot), width_(width) {
    for (std::size_t axis = 0; axis < plot.axes.size(); ++axis) {
      ranges_.push_back(range_of(plot, axis));
    }
  }

  void put(HtmlWriter& html) const {
    open_svg(html, plot_, width_, kTrackHeight * static_cast<double>(plot_.axes.size()) + 6);
    html.raw("<g aria-hidden=\"true\">");
    for (std::size_t mark = 0; mark < plot_.marks.size(); ++mark) {
      put_join(html, mark);
    }
    for (std::size_t axis = 0; axis < plot_.axes.size(); ++axis) {
      put_track(html, axis);
    }
    html.raw("</g>");
    for (const Plot::Mark& mark : plot_.marks) {
      put_mark(html, mark);
    }
    html.raw("</svg>");
  }

 private:
  [[nodiscard]] double x(std::size_t axis, double value) const {
    return kSide + ranges_[axis].share(value) * (width_ - 2 * kSide);
  }
  [[nodiscard]] static double y(std::size_t axis) {
    return kTrackHeight * static_cast<double>(axis) + 58;
  }

  void put_track(HtmlWriter& html, std::size_t axis) const {
    put_line(html, "axis", fmt::format("M{:.1f} {:.1f}H{:.1f}", kSide, y(axis), width_ - kSide));
    const std::vector<double> ticks = ticks_of(ranges_[axis]);
    for (const double tick : ticks) {
      put_line(html, "axis", fmt::format("M{:.1f} {:.1f}v5", x(axis, tick), y(axis)));
      html.raw("<text class=\"tick\" text-anchor=\"middle\" x=\"").text(number(x(axis, tick)));
      html.raw("\" y=\"").text(number(y(axis) + 20)).raw("\">").text(fmt::format("{:g}", tick));
      html.raw("</text>");
    }
    for (const Plot::Dot& dot : plot_.frontier) {
      put_line(html, "sliver", fmt::format("M{:.1f} {:.1f}v8", x(axis, dot.at[axis]), y(axis) - 4));
    }
    const Plot::Axis& own = plot_.axes[axis];
    std::string text = fmt::format("worth to {} →", own.party);
    if (own.walk_away.has_value()) {
      put_line(html, "walk",
               fmt::format("M{:.1f} {:.1f}v-26v32", x(axis, *own.walk_away), y(axis) + 6));
      text += fmt::format("  (dashed: no deal {})", own.walk_away_text);
    }
    put_text(html, 4, y(axis) - 36, text);
  }

  // Each in its own dashes.
  void put_join(HtmlWriter& html, std::size_t index) const {
    constexpr std::array<Markup, 6> kDashes = {"join d0", "join d1", "join d2",
                                               "join d3", "join d4", "join d5"};
    const Plot::Mark& mark = plot_.marks[index];
    std::string path;
    for (std::size_t axis = 0; axis < plot_.axes.size(); ++axis) {
      path += fmt::format("{}{:.1f} {:.1f}", axis == 0 ? "M" : "L", x(axis, mark.dot.at[axis]),
                          y(axis));
    }
    put_line(html, kDashes[index % kDashes.size()], path);
  }

  // Letters of marks that are near each other stand side by side, in order.
  [[nodiscard]] double letters_at(const Plot::Mark& mark, std::size_t axis) const {
    std::vector<std::pair<double, const Plot::Mark*>> order;
    for (const Plot::Mark& other : plot_.marks) {
      order.emplace_back(x(axis, other.dot.at[axis]), &other);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& left, const auto& right) { return left.first < right.first; });
    const auto half = [](const Plot::Mark& one) {
      return (kLetterWidth * static_cast<double>(one.letters.size()) + 6) / 2;
    };
    double free_from = 0;
    double middle = 0;
    for (const auto& [at, other] : order) {
      middle = std::max(at, free_from + half(*other));
      free_from = middle + half(*other);
      if (other == &mark) {
        break;
      }
    }
    return std::min(middle, width_ - half(mark));
  }

  void put_mark(HtmlWriter& html, const Plot::Mark& mark) const {
    open_mark(html, mark);
    for (std::size_t axis = 0; axis < plot_.axes.size(); ++axis) {
      put_dot(html, x(axis, mark.dot.at[axis]), y(axis), mark.dot.is_accepted, kRadius);
      html.raw("<text class=\"letters\" text-anchor=\"middle\" x=\"");
      html.text(number(letters_at(mark, axis))).raw("\" y=\"").text(number(y(axis) - 12));
      html.raw("\">").text(mark.letters).raw("</text>");
    }
    html.raw("</a>");
  }

  const Plot& plot_;
  double width_;
  std::vector<Range> ranges_;
};

}  // namespace

void put_plot(HtmlWriter& html, const Plot& plot, double width) {
  if (plot.axes.size() == 2) {
    Scatter(plot, width).put(html);
  } else {
    Tracks(plot, width).put(html);
  }
}

}  // namespace truce::document::internal
