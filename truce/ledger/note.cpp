// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/note.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/base/check.h"
#include "truce/base/utf8.h"
#include "truce/crypto/base64.h"
#include "truce/crypto/sha256.h"

namespace truce::ledger {
namespace {

// An em dash and a space.
constexpr std::string_view kDash = "\xE2\x80\x94 ";
constexpr std::size_t kIdBytes = 4;
constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kSignatureBytes = 64;

std::span<const unsigned char> as_bytes(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

std::string_view as_text(std::span<const unsigned char> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

base::Error corrupt(std::string_view what) {
  return {base::ErrorCode::Corrupt, fmt::format("is no signed note: {}", what)};
}

bool is_space(char32_t letter) {
  return letter == U' ' || letter == 0x85 || letter == 0xA0 || letter == 0x1680 ||
         (letter >= 0x2000 && letter <= 0x200A) || letter == 0x2028 || letter == 0x2029 ||
         letter == 0x202F || letter == 0x205F || letter == 0x3000;
}

bool is_control(unsigned char byte) { return byte < 0x20; }

std::optional<NoteSignature> read_signature(std::string_view line) {
  if (!line.starts_with(kDash)) {
    return std::nullopt;
  }
  line.remove_prefix(kDash.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) {
    return std::nullopt;
  }
  const auto bytes = crypto::bytes_of_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= kIdBytes) {
    return std::nullopt;
  }
  NoteSignature signature{.name = std::string(line.substr(0, space)), .id = {}, .bytes = {}};
  std::copy_n(bytes->begin(), kIdBytes, signature.id.begin());
  signature.bytes = bytes->substr(kIdBytes);
  return signature;
}

crypto::Signature ed25519_at(std::string_view bytes) {
  crypto::Signature signature{};
  std::copy_n(bytes.begin(), kSignatureBytes, signature.begin());
  return signature;
}

std::string big_endian(std::uint64_t number) {
  std::string bytes(kTimeBytes, '\0');
  for (std::size_t i = 0; i < kTimeBytes; ++i) {
    bytes[i] = static_cast<char>((number >> (8 * (kTimeBytes - 1 - i))) & 0xFFU);
  }
  return bytes;
}

std::uint64_t number_at(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < kTimeBytes; ++i) {
    number = number << 8U | static_cast<unsigned char>(bytes[i]);
  }
  return number;
}

std::string cosigned_text(std::string_view text, std::uint64_t at) {
  return fmt::format("cosignature/v1\ntime {}\n{}", at, text);
}

bool holds(const NoteSignature& signature, const NoteKey& key, std::string_view text) {
  const std::string_view bytes = signature.bytes;
  switch (key.type) {
    case KeyType::Note:
      return bytes.size() == kSignatureBytes &&
             crypto::is_text_signed_by(key.verifies, text, ed25519_at(bytes));
    case KeyType::Cosignature: {
      if (bytes.size() != kTimeBytes + kSignatureBytes) {
        return false;
      }
      const std::uint64_t at = number_at(bytes);
      return at >> 63U == 0 && crypto::is_text_signed_by(key.verifies, cosigned_text(text, at),
                                                         ed25519_at(bytes.substr(kTimeBytes)));
    }
  }
  return false;
}

bool says_it_is_of(const NoteSignature& signature, const NoteKey& key) {
  return signature.name == key.name && signature.id == key.id();
}

}  // namespace

std::array<unsigned char, 4> NoteKey::id() const {
  const auto type_byte = static_cast<char>(type);
  const auto hash =
      crypto::sha256({name, "\n", std::string_view(&type_byte, 1), as_text(verifies)});
  return {hash[0], hash[1], hash[2], hash[3]};
}

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > 200) {
    return false;
  }
  while (!name.empty()) {
    const base::CodePoint letter = base::decode_utf8(name);
    if (letter.length == 0 || letter.value < 0x20 || letter.value == 0x7F || letter.value == U'+' ||
        is_space(letter.value)) {
      return false;
    }
    name.remove_prefix(letter.length);
  }
  return true;
}

std::string to_text(const NoteKey& key) {
  const auto id = key.id();
  const auto type_byte = static_cast<unsigned char>(key.type);
  std::string bytes(1, static_cast<char>(type_byte));
  bytes += as_text(key.verifies);
  return fmt::format("{}+{:02x}{:02x}{:02x}{:02x}+{}", key.name, id[0], id[1], id[2], id[3],
                     crypto::to_base64(as_bytes(bytes)));
}

