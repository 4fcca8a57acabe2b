// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/diagnostics/render.h"
#include "truce/workbench/files.h"
#include "truce/workbench/render.h"

namespace truce::cli {

int run(const RenderOptions& options) {
  const auto made = workbench::render({.agreement = options.file,
                                       .is_html = options.to == "html",
                                       .language = options.language,
                                       .beside_language = options.beside_language,
                                       .audience = options.audience});
  if (!made) {
    return could_not(made.error());
  }
  if (made->file.sink.has_errors()) {
    write_errors(diagnostics::to_terminal(made->file.sink.sorted(), made->file.sources(),
                                          render_options(STDERR_FILENO)));
    return kBadNews;
  }
  if (!made->missing.empty()) {
    std::string lines = fmt::format("The document cannot be written: {} entries are missing\n",
                                    made->missing.size());
    for (const std::string& entry : made->missing) {
      lines += fmt::format("  {}\n", entry);
    }
    return write_output(lines) ? kBadNews : output_failed();
  }
  if (options.output.empty()) {
    return write_output(made->document) ? kFine : output_failed();
  }
  std::vector<std::string> sources;
  for (const base::SourceText* source : made->file.sources()) {
    sources.push_back(source->name());
  }
  if (const auto kept = workbench::refuse_to_replace(options.output, sources); !kept) {
    return could_not(kept.error());
  }
  const auto written = workbench::write_file(options.output, made->document);
  return written ? kFine : could_not(written.error());
}

}  // namespace truce::cli
