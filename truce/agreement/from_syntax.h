// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/result.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/language/syntax_tree.h"

namespace truce::agreement {

/// The GeoJSON texts beside an agreement, by file name.
using AnnexFiles = std::map<std::string, std::string>;

/// What stands for a parameter: a number, or what a file of places draws.
struct Setting {
  std::optional<std::int64_t> number;
  std::shared_ptr<const geometry::Region> places;
};
using Settings = std::map<std::string, Setting>;

/// What resolution reads besides the trees: the vocabulary it may name, the annexes, and what is
/// set for parameters.
struct Surroundings {
  Vocabulary vocabulary;
  AnnexFiles annexes;
  Settings settings = {};
};

/// The vocabulary written in a tree; its mistakes go to `sink`.
Vocabulary read_vocabulary(const language::SyntaxTree& tree, diagnostics::Sink& sink);

/// The agreement that the trees make together: the agreement first, then its companion if there is
/// one; their `source()` numbers are their places in `trees`. Always returns a value: what could
/// not be resolved is reported and left out or marked Undefined.
Agreement from_syntax(const std::vector<const language::SyntaxTree*>& trees,
                      const Surroundings& surroundings, diagnostics::Sink& sink);

}  // namespace truce::agreement
