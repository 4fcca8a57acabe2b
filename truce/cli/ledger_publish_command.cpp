// SPDX-License-Identifier: Apache-2.0
// `truce ledger publish`, and `ledger witness --listen`, which answers it.
#include <algorithm>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/clock.h"
#include "truce/cli/internal/ledger_output.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/internal/witness_service.h"
#include "truce/cli/terminal.h"
#include "truce/json/ledger_json.h"
#include "truce/server/witness_service.h"
#include "truce/server/witnessing.h"

namespace truce::cli {
namespace {

using ledger::WitnessOutcome;
using ledger::WitnessReply;

std::string in_words(const WitnessReply& reply) {
  switch (reply.outcome) {
    case WitnessOutcome::Cosigned:
      return fmt::format("Signed by {}\n", reply.name);
    case WitnessOutcome::Refused:
      return fmt::format("Refused by {}: {}\n", reply.name, reply.why);
    case WitnessOutcome::NoAnswer:
      break;
  }
  return fmt::format("No answer of {}: {}\n", reply.name, reply.why);
}

struct Place {
  std::string address;
  std::uint16_t port = 0;
};

base::Result<Place> read_place(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  Place place;
  const char* const end = text.data() + text.size();
  const auto read = colon == std::string::npos
                        ? std::from_chars_result{end, std::errc::invalid_argument}
                        : std::from_chars(text.data() + colon + 1, end, place.port);
  if (read.ec != std::errc() || read.ptr != end || colon == 0 || colon + 1 == text.size()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("`{}` is no address with a port; write 127.0.0.1:8081", text)};
  }
  place.address = text.substr(0, colon);
  if (place.address.starts_with('[') && place.address.ends_with(']')) {
    place.address = place.address.substr(1, place.address.size() - 2);
  }
  return place;
}

}  // namespace

namespace internal {

int serve_witness(const LedgerWitnessOptions& options) {
  const auto place = read_place(options.listen);
  if (!place) {
    return could_not(place.error());
  }
  if (options.ledger.empty()) {
    return could_not({base::ErrorCode::InvalidArgument,
                      "whose checkpoints are signed is not known; name the ledger's public key "
                      "with --of"});
  }
  const auto opened = server::WitnessService::open(
      {.key = options.key,
       .ledger = options.ledger,
       .state = options.state,
       .is_first = options.is_first,
       .address = place->address,
       .port = place->port,
       .tls_certificate = options.tls_certificate,
       .tls_key = options.tls_key,
       .limits = {},
       .clock = now,
       .on_log = [](const std::string& line) { write_errors(line + '\n'); },
       .ends_on_signals = true});
  if (!opened) {
    return could_not(opened.error());
  }
  if (!write_output(fmt::format("{}\nWitnessing {} on {} until interrupted\n",
                                (*opened)->list_line(), (*opened)->origin(),
                                (*opened)->address()))) {
    return output_failed();
  }
  (*opened)->run();
  return kFine;
}

}  // namespace internal

int run(const LedgerPublishOptions& options) {
  const auto published = server::publish_ledger(
      {.directory = options.directory,
       .witnesses = options.witnesses,
       .time = std::chrono::milliseconds(static_cast<std::int64_t>(options.seconds * 1000)),
       .at = internal::now()});
  if (!published) {
    return could_not(published.error());
  }
  const auto& replies = published->replies;
  const bool all_signed = std::all_of(replies.begin(), replies.end(), [](const auto& reply) {
    return reply.outcome == WitnessOutcome::Cosigned;
  });
  const int status = all_signed ? kFine : kBadNews;
  if (options.format == "json") {
    return internal::print(json::to_json(published->checkpoint, replies), status);
  }
  std::string text;
  for (const WitnessReply& reply : replies) {
    text += in_words(reply);
  }
  text += fmt::format("Published: {}\n", internal::in_words(published->checkpoint));
  return internal::print(text, status);
}

}  // namespace truce::cli
