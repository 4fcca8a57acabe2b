// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truce/diagnostics/diagnostic.h"
#include "truce/language/internal/tree_builder.h"
#include "truce/language/internal/words.h"
#include "truce/language/syntax_tree.h"

namespace truce::language {

/// Recursive descent, one function for each production of docs/language/grammar.md.
///
/// A production returns false when the text does not fit; the failure has then been reported at the
/// token where it happened, and whoever reads a whole part of a sentence passes over the rest of
/// it. A slip with one likely meaning is mended: the token is noted as what was meant, and the part
/// is read again. Invariant: every token is added to the tree exactly once.
class Parser {
 public:
  Parser(SyntaxTree& tree, diagnostics::Sink& sink);

  void document();

 private:
  // Past this many mended slips a text is no agreement, and guessing would only cost time.
  static constexpr std::size_t kMaxMended = 2'000;

  using Production = bool (Parser::*)();

  // A significant token as the grammar sees it.
  struct Item {
    std::uint32_t token = 0;
    Symbol symbol = Symbol::End;
  };

  // The parts of one kind of sentence, which `;` separates.
  struct Parts {
    Production read = nullptr;
    // What a part begins with.
    std::span<const Symbol> starts;
    // How messages call the sentence.
    std::string sentence;
  };

  // Finishes its node when it goes out of scope.
  class Open {
   public:
    Open(Parser& parser, NodeKind kind)
        : parser_(&parser), kind_(kind), begin_(parser.builder_.begin()) {}
    ~Open() { parser_->builder_.finish(kind_, begin_); }
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;

   private:
    Parser* parser_;
    NodeKind kind_;
    std::size_t begin_;
  };

  struct State {
    TreeBuilder::Mark mark;
    std::size_t position = 0;
    std::size_t pending = 0;
  };

  // Tokens.
  [[nodiscard]] Symbol now() const { return items_[position_].symbol; }
  [[nodiscard]] Symbol ahead(std::size_t count) const;
  [[nodiscard]] std::string_view text_ahead(std::size_t count) const;
  [[nodiscard]] base::Span span_ahead(std::size_t count) const;
  [[nodiscard]] base::Span end_of_last() const;
  [[nodiscard]] base::Span last_span() const;
  bool at(Symbol symbol);
  bool at_number();
  bool at_clause();
  void take();
  bool accept(Symbol symbol);
  bool expect(Symbol symbol);
  bool words(std::initializer_list<Symbol> symbols);
  bool one_of(std::initializer_list<Symbol> symbols);
  bool word();
  bool string();
  bool number();
  bool clause_number();
  bool date();
  bool time();
  bool name();

  // Parts of sentences, and what happens where one does not fit.
  bool attempt(const Parts& parts);
  bool ends_part(const Parts& parts);
  void part(const Parts& parts);
  void rest_of_sentence(const Parts& parts);
  bool part_after_semicolon(const Parts& parts);
  void part_without_semicolon(const Parts& parts);
  void pass_over();
  void take_as_error();
  [[nodiscard]] bool starts_part(const Parts& parts, std::size_t ahead_count) const;
  [[nodiscard]] bool at_sentence_start() const;
  [[nodiscard]] bool starts_subject(std::size_t ahead_count) const;
  [[nodiscard]] State save() const;
  void go_back(const State& state);

  // Messages.
  bool fail(std::string_view expected = {});
  bool fail_as(diagnostics::Diagnostic diagnostic);
  void report(diagnostics::Diagnostic diagnostic);
  void flush();
  bool mend();
  bool mend_case();
  bool mend_determiner(bool is_subject);
  bool mend_before_class();
  bool mend_modal();
  bool mend_spelling();
  bool mend_name();
  void mend_to(Symbol symbol, std::string meant, bool is_name, diagnostics::Diagnostic message);
  bool fail_form();
  bool fail_by();
  bool fail_unit(std::string_view what, std::span<const Symbol> units);
  [[nodiscard]] std::string expected_text() const;
  [[nodiscard]] std::string found_text() const;
  void missing_stop(const Parts& parts);

