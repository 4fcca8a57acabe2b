// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/monitor.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "truce/base/nearest_word.h"
#include "truce/incidents/names.h"
#include "truce/separation/reported.h"
#include "truce/workbench/files.h"
#include "truce/workbench/internal/monitor_inputs.h"
#include "truce/workbench/internal/presence_files.h"
#include "truce/workbench/settings.h"

namespace truce::workbench {
namespace {

constexpr std::string_view kBasemapName = "basemap.geojson";

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

}  // namespace

IncidentInputs inputs_of(const MonitorRequest& request) {
  return {.files = request.incidents,
          .agreement = request.agreement,
          .actors = request.actors,
          .mapping = request.mapping,
          .encoding = request.encoding,
          .is_strict = request.is_strict,
          .cluster = request.cluster,
          .joins = request.joins,
          .on_progress = request.on_progress};
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

namespace {

void tell(const MonitorRequest& request, const std::string& what) {
  if (request.on_progress) {
    request.on_progress(what);
  }
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

base::Result<void> read_everything(const MonitorRequest& request, MonitorRun& run,
                                   std::vector<incidents::Coverage>& coverage) {
  const base::Duration offset = run.file.agreement.clock.offset;
  if (auto read = read_incident_files(inputs_of(request), offset, run.reading); !read) {
    return read.error();
  }
  auto covered = read_coverage_file(request, offset, run.reading);
  if (!covered) {
    return covered.error();
  }
  coverage = std::move(covered).value();
  coverage.insert(coverage.end(), run.reading.coverage.begin(), run.reading.coverage.end());
  auto as_known_at = read_as_known_at(request.as_known_at, offset);
  if (!as_known_at) {
    return as_known_at.error();
  }
  run.as_known_at = *as_known_at;
  const std::string basemap = beside(request.agreement, kBasemapName);
  if (file_exists(basemap)) {
    auto text = read_file(basemap);
    if (!text) {
      return text.error();
    }
    run.basemap = std::move(text).value();
  }
  return {};
}

// Whom an observation may be of, by the actor file as of its day.
separation::Whose whose_is(const agreement::Agreement& agreement,
                           const incidents::ActorBook& actors,
                           const separation::Observation& seen) {
  separation::Whose whose;
  whose.is_all_of = seen.actor.joining == incidents::NameSet::Joining::AllOf;
  for (const std::string& name : seen.actor.names) {
    const auto meant = actors.look_up(name, {seen.at, seen.at + base::Duration{1}});
    for (const std::string& actor : meant ? meant->names : std::vector<std::string>{name}) {
      whose.actors.push_back(agreement.find_actor(incidents::bare_name(actor)));
    }
  }
  return whose;
}

// What was watched, for the report.
report::Apart apart_of(const MonitorRun& run) {
  report::Apart apart{.clauses = {}, .lifetime = run.presence_lifetime, .streak = run.apart_for};
  for (const separation::ClauseWatch& watched : run.watches) {
    report::ApartClause clause{.clause = watched.demand.number,
                               .bearer = run.file.agreement.actor(watched.bearer).name,
                               .target = watched.demand.target,
                               .by = watched.demand.deadline,
                               .verdict = separation::to_word(watched.standing),
                               .is_disputed = watched.demand.is_disputed,
                               .problem = watched.problem,
                               .accounts = {}};
    for (const separation::AccountWatch& account : watched.accounts) {
      report::ApartClause::Account row{.account = account.account,
                                       .verdict = separation::to_word(account.opinion),
                                       .apart_since = account.apart_since,
                                       .longest_apart = account.longest_apart,
                                       .streak_at = account.streak_at,
                                       .index = {}};
      if (account.index) {
        row.index = {account.index->index, account.index->low, account.index->high};
      }
      clause.accounts.push_back(std::move(row));
    }
    apart.clauses.push_back(std::move(clause));
  }
  return apart;
}

// What presence files say of the clauses that keep apart, as known at the present.
base::Result<void> watch_presence(const MonitorRequest& request,
                                  const agreement::Agreement& agreement,
                                  const incidents::ActorBook& actors,
                                  const std::vector<const incidents::Report*>& reports,
                                  std::optional<agreement::ActorId> reading, MonitorRun& run) {
  if (request.presence.empty() && !request.with_reported_presence) {
    return {};
  }
  const auto lifetime = parse_length(request.presence_lifetime);
  if (!lifetime || lifetime->seconds <= 0) {
    return invalid(fmt::format("--presence-lifetime is `{}`; write a length such as 12h or 2d",
                               request.presence_lifetime));
  }
  run.presence_lifetime = *lifetime;
  if (!request.apart_for.empty()) {
    run.apart_for = parse_length(request.apart_for);
    if (!run.apart_for || run.apart_for->seconds <= 0) {
      return invalid(
          fmt::format("--apart-for is `{}`; write a length such as 7d", request.apart_for));
    }
  }
  if (auto read = internal::read_presence_files(
          request.presence,
          {.clock_offset = agreement.clock.offset, .is_strict = request.is_strict}, run.presence);
      !read) {
    return read;
  }
  if (request.with_reported_presence) {
    separation::add_reported_presence(reports, run.reading.files, run.presence);
  }
  separation::WatchOptions options;
  options.lifetime = *lifetime;
  options.streak = run.apart_for;
  options.now = run.evidence.now;
  std::vector<separation::Whose> whose;
  for (const separation::Observation& seen : run.presence.observations) {
    whose.push_back(whose_is(agreement, actors, seen));
    // The present is the latest time on record, unless it is given.
    options.now = run.as_known_at ? options.now : std::max(options.now, seen.at);
  }
  const auto readers = agreement::proposers(agreement);
  const auto reader = reading           ? reading
                      : readers.empty() ? std::nullopt
                                        : std::optional(readers.front());
  run.watches = separation::watch_clauses(
      reader ? agreement::in_reading(agreement, agreement::reading_of(agreement, *reader))
             : agreement,
      run.presence, whose, options);
  if (!reading && readers.size() > 1) {
    // Where the readings differ nobody can say which holds.
    for (const agreement::ActorId other : readers) {
      const auto watches = separation::watch_clauses(
          agreement::in_reading(agreement, agreement::reading_of(agreement, other)), run.presence,
          whose, options);
      separation::join_readings(watches, run.watches);
    }
  }
  run.apart = apart_of(run);
  return {};
}

}  // namespace

document::Record MonitorRun::record() const {
  return {.agreement = file.agreement,
          .sources = file.sources(),
          .reading = reading,
          .evidence = evidence,
          .replay = replay,
          .as_known_at = as_known_at,
          .according_to = according_to,
          .warnings = warnings,
          .basemap = basemap,
          .apart = presence.files.empty() ? nullptr : &apart};
}

base::Result<std::unique_ptr<MonitorRun>> monitor(const MonitorRequest& request) {
  auto run = std::make_unique<MonitorRun>();
  auto file = read_agreement(request.agreement, request.settings);
  if (!file) {
    return file.error();
  }
  run->file = std::move(file).value();
  run->inputs = {request.agreement, request.actors, request.mapping, request.coverage,
                 request.joins};
  run->inputs.insert(run->inputs.end(), request.presence.begin(), request.presence.end());
  for (const IncidentFile& incidents : request.incidents) {
    run->inputs.push_back(incidents.path);
  }
  if (run->file.is_vocabulary) {
    return invalid(fmt::format("{} is a vocabulary; name an agreement", request.agreement));
  }
  run->has_text_errors = run->file.sink.has_errors();
  if (run->has_text_errors) {
    return run;
  }
  const agreement::Agreement& agreement = run->file.agreement;
  if (auto set = check_parameters(agreement); !set) {
    return set.error();
  }
  std::vector<incidents::Coverage> coverage;
  if (auto read = read_everything(request, *run, coverage); !read) {
    return read.error();
  }
  const auto actors = read_actor_book(inputs_of(request), agreement.clock.offset);
  if (!actors) {
    return actors.error();
  }
  const auto reading = find_reading(agreement, request.reading);
  if (!reading) {
    return reading.error();
  }
  const auto audience = find_audience(agreement, request.audience);
  if (!audience) {
    return audience.error();
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
  run->file.agreement = agreement::shown_to(agreement, *audience);
  if (auto watched = watch_presence(request, agreement, *actors, current, *reading, *run);
      !watched) {
    return watched.error();
  }
  run->replay = monitor::replay(agreement, run->evidence,
                                {.reading = *reading,
                                 .with_explanations = request.with_explanations,
                                 .with_changes = request.with_changes,
                                 .with_digest = request.with_explanations});
  return run;
}

base::Result<void> write_report(const MonitorRun& run, const std::string& verdicts_json,
                                const std::string& folder) {
  const document::Record record = run.record();
  const std::array<std::pair<std::string_view, std::string>, 4> files = {{
      {"report.html", document::to_html(record)},
      {"verdicts.json", verdicts_json},
      {"verdicts.csv", document::to_csv(record)},
      {"incidents.geojson", document::to_geojson(record)},
  }};
  for (const auto& [name, text] : files) {
    if (auto kept = refuse_to_replace(fmt::format("{}/{}", folder, name), run.inputs); !kept) {
      return kept;
    }
  }
  if (auto made = make_folder(folder); !made) {
    return made;
  }
  for (const auto& [name, text] : files) {
    if (auto written = write_file(fmt::format("{}/{}", folder, name), text); !written) {
      return written;
    }
  }
  return {};
}

}  // namespace truce::workbench
