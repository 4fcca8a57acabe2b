// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/document/packages_page.h"
#include "truce/packages/exchange.h"
#include "truce/packages/robustness.h"

namespace truce::document {

// Each page is one HTML file that asks for nothing and has no script, for whoever mediates, as that
// of packages is. The same answer gives the same bytes. Where the frontier has no points only what
// the page speaks of is drawn.

/// How close the sides are, the plot, and the least concession in full. No rule chooses anything.
std::string close_html(const PackagesPage& page);

/// What a page about what stands in the way is made from. The parts pointed to must outlive it.
struct ConflictsPage {
  const packages::Game* game = nullptr;
  // What is numbered in the sets, in words.
  std::vector<std::string> demands;
  const packages::Conflicts* among_demands = nullptr;
  const packages::Conflicts* among_issues = nullptr;
  std::vector<std::string> read;
  std::vector<std::string> notes;
};

/// Sets of demands and of issues that cannot stand together, and what would do: drawn, and as
/// tables.
std::string blocks_html(const ConflictsPage& page);

/// What a page about the next step is made from; `on_table` among what `game` marks.
struct NextPage {
  PackagesPage game;
  bool is_deal_there = false;
  const packages::Package* on_table = nullptr;
  // Null where there is none.
  const packages::DemandPair* demands = nullptr;
  const packages::Exchange* exchange = nullptr;
};

/// The smallest exchange from what is on the table, or the smallest pair of concessions.
std::string next_html(NextPage page);

/// What a page about how sure a package is is made from.
struct RobustPage {
  PackagesPage game;
  // Null where no package is accepted by all; then only `game` is looked at.
  const packages::Package* package = nullptr;
  const std::vector<packages::Errors>* errors = nullptr;
  const packages::Robustness* robustness = nullptr;
  // Null where it was not counted; `not_found` says why.
  const packages::Unsettled* unsettled = nullptr;
  // The best question in words; empty where there is none.
  std::string question;
  std::string not_found;
};

/// Whether the package survives errors in the sides' numbers, and what is best asked.
std::string robust_html(RobustPage page);

}  // namespace truce::document
