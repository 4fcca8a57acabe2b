// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/server/limits.h"
#include "truce/server/message.h"

namespace truce::server {

struct WitnessServiceOptions {
  // The witness's secret key, NAME.key.
  std::string key;
  // The public key of the ledger that it follows.
  std::string ledger;
  // The file with what it signed last.
  std::string state;
  // It has signed nothing yet, and the file is not there.
  bool is_first = false;
  // Of this machine; anything but the loopback only with TLS.
  std::string address = "127.0.0.1";
  // 0: any that is free.
  std::uint16_t port = 0;
  // Files in PEM; both empty: what is said is not encrypted.
  std::string tls_certificate = {};
  std::string tls_key = {};
  Limits limits;
  // What the time is.
  std::function<base::Instant()> clock;
  // A line for each request, as JSON, without its line feed. From several threads.
  std::function<void(const std::string&)> on_log;
  // SIGTERM and SIGINT end run(), from when the service is open.
  bool ends_on_signals = false;
};

/// A witness that is asked over HTTP: `POST /add-checkpoint` of C2SP tlog-witness.
class WitnessService {
 public:
  /// Opens the port. Fails with Io where it cannot be used, as reading the keys does, and with
  /// InvalidArgument where the memory is there and should not be, or the other way round.
  static base::Result<std::unique_ptr<WitnessService>> open(WitnessServiceOptions options);

  class State;
  explicit WitnessService(std::unique_ptr<State> state);
  ~WitnessService();
  WitnessService(const WitnessService&) = delete;
  WitnessService& operator=(const WitnessService&) = delete;

  /// Where it is asked, such as http://127.0.0.1:8081.
  [[nodiscard]] std::string address() const;
  /// Its line in a list of witnesses.
  [[nodiscard]] std::string list_line() const;
  /// The ledger that it follows, by name.
  [[nodiscard]] const std::string& origin() const;
  /// Serves until stop() or a signal.
  void run();
  /// From any thread.
  void stop();
  /// Answers one request without the network. From any thread.
  Response handle(const Request& request);

 private:
  std::unique_ptr<State> state_;
};

}  // namespace truce::server
