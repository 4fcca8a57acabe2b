// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "truce/base/utf8.h"
#include "truce/document/internal/data_text.h"
#include "truce/document/internal/escape.h"
#include "truce/document/record.h"
#include "truce/report/clocks.h"
#include "truce/report/notes.h"
#include "truce/report/phrases.h"

namespace truce::document {
namespace {

using report::Words;

constexpr std::size_t kLeastWidth = 40;
constexpr std::size_t kHighlights = 2;
constexpr std::size_t kLinesOfOne = 2;
constexpr std::size_t kDutiesShown = 3;

/// Lines of at most `width` columns; words longer than a line stay whole.
class Terminal {
 public:
  explicit Terminal(std::size_t width) : width_(std::max(width, kLeastWidth)) {}

  /// With `most_lines` the rest is left out, and an ellipsis says so.
  void paragraph(std::string_view text, std::size_t indent = 0, std::size_t hanging = 0,
                 std::size_t most_lines = 0) {
    const std::string safe = internal::to_terminal_text(text);
    std::string line(indent, ' ');
    std::size_t column = indent;
    std::size_t lines = 1;
    bool is_empty = true;
    for (std::size_t at = 0; at < safe.size();) {
      const std::size_t end = std::min(safe.find(' ', at), safe.size());
      const std::string_view word = std::string_view(safe).substr(at, end - at);
      const std::size_t length = base::count_code_points(word);
      // The last line keeps room for the ellipsis.
      const std::size_t room = width_ - (lines == most_lines ? 2 : 0);
      if (!is_empty && column + 1 + length > room) {
        if (lines++ == most_lines) {
          line += " …";
          break;
        }
        out_ += line + "\n";
        line.assign(indent + hanging, ' ');
        column = indent + hanging;
        is_empty = true;
      }
      if (!word.empty()) {
        line += is_empty ? "" : " ";
        line += word;
        column += length + (is_empty ? 0 : 1);
        is_empty = false;
      }
      at = end + 1;
    }
    out_ += line + "\n";
  }
  /// As it is, cut to the width.
  void line(std::string_view text) {
    const std::string safe = internal::to_terminal_text(text);
    std::size_t bytes = 0;
    for (std::size_t column = 0; column < width_ && bytes < safe.size(); ++column) {
      bytes +=
          std::max<std::size_t>(base::decode_utf8(std::string_view(safe).substr(bytes)).length, 1);
    }
    out_ += safe.substr(0, bytes) + "\n";
  }
  void gap() { out_ += "\n"; }
  [[nodiscard]] const std::string& str() const { return out_; }

