// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/packages/closeness.h"
#include "truce/packages/conflicts.h"
#include "truce/packages/frontier.h"
#include "truce/packages/solutions.h"

namespace truce::document {

/// How the draft puts an issue, where the issues are its brackets.
struct BracketWords {
  // The words of the sentence before the bracket: `for`; may be empty.
  std::string lead;
  // For each option who proposes it, as the draft names them: `North and South`; empty for nobody.
  std::vector<std::string> proposers;
};

/// A package that a page speaks of: marked in the plot, and told in full below it.
struct MarkedPackage {
  packages::Package package;
  // What it is: `What is on the table`.
  std::string title;
  // One letter that stands for it in the plot.
  std::string letters;
  // The id of its part of the page.
  std::string id;
};

/// What a page about packages is made from. The parts pointed to must outlive it.
struct PackagesPage {
  const packages::Game* game = nullptr;
  const packages::Frontier* frontier = nullptr;
  const packages::Solutions* solutions = nullptr;
  packages::GainFrom gain_from = packages::GainFrom::Zero;
  const packages::Closeness* closeness = nullptr;
  // None where they were not found.
  const packages::Conflicts* sticking_points = nullptr;
  // One for each issue, or none at all.
  std::vector<BracketWords> words;
  // Besides those that a rule chose.
  std::vector<MarkedPackage> marked = {};
  // The files that were read, and what was read otherwise than might be expected.
  std::vector<std::string> read;
  std::vector<std::string> notes;
};

/// One HTML file that asks for nothing and has no script: how close the sides are, the plot of the
/// frontier, what the rules choose and what each side gets and gives in it, and the frontier as a
/// table of at most 200 rows. For whoever mediates: what a position says can be read from it. The
/// same answer gives the same bytes.
std::string packages_html(const PackagesPage& page);

}  // namespace truce::document
