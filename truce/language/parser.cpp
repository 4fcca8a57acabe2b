// SPDX-License-Identifier: Apache-2.0
// The parser's hands: tokens, parts of sentences, and going on after a failure.
#include "truce/language/internal/parser.h"

#include <algorithm>

namespace truce::language {
namespace {

using diagnostics::Kind;

// How often one part is read again after a slip was mended.
constexpr std::size_t kMaxReadings = 8;

constexpr Symbol kSubjectStarts[] = {Symbol::Name,       Symbol::Each,        Symbol::Its,
                                     Symbol::That,       Symbol::Another,     Symbol::No,
                                     Symbol::Anyone,     Symbol::OpenBracket, Symbol::Reserved,
                                     Symbol::Reciprocal, Symbol::Report};

constexpr Symbol kSectionsOfNames[] = {
    Symbol::Parties, Symbol::Guarantors, Symbol::Others,  Symbol::Bodies, Symbol::Places,
    Symbol::Things,  Symbol::Situations, Symbol::Moments, Symbol::Harms,  Symbol::Kinds};

bool is_one_of(Symbol symbol, std::span<const Symbol> symbols) {
  return std::find(symbols.begin(), symbols.end(), symbol) != symbols.end();
}

Symbol number_symbol(std::string_view text) {
  const auto points = std::count(text.begin(), text.end(), '.');
  const bool has_letter = text.back() >= 'a' && text.back() <= 'z';
  if (has_letter || points > 1) {
    return Symbol::Clause;
  }
  return points == 1 ? Symbol::Decimal : Symbol::Number;
}

Symbol symbol_of(TokenKind kind, std::string_view text) {
  switch (kind) {
    case TokenKind::Word:
      return find_word(text);
    case TokenKind::Name:
    case TokenKind::QuotedName:
      return Symbol::Name;
    case TokenKind::Number:
      return number_symbol(text);
    case TokenKind::Date:
      return Symbol::Date;
    case TokenKind::Time:
      return Symbol::Time;
    case TokenKind::String:
      return Symbol::String;
    case TokenKind::Semicolon:
      return Symbol::Semicolon;
    case TokenKind::Stop:
      return Symbol::Stop;
    case TokenKind::Comma:
      return Symbol::Comma;
    case TokenKind::Colon:
      return Symbol::Colon;
    case TokenKind::Equals:
      return Symbol::Equals;
    case TokenKind::Plus:
      return Symbol::Plus;
    case TokenKind::Minus:
      return Symbol::Minus;
    case TokenKind::Bar:
      return Symbol::Bar;
    case TokenKind::OpenBracket:
      return Symbol::OpenBracket;
    case TokenKind::CloseBracket:
      return Symbol::CloseBracket;
    case TokenKind::Whitespace:
    case TokenKind::Comment:
    case TokenKind::Invalid:
    case TokenKind::End:
      return Symbol::End;
  }
  return Symbol::End;
}

}  // namespace

Parser::Parser(SyntaxTree& tree, diagnostics::Sink& sink)
    : tree_(&tree), sink_(&sink), builder_(tree) {
  items_.reserve(tree.tokens().size() / 2 + 1);
  for (std::uint32_t token = 0; token < tree.tokens().size(); ++token) {
    const TokenKind kind = tree.tokens()[token].kind;
    if (!is_trivia(kind)) {
      items_.push_back({token, symbol_of(kind, tree.token_text(token))});
    }
  }
}

Symbol Parser::ahead(std::size_t count) const {
  return items_[std::min(position_ + count, items_.size() - 1)].symbol;
}

std::string_view Parser::text_ahead(std::size_t count) const {
  return tree_->token_text(items_[std::min(position_ + count, items_.size() - 1)].token);
}

base::Span Parser::span_ahead(std::size_t count) const {
  return tree_->token_span(items_[std::min(position_ + count, items_.size() - 1)].token);
}

base::Span Parser::last_span() const {
  return tree_->token_span(items_[position_ == 0 ? 0 : position_ - 1].token);
}

base::Span Parser::end_of_last() const {
  const base::Span last = last_span();
  return {last.source, last.end, last.end};
}

bool Parser::at(Symbol symbol) {
  expected_.set(static_cast<std::size_t>(symbol));
  return now() == symbol;
}

bool Parser::at_number() {
  expected_.set(static_cast<std::size_t>(Symbol::Number));
  return now() == Symbol::Number || now() == Symbol::Decimal;
}

bool Parser::at_clause() {
  expected_.set(static_cast<std::size_t>(Symbol::Clause));
  return now() == Symbol::Clause || now() == Symbol::Decimal;
}

void Parser::take() {
  builder_.add_token(items_[position_].token);
  ++position_;
  expected_.reset();
}

bool Parser::accept(Symbol symbol) {
  if (!at(symbol)) {
    return false;
  }
  take();
  return true;
}

bool Parser::expect(Symbol symbol) { return accept(symbol) || fail(); }

bool Parser::words(std::initializer_list<Symbol> symbols) {
  return std::all_of(symbols.begin(), symbols.end(),
                     [this](Symbol symbol) { return expect(symbol); });
}

bool Parser::one_of(std::initializer_list<Symbol> symbols) {
  return std::any_of(symbols.begin(), symbols.end(),
                     [this](Symbol symbol) { return accept(symbol); }) ||
         fail();
}

bool Parser::word() {
  if (at(Symbol::Word) || is_fixed_word(now())) {
    take();
    return true;
  }
  return fail();
}

bool Parser::string() { return expect(Symbol::String); }

bool Parser::number() {
  if (!at_number()) {
    return fail();
  }
  // No list has a number before a comma.
  const bool has_comma =
      ahead(1) == Symbol::Comma && ahead(2) == Symbol::Number && text_ahead(2).size() == 3;
  if (!has_comma) {
    take();
    return true;
  }
  const base::Span span = base::join(span_ahead(0), span_ahead(2));
  const std::string plain = std::string(text_ahead(0)) + std::string(text_ahead(2));
  report({.kind = Kind::ThousandsSeparator,
          .span = span,
          .arguments = {std::string(tree_->source_text().slice(span)), plain},
          .fix = diagnostics::Fix{span, plain, "write `" + plain + "`"}});
  // Error nodes keep their text as it stands: the number stays in one piece.
  const Open error(*this, NodeKind::Error);
  take();
  take();
  take();
  return true;
}

bool Parser::clause_number() {
  if (!at_clause()) {
    return fail();
  }
  take();
  return true;
}

bool Parser::date() { return expect(Symbol::Date); }

bool Parser::time() {
  if (!at(Symbol::Time)) {
    return fail();
  }
  const std::string text(text_ahead(0));
  std::string plain = text[1] == ':' ? "0" + text : text;
  plain.resize(5);
  if (plain != text) {
    report({.kind = Kind::TimeForm,
            .span = span_ahead(0),
            .arguments = {text, plain},
            .fix = diagnostics::Fix{span_ahead(0), plain, "write `" + plain + "`"}});
  }
  take();
  return true;
}

bool Parser::name() {
  if (!at(Symbol::Name)) {
    return fail();
  }
  const auto kind_now = [this] { return tree_->tokens()[items_[position_].token].kind; };
  const bool is_quoted = kind_now() == TokenKind::QuotedName;
  take();
  while (!is_quoted && now() == Symbol::Name && kind_now() != TokenKind::QuotedName) {
    // A fixed word with a capital that nobody would use in a name.
    if (text_ahead(0) == "Shall" || text_ahead(0) == "SHALL") {
      break;
    }
    take();
  }
  return true;
}

Parser::State Parser::save() const { return {builder_.mark(), position_, pending_.size()}; }

void Parser::go_back(const State& state) {
  builder_.go_back(state.mark);
  position_ = state.position;
  pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(state.pending), pending_.end());
  expected_.reset();
  failed_at_ = SIZE_MAX;
  depth_ = 0;
  is_in_act_ = false;
  is_in_occurrence_ = false;
}

