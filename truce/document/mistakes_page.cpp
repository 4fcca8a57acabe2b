// SPDX-License-Identifier: Apache-2.0
#include "truce/document/mistakes_page.h"

#include <fmt/format.h>

#include "truce/document/internal/packages_view.h"
#include "truce/document/internal/talks_page.h"

namespace truce::document {

std::string mistakes_html(const MistakesPage& page) {
  const std::string title =
      page.title.empty() ? page.question : fmt::format("{}: {}", page.question, page.title);
  internal::HtmlWriter html;
  internal::put_title(html, title, "Not asked: the text has mistakes.");
  html.raw("<section>\n<h2>What is to be mended</h2>\n");
  html.raw("<div class=\"table-frame\" role=\"region\" tabindex=\"0\" aria-label=\"Mistakes\">");
  html.raw("\n<pre>\n").text(page.drawn).raw("</pre>\n</div>\n</section>\n");
  internal::put_sources(html, page.read, {});
  return internal::talks_page(title, html);
}

}  // namespace truce::document
