// SPDX-License-Identifier: Apache-2.0
// The words that all sentences share: agents, nouns, clause numbers, moments, measures, brackets.
#include <algorithm>

#include "truce/language/internal/parser.h"

namespace truce::language {
namespace {

using diagnostics::Kind;

// No text that a person wrote comes near.
constexpr std::size_t kMaxDepth = 60;

constexpr Symbol kNounWords[] = {Symbol::Another, Symbol::Any,  Symbol::All, Symbol::Its,
                                 Symbol::That,    Symbol::Each, Symbol::The};
constexpr Symbol kAgentWords[] = {Symbol::Each, Symbol::Its, Symbol::That, Symbol::Another};
constexpr Symbol kDurationUnits[] = {Symbol::Second,  Symbol::Seconds, Symbol::Minute,
                                     Symbol::Minutes, Symbol::Hour,    Symbol::Day,
                                     Symbol::Days,    Symbol::Week,    Symbol::Weeks,
                                     Symbol::Month,   Symbol::Months,  Symbol::Hours};
constexpr Symbol kDistanceUnits[] = {Symbol::M,         Symbol::Metre,      Symbol::Km,
                                     Symbol::Kilometre, Symbol::Kilometres, Symbol::Metres};

bool is_one_of(Symbol symbol, std::span<const Symbol> symbols) {
  return std::find(symbols.begin(), symbols.end(), symbol) != symbols.end();
}

}  // namespace

bool Parser::bracket(Production content) {
  if (depth_ >= kMaxDepth) {
    return fail_as(
        {.kind = Kind::TooDeep, .span = span_ahead(0), .arguments = {std::to_string(kMaxDepth)}});
  }
  ++depth_;
  const Open node(*this, NodeKind::Bracket);
  const base::Span opening = span_ahead(0);
  if (!expect(Symbol::OpenBracket) || !alternative(content)) {
    return false;
  }
  while (accept(Symbol::Bar)) {
    if (!alternative(content)) {
      return false;
    }
  }
  --depth_;
  if (now() == Symbol::Semicolon || now() == Symbol::Stop || now() == Symbol::End) {
    return fail_as({.kind = Kind::UnclosedBracket,
                    .span = opening,
                    .labels = {{end_of_last(), "`]` belongs here", false}}});
  }
  return expect(Symbol::CloseBracket);
}

bool Parser::alternative(Production content) {
  const Open node(*this, NodeKind::Alternative);
  if (!agents() || !expect(Symbol::Colon)) {
    return false;
  }
  const bool is_left_out = ahead(1) == Symbol::Bar || ahead(1) == Symbol::CloseBracket;
  if (is_left_out && accept(Symbol::None)) {
    return true;
  }
  return (this->*content)();
}

bool Parser::at_agent(std::size_t ahead_count) {
  return ahead(ahead_count) == Symbol::Name || is_one_of(ahead(ahead_count), kAgentWords);
}

bool Parser::at_noun(std::size_t ahead_count) {
  const bool is_article = ahead(ahead_count) == Symbol::A && ahead(ahead_count + 1) == Symbol::Name;
  return is_article || ahead(ahead_count) == Symbol::Name ||
         is_one_of(ahead(ahead_count), kNounWords);
}

// member {"," member} [("and" | "or") member]
bool Parser::list(Production member, bool (Parser::*at_member)(std::size_t)) {
  if (!(this->*member)()) {
    return false;
  }
  while (at(Symbol::Comma) && (this->*at_member)(1)) {
    take();
    if (!(this->*member)()) {
      return false;
    }
  }
  const bool has_last = ahead(1) == Symbol::And || ahead(1) == Symbol::Or;
  if (now() == Symbol::Comma && has_last && (this->*at_member)(2)) {
    report({.kind = Kind::CommaBeforeAnd,
            .span = span_ahead(0),
            .arguments = {std::string(text_ahead(1))},
            .fix = diagnostics::Fix{span_ahead(0), "", "leave the comma out"}});
    take_as_error();
  }
  if (!at(Symbol::And) && !at(Symbol::Or)) {
    return true;
  }
  const bool is_word_next = ahead(1) == Symbol::Word || is_fixed_word(ahead(1));
  if (is_in_act_ && is_word_next && !(this->*at_member)(1) && at_noun(2)) {
    take();
    return fail_as({.kind = Kind::ConjoinedActs,
                    .span = span_ahead(0),
                    .arguments = {std::string(text_ahead(0))}});
  }
  take();
  if (!(this->*member)()) {
    return false;
  }
  if (now() == Symbol::And || now() == Symbol::Or) {
    return fail_as({.kind = Kind::RepeatedAnd,
                    .span = span_ahead(0),
                    .arguments = {std::string(text_ahead(0))},
                    .labels = {}});
  }
  return true;
}

bool Parser::agents() {
  const Open node(*this, NodeKind::Agents);
  if (at(Symbol::OpenBracket)) {
    return bracket(&Parser::agents);
  }
  return list(&Parser::agent, &Parser::at_agent);
}

// `the Government`: the article stands in an Error node, and reading goes on behind it.
bool Parser::needless_article() {
  const bool is_article = now() == Symbol::The || now() == Symbol::A || text_ahead(0) == "an";
  if (!is_article || ahead(1) != Symbol::Name) {
    return false;
  }
  report({.kind = Kind::NeedlessArticle,
          .span = span_ahead(0),
          .arguments = {std::string(text_ahead(0))},
          .fix = diagnostics::Fix{span_ahead(0), "", "leave it out"}});
  take_as_error();
  return true;
}

bool Parser::agent() {
  const Open node(*this, NodeKind::Agent);
  if (mend_determiner(false)) {
    return false;
  }
  if (!needless_article()) {
    for (const Symbol symbol : kAgentWords) {
      if (accept(symbol)) {
        break;
      }
    }
  }
  return name();
}

bool Parser::nouns() {
  const Open node(*this, NodeKind::Nouns);
  if (at(Symbol::OpenBracket)) {
    return bracket(&Parser::nouns);
  }
  return list(&Parser::noun, &Parser::at_noun);
}

bool Parser::noun() { return noun_within(false); }

// What can stand before the name: `each`, `another`, `the same`, or nothing.
bool Parser::before_noun() {
  if (accept(Symbol::The)) {
    return expect(Symbol::Same);
  }
  for (const Symbol symbol : kNounWords) {
    if (accept(symbol)) {
      break;
    }
  }
  return true;
}

// A measure behind `A of B` belongs to A, so an inner noun takes none.
bool Parser::noun_within(bool is_inner) {
  if (depth_ >= kMaxDepth) {
    return fail_as(
        {.kind = Kind::TooDeep, .span = span_ahead(0), .arguments = {std::to_string(kMaxDepth)}});
  }
  ++depth_;
  const Open node(*this, NodeKind::Noun);
  if (mend_determiner(false)) {
    return false;
  }
  if (!needless_article() && !before_noun()) {
    return false;
  }
  if (!name()) {
    return false;
  }
  while (at(Symbol::Of) || at(Symbol::By)) {
    const bool is_time =
        ahead(1) == Symbol::Date || ahead(1) == Symbol::Number || ahead(1) == Symbol::Day;
    if (now() == Symbol::By && is_time) {
      return fail_by();
    }
    if (now() == Symbol::By && (is_fixed_word(ahead(1)) && !at_noun(1))) {
      break;
    }
    take();
    if (!noun_within(true)) {
      return false;
    }
  }
  --depth_;
  const bool has_measure = now() == Symbol::With && ahead(1) != Symbol::OpenBracket && !at_noun(1);
  if (!is_inner && at(Symbol::With) && has_measure) {
    return measure_test();
  }
  return true;
}

bool Parser::measure_test() {
  // `with weapons` is a slip for `with Weapons`, `with calibre` the beginning of a measure.
  const bool is_compared =
      ahead(2) == Symbol::At || ahead(2) == Symbol::Below || ahead(2) == Symbol::Above;
  if (!is_compared) {
    const Open node(*this, NodeKind::Complement);
    return expect(Symbol::With) && name();
  }
  const Open node(*this, NodeKind::MeasureTest);
  if (!expect(Symbol::With) || !word()) {
    return false;
  }
  if (accept(Symbol::At)) {
    return one_of({Symbol::Least, Symbol::Most}) && measure();
  }
  return one_of({Symbol::Below, Symbol::Above}) && measure();
}

bool Parser::measure() {
  const Open node(*this, NodeKind::Measure);
  if (at(Symbol::OpenBracket)) {
    return bracket(&Parser::measure);
  }
  if (!number()) {
    return false;
  }
  // A plain count has no unit; the words that go on a sentence are no units.
  const bool is_unit =
      at(Symbol::Word) || is_one_of(now(), kDistanceUnits) || is_one_of(now(), kDurationUnits);
  return !is_unit || word();
}

bool Parser::clause_list() {
  const Open node(*this, NodeKind::ClauseList);
  if (at(Symbol::OpenBracket)) {
    return bracket(&Parser::clause_list);
  }
  if (!clause_number()) {
    return false;
  }
  while (at(Symbol::Comma) || at(Symbol::And) || at(Symbol::Or)) {
    const bool has_both =
        now() == Symbol::Comma && (ahead(1) == Symbol::And || ahead(1) == Symbol::Or);
    if (has_both) {
      report({.kind = Kind::CommaBeforeAnd,
              .span = span_ahead(0),
              .arguments = {std::string(text_ahead(1))},
              .fix = diagnostics::Fix{span_ahead(0), "", "leave the comma out"}});
      take_as_error();
      continue;
    }
    // In a comma before another part of the sentence the list has ended.
    const bool goes_on =
        ahead(1) == Symbol::Decimal || ahead(1) == Symbol::Clause || ahead(1) == Symbol::Number;
    if (!goes_on && now() == Symbol::Comma) {
      return true;
    }
    take();
    if (!clause_number()) {
      return false;
    }
  }
  return true;
}

bool Parser::moment() {
  const Open node(*this, NodeKind::Moment);
  if (at(Symbol::OpenBracket)) {
    return bracket(&Parser::moment);
  }
  if (!moment_base()) {
    return false;
  }
  while (accept(Symbol::Plus) || accept(Symbol::Minus)) {
    if (!duration()) {
      return false;
    }
  }
  return true;
}

bool Parser::moment_base() {
  const Open node(*this, NodeKind::MomentBase);
  if (at(Symbol::Date)) {
    return date() && (!at(Symbol::Time) || time());
  }
  if (accept(Symbol::Day)) {
    return number() && expect(Symbol::Of) && clause_number();
  }
  return accept(Symbol::Notification) || name();
}

bool Parser::duration() {
  const Open node(*this, NodeKind::Duration);
  if (at(Symbol::OpenBracket)) {
    return bracket(&Parser::duration);
  }
  if (!number()) {
    return false;
  }
  for (const Symbol unit : kDurationUnits) {
    if (now() == unit) {
      take();
      if (!at(Symbol::Rounded)) {
        return true;
      }
      const Open rounding(*this, NodeKind::Rounding);
      take();
      return one_of({Symbol::Up, Symbol::Down});
    }
  }
  return fail_unit("time", kDurationUnits);
}

// Whether what is measured behind the word here is a distance and no time.
bool Parser::is_reach_ahead() const {
  return (ahead(1) == Symbol::Number || ahead(1) == Symbol::Decimal) &&
         is_one_of(ahead(2), kDistanceUnits);
}

bool Parser::reach() {
  const Open node(*this, NodeKind::Reach);
  if (!number()) {
    return false;
  }
  take();
  return true;
}

bool Parser::distance() {
  const Open node(*this, NodeKind::Distance);
  if (at(Symbol::OpenBracket)) {
    return bracket(&Parser::distance);
  }
  if (!number()) {
    return false;
  }
  for (const Symbol unit : kDistanceUnits) {
    if (now() == unit) {
      take();
      return true;
    }
  }
  return fail_unit("distance", kDistanceUnits);
}

}  // namespace truce::language
