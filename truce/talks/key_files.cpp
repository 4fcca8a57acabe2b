// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/key_files.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "truce/base/utf8.h"
#include "truce/crypto/base64.h"

namespace truce::talks {
namespace {

using crypto::from_base64;
using crypto::to_base64;

constexpr std::string_view kSecretMark = "truce-secret-key/1";
constexpr std::string_view kGuardedMark = "truce-secret-key/2";
constexpr std::string_view kPublicMark = "truce-public-key/1";
constexpr std::string_view kSignatureMark = "truce-signature/1";
constexpr std::string_view kShareMark = "truce-share/1";
constexpr std::string_view kOfferMark = "truce-offer/1";
constexpr std::string_view kOfferShareMark = "truce-offer-share/1";
constexpr std::string_view kAnswerMark = "truce-answer/1";
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kHashDigits = 64;

// The values of a file whose lines are the mark, then `label: value` for each label in order.
std::optional<std::vector<std::string_view>> values_of(
    std::string_view text, std::string_view mark, std::initializer_list<std::string_view> labels) {
  const auto take = [&text](std::string_view words) {
    const bool is_there = text.starts_with(words);
    text.remove_prefix(is_there ? words.size() : 0);
    return is_there;
  };
  if (!take(mark) || !take("\n")) {
    return std::nullopt;
  }
  std::vector<std::string_view> values;
  for (const std::string_view label : labels) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || !take(label) || !take(": ")) {
      return std::nullopt;
    }
    const std::size_t size = text.find('\n');
    values.push_back(text.substr(0, size));
    text.remove_prefix(size + 1);
  }
  return text.empty() ? std::optional(values) : std::nullopt;
}

base::Error not_a(std::string_view what) {
  return {base::ErrorCode::Corrupt,
          fmt::format("is no {}, or was changed; ask for the file again", what)};
}

bool is_hash(std::string_view text) {
  return text.size() == kHashDigits && std::all_of(text.begin(), text.end(), [](char letter) {
           return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
         });
}

// Written anew it must be the same text: no zeros before it, nothing behind it. 0 where it is none.
std::size_t number_in(std::string_view digits) {
  std::size_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return fmt::format("{}", number) == digits ? number : 0;
}

std::string answer_lines(std::string_view mark, const AnswerFile& answer) {
  return fmt::format("{}\noffer: {}\nnumber: {}\nshare: {}\n", mark, answer.offer, answer.number,
                     to_base64(answer.share));
}

base::Result<AnswerFile> read_answer_lines(std::string_view text, std::string_view mark,
                                           std::string_view what) {
  const auto values = values_of(text, mark, {"offer", "number", "share"});
  if (!values.has_value() || !is_hash(values->at(0))) {
    return not_a(what);
  }
  const auto share = from_base64<32>(values->at(2));
  const AnswerFile read{.offer = std::string(values->at(0)),
                        .number = number_in(values->at(1)),
                        .share = share.value_or(crypto::Bytes32{})};
  return share.has_value() && read.number > 0 ? base::Result<AnswerFile>(read) : not_a(what);
}

std::string own_lines(const std::string& name, const crypto::PublicKey& key) {
  return fmt::format("name: {}\nverifies: {}\nseals: {}\n", name, to_base64(key.verifies),
                     to_base64(key.seals));
}

std::string signed_lines(const std::string& name, std::string_view of) {
  return fmt::format("name: {}\nof: {}\n", name, of);
}

}  // namespace

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName &&
         base::first_invalid_utf8(name) == name.size() && name.front() != ' ' &&
         name.back() != ' ' && std::none_of(name.begin(), name.end(), [](char letter) {
           return static_cast<unsigned char>(letter) < ' ' || letter == '\x7F';
         });
}

std::string to_text(const NamedSecret& secret) {
  return fmt::format("{}\nname: {}\nsecret: {}\n", kSecretMark, secret.name,
                     to_base64(secret.key.seed()));
}

base::Result<NamedSecret> read_secret(std::string_view text) {
  const auto values = values_of(text, kSecretMark, {"name", "secret"});
  const auto seed = values.has_value() ? from_base64<32>(values->at(1)) : std::nullopt;
  if (!seed.has_value() || !is_name(values->at(0))) {
    return not_a("secret key");
  }
  return NamedSecret{.name = std::string(values->at(0)), .key = crypto::SecretKey(*seed)};
}

bool is_guarded(std::string_view text) { return text.starts_with(kGuardedMark); }

std::string to_text(const GuardedKey& key) {
  return fmt::format("{}\nname: {}\noperations: {}\nmemory: {}\nsalt: {}\nbox: {}\n", kGuardedMark,
                     key.name, key.secret.cost.operations, key.secret.cost.memory,
                     to_base64(key.secret.salt), to_base64(key.secret.box));
}

base::Result<GuardedKey> read_guarded(std::string_view text) {
  const auto values =
      values_of(text, kGuardedMark, {"name", "operations", "memory", "salt", "box"});
  const auto salt = values.has_value() ? from_base64<16>(values->at(3)) : std::nullopt;
  const auto box = values.has_value() ? from_base64<104>(values->at(4)) : std::nullopt;
  if (!salt.has_value() || !box.has_value() || !is_name(values->at(0))) {
    return not_a("secret key");
  }
  GuardedKey read{.name = std::string(values->at(0)),
                  .secret = {.cost = {.operations = number_in(values->at(1)),
                                      .memory = number_in(values->at(2))},
                             .salt = *salt,
                             .box = *box}};
  return read.secret.cost.operations > 0 && read.secret.cost.memory > 0
             ? base::Result<GuardedKey>(std::move(read))
             : not_a("secret key");
}

