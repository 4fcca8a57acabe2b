// SPDX-License-Identifier: Apache-2.0
// `truce serve`: until a signal ends it.
#include <chrono>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/server/demonstration.h"
#include "truce/server/server.h"
#include "truce/server/witnessing.h"

namespace truce::cli {
namespace {

base::Instant wall_clock() {
  return {std::chrono::duration_cast<std::chrono::seconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

base::Result<std::unique_ptr<server::Server>> open(const ServeOptions& options,
                                                   std::function<void(const std::string&)> on_log) {
  std::vector<ledger::WitnessAddress> witnesses;
  if (!options.witnesses.empty()) {
    auto read = server::read_witnesses(options.witnesses);
    if (!read) {
      return read.error();
    }
    witnesses = std::move(read).value();
  }
  server::Limits limits;
  limits.witness_time =
      std::chrono::milliseconds(static_cast<std::int64_t>(options.witness_seconds * 1000));
  return server::Server::open({.data = options.data,
                               .has_ledger = true,
                               .address = options.address,
                               .port = options.port,
                               .tls_certificate = options.tls_certificate,
                               .tls_key = options.tls_key,
                               .witnesses = std::move(witnesses),
                               .limits = limits,
                               .clock = wall_clock,
                               .on_log = std::move(on_log),
                               .password_cost = {},
                               .ends_on_signals = true});
}

using People = std::vector<server::DemonstrationPerson>;

// The server gives the folder back before it is moved.
base::Result<People> load_into(const std::string& data, const std::string& truce) {
  ServeOptions alone;
  alone.data = data;
  alone.port = 0;
  const auto opened = open(alone, [](const std::string&) {});
  return opened ? server::load_demonstration(**opened, truce) : opened.error();
}

// Made beside it and put in its place whole, so that what was interrupted is begun anew.
base::Result<std::string> begin_demonstration(const ServeOptions& options) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::exists(options.data, error) && !fs::is_empty(options.data, error)) {
    return std::string();
  }
  fs::path place = fs::path(options.data).lexically_normal();
  place = place.has_filename() ? place : place.parent_path();
  const std::string beside = place.string() + ".loading";
  fs::remove_all(beside, error);
  const base::Result<People> people = load_into(beside, options.demonstration);
  if (!people) {
    fs::remove_all(beside, error);
    return people.error();
  }
  // An empty folder of that name gives way.
  fs::remove(place, error);
  fs::rename(beside, place, error);
  if (error) {
    return base::Error{
        base::ErrorCode::Io,
        fmt::format("{} cannot be made; name another folder with --data", options.data)};
  }
  std::string said = fmt::format(
      "A demonstration: {} with people who are invented. Their passwords are shown this once:\n",
      options.demonstration);
  for (const server::DemonstrationPerson& person : *people) {
    said += fmt::format("  {:<16} {}  {}{}\n", person.name, person.password, person.role,
                        person.party.empty() ? "" : " of " + person.party);
  }
  return said;
}

}  // namespace

int run(const ServeOptions& options) {
  std::string said;
  if (!options.demonstration.empty()) {
    auto begun = begin_demonstration(options);
    if (!begun) {
      return could_not(begun.error());
    }
    said = std::move(begun).value();
  }
  const auto opened = open(options, [](const std::string& line) { write_errors(line + '\n'); });
  if (!opened) {
    return could_not(opened.error());
  }
  // Shown this once: it is kept nowhere.
  if (const std::string& link = (*opened)->first_invitation(); !link.empty()) {
    said += fmt::format(
        "The first administrator, `administrator`, sets a password with this one-time link:\n"
        "{}/#invitation={}\n",
        (*opened)->address(), link);
  }
  if (!write_output(said + fmt::format("Serving {} on {} until interrupted\n", options.data,
                                       (*opened)->address()))) {
    return output_failed();
  }
  (*opened)->run();
  return kFine;
}

}  // namespace truce::cli
