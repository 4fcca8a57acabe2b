// SPDX-License-Identifier: Apache-2.0
// `truce monitor --follow`: until the stream ends or somebody says stop.
#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "truce/cli/internal/follow.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/internal/stop.h"
#include "truce/cli/terminal.h"
#include "truce/diagnostics/render.h"
#include "truce/json/changes_json.h"
#include "truce/workbench/follow.h"

namespace truce::cli {
namespace {

std::string said_by(const workbench::ToldChange& change) {
  std::string text;
  for (const auto& [account, opinion] : change.newly_said) {
    text += fmt::format("{}{} says {}", text.empty() ? "" : ", ", account, facts::to_text(opinion));
  }
  return text;
}

// `12  1.1 Opposition at tishrin (20 September 2016, 14:00): broken, was unknown`.
std::string to_line(const workbench::ToldChange& change, base::Duration offset) {
  std::string line = fmt::format("{}  {}", change.number, change.clause);
  line += change.bearer.empty() ? "" : " " + change.bearer;
  if (change.incident) {
    line += " at " + *change.incident;
  }
  if (!change.about.empty()) {
    line += ", for " + change.about;
  }
  if (change.period != 0) {
    line += fmt::format(", period {}", change.period);
  }
  if (change.at > base::kBeforeTime && change.at < base::kAfterTime) {
    line += fmt::format(" ({})", base::to_words(change.at, offset));
  }
  if (change.verdict.empty()) {
    line += ": nothing to judge any more";
  } else if (change.verdict == change.was) {
    const std::string said = said_by(change);
    line += fmt::format(": still {}{}", change.verdict, said.empty() ? "" : "; " + said);
  } else {
    line += ": " + change.verdict;
  }
  if (!change.was.empty() && change.verdict != change.was) {
    line += ", was " + change.was;
  }
  return line + '\n';
}

base::Result<void> refuse_what_makes_no_sense(const MonitorOptions& options) {
  std::string_view given;
  if (!options.output.empty()) {
    given = "--output";
  } else if (!options.beside.empty()) {
    given = "--beside";
  } else if (options.format != "text" && options.format != "json") {
    given = "--format with anything but text or json";
  } else if (!options.presence.empty() || options.with_reported_presence) {
    given = "--presence";
  }
  if (given.empty()) {
    return {};
  }
  return base::Error{base::ErrorCode::InvalidArgument,
                     fmt::format("--follow tells changes line by line and makes no report; leave "
                                 "out {}, or replay the file without --follow",
                                 given)};
}

}  // namespace

base::Result<void> refuse_without_follow(const MonitorOptions& options) {
  const std::string_view given = !options.checkpoint.empty()    ? "--checkpoint"
                                 : options.checkpoint_rows != 0 ? "--checkpoint-rows"
                                 : !options.clock.empty()       ? "--clock"
                                                                : "";
  return given.empty() ? base::Result<void>()
                       : base::Error{base::ErrorCode::InvalidArgument,
                                     fmt::format("{} belongs to --follow; add it, or leave {} out",
                                                 given, given)};
}

int follow(const MonitorOptions& options, const workbench::MonitorRequest& request) {
  if (auto sense = refuse_what_makes_no_sense(options); !sense) {
    return could_not(sense.error());
  }
  if (options.checkpoint.empty() && options.checkpoint_rows != 0) {
    return could_not({base::ErrorCode::InvalidArgument,
                      "--checkpoint-rows says how often the state is saved; name a file with "
                      "--checkpoint"});
  }
  workbench::FollowRequest wanted{.monitor = request,
                                  .uses_wall_clock = options.clock == "now",
                                  .checkpoint = options.checkpoint,
                                  .with_explanations = options.format == "json",
                                  .asks_for_breach = !options.fail_on.empty()};
  if (options.checkpoint_rows != 0) {
    wanted.checkpoint_rows = options.checkpoint_rows;
  }
  catch_signals();
  const auto opened = workbench::Follower::open(wanted);
  if (!opened) {
    return could_not(opened.error());
  }
  workbench::Follower& follower = **opened;
  const workbench::AgreementFile& file = follower.file();
  if (file.sink.has_errors()) {
    write_errors(diagnostics::to_terminal(file.sink.sorted(), file.sources(),
                                          render_options(STDERR_FILENO)));
    return kBadNews;
  }
  bool is_written = true;
  const base::Duration offset = file.agreement.clock.offset;
  const workbench::FollowSink sink{
      .on_changes = [&](const std::vector<workbench::ToldChange>& changes) -> base::Result<void> {
        std::string text;
        for (const workbench::ToldChange& change : changes) {
          text += options.format == "json" ? json::to_json_line(change, offset)
                                           : to_line(change, offset);
        }
        is_written = write_output(text);
        return is_written ? base::Result<void>()
                          : base::Error{base::ErrorCode::Io, "standard output"};
      },
      .on_notice = [](const std::string& notice) { write_errors("truce: " + notice + '\n'); },
      .should_stop = [] { return was_signalled(); }};
  const auto summary = follower.run(sink);
  if (!is_written) {
    return output_failed();
  }
  if (!summary) {
    return could_not(summary.error());
  }
  write_errors(fmt::format("truce: {} row{} read, {} skipped; {} verdict{} stand{}; digest {}\n",
                           summary->rows, summary->rows == 1 ? "" : "s", summary->skipped,
                           summary->verdicts, summary->verdicts == 1 ? "" : "s",
                           summary->verdicts == 1 ? "s" : "", summary->digest));
  return !options.fail_on.empty() && summary->has_breach ? kBadNews : kFine;
}

}  // namespace truce::cli
