// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
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
  std::string_view words;
  // The number of its clause; empty in a list.
  std::string_view clause;
};

/// `4.1 North shall open Roads`.
std::string to_text(const Deed& deed);

/// Deeds by number, from 0. Their letters stand in one piece of memory, as there may be millions.
class DeedList {
 public:
  void add(const Deed& deed);
  [[nodiscard]] std::size_t size() const { return ends_.size() - 1; }
  /// Holds until one is added.
  [[nodiscard]] Deed operator[](std::size_t deed) const;
  /// The memory in which it stands is about to be read.
  void foresee_place(std::size_t deed) const { __builtin_prefetch(&ends_[deed]); }
  void foresee_letters(std::size_t deed) const {
    __builtin_prefetch(letters_.data() + ends_[deed].clause);
  }

 private:
  // Where the words end, and the clause behind them.
  struct Ends {
    std::size_t words = 0;
    std::size_t clause = 0;
  };
  std::string letters_;
  std::vector<Ends> ends_ = {{}};
};

/// Conditional commitments, and what the deeds in their graph are.
struct Commitments {
  DeedList deeds;
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
