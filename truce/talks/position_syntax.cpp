// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/position_syntax.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "truce/language/lexer.h"

namespace truce::talks {
namespace {

using diagnostics::Kind;
using language::Token;
using language::TokenKind;

constexpr std::size_t kMostDigits = 12;
constexpr std::size_t kMostDecimals = 6;

std::string inside(std::string_view quoted) {
  const std::size_t sign = quoted.starts_with('"') ? 1 : std::string_view("«").size();
  return quoted.size() < 2 * sign ? std::string()
                                  : std::string(quoted.substr(sign, quoted.size() - 2 * sign));
}

// Up to twelve digits, then up to six behind a point.
bool is_number(std::string_view text) {
  const auto is_digits = [](std::string_view part, std::size_t most) {
    return !part.empty() && part.size() <= most &&
           std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  const std::size_t point = text.find('.');
  return point == std::string_view::npos ? is_digits(text, kMostDigits)
                                         : is_digits(text.substr(0, point), kMostDigits) &&
                                               is_digits(text.substr(point + 1), kMostDecimals);
}

class PositionParser {
 public:
  PositionParser(PositionSyntax& position, diagnostics::Sink& sink)
      : position_(&position), sink_(&sink) {
    for (std::uint32_t i = 0; i < position.tokens.size(); ++i) {
      if (!language::is_trivia(position.tokens[i].kind)) {
        significant_.push_back(i);
      }
    }
  }

  void parse() {
    if (!header()) {
      skip_sentence();
    }
    while (end_of_sentence()) {
      if (!sentence()) {
        skip_sentence();
      }
    }
  }

 private:
  [[nodiscard]] const Token& token(std::size_t ahead = 0) const {
    return position_->tokens[significant_[std::min(at_ + ahead, significant_.size() - 1)]];
  }
  [[nodiscard]] TokenKind kind(std::size_t ahead = 0) const { return token(ahead).kind; }
  [[nodiscard]] base::Span span(const Token& one) const {
    return {position_->source, one.begin, one.end};
  }
  [[nodiscard]] std::string_view text(std::size_t ahead = 0) const {
    return position_->text.slice(span(token(ahead)));
  }
  [[nodiscard]] bool is_word(std::string_view word, std::size_t ahead = 0) const {
    return kind(ahead) == TokenKind::Word && text(ahead) == word;
  }
  [[nodiscard]] bool is_name(std::size_t ahead = 0) const {
    return kind(ahead) == TokenKind::Name || kind(ahead) == TokenKind::QuotedName;
  }
  void next() { at_ = std::min(at_ + 1, significant_.size() - 1); }
  [[nodiscard]] base::Span since(std::size_t first) const {
    const Token& begin = position_->tokens[significant_[first]];
    const Token& last = position_->tokens[significant_[std::max(first, at_ == 0 ? 0 : at_ - 1)]];
    return {position_->source, begin.begin, std::max(begin.end, last.end)};
  }

  bool expected(const std::string& what) {
    if (kind() == TokenKind::End) {
      sink_->add({.kind = Kind::UnexpectedEnd, .span = span(token()), .arguments = {what}});
    } else {
      sink_->add({.kind = Kind::UnexpectedToken,
                  .span = span(token()),
                  .arguments = {std::string(text()), what}});
    }
    return false;
  }
  bool take(std::string_view word) {
    if (!is_word(word)) {
      return expected(fmt::format("`{}`", word));
    }
    next();
    return true;
  }

  // Whether another sentence follows: `;`. A stop must be the last sign.
  bool end_of_sentence() {
    if (kind() == TokenKind::Semicolon) {
      next();
      if (kind() == TokenKind::End) {
        sink_->add({.kind = Kind::SemicolonAtEnd,
                    .span = span(position_->tokens[significant_[at_ - 1]]),
                    .arguments = {"a position"}});
        return false;
      }
      return true;
    }
    if (kind() == TokenKind::Stop) {
      next();
      return kind() == TokenKind::End ? false : expected("the end of the position");
    }
    if (kind() == TokenKind::End) {
      sink_->add({.kind = Kind::MissingStop, .span = span(token()), .arguments = {"the position"}});
      return false;
    }
    expected("`;` or `.`");
    skip_sentence();
    return end_of_sentence();
  }
  void skip_sentence() {
    while (kind() != TokenKind::Semicolon && kind() != TokenKind::End &&
           !(kind() == TokenKind::Stop && kind(1) == TokenKind::End)) {
      next();
    }
  }

  std::string name() {
    std::string made;
    while (is_name()) {
      made += made.empty() ? "" : " ";
      made += kind() == TokenKind::QuotedName ? inside(text()) : std::string(text());
      next();
    }
    return made;
  }

  bool header() {
    if (!take("position") || !take("of")) {
      return false;
    }
    std::size_t first = at_;
    position_->party = name();
    if (position_->party.empty()) {
      return expected("the name of a side");
    }
    position_->party_span = since(first);
    if (!take("on")) {
      return false;
    }
    if (kind() != TokenKind::String) {
      return expected("the title of the agreement, in quotes,");
    }
    position_->title = inside(text());
    position_->title_span = span(token());
    next();
    return true;
  }

  bool sentence() {
    if (is_word("no")) {
      return no_deal();
    }
    if (is_word("never")) {
      return never();
    }
    if (is_word("if")) {
      return together();
    }
    if (is_word("give")) {
      return give_or_take(at_, {});
    }
    if (is_word("note")) {
      return note();
    }
    if (kind() == TokenKind::Number || is_name()) {
      return about_issue();
    }
    return expected("a bracket such as `4.3`, `no deal`, `never`, `if`, `give or take` or `note`");
  }

  bool note() {
    next();
    if (kind() != TokenKind::String) {
      return expected("a text in quotes");
    }
    position_->sentences.emplace_back(PositionNote{span(token())});
    next();
    return true;
  }

  bool no_deal() {
    const std::size_t first = at_;
    next();
    NoDeal made;
    if (!take("deal")) {
      return false;
    }
    if (is_word("give")) {
      return give_or_take(first, {.issue = {}, .is_no_deal = true, .percent = {}, .span = {}});
    }
    if (!take("worth") || !number(made.worth)) {
      return false;
    }
    made.span = since(first);
    position_->sentences.emplace_back(std::move(made));
    return true;
  }

  // From `give` on.
  bool give_or_take(std::size_t first, GiveOrTake made) {
    if (!take("give") || !take("or") || !take("take") || !number(made.percent) ||
        !take("percent")) {
      return false;
    }
    made.span = since(first);
    position_->sentences.emplace_back(std::move(made));
    return true;
  }

  bool never() {
    const std::size_t first = at_;
    next();
    Never made;
    if (!choices(made.choices)) {
      return false;
    }
    made.span = since(first);
    position_->sentences.emplace_back(std::move(made));
    return true;
  }

  bool together() {
    const std::size_t first = at_;
    next();
    Together made;
    if (!choices(made.choices) || !take("worth") || !number(made.worth)) {
      return false;
    }
    if (!is_word("more") && !is_word("less")) {
      return expected("`more` or `less`");
    }
    made.is_less = is_word("less");
    next();
    made.span = since(first);
    position_->sentences.emplace_back(std::move(made));
    return true;
  }

  bool choices(std::vector<Choice>& made) {
    bool is_without = false;
    while (true) {
      Choice choice{.issue = {}, .option = {}, .is_without = is_without};
      if (!issue(choice.issue)) {
        return false;
      }
      if (kind() == TokenKind::Colon) {
        next();
      }
      if (!option(choice.option)) {
        return false;
      }
      made.push_back(std::move(choice));
      if (!is_word("with") && !is_word("without")) {
        return true;
      }
      is_without = is_word("without");
      next();
    }
  }

  bool about_issue() {
    const std::size_t first = at_;
    IssueName spoken;
    if (!issue(spoken)) {
      return false;
    }
    if (is_word("give")) {
      return give_or_take(
          first, {.issue = std::move(spoken), .is_no_deal = false, .percent = {}, .span = {}});
    }
    if (kind() != TokenKind::Colon) {
      return expected("`:`");
    }
    next();
    OptionName option_name;
    if (!option(option_name)) {
      return false;
    }
    return is_word("before") ? ranking(first, std::move(spoken), std::move(option_name))
                             : worths(first, std::move(spoken), std::move(option_name));
  }

  bool ranking(std::size_t first, IssueName spoken, OptionName best) {
    Ranking made{
        .issue = std::move(spoken), .options = {std::move(best)}, .weight = {}, .span = {}};
    while (is_word("before")) {
      next();
      OptionName following;
      if (!option(following)) {
        return false;
      }
      made.options.push_back(std::move(following));
    }
    if (!take("weight") || !number(made.weight)) {
      return false;
    }
    made.span = since(first);
    position_->sentences.emplace_back(std::move(made));
    return true;
  }

  bool worths(std::size_t first, IssueName spoken, OptionName option_name) {
    Worths made{.issue = std::move(spoken), .options = {}, .span = {}};
    while (true) {
      OptionWorth worth{.option = std::move(option_name), .worth = {}};
      if (is_word("never")) {
        next();
      } else if (is_word("worth")) {
        next();
        worth.worth.emplace();
        if (!number(*worth.worth)) {
          return false;
        }
      } else {
        return expected("`worth` and a number, `never` or `before`");
      }
      made.options.push_back(std::move(worth));
      if (kind() != TokenKind::Comma) {
        break;
      }
      next();
      option_name = {};
      if (!option(option_name)) {
        return false;
      }
    }
    made.span = since(first);
    position_->sentences.emplace_back(std::move(made));
    return true;
  }

  bool issue(IssueName& made) {
    const std::size_t first = at_;
    if (kind() == TokenKind::Number) {
      made.name = text();
      next();
    } else {
      made.name = name();
    }
    if (made.name.empty()) {
      return expected("the number of a clause or the name of a definition");
    }
    if (is_word("bracket")) {
      next();
      std::uint32_t counted = 0;
      const std::string_view digits = text();
      if (kind() != TokenKind::Number || digits.size() > 4 ||
          !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        return expected("the number of the bracket, counted from 1,");
      }
      for (const char digit : digits) {
        counted = 10 * counted + static_cast<std::uint32_t>(digit - '0');
      }
      made.bracket = counted;
      next();
    }
    made.span = since(first);
    return true;
  }

  [[nodiscard]] bool ends_option() const {
    constexpr std::array<std::string_view, 6> kWords = {"worth", "never",  "before",
                                                        "with",  "weight", "without"};
    return kind() == TokenKind::Semicolon || kind() == TokenKind::End ||
           kind() == TokenKind::Stop ||
           (kind() == TokenKind::Word &&
            std::find(kWords.begin(), kWords.end(), text()) != kWords.end());
  }

  bool option(OptionName& made) {
    const std::size_t first = at_;
    if (kind() == TokenKind::String) {
      made.words = words_of(inside(text()));
      next();
    } else if (is_word("any") && is_word("other", 1)) {
      made.what = OptionName::What::AnyOther;
      next();
      next();
    } else if (is_word("text") && is_word("of", 1)) {
      made.what = OptionName::What::TextOf;
      next();
      next();
      made.words = {name()};
      if (made.words.front().empty()) {
        return expected("the name of who proposes it");
      }
    } else {
      while (!ends_option()) {
        made.words.emplace_back(text());
        next();
      }
    }
    if (made.words.empty() && made.what == OptionName::What::Words) {
      return expected("an alternative of the bracket");
    }
    made.span = since(first);
    return true;
  }

  bool number(Number& made) {
    const std::size_t first = at_;
    const bool is_negative = kind() == TokenKind::Minus;
    if (is_negative) {
      next();
    }
    if (kind() != TokenKind::Number) {
      return expected("a number");
    }
    const std::string digits(text());
    next();
    made.text = (is_negative ? "-" : "") + digits;
    made.span = since(first);
    if (!is_number(digits)) {
      sink_->add({.kind = Kind::WorthForm, .span = made.span, .arguments = {made.text}});
      return false;
    }
    return true;
  }

  PositionSyntax* position_;
  diagnostics::Sink* sink_;
  // The tokens that are no trivia, the end among them.
  std::vector<std::uint32_t> significant_;
  std::size_t at_ = 0;
};

}  // namespace

PositionSyntax parse_position(base::SourceText text, std::uint32_t source,
                              diagnostics::Sink& sink) {
  std::vector<Token> tokens = language::lex(text, source, sink);
  PositionSyntax position{.text = std::move(text),
                          .source = source,
                          .tokens = std::move(tokens),
                          .party = {},
                          .party_span = {},
                          .title = {},
                          .title_span = {},
                          .sentences = {},
                          .is_whole = true};
  diagnostics::Sink own;
  PositionParser(position, own).parse();
  position.is_whole = !own.has_errors();
  for (const diagnostics::Diagnostic& diagnostic : own.all()) {
    sink.add(diagnostic);
  }
  return position;
}

std::vector<std::string> words_of(const std::string& text) {
  diagnostics::Sink aside;
  const base::SourceText source("", text);
  std::vector<std::string> words;
  for (const Token& token : language::lex(source, 0, aside)) {
    if (!language::is_trivia(token.kind) && token.kind != TokenKind::End) {
      words.emplace_back(source.slice({0, token.begin, token.end}));
    }
  }
  return words;
}

}  // namespace truce::talks
