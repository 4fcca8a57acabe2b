// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "truce/document/internal/escape.h"

namespace truce::document::internal {

/// A page of `truce talks` around its body: no script, and it asks for nothing.
std::string talks_page(std::string_view title, const HtmlWriter& body);

void put_paragraph(HtmlWriter& html, std::string_view text);

/// The heading, a line below it, and for whom the page is.
void put_title(HtmlWriter& html, std::string_view title, std::string_view lead);

/// What of a text fits so many pixels of a drawing, where a table has it whole.
std::string shortened(const std::string& text, double pixels);

}  // namespace truce::document::internal