// Reads one part, again where a slip in it was mended. False when it does not fit; what was read of
// it stays in the tree.
bool Parser::attempt(const Parts& parts) {
  const State start = save();
  for (std::size_t reading = 1;; ++reading) {
    can_mend_ = reading < kMaxReadings;
    is_mended_ = false;
    depth_ = 0;
    also_understood_ = {};
    const bool fits = (this->*parts.read)() && ends_part(parts);
    is_in_act_ = false;
    is_in_occurrence_ = false;
    if (fits || !is_mended_) {
      flush();
      return fits;
    }
    go_back(start);
  }
}

bool Parser::ends_part(const Parts& parts) {
  is_in_act_ = false;
  is_in_occurrence_ = false;
  if (at(Symbol::Semicolon) || at(Symbol::Stop) || now() == Symbol::End || at_sentence_start()) {
    return true;
  }
  if (now() == Symbol::By && ahead(1) != Symbol::Notice) {
    return fail_by();
  }
  if (starts_part(parts, 0) || (now() == Symbol::Comma && starts_part(parts, 1))) {
    return true;
  }
  also_understood_ = parts.starts;
  return fail();
}

void Parser::part(const Parts& parts) {
  if (!attempt(parts)) {
    pass_over();
    failed_at_ = position_;
  }
}

