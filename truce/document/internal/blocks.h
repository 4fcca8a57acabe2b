// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/document/internal/escape.h"
#include "truce/document/internal/rich_html.h"
#include "truce/document/record.h"
#include "truce/report/clocks.h"
#include "truce/report/day_story.h"
#include "truce/report/ledgers.h"
#include "truce/report/overview.h"
#include "truce/report/words.h"

namespace truce::document::internal {

using report::ClockView;
using report::DayStory;
using report::Ledger;
using report::Overview;
using report::RichText;
using report::Words;

/// The symbol of a verdict: its shape stands in the template as a symbol of that name.
HtmlWriter& symbol(HtmlWriter& html, std::string_view key);
/// A cell of a table with a number, and the symbol of what it counts.
void add_number(HtmlWriter& html, std::string_view key, std::string_view label,
                std::uint64_t number);

/// The parts of the page that stand without a script. A part with nothing to show is empty.
class Blocks {
 public:
  Blocks(const Words& words, const Record& record, const Overview& overview)
      : words_(words), record_(record), overview_(overview) {}

  /// What is shown for which time, according to whom.
  [[nodiscard]] HtmlWriter scope() const;
  [[nodiscard]] HtmlWriter story() const;
  /// The numbers of incidents by verdict, with what each verdict means.
  [[nodiscard]] HtmlWriter figures() const;
  [[nodiscard]] HtmlWriter days() const;
  [[nodiscard]] HtmlWriter clauses() const;
  [[nodiscard]] HtmlWriter duties() const;

  // blocks_record.cpp
  [[nodiscard]] HtmlWriter compliance() const;
  [[nodiscard]] HtmlWriter clocks() const;
  [[nodiscard]] HtmlWriter ledgers() const;
  [[nodiscard]] HtmlWriter notes() const;

 private:
  void add_day(HtmlWriter& html, const DayStory& day) const;
  void add_clause(HtmlWriter& html, std::size_t index) const;
  void add_force(HtmlWriter& html, const monitor::ForceHistory& force) const;
  void add_clock(HtmlWriter& html, const ClockView& clock) const;
  void add_clocks(HtmlWriter& html, const std::vector<ClockView>& clocks, bool are_certain) const;
  void add_ledger(HtmlWriter& html, const Ledger& ledger) const;
  void add_claim(HtmlWriter& html, const Ledger& ledger, std::size_t index) const;

  const Words& words_;
  const Record& record_;
  const Overview& overview_;
};

/// What was observed of clauses that keep apart; empty where nothing was.
HtmlWriter apart_block(const Words& words, const Record& record);

}  // namespace truce::document::internal
