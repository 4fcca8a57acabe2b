// SPDX-License-Identifier: Apache-2.0
// Notes on the data: what the report says beside the incidents.
#include "truce/report/notes.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "truce/report/phrases.h"

namespace truce::report {
namespace {

std::string origin_text(const Record& record, incidents::RowOrigin origin) {
  const std::vector<std::string>& files = record.reading.files;
  return fmt::format("{}:{}", origin.file < files.size() ? files[origin.file] : "", origin.line);
}

// A list in the report stays readable; the machine formats hold all.
constexpr std::size_t kLinesShown = 50;

void add_note(const Words& words, std::vector<Note>& notes, std::string_view title_key,
              std::vector<RichText> lines) {
  if (lines.empty()) {
    return;
  }
  if (lines.size() > kLinesShown) {
    const std::size_t rest = lines.size() - kLinesShown;
    lines.resize(kLinesShown);
    lines.emplace_back(words.count("notes.more", rest));
  }
  notes.push_back({words(title_key), std::move(lines)});
}

void add_note(const Words& words, std::vector<Note>& notes, std::string_view title_key,
              const std::vector<std::string>& lines) {
  add_note(words, notes, title_key, std::vector<RichText>(lines.begin(), lines.end()));
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
  if (record.replay.not_shown > 0) {
    lines.push_back(words.count("notes.not_shown", record.replay.not_shown));
  }
  for (const std::string& assumption : record.replay.assumptions) {
    lines.push_back(words.fill("notes.assumption", {{"what", assumption}}));
  }
  return lines;
}

// How the places of the agreement are known: which are drawn, and how.
std::vector<std::string> drawing_lines(const Words& words, const Record& record) {
  using What = agreement::PlaceTerm::What;
  std::map<std::string_view, std::vector<std::string>> names;
  for (const agreement::Place& place : record.agreement.places) {
    const bool is_belt =
        std::any_of(place.terms.begin(), place.terms.end(),
                    [](const agreement::PlaceTerm& term) { return term.what == What::Within; });
    const std::string_view key = !place.region                       ? "notes.undrawn"
                                 : is_belt                           ? "notes.belts"
                                 : !place.region->outlines().empty() ? "notes.areas"
                                                                     : "notes.lines";
    names[key].push_back(place.name);
  }
  std::vector<std::string> lines;
  for (const std::string_view key :
       {"notes.areas", "notes.lines", "notes.belts", "notes.undrawn"}) {
    if (const auto found = names.find(key); found != names.end()) {
      lines.push_back(words.fill(key, {{"places", list_text(words, found->second)}}));
    }
  }
  if (lines.empty()) {
    return lines;
  }
  lines.push_back(words("notes.drawing_doubt"));
  if (!record.basemap.empty()) {
    lines.push_back(words("notes.basemap"));
  }
  return lines;
}

/// The current reports of one account, by the source they cite.
struct Cited {
  std::uint64_t reports = 0;
  std::map<std::string, std::uint64_t> sources;
};

std::string cited_text(const Words& words, const Cited& cited) {
  // More than these are counted.
  constexpr std::size_t kSourcesNamed = 4;
  std::vector<std::pair<std::uint64_t, std::string>> sources;
  for (const auto& [source, count] : cited.sources) {
    sources.emplace_back(count, source);
  }
  std::stable_sort(sources.begin(), sources.end(),
                   [](const auto& left, const auto& right) { return left.first > right.first; });
  std::vector<std::string> names;
  for (std::size_t index = 0; index < std::min(sources.size(), kSourcesNamed); ++index) {
    names.push_back(sources[index].second);
  }
  if (sources.size() > kSourcesNamed) {
    names.push_back(words.count("notes.more_sources", sources.size() - kSourcesNamed));
  }
  return list_text(words, names);
}

std::vector<std::string> source_lines(const Words& words, const Record& record,
                                      const Overview& overview) {
  std::map<facts::AccountId, Cited> by_account;
  for (const facts::Fact& fact : record.evidence.facts) {
    Cited& cited = by_account[fact.account];
    ++cited.reports;
    const incidents::Report* report = report_of(record, fact);
    if (report != nullptr && !report->source.empty()) {
      ++cited.sources[report->source];
    }
  }
  std::vector<std::pair<facts::AccountId, Cited>> accounts(by_account.begin(), by_account.end());
  std::stable_sort(accounts.begin(), accounts.end(), [](const auto& left, const auto& right) {
    return left.second.reports > right.second.reports;
  });
  std::vector<std::string> lines;
  for (const auto& [account, cited] : accounts) {
    const std::string sources = cited_text(words, cited);
    lines.push_back(words.fill(sources.empty() ? "notes.uncited" : "notes.cited",
                               {{"who", record.evidence.accounts[account.index].name},
                                {"reports", words.count("accounts", cited.reports)},
                                {"sources", sources}}));
  }
  if (overview.has_ucdp) {
    lines.push_back(words("notes.ucdp_terms"));
  }
  if (!lines.empty()) {
    lines.push_back(words("notes.terms"));
  }
  return lines;
}

std::string number_text(const Words& words, std::optional<std::int64_t> number) {
  return number ? grouped(static_cast<std::uint64_t>(*number)) : words("unknown.number");
}

// What a later row says otherwise, column by column.
std::string changes_text(const Words& words, const Record& record, const incidents::Report& earlier,
                         const incidents::Report& later) {
  const base::Duration offset = record.agreement.clock.offset;
  std::vector<std::string> changes;
  const auto add = [&](std::string_view key, const std::string& from, const std::string& to) {
    if (from != to) {
      changes.push_back(
          words.fill("notes.changed", {{"what", words(key)}, {"from", from}, {"to", to}}));
    }
  };
  if (later.is_withdrawn) {
    return words("notes.withdrawn");
  }
  const auto names = [&](const incidents::NameSet& set) { return names_text(words, set); };
  add("account.by", names(earlier.actors), names(later.actors));
  add("account.act", names(earlier.kinds), names(later.kinds));
  add("account.to", names(earlier.targets), names(later.targets));
  add("account.with", names(earlier.weapons), names(later.weapons));
  add("account.when", when_text(earlier.when, offset), when_text(later.when, offset));
  add("account.where", earlier.place, later.place);
  const auto toll = [&](const incidents::Report& report) {
    return report.deaths_best ? report.deaths_best : report.deaths_low;
  };
  add("account.deaths", number_text(words, toll(earlier)), number_text(words, toll(later)));
  return changes.empty() ? words("notes.changed_detail") : list_text(words, changes);
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

std::vector<RichText> correction_lines(const Words& words, const Record& record) {
  std::map<std::pair<std::string, std::string>, std::vector<const incidents::Report*>> rows;
  for (const incidents::Report& report : record.reading.reports) {
    if (!record.as_known_at || !report.reported_at || *report.reported_at <= *record.as_known_at) {
      rows[{report.incident, report.account}].push_back(&report);
    }
  }
  std::map<std::string, facts::IncidentId> incidents;
  for (std::size_t index = 0; index < record.evidence.incidents.size(); ++index) {
    incidents[record.evidence.incidents[index].id] = base::id_at<facts::IncidentId>(index);
  }
  std::vector<RichText> lines;
  for (auto& [key, reports] : rows) {
    if (reports.size() < 2 && !reports[0]->is_withdrawn) {
      continue;
    }
    std::stable_sort(reports.begin(), reports.end(), [](const auto* left, const auto* right) {
      return left->reported_at < right->reported_at;
    });
    const auto known = incidents.find(key.first);
    const incidents::Report& later = *reports.back();
    const std::string date =
        later.reported_at
            ? base::to_words(base::date_of(*later.reported_at, record.agreement.clock.offset))
            : words("notes.undated");
    lines.push_back(fill(
        words, "notes.correction",
        {{"who", later.according_to},
         {"incident", known == incidents.end()
                          ? RichText(key.first)
                          : RichText::linked(later.place.empty() ? key.first : later.place,
                                             incident_link(record, known->second))},
         {"date", date},
         {"changes", changes_text(words, record,
                                  *reports[reports.size() < 2 ? 0 : reports.size() - 2], later)}}));
  }
  return lines;
}

std::vector<Note> data_notes(const Words& words, const Record& record, const Overview& overview) {
  std::vector<Note> notes;
  add_note(words, notes, "notes.caution_title", caution_lines(words, record, overview));
  add_note(words, notes, "notes.reading_title", reading_lines(words, record));
  add_note(words, notes, "notes.skipped_title", skipped_lines(words, record));
  add_note(words, notes, "notes.corrections_title", correction_lines(words, record));
  add_note(words, notes, "notes.totals_title", total_lines(words, record));
  add_note(words, notes, "notes.unknown_title", unknown_word_lines(words, record));
  add_note(words, notes, "notes.drawings_title", drawing_lines(words, record));
  add_note(words, notes, "notes.sources_title", source_lines(words, record, overview));
  add_note(words, notes, "notes.warnings_title", warnings_of(record));
  return notes;
}

}  // namespace truce::report