  // Documents and sections.
  void sentence();
  bool section(Symbol symbol);
  void unknown_section();
  bool can_read_as_section();
  [[nodiscard]] bool ends_sentence() const;
  bool section_of_names(NodeKind kind, Production entry, std::string_view title);
  void truce_header();
  void companion_header();
  bool companion_title();
  void outside();
  bool outside_first();
  bool named();
  void heading(Production production);
  bool header_line();
  bool date_line();
  bool clock_line();
  bool days_line();
  bool languages_line();
  bool language();
  bool vocabulary_line();
  bool metric_line();
  bool force_line();
  bool deposit_line();
  bool amendment_line();
  bool prevailing_line();
  bool party();
  bool guarantor();
  bool outsider();
  bool other();
  bool body();
  bool body_option();
  bool parameter();
  bool place();
  bool place_expression();
  bool place_term();
  bool fixing();
  bool thing();
  bool situation();
  bool streak();
  bool standing_streak();
  bool holdings();
  bool holding();
  bool frequency();
  bool response();
  bool occurrence();
  bool exceptions();
  bool maybe_nearness();
  [[nodiscard]] bool is_nearness_ahead() const;
  [[nodiscard]] bool is_reach_ahead() const;
  bool reach();
  bool moment_entry();
  bool article();
  bool confidential_annex();
  bool local_truce();
  bool harm();
  void scenario();
  bool scenario_first();
  bool step();
  bool event();
  bool finding();
  bool declaration();
  bool expectation();
  void acceptance();
  bool vocabulary_title();
  void vocabulary_header();
  bool kind();
  bool kind_option();
  void vocabulary_act();
  bool act_line();
  bool forms();
  bool acceptance_body();

  // Clauses.
  void clause();
  bool clause_body();
  bool reservation();
  bool phases();
  bool watch();
  bool norm();
  bool subject();
  bool modal();
  bool power();
  bool power_or_act();
  bool act();
  bool verb();
  bool complement();
  bool preposition();
  bool at_preposition();
  [[nodiscard]] bool at_complement();
  [[nodiscard]] bool is_moment_ahead();
  bool particular();
  bool in_place();
  bool from();
  bool until();
  bool for_duration();
  bool deadline();
  bool start();
  bool finish();
  bool interval();
  bool state(NodeKind kind, Symbol symbol);
  bool condition();
  bool upon();
  bool trigger();
  bool whenever();
  bool reciprocally();
  bool despite();
  bool subject_to();
  bool exception();
  bool renewable();
  bool monitored();
  bool determined();
  bool ensured();
  bool consequence();
  bool surviving();
  bool amending();
  bool notice();
  bool note();
  bool text();
  bool phase();

  // Terms.
  bool bracket(Production content);
  bool alternative(Production content);
  bool agents();
  bool agent();
  bool at_agent(std::size_t ahead_count);
  bool nouns();
  bool noun();
  bool noun_within(bool is_inner);
  bool before_noun();
  bool at_noun(std::size_t ahead_count);
  bool list(Production member, bool (Parser::*at_member)(std::size_t));
  bool measure_test();
  bool measure();
  bool clause_list();
  bool moment();
  bool moment_base();
  bool duration();
  bool distance();
  bool needless_article();
  bool report_trigger();

  SyntaxTree* tree_;
  diagnostics::Sink* sink_;
  TreeBuilder builder_;
  std::vector<Item> items_;
  std::size_t position_ = 0;
  // What was looked for at this place, for messages; forgotten with each token taken.
  std::bitset<256> expected_;
  // Words that would be understood here although a `;` is missing before them.
  std::span<const Symbol> also_understood_;
  std::vector<diagnostics::Diagnostic> pending_;
  std::size_t failed_at_ = SIZE_MAX;
  std::size_t mended_count_ = 0;
  std::size_t depth_ = 0;
  bool can_mend_ = false;
  bool is_mended_ = false;
  bool is_in_act_ = false;
  bool is_in_occurrence_ = false;
};

}  // namespace truce::language
