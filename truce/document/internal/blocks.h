// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/document/internal/escape.h"
#include "truce/document/internal/overview.h"
#include "truce/document/internal/words.h"

namespace truce::document::internal {

/// The parts of the page that stand without a script.
class Blocks {
 public:
  Blocks(const Words& words, const Record& record, const Overview& overview)
      : words_(words), record_(record), overview_(overview) {}

  /// What is shown for which time, according to whom.
  [[nodiscard]] HtmlWriter scope() const;
  [[nodiscard]] HtmlWriter lead_text() const;
  /// The numbers of incidents by verdict, as filters of the page.
  [[nodiscard]] HtmlWriter figures() const;
  [[nodiscard]] HtmlWriter days() const;
  [[nodiscard]] HtmlWriter clauses() const;
  [[nodiscard]] HtmlWriter clocks() const;
  [[nodiscard]] HtmlWriter duties() const;
  [[nodiscard]] HtmlWriter notes() const;

 private:
  void add_day(HtmlWriter& html, const DayView& day) const;
  void add_clause(HtmlWriter& html, std::size_t index) const;
  void add_force(HtmlWriter& html, const monitor::ForceHistory& force) const;

  const Words& words_;
  const Record& record_;
  const Overview& overview_;
};

}  // namespace truce::document::internal
