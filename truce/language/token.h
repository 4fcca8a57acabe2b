// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace truce::language {

/// What a token is. Lexing needs no symbol table: letter case decides between Name and Word.
enum class TokenKind : std::uint8_t {
  Word,        // lower-case: keyword, verb, unit
  Name,        // one word with a capital first letter; a name is a run of them
  QuotedName,  // «anything»
  Number,      // 48, 3.5, 1.1, 5.1a: the parser knows which is a clause
  Date,        // 2016-09-12
  Time,        // 19:00
  String,      // "text"
  Semicolon,
  Stop,
  Comma,
  Colon,
  Equals,
  Plus,
  Minus,
  Bar,
  OpenBracket,
  CloseBracket,
  Whitespace,  // trivia
  Comment,     // trivia: -- to the end of the line
  Invalid,     // bytes that begin no token; trivia for the parser, already reported
  End,
};

/// A range of bytes of the text. The tokens of a text cover it without gaps, in order.
struct Token {
  TokenKind kind = TokenKind::End;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// Whether the parser passes over it.
constexpr bool is_trivia(TokenKind kind) {
  return kind == TokenKind::Whitespace || kind == TokenKind::Comment || kind == TokenKind::Invalid;
}

}  // namespace truce::language
