// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "truce/server/internal/edge.h"
#include "truce/server/route.h"

namespace truce::server::internal {

/// What was asked and how long it took. May be used by several threads.
class Metrics {
 public:
  /// A request that was answered; `route`: null where it led nowhere.
  void note(const Route* route, unsigned status, std::chrono::microseconds took);
  /// In the text format of Prometheus.
  [[nodiscard]] std::string to_text(const EdgeCounts& edge) const;

 private:
  // Upper bounds in milliseconds.
  static constexpr std::array<std::int64_t, 8> kBounds = {1, 5, 10, 25, 50, 100, 500, 2500};

  mutable std::mutex lock_;
  std::map<std::pair<const Route*, unsigned>, std::uint64_t> requests_;
  std::array<std::uint64_t, kBounds.size() + 1> buckets_{};
  std::uint64_t microseconds_ = 0;
};

}  // namespace truce::server::internal
