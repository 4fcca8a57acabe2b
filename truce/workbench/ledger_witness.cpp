// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/ledger_witness.h"

#include <filesystem>

#include <fmt/format.h>

#include "truce/ledger/copy.h"
#include "truce/ledger/directory.h"
#include "truce/workbench/files.h"
#include "truce/workbench/internal/ledger_keys.h"
#include "truce/workbench/table.h"

namespace truce::workbench {
namespace {

bool is_folder(const std::string& path) {
  std::error_code failure;
  return std::filesystem::is_directory(path, failure);
}

base::Result<ledger::NoteKey> key_of_ledger(const WitnessLedgerRequest& request) {
  if (!request.ledger.empty() || !is_folder(request.from)) {
    return request.ledger.empty()
               ? base::Error{base::ErrorCode::NotFound,
                             fmt::format("whose checkpoint {} is, is not known; name the ledger's "
                                         "public key with --of",
                                         request.from)}
               : internal::read_ledger_key(request.ledger);
  }
  auto found = internal::find_public_key(request.from, "");
  if (!found) {
    return found.error();
  }
  return found->key ? base::Result<ledger::NoteKey>(*found->key)
                    : base::Error{base::ErrorCode::NotFound,
                                  fmt::format("no public key of {} stands beside it; name the one "
                                              "you were given with --of",
                                              request.from)};
}

base::Result<ledger::WitnessRequest> read_request(const std::string& path) {
  const auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  auto read = ledger::read_witness_request(*text);
  return read ? std::move(read) : internal::about_file(path, read.error());
}

}  // namespace

base::Result<ledger::WitnessRequest> request_witness(const std::string& directory,
                                                     std::uint64_t seen) {
  auto request = ledger::request_from(ledger::Directory(directory), seen);
  if (request && seen > request->checkpoint.checkpoint.tree.size) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} has {} entries, and a witness saw {}: it was rolled back",
                                   directory, request->checkpoint.checkpoint.tree.size, seen)};
  }
  return request;
}

base::Result<WitnessKeys> read_witness_keys(const std::string& key, const std::string& ledger) {
  auto of_ledger = internal::read_ledger_key(ledger);
  if (!of_ledger) {
    return of_ledger.error();
  }
  auto secret = read_secret_key(key);
  if (!secret) {
    return secret.error();
  }
  return WitnessKeys{.name = internal::witness_name(secret->name),
                     .secret = std::move(secret.value().key),
                     .ledger = std::move(of_ledger).value()};
}

base::Result<WitnessedLedger> witness_ledger(const WitnessLedgerRequest& request) {
  const auto key = key_of_ledger(request);
  if (!key) {
    return key.error();
  }
  const auto secret = read_secret_key(request.key);
  if (!secret) {
    return secret.error();
  }
  ledger::Checkpoint asked;
  const auto from = [&](std::uint64_t old_size) {
    auto read = is_folder(request.from)
                    ? ledger::request_from(ledger::Directory(request.from), old_size)
                    : read_request(request.from);
    if (read) {
      asked = read->checkpoint.checkpoint;
    }
    return read;
  };
  auto answer = ledger::answer_and_remember({.key = &secret->key,
                                             .name = internal::witness_name(secret->name),
                                             .ledger = *key,
                                             .last = std::nullopt},
                                            {.path = request.state, .is_first = request.is_first},
                                            from, static_cast<std::uint64_t>(request.at.seconds));
  if (!answer) {
    return answer.error();
  }
  return WitnessedLedger{.checkpoint = std::move(asked), .answer = std::move(answer).value()};
}

base::Result<ledger::SignedCheckpoint> cosign_ledger(const std::string& directory,
                                                     const std::vector<std::string>& files,
                                                     const std::vector<std::string>& witnesses) {
  std::vector<ledger::NoteKey> keys;
  for (const std::string& path : witnesses) {
    auto key = internal::read_witness_key(path);
    if (!key) {
      return key.error();
    }
    keys.push_back(std::move(key).value());
  }
  std::vector<ledger::NoteSignature> signatures;
  for (const std::string& path : files) {
    const auto text = read_file(path);
    if (!text) {
      return text.error();
    }
    const auto read = ledger::read_signatures(*text);
    if (!read) {
      return internal::about_file(path, read.error());
    }
    signatures.insert(signatures.end(), read->begin(), read->end());
  }
  return ledger::add_signatures(directory, signatures, keys);
}

base::Result<ledger::Checkpoint> backup_ledger(const std::string& directory,
                                               const std::string& to) {
  return ledger::copy_ledger(ledger::Directory(directory), to);
}

base::Result<VerifiedLedger> restore_ledger(const RestoreRequest& request) {
  auto verified = verify_ledger(
      {.directory = request.backup, .key = request.key, .known = request.known, .witnesses = {}});
  if (!verified || !verified->check.problems.empty() || !verified->key) {
    return verified;
  }
  const auto copied = ledger::copy_ledger(ledger::Directory(request.backup), request.directory);
  return copied ? std::move(verified) : copied.error();
}

}  // namespace truce::workbench
