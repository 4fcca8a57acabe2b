// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/talks_page.h"

#include "truce/base/utf8.h"
#include "truce/document/internal/embedded.h"

namespace truce::document::internal {

std::string talks_page(std::string_view title, const HtmlWriter& body) {
  HtmlWriter head;
  head.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
  head.raw(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n");
  head.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  head.text(title).raw("</title>\n<style>\n");
  HtmlWriter html;
  html.raw("</style>\n</head>\n<body>\n<main>\n").add(body).raw("</main>\n</body>\n</html>\n");
  std::string text = head.str();
  text += kPackagesStyle;
  return text + html.str();
}

void put_paragraph(HtmlWriter& html, std::string_view text) {
  html.raw("<p>").text(text).raw("</p>\n");
}

void put_title(HtmlWriter& html, std::string_view title, std::string_view lead) {
  html.raw("<h1>").text(title).raw("</h1>\n<p class=\"lead\">").text(lead);
  html.raw(
      "</p>\n<p class=\"notice\">For whoever mediates, and nobody else: what the sides keep to "
      "themselves can be read from this page.</p>\n");
}

std::string shortened(const std::string& text, double pixels) {
  constexpr double kLetterWidth = 8;
  const auto most = static_cast<std::size_t>(pixels / kLetterWidth);
  if (base::count_code_points(text) <= most) {
    return text;
  }
  std::string cut;
  std::size_t letters = 0;
  for (const char byte : text) {
    const bool is_first = (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    letters += is_first ? 1 : 0;
    if (letters >= most) {
      break;
    }
    cut += byte;
  }
  return cut + "…";
}

}  // namespace truce::document::internal
