// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/ledger.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "truce/crypto/sha256.h"
#include "truce/ledger/directory.h"
#include "truce/ledger/tiles.h"
#include "truce/talks/key_files.h"
#include "truce/workbench/files.h"
#include "truce/workbench/internal/ledger_keys.h"
#include "truce/workbench/table.h"

namespace truce::workbench {
namespace {

using ledger::Ledger;

std::string name_of(const std::string& directory) {
  return std::filesystem::path(internal::beside_directory(directory, "")).filename().string();
}

// The bytes of the entry that the request makes of `bytes`.
base::Result<std::string> entry_of(const AppendRequest& request, std::string bytes,
                                   const std::string& from) {
  if (!request.kind.empty()) {
    ledger::Entry entry{.kind = request.kind,
                        .at = request.at,
                        .corrects = request.corrects,
                        .elsewhere = std::nullopt,
                        .content = {}};
    if (request.is_digest) {
      entry.elsewhere = {.sha256_hex = crypto::sha256_hex(bytes), .size = bytes.size()};
    } else {
      entry.content = std::move(bytes);
    }
    bytes = ledger::to_bytes(entry);
  }
  if (bytes.size() > ledger::kLargestEntry) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("{} is too long for an entry: {} bytes of at most {}; record its hash "
                    "instead, with --kind and --digest",
                    from, bytes.size(), ledger::kLargestEntry)};
  }
  return bytes;
}

// Appends together and tells of each.
base::Result<bool> append(Ledger& to, std::vector<std::string> entries,
                          const AppendRequest& request) {
  if (entries.empty()) {
    return true;
  }
  const auto appended = to.append(std::move(entries));
  if (!appended) {
    return appended.error();
  }
  bool goes_on = true;
  for (std::size_t i = 0; i < appended->leaves.size() && goes_on; ++i) {
    goes_on = request.on_recorded({.index = appended->first + i, .leaf = appended->leaves[i]});
  }
  return goes_on;
}

base::Result<bool> append_files(Ledger& to, const AppendRequest& request) {
  std::vector<std::string> entries;
  for (const std::string& path : request.files) {
    auto bytes = read_file(path);
    if (!bytes) {
      return bytes.error();
    }
    auto entry = entry_of(request, std::move(bytes).value(), path);
    if (!entry) {
      return entry.error();
    }
    entries.push_back(std::move(entry).value());
  }
  return append(to, std::move(entries), request);
}

// Lines of a stream, appended with whatever has come by then.
class Lines {
 public:
  Lines(Ledger& to, const AppendRequest& request, std::string name)
      : to_(to), request_(&request), name_(std::move(name)) {}

  base::Result<bool> take(std::string_view bytes) {
    rest_ += bytes;
    std::size_t begin = 0;
    std::optional<base::Error> error;
    for (std::size_t end = rest_.find('\n'); end != std::string::npos && !error;
         end = rest_.find('\n', begin)) {
      error = add(rest_.substr(begin, end - begin));
      begin = end + 1;
    }
    rest_.erase(0, begin);
    if (!error && rest_.size() > ledger::kLargestEntry && !request_->is_digest) {
      error = add(rest_);
    }
    return flush(error);
  }

  base::Result<bool> finish() { return flush(add(rest_)); }

 private:
  std::optional<base::Error> add(std::string line) {
    ++number_;
    if (line.empty()) {
      return std::nullopt;
    }
    auto entry = entry_of(*request_, std::move(line), fmt::format("{}:{}", name_, number_));
    if (!entry) {
      return entry.error();
    }
    entries_.push_back(std::move(entry).value());
    return std::nullopt;
  }

  // What stands before a line that is wrong is appended all the same.
  base::Result<bool> flush(const std::optional<base::Error>& error) {
    auto goes_on = append(to_, std::exchange(entries_, {}), *request_);
    return error && goes_on ? base::Result<bool>(*error) : std::move(goes_on);
  }

  Ledger& to_;
  const AppendRequest* request_;
  std::string name_;
  std::string rest_;
  std::size_t number_ = 0;
  std::vector<std::string> entries_;
};

base::Result<bool> append_stream(int descriptor, Lines& lines, const std::string& path) {
  std::array<char, 1 << 16> buffer;
  while (true) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return base::Error{base::ErrorCode::Io, fmt::format("cannot read {}: {}; check the file",
                                                          path, std::strerror(errno))};
    }
    auto goes_on =
        count == 0 ? lines.finish() : lines.take({buffer.data(), static_cast<std::size_t>(count)});
    if (count == 0 || !goes_on || !*goes_on) {
      return goes_on;
    }
  }
}

base::Result<bool> append_lines(Ledger& to, const AppendRequest& request) {
  for (const std::string& path : request.files) {
    const bool is_input = path == "-";
    const int descriptor = is_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
      return base::Error{
          base::ErrorCode::NotFound,
          fmt::format("cannot read {}: {}; check the name", path, std::strerror(errno))};
    }
    Lines lines(to, request, is_input ? "standard input" : path);
    auto goes_on = append_stream(descriptor, lines, path);
    if (!is_input) {
      ::close(descriptor);
    }
    if (!goes_on || !*goes_on) {
      return goes_on;
    }
  }
  return true;
}

base::Result<std::vector<Cosigned>> cosigned_by(const std::vector<std::string>& paths,
                                                const ledger::Note& note) {
  std::vector<Cosigned> witnesses;
  for (const std::string& path : paths) {
    const auto key = internal::read_witness_key(path);
    if (!key) {
      return key.error();
    }
    witnesses.push_back({.name = key->name, .at = ledger::cosigned_at(note, *key)});
  }
  return witnesses;
}

