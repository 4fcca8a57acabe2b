// SPDX-License-Identifier: Apache-2.0
#include "truce/document/incident_summary.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "truce/document/internal/escape.h"
#include "truce/incidents/names.h"

namespace truce::document {
namespace {

using incidents::Reading;
using internal::to_terminal_text;

constexpr std::size_t kNamesShown = 10;
constexpr std::size_t kRowsShown = 5;
// As the clock of a video is read in methods/incidents.md.
constexpr base::Duration kVideoClock{-12 * 3600};

std::vector<NameCount> sorted(const std::map<std::string, std::uint64_t>& counts) {
  std::vector<NameCount> list;
  for (const auto& [name, count] : counts) {
    list.push_back({name, count});
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const NameCount& a, const NameCount& b) { return a.count > b.count; });
  return list;
}

// A set is the same in whatever order its names stand.
std::string in_order(incidents::NameSet names) {
  std::sort(names.names.begin(), names.names.end());
  return incidents::to_text(names);
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string rows_text(std::uint64_t count) { return counted(count, "row", "rows"); }

void add_names(std::string_view title, const std::vector<NameCount>& names, std::string& out) {
  if (names.empty()) {
    return;
  }
  std::vector<std::string> shown;
  for (std::size_t at = 0; at < std::min(names.size(), kNamesShown); ++at) {
    const std::string name = names[at].name.empty() ? "unknown" : to_terminal_text(names[at].name);
    shown.push_back(fmt::format("{} ({})", name, names[at].count));
  }
  if (names.size() > kNamesShown) {
    shown.push_back(fmt::format("and {} more", names.size() - kNamesShown));
  }
  out += fmt::format("{}: {}\n", title, fmt::join(shown, ", "));
}

std::string file_of(const Reading& reading, const incidents::RowOrigin& origin) {
  return origin.file < reading.files.size() ? to_terminal_text(reading.files[origin.file]) : "";
}

void add_head(const Reading& reading, const IncidentSummary& summary, std::string& out) {
  for (std::size_t at = 0; at < reading.files.size(); ++at) {
    out += fmt::format("{} ({})\n", to_terminal_text(reading.files[at]), reading.formats.at(at));
  }
  out += fmt::format("{}: {} of {} by {}\n", rows_text(reading.rows),
                     counted(summary.standing, "report", "reports"),
                     counted(summary.incidents, "incident", "incidents"),
                     counted(summary.accounts.size(), "account", "accounts"));
  if (summary.period) {
    const std::string zone = base::to_iso(base::Instant{0}, summary.clock_offset).substr(19);
    out += fmt::format("Period: {} to {}, on the clock UTC{}\n",
                       base::to_words(summary.period->from, summary.clock_offset),
                       base::to_words(summary.period->to, summary.clock_offset),
                       zone == "Z" ? "" : zone);
  }
  add_names("Accounts", summary.accounts, out);
  add_names("Kinds", summary.kinds, out);
  add_names("Actors", summary.actors, out);
}

void add_rest(const Reading& reading, const IncidentSummary& summary, std::string& out) {
  out += fmt::format(
      "Corrected: {}. Taken back: {}. Totals: {}. Duplicates: {}. Left out: {}. Skipped: {}.\n",
      summary.corrected, summary.withdrawn, reading.totals.size(), reading.duplicates,
      reading.rows - reading.reports.size() - reading.duplicates - reading.skipped.size(),
      reading.skipped.size());
  for (std::size_t at = 0; at < std::min(reading.skipped.size(), kRowsShown); ++at) {
    const incidents::SkippedRow& row = reading.skipped[at];
    out += fmt::format("  {}:{}:{}: {}\n", file_of(reading, row.origin), row.origin.line,
                       row.column, to_terminal_text(row.reason));
  }
  if (reading.skipped.size() > kRowsShown) {
    out += fmt::format("  and {} more\n", reading.skipped.size() - kRowsShown);
  }
  for (const incidents::LeftOut& left : reading.left_out) {
    out += fmt::format("Left out: {} in {}, from {}:{} on\n", to_terminal_text(left.kind),
                       rows_text(left.count), file_of(reading, left.first), left.first.line);
  }
  if (!reading.unread_columns.empty()) {
    out += "Not read, by column:\n";
  }
  for (const incidents::UnreadColumn& column : reading.unread_columns) {
    out += fmt::format("  {}: {}, the first in line {}{}\n", to_terminal_text(column.name),
                       rows_text(column.count), column.first.line,
                       reading.files.size() > 1 ? " of " + file_of(reading, column.first) : "");
  }
}

void add_words(const IncidentSummary& summary, std::string& out) {
  for (const facts::UnknownWord& word : summary.unknown_words) {
    std::string hint;
    if (word.did_you_mean) {
      hint = fmt::format("; did you mean `{}`?", to_terminal_text(*word.did_you_mean));
    } else if (!word.reason.empty()) {
      hint = "; " + word.reason;
    }
    out += fmt::format("Unknown: the {} `{}` in {}{}\n", word.field, to_terminal_text(word.word),
                       rows_text(word.count), hint);
  }
  if (!summary.are_actors_compared) {
    out +=
        "Names of actors were compared with nothing: name an agreement with --agreement, or an "
        "actor file with --actors\n";
  }
}

void add_cluster(const Reading& reading, const incidents::Cluster& cluster, std::string& out) {
  std::set<std::string> accounts;
  std::size_t width = 0;
  for (const incidents::ClusterRow& row : cluster.rows) {
    accounts.insert(incidents::fold_name(reading.reports[row.report].according_to));
    width = std::max(width, reading.reports[row.report].source_id.size());
  }
  out += fmt::format("\n{}: {} videos by {}, {}\n", to_terminal_text(cluster.incident),
                     cluster.rows.size(), counted(accounts.size(), "account", "accounts"),
                     to_terminal_text(reading.reports[cluster.rows.front().report].place));
  for (const incidents::ClusterRow& row : cluster.rows) {
    const incidents::Report& report = reading.reports[row.report];
    std::string when = base::to_iso(report.reported_at.value_or(base::Instant{}), kVideoClock);
    when = when.substr(0, 16);
    when[10] = ' ';
    out += fmt::format("  {:<{}}  {}  {}{}\n", to_terminal_text(report.source_id), width, when,
                       to_terminal_text(report.according_to),
                       row.reason.empty() ? "" : ": " + to_terminal_text(row.reason));
  }
}

void add_clusters(const Reading& reading, std::string& out) {
  if (reading.clusters.empty()) {
    return;
  }
  std::uint64_t alone = 0;
  std::uint64_t joined = 0;
  std::uint64_t videos = 0;
  for (const incidents::Cluster& cluster : reading.clusters) {
    (cluster.rows.size() > 1 ? joined : alone) += 1;
    videos += cluster.rows.size();
  }
  out += fmt::format(
      "\n{} as {}: {} of several videos, {} of one. The clocks are the archive's, without a "
      "zone.\n",
      counted(videos, "video", "videos"), counted(reading.clusters.size(), "incident", "incidents"),
      joined, alone);
  for (const incidents::Cluster& cluster : reading.clusters) {
    if (cluster.rows.size() > 1) {
      add_cluster(reading, cluster, out);
    }
  }
}

}  // namespace

IncidentSummary summary_of(const Reading& reading,
                           const std::vector<const incidents::Report*>& standing,
                           base::Duration clock_offset) {
  IncidentSummary summary;
  summary.clock_offset = clock_offset;
  summary.standing = standing.size();
  std::set<std::pair<std::string, std::string>> accounts;
  for (const incidents::Report& report : reading.reports) {
    accounts.emplace(report.incident, incidents::fold_name(report.account));
  }
  summary.corrected = reading.reports.size() - accounts.size();
  summary.withdrawn = accounts.size() - standing.size() - reading.totals.size();
  std::set<std::string> incidents;
  std::map<std::string, std::uint64_t> by_account;
  std::map<std::string, std::uint64_t> by_kind;
  std::map<std::string, std::uint64_t> by_actor;
  // The spelling that comes first in bytewise order stands for all.
  std::map<std::string, std::string> spellings;
  for (const incidents::Report* report : standing) {
    incidents.insert(report->incident);
    const auto [spelling, is_new] =
        spellings.try_emplace(incidents::fold_name(report->according_to), report->according_to);
    spelling->second = std::min(spelling->second, report->according_to);
    ++by_account[spelling->first];
    ++by_kind[in_order(report->kinds)];
    ++by_actor[in_order(report->actors)];
    const base::TimeRange when = report->when;
    summary.period = summary.period ? base::TimeRange{std::min(summary.period->from, when.from),
                                                      std::max(summary.period->to, when.to)}
                                    : when;
  }
  summary.incidents = incidents.size();
  summary.accounts = sorted(by_account);
  for (NameCount& account : summary.accounts) {
    account.name = spellings.at(account.name);
  }
  summary.kinds = sorted(by_kind);
  summary.actors = sorted(by_actor);
  return summary;
}

std::string to_text(const Reading& reading, const IncidentSummary& summary) {
  std::string out;
  add_head(reading, summary, out);
  add_rest(reading, summary, out);
  add_words(summary, out);
  for (const std::string& warning : reading.warnings) {
    out += "Note: " + to_terminal_text(warning) + "\n";
  }
  add_clusters(reading, out);
  return out;
}

}  // namespace truce::document
