// SPDX-License-Identifier: Apache-2.0
#include "truce/server/witness_service.h"

#include <chrono>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "truce/encoding/json_value.h"
#include "truce/ledger/checkpoint.h"
#include "truce/ledger/witness.h"
#include "truce/server/internal/edge.h"
#include "truce/server/target.h"
#include "truce/workbench/files.h"
#include "truce/workbench/ledger_witness.h"

namespace truce::server {
namespace {

using std::chrono::steady_clock;

// A request may have 63 hashes and the largest note there is.
constexpr std::size_t kMostBytes = ledger::kLargestNote + 4 * 1024;
constexpr std::string_view kPath = "add-checkpoint";

Response text_answer(unsigned status, std::string text, std::string type = "text/plain") {
  return {.status = status,
          .content_type = std::move(type),
          .headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}},
          .body = std::move(text),
          .stream = nullptr};
}

Response refusal(unsigned status, std::string_view why) {
  return text_answer(status, fmt::format("{}\n", why));
}

Response seen_last(std::uint64_t seen) {
  return text_answer(409, fmt::format("{}\n", seen), "text/x.tlog.size");
}

// As the protocol has it.
Response answer_of(const ledger::WitnessAnswer& answer, const ledger::WitnessRequest& request) {
  if (answer.signed_checkpoint) {
    return text_answer(200, ledger::to_text(answer.signature()));
  }
  switch (*answer.refusal) {
    case ledger::Refusal::NotSigned:
      return refusal(403, answer.why);
    case ledger::Refusal::RolledBack:
    case ledger::Refusal::OtherSize:
      return seen_last(answer.seen);
    case ledger::Refusal::Fork:
      break;
  }
  // Two roots for one number of entries.
  return request.old_size == request.checkpoint.checkpoint.tree.size ? seen_last(answer.seen)
                                                                     : refusal(422, answer.why);
}

}  // namespace

class WitnessService::State : public internal::Handler {
 public:
  explicit State(WitnessServiceOptions options) : options_(std::move(options)) {}

  base::Result<void> open();
  [[nodiscard]] internal::Edge& edge() { return *edge_; }
  [[nodiscard]] const workbench::WitnessKeys& keys() const { return *keys_; }
  [[nodiscard]] bool is_encrypted() const { return !options_.tls_certificate.empty(); }

  std::size_t most_body_bytes(const Request&) override { return kMostBytes; }
  Response handle(const Request& request) override;
  Response refuse(const Request& head, unsigned status, const std::string& reason) override;

 private:
  Response answer(const Request& request);
  void log(const Request& request, const Response& response, std::chrono::microseconds took);

  WitnessServiceOptions options_;
  std::optional<workbench::WitnessKeys> keys_;
  // One at a time: what was seen and what is signed belong together.
  std::mutex lock_;
  bool is_first_ = false;
  std::unique_ptr<internal::Edge> edge_;
};

base::Result<void> WitnessService::State::open() {
  auto keys = workbench::read_witness_keys(options_.key, options_.ledger);
  if (!keys) {
    return keys.error();
  }
  keys_ = std::move(keys).value();
  const bool is_there = workbench::file_exists(options_.state);
  if (is_there == options_.is_first) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        is_there ? fmt::format("{} is there, so it is not the first time; leave --first out, or "
                               "name another file",
                               options_.state)
                 : fmt::format("cannot read {}: what this witness signed last is not there; find "
                               "it, or say --first where they have signed nothing yet",
                               options_.state)};
  }
  is_first_ = options_.is_first;
  auto edge = internal::Edge::open({.address = options_.address,
                                    .port = options_.port,
                                    .tls_certificate = options_.tls_certificate,
                                    .tls_key = options_.tls_key},
                                   options_.limits, *this);
  if (!edge) {
    return edge.error();
  }
  edge_ = std::move(edge).value();
  if (options_.ends_on_signals) {
    edge_->end_on_signals();
  }
  return {};
}