void Parser::rest_of_sentence(const Parts& parts) {
  while (!accept(Symbol::Stop)) {
    const bool has_failed = failed_at_ == position_;
    if (now() == Symbol::Semicolon) {
      if (!part_after_semicolon(parts)) {
        return;
      }
    } else if (now() == Symbol::End || at_sentence_start()) {
      if (!has_failed) {
        missing_stop(parts);
      }
      return;
    } else {
      part_without_semicolon(parts);
    }
  }
}

// False where no part follows, since another sentence begins.
bool Parser::part_after_semicolon(const Parts& parts) {
  take();
  if (now() == Symbol::Semicolon || now() == Symbol::Stop) {
    report({.kind = Kind::EmptyPart,
            .span = now() == Symbol::Stop ? last_span() : span_ahead(0),
            .arguments = {";", std::string(text_ahead(0))},
            .fix = diagnostics::Fix{last_span(), "", "take one out"}});
    flush();
    // A row of them is one slip.
    while (now() == Symbol::Semicolon && ahead(1) == Symbol::Semicolon) {
      take();
    }
    return true;
  }
  if (now() == Symbol::End || at_sentence_start()) {
    report({.kind = Kind::SemicolonAtEnd,
            .span = last_span(),
            .arguments = {parts.sentence},
            .fix = diagnostics::Fix{last_span(), ".", "write `.`"}});
    flush();
    return false;
  }
  part(parts);
  return true;
}

void Parser::part_without_semicolon(const Parts& parts) {
  if (now() == Symbol::Comma && starts_part(parts, 1)) {
    report({.kind = Kind::CommaForSemicolon,
            .span = span_ahead(0),
            .arguments = {std::string(text_ahead(1))},
            .fix = diagnostics::Fix{span_ahead(0), ";", "write `;`"}});
    flush();
    take_as_error();
    part(parts);
  } else if (starts_part(parts, 0)) {
    report({.kind = Kind::MissingSemicolon,
            .span = end_of_last(),
            .arguments = {std::string(text_ahead(0))},
            .fix = diagnostics::Fix{end_of_last(), ";", "write `;`"}});
    flush();
    part(parts);
  } else {
    pass_over();
  }
}

void Parser::missing_stop(const Parts& parts) {
  report({.kind = Kind::MissingStop,
          .span = end_of_last(),
          .arguments = {parts.sentence},
          .fix = diagnostics::Fix{end_of_last(), ".", "write `.`"}});
  flush();
}

// Passes over the rest of a part that does not fit: to the next `;`, `.` or sentence.
void Parser::pass_over() {
  const Open error(*this, NodeKind::Error);
  while (now() != Symbol::Semicolon && now() != Symbol::Stop && now() != Symbol::End &&
         !at_sentence_start()) {
    take();
  }
}

void Parser::take_as_error() {
  const Open error(*this, NodeKind::Error);
  take();
}

bool Parser::starts_part(const Parts& parts, std::size_t ahead_count) const {
  return is_one_of(ahead(ahead_count), parts.starts);
}

bool Parser::starts_subject(std::size_t ahead_count) const {
  return is_one_of(ahead(ahead_count), kSubjectStarts);
}

// Whether a new sentence begins here, also where the one before has no full stop. Looks at words
// only, never at line ends, so that layout does not change what a text means.
bool Parser::at_sentence_start() const {
  const Symbol symbol = now();
  if (symbol == Symbol::Decimal || symbol == Symbol::Clause) {
    return starts_subject(1);
  }
  if (!is_fixed_word(symbol)) {
    return false;
  }
  if (is_one_of(symbol, kSectionsOfNames)) {
    return ahead(1) == Symbol::Name;
  }
  const bool has_number = ahead(1) == Symbol::Number || ahead(1) == Symbol::Decimal;
  return ((symbol == Symbol::Truce || symbol == Symbol::Scenario) && ahead(1) == Symbol::String) ||
         (symbol == Symbol::Act && (ahead(1) == Symbol::Word || is_fixed_word(ahead(1))) &&
          ahead(2) == Symbol::Semicolon) ||
         (symbol == Symbol::Words && ahead(1) == Symbol::Of && ahead(2) == Symbol::String) ||
         (symbol == Symbol::Companion && ahead(1) == Symbol::Of && ahead(2) == Symbol::String) ||
         (symbol == Symbol::Outside && ahead(1) == Symbol::The && ahead(2) == Symbol::Truce) ||
         (symbol == Symbol::Article && has_number && ahead(2) == Symbol::String) ||
         (symbol == Symbol::Confidential && ahead(1) == Symbol::Annex) ||
         (symbol == Symbol::Parameters && ahead(1) == Symbol::Word && ahead(2) == Symbol::A) ||
         (symbol == Symbol::Local && ahead(1) == Symbol::Truce) ||
         (symbol == Symbol::Accept && ahead(1) == Symbol::Name && ahead(2) == Symbol::On);
}

}  // namespace truce::language
