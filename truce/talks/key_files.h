// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "truce/base/result.h"
#include "truce/crypto/keys.h"

namespace truce::talks {

/// A public key with whose it says it is.
struct NamedKey {
  std::string name;
  crypto::PublicKey key;
};

/// A secret key with whose it is.
struct NamedSecret {
  std::string name;
  crypto::SecretKey key;
};

/// The signature of one side under one text.
struct SignatureFile {
  std::string name;
  crypto::Bytes32 key{};
  // SHA-256 of the instrument, in hexadecimal.
  std::string of;
  crypto::Signature signature{};
};

/// One side's share of the lock on an announcement.
struct ShareFile {
  // SHA-256 of the locked file, in hexadecimal.
  std::string of;
  // From 1.
  std::size_t number = 0;
  crypto::Bytes32 share{};
};

/// Whether a key may have this name: one line of readable text, at most 200 bytes, no space at its
/// ends.
bool is_name(std::string_view name);

// The files, as docs/formats/sealed.md gives them byte by byte. Each reader takes exactly what its
// writer makes and fails with Corrupt for every other text; the message is the end of a sentence
// that names the file.

std::string to_text(const NamedSecret& secret);
base::Result<NamedSecret> read_secret(std::string_view text);

/// The public half, signed by its own secret: nobody can join the halves of two keys.
std::string public_text(const NamedSecret& secret);
base::Result<NamedKey> read_public(std::string_view text);

/// Signs the instrument with that hash.
SignatureFile sign(const NamedSecret& secret, std::string_view of);
std::string to_text(const SignatureFile& signature);
/// That the signature holds is part of it.
base::Result<SignatureFile> read_signature(std::string_view text);

std::string to_text(const ShareFile& share);
base::Result<ShareFile> read_share(std::string_view text);

}  // namespace truce::talks
