// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/table.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "truce/crypto/seal.h"
#include "truce/language/format.h"
#include "truce/workbench/files.h"

namespace truce::workbench {
namespace {

// The error of a file that is not what it should be.
base::Error about(const std::string& path, const base::Error& error) {
  return {error.code, fmt::format("{} {}", path, error.message)};
}

// How a name is written as the name of a file.
std::string file_stem(std::string_view name) {
  std::string stem;
  for (const char letter : name) {
    if (letter >= 'A' && letter <= 'Z') {
      stem += static_cast<char>(letter - 'A' + 'a');
    } else {
      stem += letter == ' ' || letter == '/' || letter == '\\' ? '-' : letter;
    }
  }
  // Neither hidden nor an option.
  return stem.starts_with('.') || stem.starts_with('-') ? "key" + stem : stem;
}

base::Result<void> refuse_where_there(const std::string& path) {
  std::error_code failure;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, failure))) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} is there already and is not written over; move it away or "
                                   "choose another name",
                                   path)};
  }
  return {};
}

base::Result<std::vector<talks::SignatureFile>> read_signatures(
    const std::vector<std::string>& paths) {
  std::vector<talks::SignatureFile> signatures;
  for (const std::string& path : paths) {
    const auto text = read_file(path);
    if (!text) {
      return text.error();
    }
    auto signature = talks::read_signature(*text);
    if (!signature) {
      return about(path, signature.error());
    }
    signatures.push_back(std::move(signature).value());
  }
  return signatures;
}

}  // namespace

base::Result<void> write_secret(const std::string& path, std::string_view text) {
  if (const auto free = refuse_where_there(path); !free) {
    return free.error();
  }
  // Made with its mode: at no moment may others read it.
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int cause = file < 0 ? errno : 0;
  while (cause == 0 && !text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno != EINTR) {
      cause = errno;
    } else if (count > 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  if (cause == 0 && ::fsync(file) != 0) {
    cause = errno;
  }
  if (file >= 0) {
    ::close(file);
  }
  if (cause != 0) {
    if (file >= 0) {
      ::unlink(path.c_str());
    }
    return base::Error{base::ErrorCode::Io,
                       fmt::format("cannot write {}: {}; check the folder and the disk", path,
                                   std::strerror(cause))};
  }
  return {};
}

base::Result<KeyFiles> make_key(const std::string& name, const std::string& folder,
                                const std::optional<std::string>& passphrase) {
  if (!talks::is_name(name)) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       "a key has the name of a side, in one line of at most 200 bytes; write for "
                       "instance: truce talks keys Opposition"};
  }
  if (const auto made = folder.empty() ? base::Result<void>() : make_folder(folder); !made) {
    return made.error();
  }
  const std::string stem =
      (std::filesystem::path(folder.empty() ? "" : folder) / file_stem(name)).string();
  const KeyFiles files{.name = name, .secret = stem + ".key", .published = stem + ".pub"};
  for (const std::string& path : {files.secret, files.published}) {
    if (const auto free = refuse_where_there(path); !free) {
      return free.error();
    }
  }
  auto secret = crypto::SecretKey::generate();
  if (!secret) {
    return secret.error();
  }
  const talks::NamedSecret named{.name = name, .key = std::move(secret).value()};
  std::string text = talks::to_text(named);
  if (passphrase.has_value()) {
    const auto guarded = talks::guard(named, *passphrase);
    if (!guarded) {
      return guarded.error();
    }
    text = talks::to_text(*guarded);
  }
  if (const auto written = write_secret(files.secret, text); !written) {
    return written.error();
  }
  if (const auto written = write_file(files.published, talks::public_text(named)); !written) {
    return written.error();
  }
  return files;
}

base::Result<talks::NamedSecret> read_secret_key(const KeySource& source) {
  const std::string& path = source.path();
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
      (status.st_mode & 077U) != 0) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("others may read the secret key {}; run chmod 600 on it, or make a new key "
                    "if somebody has",
                    path)};
  }
  const auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  if (!talks::is_guarded(*text)) {
    auto secret = talks::read_secret(*text);
    return secret ? std::move(secret)
                  : base::Result<talks::NamedSecret>(about(path, secret.error()));
  }
  const auto guarded = talks::read_guarded(*text);
  if (!guarded) {
    return about(path, guarded.error());
  }
  const auto passphrase = source.passphrase();
  if (!passphrase) {
    return passphrase.error();
  }
  auto secret = talks::unguard(*guarded, *passphrase);
  return secret ? std::move(secret) : base::Result<talks::NamedSecret>(about(path, secret.error()));
}

