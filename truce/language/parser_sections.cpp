// SPDX-License-Identifier: Apache-2.0
// The document and its sections: header, who, where, what, when, and what stands beside the text.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/nearest_word.h"
#include "truce/language/internal/parser.h"

namespace truce::language {
namespace {

using diagnostics::Kind;

constexpr Symbol kHeaderStarts[] = {
    Symbol::Of,     Symbol::Clock, Symbol::Days,      Symbol::Languages, Symbol::Vocabulary,
    Symbol::Metric, Symbol::In,    Symbol::Deposited, Symbol::Amended,   Symbol::Text};
constexpr Symbol kNames[] = {Symbol::Name};
constexpr Symbol kWords[] = {Symbol::Word};
constexpr Symbol kStepStarts[] = {Symbol::According, Symbol::At, Symbol::Expect};

constexpr Symbol kActLineStarts[] = {
    Symbol::Forms,   Symbol::Object, Symbol::Aspect, Symbol::Implies, Symbol::Shown,
    Symbol::Frame,   Symbol::With,   Symbol::To,     Symbol::From,    Symbol::Into,
    Symbol::Over,    Symbol::Along,  Symbol::Away,   Symbol::Through, Symbol::On,
    Symbol::Between, Symbol::In,     Symbol::For,    Symbol::Against};

constexpr Symbol kSections[] = {
    Symbol::Truce,      Symbol::Companion, Symbol::Parties, Symbol::Guarantors,   Symbol::Outside,
    Symbol::Bodies,     Symbol::Others,    Symbol::Places,  Symbol::Parameters,   Symbol::Things,
    Symbol::Situations, Symbol::Moments,   Symbol::Article, Symbol::Confidential, Symbol::Local,
    Symbol::Harms,      Symbol::Scenario,  Symbol::Accept,  Symbol::Words,        Symbol::Kinds,
    Symbol::Act};

}  // namespace

void Parser::document() {
  while (now() != Symbol::End) {
    sentence();
  }
  builder_.finish_root(items_[position_].token);
}

void Parser::sentence() {
  failed_at_ = SIZE_MAX;
  expected_.reset();
  also_understood_ = {};
  if (now() == Symbol::Decimal || now() == Symbol::Clause) {
    clause();
    return;
  }
  if (!section(now())) {
    unknown_section();
    flush();
  }
}

// Reads the section that begins with `symbol`; false when none does.
bool Parser::section(Symbol symbol) {
  struct Entry {
    Symbol symbol;
    NodeKind kind;
    Production read;
  };
  static constexpr Entry kEntries[] = {
      {Symbol::Parties, NodeKind::Parties, &Parser::party},
      {Symbol::Guarantors, NodeKind::Guarantors, &Parser::guarantor},
      {Symbol::Bodies, NodeKind::Bodies, &Parser::body},
      {Symbol::Others, NodeKind::Others, &Parser::other},
      {Symbol::Parameters, NodeKind::Parameters, &Parser::parameter},
      {Symbol::Places, NodeKind::Places, &Parser::place},
      {Symbol::Things, NodeKind::Things, &Parser::thing},
      {Symbol::Situations, NodeKind::Situations, &Parser::situation},
      {Symbol::Moments, NodeKind::Moments, &Parser::moment_entry},
      {Symbol::Harms, NodeKind::Harms, &Parser::harm},
      {Symbol::Kinds, NodeKind::Kinds, &Parser::kind},
  };
  for (const Entry& entry : kEntries) {
    if (entry.symbol == symbol) {
      return section_of_names(entry.kind, entry.read, symbol_text(symbol));
    }
  }
  if (symbol == Symbol::Truce) {
    truce_header();
  } else if (symbol == Symbol::Companion) {
    companion_header();
  } else if (symbol == Symbol::Outside) {
    outside();
  } else if (symbol == Symbol::Article) {
    heading(&Parser::article);
  } else if (symbol == Symbol::Confidential) {
    heading(&Parser::confidential_annex);
  } else if (symbol == Symbol::Local) {
    heading(&Parser::local_truce);
  } else if (symbol == Symbol::Scenario) {
    scenario();
  } else if (symbol == Symbol::Accept) {
    acceptance();
  } else if (symbol == Symbol::Words) {
    vocabulary_header();
  } else if (symbol == Symbol::Act) {
    vocabulary_act();
  } else {
    return false;
  }
  return true;
}

// What begins no sentence: an extra sign, a clause without its number, or a misspelt section.
void Parser::unknown_section() {
  const std::string text = found_text();
  if (now() == Symbol::Stop || now() == Symbol::Semicolon) {
    report({.kind = Kind::ExtraSign,
            .span = span_ahead(0),
            .arguments = {text},
            .fix = diagnostics::Fix{span_ahead(0), "", "take it out"}});
    const Open error(*this, NodeKind::Error);
    while (now() == Symbol::Stop || now() == Symbol::Semicolon) {
      take();
    }
    return;
  }
  if (now() == Symbol::Number) {
    report({.kind = Kind::ClauseNumberForm, .span = span_ahead(0), .arguments = {text}});
    const bool is_clause = starts_subject(ahead(1) == Symbol::Stop ? 2 : 1);
    {
      const Open error(*this, NodeKind::Error);
      take();
      while (!is_clause && !ends_sentence()) {
        take();
      }
      accept(Symbol::Stop);
    }
    if (is_clause) {
      clause();
    }
    return;
  }
  const bool is_word = now() == Symbol::Word || now() == Symbol::Name || is_fixed_word(now());
  if (is_word && can_read_as_section()) {
    return;
  }
  if (starts_subject(0) && now() != Symbol::OpenBracket) {
    report({.kind = Kind::MissingClauseNumber,
            .span = {span_ahead(0).source, span_ahead(0).begin, span_ahead(0).begin}});
    clause();
    return;
  }
  report({.kind = Kind::UnknownSection, .span = span_ahead(0), .arguments = {text, ""}});
  const Open error(*this, NodeKind::Error);
  do {
    take();
  } while (!ends_sentence());
  accept(Symbol::Stop);
}

bool Parser::ends_sentence() const {
  return now() == Symbol::Stop || now() == Symbol::End || at_sentence_start();
}

// `partys` for `parties`, `Parties` for `parties`: mended, so that the section itself is checked.
bool Parser::can_read_as_section() {
  if (mended_count_ >= kMaxMended) {
    return false;
  }
  const std::string text(text_ahead(0));
  std::vector<std::string> candidates;
  for (const Symbol symbol : kSections) {
    candidates.emplace_back(symbol_text(symbol));
  }
  std::optional<std::string> meant = base::nearest_word(text, candidates);
  // Too far apart in letters.
  if (text == "body" && ahead(1) == Symbol::Name) {
    meant = "bodies";
  }
  if (!meant.has_value()) {
    return false;
  }
  const bool is_case = now() == Symbol::Name && base::edit_distance(text, *meant, 0) == 0;
  if (now() == Symbol::Name && !is_case) {
    return false;
  }
  can_mend_ = true;
  const diagnostics::Fix fix{span_ahead(0), *meant, "write `" + *meant + "`"};
  diagnostics::Diagnostic message{.kind = is_case ? Kind::KeywordCase : Kind::UnknownSection,
                                  .span = span_ahead(0),
                                  .arguments = {text, "; did you mean `" + *meant + "`"},
                                  .fix = fix};
  if (is_case) {
    message.arguments[1] = *meant;
  }
  mend_to(find_word(*meant), *meant, false, std::move(message));
  is_mended_ = false;
  section(now());
  return true;
}

bool Parser::section_of_names(NodeKind kind, Production entry, std::string_view title) {
  const Open node(*this, kind);
  take();
  const bool is_of_words = kind == NodeKind::Parameters;
  const Parts parts{entry, is_of_words ? std::span<const Symbol>(kWords) : kNames,
                    "the section `" + std::string(title) + "`"};
  part(parts);
  rest_of_sentence(parts);
  return true;
}

void Parser::truce_header() {
  const Open node(*this, NodeKind::TruceHeader);
  take();
  part({&Parser::string, kHeaderStarts, "the heading"});
  rest_of_sentence({&Parser::header_line, kHeaderStarts, "the heading"});
}

void Parser::companion_header() {
  const Open node(*this, NodeKind::CompanionHeader);
  take();
  const Parts parts{&Parser::companion_title, {}, "the heading"};
  part(parts);
  if (!accept(Symbol::Semicolon)) {
    rest_of_sentence(parts);
  }
}

bool Parser::companion_title() { return expect(Symbol::Of) && string(); }

void Parser::outside() {
  const Open node(*this, NodeKind::Outside);
  take();
  const std::string sentence = "the section `outside the truce`";
  part({&Parser::outside_first, kNames, sentence});
  rest_of_sentence({&Parser::outsider, kNames, sentence});
}

bool Parser::outside_first() {
  if (now() == Symbol::Truce && can_mend_) {
    // `outside truce`: read on as though `the` stood there.
    report(
        {.kind = Kind::UnexpectedToken,
         .span = span_ahead(0),
         .arguments = {"truce", "`the`"},
         .fix = diagnostics::Fix{{span_ahead(0).source, span_ahead(0).begin, span_ahead(0).begin},
                                 "the ",
                                 "write `the truce`"}});
    take_as_error();
    return outsider();
  }
  return words({Symbol::The, Symbol::Truce}) && outsider();
}

// A heading has no full stop: it ends where what it can hold ends.
void Parser::heading(Production production) {
  can_mend_ = false;
  is_mended_ = false;
  depth_ = 0;
  const bool fits = (this->*production)();
  flush();
  if (fits) {
    return;
  }
  pass_over();
  if (now() == Symbol::Stop || now() == Symbol::Semicolon) {
    take_as_error();
  }
}

bool Parser::article() {
  const Open node(*this, NodeKind::Article);
  return expect(Symbol::Article) && number() && string();
}

bool Parser::confidential_annex() {
  const Open node(*this, NodeKind::ConfidentialAnnex);
  return words({Symbol::Confidential, Symbol::Annex}) && name() &&
         (!at(Symbol::String) || string()) && expect(Symbol::For) && agents();
}

bool Parser::local_truce() {
  const Open node(*this, NodeKind::LocalTruce);
  const bool begins =
      words({Symbol::Local, Symbol::Truce}) && string() && expect(Symbol::Within) && name();
  if (!begins) {
    return false;
  }
  if (accept(Symbol::Prevailing)) {
    return expect(Symbol::Over) && clause_list();
  }
  return !accept(Symbol::Subject) || (expect(Symbol::To) && clause_list());
}

bool Parser::header_line() {
  struct Entry {
    Symbol start;
    Production read;
  };
  static constexpr Entry kEntries[] = {
      {Symbol::Of, &Parser::date_line},
      {Symbol::Clock, &Parser::clock_line},
      {Symbol::Days, &Parser::days_line},
      {Symbol::Languages, &Parser::languages_line},
      {Symbol::Vocabulary, &Parser::vocabulary_line},
      {Symbol::Metric, &Parser::metric_line},
      {Symbol::In, &Parser::force_line},
      {Symbol::Deposited, &Parser::deposit_line},
      {Symbol::Amended, &Parser::amendment_line},
      {Symbol::Text, &Parser::prevailing_line},
  };
  for (const Entry& entry : kEntries) {
    if (at(entry.start)) {
      return (this->*entry.read)();
    }
  }
  return fail("a line of the heading, such as `of` a date, `clock`, `days of` or `languages`,");
}

bool Parser::date_line() {
  const Open node(*this, NodeKind::DateLine);
  return expect(Symbol::Of) && date();
}

bool Parser::clock_line() {
  const Open node(*this, NodeKind::ClockLine);
  if (!expect(Symbol::Clock) || !name() || !expect(Symbol::At)) {
    return false;
  }
  if (now() != Symbol::Name || text_ahead(0) != "UTC") {
    return fail("`UTC`");
  }
  take();
  return !(accept(Symbol::Plus) || accept(Symbol::Minus)) || time();
}

bool Parser::days_line() {
  const Open node(*this, NodeKind::DaysLine);
  if (!words({Symbol::Days, Symbol::Of})) {
    return false;
  }
  if (at_number()) {
    if (text_ahead(0) != "24") {
      return fail("`24 hours` or `calendar`");
    }
    take();
    return expect(Symbol::Hours);
  }
  return expect(Symbol::Calendar);
}

bool Parser::languages_line() {
  const Open node(*this, NodeKind::LanguagesLine);
  if (!expect(Symbol::Languages) || !language()) {
    return false;
  }
  while (accept(Symbol::Comma)) {
    if (!language()) {
      return false;
    }
  }
  return true;
}

bool Parser::language() {
  const Open node(*this, NodeKind::Language);
  if (!word()) {
    return false;
  }
  if (!accept(Symbol::Authentic)) {
    accept(Symbol::Translation);
  }
  return true;
}

bool Parser::vocabulary_line() {
  const Open node(*this, NodeKind::VocabularyLine);
  return expect(Symbol::Vocabulary) && string();
}

bool Parser::metric_line() {
  const Open node(*this, NodeKind::MetricLine);
  if (!expect(Symbol::Metric) || !one_of({Symbol::Planar, Symbol::Geodesic})) {
    return false;
  }
  const bool has_latitude = at(Symbol::About);
  return !has_latitude || (words({Symbol::About, Symbol::Latitude}) && number());
}

bool Parser::force_line() {
  const Open node(*this, NodeKind::ForceLine);
  if (!words({Symbol::In, Symbol::Force})) {
    return false;
  }
  if (accept(Symbol::From)) {
    return moment();
  }
  return words({Symbol::Upon, Symbol::Signature, Symbol::By}) && agents();
}

bool Parser::deposit_line() {
  const Open node(*this, NodeKind::DepositLine);
  return words({Symbol::Deposited, Symbol::With}) && agents();
}

bool Parser::amendment_line() {
  const Open node(*this, NodeKind::AmendmentLine);
  return words({Symbol::Amended, Symbol::By, Symbol::Agreement, Symbol::Of}) && agents();
}

bool Parser::prevailing_line() {
  const Open node(*this, NodeKind::PrevailingLine);
  return words({Symbol::Text, Symbol::Prevailing}) && word();
}

bool Parser::named() { return name() && (!at(Symbol::String) || string()); }

bool Parser::party() {
  const Open node(*this, NodeKind::Party);
  if (!named()) {
    return false;
  }
  const bool is_open = at(Symbol::Comma) && ahead(1) != Symbol::Name;
  return !is_open ||
         (words({Symbol::Comma, Symbol::Open, Symbol::By, Symbol::Notice, Symbol::To}) && agents());
}

bool Parser::guarantor() {
  const Open node(*this, NodeKind::Guarantor);
  return named() && words({Symbol::Ensures, Symbol::Compliance, Symbol::Of}) && agents();
}

bool Parser::outsider() {
  const Open node(*this, NodeKind::Outsider);
  if (!named()) {
    return false;
  }
  const bool is_listed = at(Symbol::Comma) && ahead(1) != Symbol::Name;
  return !is_listed || (words({Symbol::Comma, Symbol::Listed, Symbol::By}) && agents());
}

bool Parser::other() {
  const Open node(*this, NodeKind::Other);
  return named();
}

bool Parser::body() {
  const Open node(*this, NodeKind::Body);
  if (!named() || (accept(Symbol::Of) && !agents())) {
    return false;
  }
  while (at(Symbol::Comma) && ahead(1) != Symbol::Name) {
    take();
    if (!body_option()) {
      return false;
    }
  }
  return true;
}

bool Parser::body_option() {
  if (at(Symbol::Of)) {
    const Open node(*this, NodeKind::MembersOption);
    return expect(Symbol::Of) && agents();
  }
  if (at(Symbol::Chaired)) {
    const Open node(*this, NodeKind::ChairOption);
    return words({Symbol::Chaired, Symbol::By}) && agents();
  }
  if (at(Symbol::Monitors)) {
    const Open node(*this, NodeKind::RemitOption);
    return expect(Symbol::Monitors) && nouns();
  }
  if (at(Symbol::Decides)) {
    const Open node(*this, NodeKind::DecisionOption);
    return words({Symbol::Decides, Symbol::By}) &&
           one_of({Symbol::Consensus, Symbol::Majority, Symbol::Unanimity}) &&
           (!accept(Symbol::Within) || duration());
  }
  if (at(Symbol::Quorum)) {
    const Open node(*this, NodeKind::QuorumOption);
    return expect(Symbol::Quorum) && number();
  }
  if (at(Symbol::Failing)) {
    const Open node(*this, NodeKind::FailingOption);
    return words({Symbol::Failing, Symbol::Which}) && agents() && expect(Symbol::Decides);
  }
  const Open node(*this, NodeKind::SilenceOption);
  return words({Symbol::Silence, Symbol::Means}) && one_of({Symbol::Consent, Symbol::Refusal});
}

// `k a number, 440 unless set`, `zones a file of places`.
bool Parser::parameter() {
  const Open node(*this, NodeKind::Parameter);
  if (!word() || !expect(Symbol::A)) {
    return false;
  }
  if (accept(Symbol::File)) {
    return words({Symbol::Of, Symbol::Places});
  }
  return expect(Symbol::Count) &&
         (!accept(Symbol::Comma) || (number() && words({Symbol::Unless, Symbol::Set})));
}

bool Parser::place() {
  const Open node(*this, NodeKind::Place);
  if (!named() || (accept(Symbol::Equals) && !place_expression())) {
    return false;
  }
  const bool is_fixed_later = at(Symbol::Comma) && ahead(1) != Symbol::Name;
  return !is_fixed_later || (expect(Symbol::Comma) && fixing());
}

bool Parser::place_expression() {
  const Open node(*this, NodeKind::PlaceExpression);
  if (!place_term()) {
    return false;
  }
  while (accept(Symbol::And) || accept(Symbol::Except)) {
    if (!place_term()) {
      return false;
    }
  }
  return true;
}

bool Parser::place_term() {
  if (at(Symbol::Annex)) {
    const Open node(*this, NodeKind::AnnexPlace);
    return expect(Symbol::Annex) && name() && one_of({Symbol::Area, Symbol::Line, Symbol::Point});
  }
  if (at(Symbol::Within)) {
    const Open node(*this, NodeKind::WithinPlace);
    return expect(Symbol::Within) && distance() && expect(Symbol::Of) && name();
  }
  if (at(Symbol::Any)) {
    const Open node(*this, NodeKind::ParameterPlace);
    return words({Symbol::Any, Symbol::Of}) && word();
  }
  const Open node(*this, NodeKind::NamedPlace);
  return name();
}

bool Parser::fixing() {
  const Open node(*this, NodeKind::Fixing);
  if (!words({Symbol::To, Symbol::Be, Symbol::Fixed, Symbol::By}) || !agents()) {
    return false;
  }
  return (!at(Symbol::Not) && !at(Symbol::Within)) || deadline();
}

bool Parser::thing() {
  const Open node(*this, NodeKind::Thing);
  if (!named()) {
    return false;
  }
  if (accept(Symbol::Equals)) {
    return nouns();
  }
  return words({Symbol::Comma, Symbol::A, Symbol::Kind, Symbol::Of}) && nouns();
}

bool Parser::situation() {
  const Open node(*this, NodeKind::Situation);
  if (!named() || !expect(Symbol::Equals)) {
    return false;
  }
  if (at(Symbol::Ending)) {
    return streak();
  }
  if (at(Symbol::Uninterrupted)) {
    return standing_streak();
  }
  if (at(Symbol::At)) {
    return frequency();
  }
  const bool is_response =
      at(Symbol::Necessary) || at(Symbol::Proportionate) || at(Symbol::Response);
  return is_response ? response() : occurrence();
}

bool Parser::streak() {
  const Open node(*this, NodeKind::Streak);
  return words({Symbol::Ending, Symbol::Of, Symbol::First, Symbol::Uninterrupted, Symbol::Period,
                Symbol::Of}) &&
         duration() && holdings();
}

bool Parser::standing_streak() {
  const Open node(*this, NodeKind::StandingStreak);
  return words({Symbol::Uninterrupted, Symbol::Period, Symbol::Of}) && duration() &&
         maybe_nearness() && holdings();
}

bool Parser::holdings() {
  if (!words({Symbol::In, Symbol::Which}) || !holding()) {
    return false;
  }
  while (accept(Symbol::And)) {
    if (!holding()) {
      return false;
    }
  }
  return !accept(Symbol::From) || moment();
}

bool Parser::holding() {
  const Open node(*this, NodeKind::Holding);
  return name() && expect(Symbol::Holds);
}

bool Parser::frequency() {
  const Open node(*this, NodeKind::Frequency);
  is_in_occurrence_ = true;
  if (!words({Symbol::At, Symbol::Least})) {
    return false;
  }
  const bool is_parameter = at(Symbol::Word) && ahead(1) == Symbol::Occasions;
  return (is_parameter ? word() : number()) && words({Symbol::Occasions, Symbol::Within}) &&
         duration() && maybe_nearness() && words({Symbol::On, Symbol::Which}) && subject() &&
         act() && exceptions() && (!accept(Symbol::From) || moment());
}

bool Parser::response() {
  const Open node(*this, NodeKind::Response);
  if (accept(Symbol::Necessary) && !expect(Symbol::And)) {
    return false;
  }
  accept(Symbol::Proportionate);
  if (!words({Symbol::Response, Symbol::To})) {
    return false;
  }
  const bool is_by_that = at(Symbol::An);
  const bool names_attack =
      is_by_that ? words({Symbol::An, Symbol::Attack, Symbol::By, Symbol::That}) && name()
                 : words({Symbol::Attack, Symbol::On}) && nouns();
  if (!names_attack || !maybe_nearness() || (accept(Symbol::Within) && !duration())) {
    return false;
  }
  const bool is_reported = at(Symbol::Comma) && ahead(1) != Symbol::Name;
  return !is_reported || (words({Symbol::Comma, Symbol::Reported, Symbol::To}) && agents() &&
                          expect(Symbol::Within) && duration());
}

bool Parser::occurrence() {
  const Open node(*this, NodeKind::Occurrence);
  is_in_occurrence_ = true;
  if (!subject() || !act() || !exceptions() || !maybe_nearness()) {
    return false;
  }
  const bool looks_back = at(Symbol::During);
  if (looks_back && !(words({Symbol::During, Symbol::The, Symbol::Preceding}) && duration())) {
    return false;
  }
  return !accept(Symbol::From) || moment();
}

bool Parser::exceptions() {
  while (at(Symbol::Except)) {
    if (!exception()) {
      return false;
    }
  }
  return true;
}

// `in the same place`, `within 5 km`; true where neither stands here.
bool Parser::maybe_nearness() {
  if (!is_nearness_ahead()) {
    return true;
  }
  const Open node(*this, NodeKind::Nearness);
  if (accept(Symbol::In)) {
    return words({Symbol::The, Symbol::Same, Symbol::Place});
  }
  return expect(Symbol::Within) && reach();
}

bool Parser::is_nearness_ahead() const {
  const bool is_same_place = now() == Symbol::In && ahead(1) == Symbol::The &&
                             ahead(2) == Symbol::Same && ahead(3) == Symbol::Place;
  return is_same_place || (now() == Symbol::Within && is_reach_ahead());
}

bool Parser::moment_entry() {
  const Open node(*this, NodeKind::MomentEntry);
  if (!named()) {
    return false;
  }
  if (accept(Symbol::Equals) && !(at(Symbol::Ending) ? streak() : moment())) {
    return false;
  }
  const bool is_fixed_later = at(Symbol::Comma) && ahead(1) != Symbol::Name;
  return !is_fixed_later || (expect(Symbol::Comma) && fixing());
}

bool Parser::harm() {
  const Open node(*this, NodeKind::Harm);
  return name() && expect(Symbol::Equals) && subject() && act();
}

void Parser::scenario() {
  const Open node(*this, NodeKind::Scenario);
  take();
  part({&Parser::scenario_first, kStepStarts, "the scenario"});
  rest_of_sentence({&Parser::step, kStepStarts, "the scenario"});
}

bool Parser::scenario_first() { return string() && step(); }

bool Parser::step() { return at(Symbol::Expect) ? expectation() : event(); }

bool Parser::event() {
  const Open node(*this, NodeKind::Event);
  if (accept(Symbol::According) && !(expect(Symbol::To) && agents())) {
    return false;
  }
  if (!expect(Symbol::At) || !date() || !time() || !agents()) {
    return false;
  }
  if (at(Symbol::Determine)) {
    return finding();
  }
  return at(Symbol::Declare) ? declaration() : power_or_act();
}

bool Parser::declaration() {
  const Open node(*this, NodeKind::Declaration);
  return expect(Symbol::Declare) && one_of({Symbol::Release, Symbol::Dissent}) &&
         expect(Symbol::From) && clause_list() && (!accept(Symbol::By) || agents());
}

bool Parser::finding() {
  const Open node(*this, NodeKind::Finding);
  return words({Symbol::Determine, Symbol::Breach, Symbol::Of}) && clause_list() &&
         (!accept(Symbol::By) || agents());
}

bool Parser::expectation() {
  const Open node(*this, NodeKind::Expectation);
  if (!expect(Symbol::Expect)) {
    return false;
  }
  if (accept(Symbol::Nobody)) {
    return words({Symbol::In, Symbol::Breach});
  }
  if (at_clause()) {
    take();
    const bool has_outcome = [this] {
      const Open outcome(*this, NodeKind::Outcome);
      return one_of({Symbol::Broken, Symbol::Kept, Symbol::Unknown, Symbol::Contested,
                     Symbol::Pending, Symbol::Lapsed});
    }();
    if (!has_outcome || (accept(Symbol::By) && !agents())) {
      return false;
    }
  } else if (!agents() || !words({Symbol::In, Symbol::Breach, Symbol::Of}) || !clause_list()) {
    return false;
  }
  return !accept(Symbol::According) || (expect(Symbol::To) && agents());
}

void Parser::acceptance() {
  const Open node(*this, NodeKind::Acceptance);
  take();
  const Parts parts{&Parser::acceptance_body, {}, "this sentence"};
  part(parts);
  if (!accept(Symbol::Semicolon)) {
    rest_of_sentence(parts);
  }
}

bool Parser::acceptance_body() {
  return expect(Symbol::Name) && expect(Symbol::On) && clause_list() &&
         (!at(Symbol::String) || string()) && expect(Symbol::By) && agents();
}

void Parser::vocabulary_header() {
  const Open node(*this, NodeKind::VocabularyHeader);
  take();
  const Parts parts{&Parser::vocabulary_title, {}, "the heading"};
  part(parts);
  rest_of_sentence(parts);
}

bool Parser::vocabulary_title() { return expect(Symbol::Of) && string(); }

bool Parser::kind() {
  const Open node(*this, NodeKind::Kind);
  if (!named()) {
    return false;
  }
  while (at(Symbol::Comma) && ahead(1) != Symbol::Name) {
    take();
    if (!kind_option()) {
      return false;
    }
  }
  return true;
}

bool Parser::kind_option() {
  if (at(Symbol::Also)) {
    const Open node(*this, NodeKind::Also);
    return expect(Symbol::Also) && name();
  }
  if (at(Symbol::Measured)) {
    const Open node(*this, NodeKind::Measured);
    return words({Symbol::Measured, Symbol::By}) && word() && (!accept(Symbol::In) || word());
  }
  const Open node(*this, NodeKind::KindOf);
  return words({Symbol::A, Symbol::Kind, Symbol::Of}) && nouns();
}

void Parser::vocabulary_act() {
  const Open node(*this, NodeKind::VocabularyAct);
  take();
  part({&Parser::verb, kActLineStarts, "this act"});
  rest_of_sentence({&Parser::act_line, kActLineStarts, "this act"});
}

bool Parser::act_line() {
  if (at(Symbol::Forms)) {
    return forms();
  }
  if (at(Symbol::Aspect)) {
    const Open node(*this, NodeKind::Aspect);
    return expect(Symbol::Aspect) && one_of({Symbol::Event, Symbol::State, Symbol::Institutional});
  }
  if (at(Symbol::Implies)) {
    const Open node(*this, NodeKind::ImpliedAct);
    return expect(Symbol::Implies) && act();
  }
  if (at(Symbol::Shown)) {
    const Open node(*this, NodeKind::ShownBy);
    return words({Symbol::Shown, Symbol::By}) && string();
  }
  if (at(Symbol::Frame)) {
    const Open node(*this, NodeKind::Frame);
    return expect(Symbol::Frame) && word() && string();
  }
  const Open node(*this, NodeKind::Role);
  if (accept(Symbol::Object)) {
    return nouns();
  }
  if (!at_preposition()) {
    return fail("a line of an act, such as `forms`, `object`, `with`, `aspect` or `shown by`,");
  }
  return preposition() && nouns();
}

bool Parser::forms() {
  const Open node(*this, NodeKind::Forms);
  if (!expect(Symbol::Forms) || !string()) {
    return false;
  }
  while (accept(Symbol::Comma)) {
    if (!string()) {
      return false;
    }
  }
  return true;
}

}  // namespace truce::language
