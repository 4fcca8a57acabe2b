// SPDX-License-Identifier: Apache-2.0
#include "truce/document/waits_page.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "truce/document/internal/packages_view.h"
#include "truce/document/internal/table.h"
#include "truce/document/internal/talks_page.h"

namespace truce::document {
namespace {

using internal::HtmlWriter;
using internal::put_paragraph;
using internal::Table;
using talks::WaitingCircle;

constexpr std::size_t kMostRows = 200;
constexpr std::size_t kMostCircles = 40;
// A circle of more is told as a list alone.
constexpr std::size_t kMostDrawn = 30;
constexpr double kSize = 340;
constexpr double kNode = 15;
constexpr double kArrow = 9;

std::string in_words(const WaitsPage& page, std::uint32_t deed) {
  return talks::to_text(page.commitments->deeds[deed]);
}

struct Spot {
  double x = 0;
  double y = 0;
};

// Clockwise, the first on top.
Spot spot_of(std::size_t at, std::size_t count) {
  const double angle = 2 * std::numbers::pi * static_cast<double>(at) / static_cast<double>(count);
  const double radius = kSize / 2 - kNode - 6;
  return {kSize / 2 + radius * std::sin(angle), kSize / 2 - radius * std::cos(angle)};
}

// From the edge of one node to that of the other, a little aside, so that two that wait for each
// other have two arrows.
void put_arrow(HtmlWriter& html, Spot from, Spot to) {
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  const Spot ahead = {(to.x - from.x) / length, (to.y - from.y) / length};
  const Spot aside = {-ahead.y, ahead.x};
  const auto at = [&](const Spot& base, double along, double across) {
    return Spot{base.x + along * ahead.x + across * aside.x,
                base.y + along * ahead.y + across * aside.y};
  };
  const Spot start = at(from, kNode, 5);
  const Spot end = at(to, -kNode - 2, 5);
  const Spot left = at(end, -kArrow, -kArrow / 2);
  const Spot right = at(end, -kArrow, kArrow / 2);
  html.raw("<path class=\"axis\" d=\"");
  html.text(fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}M{:.1f} {:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}",
                        start.x, start.y, end.x, end.y, left.x, left.y, end.x, end.y, right.x,
                        right.y));
  html.raw("\"/>");
}

bool is_guaranteed(const WaitingCircle& circle, std::uint32_t deed) {
  return std::find(circle.guarantees.begin(), circle.guarantees.end(), deed) !=
         circle.guarantees.end();
}

void draw(HtmlWriter& html, const WaitingCircle& circle) {
  const std::size_t count = circle.witness.size();
  html.raw("<figure class=\"circle\"><svg role=\"img\" aria-label=\"");
  html.text(fmt::format("A circle of {}; the list beside it says the same",
                        internal::counted(count, "deed", "deeds")));
  html.raw("\" viewBox=\"").text(fmt::format("0 0 {0:.0f} {0:.0f}", kSize)).raw("\">");
  for (std::size_t at = 0; count > 1 && at < count; ++at) {
    put_arrow(html, spot_of(at, count), spot_of((at + 1) % count, count));
  }
  for (std::size_t at = 0; at < count; ++at) {
    const Spot spot = spot_of(at, count);
    if (is_guaranteed(circle, circle.witness[at])) {
      html.raw("<circle class=\"ring\" r=\"20\" cx=\"").text(fmt::format("{:.1f}", spot.x));
      html.raw("\" cy=\"").text(fmt::format("{:.1f}", spot.y)).raw("\"/>");
    }
    html.raw("<circle class=\"dot hollow\" r=\"").text(fmt::format("{:.0f}", kNode));
    html.raw("\" cx=\"").text(fmt::format("{:.1f}", spot.x)).raw("\" cy=\"");
    html.text(fmt::format("{:.1f}", spot.y)).raw("\"/><text class=\"letters\" ");
    html.raw("text-anchor=\"middle\" x=\"").text(fmt::format("{:.1f}", spot.x)).raw("\" y=\"");
    html.text(fmt::format("{:.1f}", spot.y + 5)).raw("\">").text(std::to_string(at + 1));
    html.raw("</text>");
  }
  html.raw("</svg></figure>\n");
}

void put_guarantees(HtmlWriter& html, const WaitsPage& page, const WaitingCircle& circle) {
  if (!circle.is_possible) {
    put_paragraph(html, "Acting at one time does not help: it waits for what never comes.");
    return;
  }
  if (circle.guarantees.empty()) {
    return;
  }
  const std::size_t count = circle.guarantees.size();
  put_paragraph(html,
                circle.at_least == count
                    ? fmt::format("Broken by {} that somebody vouches for, and by no fewer:",
                                  internal::counted(count, "deed", "deeds"))
                    : fmt::format("Broken by {} deeds that somebody vouches for; at least {} are "
                                  "needed, and the search ended there:",
                                  count, circle.at_least));
  html.raw("<ul>\n");
  for (std::size_t at = 0; at < std::min(count, kMostRows); ++at) {
    html.raw("<li>").text(in_words(page, circle.guarantees[at])).raw("</li>\n");
  }
  html.raw("</ul>\n");
  if (count > kMostRows) {
    put_paragraph(html,
                  fmt::format("And {} more; --format json lists them all.", count - kMostRows));
  }
}