base::Result<std::vector<talks::NamedKey>> read_public_keys(const std::vector<std::string>& paths) {
  std::vector<talks::NamedKey> keys;
  for (const std::string& path : paths) {
    const auto text = read_file(path);
    if (!text) {
      return text.error();
    }
    const auto key = talks::read_public(*text);
    if (!key) {
      return about(path, key.error());
    }
    keys.push_back(*key);
  }
  return keys;
}

base::Result<void> seal_file(const std::string& path, const std::string& to, const KeySource& from,
                             const std::string& output) {
  const auto content = read_file(path);
  if (!content) {
    return content.error();
  }
  const auto keys = read_public_keys({to});
  if (!keys) {
    return keys.error();
  }
  std::optional<talks::NamedSecret> signer;
  if (!from.empty()) {
    auto secret = read_secret_key(from);
    if (!secret) {
      return secret.error();
    }
    signer = std::move(secret).value();
  }
  const auto sealed =
      crypto::seal(*content, keys->front().key, signer.has_value() ? &signer->key : nullptr);
  if (!sealed) {
    return sealed.error();
  }
  if (const auto apart = refuse_to_replace(output, {path, to, from.path()}); !apart) {
    return apart.error();
  }
  return write_file(output, *sealed);
}

base::Result<OpenedFile> open_file(const std::string& path, const KeySource& key,
                                   const std::vector<std::string>& known) {
  const auto secret = read_secret_key(key);
  return secret ? open_file(path, *secret, known) : secret.error();
}

base::Result<OpenedFile> open_file(const std::string& path, const talks::NamedSecret& secret,
                                   const std::vector<std::string>& known) {
  const auto senders = read_public_keys(known);
  if (!senders) {
    return senders.error();
  }
  const auto sealed = read_file(path);
  if (!sealed) {
    return sealed.error();
  }
  auto opened = crypto::open(*sealed, secret.key);
  if (!opened) {
    const bool is_other_key = opened.error().code == base::ErrorCode::InvalidArgument;
    return base::Error{opened.error().code,
                       fmt::format("cannot open {}: {}; {}", path, opened.error().message,
                                   is_other_key ? "give that key" : "ask for it again")};
  }
  OpenedFile file{.content = std::move(opened->content),
                  .is_signed = opened->signed_by.has_value(),
                  .signed_by = {}};
  for (const talks::NamedKey& sender : *senders) {
    if (opened->signed_by == sender.key.verifies) {
      file.signed_by = sender.name;
    }
  }
  if (!known.empty() && file.signed_by.empty()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} is {}; ask who sent it", path,
                                   file.is_signed ? "signed with none of the keys given as --from"
                                                  : "not signed")};
  }
  return file;
}

base::Result<InstrumentRun> read_instrument(const std::string& path) {
  auto file = read_agreement(path);
  if (!file) {
    return file.error();
  }
  InstrumentRun run{
      .file = std::move(file).value(), .instrument = {}, .signatories = {}, .refusal = {}};
  if (run.file.is_vocabulary) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} is a vocabulary; give an agreement", path)};
  }
  if (run.file.sink.has_errors()) {
    run.refusal = "the text has errors";
    return run;
  }
  run.instrument = talks::instrument_of(*run.file.trees.front(), run.file.agreement,
                                        run.file.surroundings.annexes);
  run.signatories = talks::signatories(run.file.agreement);
  run.refusal = talks::unsignable(run.file.agreement);
  return run;
}

base::Result<InstrumentRun> sign_text(const std::string& path, const KeySource& key,
                                      const std::string& output) {
  auto run = read_instrument(path);
  if (!run || !run->refusal.empty()) {
    return run;
  }
  const auto secret = read_secret_key(key);
  if (!secret) {
    return secret.error();
  }
  if (const auto apart = refuse_to_replace(output, {path, key.path()}); !apart) {
    return apart.error();
  }
  const std::string signature = talks::to_text(talks::sign(*secret, run->instrument.hash));
  if (const auto written = write_file(output, signature); !written) {
    return written.error();
  }
  return run;
}

base::Result<AdoptionRun> adopt(const AdoptRequest& request) {
  auto text = read_instrument(request.text);
  if (!text) {
    return text.error();
  }
  const auto keys = read_public_keys(request.keys);
  if (!keys) {
    return keys.error();
  }
  const auto signatures = read_signatures(request.signatures);
  if (!signatures) {
    return signatures.error();
  }
  AdoptionRun run{.text = std::move(text).value(), .adoption = {}};
  if (run.text.refusal.empty()) {
    run.adoption =
        talks::adoption_of(run.text.signatories, run.text.instrument.hash, *keys, *signatures);
  }
  return run;
}

}  // namespace truce::workbench
