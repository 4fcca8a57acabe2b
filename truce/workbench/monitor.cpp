// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/monitor.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "truce/base/nearest_word.h"
#include "truce/workbench/files.h"

namespace truce::workbench {
namespace {

constexpr std::string_view kActorsName = "actors.csv";
constexpr std::string_view kBasemapName = "basemap.geojson";

void tell(const MonitorRequest& request, const std::string& what) {
  if (request.on_progress) {
    request.on_progress(what);
  }
}

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

// The text of `named`, or of `usual` beside the agreement where nothing is named and it is there;
// empty otherwise. The path read stands in `path`.
base::Result<std::string> read_named_or_usual(const std::string& named, const std::string& usual,
                                              std::string& path) {
  path = named.empty() ? usual : named;
  if (named.empty() && !file_exists(usual)) {
    return std::string();
  }
  return read_file(path);
}

base::Result<incidents::ActorBook> read_actors(const MonitorRequest& request,
                                               base::Duration offset) {
  std::string path;
  const auto text =
      read_named_or_usual(request.actors, beside(request.agreement, kActorsName), path);
  if (!text) {
    return text.error();
  }
  if (text->empty()) {
    return incidents::ActorBook();
  }
  return incidents::ActorBook::read(path, *text, offset);
}

base::Result<incidents::Mapping> read_mapping(const MonitorRequest& request,
                                              incidents::Format format) {
  const std::string usual =
      beside(request.agreement, fmt::format("{}.mapping.csv", incidents::to_text(format)));
  std::string path;
  const auto text = read_named_or_usual(request.mapping, usual, path);
  if (!text) {
    return text.error();
  }
  if (text->empty()) {
    return incidents::Mapping();
  }
  return incidents::Mapping::read(path, *text);
}

base::Result<void> read_incident_file(const MonitorRequest& request, const IncidentFile& file,
                                      base::Duration offset, incidents::Reading& reading) {
  tell(request, "reading " + file.path);
  const auto bytes = read_file(file.path);
  if (!bytes) {
    return bytes.error();
  }
  const auto text = incidents::decode(*bytes, request.encoding);
  if (!text) {
    return text.error();
  }
  const auto format = file.format ? base::Result<incidents::Format>(*file.format)
                                  : incidents::recognise_format(file.path, *text);
  if (!format) {
    return format.error();
  }
  auto mapping = read_mapping(request, *format);
  if (!mapping) {
    return mapping.error();
  }
  const incidents::ReadOptions options{.clock_offset = offset,
                                       .format = *format,
                                       .encoding = "utf-8",
                                       .is_strict = request.is_strict,
                                       .mapping = std::move(mapping).value()};
  return incidents::read_reports(file.path, *text, options, reading);
}

base::Result<std::vector<incidents::Coverage>> read_coverage_file(const MonitorRequest& request,
                                                                  base::Duration offset,
                                                                  incidents::Reading& reading) {
  if (request.coverage.empty()) {
    return std::vector<incidents::Coverage>();
  }
  const auto text = read_file(request.coverage);
  if (!text) {
    return text.error();
  }
  const incidents::ReadOptions options{.clock_offset = offset,
                                       .format = std::nullopt,
                                       .encoding = request.encoding,
                                       .is_strict = request.is_strict,
                                       .mapping = {}};
  return incidents::read_coverage(request.coverage, *text, options, reading);
}

// A bare date means what was known when that day was over.
base::Result<std::optional<base::Instant>> read_as_known_at(const std::string& text,
                                                            base::Duration offset) {
  if (text.empty()) {
    return std::optional<base::Instant>();
  }
  const auto parsed = base::parse_instant(text, offset);
  if (!parsed) {
    return invalid(fmt::format(
        "--as-known-at {} is no moment; write 2016-09-19, or 2016-09-19T18:00+03:00", text));
  }
  return std::optional(parsed->is_whole_day ? parsed->at + base::kDay : parsed->at);
}

// Keeps what `who` says and could see, and the institutional acts, which are on record whoever
// reports them.
base::Result<void> keep_according_to(const std::string& who, const agreement::Agreement& agreement,
                                     const incidents::ActorBook& actors,
                                     std::vector<const incidents::Report*>& reports,
                                     std::vector<incidents::Coverage>& coverage) {
  if (who.empty()) {
    return {};
  }
  std::map<std::string, bool> is_theirs;
  for (const incidents::Report* report : reports) {
    is_theirs[report->according_to];
  }
  for (const incidents::Coverage& row : coverage) {
    is_theirs[row.observer];
  }
  const facts::Speaker speaker = facts::speaker_of(agreement, actors, who);
  std::vector<std::string> names;
  bool is_known = false;
  for (auto& [name, is_one] : is_theirs) {
    is_one = facts::speaker_of(agreement, actors, name) == speaker;
    is_known = is_known || is_one;
    names.push_back(name);
  }
  if (!is_known) {
    const auto nearest = base::nearest_word(who, names);
    return invalid(fmt::format("nothing is reported according to {}; {}", who,
                               nearest ? fmt::format("did you mean {}?", *nearest)
                                       : fmt::format("known are {}", fmt::join(names, ", "))));
  }
  std::erase_if(reports, [&](const incidents::Report* report) {
    return !is_theirs.at(report->according_to) &&
           facts::institutional_act_of(*report) == facts::InstitutionalAct::None;
  });
  std::erase_if(coverage,
                [&](const incidents::Coverage& row) { return !is_theirs.at(row.observer); });
  return {};
}

base::Result<std::optional<agreement::ActorId>> find_reading(const agreement::Agreement& agreement,
                                                             const std::string& name) {
  if (name.empty()) {
    return std::optional<agreement::ActorId>();
  }
  std::vector<std::string> names;
  for (const agreement::ActorId id : agreement::proposers(agreement)) {
    if (agreement.actor(id).name == name) {
      return std::optional(id);
    }
    names.push_back(agreement.actor(id).name);
  }
  if (names.empty()) {
    return invalid("--reading: this text has no disputed words, so it has one reading");
  }
  return invalid(fmt::format("--reading {}: no disputed words are theirs; choose {}", name,
                             fmt::join(names, " or ")));
}

base::Result<void> read_everything(const MonitorRequest& request, MonitorRun& run,
                                   std::vector<incidents::Coverage>& coverage) {
  const base::Duration offset = run.file.agreement.clock.offset;
  for (const IncidentFile& file : request.incidents) {
    if (auto read = read_incident_file(request, file, offset, run.reading); !read) {
      return read.error();
    }
  }
  auto covered = read_coverage_file(request, offset, run.reading);
  if (!covered) {
    return covered.error();
  }
  coverage = std::move(covered).value();
  auto as_known_at = read_as_known_at(request.as_known_at, offset);
  if (!as_known_at) {
    return as_known_at.error();
  }
  run.as_known_at = *as_known_at;
  std::string path;
  auto basemap = read_named_or_usual("", beside(request.agreement, kBasemapName), path);
  if (!basemap) {
    return basemap.error();
  }
  run.basemap = std::move(basemap).value();
  return {};
}

}  // namespace

base::Result<IncidentFile> parse_incident_file(const std::string& argument) {
  const std::size_t equals = argument.rfind('=');
  if (equals == std::string::npos || file_exists(argument)) {
    return IncidentFile{.path = argument, .format = std::nullopt};
  }
  const std::string name = argument.substr(equals + 1);
  const auto format = incidents::find_format(name);
  if (!format) {
    return invalid(fmt::format("{}: there is no format {}; write =truce or =ucdp, or leave it out",
                               argument, name));
  }
  return IncidentFile{.path = argument.substr(0, equals), .format = format};
}

document::Record MonitorRun::record() const {
  return {.agreement = file.agreement,
          .sources = file.sources(),
          .reading = reading,
          .evidence = evidence,
          .replay = replay,
          .as_known_at = as_known_at,
          .according_to = according_to,
          .warnings = warnings,
          .basemap = basemap};
}

base::Result<std::unique_ptr<MonitorRun>> monitor(const MonitorRequest& request) {
  auto run = std::make_unique<MonitorRun>();
  auto file = read_agreement(request.agreement);
  if (!file) {
    return file.error();
  }
  run->file = std::move(file).value();
  if (run->file.is_vocabulary) {
    return invalid(fmt::format("{} is a vocabulary; name an agreement", request.agreement));
  }
  run->has_text_errors = run->file.sink.has_errors();
  if (run->has_text_errors) {
    return run;
  }
  const agreement::Agreement& agreement = run->file.agreement;
  std::vector<incidents::Coverage> coverage;
  if (auto read = read_everything(request, *run, coverage); !read) {
    return read.error();
  }
  const auto actors = read_actors(request, agreement.clock.offset);
  if (!actors) {
    return actors.error();
  }
  const auto reading = find_reading(agreement, request.reading);
  if (!reading) {
    return reading.error();
  }
  run->warnings = run->reading.warnings;
  auto current = incidents::current_accounts(run->reading, run->as_known_at, run->warnings);
  if (auto kept = keep_according_to(request.according_to, agreement, *actors, current, coverage);
      !kept) {
    return kept.error();
  }
  run->according_to = request.according_to;
  run->account_count = current.size();
  tell(request, fmt::format("replaying {} accounts", current.size()));
  run->evidence = facts::resolve(agreement, current, *actors, coverage, run->as_known_at);
  run->replay =
      monitor::replay(agreement, run->evidence, {.reading = *reading, .with_explanations = true});
  return run;
}

base::Result<void> write_report(const MonitorRun& run, const std::string& verdicts_json,
                                const std::string& folder) {
  if (auto made = make_folder(folder); !made) {
    return made;
  }
  const document::Record record = run.record();
  const std::array<std::pair<std::string_view, std::string>, 4> files = {{
      {"report.html", document::to_html(record)},
      {"verdicts.json", verdicts_json},
      {"verdicts.csv", document::to_csv(record)},
      {"incidents.geojson", document::to_geojson(record)},
  }};
  for (const auto& [name, text] : files) {
    if (auto written = write_file(fmt::format("{}/{}", folder, name), text); !written) {
      return written;
    }
  }
  return {};
}

}  // namespace truce::workbench