 private:
  std::size_t width_;
  std::string out_;
};

void write_head(Terminal& out, const Words& words, const Record& record,
                const report::Overview& overview) {
  const base::Duration offset = record.agreement.clock.offset;
  out.paragraph(record.agreement.title);
  std::string scope = record.evidence.incidents.empty()
                          ? words("text.nothing")
                          : report::when_text(overview.period, offset);
  if (record.as_known_at) {
    scope += words.fill("text.as_known_at",
                        {{"at", report::instant_text(words, *record.as_known_at, offset)}});
  }
  if (!record.according_to.empty()) {
    scope += words.fill("text.according_to", {{"who", record.according_to}});
  }
  out.paragraph(scope);
  out.gap();
  for (const std::string& sentence : report::lead(words, record, overview)) {
    out.paragraph(sentence);
  }
  out.gap();
}

void write_clauses(Terminal& out, const Words& words, const Record& record) {
  out.line(fmt::format("{:<8}{:>8}{:>10}{:>10}{:>8}", words("text.clause"), words("outcome.broken"),
                       words("outcome.contested"), words("outcome.unknown"),
                       words("outcome.kept")));
  std::uint64_t kept_throughout = 0;
  const std::vector<facts::ClauseCount>& counts = record.replay.verdicts.counts;
  for (std::size_t index = 0; index < counts.size(); ++index) {
    const facts::ClauseCount& count = counts[index];
    if (count.broken + count.contested + count.unknown > 0) {
      out.line(fmt::format(
          "{:<8}{:>8}{:>10}{:>10}{:>8}{}", record.agreement.clauses[index].number, count.broken,
          count.contested, count.unknown, count.kept,
          count.broken_by_one_of == 0
              ? ""
              : words.fill("text.one_of", {{"n", std::to_string(count.broken_by_one_of)}})));
    } else if (count.kept > 0) {
      ++kept_throughout;
    }
  }
  if (kept_throughout > 0) {
    out.line(words.count("text.kept_throughout", kept_throughout));
  }
}

// What each `report when` found; nothing where the agreement has none.
void write_points(Terminal& out, const Words& words, const Record& record) {
  struct Found {
    std::uint64_t certain = 0;
    std::uint64_t possible = 0;
  };
  const std::vector<agreement::Clause>& clauses = record.agreement.clauses;
  std::vector<Found> found(clauses.size());
  for (const facts::Point& point : record.replay.verdicts.points) {
    const bool is_certain = point.holds == facts::Truth::Yes;
    found[point.clause.index].certain += is_certain ? 1 : 0;
    found[point.clause.index].possible += is_certain ? 0 : 1;
  }
  for (std::size_t index = 0; index < clauses.size(); ++index) {
    if (clauses[index].form == agreement::Form::Watch) {
      out.line(words.fill("text.points", {{"clause", clauses[index].number},
                                          {"certain", std::to_string(found[index].certain)},
                                          {"possible", std::to_string(found[index].possible)}}));
    }
  }
}

void write_highlights(Terminal& out, const Words& words, const Record& record,
                      facts::Outcome outcome) {
  std::size_t shown = 0;
  std::size_t rest = 0;
  for (std::size_t index = 0; index < record.replay.verdicts.verdicts.size(); ++index) {
    const facts::Verdict& verdict = record.replay.verdicts.verdicts[index];
    if (verdict.outcome != outcome || !verdict.incident) {
      continue;
    }
    if (shown == kHighlights) {
      ++rest;
      continue;
    }
    if (shown++ == 0) {
      out.gap();
      out.line(words("text." + std::string(facts::to_text(outcome))));
    }
    const std::string because = index < record.replay.explanations.size()
                                    ? record.replay.explanations[index].because.english()
                                    : "";
    out.paragraph(words.fill("text.highlight",
                             {{"clause", record.agreement.clause(verdict.clause).number},
                              {"bearer", facts::bearer_text(record.agreement, verdict)},
                              {"incident", record.evidence.incidents[verdict.incident->index].id},
                              {"because", because}}),
                  2, 2, kLinesOfOne);
  }
  if (rest > 0) {
    out.line("  " + words.count("text.more", rest));
  }
}

void write_duties(Terminal& out, const Words& words, const Record& record,
                  const report::Overview& overview) {
  const std::vector<report::DutyView> duties = report::duties_of(words, record, overview);
  if (duties.empty()) {
    return;
  }
  out.gap();
  out.line(words("duties.title"));
  for (std::size_t index = 0; index < std::min(duties.size(), kDutiesShown); ++index) {
    const report::DutyView& duty = duties[index];
    out.line("  " +
             words.fill("text.duty",
                        {{"clause", duty.clause},
                         {"bearer", duty.bearer},
                         {"outcome", words("outcome." + std::string(facts::to_text(duty.outcome)))},
                         {"due", duty.due}}));
    if (!duty.awaited.empty()) {
      out.line("    " + duty.awaited);
    }
  }
  if (duties.size() > kDutiesShown) {
    out.line("  " + words.count("text.more", duties.size() - kDutiesShown));
  }
}

void write_clocks(Terminal& out, const Words& words, const Record& record) {
  const std::vector<report::ClockView> clocks = report::clocks_of(words, record);
  if (clocks.empty()) {
    return;
  }
  out.gap();
  for (std::size_t index = 0; index < std::min(clocks.size(), kHighlights); ++index) {
    const report::ClockView& clock = clocks[index];
    std::string who = report::list_text(words, clock.accounts);
    if (clock.accounts.size() > 3) {
      who = words.count("clock.accounts", clock.accounts.size());
    }
    out.paragraph(
        words.fill("text.clock", {{"name", clock.name}, {"accounts", who}, {"state", clock.state}}),
        0, 2);
  }
}

void write_data(Terminal& out, const Words& words, const Record& record,
                const report::Overview& overview) {
  out.gap();
  const incidents::Reading& reading = record.reading;
  out.paragraph(internal::data_text(record));
  for (std::size_t index = 0; index < std::min(reading.skipped.size(), kHighlights); ++index) {
    const incidents::SkippedRow& row = reading.skipped[index];
    const std::string file =
        row.origin.file < reading.files.size() ? reading.files[row.origin.file] : "";
    out.paragraph(fmt::format("{}:{}:{}: {}", file, row.origin.line, row.column, row.reason), 2, 2);
  }
  const std::vector<std::string> unknown = report::unknown_word_lines(words, record);
  for (std::size_t index = 0; index < std::min(unknown.size(), kHighlights); ++index) {
    out.paragraph(unknown[index], 2, 2);
  }
  if (record.replay.not_shown > 0) {
    out.paragraph(words.count("notes.not_shown", record.replay.not_shown));
  }
  for (const std::string& assumption : record.replay.assumptions) {
    out.paragraph(words.fill("notes.assumption", {{"what", assumption}}));
  }
  if (overview.has_ucdp) {
    out.paragraph(words("notes.dyad"));
  }
  out.line(words.fill("text.digest", {{"digest", record.replay.digest}}));
}

}  // namespace

std::string internal::data_text(const Record& record) {
  const Words words = Words::english();
  const incidents::Reading& reading = record.reading;
  return words.fill(
      "text.data", {{"rows", words.count("rows", reading.rows)},
                    {"skipped", report::grouped(reading.skipped.size())},
                    {"duplicates", report::grouped(reading.duplicates)},
                    {"totals", report::grouped(reading.totals.size())},
                    {"unknown", words.count("unknown_words", record.evidence.unknown_words.size())},
                    {"warnings", words.count("warnings", report::warnings_of(record).size())}});
}

std::string to_text(const Record& record, std::size_t width) {
  const Words words = Words::english();
  const report::Overview overview = report::overview_of(record);
  Terminal out(width);
  write_head(out, words, record, overview);
  write_clauses(out, words, record);
  write_points(out, words, record);
  write_highlights(out, words, record, facts::Outcome::Broken);
  write_highlights(out, words, record, facts::Outcome::Contested);
  write_duties(out, words, record, overview);
  write_clocks(out, words, record);
  write_data(out, words, record, overview);
  return out.str();
}

}  // namespace truce::document
