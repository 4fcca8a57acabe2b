// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace truce::document {

/// What a page in place of an answer is made from: the text has mistakes, and was not asked.
struct MistakesPage {
  // What was asked, as the title of the page.
  std::string question;
  // What the text is called; may be empty.
  std::string title;
  // The mistakes as they are drawn for a terminal, without colour.
  std::string drawn;
  std::vector<std::string> read;
};

/// One HTML file that asks for nothing and has no script. The same mistakes give the same bytes.
std::string mistakes_html(const MistakesPage& page);

}  // namespace truce::document
