// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/report/rich_text.h"
#include "truce/report/words.h"

namespace truce::report {

/// A streak as some accounts see it.
struct ClockView {
  struct Reset {
    facts::IncidentId incident;
    base::TimeRange when;
    bool is_certain = false;
    // Under so many other accounts of the same streak the clock ran on.
    std::size_t ran_on = 0;

    friend bool operator==(const Reset&, const Reset&) = default;
  };
  std::vector<std::string> accounts;
  std::string name;
  // `day 4 of 7`
  std::string state;
  std::string ends;
  // In order of time.
  std::vector<Reset> resets;
  base::Instant start;
  // When the clock is read.
  base::Instant now;
  base::Duration period;
  base::Instant earliest_end;
  base::Instant latest_end;
  // Other accounts that have a clock of this streak.
  std::size_t others = 0;

  [[nodiscard]] std::size_t certain_resets() const;
};

/// Clocks that show the same are one, in order of name; first those with the most certain resets.
std::vector<ClockView> clocks_of(const Words& words, const Record& record);

/// `Reset: 17 September 2016, 15:55, Jabal Thurdah`, the incident as a link.
RichText reset_text(const Words& words, const Record& record, const ClockView::Reset& reset);
/// How the count went: how often it was set back, last by what, and where others differ.
RichText course_text(const Words& words, const Record& record, const ClockView& clock);
/// For each streak, how far it came by how many accounts.
std::vector<RichText> streaks_summary(const Words& words, const std::vector<ClockView>& clocks);

/// A stretch of a clock without a certain interruption.
struct Run {
  base::Instant from;
  base::Instant to;
};
/// In order of time.
std::vector<Run> runs_of(const ClockView& clock);
/// `6 days 5 hours`; what is less than an hour is left out of a longer time.
std::string length_text(base::Duration length);

}  // namespace truce::report
