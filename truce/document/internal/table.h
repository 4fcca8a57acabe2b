// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "truce/document/internal/escape.h"

namespace truce::document::internal {

/// A table whose rows a phone shows as blocks: roles are written out, since blocks lose their own,
/// and each cell carries what its column is called.
class Table {
 public:
  Table(HtmlWriter& html, std::string_view label) : html_(html) {
    html_.raw("<div class=\"table-frame\" role=\"region\" tabindex=\"0\" aria-label=\"");
    html_.text(label).raw(
        "\">\n<table role=\"table\">\n<thead role=\"rowgroup\"><tr role=\"row\">");
  }

  Table& column(std::string_view name, bool is_number = false) {
    columns_.push_back({std::string(name), is_number});
    html_.raw("<th role=\"columnheader\" scope=\"col\"").raw(kind(is_number)).raw(">");
    html_.text(name).raw("</th>");
    return *this;
  }
  void begin() { html_.raw("</tr></thead>\n<tbody role=\"rowgroup\">\n"); }

  // The first cell heads its row; what stands in a cell is written behind it.
  HtmlWriter& row(bool is_total = false) {
    html_.raw(is_total ? Markup("<tr role=\"row\" class=\"total\">") : Markup("<tr role=\"row\">"));
    at_ = 0;
    return html_.raw("<th role=\"rowheader\" scope=\"row\">");
  }
  HtmlWriter& cell(std::string_view text = {}) {
    html_.raw(at_ == 0 ? Markup("</th>") : Markup("</td>"));
    at_ = std::min(at_ + 1, columns_.size() - 1);
    html_.raw("<td role=\"cell\"").raw(kind(columns_[at_].is_number)).raw(" data-column=\"");
    return html_.text(columns_[at_].name).raw("\">").text(text);
  }
  void end_row() { html_.raw("</td></tr>\n"); }
  void end() { html_.raw("</tbody>\n</table>\n</div>\n"); }

 private:
  struct Column {
    std::string name;
    bool is_number = false;
  };

  static Markup kind(bool is_number) {
    return is_number ? Markup(" class=\"number\"") : Markup("");
  }

  HtmlWriter& html_;
  std::vector<Column> columns_;
  std::size_t at_ = 0;
};

}  // namespace truce::document::internal