base::Result<NoteKey> read_note_key(std::string_view text) {
  const base::Error error{base::ErrorCode::Corrupt,
                          "is no key of a ledger or a witness; it is one line NAME+ID+KEY"};
  if (text.ends_with('\n')) {
    text.remove_suffix(1);
  }
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos || !is_key_name(text.substr(0, first))) {
    return error;
  }
  const auto bytes = crypto::bytes_of_base64(text.substr(second + 1));
  if (!bytes || bytes->size() != 33) {
    return error;
  }
  NoteKey key{.name = std::string(text.substr(0, first)), .type = KeyType::Note, .verifies = {}};
  if (bytes->front() == static_cast<char>(KeyType::Cosignature)) {
    key.type = KeyType::Cosignature;
  }
  std::copy_n(bytes->begin() + 1, key.verifies.size(), key.verifies.begin());
  // The identifier, and a type that is none of these, show here.
  return to_text(key) == text ? base::Result<NoteKey>(key) : error;
}

std::string to_text(const NoteSignature& signature) {
  const std::string bytes = std::string(as_text(signature.id)) + signature.bytes;
  return fmt::format("{}{} {}\n", kDash, signature.name, crypto::to_base64(as_bytes(bytes)));
}

std::string to_text(const Note& note) {
  std::string text = note.text + '\n';
  for (const NoteSignature& signature : note.signatures) {
    text += to_text(signature);
  }
  return text;
}

base::Result<std::vector<NoteSignature>> read_signatures(std::string_view text) {
  std::vector<NoteSignature> signatures;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    auto signature =
        end == std::string_view::npos ? std::nullopt : read_signature(text.substr(0, end));
    if (!signature) {
      return base::Error{base::ErrorCode::Corrupt, "has a line that is no signature"};
    }
    signatures.push_back(std::move(*signature));
    if (signatures.size() > kMostSignatures) {
      return base::Error{base::ErrorCode::Corrupt, "has too many signatures"};
    }
    text.remove_prefix(end + 1);
  }
  if (signatures.empty()) {
    return base::Error{base::ErrorCode::Corrupt, "has no signature"};
  }
  return signatures;
}

base::Result<Note> read_note(std::string_view text) {
  if (text.size() > kLargestNote) {
    return corrupt("it is too long");
  }
  const bool has_control = std::any_of(text.begin(), text.end(), [](char letter) {
    return is_control(static_cast<unsigned char>(letter)) && letter != '\n';
  });
  if (has_control || base::first_invalid_utf8(text) != text.size()) {
    return corrupt("it is not plain text in UTF-8");
  }
  const std::size_t blank = text.rfind("\n\n");
  if (blank == std::string_view::npos) {
    return corrupt("no empty line stands above its signatures");
  }
  auto signatures = read_signatures(text.substr(blank + 2));
  if (!signatures) {
    return signatures.error();
  }
  return Note{.text = std::string(text.substr(0, blank + 1)),
              .signatures = std::move(signatures).value()};
}

NoteSignature sign_note(const crypto::SecretKey& key, const std::string& name,
                        std::string_view text) {
  TRUCE_CHECK(text.ends_with('\n'), "the text of a note ends with a line end");
  const NoteKey known{.name = name, .type = KeyType::Note, .verifies = key.public_key().verifies};
  return {.name = name, .id = known.id(), .bytes = std::string(as_text(key.sign_text(text)))};
}

NoteSignature cosign_note(const crypto::SecretKey& key, const std::string& name,
                          std::string_view text, std::uint64_t at) {
  TRUCE_CHECK(text.ends_with('\n'), "the text of a note ends with a line end");
  const NoteKey known{
      .name = name, .type = KeyType::Cosignature, .verifies = key.public_key().verifies};
  return {.name = name,
          .id = known.id(),
          .bytes = big_endian(at) + std::string(as_text(key.sign_text(cosigned_text(text, at))))};
}

Signed signed_by(const Note& note, const NoteKey& key) {
  Signed answer = Signed::No;
  for (const NoteSignature& signature : note.signatures) {
    if (says_it_is_of(signature, key)) {
      if (!holds(signature, key, note.text)) {
        return Signed::Wrong;
      }
      answer = Signed::Yes;
    }
  }
  return answer;
}

std::optional<std::uint64_t> cosigned_at(const Note& note, const NoteKey& key) {
  std::optional<std::uint64_t> latest;
  for (const NoteSignature& signature : note.signatures) {
    if (key.type == KeyType::Cosignature && says_it_is_of(signature, key) &&
        holds(signature, key, note.text)) {
      latest = std::max(latest.value_or(0), number_at(signature.bytes));
    }
  }
  return latest;
}

}  // namespace truce::ledger
