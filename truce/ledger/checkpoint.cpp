// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/checkpoint.h"

#include <charconv>

#include <fmt/format.h>

#include "truce/crypto/base64.h"

namespace truce::ledger {
namespace {

base::Error corrupt(std::string_view what) {
  return {base::ErrorCode::Corrupt, fmt::format("is no checkpoint: {}", what)};
}

// The next line without its end; empty where there is none.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

}  // namespace

std::optional<std::uint64_t> read_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_read = failure == std::errc() && end == text.data() + text.size();
  if (!is_read || number >> 63U != 0 || (text.size() > 1 && text.front() == '0')) {
    return std::nullopt;
  }
  return number;
}

std::string to_text(const Checkpoint& checkpoint) {
  std::string text = fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.tree.size,
                                 crypto::to_base64(checkpoint.tree.root));
  for (const std::string& line : checkpoint.extensions) {
    text += line + '\n';
  }
  return text;
}

base::Result<Checkpoint> read_checkpoint_text(std::string_view text) {
  if (!text.ends_with('\n')) {
    return corrupt("its last line does not end");
  }
  Checkpoint checkpoint;
  checkpoint.origin = std::string(take_line(text));
  if (checkpoint.origin.empty()) {
    return corrupt("its first line names no ledger");
  }
  const auto size = read_number(take_line(text));
  if (!size) {
    return corrupt("its second line is no number of entries");
  }
  const auto root = crypto::from_base64<32>(take_line(text));
  if (!root) {
    return corrupt("its third line is no hash");
  }
  checkpoint.tree = {.size = *size, .root = *root};
  while (!text.empty()) {
    checkpoint.extensions.emplace_back(take_line(text));
    if (checkpoint.extensions.back().empty()) {
      return corrupt("it has an empty line");
    }
  }
  return checkpoint;
}

base::Result<SignedCheckpoint> read_checkpoint(std::string_view text) {
  auto note = read_note(text);
  if (!note) {
    return note.error();
  }
  auto checkpoint = read_checkpoint_text(note->text);
  if (!checkpoint) {
    return checkpoint.error();
  }
  return SignedCheckpoint{.checkpoint = std::move(checkpoint).value(),
                          .note = std::move(note).value()};
}

base::Result<SignedCheckpoint> read_checkpoint_of(std::string_view text, const NoteKey& key) {
  auto read = read_checkpoint(text);
  if (!read) {
    return read;
  }
  if (read->checkpoint.origin != key.name) {
    return base::Error{base::ErrorCode::Corrupt,
                       fmt::format("is of the ledger {}, and the key is of {}",
                                   read->checkpoint.origin, key.name)};
  }
  switch (signed_by(read->note, key)) {
    case Signed::Yes:
      return read;
    case Signed::No:
      return base::Error{base::ErrorCode::Corrupt,
                         fmt::format("is not signed by the key of {}", key.name)};
    case Signed::Wrong:
      return base::Error{base::ErrorCode::Corrupt,
                         fmt::format("is not what its signature by {} was made for", key.name)};
  }
  return read;
}

}  // namespace truce::ledger
