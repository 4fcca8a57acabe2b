// SPDX-License-Identifier: Apache-2.0
#include "truce/server/witnessing.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "truce/crypto/base64.h"
#include "truce/encoding/json_value.h"
#include "truce/ledger/entry.h"
#include "truce/ledger/ledger.h"
#include "truce/ledger/witness.h"
#include "truce/server/internal/http_client.h"
#include "truce/workbench/files.h"
#include "truce/workbench/ledger.h"

namespace truce::server {
namespace {

using ledger::WitnessOutcome;
using ledger::WitnessReply;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kBetweenTries{200};
constexpr std::string_view kSizeType = "text/x.tlog.size";

WitnessReply not_signed(const ledger::WitnessAddress& witness, WitnessOutcome outcome,
                        std::string why) {
  return {.name = witness.name, .outcome = outcome, .why = std::move(why), .signature = {}};
}

// A line of what another program said, short and without what a terminal would take for more.
std::string first_line(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  std::string line;
  for (const char letter : text.substr(0, std::min(text.find('\n'), kLongest))) {
    line += letter >= ' ' && letter < 0x7f ? letter : '?';
  }
  return line;
}

// Its signature, among what it answered.
std::optional<ledger::NoteSignature> signature_in(const std::string& body,
                                                  const ledger::WitnessAddress& witness,
                                                  const ledger::SignedCheckpoint& checkpoint) {
  const auto lines = ledger::read_signatures(body);
  if (!lines) {
    return std::nullopt;
  }
  for (const ledger::NoteSignature& line : *lines) {
    const ledger::Note alone{.text = checkpoint.note.text, .signatures = {line}};
    if (ledger::cosigned_at(alone, witness.key)) {
      return line;
    }
  }
  return std::nullopt;
}

// Asks once or, until the time is over, again where nobody is there.
base::Result<internal::HttpAnswer> ask(const ledger::WitnessAddress& witness,
                                       const std::string& body, const WitnessQuestion& question,
                                       steady_clock::time_point deadline) {
  std::optional<base::Error> absent;
  while (true) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now());
    auto answer = internal::post({.url = witness.url + "/add-checkpoint",
                                  .content_type = "text/plain; charset=utf-8",
                                  .body = body,
                                  .time = std::max(left, milliseconds(1)),
                                  .is_given_up = question.is_given_up});
    const bool is_absent = !answer && answer.error().code == base::ErrorCode::Io;
    if (!answer && !is_absent && absent) {
      // The time ran out in a last, short try: the one before says why there was no answer.
      return *absent;
    }
    if (is_absent) {
      absent = answer.error();
    }
    if (!is_absent || deadline - steady_clock::now() < kBetweenTries ||
        (question.is_given_up && question.is_given_up())) {
      return answer;
    }
    std::this_thread::sleep_for(kBetweenTries);
  }
}

// What one witness says; `seen`: how many entries it is thought to have seen, and has.
WitnessReply reply_of(const ledger::WitnessAddress& witness, const WitnessQuestion& question,
                      std::uint64_t& seen) {
  const ledger::Directory directory(question.directory);
  const std::uint64_t size = question.checkpoint.checkpoint.tree.size;
  const auto deadline = steady_clock::now() + question.time;
  for (int turn = 0; turn < 2; ++turn) {
    const auto request = ledger::request_for(directory, question.checkpoint, std::min(seen, size));
    if (!request) {
      return not_signed(witness, WitnessOutcome::NoAnswer, request.error().message);
    }
    const auto answer = ask(witness, ledger::to_text(*request), question, deadline);
    if (!answer) {
      return not_signed(witness, WitnessOutcome::NoAnswer, answer.error().message);
    }
    if (answer->status == 200) {
      auto signature = signature_in(answer->body, witness, question.checkpoint);
      if (!signature) {
        return not_signed(witness, WitnessOutcome::Refused,
                          "what it answered is no signature of its key over this checkpoint");
      }
      seen = size;
      return {.name = witness.name,
              .outcome = WitnessOutcome::Cosigned,
              .why = {},
              .signature = std::move(signature)};
    }
    std::string_view text = answer->body;
    const auto has_seen = answer->status == 409 && answer->content_type == kSizeType
                              ? ledger::read_number(text.substr(0, text.find('\n')))
                              : std::nullopt;
    if (has_seen && *has_seen > size) {
      return not_signed(
          witness, WitnessOutcome::Refused,
          fmt::format("it saw {} entries, and this checkpoint has {}", *has_seen, size));
    }
    if (has_seen && *has_seen == size && request->old_size == size) {
      return not_signed(witness, WitnessOutcome::Refused,
                        fmt::format("it is a fork: the witness saw other {} entries", size));
    }
    if (!has_seen || *has_seen == request->old_size) {
      return not_signed(witness, WitnessOutcome::Refused,
                        fmt::format("it answered {}: {}", answer->status, first_line(text)));
    }
    seen = *has_seen;
  }
  return not_signed(witness, WitnessOutcome::Refused,
                    "it names another size each time that it is asked");
}

