// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "truce/base/source_text.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/language/token.h"

namespace truce::talks {

/// Which bracket is spoken of: that of a clause, `4.3`, or of a definition, `Heavy Weapons`; by its
/// number where there are several, `3.1 bracket 2`.
struct IssueName {
  std::string name;
  std::optional<std::uint32_t> bracket;
  base::Span span;
};

/// Which alternative of it: its words, as many as it takes to be the whole of it, or `text of
/// United States`, or `any other`.
struct OptionName {
  enum class What : std::uint8_t { Words, TextOf, AnyOther };
  What what = What::Words;
  // The words, one by one. For TextOf, the name.
  std::vector<std::string> words;
  base::Span span;
};

/// Decimal digits as written, with a sign: `-12.5`.
struct Number {
  std::string text;
  base::Span span;
};

/// `within 10 days of D worth 70`, `none never`.
struct OptionWorth {
  OptionName option;
  // Empty: never, whatever else it brings.
  std::optional<Number> worth;
};

/// `4.3: not later than D worth 10, any other never`.
struct Worths {
  IssueName issue;
  std::vector<OptionWorth> options;
  base::Span span;
};

/// `4.3: not later than D before none weight 20`: the best first.
struct Ranking {
  IssueName issue;
  std::vector<OptionName> options;
  Number weight;
  base::Span span;
};

/// One of the things that stand together: `4.3 not later than D`. Behind `without`: that it is any
/// other.
struct Choice {
  IssueName issue;
  OptionName option;
  bool is_without = false;
};

/// `never 4.3 not later than D with 1.3 none`.
struct Never {
  std::vector<Choice> choices;
  base::Span span;
};

/// `if 4.3 none with 1.3 none worth 20 more`, or `less`.
struct Together {
  std::vector<Choice> choices;
  Number worth;
  bool is_less = false;
  base::Span span;
};

/// `no deal worth 30`.
struct NoDeal {
  Number worth;
  base::Span span;
};

/// `give or take 10 percent`, `4.3 give or take 10 percent`, `no deal give or take 10 percent`: how
/// far numbers may be off.
struct GiveOrTake {
  // Neither: all numbers.
  std::optional<IssueName> issue;
  bool is_no_deal = false;
  Number percent;
  base::Span span;
};

/// `note "…"`.
struct PositionNote {
  base::Span span;
};

using PositionSentence =
    std::variant<Worths, Ranking, Never, Together, NoDeal, GiveOrTake, PositionNote>;

/// A position as it is written. Lossless: the tokens are the text.
struct PositionSyntax {
  base::SourceText text;
  std::uint32_t source = 0;
  std::vector<language::Token> tokens;
  std::string party;
  base::Span party_span;
  // Of the agreement.
  std::string title;
  base::Span title_span;
  std::vector<PositionSentence> sentences;
  // Nothing of it was left out.
  bool is_whole = true;
};

/// Reads any text; what is no position is reported, once for each sentence, and left out.
PositionSyntax parse_position(base::SourceText text, std::uint32_t source, diagnostics::Sink& sink);

/// The one canonical layout of a position without errors; every comment is kept.
std::string format(const PositionSyntax& position);

/// The significant words of a passage, as options are compared by.
std::vector<std::string> words_of(const std::string& text);

}  // namespace truce::talks
