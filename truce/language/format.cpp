// SPDX-License-Identifier: Apache-2.0
#include "truce/language/format.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "truce/base/check.h"
#include "truce/base/utf8.h"
#include "truce/language/lexer.h"

namespace truce::language {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::uint16_t kEntryIndent = 2;
constexpr std::uint16_t kParticularIndent = 6;
// How much further a line that is too long goes on.
constexpr std::uint16_t kWrapIndent = 2;

// What stands before a token.
enum class Gap : std::uint8_t {
  None,
  // A space, or a new line where this one would be too long.
  Space,
  Line,
  // An empty line, as between sentences.
  Sentence,
  // As it was written, as inside text that fits no production.
  Kept,
};

struct Placing {
  Gap gap = Gap::Space;
  // Of a new line before the token.
  std::uint16_t indent = 0;
  // Where a piece that should stay on one line ends, for its first token; 0 for the others.
  std::uint32_t piece_end = 0;
};

Gap gap_before(TokenKind kind) {
  const bool is_glued = kind == TokenKind::Semicolon || kind == TokenKind::Stop ||
                        kind == TokenKind::Comma || kind == TokenKind::Colon ||
                        kind == TokenKind::CloseBracket;
  return is_glued ? Gap::None : Gap::Space;
}

// Decides from the tree what stands before each significant token.
class Layout {
 public:
  explicit Layout(const SyntaxTree& tree) : tree_(&tree), placings_(tree.tokens().size()) {
    for (std::size_t token = 0; token < placings_.size(); ++token) {
      placings_[token].gap = gap_before(tree.tokens()[token].kind);
    }
    for (const Element& element : elements_of(tree.root().index())) {
      TRUCE_CHECK(!element.is_token, "a document is made of sentences and of errors");
      place_sentence(element.index);
    }
    placings_.back() = {Gap::Sentence, 0};
  }

  [[nodiscard]] const Placing& operator[](std::size_t token) const { return placings_[token]; }

 private:
  [[nodiscard]] std::span<const Element> elements_of(std::uint32_t node) const {
    const SyntaxTree::Node& record = tree_->nodes()[node];
    return std::span(tree_->elements()).subspan(record.first_child, record.child_count);
  }
  [[nodiscard]] TokenKind kind_of(std::uint32_t token) const { return tree_->tokens()[token].kind; }
  [[nodiscard]] std::uint32_t first_token_of(const Element& element) const {
    return element.is_token ? element.index : tree_->nodes()[element.index].first_token;
  }

  void place_sentence(std::uint32_t node);
  void place_inside(std::uint32_t node, std::uint16_t indent);
  void place_options(std::uint32_t node);

  const SyntaxTree* tree_;
  std::vector<Placing> placings_;
};

// Whether the parts of this kind of sentence stand on lines of their own.
bool has_parts(NodeKind kind) {
  constexpr NodeKind kKinds[] = {
      NodeKind::TruceHeader, NodeKind::Parties, NodeKind::Guarantors,    NodeKind::Outside,
      NodeKind::Others,      NodeKind::Bodies,  NodeKind::Places,        NodeKind::Things,
      NodeKind::Situations,  NodeKind::Moments, NodeKind::Clause,        NodeKind::Harms,
      NodeKind::Scenario,    NodeKind::Kinds,   NodeKind::VocabularyAct, NodeKind::Parameters};
  return std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds);
}

// Whether the part stands beside the number of its clause, or beside `act`.
bool is_clause_body(NodeKind kind) {
  return kind == NodeKind::Norm || kind == NodeKind::Phases || kind == NodeKind::Reservation ||
         kind == NodeKind::Verb || kind == NodeKind::Watch;
}

// Whether entries of this kind have options behind commas.
bool has_options(NodeKind kind) {
  constexpr NodeKind kKinds[] = {NodeKind::Party,      NodeKind::Outsider, NodeKind::Body,
                                 NodeKind::Place,      NodeKind::Thing,    NodeKind::Kind,
                                 NodeKind::MomentEntry};
  return std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds);
}

