// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/publication.h"

#include <algorithm>
#include <array>

#include "truce/ledger/checkpoint.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

const std::string& text_in(const JsonValue& value, std::string_view name) {
  static const std::string kEmpty;
  const JsonValue* const member = value.find(name);
  return member == nullptr ? kEmpty : member->text();
}

bool publishes(std::string_view kind) {
  static constexpr std::array<std::string_view, 3> kKinds = {"publication", "disclosed", "report"};
  return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

}  // namespace

void Publication::apply(const Entry& entry) {
  fresh_.clear();
  if (entry.kind == "witnesses") {
    take_witnesses(entry);
  } else if (entry.kind == "witnessed" || entry.kind == "refused") {
    add_round(entry);
  } else if (publishes(entry.kind) && !witnesses_.empty()) {
    waiting_.emplace(entry.number, Published{.kind = entry.kind, .audience = entry.audience});
  }
}

void Publication::take_witnesses(const Entry& entry) {
  witnesses_.clear();
  if (const JsonValue* const list = entry.body.find("witnesses")) {
    for (const JsonValue& one : list->elements()) {
      if (const auto key = ledger::read_note_key(text_in(one, "key"))) {
        witnesses_.push_back(
            {.name = text_in(one, "name"), .key = *key, .url = text_in(one, "url")});
      }
    }
  }
  if (witnesses_.empty()) {
    // Nobody is asked any more, which is on record.
    release(entry.number);
  }
}

void Publication::add_round(const Entry& entry) {
  const auto checkpoint = ledger::read_checkpoint(text_in(entry.body, "checkpoint"));
  if (!checkpoint) {
    return;
  }
  Round round{.size = checkpoint->checkpoint.tree.size,
              .at = entry.at,
              .checkpoint = text_in(entry.body, "checkpoint"),
              .replies = {}};
  if (const JsonValue* const list = entry.body.find("replies")) {
    for (const JsonValue& one : list->elements()) {
      const auto outcome = ledger::find_witness_outcome(text_in(one, "outcome"));
      round.replies.push_back({.name = text_in(one, "name"),
                               .outcome = outcome.value_or(ledger::WitnessOutcome::NoAnswer),
                               .why = text_in(one, "why"),
                               .signature = {}});
    }
  }
  // Entry N is the N'th of the ledger.
  const auto until = static_cast<std::int64_t>(round.size);
  rounds_.push_back(std::move(round));
  for (auto at = waiting_.begin(); at != waiting_.end() && at->first <= until; ++at) {
    round_of_.emplace(at->first, rounds_.size() - 1);
  }
  release(until);
}

void Publication::release(std::int64_t until) {
  while (!waiting_.empty() && waiting_.begin()->first <= until) {
    fresh_.push_back(std::move(waiting_.begin()->second));
    waiting_.erase(waiting_.begin());
  }
}

const Publication::Round* Publication::round_of(std::int64_t entry) const {
  const auto at = round_of_.find(entry);
  return at == round_of_.end() ? nullptr : &rounds_[at->second];
}

Entry witnesses_entry(const std::vector<ledger::WitnessAddress>& witnesses) {
  JsonValue::Array list;
  for (const ledger::WitnessAddress& witness : witnesses) {
    JsonValue one = JsonValue::object();
    one.set("name", witness.name);
    one.set("key", ledger::to_text(witness.key));
    one.set("url", witness.url);
    list.push_back(std::move(one));
  }
  JsonValue body = JsonValue::object();
  body.set("witnesses", std::move(list));
  return entry_by("witnesses", {}, std::move(body), {"public"});
}

Entry round_entry(const ledger::SignedCheckpoint& checkpoint,
                  const std::vector<ledger::WitnessReply>& replies) {
  ledger::Note note = checkpoint.note;
  JsonValue::Array list;
  bool all_signed = true;
  for (const ledger::WitnessReply& reply : replies) {
    list.push_back(reply_value(reply));
    if (reply.signature) {
      note.signatures.push_back(*reply.signature);
    }
    all_signed = all_signed && reply.outcome == ledger::WitnessOutcome::Cosigned;
  }
  JsonValue body = JsonValue::object();
  body.set("checkpoint", ledger::to_text(note));
  body.set("replies", std::move(list));
  return entry_by(all_signed ? "witnessed" : "refused", {}, std::move(body), {"public"});
}

JsonValue reply_value(const ledger::WitnessReply& reply) {
  JsonValue value = JsonValue::object();
  value.set("name", reply.name);
  value.set("outcome", ledger::to_text(reply.outcome));
  if (!reply.why.empty()) {
    value.set("why", reply.why);
  }
  return value;
}

void set_witnesses(JsonValue& value, const Publication& publication, std::int64_t entry) {
  if (publication.waits(entry)) {
    value.set("waits_for_witnesses", true);
  }
  if (const Publication::Round* const round = publication.round_of(entry)) {
    JsonValue::Array replies;
    for (const ledger::WitnessReply& reply : round->replies) {
      replies.push_back(reply_value(reply));
    }
    value.set("witnesses", std::move(replies));
  }
}

}  // namespace truce::server::internal