base::Result<GuardedKey> guard(const NamedSecret& secret, std::string_view passphrase,
                               const crypto::PassphraseCost& cost) {
  auto guarded = crypto::guard(secret.key, secret.name, passphrase, cost);
  return guarded ? base::Result<GuardedKey>(GuardedKey{secret.name, *guarded}) : guarded.error();
}

base::Result<NamedSecret> unguard(const GuardedKey& key, std::string_view passphrase) {
  auto opened = crypto::unguard(key.secret, key.name, passphrase);
  return opened ? base::Result<NamedSecret>(NamedSecret{key.name, std::move(*opened)})
                : opened.error();
}

std::string public_text(const NamedSecret& secret) {
  const std::string lines = own_lines(secret.name, secret.key.public_key());
  return fmt::format("{}\n{}signature: {}\n", kPublicMark, lines,
                     to_base64(secret.key.sign(kPublicMark, lines)));
}

base::Result<NamedKey> read_public(std::string_view text) {
  const auto values = values_of(text, kPublicMark, {"name", "verifies", "seals", "signature"});
  if (!values.has_value() || !is_name(values->at(0))) {
    return not_a("public key");
  }
  const auto verifies = from_base64<32>(values->at(1));
  const auto seals = from_base64<32>(values->at(2));
  const auto signature = from_base64<64>(values->at(3));
  if (!verifies.has_value() || !seals.has_value() || !signature.has_value()) {
    return not_a("public key");
  }
  NamedKey read{.name = std::string(values->at(0)), .key = {*verifies, *seals}};
  return crypto::is_signed_by(read.key, kPublicMark, own_lines(read.name, read.key), *signature)
             ? base::Result<NamedKey>(std::move(read))
             : not_a("public key");
}

SignatureFile sign(const NamedSecret& secret, std::string_view of) {
  return {.name = secret.name,
          .key = secret.key.public_key().verifies,
          .of = std::string(of),
          .signature = secret.key.sign(kSignatureMark, signed_lines(secret.name, of))};
}

std::string to_text(const SignatureFile& signature) {
  return fmt::format("{}\nname: {}\nof: {}\nkey: {}\nsignature: {}\n", kSignatureMark,
                     signature.name, signature.of, to_base64(signature.key),
                     to_base64(signature.signature));
}

base::Result<SignatureFile> read_signature(std::string_view text) {
  const auto values = values_of(text, kSignatureMark, {"name", "of", "key", "signature"});
  if (!values.has_value() || !is_name(values->at(0)) || !is_hash(values->at(1))) {
    return not_a("signature");
  }
  const auto key = from_base64<32>(values->at(2));
  const auto signature = from_base64<64>(values->at(3));
  if (!key.has_value() || !signature.has_value()) {
    return not_a("signature");
  }
  SignatureFile read{.name = std::string(values->at(0)),
                     .key = *key,
                     .of = std::string(values->at(1)),
                     .signature = *signature};
  return crypto::is_signed_by({.verifies = read.key, .seals = {}}, kSignatureMark,
                              signed_lines(read.name, read.of), read.signature)
             ? base::Result<SignatureFile>(std::move(read))
             : not_a("signature");
}

std::string to_text(const ShareFile& share) {
  return fmt::format("{}\nof: {}\nnumber: {}\nshare: {}\n", kShareMark, share.of, share.number,
                     to_base64(share.share));
}

base::Result<ShareFile> read_share(std::string_view text) {
  const auto values = values_of(text, kShareMark, {"of", "number", "share"});
  if (!values.has_value() || !is_hash(values->at(0))) {
    return not_a("share of an announcement");
  }
  ShareFile read{.of = std::string(values->at(0)), .number = number_in(values->at(1)), .share = {}};
  const auto share = from_base64<32>(values->at(2));
  if (!share.has_value() || read.number == 0) {
    return not_a("share of an announcement");
  }
  read.share = *share;
  return read;
}

std::string context_of(std::string_view of) { return fmt::format("{}\n{}", kOfferMark, of); }

std::string to_text(const OfferFile& offer) {
  return fmt::format("{}\nof: {}\nsides: {}\ncheck: {}\n", kOfferMark, offer.of, offer.sides,
                     to_base64(offer.check));
}

base::Result<OfferFile> read_offer(std::string_view text) {
  const auto values = values_of(text, kOfferMark, {"of", "sides", "check"});
  if (!values.has_value() || !is_hash(values->at(0))) {
    return not_a("offer");
  }
  const auto check = from_base64<32>(values->at(2));
  const OfferFile read{.of = std::string(values->at(0)),
                       .sides = number_in(values->at(1)),
                       .check = check.value_or(crypto::Bytes32{})};
  return check.has_value() && read.sides >= 2 ? base::Result<OfferFile>(read) : not_a("offer");
}

std::string share_text(const AnswerFile& share) { return answer_lines(kOfferShareMark, share); }

base::Result<AnswerFile> read_offer_share(std::string_view text) {
  return read_answer_lines(text, kOfferShareMark, "share of an offer");
}

std::string answer_text(const AnswerFile& answer) { return answer_lines(kAnswerMark, answer); }

base::Result<AnswerFile> read_answer(std::string_view text) {
  return read_answer_lines(text, kAnswerMark, "answer to an offer");
}

}  // namespace truce::talks