std::vector<ledger::WitnessAddress> those_that(const std::vector<ledger::WitnessAddress>& witnesses,
                                               const std::vector<WitnessReply>& replies,
                                               WitnessOutcome outcome) {
  std::vector<ledger::WitnessAddress> found;
  for (std::size_t at = 0; at < replies.size(); ++at) {
    if (replies[at].outcome == outcome) {
      found.push_back(witnesses[at]);
    }
  }
  return found;
}

// The entry that puts on record why a witness did not sign.
std::string refusal_entry(const WitnessReply& reply, const ledger::Checkpoint& checkpoint,
                          base::Instant at) {
  encoding::JsonValue value = encoding::JsonValue::object();
  value.set("schema", "truce.witness-refusal/1");
  value.set("witness", reply.name);
  value.set("outcome", ledger::to_text(reply.outcome));
  value.set("why", reply.why);
  value.set("size", static_cast<std::int64_t>(checkpoint.tree.size));
  value.set("root", crypto::to_base64(checkpoint.tree.root));
  return ledger::to_bytes({.kind = "refusal",
                           .at = at,
                           .corrects = std::nullopt,
                           .elsewhere = std::nullopt,
                           .content = value.to_text()});
}

base::Result<void> record_refusals(const PublishRequest& request,
                                   const std::vector<WitnessReply>& replies,
                                   const ledger::Checkpoint& checkpoint) {
  std::vector<std::string> entries;
  for (const WitnessReply& reply : replies) {
    if (reply.outcome != WitnessOutcome::Cosigned) {
      entries.push_back(refusal_entry(reply, checkpoint, request.at));
    }
  }
  auto opened = workbench::open_ledger(request.directory);
  if (!opened) {
    return opened.error();
  }
  const auto appended = opened->append(std::move(entries));
  return appended ? base::Result<void>() : appended.error();
}

}  // namespace

base::Result<std::vector<ledger::WitnessAddress>> read_witnesses(const std::string& path) {
  const auto text = workbench::read_file(path);
  if (!text) {
    return text.error();
  }
  auto list = ledger::read_witness_list(*text);
  if (!list) {
    return base::Error{list.error().code, fmt::format("{} {}", path, list.error().message)};
  }
  if (list->empty()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} names no witness; write `witness NAME KEY URL`", path)};
  }
  return list;
}

std::vector<ledger::WitnessReply> ask_witnesses(
    const std::vector<ledger::WitnessAddress>& witnesses, const WitnessQuestion& question,
    WitnessMemory& memory) {
  std::vector<WitnessReply> replies(witnesses.size());
  std::vector<std::uint64_t> seen;
  for (const ledger::WitnessAddress& witness : witnesses) {
    seen.push_back(memory[witness.name]);
  }
  std::vector<std::thread> threads;
  for (std::size_t at = 0; at < witnesses.size(); ++at) {
    threads.emplace_back([&, at] { replies[at] = reply_of(witnesses[at], question, seen[at]); });
  }
  for (std::size_t at = 0; at < witnesses.size(); ++at) {
    threads[at].join();
    memory[witnesses[at].name] = seen[at];
  }
  return replies;
}

base::Result<PublishedLedger> publish_ledger(const PublishRequest& request) {
  auto list = read_witnesses(request.witnesses);
  if (!list) {
    return list.error();
  }
  PublishedLedger published;
  WitnessMemory memory;
  std::vector<ledger::WitnessAddress> asked = std::move(list).value();
  std::vector<WitnessReply> refusals;
  // What is put on record makes another checkpoint, which those who sign are asked for again.
  while (true) {
    auto checkpoint = ledger::Directory(request.directory).signed_checkpoint();
    if (!checkpoint) {
      return checkpoint.error();
    }
    published.checkpoint = checkpoint->checkpoint;
    const auto replies = ask_witnesses(asked,
                                       {.directory = request.directory,
                                        .checkpoint = std::move(checkpoint).value(),
                                        .time = request.time,
                                        .is_given_up = {}},
                                       memory);
    auto signers = those_that(asked, replies, WitnessOutcome::Cosigned);
    if (signers.size() == asked.size()) {
      std::vector<ledger::NoteSignature> signatures;
      std::vector<ledger::NoteKey> keys;
      for (std::size_t at = 0; at < replies.size(); ++at) {
        signatures.push_back(*replies[at].signature);
        keys.push_back(asked[at].key);
      }
      if (!signatures.empty()) {
        if (auto added = ledger::add_signatures(request.directory, signatures, keys); !added) {
          return added.error();
        }
      }
      published.replies = replies;
      published.replies.insert(published.replies.end(), refusals.begin(), refusals.end());
      return published;
    }
    std::copy_if(
        replies.begin(), replies.end(), std::back_inserter(refusals),
        [](const WitnessReply& reply) { return reply.outcome != WitnessOutcome::Cosigned; });
    if (auto recorded = record_refusals(request, replies, published.checkpoint); !recorded) {
      return recorded.error();
    }
    asked = std::move(signers);
  }
}

}  // namespace truce::server