void Layout::place_sentence(std::uint32_t node) {
  const SyntaxTree::Node& record = tree_->nodes()[node];
  const bool is_clause = record.kind == NodeKind::Clause;
  const std::uint16_t indent = is_clause ? kParticularIndent : kEntryIndent;
  place_inside(node, static_cast<std::uint16_t>(indent + kWrapIndent));
  if (has_parts(record.kind)) {
    bool is_after_semicolon = false;
    for (const Element& element : elements_of(node)) {
      if (element.is_token) {
        is_after_semicolon = kind_of(element.index) == TokenKind::Semicolon;
        continue;
      }
      const NodeKind kind = tree_->nodes()[element.index].kind;
      // What is left of a part that does not fit goes on where it began to fail.
      const bool begins = kind == NodeKind::Error ? is_after_semicolon : !is_clause_body(kind);
      if (begins) {
        placings_[first_token_of(element)] = {Gap::Line, indent};
      }
      is_after_semicolon = false;
    }
  }
  placings_[record.first_token] = {Gap::Sentence, 0};
}

// The places of signs, and of what stays as it was; `indent` is that of lines that go on.
void Layout::place_inside(std::uint32_t node, std::uint16_t indent) {
  const SyntaxTree::Node& record = tree_->nodes()[node];
  bool is_glued = false;
  for (const Element& element : elements_of(node)) {
    const std::uint32_t first = first_token_of(element);
    if (element.is_token) {
      placings_[first].indent = indent;
    } else {
      place_inside(element.index, indent);
    }
    const TokenKind kind = kind_of(first);
    const bool is_sign = kind == TokenKind::Plus || kind == TokenKind::Minus;
    const bool is_offset = record.kind == NodeKind::ClockLine && element.is_token && is_sign;
    if (is_glued || is_offset) {
      placings_[first].gap = Gap::None;
    }
    is_glued = is_offset || (element.is_token && kind == TokenKind::OpenBracket);
  }
  if (has_options(record.kind)) {
    place_options(node);
  }
  if (record.kind == NodeKind::Error) {
    for (std::uint32_t token = record.first_token; token < record.token_end; ++token) {
      placings_[token].gap = Gap::Kept;
    }
  }
}

// What follows a comma of an entry stays together where it can.
void Layout::place_options(std::uint32_t node) {
  const std::span<const Element> elements = elements_of(node);
  std::uint32_t end = tree_->nodes()[node].token_end;
  for (std::size_t at = elements.size(); at-- > 1;) {
    const Element& comma = elements[at - 1];
    if (comma.is_token && kind_of(comma.index) == TokenKind::Comma) {
      placings_[first_token_of(elements[at])].piece_end = end;
      end = comma.index;
    }
  }
}

bool is_line_end(char byte) { return byte == '\n' || byte == '\r'; }

std::size_t count_line_ends(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_half = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    count += is_line_end(text[at]) && !is_half ? 1 : 0;
  }
  return count;
}

class Writer {
 public:
  explicit Writer(const SyntaxTree& tree) : tree_(&tree), layout_(tree) {}

  std::string run() {
    std::uint32_t trivia = 0;
    for (std::uint32_t token = 0; token < tree_->tokens().size(); ++token) {
      if (is_trivia(tree_->tokens()[token].kind)) {
        continue;
      }
      write_gap(trivia, token);
      write(tree_->token_text(token));
      trivia = token + 1;
    }
    return std::move(text_);
  }

 private:
  [[nodiscard]] TokenKind kind_of(std::uint32_t token) const { return tree_->tokens()[token].kind; }
  void write_gap(std::uint32_t first_trivia, std::uint32_t token);
  void write_plain_gap(const Placing& placing, std::uint32_t token);
  void write_comments(std::uint32_t first_trivia, std::uint32_t token);

  // The characters from one token up to another, with a space between two.
  [[nodiscard]] std::size_t length_of(std::uint32_t token, std::uint32_t end) const {
    std::size_t length = 0;
    for (std::uint32_t at = token; at < end && length <= kWidth; ++at) {
      if (!is_trivia(kind_of(at))) {
        length += base::count_code_points(tree_->token_text(at));
        length += at > token && layout_[at].gap != Gap::None ? 1 : 0;
      }
    }
    return length;
  }

