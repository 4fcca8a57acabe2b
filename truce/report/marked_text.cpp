// SPDX-License-Identifier: Apache-2.0
#include "truce/report/marked_text.h"

#include <algorithm>

namespace truce::report {
namespace {

bool is_space(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f' ||
         byte == '\v';
}

// For each byte of the clause whether a deciding span holds it.
std::vector<bool> marks_of(base::Span whole, const std::vector<base::Span>& deciding) {
  std::vector<bool> marks(whole.end - whole.begin, false);
  for (const base::Span& span : deciding) {
    if (span.source != whole.source) {
      continue;
    }
    const std::uint32_t begin = std::clamp(span.begin, whole.begin, whole.end);
    const std::uint32_t end = std::clamp(span.end, begin, whole.end);
    for (std::uint32_t at = begin; at < end; ++at) {
      marks[at - whole.begin] = true;
    }
  }
  return marks;
}

void append(std::vector<MarkedPart>& parts, char byte, bool is_deciding) {
  if (parts.empty() || parts.back().is_deciding != is_deciding) {
    parts.push_back({"", is_deciding});
  }
  parts.back().text += byte;
}

}  // namespace

std::vector<MarkedPart> marked_clause(const Record& record, agreement::ClauseId clause,
                                      const std::vector<base::Span>& deciding) {
  const agreement::Clause& written = record.agreement.clause(clause);
  const base::Span whole = written.span;
  if (whole.source >= record.sources.size()) {
    return {{written.text, false}};
  }
  return marked_text(record.sources[whole.source]->slice(whole), whole, deciding);
}

std::vector<MarkedPart> marked_text(std::string_view text, base::Span whole,
                                    const std::vector<base::Span>& deciding) {
  const std::vector<bool> marks = marks_of(whole, deciding);
  std::vector<MarkedPart> parts;
  bool is_quoted = false;
  bool is_space_due = false;
  bool was_deciding = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_quoted && text.substr(at).starts_with("--")) {
      at = std::min(text.find('\n', at), text.size());
      is_space_due = true;
      continue;
    }
    if (is_space(text[at])) {
      is_space_due = true;
      continue;
    }
    is_quoted = is_quoted != (text[at] == '"');
    if (is_space_due && !parts.empty()) {
      // A space is marked only between marked words.
      append(parts, ' ', was_deciding && marks[at]);
    }
    is_space_due = false;
    was_deciding = marks[at];
    append(parts, text[at], was_deciding);
  }
  return parts;
}

}  // namespace truce::report
