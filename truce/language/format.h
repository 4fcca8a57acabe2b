// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/language/syntax_tree.h"

namespace truce::language {

/// The one canonical layout. Every comment is kept; parsing the result gives the same structure,
/// and formatting it again the same text. Text inside Error nodes is kept as it was written.
std::string format(const SyntaxTree& tree);

}  // namespace truce::language
