// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/internal/ledger_keys.h"

#include <filesystem>

#include <fmt/format.h>

#include "truce/ledger/checkpoint.h"
#include "truce/ledger/directory.h"
#include "truce/talks/key_files.h"
#include "truce/workbench/files.h"
#include "truce/workbench/table.h"

namespace truce::workbench::internal {
namespace {

using ledger::NoteKey;

std::optional<ledger::SignedCheckpoint> checkpoint_of(const std::string& directory) {
  const auto read = ledger::Directory(directory).signed_checkpoint();
  return read ? std::optional(*read) : std::nullopt;
}

NoteKey key_of(const std::string& origin, const crypto::SecretKey& key) {
  return {.name = origin, .type = ledger::KeyType::Note, .verifies = key.public_key().verifies};
}

}  // namespace

base::Error about_file(const std::string& path, const base::Error& error) {
  return {error.code, fmt::format("{} {}", path, error.message)};
}

std::string beside_directory(const std::string& directory, std::string_view ending) {
  std::string stem = std::filesystem::path(directory).lexically_normal().string();
  while (stem.size() > 1 && stem.ends_with('/')) {
    stem.pop_back();
  }
  if (stem == "." || stem.ends_with("..")) {
    std::error_code ignored;
    stem = std::filesystem::canonical(directory, ignored).string();
  }
  return stem + std::string(ending);
}

base::Result<crypto::SecretKey> find_secret_key(const std::string& directory,
                                                const std::string& given) {
  const std::string own = beside_directory(directory, ".key");
  if (!given.empty() || file_exists(own)) {
    auto secret = read_secret_key(given.empty() ? own : given);
    return secret ? base::Result<crypto::SecretKey>(std::move(secret.value().key)) : secret.error();
  }
  // A ledger that was copied or renamed: the key says by itself whose it is.
  if (const auto checkpoint = checkpoint_of(directory)) {
    for (const std::string& path : files_beside(own, ".key")) {
      auto secret = read_secret_key(path);
      if (secret &&
          ledger::signed_by(checkpoint->note, key_of(checkpoint->checkpoint.origin, secret->key)) ==
              ledger::Signed::Yes) {
        return base::Result<crypto::SecretKey>(std::move(secret.value().key));
      }
    }
  }
  return base::Error{base::ErrorCode::NotFound,
                     fmt::format("cannot sign for {}: its secret key is not in {}; name it with "
                                 "--key",
                                 directory, own)};
}

base::Result<NoteKey> read_ledger_key(const std::string& path) {
  const auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  auto key = ledger::read_note_key(*text);
  if (!key) {
    return about_file(path, key.error());
  }
  if (key->type != ledger::KeyType::Note) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} is the key of a witness; name that of the ledger", path)};
  }
  return key;
}

base::Result<FoundKey> find_public_key(const std::string& directory, const std::string& given) {
  const std::string own = beside_directory(directory, ".vkey");
  FoundKey found;
  if (!given.empty() || file_exists(own)) {
    auto key = read_ledger_key(given.empty() ? own : given);
    if (!key) {
      return key.error();
    }
    found.key = std::move(key).value();
    return found;
  }
  const auto checkpoint = checkpoint_of(directory);
  for (const std::string& path : files_beside(own, ".vkey")) {
    const auto key = read_ledger_key(path);
    if (!key) {
      continue;
    }
    if (checkpoint && ledger::signed_by(checkpoint->note, *key) != ledger::Signed::No) {
      return FoundKey{.key = *key, .others = {}};
    }
    found.others.push_back(path);
  }
  return found;
}

base::Result<NoteKey> read_witness_key(const std::string& path) {
  const auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  if (const auto side = talks::read_public(*text)) {
    return NoteKey{.name = witness_name(side->name),
                   .type = ledger::KeyType::Cosignature,
                   .verifies = side->key.verifies};
  }
  auto key = ledger::read_note_key(*text);
  if (!key) {
    return about_file(path, key.error());
  }
  if (key->type != ledger::KeyType::Cosignature) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} is the key of a ledger; name that of a witness", path)};
  }
  return key;
}

std::string witness_name(std::string_view name) {
  std::string made;
  while (!name.empty()) {
    // A letter at a time: what a name may not hold becomes a hyphen.
    std::size_t length = 1;
    while (length < name.size() && (static_cast<unsigned char>(name[length]) & 0xC0U) == 0x80U) {
      ++length;
    }
    const std::string_view letter = name.substr(0, length);
    made += ledger::is_key_name(letter) ? letter : "-";
    name.remove_prefix(length);
  }
  return made;
}

}  // namespace truce::workbench::internal
