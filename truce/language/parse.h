// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "truce/base/source_text.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/language/syntax_tree.h"

namespace truce::language {

/// The tree of any text, however broken: what fits no production stands in Error nodes and is
/// reported once per cause. Linear in the text; nesting is limited, so no text overflows the stack.
SyntaxTree parse(base::SourceText text, std::uint32_t source, diagnostics::Sink& sink);

}  // namespace truce::language
