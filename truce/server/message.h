// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace truce::server {

/// A request as it came over the wire, whole.
struct Request {
  std::string method;
  // As sent: path and query, percent signs and all.
  std::string target;
  // Names in lower case, in the order in which they came.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  // Who is at the other end: an address without its port.
  std::string peer;
  // It came encrypted to this very server.
  bool is_encrypted = false;

  /// The value of a header, whose name is given in lower case; empty where there is none. Of
  /// several the first.
  [[nodiscard]] std::string_view header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
      if (key == name) {
        return value;
      }
    }
    return {};
  }
};

/// A body that is made while it is sent, so that its length costs no memory.
class Stream {
 public:
  enum class State : std::uint8_t { More, Waiting, End };
  struct Piece {
    State state = State::End;
    std::string bytes;
  };

  Stream() = default;
  virtual ~Stream() = default;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// What comes next. `Waiting`: nothing until Edge::wake() is called; meanwhile heartbeat() is
  /// sent from time to time. Called by one thread at a time.
  virtual Piece next() = 0;
  /// What shows that the stream is alive.
  [[nodiscard]] virtual std::string_view heartbeat() const { return {}; }
  /// Whether next() is fast enough for the thread that serves every connection.
  [[nodiscard]] virtual bool is_quick() const { return false; }
};

struct Response {
  unsigned status = 200;
  std::string content_type = "application/json";
  // Besides content type and length.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  // Instead of the body.
  std::unique_ptr<Stream> stream;
};

}  // namespace truce::server
