// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/clock.h"
#include "truce/cli/internal/follow.h"
#include "truce/cli/internal/incident_inputs.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/internal/version.h"
#include "truce/cli/terminal.h"
#include "truce/diagnostics/render.h"
#include "truce/document/record.h"
#include "truce/json/beside_json.h"
#include "truce/json/run_json.h"
#include "truce/json/verdicts_json.h"
#include "truce/workbench/beside.h"
#include "truce/workbench/ids.h"
#include "truce/workbench/log.h"
#include "truce/workbench/monitor.h"
#include "truce/workbench/record_run.h"

namespace truce::cli {
namespace {

base::Result<workbench::MonitorRequest> to_request(const MonitorOptions& options) {
  const auto inputs = to_inputs(options.incidents, options.inputs);
  if (!inputs) {
    return inputs.error();
  }
  return workbench::MonitorRequest{
      .agreement = options.agreement,
      .incidents = inputs->files,
      .actors = inputs->actors,
      .mapping = inputs->mapping,
      .coverage = options.coverage,
      .presence = options.presence,
      .with_reported_presence = options.with_reported_presence,
      .presence_lifetime = options.presence_lifetime,
      .apart_for = options.apart_for,
      .encoding = inputs->encoding,
      .is_strict = inputs->is_strict,
      .cluster = inputs->cluster,
      .joins = inputs->joins,
      .as_known_at = options.as_known_at,
      .according_to = options.according_to,
      .audience = options.audience,
      .reading = options.reading,
      .settings = options.settings,
      .with_explanations = options.format != "ids" || !options.output.empty(),
      .with_changes = options.format != "text" || !options.output.empty(),
      .on_progress = {}};
}

std::string watch_text(const workbench::MonitorRun& run, const separation::ClauseWatch& clause) {
  const base::Duration offset = run.file.agreement.clock.offset;
  const separation::Demand& demand = clause.demand;
  std::string text = fmt::format("{} {} from {}, {}: {}\n", demand.number,
                                 run.file.agreement.actor(clause.bearer).name, demand.target,
                                 demand.deadline ? "by " + base::to_words(*demand.deadline, offset)
                                                 : std::string("with no date in the text"),
                                 separation::to_word(clause.standing));
  text += demand.is_disputed ? "  the readings of disputed words differ\n" : "";
  text += clause.problem.empty() ? "" : fmt::format("  not judged: {}\n", clause.problem);
  for (const separation::AccountWatch& account : clause.accounts) {
    text += fmt::format("  {}: {}", account.account, separation::to_word(account.opinion));
    if (account.apart_since) {
      text += fmt::format("; apart since {}", base::to_words(*account.apart_since, offset));
    }
    if (account.longest_apart.seconds > 0) {
      text += fmt::format("; longest {} apart without interruption",
                          base::to_words(account.longest_apart));
    }
    if (run.apart_for) {
      text += account.streak_at
                  ? fmt::format("; had been for {} on {}", base::to_words(*run.apart_for),
                                base::to_words(*account.streak_at, offset))
                  : fmt::format("; not yet for {}", base::to_words(*run.apart_for));
    }
    if (account.index) {
      text += fmt::format("; intermingling {:.2f} (between {:.2f} and {:.2f})",
                          account.index->index, account.index->low, account.index->high);
    }
    text += "\n";
  }
  return text;
}

std::string watches_text(const workbench::MonitorRun& run) {
  if (run.presence.files.empty()) {
    return {};
  }
  std::string text =
      fmt::format("\nKept apart, by who was observed where (an observation stands for {})\n",
                  base::to_words(run.presence_lifetime));
  for (const separation::ClauseWatch& clause : run.watches) {
    text += watch_text(run, clause);
  }
  text += run.watches.empty() ? "No clause keeps anything away from anything.\n" : "";
  return text + (run.presence.skipped.empty()
                     ? ""
                     : fmt::format("Rows of presence that could not be used: {}\n",
                                   run.presence.skipped.size()));
}

std::string in_format(const workbench::MonitorRun& run, const std::string& format) {
  const document::Record record = run.record();
  if (format == "json") {
    return json::to_json(run);
  }
  if (format == "ids") {
    return workbench::list_ids(run);
  }
  if (format == "html") {
    return document::to_html(record);
  }
  if (format == "geojson") {
    return document::to_geojson(record);
  }
  if (format == "csv") {
    return document::to_csv(record);
  }
  return document::to_text(record, render_options(STDOUT_FILENO).width) + watches_text(run);
}

bool has_breach(const workbench::MonitorRun& run) {
  const auto& counts = run.replay.verdicts.counts;
  const bool is_verdict_broken = std::any_of(
      run.replay.verdicts.verdicts.begin(), run.replay.verdicts.verdicts.end(),
      [](const facts::Verdict& verdict) { return verdict.outcome == facts::Outcome::Broken; });
  const bool is_near = std::any_of(run.watches.begin(), run.watches.end(),
                                   [](const separation::ClauseWatch& clause) {
                                     return clause.standing == separation::Standing::Broken;
                                   });
  return is_verdict_broken || is_near ||
         std::any_of(counts.begin(), counts.end(), [](const facts::ClauseCount& count) {
           return count.broken + count.broken_by_one_of > 0;
         });
}

void show_text_errors(const workbench::MonitorRun& run) {
  write_errors(diagnostics::to_terminal(run.file.sink.sorted(), run.file.sources(),
                                        render_options(STDERR_FILENO)));
}

std::string in_format(const workbench::BesideRun& run, const std::string& format) {
  if (format == "json") {
    return json::to_json(run);
  }
  if (format == "csv") {
    return document::to_csv(run.table);
  }
  return document::to_text(run.table, run.names(), render_options(STDOUT_FILENO).width);
}

int run_beside(const MonitorOptions& options, const workbench::MonitorRequest& request) {
  if (options.format == "html" || options.format == "geojson" || options.format == "ids") {
    return could_not({base::ErrorCode::InvalidArgument,
                      fmt::format("two texts side by side are not shown as {}; choose text, json "
                                  "or csv",
                                  options.format)});
  }
  const auto both = workbench::beside_text(request, options.beside);
  if (!both) {
    return could_not(both.error());
  }
  for (const auto& replayed : {both->first.get(), both->second.get()}) {
    if (replayed->has_text_errors) {
      show_text_errors(*replayed);
      return kBadNews;
    }
  }
  if (!options.output.empty()) {
    const auto written = workbench::write_beside(*both, json::to_json(*both), options.output);
    if (!written) {
      return could_not(written.error());
    }
  }
  if (!write_output(in_format(*both, options.format))) {
    return output_failed();
  }
  const bool is_bad_news = has_breach(*both->first) || has_breach(*both->second);
  return !options.fail_on.empty() && is_bad_news ? kBadNews : kFine;
}

// Appends the run to the ledger, and tells where it stands beside what was asked for.
base::Result<void> record(const workbench::MonitorRun& run,
                          const workbench::MonitorRequest& request, const std::string& directory) {
  const auto files = workbench::files_of_run(run, request);
  if (!files) {
    return files.error();
  }
  const auto entry = workbench::record_run(
      directory, json::to_json(run, request, *files, internal::kVersion), internal::now());
  if (!entry) {
    return entry.error();
  }
  write_errors(fmt::format("Recorded: entry {} of {}\n", entry->index, directory));
  return {};
}

base::Result<void> refuse_to_record(const MonitorOptions& options) {
  if (!options.ledger.empty() && (options.is_followed || !options.beside.empty())) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       "a replay of one text, to its end, is recorded; leave --record out, or "
                       "--follow and --beside"};
  }
  return {};
}

