// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/incident_inputs.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/crypto/sha256.h"
#include "truce/diagnostics/render.h"
#include "truce/workbench/daily.h"
#include "truce/workbench/files.h"

namespace truce::cli {

int run(const DailyOptions& options) {
  const auto inputs = to_inputs(options.record.incidents, options.record.inputs);
  if (!inputs) {
    return could_not(inputs.error());
  }
  const auto made = workbench::daily({.record = {.agreement = options.record.agreement,
                                                 .incidents = inputs->files,
                                                 .actors = inputs->actors,
                                                 .mapping = inputs->mapping,
                                                 .coverage = options.record.coverage,
                                                 .encoding = inputs->encoding,
                                                 .is_strict = inputs->is_strict,
                                                 .cluster = inputs->cluster,
                                                 .joins = inputs->joins,
                                                 .as_known_at = {},
                                                 .according_to = {},
                                                 .audience = options.record.audience,
                                                 .reading = options.record.reading,
                                                 .settings = options.record.settings,
                                                 .on_progress = {}},
                                      .day = options.day,
                                      .language = options.language,
                                      .names = options.names,
                                      .corrects = options.corrects});
  if (!made) {
    return could_not(made.error());
  }
  if (made->run->has_text_errors) {
    write_errors(diagnostics::to_terminal(made->run->file.sink.sorted(), made->run->file.sources(),
                                          render_options(STDERR_FILENO)));
    return kBadNews;
  }
  if (const auto kept = workbench::refuse_to_replace(options.output, made->run->inputs); !kept) {
    return could_not(kept.error());
  }
  if (const auto written = workbench::write_file(options.output, made->pdf); !written) {
    return could_not(written.error());
  }
  return write_output(fmt::format("Written: {}\nSHA-256: {}\n", options.output,
                                  crypto::sha256_hex(made->pdf)))
             ? kFine
             : output_failed();
}

}  // namespace truce::cli
