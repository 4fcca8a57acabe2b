// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "truce/agreement/agreement.h"
#include "truce/base/result.h"
#include "truce/base/time.h"
#include "truce/incidents/actor_book.h"
#include "truce/incidents/report.h"
#include "truce/workbench/monitor.h"

namespace truce::workbench {

/// What `truce daily` is asked. `record.as_known_at` is not read.
struct DailyRequest {
  MonitorRequest record;
  // As written: a date stands for the end of that day on the agreement's clock.
  std::string day;
  // Code of a language.
  std::string language = "en";
  // How names read in other languages; empty: `names.csv` beside the agreement, where it is there.
  std::string names;
  // The SHA-256 of the report that this one corrects; empty: none.
  std::string corrects;
};

struct DailyPdf {
  // With the errors of the text, where there is no report.
  std::unique_ptr<MonitorRun> run;
  std::string pdf;
};

/// The daily report of the 24 hours before the cut-off time. Fails as monitor() does, for a day or
/// a language that there is not, and where a font is missing.
base::Result<DailyPdf> daily(const DailyRequest& request);

/// A record that is in memory.
struct DailyRecord {
  // As it may be shown to those for whom the report is.
  const agreement::Agreement& agreement;
  // Every row they may see.
  incidents::Reading& reading;
  const incidents::ActorBook& actors;
  base::Instant cut_off;
  std::string_view language;
  // The text of a table of names; empty: none.
  std::string_view names;
  std::string corrects;
};

/// The same of a record that is in memory. Fails as daily() does.
base::Result<std::string> daily(const DailyRecord& record);

}  // namespace truce::workbench
