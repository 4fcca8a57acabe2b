// SPDX-License-Identifier: Apache-2.0
#include "truce/cli/internal/ledger_output.h"

#include <fmt/format.h>

#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/crypto/base64.h"
#include "truce/workbench/files.h"

namespace truce::cli::internal {

int print(const std::string& text, int status) {
  return write_output(text) ? status : output_failed();
}

int print_or_write(const std::string& text, const std::string& output) {
  if (output.empty()) {
    return print(text, kFine);
  }
  if (const auto written = workbench::write_file(output, text); !written) {
    return could_not(written.error());
  }
  return print(fmt::format("Written: {}\n", output), kFine);
}

base::Error unknown_signer(const std::string& directory) {
  return {base::ErrorCode::NotFound,
          fmt::format("cannot tell who signed {}: no public key of it stands beside it; name the "
                      "one you were given with --key",
                      directory)};
}

std::string in_words(const ledger::Checkpoint& checkpoint) {
  return fmt::format("{}, {} {}, root {}", checkpoint.origin, checkpoint.tree.size,
                     checkpoint.tree.size == 1 ? "entry" : "entries",
                     crypto::to_base64(checkpoint.tree.root));
}

std::string listed_problems(const std::vector<std::string>& problems) {
  std::string text;
  for (const std::string& problem : problems) {
    text += fmt::format("Problem: {}.\n", problem);
  }
  return text;
}

}  // namespace truce::cli::internal
