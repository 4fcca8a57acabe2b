// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/dealings.h"

#include "truce/crypto/sha256.h"

namespace truce::server::internal {
namespace {

const std::string& text_of(const Entry& entry, std::string_view name) {
  static const std::string kEmpty;
  const encoding::JsonValue* const member = entry.body.find(name);
  return member == nullptr ? kEmpty : member->text();
}

Dealing dealing_of(const Entry& entry) {
  return {.body = entry.body, .audience = entry.audience, .who = entry.who, .at = entry.at};
}

unsigned digit_of(char letter) {
  return letter <= '9' ? static_cast<unsigned>(letter - '0')
                       : static_cast<unsigned>(letter - 'a') + 10;
}

}  // namespace

std::string to_hexadecimal(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  digits.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    digits += kDigits[static_cast<unsigned char>(byte) >> 4U];
    digits += kDigits[static_cast<unsigned char>(byte) & 15U];
  }
  return digits;
}

std::string from_hexadecimal(std::string_view digits) {
  if (digits.size() % 2 != 0 ||
      digits.find_first_not_of("0123456789abcdef") != std::string_view::npos) {
    return {};
  }
  std::string bytes;
  bytes.reserve(digits.size() / 2);
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    bytes += static_cast<char>((digit_of(digits[at]) << 4U) | digit_of(digits[at + 1]));
  }
  return bytes;
}

void Dealings::apply(const Entry& entry) {
  const std::string& id = text_of(entry, "id");
  if (entry.kind == "finding") {
    Finding finding;
    static_cast<Dealing&>(finding) = dealing_of(entry);
    findings_.emplace(id, std::move(finding));
  } else if (entry.kind == "publication") {
    if (const auto at = findings_.find(id); at != findings_.end()) {
      at->second.published_by = entry.who;
      at->second.published_at = entry.at;
      at->second.publication = entry.number;
    }
  } else if (entry.kind == "disclosure") {
    add_disclosure(entry, id);
  } else if (entry.kind == "disclosed") {
    if (const auto at = disclosures_.find(id); at != disclosures_.end()) {
      at->second.published_by = entry.who;
      at->second.published_at = entry.at;
      at->second.publication = entry.number;
    }
  } else if (entry.kind == "question") {
    questions_.emplace(id, dealing_of(entry));
  } else if (entry.kind == "artefact") {
    Artefact artefact;
    static_cast<Dealing&>(artefact) = dealing_of(entry);
    artefact.bytes = from_hexadecimal(text_of(entry, "bytes"));
    artefact.sha256_hex = crypto::sha256_hex(artefact.bytes);
    const encoding::JsonValue* const mediator = entry.body.find("is_from_mediator");
    artefact.is_from_mediator = mediator != nullptr && mediator->boolean();
    artefact.body = encoding::JsonValue::object();
    artefacts_.emplace(std::pair(text_of(entry, "side"), text_of(entry, "name")),
                       std::move(artefact));
  } else if (entry.kind == "notice") {
    Notice notice;
    static_cast<Dealing&>(notice) = dealing_of(entry);
    if (const encoding::JsonValue* const addressees = entry.body.find("addressees")) {
      for (const encoding::JsonValue& name : addressees->elements()) {
        notice.addressees.push_back(name.text());
      }
    }
    notices_.emplace(id, std::move(notice));
  } else {
    add_to_notice(entry, id);
  }
}

void Dealings::add_disclosure(const Entry& entry, const std::string& id) {
  Disclosure disclosure;
  static_cast<Dealing&>(disclosure) = dealing_of(entry);
  if (const encoding::JsonValue* const audience = entry.body.find("audience")) {
    for (const encoding::JsonValue& word : audience->elements()) {
      disclosure.shown_to.push_back(word.text());
    }
  }
  disclosure.side = text_of(entry, "side");
  disclosures_.emplace(id, std::move(disclosure));
}

void Dealings::add_to_notice(const Entry& entry, const std::string& id) {
  const auto at = notices_.find(id);
  if (at == notices_.end()) {
    return;
  }
  if (entry.kind == "receipt") {
    Receipt receipt;
    static_cast<Dealing&>(receipt) = dealing_of(entry);
    receipt.addressee = text_of(entry, "addressee");
    const encoding::JsonValue* const delegate = entry.body.find("is_of_delegate");
    receipt.is_of_delegate = delegate != nullptr && delegate->boolean();
    at->second.receipts.emplace(receipt.addressee, receipt);
  } else if (entry.kind == "hindrance") {
    at->second.hindrances.push_back(dealing_of(entry));
  }
}

}  // namespace truce::server::internal
