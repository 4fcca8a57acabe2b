// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/rich_html.h"

#include <algorithm>

#include "truce/report/phrases.h"

namespace truce::document::internal {

void write(HtmlWriter& html, const report::RichText& text) {
  for (const report::RichText::Piece& piece : text.pieces()) {
    if (piece.link.empty()) {
      html.text(piece.text);
    } else {
      html.raw("<a href=\"#").text(piece.link).raw("\"><bdi>").text(piece.text).raw("</bdi></a>");
    }
  }
}

HtmlWriter clock_drawing(const report::Words& words, const Record& record,
                         const report::ClockView& clock) {
  constexpr std::int64_t kWidth = 600;
  constexpr std::int64_t kEdge = 8;
  const base::Duration offset = record.agreement.clock.offset;
  HtmlWriter html;
  const std::int64_t length = (clock.now - clock.start).seconds;
  if (length <= 0) {
    return html;
  }
  const auto x = [&](base::Instant at) {
    const std::int64_t since = std::clamp<std::int64_t>((at - clock.start).seconds, 0, length);
    return kEdge + since * (kWidth - 2 * kEdge) / length;
  };
  html.raw("<svg class=\"clock\" viewBox=\"0 0 600 36\" role=\"img\" aria-label=\"")
      .text(words.fill("clock.drawing", {{"from", report::instant_text(words, clock.start, offset)},
                                         {"to", report::instant_text(words, clock.now, offset)}}))
      .raw("\">");
  html.raw("<path class=\"axis\" d=\"M8 18H592\"/>");
  for (const report::Run& run : runs_of(clock)) {
    const bool is_whole = run.to - run.from >= clock.period;
    html.raw(is_whole ? Markup("<rect class=\"run whole\" y=\"12\" height=\"12\" x=\"")
                      : Markup("<rect class=\"run\" y=\"12\" height=\"12\" x=\""));
    html.text(std::to_string(x(run.from))).raw("\" width=\"");
    html.text(std::to_string(std::max<std::int64_t>(x(run.to) - x(run.from), 1))).raw("\"><title>");
    html.text(words.fill("clock.run", {{"length", report::length_text(run.to - run.from)},
                                       {"from", report::instant_text(words, run.from, offset)},
                                       {"to", report::instant_text(words, run.to, offset)}}));
    html.raw("</title></rect>");
  }
  for (const report::ClockView::Reset& reset : clock.resets) {
    html.raw(
        reset.is_certain
            ? Markup("<path class=\"reset\" d=\"M0-9 6 0 0 9-6 0Z\" transform=\"translate(")
            : Markup(
                  "<path class=\"reset perhaps\" d=\"M0-7 5 0 0 7-5 0Z\" transform=\"translate("));
    html.text(std::to_string(x(reset.when.from))).raw(" 18)\"><title>");
    html.text(reset_text(words, record, reset).plain()).raw("</title></path>");
  }
  if (clock.earliest_end <= clock.now) {
    html.raw(
        clock.latest_end <= clock.now
            ? Markup("<path class=\"goal\" d=\"M0 0V36M0 2 9 5 0 8\" transform=\"translate(")
            : Markup(
                  "<path class=\"goal perhaps\" d=\"M0 0V36M0 2 9 5 0 8\" transform=\"translate("));
    html.text(
        std::to_string(x(clock.latest_end <= clock.now ? clock.latest_end : clock.earliest_end)));
    html.raw(" 0)\"/>");
  }
  return html.raw("</svg>");
}

}  // namespace truce::document::internal
