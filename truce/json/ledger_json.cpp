// SPDX-License-Identifier: Apache-2.0
#include "truce/json/ledger_json.h"

#include "truce/base/utf8.h"
#include "truce/crypto/base64.h"
#include "truce/encoding/json_value.h"

namespace truce::json {
namespace {

using encoding::JsonValue;

JsonValue document(std::string_view schema) {
  JsonValue value = JsonValue::object();
  value.set("schema", schema);
  return value;
}

void set_tree(JsonValue& value, const ledger::TreeHead& tree) {
  value.set("size", static_cast<std::int64_t>(tree.size));
  value.set("root", crypto::to_base64(tree.root));
}

void set_bytes(JsonValue& value, const std::string& bytes) {
  if (base::first_invalid_utf8(bytes) == bytes.size()) {
    value.set("text", bytes);
  } else {
    value.set("base64", crypto::to_base64(
                            {reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()}));
  }
}

JsonValue witnesses_of(const std::vector<workbench::Cosigned>& witnesses) {
  JsonValue list = JsonValue::array();
  for (const workbench::Cosigned& witness : witnesses) {
    JsonValue one = JsonValue::object();
    one.set("name", witness.name);
    one.set("at", witness.at ? JsonValue(base::to_iso({static_cast<std::int64_t>(*witness.at)}, {}))
                             : JsonValue());
    list.push_back(std::move(one));
  }
  return list;
}

std::string_view word_of(ledger::Refusal refusal) {
  switch (refusal) {
    case ledger::Refusal::NotSigned:
      return "not-signed";
    case ledger::Refusal::RolledBack:
      return "rolled-back";
    case ledger::Refusal::OtherSize:
      return "other-size";
    case ledger::Refusal::Fork:
      return "fork";
  }
  return {};
}

}  // namespace

std::string to_json(const workbench::LedgerFiles& files) {
  JsonValue value = document("truce.ledger/1");
  value.set("directory", files.directory);
  value.set("origin", files.origin);
  value.set("secret", files.secret);
  value.set("public", files.published);
  return value.to_pretty_text();
}

std::string to_json(const std::vector<workbench::RecordedEntry>& entries,
                    const ledger::TreeHead& tree) {
  JsonValue value = document("truce.ledger-append/1");
  JsonValue list = JsonValue::array();
  for (const workbench::RecordedEntry& entry : entries) {
    JsonValue one = JsonValue::object();
    one.set("index", static_cast<std::int64_t>(entry.index));
    one.set("leaf_hash", crypto::to_base64(entry.leaf));
    list.push_back(std::move(one));
  }
  value.set("entries", std::move(list));
  set_tree(value, tree);
  return value.to_pretty_text();
}

std::string to_json(const workbench::ShownEntry& shown) {
  JsonValue value = document("truce.ledger-entry/1");
  value.set("index", static_cast<std::int64_t>(shown.index));
  value.set("leaf_hash", crypto::to_base64(ledger::leaf_hash(shown.bytes)));
  if (!shown.entry) {
    value.set("kind", JsonValue());
    set_bytes(value, shown.bytes);
    return value.to_pretty_text();
  }
  const ledger::Entry& entry = *shown.entry;
  value.set("kind", entry.kind);
  value.set("at", base::to_iso(entry.at, {}));
  value.set("corrects",
            entry.corrects ? JsonValue(static_cast<std::int64_t>(*entry.corrects)) : JsonValue());
  if (entry.elsewhere) {
    value.set("sha256", entry.elsewhere->sha256_hex);
    value.set("bytes", static_cast<std::int64_t>(entry.elsewhere->size));
  } else {
    set_bytes(value, entry.content);
  }
  return value.to_pretty_text();
}

std::string to_json(const std::vector<ledger::IndexedEntry>& entries) {
  JsonValue value = document("truce.ledger-entries/1");
  JsonValue list = JsonValue::array();
  for (const ledger::IndexedEntry& entry : entries) {
    JsonValue one = JsonValue::object();
    const bool has_kind = !entry.kind.empty();
    one.set("index", static_cast<std::int64_t>(entry.index));
    one.set("kind", has_kind ? JsonValue(entry.kind) : JsonValue());
    one.set("at", has_kind ? JsonValue(base::to_iso(entry.at, {})) : JsonValue());
    one.set("corrects",
            entry.corrects ? JsonValue(static_cast<std::int64_t>(*entry.corrects)) : JsonValue());
    list.push_back(std::move(one));
  }
  value.set("entries", std::move(list));
  return value.to_pretty_text();
}

std::string to_json(const ledger::Proof& proof) {
  JsonValue value = document("truce.ledger-proof/1");
  value.set("origin", proof.checkpoint.checkpoint.origin);
  value.set("index", static_cast<std::int64_t>(proof.index));
  set_tree(value, proof.checkpoint.checkpoint.tree);
  JsonValue path = JsonValue::array();
  for (const ledger::Hash& hash : proof.path) {
    path.push_back(crypto::to_base64(hash));
  }
  value.set("path", std::move(path));
  value.set("proof", ledger::to_text(proof));
  return value.to_pretty_text();
}

std::string to_json(const workbench::CheckedProof& checked) {
  JsonValue value = document("truce.ledger-proof-check/1");
  value.set("holds", checked.problem.empty());
  value.set("problem", checked.problem);
  value.set("origin", checked.proof.checkpoint.checkpoint.origin);
  value.set("index", static_cast<std::int64_t>(checked.proof.index));
  set_tree(value, checked.proof.checkpoint.checkpoint.tree);
  value.set("witnesses", witnesses_of(checked.witnesses));
  return value.to_pretty_text();
}

std::string to_json(const workbench::VerifiedLedger& verified) {
  JsonValue value = document("truce.ledger-check/1");
  const auto& checkpoint = verified.check.checkpoint;
  value.set("origin", checkpoint ? JsonValue(checkpoint->origin) : JsonValue());
  value.set("size", static_cast<std::int64_t>(checkpoint ? checkpoint->tree.size : 0));
  value.set("root", checkpoint ? crypto::to_base64(checkpoint->tree.root) : std::string());
  value.set("key", verified.key ? JsonValue(ledger::to_text(*verified.key)) : JsonValue());
  value.set("ok", verified.check.problems.empty());
  JsonValue problems = JsonValue::array();
  for (const std::string& problem : verified.check.problems) {
    problems.push_back(problem);
  }
  value.set("problems", std::move(problems));
  value.set("witnesses", witnesses_of(verified.witnesses));
  return value.to_pretty_text();
}

std::string to_json(const workbench::WitnessedLedger& witnessed) {
  const ledger::WitnessAnswer& answer = witnessed.answer;
  JsonValue value = document("truce.ledger-witness/1");
  value.set("signed", answer.signed_checkpoint.has_value());
  value.set("refusal", answer.refusal ? JsonValue(word_of(*answer.refusal)) : JsonValue());
  value.set("why", answer.why);
  value.set("origin", witnessed.checkpoint.origin);
  set_tree(value, witnessed.checkpoint.tree);
  value.set("signature", answer.signed_checkpoint ? JsonValue(ledger::to_text(answer.signature()))
                                                  : JsonValue());
  return value.to_pretty_text();
}

std::string to_json(const ledger::Checkpoint& checkpoint,
                    const std::vector<ledger::WitnessReply>& replies) {
  JsonValue value = document("truce.ledger-publication/1");
  value.set("origin", checkpoint.origin);
  set_tree(value, checkpoint.tree);
  JsonValue list = JsonValue::array();
  for (const ledger::WitnessReply& reply : replies) {
    JsonValue one = JsonValue::object();
    one.set("name", reply.name);
    one.set("outcome", ledger::to_text(reply.outcome));
    one.set("why", reply.why.empty() ? JsonValue() : JsonValue(reply.why));
    list.push_back(std::move(one));
  }
  value.set("witnesses", std::move(list));
  return value.to_pretty_text();
}

std::string to_json(const ledger::Checkpoint& checkpoint) {
  JsonValue value = document("truce.ledger-checkpoint/1");
  value.set("origin", checkpoint.origin);
  set_tree(value, checkpoint.tree);
  return value.to_pretty_text();
}

}  // namespace truce::json
