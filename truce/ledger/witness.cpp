// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/witness.h"

#include <filesystem>

#include <fmt/format.h>

#include "truce/crypto/base64.h"
#include "truce/ledger/internal/files.h"
#include "truce/ledger/ledger.h"

namespace truce::ledger {
namespace {

// As the public protocol limits it.
constexpr std::size_t kLongestPath = 63;

base::Error corrupt(std::string_view what) {
  return {base::ErrorCode::Corrupt, fmt::format("is no request to a witness: {}", what)};
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

WitnessAnswer refused(Refusal refusal, std::string why) {
  return {.signed_checkpoint = std::nullopt, .refusal = refusal, .why = std::move(why), .seen = 0};
}

// Why the checkpoint does not go on from what was seen; empty where it does.
std::optional<WitnessAnswer> refusal_of(const Witness& witness, const WitnessRequest& request) {
  const TreeHead& next = request.checkpoint.checkpoint.tree;
  const TreeHead seen =
      witness.last ? witness.last->checkpoint.tree : TreeHead{.size = 0, .root = empty_root()};
  if (next.size < seen.size) {
    return refused(
        Refusal::RolledBack,
        fmt::format("it was rolled back: it has {} entries, and had {}", next.size, seen.size));
  }
  if (request.old_size != seen.size) {
    return refused(Refusal::OtherSize,
                   fmt::format("the request goes on from {} entries, and {} were seen last; ask "
                               "again from there",
                               request.old_size, seen.size));
  }
  if (!is_consistent(seen, next, request.path)) {
    return refused(Refusal::Fork,
                   fmt::format("it is a fork: it does not begin with the {} entries that were seen",
                               seen.size));
  }
  return std::nullopt;
}

// What the witness signed last; empty where there is nothing yet.
base::Result<std::optional<SignedCheckpoint>> read_state(const Witness& witness,
                                                         const WitnessState& state) {
  const auto text = internal::read_file(state.path);
  const bool is_missing = !text && text.error().code == base::ErrorCode::NotFound;
  if (!text && !is_missing) {
    return text.error();
  }
  if (is_missing != state.is_first) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        is_missing ? fmt::format("cannot read {}: what this witness signed last is not there; find "
                                 "it, or say --first where they have signed nothing yet",
                                 state.path)
                   : fmt::format("{} is there, so it is not the first time; leave --first out, or "
                                 "name another file",
                                 state.path)};
  }
  if (is_missing) {
    return std::optional<SignedCheckpoint>();
  }
  auto last = read_checkpoint_of(*text, witness.ledger);
  const NoteKey own{.name = witness.name,
                    .type = KeyType::Cosignature,
                    .verifies = witness.key->public_key().verifies};
  if (!last || !cosigned_at(last->note, own)) {
    return base::Error{base::ErrorCode::Corrupt,
                       last ? fmt::format("{} is not signed by this witness; name the file that "
                                          "they wrote",
                                          state.path)
                            : fmt::format("{} {}", state.path, last.error().message)};
  }
  return std::optional(std::move(last).value());
}

}  // namespace

std::string to_text(const WitnessRequest& request) {
  std::string text = fmt::format("old {}\n", request.old_size);
  for (const Hash& hash : request.path) {
    text += crypto::to_base64(hash) + '\n';
  }
  return text + '\n' + to_text(request.checkpoint.note);
}

base::Result<WitnessRequest> read_witness_request(std::string_view text) {
  const std::string_view first = take_line(text);
  const auto size = first.starts_with("old ") ? read_number(first.substr(4)) : std::nullopt;
  if (!size) {
    return corrupt("its first line does not say from how many entries it goes on");
  }
  WitnessRequest request{.old_size = *size, .path = {}, .checkpoint = {}};
  for (std::string_view line = take_line(text); !line.empty(); line = take_line(text)) {
    const auto hash = crypto::from_base64<32>(line);
    if (!hash || request.path.size() == kLongestPath) {
      return corrupt("a line before the empty one is no hash, or there are too many");
    }
    request.path.push_back(*hash);
  }
  auto checkpoint = read_checkpoint(text);
  if (!checkpoint) {
    return corrupt(fmt::format("what follows its empty line {}", checkpoint.error().message));
  }
  request.checkpoint = std::move(checkpoint).value();
  return request;
}

base::Result<WitnessRequest> request_for(const Directory& directory, SignedCheckpoint checkpoint,
                                         std::uint64_t old_size) {
  const std::uint64_t size = checkpoint.checkpoint.tree.size;
  // A ledger that was rolled back has none; the witness says so.
  auto path = old_size > size ? std::vector<Hash>()
                              : consistency_path(directory.nodes(size), old_size, size);
  if (!path) {
    return path.error();
  }
  return WitnessRequest{
      .old_size = old_size, .path = std::move(path).value(), .checkpoint = std::move(checkpoint)};
}

base::Result<WitnessRequest> request_from(const Directory& directory, std::uint64_t old_size) {
  auto checkpoint = directory.signed_checkpoint();
  return checkpoint ? request_for(directory, std::move(checkpoint).value(), old_size)
                    : base::Result<WitnessRequest>(checkpoint.error());
}

WitnessAnswer answer(const Witness& witness, const WitnessRequest& request, std::uint64_t at) {
  const auto own = read_checkpoint_of(to_text(request.checkpoint.note), witness.ledger);
  if (!own) {
    return refused(Refusal::NotSigned, fmt::format("the checkpoint {}", own.error().message));
  }
  if (auto refusal = refusal_of(witness, request)) {
    return std::move(*refusal);
  }
  SignedCheckpoint next = *own;
  // Those of others are theirs to keep.
  std::erase_if(next.note.signatures, [&](const NoteSignature& signature) {
    return signature.name != witness.ledger.name || signature.id != witness.ledger.id();
  });
  next.note.signatures.push_back(cosign_note(*witness.key, witness.name, next.note.text, at));
  return {.signed_checkpoint = std::move(next), .refusal = std::nullopt, .why = {}, .seen = 0};
}

base::Result<WitnessAnswer> answer_and_remember(Witness witness, const WitnessState& state,
                                                const RequestFrom& from, std::uint64_t at) {
  const std::filesystem::path path(state.path);
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  const auto lock = internal::Lock::take(folder, kLedgerWaitMs);
  if (!lock) {
    return lock.error();
  }
  auto last = read_state(witness, state);
  if (!last) {
    return last.error();
  }
  witness.last = std::move(last).value();
  const auto request = from(witness.last ? witness.last->checkpoint.tree.size : 0);
  if (!request) {
    return request.error();
  }
  WitnessAnswer given = answer(witness, *request, at);
  given.seen = witness.last ? witness.last->checkpoint.tree.size : 0;
  if (given.signed_checkpoint) {
    internal::DurableWriter writer(folder);
    if (const auto written =
            writer.write(path.filename().string(), to_text(given.signed_checkpoint->note));
        !written) {
      return written.error();
    }
    if (const auto synced = writer.sync(); !synced) {
      return synced.error();
    }
  }
  return given;
}

}  // namespace truce::ledger
