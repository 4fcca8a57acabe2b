// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/incident_inputs.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/diagnostics/render.h"
#include "truce/json/incidents_json.h"
#include "truce/workbench/files.h"
#include "truce/workbench/incidents.h"

namespace truce::cli {
namespace {

// What was written, and what could not be kept, column by column.
std::string written_text(const workbench::IncidentsRun& run, const std::string& output) {
  if (run.to.empty()) {
    return {};
  }
  std::string text = fmt::format("\nWritten: {} row{} as {}{}\n", run.reading.reports.size(),
                                 run.reading.reports.size() == 1 ? "" : "s", run.to,
                                 output.empty() ? "" : " to " + output);
  for (const incidents::Loss& loss : run.written.losses) {
    text += fmt::format("Not kept as it is: the column {} in {} row{}, from {}:{} on\n",
                        loss.column, loss.count, loss.count == 1 ? "" : "s",
                        run.reading.files.at(loss.first.file), loss.first.line);
  }
  return text;
}

}  // namespace

int run(const IncidentsOptions& options) {
  if (!options.output.empty() && options.to.empty()) {
    return could_not({base::ErrorCode::InvalidArgument,
                      "--output says where to write; say with --to in which form"});
  }
  workbench::IncidentsRequest request{.inputs = {}, .to = options.to};
  auto inputs = to_inputs(options.files, options.inputs);
  if (!inputs) {
    return could_not(inputs.error());
  }
  request.inputs = std::move(inputs).value();
  request.inputs.agreement = options.agreement;
  Progress progress;
  request.inputs.on_progress = [&progress](const std::string& what) { progress.tell(what); };
  const auto made = workbench::read_incidents(request);
  if (!made) {
    return could_not(made.error());
  }
  const workbench::IncidentsRun& read = **made;
  if (read.has_text_errors) {
    write_errors(diagnostics::to_terminal(read.file.sink.sorted(), read.file.sources(),
                                          render_options(STDERR_FILENO)));
    return kBadNews;
  }
  if (!options.output.empty()) {
    std::vector<std::string> sources = read.reading.files;
    sources.insert(sources.end(), {options.agreement, options.inputs.actors, options.inputs.mapping,
                                   options.inputs.joins});
    if (const auto kept = workbench::refuse_to_replace(options.output, sources); !kept) {
      return could_not(kept.error());
    }
    const auto written = workbench::write_file(options.output, read.written.text);
    if (!written) {
      return could_not(written.error());
    }
  }
  const std::string summary =
      options.format == "json"
          ? json::to_json(read, options.output)
          : document::to_text(read.reading, read.summary) + written_text(read, options.output);
  // Standard output takes what was asked for; the summary makes way.
  const bool is_written_out = !options.to.empty() && options.output.empty();
  if (is_written_out) {
    write_errors(summary);
  }
  return write_output(is_written_out ? read.written.text : summary) ? kFine : output_failed();
}

}  // namespace truce::cli
