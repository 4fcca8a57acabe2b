// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/talks/commitments.h"

namespace truce::document {

/// What a page about who goes first is made from. The parts pointed to must outlive it.
struct WaitsPage {
  // What the text is called; may be empty.
  std::string title;
  const talks::Commitments* commitments = nullptr;
  const talks::Order* order = nullptr;
  // In one line: how many deeds follow, how many circles there are.
  std::string summary;
  struct Proposal {
    std::string proposer;
    std::string summary;
  };
  // What each side's own words of a draft would give.
  std::vector<Proposal> proposals;
  std::vector<std::string> read;
};

/// One HTML file that asks for nothing and has no script: each circle of waits drawn and as a list,
/// what breaks it, in which step each deed follows, and what never comes. At most 200 rows and 40
/// circles. The same answer gives the same bytes.
std::string order_html(const WaitsPage& page);

}  // namespace truce::document
