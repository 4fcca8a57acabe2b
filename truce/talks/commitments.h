// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/result.h"
#include "truce/language/syntax_tree.h"
#include "truce/talks/order.h"

namespace truce::talks {

/// What somebody would do, as it stands in the list or the text.
struct Deed {
  // `North does open Roads`, `North shall open Roads`.
  std::string words;
  // The number of its clause; empty in a list.
  std::string clause;
};

/// `4.1 North shall open Roads`.
std::string to_text(const Deed& deed);

/// Conditional commitments, and what the deeds in their graph are.
struct Commitments {
  std::vector<Deed> deeds;
  CommitmentGraph graph;
  // Numbers of duties that begin only with a breach, a notice or the like: no part of the order.
  std::vector<std::string> left_out;
};

/// A plain list, a line for each: `A does x if B does y and C does z`. Fails with InvalidArgument,
/// naming `name` and the line, for a line that is not of this form and for a list of none.
base::Result<Commitments> read_commitments(std::string_view name, std::string_view text);

/// Those of the clauses of an agreement without errors: what they say of `upon`, `from day 1 of`,
/// `reciprocally with` and reciprocal phases. Where words are disputed, every wait that somebody
/// proposes counts; agreement::in_reading() chooses before. `text`: what the spans point into.
Commitments commitments_in(const agreement::Agreement& agreement, const language::SyntaxTree& text);

}  // namespace truce::talks
