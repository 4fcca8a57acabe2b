// SPDX-License-Identifier: Apache-2.0
// `truce ledger request`, `witness`, `cosign`, `backup` and `restore`.
#include <string>

#include <fmt/format.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/clock.h"
#include "truce/cli/internal/ledger_output.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/internal/witness_service.h"
#include "truce/cli/terminal.h"
#include "truce/json/ledger_json.h"
#include "truce/workbench/files.h"
#include "truce/workbench/ledger_witness.h"

namespace truce::cli {
int run(const LedgerRequestOptions& options) {
  const auto request = workbench::request_witness(options.directory, options.seen);
  return request ? internal::print_or_write(ledger::to_text(*request), options.output)
                 : could_not(request.error());
}

int run(const LedgerWitnessOptions& options) {
  if (!options.listen.empty()) {
    return internal::serve_witness(options);
  }
  if (options.from.empty()) {
    return could_not({base::ErrorCode::InvalidArgument,
                      "what is to be signed is not named; name the ledger's folder or a request, "
                      "or where to listen with --listen"});
  }
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
    return internal::print(json::to_json(*done), status);
  }
  if (!is_signed) {
    return internal::print(fmt::format("Not signed: {}.\n", done->answer.why), status);
  }
  return internal::print(options.output.empty()
                             ? ledger::to_text(done->answer.signature())
                             : fmt::format("Signed: {}\nWritten: {}\n",
                                           internal::in_words(done->checkpoint), options.output),
                         status);
}

int run(const LedgerCosignOptions& options) {
  const auto done = workbench::cosign_ledger(options.directory, options.files, options.witnesses);
  if (!done) {
    return could_not(done.error());
  }
  return internal::print(options.format == "json"
                             ? json::to_json(done->checkpoint)
                             : fmt::format("Cosigned: {}\n", internal::in_words(done->checkpoint)),
                         kFine);
}

int run(const LedgerBackupOptions& options) {
  const auto copied = workbench::backup_ledger(options.directory, options.to);
  if (!copied) {
    return could_not(copied.error());
  }
  return internal::print(options.format == "json"
                             ? json::to_json(*copied)
                             : fmt::format("Copied: {}\n", internal::in_words(*copied)),
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
    return could_not(internal::unknown_signer(options.backup));
  }
  const int status = problems.empty() ? kFine : kBadNews;
  if (options.format == "json") {
    return internal::print(json::to_json(*restored), status);
  }
  std::string text = internal::listed_problems(problems);
  text += problems.empty()
              ? fmt::format("Restored: {}\n", internal::in_words(*restored->check.checkpoint))
              : "Not restored: the backup is not as it was signed.\n";
  return internal::print(text, status);
}

}  // namespace truce::cli
