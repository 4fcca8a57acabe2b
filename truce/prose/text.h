// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace truce::prose {

/// A stretch of a sentence; `is_proposer` marks who proposed the bracket that ends before it, to be
/// raised.
struct Run {
  std::string text;
  bool is_proposer = false;

  friend bool operator==(const Run&, const Run&) = default;
};

/// A sentence or several, or part of one.
using Text = std::vector<Run>;

/// Its letters, proposers as `^RF`.
std::string to_plain(const Text& text);

}  // namespace truce::prose
