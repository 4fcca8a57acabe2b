// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truce/report/record.h"

namespace truce::report {

/// A stretch of a clause, and whether its words decided a verdict.
struct MarkedPart {
  std::string text;
  bool is_deciding = false;

  friend bool operator==(const MarkedPart&, const MarkedPart&) = default;
};

/// The clause as written, comments left out and white space folded, with the words of `deciding`
/// marked. Spans outside the clause mark nothing.
std::vector<MarkedPart> marked_clause(const Record& record, agreement::ClauseId clause,
                                      const std::vector<base::Span>& deciding);

/// The same of a text: `text` stands at `whole` in its source.
std::vector<MarkedPart> marked_text(std::string_view text, base::Span whole,
                                    const std::vector<base::Span>& deciding);

}  // namespace truce::report
