// SPDX-License-Identifier: Apache-2.0
// Clocks, duties and notes on the data: what the report says beside the incidents.
#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "truce/document/internal/phrases.h"

namespace truce::document::internal {
namespace {

base::Instant running_since(const monitor::StreakClock& clock) {
  base::Instant since = clock.start;
  for (const monitor::StreakClock::Reset& reset : clock.resets) {
    if (reset.is_certain) {
      since = std::max(since, reset.when.to);
    }
  }
  return since;
}

std::string clock_state(const Words& words, const monitor::StreakClock& clock, base::Instant now,
                        base::Duration offset) {
  if (clock.latest_end <= now) {
    return words.fill("clock.complete", {{"at", instant_text(words, clock.latest_end, offset)}});
  }
  if (clock.start >= now) {
    return words("clock.not_begun");
  }
  if (clock.earliest_end <= now) {
    return words.fill("clock.perhaps", {{"at", instant_text(words, clock.earliest_end, offset)}});
  }
  const base::Duration run = now - running_since(clock);
  const std::int64_t day = std::max<std::int64_t>(run.seconds, 0) / base::kDay.seconds + 1;
  if (clock.period.seconds % base::kDay.seconds != 0) {
    return words.fill("clock.running",
                      {{"run", base::to_words(run)}, {"period", base::to_words(clock.period)}});
  }
  const std::int64_t days = clock.period.seconds / base::kDay.seconds;
  return words.fill("clock.day",
                    {{"day", std::to_string(std::min(day, days))}, {"days", std::to_string(days)}});
}

std::string clock_end(const Words& words, const monitor::StreakClock& clock,
                      base::Duration offset) {
  if (clock.earliest_end >= base::kAfterTime) {
    return words("clock.ends_never");
  }
  return words.fill(clock.latest_end >= base::kAfterTime ? "clock.ends_from" : "clock.ends",
                    {{"earliest", instant_text(words, clock.earliest_end, offset)},
                     {"latest", instant_text(words, clock.latest_end, offset)}});
}

// The last three; more would hide what the clock says.
constexpr std::size_t kResetsShown = 3;

std::vector<std::string> reset_lines(const Words& words, const Record& record,
                                     const monitor::StreakClock& clock) {
  std::vector<monitor::StreakClock::Reset> resets = clock.resets;
  std::sort(resets.begin(), resets.end(), [](const auto& left, const auto& right) {
    return std::tuple(left.when, left.incident) > std::tuple(right.when, right.incident);
  });
  std::vector<std::string> lines;
  for (const monitor::StreakClock::Reset& reset : resets) {
    if (lines.size() == kResetsShown) {
      lines.push_back(words.count("clock.more_resets", resets.size() - kResetsShown));
      break;
    }
    lines.push_back(words.fill(reset.is_certain ? "clock.reset" : "clock.perhaps_reset",
                               {{"when", when_text(reset.when, record.agreement.clock.offset)},
                                {"incident", record.evidence.incidents[reset.incident.index].id}}));
  }
  return lines;
}

std::string origin_text(const Record& record, incidents::RowOrigin origin) {
  const std::vector<std::string>& files = record.reading.files;
  return fmt::format("{}:{}", origin.file < files.size() ? files[origin.file] : "", origin.line);
}

// A list in the report stays readable; the machine formats hold all.
constexpr std::size_t kLinesShown = 50;

void add_note(const Words& words, std::vector<Note>& notes, std::string_view title_key,
              std::vector<std::string> lines) {
  if (lines.empty()) {
    return;
  }
  if (lines.size() > kLinesShown) {
    const std::size_t rest = lines.size() - kLinesShown;
    lines.resize(kLinesShown);
    lines.push_back(words.count("notes.more", rest));
  }
  notes.push_back({words(title_key), std::move(lines)});
}

std::vector<std::string> reading_lines(const Words& words, const Record& record) {
  const incidents::Reading& reading = record.reading;
  std::vector<std::string> lines;
  if (!reading.files.empty()) {
    lines.push_back(words.fill("notes.files", {{"files", list_text(words, reading.files)}}));
  }
  lines.push_back(words.fill(
      "notes.rows",
      {{"rows", words.count("rows", reading.rows)},
       {"skipped", words.fill("notes.skipped_count", {{"n", grouped(reading.skipped.size())}})},
       {"duplicates", words.fill("notes.duplicate_count", {{"n", grouped(reading.duplicates)}})}}));
  return lines;
}

std::vector<std::string> skipped_lines(const Words& words, const Record& record) {
  std::vector<std::string> lines;
  lines.reserve(record.reading.skipped.size());
  for (const incidents::SkippedRow& row : record.reading.skipped) {
    const std::string column =
        row.column == 0 ? "" : words.fill("notes.column", {{"n", std::to_string(row.column)}});
    lines.push_back(words.fill("notes.skipped", {{"at", origin_text(record, row.origin) + column},
                                                 {"reason", row.reason}}));
  }
  return lines;
}

std::vector<std::string> total_lines(const Words& words, const Record& record) {
  std::vector<std::string> lines;
  lines.reserve(record.reading.totals.size());
  for (const incidents::Report& total : record.reading.totals) {
    lines.push_back(
        words.fill("notes.total", {{"incident", total.incident},
                                   {"when", when_text(total.when, record.agreement.clock.offset)},
                                   {"at", origin_text(record, total.origin)}}));
  }
  return lines;
}

std::vector<std::string> caution_lines(const Words& words, const Record& record,
                                       const Overview& overview) {
  std::vector<std::string> lines{words("notes.silence"), words("notes.not_added")};
  if (overview.has_ucdp) {
    lines.insert(lines.begin(), words("notes.dyad"));
  }
  std::vector<std::string> abstract;
  for (const agreement::Place& place : record.agreement.places) {
    if (!place.region) {
      abstract.push_back(place.name);
    }
  }
  if (!abstract.empty()) {
    lines.push_back(words.fill("notes.abstract", {{"places", list_text(words, abstract)}}));
  }
  std::vector<std::string> readings;
  for (const agreement::ActorId actor : record.replay.readings) {
    readings.push_back(record.agreement.actor(actor).name);
  }
  if (!readings.empty()) {
    lines.push_back(words.fill("notes.readings", {{"readings", list_text(words, readings)}}));
  }
  for (const std::string& assumption : record.replay.assumptions) {
    lines.push_back(words.fill("notes.assumption", {{"what", assumption}}));
  }
  return lines;
}

}  // namespace

std::vector<std::string> unknown_word_lines(const Words& words, const Record& record) {
  std::vector<facts::UnknownWord> unknown = record.evidence.unknown_words;
  std::stable_sort(unknown.begin(), unknown.end(),
                   [](const auto& left, const auto& right) { return left.count > right.count; });
  std::vector<std::string> lines;
  lines.reserve(unknown.size());
  for (const facts::UnknownWord& word : unknown) {
    std::string line = words.fill(
        "notes.unknown",
        {{"field", word.field}, {"word", word.word}, {"times", words.count("times", word.count)}});
    if (word.did_you_mean) {
      line += words.fill("notes.did_you_mean", {{"word", *word.did_you_mean}});
    }
    if (!word.reason.empty()) {
      line += "; " + word.reason;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> warnings_of(const Record& record) {
  std::vector<std::string> warnings = record.warnings;
  for (const std::string& warning : record.reading.warnings) {
    if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) {
      warnings.push_back(warning);
    }
  }
  return warnings;
}

std::vector<ClockView> clocks_of(const Words& words, const Record& record) {
  const base::Duration offset = record.agreement.clock.offset;
  std::vector<ClockView> views;
  std::map<std::vector<std::string>, std::size_t> by_face;
  for (const monitor::StreakClock& clock : record.replay.clocks) {
    ClockView view;
    view.name = clock.name;
    view.state = clock_state(words, clock, record.evidence.now, offset);
    view.resets = reset_lines(words, record, clock);
    view.ends = clock_end(words, clock, offset);
    std::vector<std::string> face{view.name, view.state, view.ends};
    face.insert(face.end(), view.resets.begin(), view.resets.end());
    const auto [found, is_new] = by_face.emplace(std::move(face), views.size());
    if (is_new) {
      views.push_back(std::move(view));
    }
    views[found->second].accounts.push_back(record.evidence.accounts[clock.account.index].name);
  }
  return views;
}

std::vector<DutyView> duties_of(const Words& words, const Record& record,
                                const Overview& overview) {
  const base::Duration offset = record.agreement.clock.offset;
  std::vector<DutyView> duties;
  for (const std::size_t index : overview.duties) {
    const facts::Verdict& verdict = record.replay.verdicts.verdicts[index];
    DutyView duty;
    duty.clause = record.agreement.clause(verdict.clause).number;
    duty.bearer = facts::bearer_text(record.agreement, verdict);
    duty.outcome = verdict.outcome;
    duty.due = instant_text(words, verdict.at, offset);
    if (index < record.replay.explanations.size()) {
      duty.because = record.replay.explanations[index].because;
    }
    duties.push_back(std::move(duty));
  }
  return duties;
}

std::vector<Note> data_notes(const Words& words, const Record& record, const Overview& overview) {
  std::vector<Note> notes;
  add_note(words, notes, "notes.reading_title", reading_lines(words, record));
  add_note(words, notes, "notes.caution_title", caution_lines(words, record, overview));
  add_note(words, notes, "notes.skipped_title", skipped_lines(words, record));
  add_note(words, notes, "notes.totals_title", total_lines(words, record));
  add_note(words, notes, "notes.unknown_title", unknown_word_lines(words, record));
  add_note(words, notes, "notes.warnings_title", warnings_of(record));
  return notes;
}

}  // namespace truce::document::internal
