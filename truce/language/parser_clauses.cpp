// SPDX-License-Identifier: Apache-2.0
// Clauses: who shall do what, and the particulars.
#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "truce/language/internal/parser.h"

namespace truce::language {
namespace {

using diagnostics::Kind;

constexpr Symbol kParticularStarts[] = {
    Symbol::In,          Symbol::From,         Symbol::Until,      Symbol::For,
    Symbol::Not,         Symbol::Within,       Symbol::Start,      Symbol::Finish,
    Symbol::At,          Symbol::Every,        Symbol::If,         Symbol::While,
    Symbol::Unless,      Symbol::Upon,         Symbol::Whenever,   Symbol::Despite,
    Symbol::Subject,     Symbol::Reciprocally, Symbol::Except,     Symbol::Renewable,
    Symbol::Monitored,   Symbol::Ensured,      Symbol::Determined, Symbol::Surviving,
    Symbol::Consequence, Symbol::Amending,     Symbol::By,         Symbol::Note,
    Symbol::Text,        Symbol::Phase,        Symbol::OpenBracket};

constexpr Symbol kPrepositions[] = {Symbol::With, Symbol::To,    Symbol::From,    Symbol::Into,
                                    Symbol::Over, Symbol::Along, Symbol::Away,    Symbol::Through,
                                    Symbol::On,   Symbol::In,    Symbol::Between, Symbol::Against,
                                    Symbol::For};

constexpr Symbol kPowers[] = {Symbol::Extend, Symbol::Suspend, Symbol::Resume, Symbol::Terminate,
                              Symbol::Amend};

// Fixed words that are never an act: where a verb is looked for they show that it was left out.
constexpr Symbol kNoVerbs[] = {
    Symbol::With,    Symbol::To,       Symbol::From,  Symbol::Into,    Symbol::Over,
    Symbol::Along,   Symbol::Away,     Symbol::On,    Symbol::Through, Symbol::In,
    Symbol::Between, Symbol::For,      Symbol::Of,    Symbol::At,      Symbol::By,
    Symbol::And,     Symbol::Or,       Symbol::Shall, Symbol::Not,     Symbol::May,
    Symbol::Each,    Symbol::Any,      Symbol::All,   Symbol::Its,     Symbol::The,
    Symbol::That,    Symbol::Another,  Symbol::No,    Symbol::Within,  Symbol::Until,
    Symbol::Upon,    Symbol::While,    Symbol::If,    Symbol::Unless,  Symbol::Except,
    Symbol::Against, Symbol::A,        Symbol::Same,  Symbol::Jointly, Symbol::Only,
    Symbol::Every,   Symbol::Endeavour};

bool is_one_of(Symbol symbol, std::span<const Symbol> symbols) {
  return std::find(symbols.begin(), symbols.end(), symbol) != symbols.end();
}

bool ends_scan(Symbol symbol) {
  return symbol == Symbol::Semicolon || symbol == Symbol::Stop || symbol == Symbol::End;
}

}  // namespace

void Parser::clause() {
  const Open node(*this, NodeKind::Clause);
  std::string sentence = "this clause";
  if (now() == Symbol::Decimal || now() == Symbol::Clause) {
    sentence = "clause `" + std::string(text_ahead(0)) + "`";
    take();
    if (now() == Symbol::Stop && starts_subject(1)) {
      report({.kind = Kind::ExtraSign,
              .span = span_ahead(0),
              .arguments = {"."},
              .fix = diagnostics::Fix{span_ahead(0), "", "take it out"}});
      flush();
      take_as_error();
    }
  }
  part({&Parser::clause_body, kParticularStarts, sentence});
  rest_of_sentence({&Parser::particular, kParticularStarts, sentence});
}

bool Parser::clause_body() {
  if (at(Symbol::Reserved)) {
    return reservation();
  }
  if (at(Symbol::Reciprocal)) {
    return phases();
  }
  return at(Symbol::Report) && ahead(1) == Symbol::When ? watch() : norm();
}

bool Parser::reservation() {
  const Open node(*this, NodeKind::Reservation);
  return expect(Symbol::Reserved) && string();
}

bool Parser::phases() {
  const Open node(*this, NodeKind::Phases);
  return words({Symbol::Reciprocal, Symbol::Phases, Symbol::Between}) && agents();
}

bool Parser::watch() {
  const Open node(*this, NodeKind::Watch);
  return words({Symbol::Report, Symbol::When}) && condition();
}

bool Parser::norm() {
  const Open node(*this, NodeKind::Norm);
  const std::size_t first = position_;
  if (!subject()) {
    return false;
  }
  const auto from = items_.begin() + static_cast<std::ptrdiff_t>(first);
  const auto to = items_.begin() + static_cast<std::ptrdiff_t>(position_);
  const auto has = [&](Symbol symbol) {
    return std::any_of(from, to, [&](const Item& item) { return item.symbol == symbol; });
  };
  const bool is_list = from->symbol != Symbol::OpenBracket && !has(Symbol::Or) &&
                       (has(Symbol::And) || has(Symbol::Comma));
  const base::Span span = base::join(tree_->token_span(from->token), last_span());
  const bool is_said = accept(Symbol::Jointly) || accept(Symbol::Each);
  if (is_list && !is_said && (now() == Symbol::Shall || now() == Symbol::May)) {
    const std::string modal_word(symbol_text(now()));
    report({.kind = Kind::JointlyOrEach,
            .span = span,
            .arguments = {std::string(tree_->source_text().slice(span)), modal_word},
            .notes = {"`jointly " + modal_word + "`: one act that all of them do together",
                      "`each " + modal_word + "`: as many duties as members, each its own"}});
  }
  return modal() && power_or_act();
}

bool Parser::subject() {
  const Open node(*this, NodeKind::Subject);
  if (mend_determiner(true)) {
    return false;
  }
  if (at(Symbol::No)) {
    const bool is_nobody = ahead(1) == Symbol::One;
    const Open inner(*this, is_nobody ? NodeKind::Nobody : NodeKind::NoParty);
    take();
    return is_nobody ? expect(Symbol::One) : at(Symbol::One) || name();
  }
  if (at(Symbol::Anyone)) {
    const Open inner(*this, NodeKind::Anyone);
    take();
    return true;
  }
  return agents();
}

bool Parser::modal() {
  const Open node(*this, NodeKind::Modal);
  if (accept(Symbol::May)) {
    if (now() == Symbol::Not) {
      const base::Span span = base::join(last_span(), span_ahead(0));
      report({.kind = Kind::MayNot,
              .span = span,
              .fix = diagnostics::Fix{span, "shall not", "write `shall not`"}});
      builder_.mend(items_[position_ - 1].token, "shall", false);
      take();
    }
    return true;
  }
  if (!expect(Symbol::Shall)) {
    return false;
  }
  if (accept(Symbol::Endeavour)) {
    return expect(Symbol::To);
  }
  if (accept(Symbol::Not)) {
    return true;
  }
  if (now() == Symbol::Word && ahead(1) == Symbol::To) {
    // `shall endeavor to`: no verb has `to` and another verb behind it.
    const bool is_verb_behind = ahead(2) == Symbol::Word;
    if (is_verb_behind) {
      expected_.set(static_cast<std::size_t>(Symbol::Endeavour));
      return fail("`not`, `endeavour to` or a verb");
    }
  }
  // `shall nto attack`: a word before the verb can only be one of the two.
  const bool has_word_more =
      now() == Symbol::Word && (ahead(1) == Symbol::Word || is_fixed_word(ahead(1))) &&
      !(ahead(1) == Symbol::Word && ahead(2) == Symbol::Name) && !is_one_of(ahead(1), kNoVerbs) &&
      !is_one_of(ahead(1), kParticularStarts);
  return !has_word_more || fail("`not`, `endeavour to` or a verb");
}

bool Parser::power_or_act() {
  if (is_one_of(now(), kPowers)) {
    return power();
  }
  // Only what changes a clause has the number of one behind it.
  const bool is_clause_behind = ahead(1) == Symbol::Decimal || ahead(1) == Symbol::Clause;
  if (is_clause_behind && !is_one_of(now(), kNoVerbs) &&
      (now() == Symbol::Word || is_fixed_word(now()))) {
    for (const Symbol power_word : kPowers) {
      expected_.set(static_cast<std::size_t>(power_word));
    }
    return fail("`extend`, `suspend`, `resume`, `terminate` or `amend`");
  }
  return act();
}

bool Parser::power() {
  const Open node(*this, NodeKind::Power);
  take();
  if (!clause_list() || (accept(Symbol::For) && !duration())) {
    return false;
  }
  return !at(Symbol::By) || (words({Symbol::By, Symbol::Notice, Symbol::Of}) && duration());
}

bool Parser::act() {
  const Open node(*this, NodeKind::Act);
  is_in_act_ = true;
  if (!verb()) {
    return false;
  }
  if ((now() == Symbol::And || now() == Symbol::Or) && ahead(1) != Symbol::Name) {
    take();
    return fail_as({.kind = Kind::ConjoinedActs,
                    .span = span_ahead(0),
                    .arguments = {std::string(text_ahead(0))}});
  }
  if ((at(Symbol::Name) || at_noun(0) || at(Symbol::OpenBracket)) && !nouns()) {
    return false;
  }
  while (at_complement()) {
    if (!complement()) {
      return false;
    }
  }
  return true;
}

bool Parser::verb() {
  const Open node(*this, NodeKind::Verb);
  if (is_one_of(now(), kNoVerbs) || !(now() == Symbol::Word || is_fixed_word(now()))) {
    expected_.set(static_cast<std::size_t>(Symbol::Verb));
    return fail();
  }
  const bool is_hand = now() == Symbol::Hand || now() == Symbol::Hands;
  take();
  return !is_hand || expect(Symbol::Over);
}

bool Parser::at_preposition() {
  for (const Symbol symbol : kPrepositions) {
    expected_.set(static_cast<std::size_t>(symbol));
  }
  return is_one_of(now(), kPrepositions);
}

// `from` and `for` are prepositions only before a noun: otherwise a particular begins.
bool Parser::at_complement() {
  if (!at_preposition()) {
    return false;
  }
  if (now() == Symbol::Away) {
    return true;
  }
  if (is_in_occurrence_ && is_nearness_ahead()) {
    return false;
  }
  if (now() == Symbol::From && is_in_occurrence_ && is_moment_ahead()) {
    return false;
  }
  const bool can_begin_particular = now() == Symbol::From || now() == Symbol::For;
  const bool is_slip = ahead(1) == Symbol::Word && !can_begin_particular && now() != Symbol::In;
  const bool is_bracket = ahead(1) == Symbol::OpenBracket && !can_begin_particular;
  return at_noun(1) || is_slip || is_bracket;
}

// In a situation `from` before the end of the entry, or before a sum, begins a moment.
bool Parser::is_moment_ahead() {
  if (ahead(1) != Symbol::Name) {
    return !at_noun(1);
  }
  std::size_t count = 1;
  while (ahead(count) == Symbol::Name) {
    ++count;
  }
  const Symbol after = ahead(count);
  return after == Symbol::Semicolon || after == Symbol::Stop || after == Symbol::Plus ||
         after == Symbol::Minus || after == Symbol::End;
}

bool Parser::complement() {
  const Open node(*this, NodeKind::Complement);
  if (!preposition() || !nouns()) {
    return false;
  }
  if (at(Symbol::At) && ahead(1) == Symbol::Least) {
    return words({Symbol::At, Symbol::Least}) && distance();
  }
  return true;
}

bool Parser::preposition() {
  const Open node(*this, NodeKind::Preposition);
  const bool is_away = now() == Symbol::Away;
  take();
  return !is_away || expect(Symbol::From);
}

bool Parser::particular() {
  struct Entry {
    Symbol start;
    Production read;
  };
  static constexpr Entry kEntries[] = {
      {Symbol::In, &Parser::in_place},         {Symbol::From, &Parser::from},
      {Symbol::Until, &Parser::until},         {Symbol::For, &Parser::for_duration},
      {Symbol::Not, &Parser::deadline},        {Symbol::Within, &Parser::deadline},
      {Symbol::Start, &Parser::start},         {Symbol::Finish, &Parser::finish},
      {Symbol::At, &Parser::interval},         {Symbol::Every, &Parser::interval},
      {Symbol::Upon, &Parser::upon},           {Symbol::Reciprocally, &Parser::reciprocally},
      {Symbol::Despite, &Parser::despite},     {Symbol::Subject, &Parser::subject_to},
      {Symbol::Except, &Parser::exception},    {Symbol::Renewable, &Parser::renewable},
      {Symbol::Monitored, &Parser::monitored}, {Symbol::Determined, &Parser::determined},
      {Symbol::Ensured, &Parser::ensured},     {Symbol::Consequence, &Parser::consequence},
      {Symbol::Surviving, &Parser::surviving}, {Symbol::By, &Parser::notice},
      {Symbol::Amending, &Parser::amending},   {Symbol::Note, &Parser::note},
      {Symbol::Text, &Parser::text},           {Symbol::Phase, &Parser::phase},
      {Symbol::Whenever, &Parser::whenever},
  };
  for (const Entry& entry : kEntries) {
    if (at(entry.start)) {
      return (this->*entry.read)();
    }
  }
  if (at(Symbol::If)) {
    return state(NodeKind::If, Symbol::If);
  }
  if (at(Symbol::While)) {
    return state(NodeKind::While, Symbol::While);
  }
  if (at(Symbol::Unless)) {
    return state(NodeKind::Unless, Symbol::Unless);
  }
  if (at(Symbol::OpenBracket)) {
    return bracket(&Parser::particular);
  }
  return fail("a particular, such as `in`, `from`, `until`, `not later than` or `monitored by`,");
}

bool Parser::in_place() {
  const Open node(*this, NodeKind::InPlace);
  return expect(Symbol::In) && nouns();
}

bool Parser::from() {
  const Open node(*this, NodeKind::From);
  return expect(Symbol::From) && moment();
}

bool Parser::until() {
  const Open node(*this, NodeKind::Until);
  return expect(Symbol::Until) && moment();
}

bool Parser::for_duration() {
  const Open node(*this, NodeKind::For);
  return expect(Symbol::For) && duration();
}

bool Parser::deadline() {
  const Open node(*this, NodeKind::Deadline);
  if (accept(Symbol::Within)) {
    return duration() && (!accept(Symbol::Of) || moment());
  }
  return words({Symbol::Not, Symbol::Later, Symbol::Than}) && moment();
}

bool Parser::start() {
  const Open node(*this, NodeKind::Start);
  return expect(Symbol::Start) && deadline();
}

bool Parser::finish() {
  const Open node(*this, NodeKind::Finish);
  return expect(Symbol::Finish) && deadline();
}

bool Parser::interval() {
  const Open node(*this, NodeKind::Interval);
  const bool begins = accept(Symbol::Every) || words({Symbol::At, Symbol::Intervals, Symbol::Of});
  return begins && duration() && (!accept(Symbol::While) || condition());
}

bool Parser::state(NodeKind kind, Symbol symbol) {
  const Open node(*this, kind);
  return expect(symbol) && condition();
}

bool Parser::condition() {
  const Open node(*this, NodeKind::Condition);
  accept(Symbol::Not);
  if (!name()) {
    return false;
  }
  accept(Symbol::Holds);
  return true;
}

bool Parser::upon() {
  const Open node(*this, NodeKind::Upon);
  return expect(Symbol::Upon) && trigger();
}

bool Parser::whenever() {
  const Open node(*this, NodeKind::Whenever);
  return expect(Symbol::Whenever) && subject() && act();
}

bool Parser::trigger() {
  const Open node(*this, NodeKind::Trigger);
  if (accept(Symbol::Fulfilment) || accept(Symbol::Breach)) {
    return expect(Symbol::Of) && clause_list();
  }
  if (accept(Symbol::Determination)) {
    return words({Symbol::Of, Symbol::Breach, Symbol::Of}) && clause_list();
  }
  if (accept(Symbol::Report)) {
    return expect(Symbol::Of) && report_trigger();
  }
  if (accept(Symbol::Notice) || accept(Symbol::Signature)) {
    return expect(Symbol::By) && agents();
  }
  return name();
}

// What a report is of; inside a bracket the first alternative shows which of the two is meant.
bool Parser::report_trigger() {
  if (at(Symbol::OpenBracket)) {
    bool is_noun = false;
    for (std::size_t count = 1; !ends_scan(ahead(count)); ++count) {
      const Symbol content = ahead(count + 1);
      const bool says_nothing = content == Symbol::None || content == Symbol::OpenBracket;
      if (ahead(count) == Symbol::Colon && !says_nothing) {
        is_noun = at_noun(count + 1);
        break;
      }
    }
    return is_noun ? nouns() : clause_list();
  }
  return at_clause() || now() == Symbol::Number ? clause_list() : nouns();
}

bool Parser::reciprocally() {
  const Open node(*this, NodeKind::Reciprocally);
  return words({Symbol::Reciprocally, Symbol::With}) && clause_list();
}

bool Parser::despite() {
  const Open node(*this, NodeKind::Despite);
  return expect(Symbol::Despite) && clause_list();
}

bool Parser::subject_to() {
  const Open node(*this, NodeKind::SubjectTo);
  return words({Symbol::Subject, Symbol::To}) && clause_list();
}

bool Parser::exception() {
  const Open node(*this, NodeKind::Exception);
  if (!expect(Symbol::Except)) {
    return false;
  }
  if (accept(Symbol::In)) {
    const bool is_response =
        at(Symbol::Necessary) || at(Symbol::Proportionate) || at(Symbol::Response);
    return is_response ? response() : name();
  }
  return one_of({Symbol::Against, Symbol::For}) && nouns();
}

bool Parser::renewable() {
  const Open node(*this, NodeKind::Renewable);
  const bool begins = words({Symbol::Renewable, Symbol::For}) && duration() &&
                      words({Symbol::By, Symbol::Agreement, Symbol::Of}) && agents();
  if (!begins) {
    return false;
  }
  if (accept(Symbol::Once)) {
    return expect(Symbol::Only);
  }
  return !accept(Symbol::At) || (expect(Symbol::Most) && number() && expect(Symbol::Times));
}

bool Parser::monitored() {
  const Open node(*this, NodeKind::Monitored);
  if (!words({Symbol::Monitored, Symbol::By}) || !agents()) {
    return false;
  }
  accept(Symbol::Jointly);
  return (!accept(Symbol::From) || moment()) && (!accept(Symbol::Using) || nouns());
}

bool Parser::determined() {
  const Open node(*this, NodeKind::Determined);
  if (!words({Symbol::Determined, Symbol::By}) || !agents()) {
    return false;
  }
  accept(Symbol::Jointly);
  if (!accept(Symbol::Within)) {
    return true;
  }
  return duration() && (!accept(Symbol::Of) || expect(Symbol::Notification));
}

bool Parser::ensured() {
  const Open node(*this, NodeKind::Ensured);
  if (!words({Symbol::Ensured, Symbol::By}) || !agents()) {
    return false;
  }
  if (!accept(Symbol::Each)) {
    accept(Symbol::Jointly);
  }
  return true;
}

bool Parser::consequence() {
  const Open node(*this, NodeKind::Consequence);
  if (!expect(Symbol::Consequence)) {
    return false;
  }
  return accept(Symbol::None) ? expect(Symbol::Stated) : clause_list();
}

bool Parser::surviving() {
  const Open node(*this, NodeKind::Surviving);
  return expect(Symbol::Surviving) && clause_list();
}

bool Parser::amending() {
  const Open node(*this, NodeKind::Amending);
  return expect(Symbol::Amending) && clause_list();
}

bool Parser::notice() {
  if (ahead(1) != Symbol::Notice) {
    return fail_by();
  }
  const Open node(*this, NodeKind::Notice);
  return words({Symbol::By, Symbol::Notice, Symbol::Of}) && duration();
}

bool Parser::note() {
  const Open node(*this, NodeKind::Note);
  return expect(Symbol::Note) && string();
}

bool Parser::text() {
  const Open node(*this, NodeKind::Text);
  return expect(Symbol::Text) && word() && string();
}

bool Parser::phase() {
  const Open node(*this, NodeKind::Phase);
  return expect(Symbol::Phase) && agents() && expect(Symbol::Shall) && act();
}

}  // namespace truce::language
