// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "truce/base/result.h"
#include "truce/document/incident_summary.h"
#include "truce/incidents/write.h"
#include "truce/workbench/agreement_file.h"
#include "truce/workbench/incident_files.h"

namespace truce::workbench {

/// What `truce incidents` is asked.
struct IncidentsRequest {
  // With its agreement, whose clock, names and files beside it are used; without one dates are read
  // in UTC and names are compared with the vocabulary and the actor file alone.
  IncidentInputs inputs;
  // `truce`, `geojson`, `kml`, `csv`, or `joins` for a joins file; empty: only the summary.
  std::string to;
};

/// What the files hold, and what was written of it. Not moved: the summary speaks of the reading.
struct IncidentsRun {
  // Empty where no agreement is named.
  AgreementFile file;
  // Errors in the agreement: nothing was read.
  bool has_text_errors = false;
  incidents::Reading reading;
  document::IncidentSummary summary;
  // As asked by `to`; empty text where nothing was asked.
  std::string to;
  incidents::Written written;
};

/// Reads incident files, sums up what they hold, and writes it in another form. Fails with the
/// first file that cannot be read, a form that does not exist, or a bad row when strict.
base::Result<std::unique_ptr<IncidentsRun>> read_incidents(const IncidentsRequest& request);

}  // namespace truce::workbench
