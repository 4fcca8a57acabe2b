// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "truce/base/result.h"
#include "truce/crypto/keys.h"
#include "truce/crypto/passphrase.h"

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

/// A secret key under a passphrase, with whose it is.
struct GuardedKey {
  std::string name;
  crypto::GuardedSecret secret;
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

/// A package that the sides answer in secret: its text, and what tells whether all accept.
struct OfferFile {
  // SHA-256 of the instrument, in hexadecimal.
  std::string of;
  std::size_t sides = 0;
  crypto::Bytes32 check{};
};

/// What a side answers with, or, in its answer, what it answered: its own share where it accepts,
/// other bytes where it does not.
struct AnswerFile {
  // SHA-256 of the offer's file, in hexadecimal.
  std::string offer;
  // From 1, in the order of the signatories.
  std::size_t number = 0;
  crypto::Bytes32 share{};
};

/// What the shares of an offer are about.
std::string context_of(std::string_view of);

/// Whether a key may have this name: one line of readable text, at most 200 bytes, no space at its
/// ends.
bool is_name(std::string_view name);

// The files, as docs/formats/sealed.md gives them byte by byte. Each reader takes exactly what its
// writer makes and fails with Corrupt for every other text; the message is the end of a sentence
// that names the file.

std::string to_text(const NamedSecret& secret);
base::Result<NamedSecret> read_secret(std::string_view text);

/// The form of a secret key that takes a passphrase.
bool is_guarded(std::string_view text);
std::string to_text(const GuardedKey& key);
base::Result<GuardedKey> read_guarded(std::string_view text);
/// Fail as crypto::guard() and crypto::unguard() do.
base::Result<GuardedKey> guard(const NamedSecret& secret, std::string_view passphrase,
                               const crypto::PassphraseCost& cost = {});
base::Result<NamedSecret> unguard(const GuardedKey& key, std::string_view passphrase);

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

std::string to_text(const OfferFile& offer);
base::Result<OfferFile> read_offer(std::string_view text);

/// The share of one side, sealed to it, and its answer, sealed to whoever mediates.
std::string share_text(const AnswerFile& share);
base::Result<AnswerFile> read_offer_share(std::string_view text);
std::string answer_text(const AnswerFile& answer);
base::Result<AnswerFile> read_answer(std::string_view text);

}  // namespace truce::talks
