// SPDX-License-Identifier: Apache-2.0
// `truce serve`: until a signal ends it.
#include <chrono>

#include <fmt/format.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/server/server.h"

namespace truce::cli {
namespace {

base::Instant wall_clock() {
  return {std::chrono::duration_cast<std::chrono::seconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

}  // namespace

int run(const ServeOptions& options) {
  const auto opened =
      server::Server::open({.data = options.data,
                            .has_ledger = true,
                            .address = options.address,
                            .port = options.port,
                            .tls_certificate = options.tls_certificate,
                            .tls_key = options.tls_key,
                            .limits = {},
                            .clock = wall_clock,
                            .on_log = [](const std::string& line) { write_errors(line + '\n'); },
                            .password_cost = {},
                            .ends_on_signals = true});
  if (!opened) {
    return could_not(opened.error());
  }
  // Shown this once: it is kept nowhere.
  std::string said;
  if (const std::string& link = (*opened)->first_invitation(); !link.empty()) {
    said = fmt::format(
        "The first administrator, `administrator`, sets a password with this one-time link:\n"
        "{}/#invitation={}\n",
        (*opened)->address(), link);
  }
  if (!write_output(said + fmt::format("Serving {} on {} until interrupted\n", options.data,
                                       (*opened)->address()))) {
    return output_failed();
  }
  (*opened)->run();
  return kFine;
}

}  // namespace truce::cli
