// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/crypto/keys.h"

namespace truce::ledger {

// Signed notes, as C2SP signed-note describes them, and the cosignatures of tlog-cosignature.

/// What a key signs: a note's text, or that a checkpoint follows all the key has seen, with the
/// time. The values are those of the public formats.
enum class KeyType : std::uint8_t { Note = 0x01, Cosignature = 0x04 };

/// A public key under the name it signs with.
struct NoteKey {
  std::string name;
  KeyType type = KeyType::Note;
  crypto::Bytes32 verifies{};

  /// The first four bytes of a hash over name, type and key: tells keys of one name apart.
  [[nodiscard]] std::array<unsigned char, 4> id() const;

  friend bool operator==(const NoteKey&, const NoteKey&) = default;
};

/// One line of UTF-8 without spaces and plus signs, at most 200 bytes.
bool is_key_name(std::string_view name);

/// `NAME+ID+KEY`, on one line without its end.
std::string to_text(const NoteKey& key);
/// Fails with Corrupt for anything but what to_text() makes; a line end after it is allowed.
base::Result<NoteKey> read_note_key(std::string_view text);

/// A line below a note: whose it says it is, and the bytes.
struct NoteSignature {
  std::string name;
  std::array<unsigned char, 4> id{};
  std::string bytes;

  friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

/// A text that ends with a line end, and the signatures below it. What it says counts only when a
/// known key signed it.
struct Note {
  std::string text;
  std::vector<NoteSignature> signatures;

  friend bool operator==(const Note&, const Note&) = default;
};

constexpr std::size_t kLargestNote = 64 * 1024;
constexpr std::size_t kMostSignatures = 100;

std::string to_text(const Note& note);
/// A signature's line, with its end.
std::string to_text(const NoteSignature& signature);
/// Fails with Corrupt for what is no note, is larger than kLargestNote or has more signatures than
/// kMostSignatures; the message is the end of a sentence that names the file.
base::Result<Note> read_note(std::string_view text);
/// Reads lines of signatures alone, at least one.
base::Result<std::vector<NoteSignature>> read_signatures(std::string_view text);

/// Signs the text, which ends with a line end, under `name`.
NoteSignature sign_note(const crypto::SecretKey& key, const std::string& name,
                        std::string_view text);
/// As a witness does, in seconds from 1970.
NoteSignature cosign_note(const crypto::SecretKey& key, const std::string& name,
                          std::string_view text, std::uint64_t at);

enum class Signed : std::uint8_t { No, Yes, Wrong };
/// Whether `key` signed the note; Wrong where a signature says it is of that key and is not.
Signed signed_by(const Note& note, const NoteKey& key);

/// When the witness's `key` signed the note, in seconds from 1970; empty where it did not.
std::optional<std::uint64_t> cosigned_at(const Note& note, const NoteKey& key);

}  // namespace truce::ledger
