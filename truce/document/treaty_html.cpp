// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "truce/base/utf8.h"
#include "truce/document/internal/embedded.h"
#include "truce/document/internal/escape.h"
#include "truce/document/internal/treaty_blocks.h"
#include "truce/document/internal/treaty_map.h"
#include "truce/document/treaty.h"

namespace truce::document {
namespace {

using internal::Block;
using internal::Document;
using internal::Drawing;
using internal::HtmlWriter;
using internal::Markup;
using What = Block::What;

void put(HtmlWriter& html, const prose::Text& text) {
  for (const prose::Run& run : text) {
    if (run.is_proposer) {
      html.raw("<sup>").text(run.text).raw("</sup>");
    } else {
      html.text(run.text);
    }
  }
}

// The heading of one column: its language and direction.
void open_column(HtmlWriter& html, const Document& document) {
  html.raw("<div lang=\"").text(document.language).raw("\" dir=\"");
  html.text(document.is_right_to_left ? "rtl" : "ltr").raw("\">");
}

std::string letter(const Document& document, std::size_t index) {
  if (index >= base::count_code_points(document.letters)) {
    return std::to_string(index + 1);
  }
  std::string_view rest = document.letters;
  for (std::size_t i = 0; i < index; ++i) {
    rest.remove_prefix(std::max<std::size_t>(base::decode_utf8(rest).length, 1));
  }
  return std::string(rest.substr(0, base::decode_utf8(rest).length));
}

void put_lines(HtmlWriter& html, const std::vector<std::string>& lines) {
  if (lines.empty()) {
    return;
  }
  html.raw("<ul class=\"lines\">");
  for (const std::string& line : lines) {
    html.raw("<li>").text(line).raw("</li>");
  }
  html.raw("</ul>");
}

void put_more(HtmlWriter& html, const std::vector<prose::Text>& more) {
  bool is_first = true;
  for (const prose::Text& text : more) {
    html.text(is_first ? "" : " ");
    put(html, text);
    is_first = false;
  }
}

void put_items(HtmlWriter& html, const Document& document, const Block& block) {
  html.raw("<ol>");
  for (std::size_t i = 0; i < block.items.size(); ++i) {
    const bool is_last = i + 1 == block.items.size();
    html.raw("<li>(").text(letter(document, i)).raw(") ");
    put(html, block.items[i]);
    html.text(is_last ? document.stop : document.semicolon).raw("</li>");
  }
  html.raw("</ol>");
}

void put_clause(HtmlWriter& html, const Document& document, const Block& block, bool has_id) {
  html.raw("<p class=\"clause\"");
  if (has_id && !block.label.empty()) {
    html.raw(" id=\"c").text(block.label).raw("\"");
  }
  html.raw(">");
  if (!block.label.empty()) {
    html.raw("<span class=\"number\">").text(block.label).raw("</span>");
  }
  put(html, block.text);
  if (block.items.empty() && !block.more.empty()) {
    html.text(" ");
    put_more(html, block.more);
  }
  html.raw("</p>");
  if (!block.items.empty()) {
    put_items(html, document, block);
    if (!block.more.empty()) {
      html.raw("<p class=\"clause\">");
      put_more(html, block.more);
      html.raw("</p>");
    }
  }
  if (!block.mark.empty()) {
    html.raw("<p class=\"mark\">◊ ").text(block.mark).raw("</p>");
  }
}

void put_block(HtmlWriter& html, const Document& document, const Block& block, bool is_first) {
  switch (block.what) {
    case What::Title:
      html.raw("<h1>");
      put(html, block.text);
      html.raw("</h1>");
      break;
    case What::Centred:
      html.raw("<p class=\"centred\">");
      put(html, block.text);
      html.raw("</p>");
      break;
    case What::Draft:
      html.raw("<div class=\"draft\"><strong>");
      put(html, block.text);
      html.raw("</strong>");
      put_lines(html, block.lines);
      html.raw("</div>");
      break;
    case What::Article:
      html.raw("<h2>");
      if (!block.label.empty()) {
        html.raw("<span class=\"label\">").text(block.label).raw("</span> ");
      }
      put(html, block.text);
      html.raw("</h2>");
      break;
    case What::Group:
      html.raw("<h3>");
      put(html, block.text);
      html.raw("</h3>");
      break;
    case What::Definition:
      html.raw("<p class=\"definition\">");
      put(html, block.text);
      html.raw("</p>");
      break;
    case What::Clause:
    case What::Sentence:
      put_clause(html, document, block, is_first);
      break;
    case What::Remark:
      html.raw("<p class=\"remark\">");
      if (!block.label.empty()) {
        html.raw("<span class=\"number\">").text(block.label).raw("</span>");
      }
      put(html, block.text);
      html.raw("</p>");
      break;
    case What::Map:
      html.raw("<p class=\"centred\">");
      put(html, block.text);
      html.raw("</p>");
      put_lines(html, block.lines);
      break;
    case What::About:
      html.raw("<h2>");
      put(html, block.text);
      html.raw("</h2>");
      put_lines(html, block.lines);
      break;
  }
}

void put_row(HtmlWriter& html, const std::vector<Document>& documents, std::size_t row,
             const std::vector<Drawing>& drawings) {
  const Block& first = documents.front().blocks[row];
  if (first.what == What::Map) {
    html.raw("<figure>");
    internal::put_map(html, drawings[first.map], first.names, prose::to_plain(first.text));
    html.raw("</figure>\n");
  }
  html.raw(first.what == What::About ? Markup("<div class=\"row about\">")
                                     : Markup("<div class=\"row\">"));
  bool is_first = true;
  for (const Document& document : documents) {
    open_column(html, document);
    put_block(html, document, document.blocks[row], is_first);
    html.raw("</div>");
    is_first = false;
  }
  html.raw("</div>\n");
}

}  // namespace

std::string treaty_html(const Treaty& treaty) {
  const std::vector<Drawing> drawings = internal::drawings_of(treaty);
  std::vector<Document> documents;
  for (const prose::Lexicon* lexicon : treaty.lexicons) {
    documents.push_back(internal::document_in(treaty, *lexicon, drawings));
  }
  HtmlWriter html;
  html.raw("<!DOCTYPE html>\n<html lang=\"").text(documents.front().language).raw("\" dir=\"");
  html.text(documents.front().is_right_to_left ? "rtl" : "ltr").raw("\">\n<head>\n");
  html.raw("<meta charset=\"utf-8\">\n");
  html.raw(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n");
  html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  html.text(documents.front().title).raw("</title>\n<style>\n");
  std::string page = html.str();
  page += internal::kTreatyStyle;
  HtmlWriter body;
  body.raw("</style>\n</head>\n<body>\n")
      .raw(documents.size() > 1 ? Markup("<main class=\"two\">\n") : Markup("<main>\n"));
  for (std::size_t row = 0; row < documents.front().blocks.size(); ++row) {
    put_row(body, documents, row, drawings);
  }
  body.raw("</main>\n</body>\n</html>\n");
  return page + body.str();
}

}  // namespace truce::document