int run_one(const MonitorOptions& options, const workbench::MonitorRequest& request,
            Progress& progress) {
  const auto made = workbench::monitor(request);
  if (!made) {
    return could_not(made.error());
  }
  const workbench::MonitorRun& replayed = **made;
  if (replayed.has_text_errors) {
    show_text_errors(replayed);
    return kBadNews;
  }
  if (!options.output.empty()) {
    progress.tell("writing the report");
    const auto written = workbench::write_report(replayed, json::to_json(replayed), options.output);
    if (!written) {
      return could_not(written.error());
    }
  }
  if (!options.ledger.empty()) {
    if (const auto recorded = record(replayed, request, options.ledger); !recorded) {
      return could_not(recorded.error());
    }
  }
  if (!write_output(in_format(replayed, options.format))) {
    return output_failed();
  }
  return !options.fail_on.empty() && has_breach(replayed) ? kBadNews : kFine;
}

}  // namespace

int run(const MonitorOptions& options) {
  auto request = to_request(options);
  if (!request) {
    return could_not(request.error());
  }
  if (const auto may = refuse_to_record(options); !may) {
    return could_not(may.error());
  }
  if (options.is_followed) {
    return follow(options, *request);
  }
  if (auto alone = refuse_without_follow(options); !alone) {
    return could_not(alone.error());
  }
  Progress progress;
  request->on_progress = [&progress](const std::string& what) { progress.tell(what); };
  if (!options.beside.empty()) {
    return run_beside(options, *request);
  }
  if (options.format == "ids" && options.output.empty() && options.ledger.empty()) {
    if (const auto listed = workbench::list_ids_of_log(*request)) {
      if (!write_output(listed->ids)) {
        return output_failed();
      }
      return !options.fail_on.empty() && listed->has_breach ? kBadNews : kFine;
    }
  }
  return run_one(options, *request, progress);
}

}  // namespace truce::cli
