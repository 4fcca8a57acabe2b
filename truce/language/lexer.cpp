// SPDX-License-Identifier: Apache-2.0
#include "truce/language/lexer.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "truce/base/utf8.h"
#include "truce/language/internal/letters.h"

namespace truce::language {
namespace {

using diagnostics::Kind;

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
bool is_line_end(char byte) { return byte == '\n' || byte == '\r'; }
bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

bool is_control(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return (value < 0x20 && !is_blank(byte) && !is_line_end(byte)) || value == 0x7F;
}

// Spaces that word processors insert.
bool is_wide_space(char32_t letter) {
  return letter == 0xA0 || letter == 0x2007 || letter == 0x2009 || letter == 0x202F ||
         letter == 0x3000;
}

// Marks that cannot be seen; outside of quoted text they could make two texts look the same.
bool is_invisible(char32_t letter) {
  return (letter >= 0x200B && letter <= 0x200F) || (letter >= 0x202A && letter <= 0x202E) ||
         (letter >= 0x2060 && letter <= 0x2069) || letter == 0xFEFF ||
         (letter >= 0x80 && letter < 0xA0);
}

bool is_curved_quote(char32_t letter) {
  return letter == 0x201C || letter == 0x201D || letter == 0x201E || letter == 0x201F;
}

// A sign of another keyboard that stands for one of ours.
struct Stand {
  TokenKind kind = TokenKind::Invalid;
  const char* plain = nullptr;
};

Stand stand_for(char32_t letter) {
  if ((letter >= 0x2010 && letter <= 0x2015) || letter == 0x2212) {
    return {TokenKind::Minus, "-"};
  }
  if (letter == 0x060C || letter == 0xFF0C || letter == 0x3001) {
    return {TokenKind::Comma, ","};
  }
  if (letter == 0x061B || letter == 0xFF1B) {
    return {TokenKind::Semicolon, ";"};
  }
  return {};
}

class Lexer {
 public:
  Lexer(std::string_view text, std::uint32_t source, diagnostics::Sink& sink)
      : text_(text), source_(source), sink_(&sink) {}

  std::vector<Token> run() {
    tokens_.reserve(text_.size() / 4 + 1);
    while (at_ < text_.size()) {
      next();
    }
    push(TokenKind::End, at_);
    return std::move(tokens_);
  }

