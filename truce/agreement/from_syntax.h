// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/result.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/language/syntax_tree.h"

namespace truce::agreement {

/// The GeoJSON texts beside an agreement, by file name.
using AnnexFiles = std::map<std::string, std::string>;

/// What resolution reads besides the trees: the vocabulary it may name, and the annexes.
struct Surroundings {
  Vocabulary vocabulary;
  AnnexFiles annexes;
};

/// The vocabulary written in a tree; its mistakes go to `sink`.
Vocabulary read_vocabulary(const language::SyntaxTree& tree, diagnostics::Sink& sink);

/// The agreement that the trees make together: the agreement first, then its companion if there is
/// one; their `source()` numbers are their places in `trees`. Always returns a value: what could
/// not be resolved is reported and left out or marked Undefined.
Agreement from_syntax(const std::vector<const language::SyntaxTree*>& trees,
                      const Surroundings& surroundings, diagnostics::Sink& sink);

}  // namespace truce::agreement
