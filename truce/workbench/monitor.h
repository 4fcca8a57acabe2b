// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/document/record.h"
#include "truce/facts/resolve.h"
#include "truce/incidents/read.h"
#include "truce/monitor/replay.h"
#include "truce/separation/watch.h"
#include "truce/workbench/agreement_file.h"
#include "truce/workbench/incident_files.h"

namespace truce::workbench {

/// What `truce monitor` is asked. Empty paths: the files of the usual names beside the agreement,
/// `actors.csv`, `FORMAT.mapping.csv` and `basemap.geojson`, where they are there.
struct MonitorRequest {
  std::string agreement;
  std::vector<IncidentFile> incidents;
  std::string actors;
  std::string mapping;
  std::string coverage;
  // Who was observed where, and how long an observation stands: 24h.
  std::vector<std::string> presence = {};
  // Also who was reported where by the incident files.
  bool with_reported_presence = false;
  std::string presence_lifetime = "24h";
  // How long what is kept apart is to be apart without interruption, such as 7d; empty: not asked.
  std::string apart_for = {};
  std::string encoding = "utf-8";
  bool is_strict = false;
  // How videos are joined; see IncidentInputs.
  std::optional<incidents::ClusterOptions> cluster;
  std::string joins;
  // As written: a date stands for the end of that day on the agreement's clock.
  std::string as_known_at;
  std::string according_to;
  // To whom the result is shown: clauses of confidential annexes for others are left out; empty: of
  // all such annexes.
  std::string audience;
  // The party in whose reading disputed text is replayed; empty: in each, with what differs.
  std::string reading;
  // `NAME=VALUE` for the parameters of the agreement.
  std::vector<std::string> settings = {};
  // Without explanations a replay is several times faster; only list_ids() can do without.
  bool with_explanations = true;
  // Look for what would change each verdict: for those who show it.
  bool with_changes = true;
  // Told what is being done, for a person who waits.
  std::function<void(const std::string&)> on_progress;
};

/// A replay with everything it was made from. Neither copied nor moved: its parts point at each
/// other.
class MonitorRun {
 public:
  MonitorRun() = default;
  MonitorRun(const MonitorRun&) = delete;
  MonitorRun& operator=(const MonitorRun&) = delete;

  AgreementFile file;
  // The paths that the request names; empty where it names none.
  std::vector<std::string> inputs;
  incidents::Reading reading;
  // How many accounts of incidents stand, corrections and later knowledge left out.
  std::size_t account_count = 0;
  facts::Evidence evidence;
  monitor::Replay replay;
  std::optional<base::Instant> as_known_at;
  std::string according_to;
  std::vector<std::string> warnings;
  std::string basemap;
  // What presence files say of the clauses that keep apart; empty where none was given.
  separation::PresenceReading presence;
  std::vector<separation::ClauseWatch> watches;
  base::Duration presence_lifetime;
  std::optional<base::Duration> apart_for;
  // The watches as the report has them.
  report::Apart apart;
  // Errors in the agreement: nothing was replayed.
  bool has_text_errors = false;

  [[nodiscard]] document::Record record() const;
};

/// Replays what the files report on the agreement. Fails with the first file that cannot be read,
/// a name that nobody has, or a bad row when strict.
base::Result<std::unique_ptr<MonitorRun>> monitor(const MonitorRequest& request);

/// Writes report.html, verdicts.csv and incidents.geojson into `folder`, and `verdicts_json` as
/// verdicts.json. Each file is whole or not there. Fails with Io.
base::Result<void> write_report(const MonitorRun& run, const std::string& verdicts_json,
                                const std::string& folder);

}  // namespace truce::workbench