  void write(std::string_view text) {
    text_ += text;
    const std::size_t line_end = text.find_last_of("\r\n");
    if (line_end == std::string_view::npos) {
      column_ += base::count_code_points(text);
    } else {
      column_ = base::count_code_points(text.substr(line_end + 1));
    }
  }
  void new_line(std::size_t indent, bool has_empty_line) {
    text_ += has_empty_line ? "\n\n" : "\n";
    text_.append(indent, ' ');
    column_ = indent;
  }

  const SyntaxTree* tree_;
  Layout layout_;
  std::string text_;
  std::size_t column_ = 0;
};

void Writer::write_gap(std::uint32_t first_trivia, std::uint32_t token) {
  const Placing& placing = layout_[token];
  bool has_comment = false;
  bool is_kept = placing.gap == Gap::Kept;
  for (std::uint32_t at = first_trivia; at < token; ++at) {
    has_comment = has_comment || kind_of(at) == TokenKind::Comment;
    // Bytes that belong to no token could join others: all around them stays as it is.
    is_kept = is_kept || kind_of(at) == TokenKind::Invalid;
  }
  if (is_kept) {
    for (std::uint32_t at = first_trivia; at < token; ++at) {
      write(tree_->token_text(at));
    }
  } else if (has_comment) {
    write_comments(first_trivia, token);
  } else {
    write_plain_gap(placing, token);
  }
}

void Writer::write_plain_gap(const Placing& placing, std::uint32_t token) {
  if (kind_of(token) == TokenKind::End) {
    text_ += text_.empty() ? "" : "\n";
    return;
  }
  if (text_.empty()) {
    return;
  }
  switch (placing.gap) {
    case Gap::None:
    case Gap::Kept:
      return;
    case Gap::Line:
      new_line(placing.indent, false);
      return;
    case Gap::Sentence:
      new_line(placing.indent, true);
      return;
    case Gap::Space:
      break;
  }
  // Text in quotes stays with the word before it.
  const bool can_wrap = kind_of(token) != TokenKind::String;
  const std::size_t length = length_of(token, std::max(placing.piece_end, token + 1));
  const bool fits = column_ + 1 + length <= kWidth;
  const bool fits_nowhere = placing.piece_end > 0 && placing.indent + length > kWidth;
  if (can_wrap && !fits && !(fits_nowhere && column_ + 1 + length_of(token, token + 1) <= kWidth)) {
    new_line(placing.indent, false);
  } else {
    write(" ");
  }
}

// A comment stays behind its token where it stood on the same line, else on lines of its own.
void Writer::write_comments(std::uint32_t first_trivia, std::uint32_t token) {
  const Placing& placing = layout_[token];
  const bool is_between = placing.gap == Gap::Sentence;
  std::size_t line_ends = 0;
  bool is_first_line = true;
  for (std::uint32_t at = first_trivia; at < token; ++at) {
    std::string_view text = tree_->token_text(at);
    if (kind_of(at) != TokenKind::Comment) {
      line_ends += count_line_ends(text);
      continue;
    }
    text = text.substr(0, text.find_last_not_of(" \t") + 1);
    if (!text_.empty()) {
      if (line_ends == 0) {
        write(" ");
      } else {
        // Between sentences an empty line shows what a comment belongs to.
        new_line(placing.indent, is_between && (is_first_line || line_ends > 1));
        is_first_line = false;
      }
    } else {
      is_first_line = false;
    }
    write(text);
    line_ends = 0;
  }
  if (kind_of(token) == TokenKind::End) {
    text_ += '\n';
    return;
  }
  new_line(placing.indent, is_between && (is_first_line || line_ends > 1));
}

}  // namespace

std::string format(const SyntaxTree& tree) {
  // Where a quotation is not closed, nobody can say what belongs to it.
  for (std::uint32_t token = 0; token < tree.tokens().size(); ++token) {
    if (!is_closed(tree.token_text(token))) {
      return std::string(tree.source_text().text());
    }
  }
  return Writer(tree).run();
}

}  // namespace truce::language
