// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/crypto/password.h"
#include "truce/ledger/witness_list.h"
#include "truce/server/limits.h"
#include "truce/server/message.h"

namespace truce::server {

struct ServeOptions {
  // The folder of the workspace; made where it is not there.
  std::string data;
  // Each write is an entry in the ledger in that folder, too.
  bool has_ledger = true;
  // Of this machine; anything but the loopback only with TLS.
  std::string address = "127.0.0.1";
  // 0: any that is free.
  std::uint16_t port = 8080;
  // Files in PEM, the chain and the key; both empty: what is said is not encrypted.
  std::string tls_certificate = {};
  std::string tls_key = {};
  // Who is asked to sign the ledger before what is published counts as published.
  std::vector<ledger::WitnessAddress> witnesses = {};
  Limits limits;
  // What the time is.
  std::function<base::Instant()> clock;
  // A line for each request, as JSON, without its line feed. From several threads.
  std::function<void(const std::string&)> on_log;
  // What trying a password costs.
  crypto::PasswordCost password_cost = {};
  // SIGTERM and SIGINT end run(), from when the server is open.
  bool ends_on_signals = false;
};

/// The workspace, served over HTTP.
class Server {
 public:
  /// Opens the folder and the port. Fails with Io where either cannot be used.
  static base::Result<std::unique_ptr<Server>> open(ServeOptions options);

  class State;
  explicit Server(std::unique_ptr<State> state);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// `https://…` with a name that the certificate has, or `http://127.0.0.1:…`.
  [[nodiscard]] std::string address() const;
  /// Serves until stop() or a signal; returns when everything acknowledged is kept.
  void run();
  /// From any thread.
  void stop();
  /// Where nobody can make users yet: what the one-time link of the first administrator holds. A
  /// new one each time the server is opened. Empty where somebody can.
  [[nodiscard]] const std::string& first_invitation() const;
  /// Answers one request as if it had come over the network.
  Response handle(const Request& request);

 private:
  std::unique_ptr<State> state_;
};

}  // namespace truce::server
