// SPDX-License-Identifier: Apache-2.0
#include "truce/cli/internal/incident_inputs.h"

#include <utility>

namespace truce::cli {

base::Result<workbench::IncidentInputs> to_inputs(const std::vector<std::string>& files,
                                                  const IncidentInputOptions& options) {
  workbench::IncidentInputs inputs{.files = {},
                                   .agreement = {},
                                   .actors = options.actors,
                                   .mapping = options.mapping,
                                   .encoding = options.encoding,
                                   .is_strict = options.is_strict,
                                   .cluster = {},
                                   .joins = options.joins,
                                   .on_progress = {}};
  for (const std::string& argument : files) {
    auto file = workbench::parse_incident_file(argument);
    if (!file) {
      return file.error();
    }
    inputs.files.push_back(std::move(file).value());
  }
  if (!options.is_clustered && (!options.within.empty() || !options.gap.empty())) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       "--within and --gap say how videos are joined; add --cluster to join them"};
  }
  if (options.is_clustered) {
    const auto cluster = workbench::parse_cluster_options(options.within, options.gap);
    if (!cluster) {
      return cluster.error();
    }
    inputs.cluster = *cluster;
  }
  return inputs;
}

}  // namespace truce::cli
