// SPDX-License-Identifier: Apache-2.0
// `truce ledger request`, `witness`, `cosign`, `backup` and `restore`.
#include <string>

#include <fmt/format.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/clock.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/crypto/base64.h"
#include "truce/json/ledger_json.h"
#include "truce/workbench/files.h"
#include "truce/workbench/ledger_witness.h"

namespace truce::cli {
namespace {

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

std::string in_words(const ledger::Checkpoint& checkpoint) {
  return fmt::format("{}, {} {}, root {}", checkpoint.origin, checkpoint.tree.size,
                     checkpoint.tree.size == 1 ? "entry" : "entries",
                     crypto::to_base64(checkpoint.tree.root));
}

}  // namespace

int run(const LedgerRequestOptions& options) {
  const auto request = workbench::request_witness(options.directory, options.seen);
  return request ? print_or_write(ledger::to_text(*request), options.output)
                 : could_not(request.error());
}

int run(const LedgerWitnessOptions& options) {
  const auto done = workbench::witness_ledger({.from = options.from,
                                               .key = options.key,
                                               .state = options.state,
                                               .is_first = options.is_first,
                                               .ledger = options.ledger,
                                               .at = internal::now()});
  if (!done) {
    return could_not(done.error());
  }
  const bool is_signed = done->answer.signed_checkpoint.has_value();
  if (!options.output.empty() && is_signed) {
    if (const auto written =
            workbench::write_file(options.output, ledger::to_text(done->answer.signature()));
        !written) {
      return could_not(written.error());
    }
  }
  const int status = is_signed ? kFine : kBadNews;
  if (options.format == "json") {
    return print(json::to_json(*done), status);
  }
  if (!is_signed) {
    return print(fmt::format("Not signed: {}.\n", done->answer.why), status);
  }
  return print(options.output.empty() ? ledger::to_text(done->answer.signature())
                                      : fmt::format("Signed: {}\nWritten: {}\n",
                                                    in_words(done->checkpoint), options.output),
               status);
}

int run(const LedgerCosignOptions& options) {
  const auto done = workbench::cosign_ledger(options.directory, options.files, options.witnesses);
  if (!done) {
    return could_not(done.error());
  }
  return print(options.format == "json" ? json::to_json(done->checkpoint)
                                        : fmt::format("Cosigned: {}\n", in_words(done->checkpoint)),
               kFine);
}

int run(const LedgerBackupOptions& options) {
  const auto copied = workbench::backup_ledger(options.directory, options.to);
  if (!copied) {
    return could_not(copied.error());
  }
  return print(options.format == "json" ? json::to_json(*copied)
                                        : fmt::format("Copied: {}\n", in_words(*copied)),
               kFine);
}

int run(const LedgerRestoreOptions& options) {
  const auto restored = workbench::restore_ledger({.backup = options.backup,
                                                   .directory = options.directory,
                                                   .key = options.key,
                                                   .known = options.known});
  if (!restored) {
    return could_not(restored.error());
  }
  const auto& problems = restored->check.problems;
  if (problems.empty() && !restored->key) {
    return could_not({base::ErrorCode::NotFound,
                      fmt::format("cannot tell who signed {}: no public key of it stands beside "
                                  "it; name the one you were given with --key",
                                  options.backup)});
  }
  const int status = problems.empty() ? kFine : kBadNews;
  if (options.format == "json") {
    return print(json::to_json(*restored), status);
  }
  std::string text;
  for (const std::string& problem : problems) {
    text += fmt::format("Problem: {}.\n", problem);
  }
  text += problems.empty() ? fmt::format("Restored: {}\n", in_words(*restored->check.checkpoint))
                           : "Not restored: the backup is not as it was signed.\n";
  return print(text, status);
}

}  // namespace truce::cli
