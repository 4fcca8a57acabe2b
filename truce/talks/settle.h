// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/agreement/agreement.h"
#include "truce/base/result.h"
#include "truce/language/syntax_tree.h"

namespace truce::talks {

/// The text of a draft with each bracket settled as the reading says, in the canonical layout.
/// Comments are kept, those inside a bracket too. `tree` is the draft itself, its first source, and
/// has no errors. Fails with InvalidArgument where what is left is no text: `none` cannot stand for
/// what a sentence cannot do without.
base::Result<std::string> settle(const language::SyntaxTree& tree,
                                 const agreement::Agreement& draft,
                                 const agreement::Reading& reading);

}  // namespace truce::talks
