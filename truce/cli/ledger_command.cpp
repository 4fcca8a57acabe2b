// SPDX-License-Identifier: Apache-2.0
// `truce ledger init`, `append`, `show`, `prove`, `check-proof` and `verify`.
#include <string>

#include <fmt/format.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/clock.h"
#include "truce/cli/internal/ledger_output.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/crypto/base64.h"
#include "truce/json/ledger_json.h"
#include "truce/workbench/files.h"
#include "truce/workbench/ledger.h"

namespace truce::cli {
namespace {

// What the options say of the entry beside its bytes, or what is wrong with them.
base::Result<workbench::AppendRequest> request_of(const LedgerAppendOptions& options) {
  workbench::AppendRequest request{.directory = options.directory,
                                   .key = options.key,
                                   .files = options.files,
                                   .is_batch = options.is_batch,
                                   .kind = options.kind,
                                   .at = internal::now(),
                                   .corrects = std::nullopt,
                                   .is_digest = options.is_digest,
                                   .on_recorded = {}};
  if (!options.kind.empty() && !ledger::is_entry_kind(options.kind)) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("an entry is no {}; the kinds are {}", options.kind,
                                   fmt::join(ledger::entry_kinds(), ", "))};
  }
  if (!options.at.empty()) {
    const auto at = base::parse_instant(options.at, {});
    if (!at || at->is_whole_day) {
      return base::Error{
          base::ErrorCode::InvalidArgument,
          fmt::format("--at {} is no time; write for instance 2016-09-12T16:00Z", options.at)};
    }
    request.at = at->at;
  }
  if (!options.corrects.empty()) {
    request.corrects = ledger::read_number(options.corrects);
    if (!request.corrects) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("--corrects {} is no index; write for instance --corrects 12",
                                     options.corrects)};
    }
  }
  return request;
}

std::string described(const std::vector<workbench::Cosigned>& witnesses) {
  std::string text;
  for (const workbench::Cosigned& witness : witnesses) {
    text += witness.at ? fmt::format("Witness: {}, {} UTC\n", witness.name,
                                     base::to_words({static_cast<std::int64_t>(*witness.at)}, {}))
                       : fmt::format("Witness: {} has not signed\n", witness.name);
  }
  return text;
}

}  // namespace

int run(const LedgerInitOptions& options) {
  const auto made = workbench::make_ledger(options.directory, options.origin);
  if (!made) {
    return could_not(made.error());
  }
  return internal::print(
      options.format == "json"
          ? json::to_json(*made)
          : fmt::format("Ledger: {} in {}\nWritten: {} (keep it secret) and {} (give it "
                        "to all)\n",
                        made->origin, made->directory, made->secret, made->published),
      kFine);
}

int run(const LedgerAppendOptions& options) {
  auto request = request_of(options);
  if (!request) {
    return could_not(request.error());
  }
  const bool is_json = options.format == "json";
  std::vector<workbench::RecordedEntry> entries;
  bool is_told = true;
  request->on_recorded = [&](const workbench::RecordedEntry& entry) {
    if (is_json) {
      entries.push_back(entry);
      return true;
    }
    is_told = write_output(fmt::format("{} {}\n", entry.index, crypto::to_base64(entry.leaf)));
    return is_told;
  };
  const auto tree = workbench::append_to_ledger(*request);
  if (!tree) {
    return could_not(tree.error());
  }
  if (is_json) {
    return internal::print(json::to_json(entries, *tree), kFine);
  }
  return is_told ? kFine : output_failed();
}

int run(const LedgerShowOptions& options) {
  const auto shown = workbench::show_entry(options.directory, options.index);
  if (!shown) {
    return could_not(shown.error());
  }
  return options.format == "json" ? internal::print(json::to_json(*shown), kFine)
                                  : internal::print_or_write(shown->bytes, options.output);
}

int run(const LedgerProveOptions& options) {
  const auto proof = workbench::prove_entry(options.directory, options.index);
  if (!proof) {
    return could_not(proof.error());
  }
  if (options.format == "json" && options.output.empty()) {
    return internal::print(json::to_json(*proof), kFine);
  }
  return internal::print_or_write(ledger::to_text(*proof), options.output);
}

int run(const LedgerCheckProofOptions& options) {
  const auto checked = workbench::check_proof_file({.proof = options.proof,
                                                    .file = options.file,
                                                    .key = options.key,
                                                    .witnesses = options.witnesses});
  if (!checked) {
    return could_not(checked.error());
  }
  const int status = checked->problem.empty() ? kFine : kBadNews;
  if (options.format == "json") {
    return internal::print(json::to_json(*checked), status);
  }
  if (!checked->problem.empty()) {
    return internal::print(fmt::format("Not proved: {}.\n", checked->problem), status);
  }
  const ledger::Checkpoint& checkpoint = checked->proof.checkpoint.checkpoint;
  return internal::print(
      fmt::format("Proved: entry {} of {}, which had {} then.\n{}", checked->proof.index,
                  checkpoint.origin, checkpoint.tree.size, described(checked->witnesses)),
      status);
}

int run(const LedgerVerifyOptions& options) {
  const auto verified = workbench::verify_ledger({.directory = options.directory,
                                                  .key = options.key,
                                                  .known = options.known,
                                                  .witnesses = options.witnesses});
  if (!verified) {
    return could_not(verified.error());
  }
  const auto& problems = verified->check.problems;
  // Good news needs the signature; bad news does not.
  if (problems.empty() && !verified->key) {
    return could_not(internal::unknown_signer(options.directory));
  }
  const int status = problems.empty() ? kFine : kBadNews;
  if (options.format == "json") {
    return internal::print(json::to_json(*verified), status);
  }
  std::string text;
  if (const auto& checkpoint = verified->check.checkpoint) {
    text += fmt::format("Ledger: {}\nEntries: {}\nRoot: {}\n", checkpoint->origin,
                        checkpoint->tree.size, crypto::to_base64(checkpoint->tree.root));
  }
  text += described(verified->witnesses);
  text += internal::listed_problems(problems);
  text += problems.empty() ? "Every entry, every hash and the signature hold.\n"
                           : fmt::format("Not as it was signed: {} problem{}.\n", problems.size(),
                                         problems.size() == 1 ? "" : "s");
  return internal::print(text, status);
}

}  // namespace truce::cli
