// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/incidents/actor_book.h"
#include "truce/incidents/cluster.h"
#include "truce/incidents/read.h"

namespace truce::workbench {

struct IncidentFile {
  std::string path;
  // Empty: recognised by what stands in it.
  std::optional<incidents::Format> format;
};

/// `PATH` or `PATH=FORMAT`. Fails with InvalidArgument for a format that does not exist.
base::Result<IncidentFile> parse_incident_file(const std::string& argument);

/// The files of what was reported, and what they are read with. Empty paths: the files of the usual
/// names beside the agreement, `actors.csv` and `FORMAT.mapping.csv`, where they are there.
struct IncidentInputs {
  std::vector<IncidentFile> files;
  // Empty: nothing is looked for beside it.
  std::string agreement;
  std::string actors;
  std::string mapping;
  std::string encoding = "utf-8";
  bool is_strict = false;
  // How near videos must be to be joined as one incident; empty: each stands for itself.
  std::optional<incidents::ClusterOptions> cluster;
  // A file that says which video belongs to which incident; empty: none.
  std::string joins;
  // Told what is being done, for a person who waits.
  std::function<void(const std::string&)> on_progress;
};

/// How a file that begins with `bytes` is read, with its mapping. Fails with InvalidArgument where
/// it fits no format, and as reading the mapping does.
base::Result<incidents::ReadOptions> choose_reading(const IncidentInputs& inputs,
                                                    const IncidentFile& file,
                                                    std::string_view bytes, base::Duration offset);

/// Adds what the files report to `reading`, dates on a clock `offset` ahead of UTC, and joins
/// videos as the inputs ask. Fails with the first file that cannot be read, or the first bad row
/// when strict.
base::Result<void> read_incident_files(const IncidentInputs& inputs, base::Duration offset,
                                       incidents::Reading& reading);

/// `within`: metres; `gap`: such as `12h`, `90min` or `2d`; empty: as ClusterOptions has them.
/// Fails with InvalidArgument for anything else.
base::Result<incidents::ClusterOptions> parse_cluster_options(const std::string& within,
                                                              const std::string& gap);

/// A whole number and a unit: `12h`, `90min`, `2d`, `30 minutes`; empty for anything else.
std::optional<base::Duration> parse_length(std::string_view text);

/// The path of the actor file; empty where none is named and none lies beside the agreement.
std::string actors_path(const IncidentInputs& inputs);
/// The actor file; an empty book where none is named and none lies beside the agreement.
base::Result<incidents::ActorBook> read_actor_book(const IncidentInputs& inputs,
                                                   base::Duration offset);

}  // namespace truce::workbench
