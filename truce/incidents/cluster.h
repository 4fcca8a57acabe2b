// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// How near two videos must be, in place and in time of upload, to be proposed as one incident.
struct ClusterOptions {
  base::Metres within{1000};
  base::Duration gap{12 * 3600};
};

/// Farther apart than this two places are never one.
constexpr base::Metres kWidestCluster{1'000'000};

/// What a person decides: which video belongs to which incident. A CSV file with the header
/// `row,incident`, where `row` is the archive's code of a video; other columns are for people.
class Joins {
 public:
  /// Fails with InvalidArgument naming line and column of the first bad row.
  static base::Result<Joins> read(std::string_view file_name, std::string_view text);

  /// The incident of a video; empty when the file does not name it.
  [[nodiscard]] std::optional<std::string> find(std::string_view row) const;
  [[nodiscard]] bool empty() const { return incidents_.empty(); }
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& entries() const {
    return incidents_;
  }

 private:
  std::map<std::string, std::string, std::less<>> incidents_;
};

/// Proposes which videos of the reading show one incident: single linkage, so that each is within
/// `options` of another one of its cluster. Those that `joins` names are put where it says and take
/// no part in it; one without a point stands alone. Empty `options`: only what the joins say. In
/// order of time, then code; the same whatever the order of rows and files. A video that stands
/// alone is a cluster of one. O(n log n) but for crowds of places that are near and never meet.
std::vector<Cluster> find_clusters(const Reading& reading,
                                   const std::optional<ClusterOptions>& options,
                                   const Joins& joins);

/// Makes each cluster one incident, and keeps them in `reading.clusters`.
void apply_clusters(std::vector<Cluster> clusters, Reading& reading);

/// The clusters as a joins file, to be edited.
std::string to_joins(const Reading& reading);

}  // namespace truce::incidents
