// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "truce/encoding/json_value.h"

namespace truce::server {

/// What anybody can ask of the server at most. Past a limit the answer says which one, and costs
/// nothing more. Tests give smaller ones.
struct Limits {
  // Of one request. Status 431, 413, 414.
  std::size_t header_bytes = 16 * 1024;
  std::size_t target_bytes = 4 * 1024;
  std::size_t json_body_bytes = 1024 * 1024;
  std::size_t upload_body_bytes = 32 * 1024 * 1024;

  std::size_t sealed_file_bytes = 1024 * 1024;

  // Of a query string. Status 400.
  std::size_t query_parameters = 32;
  // Nesting of a JSON body. Status 400.
  static constexpr std::size_t kJsonDepth = encoding::kMaxJsonDepth;

  // Of a connection; past one it is closed, for a request that has begun with status 408.
  std::chrono::milliseconds header_time{10'000};
  std::chrono::milliseconds body_time{60'000};
  std::chrono::milliseconds idle_time{60'000};
  std::chrono::milliseconds write_time{30'000};
  std::chrono::milliseconds heartbeat{15'000};

  // Connections at once, and of them those of one address. Status 503.
  std::size_t connections = 8'192;
  std::size_t connections_of_address = 8'192;
  // Requests that wait for a worker. Status 503.
  std::size_t waiting_requests = 1'024;

  // Requests of one session, or of one address without one: so many at once, and so many a second
  // after that. Status 429.
  double burst = 1'000;
  double requests_a_second = 500;
  // Wrong passwords for one name, or wrong links from one address, before the next try has to wait.
  // Status 429.
  std::uint32_t wrong_passwords = 10;
  std::chrono::seconds wrong_password_wait{900};

  // A session ends so long after its last request, and so long after it began.
  std::chrono::seconds session_idle{30 * 60};
  std::chrono::seconds session_age{12 * 60 * 60};
  std::size_t sessions_of_user = 10;
  std::chrono::seconds invitation_age{72 * 60 * 60};

  // What each witness has to answer, before it is put on record that none came.
  std::chrono::milliseconds witness_time{10'000};

  // At the end: open requests are finished within this time, and what is not is cut off.
  std::chrono::milliseconds shutdown_time{8'000};
};

}  // namespace truce::server