 private:
  // The character at `at`; length 0 at the end and where the bytes are not UTF-8.
  [[nodiscard]] base::CodePoint point(std::size_t at) const {
    return at < text_.size() ? base::decode_utf8(text_.substr(at)) : base::CodePoint{};
  }
  [[nodiscard]] char byte(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  [[nodiscard]] bool has_digits(std::size_t at, std::size_t count) const;

  void push(TokenKind kind, std::size_t end);
  void report(Kind kind, std::size_t begin, std::size_t end, std::vector<std::string> arguments,
              std::string fix = {});

  void next();
  void next_wide();
  void white_space();
  void comment();
  void number();
  void word(TokenKind kind);
  void uncased_word();
  void quoted();
  void guillemets();
  void curved_quote();
  void control();
  void not_utf8();
  void invalid();
  [[nodiscard]] bool begins_token(std::size_t at) const;
  [[nodiscard]] std::size_t end_of_line(std::size_t at) const;
  [[nodiscard]] bool is_empty_line_at(std::size_t at) const;
  [[nodiscard]] std::size_t cut_at_line_end() const;
  void check_inside(std::size_t begin, std::size_t end);

  std::string_view text_;
  std::uint32_t source_;
  diagnostics::Sink* sink_;
  std::size_t at_ = 0;
  // The end of the name in a script without capitals that was reported last.
  std::size_t reported_end_ = 0;
  std::vector<Token> tokens_;
};

bool Lexer::has_digits(std::size_t at, std::size_t count) const {
  for (std::size_t index = 0; index < count; ++index) {
    if (!is_digit(byte(at + index))) {
      return false;
    }
  }
  return true;
}

void Lexer::push(TokenKind kind, std::size_t end) {
  tokens_.push_back({kind, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
  at_ = end;
}

void Lexer::report(Kind kind, std::size_t begin, std::size_t end,
                   std::vector<std::string> arguments, std::string fix) {
  const base::Span span{source_, static_cast<std::uint32_t>(begin),
                        static_cast<std::uint32_t>(end)};
  diagnostics::Diagnostic diagnostic{.kind = kind, .span = span, .arguments = std::move(arguments)};
  if (!fix.empty()) {
    diagnostic.fix = diagnostics::Fix{
        span, fix, fix == " " ? std::string("write a space") : fmt::format("write `{}`", fix)};
  }
  sink_->add(std::move(diagnostic));
}

void Lexer::next() {
  const char first = text_[at_];
  if (is_blank(first) || is_line_end(first)) {
    white_space();
    return;
  }
  if (is_digit(first)) {
    number();
    return;
  }
  if (static_cast<unsigned char>(first) >= 0x80) {
    next_wide();
    return;
  }
  const LetterCase letter = letter_case(static_cast<unsigned char>(first));
  if (letter != LetterCase::None) {
    word(letter == LetterCase::Upper ? TokenKind::Name : TokenKind::Word);
    return;
  }
  switch (first) {
    case '"':
      quoted();
      return;
    case ';':
      push(TokenKind::Semicolon, at_ + 1);
      return;
    case '.':
      push(TokenKind::Stop, at_ + 1);
      return;
    case ',':
      push(TokenKind::Comma, at_ + 1);
      return;
    case ':':
      push(TokenKind::Colon, at_ + 1);
      return;
    case '=':
      push(TokenKind::Equals, at_ + 1);
      return;
    case '+':
      push(TokenKind::Plus, at_ + 1);
      return;
    case '|':
      push(TokenKind::Bar, at_ + 1);
      return;
    case '[':
      push(TokenKind::OpenBracket, at_ + 1);
      return;
    case ']':
      push(TokenKind::CloseBracket, at_ + 1);
      return;
    case '-':
      if (byte(at_ + 1) == '-') {
        comment();
      } else {
        push(TokenKind::Minus, at_ + 1);
      }
      return;
    default:
      break;
  }
  if (is_control(first)) {
    control();
  } else {
    invalid();
  }
}

void Lexer::next_wide() {
  const base::CodePoint here = point(at_);
  if (here.length == 0) {
    not_utf8();
    return;
  }
  const bool is_mark_at_start = here.value == 0xFEFF && at_ == 0;
  if (is_wide_space(here.value) || is_mark_at_start) {
    white_space();
    return;
  }
  const LetterCase letter = letter_case(here.value);
  if (letter != LetterCase::None) {
    word(letter == LetterCase::Upper ? TokenKind::Name : TokenKind::Word);
    return;
  }
  if (is_uncased_letter(here.value)) {
    uncased_word();
    return;
  }
  if (here.value == 0xAB) {
    guillemets();
    return;
  }
  if (is_curved_quote(here.value)) {
    curved_quote();
    return;
  }
  const Stand stand = stand_for(here.value);
  if (stand.plain != nullptr) {
    const std::string sign(text_.substr(at_, here.length));
    report(Kind::TypographicSign, at_, at_ + here.length, {sign, stand.plain}, stand.plain);
    push(stand.kind, at_ + here.length);
    return;
  }
  if (is_invisible(here.value)) {
    control();
  } else {
    invalid();
  }
}

void Lexer::white_space() {
  std::size_t end = at_;
  while (end < text_.size()) {
    if (is_blank(text_[end]) || is_line_end(text_[end])) {
      ++end;
      continue;
    }
    const base::CodePoint here = point(end);
    if (here.length < 2 || !(is_wide_space(here.value) || (here.value == 0xFEFF && end == 0))) {
      break;
    }
    end += here.length;
  }
  push(TokenKind::Whitespace, end);
}

void Lexer::comment() {
  const std::size_t end = end_of_line(at_);
  check_inside(at_, end);
  push(TokenKind::Comment, end);
}

void Lexer::number() {
  std::size_t end = at_;
  while (is_digit(byte(end))) {
    ++end;
  }
  const std::size_t digits = end - at_;
  const bool is_date = digits == 4 && byte(end) == '-' && has_digits(end + 1, 2) &&
                       byte(end + 3) == '-' && has_digits(end + 4, 2) && !is_digit(byte(end + 6));
  if (is_date) {
    push(TokenKind::Date, end + 6);
    const char joint = byte(at_);
    if ((joint == 'T' || joint == 't') && is_digit(byte(at_ + 1))) {
      report(Kind::DateTimeSeparator, at_, at_ + 1, {std::string(1, joint)}, " ");
      push(TokenKind::Invalid, at_ + 1);
    }
    return;
  }
  if (digits <= 2 && byte(end) == ':' && has_digits(end + 1, 2) && !is_digit(byte(end + 3))) {
    end += 3;
    if (byte(end) == ':' && has_digits(end + 1, 2) && !is_digit(byte(end + 3))) {
      end += 3;
    }
    push(TokenKind::Time, end);
    return;
  }
  bool has_point = false;
  while (byte(end) == '.' && is_digit(byte(end + 1))) {
    has_point = true;
    ++end;
    while (is_digit(byte(end))) {
      ++end;
    }
  }
  const bool has_letter = has_point && byte(end) >= 'a' && byte(end) <= 'z';
  if (has_letter && letter_case(point(end + 1).value) == LetterCase::None &&
      !is_digit(byte(end + 1))) {
    ++end;
  }
  push(TokenKind::Number, end);
}

void Lexer::word(TokenKind kind) {
  std::size_t end = at_;
  while (end < text_.size()) {
    const char here = text_[end];
    const bool is_plain = (here >= 'a' && here <= 'z') || (here >= 'A' && here <= 'Z');
    if (is_plain || is_digit(here)) {
      ++end;
      continue;
    }
    const base::CodePoint letter = point(end);
    if (letter.length == 0) {
      break;
    }
    const bool is_letter = letter_case(letter.value) != LetterCase::None ||
                           is_combining(letter.value) || is_uncased_letter(letter.value);
    // As in al-Kubra and Sana'a: joined only where a letter follows.
    const bool is_joint = letter.value == '-' || letter.value == '\'' || letter.value == 0x2019;
    const bool joins =
        is_joint && letter_case(point(end + letter.length).value) != LetterCase::None;
    if (!is_letter && !joins) {
      break;
    }
    end += letter.length;
  }
  push(kind, end);
}

// A word in a script without capitals is read as part of a name; all of the name is reported once.
void Lexer::uncased_word() {
  if (at_ >= reported_end_) {
    std::size_t end = at_;
    while (is_uncased_letter(point(end).value)) {
      while (is_uncased_letter(point(end).value)) {
        end += point(end).length;
      }
      reported_end_ = end;
      end += byte(end) == ' ' ? 1 : 0;
    }
    const std::string name(text_.substr(at_, reported_end_ - at_));
    report(Kind::UncasedName, at_, reported_end_, {name}, "«" + name + "»");
  }
  word(TokenKind::Name);
}

std::size_t Lexer::end_of_line(std::size_t at) const {
  const std::size_t end = text_.find_first_of("\r\n", at);
  return end == std::string_view::npos ? text_.size() : end;
}

// Whether the line after the line end at `at` holds nothing.
bool Lexer::is_empty_line_at(std::size_t at) const {
  std::size_t next = at + (byte(at) == '\r' && byte(at + 1) == '\n' ? 2 : 1);
  while (next < text_.size() && is_blank(text_[next])) {
    ++next;
  }
  return next < text_.size() && is_line_end(text_[next]);
}

// Where a quotation that is not closed is taken to end: with its line, before the last `;` or `.`.
std::size_t Lexer::cut_at_line_end() const {
  std::size_t end = end_of_line(at_);
  while (end > at_ + 1 && is_blank(text_[end - 1])) {
    --end;
  }
  if (end > at_ + 1 && (text_[end - 1] == ';' || text_[end - 1] == '.')) {
    --end;
  }
  return end;
}

void Lexer::quoted() {
  bool has_line_end = false;
  std::size_t end = at_ + 1;
  bool is_found = false;
  for (; end < text_.size(); ++end) {
    const char here = text_[end];
    if (is_line_end(here)) {
      has_line_end = true;
      if (is_empty_line_at(end)) {
        break;
      }
    }
    if (here == '"' && byte(end + 1) == '"') {
      ++end;
    } else if (here == '"') {
      // A closing quote glued to a word on a later line is the opening quote of another text.
      const char32_t after = point(end + 1).value;
      is_found = !has_line_end || letter_case(after) == LetterCase::None;
      break;
    }
  }
  if (!is_found) {
    end = cut_at_line_end();
    report(Kind::UnclosedString, at_, end, {});
    check_inside(at_, end);
    push(TokenKind::String, end);
    return;
  }
  check_inside(at_, end);
  push(TokenKind::String, end + 1);
}

void Lexer::guillemets() {
  std::size_t end = at_ + 2;
  while (end < text_.size() && !is_line_end(text_[end]) && !text_.substr(end).starts_with("»")) {
    ++end;
  }
  if (end == text_.size() || is_line_end(text_[end])) {
    end = std::max(cut_at_line_end(), at_ + 2);
    report(Kind::UnclosedName, at_, end, {});
    check_inside(at_ + 2, end);
    push(TokenKind::QuotedName, end);
    return;
  }
  check_inside(at_ + 2, end);
  push(TokenKind::QuotedName, end + 2);
}

void Lexer::curved_quote() {
  const std::size_t opening = point(at_).length;
  const std::string sign(text_.substr(at_, opening));
  report(Kind::TypographicSign, at_, at_ + opening, {sign, "\""}, "\"");
  for (std::size_t end = at_ + opening; end < text_.size() && !is_line_end(text_[end]);) {
    const base::CodePoint here = point(end);
    if (here.length == 0) {
      break;
    }
    end += here.length;
    if (is_curved_quote(here.value) || here.value == '"') {
      check_inside(at_ + opening, end);
      push(TokenKind::String, end);
      return;
    }
  }
  push(TokenKind::Invalid, at_ + opening);
}

void Lexer::control() {
  std::size_t end = at_;
  while (end < text_.size()) {
    const base::CodePoint here = point(end);
    const bool belongs = is_control(text_[end]) || (here.length > 1 && is_invisible(here.value));
    if (here.length == 0 || !belongs) {
      break;
    }
    end += here.length;
  }
  report(Kind::ControlCharacter, at_, end,
         {fmt::format("U+{:04X}", static_cast<std::uint32_t>(point(at_).value))});
  push(TokenKind::Invalid, end);
}

void Lexer::not_utf8() {
  std::size_t end = at_;
  while (end < text_.size() && point(end).length == 0) {
    ++end;
  }
  const std::size_t count = end - at_;
  report(Kind::InvalidEncoding, at_, end,
         {count == 1 ? std::string("1 byte is") : fmt::format("{} bytes are", count)});
  push(TokenKind::Invalid, end);
}

// Whether the character at `at` ends a run of characters that belong to no token.
bool Lexer::begins_token(std::size_t at) const {
  const base::CodePoint here = point(at);
  if (here.length == 0 || is_control(text_[at])) {
    return true;
  }
  if (here.length == 1) {
    constexpr std::string_view kSigns = " \t\r\n\";.,:=+|[]-0123456789";
    return kSigns.find(text_[at]) != std::string_view::npos ||
           letter_case(here.value) != LetterCase::None;
  }
  return letter_case(here.value) != LetterCase::None || is_uncased_letter(here.value) ||
         is_wide_space(here.value) || is_invisible(here.value) || is_curved_quote(here.value) ||
         here.value == 0xAB || stand_for(here.value).plain != nullptr;
}

void Lexer::invalid() {
  std::size_t end = at_ + point(at_).length;
  while (end < text_.size()) {
    // Words of one script with single spaces between them are one cause.
    const std::size_t next = text_[end] == ' ' ? end + 1 : end;
    const bool is_wide = next < text_.size() && static_cast<unsigned char>(text_[next]) >= 0x80;
    if (next >= text_.size() || begins_token(next) || (next != end && !is_wide)) {
      break;
    }
    end = next + point(next).length;
  }
  report(Kind::InvalidCharacter, at_, end, {std::string(text_.substr(at_, end - at_))});
  push(TokenKind::Invalid, end);
}

// Reports bytes inside a quotation or a comment that are no text; they stay part of the token.
void Lexer::check_inside(std::size_t begin, std::size_t end) {
  std::size_t at = begin;
  while (at < end) {
    const auto value = static_cast<unsigned char>(text_[at]);
    if (value >= 0x20 && value < 0x7F) {
      ++at;
      continue;
    }
    const base::CodePoint here = base::decode_utf8(text_.substr(at, end - at));
    const std::size_t run = at;
    if (here.length == 0) {
      while (at < end && base::decode_utf8(text_.substr(at, end - at)).length == 0) {
        ++at;
      }
      report(Kind::InvalidEncoding, run, at,
             {at - run == 1 ? std::string("1 byte is") : fmt::format("{} bytes are", at - run)});
    } else if (is_control(text_[at])) {
      while (at < end && is_control(text_[at])) {
        ++at;
      }
      report(Kind::ControlCharacter, run, at, {fmt::format("U+{:04X}", value)});
    } else {
      at += here.length;
    }
  }
}

}  // namespace

std::vector<Token> lex(const base::SourceText& text, std::uint32_t source,
                       diagnostics::Sink& sink) {
  return Lexer(text.text(), source, sink).run();
}

bool is_closed(std::string_view token_text) {
  if (token_text.starts_with("«")) {
    return token_text.size() >= 4 && token_text.ends_with("»");
  }
  if (!token_text.starts_with('"')) {
    return !is_curved_quote(base::decode_utf8(token_text).value) || token_text.size() > 4;
  }
  for (std::size_t at = 1; at < token_text.size(); ++at) {
    if (token_text[at] != '"') {
      continue;
    }
    if (at + 1 == token_text.size()) {
      return true;
    }
    ++at;
  }
  return false;
}

}  // namespace truce::language
