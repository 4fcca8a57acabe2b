// SPDX-License-Identifier: Apache-2.0
// What the witnesses of the ledger said, and what counts as published by it.
#include <algorithm>

#include "truce/server/internal/actions.h"
#include "truce/server/internal/answers.h"

namespace truce::server::internal {

using encoding::JsonValue;

namespace {

// What a page shows of the past.
constexpr std::size_t kMostRounds = 20;

JsonValue::Array replies_of(const Publication::Round& round) {
  JsonValue::Array replies;
  for (const ledger::WitnessReply& reply : round.replies) {
    replies.push_back(reply_value(reply));
  }
  return replies;
}

// Latest first.
JsonValue::Array rounds_of(const Publication& publication) {
  JsonValue::Array rounds;
  const auto& all = publication.rounds();
  for (auto round = all.rbegin(); round != all.rend() && rounds.size() < kMostRounds; ++round) {
    JsonValue one = JsonValue::object();
    one.set("size", static_cast<std::int64_t>(round->size));
    one.set("at", base::to_iso(round->at, {}));
    one.set("checkpoint", round->checkpoint);
    one.set("replies", replies_of(*round));
    rounds.push_back(std::move(one));
  }
  return rounds;
}

}  // namespace

bool is_published(const Finding& finding, const Publication& publication) {
  return !finding.published_by.empty() && !publication.waits(finding.publication);
}

void set_publication(JsonValue& value, const Finding& finding, const Publication& publication) {
  if (is_published(finding, publication)) {
    const Publication::Round* const round = publication.round_of(finding.publication);
    value.set("published_at",
              base::to_iso(round == nullptr ? finding.published_at : round->at, {}));
  }
  set_witnesses(value, publication, finding.publication);
}

Response get_witnessed_checkpoint(Context& context, const Call&) {
  return context.workspace.read([](const Contents& contents) {
    const Publication::Round* const last = contents.publication.last();
    return last == nullptr ? not_found()
                           : Response{.status = 200,
                                      .content_type = "text/plain; charset=utf-8",
                                      .headers = {},
                                      .body = last->checkpoint,
                                      .stream = nullptr};
  });
}

Response list_witnesses(Context& context, const Call&) {
  return context.workspace.read([](const Contents& contents) {
    const Publication& publication = contents.publication;
    JsonValue::Array witnesses;
    for (const ledger::WitnessAddress& witness : publication.witnesses()) {
      JsonValue one = JsonValue::object();
      one.set("name", witness.name);
      one.set("key", ledger::to_text(witness.key));
      witnesses.push_back(std::move(one));
    }
    JsonValue value = JsonValue::object();
    value.set("witnesses", std::move(witnesses));
    if (const Publication::Round* const last = publication.last()) {
      value.set("size", static_cast<std::int64_t>(last->size));
      value.set("at", base::to_iso(last->at, {}));
      value.set("replies", replies_of(*last));
    }
    value.set("rounds", rounds_of(publication));
    return json(value);
  });
}

}  // namespace truce::server::internal
