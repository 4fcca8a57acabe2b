// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/metrics.h"

#include <algorithm>

#include <fmt/format.h>

namespace truce::server::internal {

void Metrics::note(const Route* route, unsigned status, std::chrono::microseconds took) {
  const std::scoped_lock locked(lock_);
  ++requests_[{route, status}];
  const auto* const bound =
      std::lower_bound(kBounds.begin(), kBounds.end(), (took.count() + 999) / 1000);
  ++buckets_[static_cast<std::size_t>(bound - kBounds.begin())];
  microseconds_ += static_cast<std::uint64_t>(took.count());
}

std::string Metrics::to_text(const EdgeCounts& edge) const {
  const std::scoped_lock locked(lock_);
  std::string text =
      "# HELP truce_requests_total Requests answered.\n# TYPE truce_requests_total counter\n";
  // In the order of the table, not of the memory.
  const auto count = [&](const Route* route, std::string_view method, std::string_view path) {
    for (auto at = requests_.lower_bound({route, 0});
         at != requests_.end() && at->first.first == route; ++at) {
      text += fmt::format("truce_requests_total{{method=\"{}\",route=\"{}\",status=\"{}\"}} {}\n",
                          method, path, at->first.second, at->second);
    }
  };
  for (const Route& route : all_routes()) {
    count(&route, route.method, route.path);
  }
  count(nullptr, "", "");
  text +=
      "# HELP truce_request_seconds Time until an answer was ready to be sent.\n"
      "# TYPE truce_request_seconds histogram\n";
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < buckets_.size(); ++at) {
    sum += buckets_[at];
    const std::string bound =
        at < kBounds.size() ? fmt::format("{:g}", static_cast<double>(kBounds[at]) / 1000) : "+Inf";
    text += fmt::format("truce_request_seconds_bucket{{le=\"{}\"}} {}\n", bound, sum);
  }
  text += fmt::format("truce_request_seconds_sum {:.6f}\ntruce_request_seconds_count {}\n",
                      static_cast<double>(microseconds_) / 1e6, sum);
  text += fmt::format(
      "# HELP truce_connections Open connections.\n# TYPE truce_connections gauge\n"
      "truce_connections {}\n"
      "# HELP truce_streams Open streams, of events and of exports.\n"
      "# TYPE truce_streams gauge\ntruce_streams {}\n",
      edge.connections, edge.streams);
  return text;
}

}  // namespace truce::server::internal