void put_circle(HtmlWriter& html, const WaitsPage& page, const WaitingCircle& circle,
                std::size_t number) {
  html.raw("<section>\n<h2>");
  html.text(fmt::format("Circle of waits {}: nobody can go first", number)).raw("</h2>\n");
  if (circle.deeds.size() > circle.witness.size() || !circle.is_shortest) {
    put_paragraph(html,
                  fmt::format("{} deeds hold each other up; {} among them:", circle.deeds.size(),
                              circle.is_shortest ? "the shortest circle" : "a circle"));
  }
  const std::size_t count = circle.witness.size();
  if (count <= kMostDrawn) {
    draw(html, circle);
  }
  html.raw("<ol>\n");
  for (std::size_t at = 0; at < std::min(count, kMostRows); ++at) {
    html.raw("<li>").text(in_words(page, circle.witness[at])).raw("<small>");
    html.text(fmt::format("waits for {}{}", (at + 1) % count + 1,
                          is_guaranteed(circle, circle.witness[at])
                              ? "; breaks the circle if somebody vouches for it"
                              : ""));
    html.raw("</small></li>\n");
  }
  html.raw("</ol>\n");
  if (count > kMostRows) {
    put_paragraph(html,
                  fmt::format("And {} more; --format json lists them all.", count - kMostRows));
  }
  put_guarantees(html, page, circle);
  html.raw("</section>\n");
}

void put_circles(HtmlWriter& html, const WaitsPage& page) {
  std::size_t told = 0;
  for (const WaitingCircle& circle : page.order->circles) {
    if (!circle.is_agreed && ++told <= kMostCircles) {
      put_circle(html, page, circle, told);
    }
  }
  if (told > kMostCircles) {
    put_paragraph(html, fmt::format("And {} more circles; --format json lists them all.",
                                    told - kMostCircles));
  }
}

// For each deed that is in one, the circle.
std::vector<const WaitingCircle*> circles_of(const WaitsPage& page) {
  std::vector<const WaitingCircle*> circle_of(page.commitments->deeds.size(), nullptr);
  for (const WaitingCircle& circle : page.order->circles) {
    for (const std::uint32_t deed : circle.deeds) {
      circle_of[deed] = &circle;
    }
  }
  return circle_of;
}

void put_steps(HtmlWriter& html, const WaitsPage& page) {
  std::vector<std::uint32_t> deeds;
  for (std::uint32_t deed = 0; deed < page.order->step.size(); ++deed) {
    if (page.order->step[deed] != 0) {
      deeds.push_back(deed);
    }
  }
  if (deeds.empty()) {
    return;
  }
  std::stable_sort(deeds.begin(), deeds.end(), [&](std::uint32_t left, std::uint32_t right) {
    return page.order->step[left] < page.order->step[right];
  });
  const std::vector<const WaitingCircle*> circle_of = circles_of(page);
  html.raw("<section>\n<h2>Step by step</h2>\n");
  Table table(html, "Step by step");
  table.column("deed").column("step", true).column("how").begin();
  for (std::size_t at = 0; at < std::min(deeds.size(), kMostRows); ++at) {
    const std::uint32_t deed = deeds[at];
    table.row().text(in_words(page, deed));
    table.cell(std::to_string(page.order->step[deed]));
    table.cell(page.order->follows[deed]    ? "nobody goes first on trust"
               : circle_of[deed] == nullptr ? "after an exchange"
               : circle_of[deed]->is_agreed ? "at one time with others, as the text has it"
                                            : "only at one time with others");
    table.end_row();
  }
  table.end();
  if (deeds.size() > kMostRows) {
    put_paragraph(
        html, fmt::format("And {} more; --format json lists them all.", deeds.size() - kMostRows));
  }
  html.raw("</section>\n");
}

void put_never(HtmlWriter& html, const WaitsPage& page) {
  const std::vector<talks::NeverDone> never =
      talks::never_done(page.commitments->graph, *page.order);
  if (never.empty()) {
    return;
  }
  html.raw("<section>\n<h2>Never</h2>\n");
  Table table(html, "Never");
  table.column("deed").column("why").begin();
  for (std::size_t at = 0; at < std::min(never.size(), kMostRows); ++at) {
    table.row().text(in_words(page, never[at].deed));
    table.cell(never[at].waits_for.has_value() ? "waits for " + in_words(page, *never[at].waits_for)
                                               : std::string("nobody commits to it"));
    table.end_row();
  }
  table.end();
  if (never.size() > kMostRows) {
    put_paragraph(
        html, fmt::format("And {} more; --format json lists them all.", never.size() - kMostRows));
  }
  html.raw("</section>\n");
}

void put_proposals(HtmlWriter& html, const WaitsPage& page) {
  if (page.proposals.empty()) {
    return;
  }
  html.raw("<section>\n<h2>What each side's own text gives</h2>\n");
  Table table(html, "What each side's own text gives");
  table.column("text of").column("what it gives").begin();
  for (const WaitsPage::Proposal& proposal : page.proposals) {
    table.row().text(proposal.proposer);
    table.cell(proposal.summary);
    table.end_row();
  }
  table.end();
  html.raw("</section>\n");
}

}  // namespace

std::string order_html(const WaitsPage& page) {
  const std::string title =
      page.title.empty() ? "Who goes first" : fmt::format("Who goes first: {}", page.title);
  HtmlWriter html;
  internal::put_title(html, title, page.summary);
  if (!page.proposals.empty()) {
    put_paragraph(html, "Words are disputed: every wait counts that a side proposes.");
  }
  put_circles(html, page);
  put_steps(html, page);
  put_never(html, page);
  put_proposals(html, page);
  if (!page.commitments->left_out.empty()) {
    put_paragraph(html, "Left out, for they answer an event: " +
                            internal::joined(page.commitments->left_out, ", "));
  }
  internal::put_sources(html, page.read, {});
  return internal::talks_page(title, html);
}

}  // namespace truce::document