Response WitnessService::State::answer(const Request& request) {
  const auto target = parse_target(request.target, 0);
  if (!target || target->path.size() != 1 || target->path.front() != kPath) {
    return refusal(404, "there is /add-checkpoint here and nothing else");
  }
  if (request.method != "POST") {
    Response response = refusal(405, "a checkpoint is sent with POST");
    response.headers.emplace_back("Allow", "POST");
    return response;
  }
  const auto asked = ledger::read_witness_request(request.body);
  if (!asked) {
    return refusal(400, fmt::format("this {}", asked.error().message));
  }
  const ledger::Checkpoint& checkpoint = asked->checkpoint.checkpoint;
  if (checkpoint.origin != keys_->ledger.name) {
    return refusal(404, "this witness does not follow that ledger");
  }
  if (asked->old_size > checkpoint.tree.size) {
    return refusal(400, "the request goes on from more entries than the checkpoint has");
  }
  const std::scoped_lock one(lock_);
  const auto answered = ledger::answer_and_remember(
      {.key = &keys_->secret, .name = keys_->name, .ledger = keys_->ledger, .last = std::nullopt},
      {.path = options_.state, .is_first = is_first_},
      [&](std::uint64_t) { return base::Result<ledger::WitnessRequest>(*asked); },
      static_cast<std::uint64_t>(options_.clock().seconds));
  if (!answered) {
    // Where the memory cannot be read or written nothing is signed.
    return refusal(503, "the memory of this witness cannot be used now; its owner has to look");
  }
  is_first_ = is_first_ && !answered->signed_checkpoint;
  return answer_of(*answered, *asked);
}

Response WitnessService::State::handle(const Request& request) {
  const auto begin = steady_clock::now();
  Response response;
  try {
    response = answer(request);
  } catch (const std::exception&) {
    response = refusal(503, "this could not be done now; try again later");
  }
  log(request, response,
      std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - begin));
  return response;
}

Response WitnessService::State::refuse(const Request& head, unsigned status,
                                       const std::string& reason) {
  Response response = refusal(status, reason);
  log(head, response, std::chrono::microseconds(0));
  return response;
}

void WitnessService::State::log(const Request& request, const Response& response,
                                std::chrono::microseconds took) {
  encoding::JsonValue line = encoding::JsonValue::object();
  line.set("at", base::to_iso(options_.clock(), {}));
  line.set("method", request.method);
  line.set("status", response.status);
  line.set("microseconds", took.count());
  line.set("peer", request.peer);
  options_.on_log(line.to_text());
}

base::Result<std::unique_ptr<WitnessService>> WitnessService::open(WitnessServiceOptions options) {
  auto state = std::make_unique<State>(std::move(options));
  if (auto opened = state->open(); !opened) {
    return opened.error();
  }
  return std::make_unique<WitnessService>(std::move(state));
}

WitnessService::WitnessService(std::unique_ptr<State> state) : state_(std::move(state)) {}
WitnessService::~WitnessService() = default;

std::string WitnessService::address() const {
  const auto& names = state_->edge().names();
  return names.empty() ? fmt::format("http://127.0.0.1:{}", state_->edge().port())
                       : fmt::format("https://{}:{}", names.front(), state_->edge().port());
}

std::string WitnessService::list_line() const {
  const workbench::WitnessKeys& keys = state_->keys();
  const ledger::NoteKey own{.name = keys.name,
                            .type = ledger::KeyType::Cosignature,
                            .verifies = keys.secret.public_key().verifies};
  return fmt::format("witness {} {} {}", keys.name, ledger::to_text(own), address());
}

const std::string& WitnessService::origin() const { return state_->keys().ledger.name; }
void WitnessService::run() { state_->edge().run(); }
void WitnessService::stop() { state_->edge().stop(); }
Response WitnessService::handle(const Request& request) { return state_->handle(request); }

}  // namespace truce::server
