// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/daily.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "truce/daily/pdf.h"
#include "truce/facts/resolve.h"
#include "truce/incidents/read.h"
#include "truce/monitor/replay.h"
#include "truce/workbench/files.h"

namespace truce::workbench {
namespace {

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

base::Result<void> check_language(std::string_view language) {
  if (!daily::is_language(language)) {
    return invalid(fmt::format("--language {}: a daily report is written in {}", language,
                               fmt::join(daily::languages(), ", ")));
  }
  return {};
}

base::Result<void> check_corrected(const std::string& digest) {
  const bool is_digest =
      digest.size() == 64 && std::all_of(digest.begin(), digest.end(), [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
      });
  if (!digest.empty() && !is_digest) {
    return invalid(
        fmt::format("--corrects {}: name the corrected report by its SHA-256, 64 digits", digest));
  }
  return {};
}

base::Result<daily::Names> read_names(const DailyRequest& request) {
  const std::string path =
      request.names.empty() ? beside(request.record.agreement, "names.csv") : request.names;
  if (request.names.empty() && !file_exists(path)) {
    return daily::Names();
  }
  const auto text = read_file(path);
  return text ? daily::Names::read(path, *text, request.language) : text.error();
}

// What was known at a time, of one record.
struct Known {
  facts::Evidence evidence;
  monitor::Replay replay;
};

Known known_at(const DailyRecord& record, base::Instant at) {
  std::vector<std::string> warnings;
  const auto current = incidents::current_accounts(record.reading, at, warnings);
  Known known;
  known.evidence =
      facts::resolve(record.agreement, current, record.actors, record.reading.coverage, at);
  known.replay = monitor::replay(record.agreement, known.evidence,
                                 {.reading = std::nullopt, .with_changes = false});
  return known;
}

base::Result<std::string> write_pdf(const daily::Input& input, std::string_view language,
                                    const daily::Names& names, const std::string& corrects) {
  daily::Report report = daily::report_of(input);
  report.corrects = corrects;
  return daily::to_pdf(report, language, names);
}

}  // namespace

base::Result<DailyPdf> daily(const DailyRequest& request) {
  for (const auto& checked :
       {check_language(request.language), check_corrected(request.corrects)}) {
    if (!checked) {
      return checked.error();
    }
  }
  if (!base::parse_instant(request.day, {})) {
    return invalid(fmt::format(
        "--day {} is no day; write 2016-09-17, or a cut-off time as 2016-09-17T18:00+03:00",
        request.day));
  }
  MonitorRequest now = request.record;
  now.as_known_at = request.day;
  now.with_changes = false;
  auto run = monitor(now);
  if (!run) {
    return run.error();
  }
  DailyPdf made{.run = std::move(run).value(), .pdf = {}};
  if (made.run->has_text_errors) {
    return made;
  }
  const auto names = read_names(request);
  if (!names) {
    return names.error();
  }
  made.run->inputs.push_back(request.names);
  const base::Instant cut_off = made.run->as_known_at.value_or(made.run->evidence.now);
  MonitorRequest earlier = now;
  earlier.as_known_at = base::to_iso(cut_off - base::kDay, {});
  const auto before = monitor(earlier);
  if (!before) {
    return before.error();
  }
  auto pdf = write_pdf({.agreement = made.run->file.agreement,
                        .reading = made.run->reading,
                        .now = {made.run->evidence, made.run->replay},
                        .before = {(*before)->evidence, (*before)->replay},
                        .cut_off = cut_off},
                       request.language, *names, request.corrects);
  if (!pdf) {
    return pdf.error();
  }
  made.pdf = std::move(pdf).value();
  return made;
}

base::Result<std::string> daily(const DailyRecord& record) {
  if (auto checked = check_language(record.language); !checked) {
    return checked.error();
  }
  auto names = record.names.empty()
                   ? base::Result<daily::Names>(daily::Names())
                   : daily::Names::read("names.csv", record.names, record.language);
  if (!names) {
    return names.error();
  }
  const Known before = known_at(record, record.cut_off - base::kDay);
  const Known now = known_at(record, record.cut_off);
  return write_pdf({.agreement = record.agreement,
                    .reading = record.reading,
                    .now = {now.evidence, now.replay},
                    .before = {before.evidence, before.replay},
                    .cut_off = record.cut_off},
                   record.language, *names, record.corrects);
}

}  // namespace truce::workbench
