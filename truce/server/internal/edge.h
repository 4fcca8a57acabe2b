// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/server/limits.h"
#include "truce/server/message.h"

namespace truce::server::internal {

/// What stands behind the connections. Its functions are called from several threads.
class Handler {
 public:
  Handler() = default;
  virtual ~Handler() = default;
  Handler(const Handler&) = delete;
  Handler& operator=(const Handler&) = delete;

  /// How large a body the request may have, which has its headers only. Must be quick.
  virtual std::size_t most_body_bytes(const Request& head) = 0;
  virtual Response handle(const Request& request) = 0;
  /// The answer to what is no request or past a limit; `head` is what is known of it.
  virtual Response refuse(const Request& head, unsigned status, const std::string& reason) = 0;
};

/// What the edge counts.
struct EdgeCounts {
  std::size_t connections = 0;
  std::size_t streams = 0;
};

struct EdgeOptions {
  // Of this machine. Anything but the loopback only with TLS.
  std::string address = "127.0.0.1";
  // 0: any that is free.
  std::uint16_t port = 0;
  // Files in PEM; both empty: what is said is not encrypted.
  std::string tls_certificate;
  std::string tls_key;
};

/// HTTP/1.1 on a TCP port, encrypted or not: one thread for all connections, coroutines on
/// it, and a few workers for the handler. Nothing of the library behind it is seen from outside.
class Edge {
 public:
  /// Opens the port. Fails with Io, naming the port, and with InvalidArgument for an address or a
  /// file that cannot be used. `handler` must outlive the edge.
  static base::Result<std::unique_ptr<Edge>> open(const EdgeOptions& options, const Limits& limits,
                                                  Handler& handler);

  class State;
  explicit Edge(std::unique_ptr<State> state);
  ~Edge();
  Edge(const Edge&) = delete;
  Edge& operator=(const Edge&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// The names in the certificate; none without one.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  /// SIGTERM and SIGINT end run() from now on, also one that comes before it.
  void end_on_signals();
  /// Serves until stop() or a signal. Then takes no connection any more, finishes the requests that
  /// have begun, and cuts off what is open after Limits::shutdown_time.
  void run();
  /// From any thread.
  void stop();
  /// Asks every stream that waits again. From any thread.
  void wake();
  /// Calls `work` on a worker every so often while the edge runs, never twice at once. Before
  /// run().
  void repeat(std::chrono::milliseconds every, std::function<void()> work);
  [[nodiscard]] EdgeCounts counts() const;

 private:
  std::unique_ptr<State> state_;
  std::vector<std::string> names_;
};

}  // namespace truce::server::internal
