// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "truce/crypto/password.h"
#include "truce/server/internal/edge.h"
#include "truce/server/internal/metrics.h"
#include "truce/server/internal/people.h"
#include "truce/server/internal/workspace.h"
#include "truce/server/limits.h"

namespace truce::server::internal {

/// What the actions work on. It outlives every request.
struct Context {
  Context(const Limits& of_all, Workspace& of_folder, Sessions& open, crypto::PasswordCost cost)
      : limits(of_all), workspace(of_folder), sessions(open), password_cost(cost) {}

  const Limits& limits;
  Workspace& workspace;
  Sessions& sessions;
  crypto::PasswordCost password_cost;
  // Passwords are tried one at a time: each takes much memory.
  std::mutex password_lock;
  // What was read out of texts, and one at a time: each may take seconds.
  std::mutex readings_lock;
  std::map<std::string, std::string, std::less<>> readings;
  // Plans of separation, one at a time.
  std::mutex separation_lock;
  Metrics metrics;
  // Null before the port is open.
  Edge* edge = nullptr;
};

}  // namespace truce::server::internal
