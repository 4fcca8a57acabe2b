// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "truce/document/internal/escape.h"

namespace truce::document::internal {

/// What is drawn of a frontier: numbers to draw with, never to decide with.
struct Plot {
  struct Axis {
    std::string party;
    std::optional<double> walk_away;
    // The walk-away value as it is told.
    std::string walk_away_text;
  };
  struct Dot {
    // One for each axis.
    std::vector<double> at;
    bool is_accepted = false;
  };
  struct Mark {
    Dot dot;
    // Of the rules that choose it, the first letters: `NK`.
    std::string letters;
    // What it is, for who does not see it.
    std::string told;
    // The id of the element where more stands.
    std::string target;
  };

  std::vector<Axis> axes;
  std::vector<Dot> frontier;
  // Feasible packages that are bettered; two axes alone.
  std::vector<Dot> bettered;
  std::vector<Mark> marks;
};

/// Two axes as a scatter, more as one track for each side, in an SVG that is `width` wide.
void put_plot(HtmlWriter& html, const Plot& plot, double width);

}  // namespace truce::document::internal
