// SPDX-License-Identifier: Apache-2.0
// One sentence a line; a line that is too long goes on, indented further, behind a comma or before
// what is joined.
#include <algorithm>

#include "truce/base/utf8.h"
#include "truce/talks/position_syntax.h"

namespace truce::talks {
namespace {

using language::Token;
using language::TokenKind;

constexpr std::size_t kWidth = 100;
constexpr std::string_view kIndent = "  ";
constexpr std::string_view kFurther = "    ";

class PositionLayout {
 public:
  explicit PositionLayout(const PositionSyntax& position) : position_(&position) {}

  std::string text() {
    const std::vector<Token>& tokens = position_->tokens;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Token& token = tokens[i];
      if (token.kind == TokenKind::Whitespace) {
        has_line_before_ = has_line_before_ || slice(token).find('\n') != std::string_view::npos;
      } else if (token.kind == TokenKind::Comment) {
        comment(slice(token));
      } else if (token.kind == TokenKind::End) {
        end_line();
      } else if (token.kind != TokenKind::Invalid) {
        significant(token, i);
      }
    }
    return out_;
  }

 private:
  [[nodiscard]] std::string_view slice(const Token& token) const {
    return position_->text.slice({position_->source, token.begin, token.end});
  }

  void end_line() {
    if (!line_.empty()) {
      out_ += line_ + "\n";
      line_.clear();
    }
  }
  [[nodiscard]] std::string_view indent() const {
    return is_begun_ ? (is_inside_ ? kFurther : kIndent) : std::string_view();
  }

  // Behind what stands on its line, or on a line of its own.
  void comment(std::string_view words) {
    while (!words.empty() &&
           (words.back() == '\r' || words.back() == ' ' || words.back() == '\t')) {
      words.remove_suffix(1);
    }
    if (has_line_before_ || out_.empty() || line_.empty()) {
      end_line();
    }
    if (line_.empty() && !has_line_before_ && out_.ends_with('\n') && !out_.empty() && is_begun_ &&
        !is_inside_) {
      // Behind the `;` that ended the line before.
      out_.pop_back();
      out_ += " " + std::string(words) + "\n";
    } else if (line_.empty()) {
      out_ += std::string(indent()) + std::string(words) + "\n";
    } else {
      out_ += line_ + " " + std::string(words) + "\n";
      line_.clear();
    }
    has_line_before_ = false;
  }

  // How long the piece is that begins with this token: up to the next comma, `with` or end.
  [[nodiscard]] std::size_t piece(std::size_t from) const {
    const std::vector<Token>& tokens = position_->tokens;
    std::size_t length = 0;
    for (std::size_t i = from; i < tokens.size(); ++i) {
      const Token& token = tokens[i];
      if (token.kind == TokenKind::Whitespace || token.kind == TokenKind::Invalid) {
        continue;
      }
      if (token.kind == TokenKind::Comment || token.kind == TokenKind::End ||
          (i > from && can_break_before(token))) {
        break;
      }
      length += base::count_code_points(slice(token)) + 1;
      if (token.kind == TokenKind::Comma || token.kind == TokenKind::Semicolon ||
          token.kind == TokenKind::Stop) {
        break;
      }
    }
    return length;
  }
  [[nodiscard]] bool can_break_before(const Token& token) const {
    return token.kind == TokenKind::Word &&
           (slice(token) == "with" || slice(token) == "without" || slice(token) == "before");
  }

  void significant(const Token& token, std::size_t index) {
    const bool is_glued = token.kind == TokenKind::Comma || token.kind == TokenKind::Semicolon ||
                          token.kind == TokenKind::Colon || token.kind == TokenKind::Stop ||
                          token.kind == TokenKind::CloseBracket ||
                          previous_ == TokenKind::OpenBracket ||
                          (previous_ == TokenKind::Minus && is_sign_);
    const bool is_start_of_piece = previous_ == TokenKind::Comma || can_break_before(token);
    if (is_start_of_piece && is_inside_ && !line_.empty() &&
        base::count_code_points(line_) + piece(index) > kWidth) {
      end_line();
    }
    if (line_.empty()) {
      line_ = indent();
    } else if (!is_glued) {
      line_ += ' ';
    }
    line_ += slice(token);
    // `worth -5`, but `D - 2 days`.
    is_sign_ = token.kind == TokenKind::Minus && is_after_worth_;
    is_after_worth_ =
        token.kind == TokenKind::Word && (slice(token) == "worth" || slice(token) == "weight");
    previous_ = token.kind;
    is_begun_ = true;
    is_inside_ = token.kind != TokenKind::Semicolon && token.kind != TokenKind::Stop;
    has_line_before_ = false;
    if (token.kind == TokenKind::Semicolon) {
      end_line();
    }
  }

  const PositionSyntax* position_;
  std::string out_;
  std::string line_;
  TokenKind previous_ = TokenKind::Semicolon;
  // Behind the first word, and behind the first of a sentence.
  bool is_begun_ = false;
  bool is_inside_ = false;
  bool is_sign_ = false;
  bool is_after_worth_ = false;
  bool has_line_before_ = false;
};

}  // namespace

std::string format(const PositionSyntax& position) { return PositionLayout(position).text(); }

}  // namespace truce::talks