// The problem that a witness has not signed; empty where all have.
std::string missing(const std::vector<Cosigned>& witnesses) {
  for (const Cosigned& witness : witnesses) {
    if (!witness.at) {
      return fmt::format("the witness {} has not signed the checkpoint", witness.name);
    }
  }
  return {};
}

}  // namespace

base::Result<LedgerFiles> make_ledger(const std::string& directory, const std::string& origin) {
  const LedgerFiles files{.directory = directory,
                          .origin = origin.empty() ? name_of(directory) : origin,
                          .secret = internal::beside_directory(directory, ".key"),
                          .published = internal::beside_directory(directory, ".vkey")};
  for (const std::string& path : {files.secret, files.published}) {
    if (file_exists(path)) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("{} is there already and is not written over; name another "
                                     "folder",
                                     path)};
    }
  }
  auto key = crypto::SecretKey::generate();
  if (!key) {
    return key.error();
  }
  if (const auto created = Ledger::create(directory, files.origin, *key); !created) {
    return created.error();
  }
  const ledger::NoteKey published{
      .name = files.origin, .type = ledger::KeyType::Note, .verifies = key->public_key().verifies};
  const talks::NamedSecret secret{.name = files.origin, .key = std::move(key).value()};
  if (const auto written = write_secret(files.secret, talks::to_text(secret)); !written) {
    return written.error();
  }
  if (const auto written = write_file(files.published, ledger::to_text(published) + "\n");
      !written) {
    return written.error();
  }
  return files;
}

base::Result<Ledger> open_ledger(const std::string& directory) {
  auto key = internal::find_secret_key(directory, "");
  return key ? Ledger::open(directory, std::move(key).value()) : base::Result<Ledger>(key.error());
}

base::Result<ledger::TreeHead> append_to_ledger(const AppendRequest& request) {
  auto key = internal::find_secret_key(request.directory, request.key);
  if (!key) {
    return key.error();
  }
  auto opened = Ledger::open(request.directory, std::move(key).value());
  if (!opened) {
    return opened.error();
  }
  const auto done =
      request.is_batch ? append_lines(*opened, request) : append_files(*opened, request);
  return done ? base::Result<ledger::TreeHead>(opened->tree()) : done.error();
}

base::Result<ShownEntry> show_entry(const std::string& directory, std::uint64_t index) {
  const ledger::Directory files(directory);
  const auto text = files.checkpoint();
  if (!text) {
    return text.error();
  }
  const auto read = ledger::read_checkpoint(*text);
  if (!read) {
    return internal::about_file(directory + "/checkpoint", read.error());
  }
  auto bytes = files.entry(index, read->checkpoint.tree.size);
  if (!bytes) {
    return bytes.error();
  }
  const auto entry = ledger::read_entry(*bytes);
  return ShownEntry{.index = index,
                    .bytes = std::move(bytes).value(),
                    .entry = entry ? std::optional(*entry) : std::nullopt};
}

base::Result<ledger::Proof> prove_entry(const std::string& directory, std::uint64_t index) {
  return ledger::prove(ledger::Directory(directory), index);
}

base::Result<CheckedProof> check_proof_file(const CheckProofRequest& request) {
  const auto key = internal::read_ledger_key(request.key);
  if (!key) {
    return key.error();
  }
  const auto entry = read_file(request.file);
  if (!entry) {
    return entry.error();
  }
  const auto text = read_file(request.proof);
  if (!text) {
    return text.error();
  }
  auto proof = ledger::read_proof(*text);
  if (!proof) {
    return CheckedProof{.proof = {},
                        .witnesses = {},
                        .problem = fmt::format("{} {}", request.proof, proof.error().message)};
  }
  auto witnesses = cosigned_by(request.witnesses, proof->checkpoint.note);
  if (!witnesses) {
    return witnesses.error();
  }
  const auto holds = ledger::check_proof(*proof, *entry, *key);
  std::string problem = holds ? missing(*witnesses) : holds.error().message;
  return CheckedProof{.proof = std::move(proof).value(),
                      .witnesses = std::move(witnesses).value(),
                      .problem = std::move(problem)};
}

base::Result<VerifiedLedger> verify_ledger(const VerifyRequest& request) {
  auto key = internal::find_public_key(request.directory, request.key);
  if (!key) {
    return key.error();
  }
  ledger::CheckRequest wanted{.key = key->key, .known = {}};
  for (const std::string& path : request.known) {
    auto text = read_file(path);
    if (!text) {
      return text.error();
    }
    wanted.known.push_back({.name = path, .text = std::move(text).value()});
  }
  const ledger::Directory directory(request.directory);
  auto check = ledger::check_ledger(directory, wanted);
  if (!check) {
    return check.error();
  }
  VerifiedLedger verified{.check = std::move(check).value(), .key = key->key, .witnesses = {}};
  if (!key->others.empty()) {
    verified.check.problems.push_back(
        fmt::format("the checkpoint is signed by none of the keys beside it: {}",
                    fmt::join(key->others, ", ")));
  }
  const auto read = directory.signed_checkpoint();
  auto witnesses = cosigned_by(request.witnesses, read ? read->note : ledger::Note());
  if (!witnesses) {
    return witnesses.error();
  }
  verified.witnesses = std::move(witnesses).value();
  if (std::string problem = missing(verified.witnesses); read && !problem.empty()) {
    verified.check.problems.push_back(std::move(problem));
  }
  return verified;
}

}  // namespace truce::workbench
