// SPDX-License-Identifier: Apache-2.0
#include <exception>
#include <new>

#include <fmt/format.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/options.h"
#include "truce/cli/terminal.h"

namespace {

int run_command_line(int count, const char* const* words) {
  const auto parsed = truce::cli::parse_options(count, words);
  if (const auto* answer = std::get_if<truce::cli::Answer>(&parsed)) {
    truce::cli::write_errors(answer->to_errors);
    return truce::cli::write_output(answer->to_output) ? answer->status
                                                       : truce::cli::output_failed();
  }
  return std::visit([](const auto& options) { return truce::cli::run(options); },
                    std::get<truce::cli::Command>(parsed));
}

}  // namespace

// The last catch: an exception of a library must end as one line, not as a crash.
int main(int count, char** words) {
  try {
    return run_command_line(count, words);
  } catch (const std::bad_alloc&) {
    return truce::cli::could_not(
        {truce::base::ErrorCode::Io, "out of memory; use smaller files or a larger machine"});
  } catch (const std::exception& error) {
    return truce::cli::could_not(
        {truce::base::ErrorCode::Unsupported, fmt::format("internal error: {}", error.what())});
  }
}
