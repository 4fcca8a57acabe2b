// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "truce/base/time.h"
#include "truce/server/internal/journal.h"
#include "truce/server/roles.h"

namespace truce::server::internal {

/// A daily report that was made. It is never changed: another one corrects it.
struct DailyReport {
  std::string id;
  // The day on the clock of the agreement, `2016-09-17`.
  std::string day;
  std::string language;
  // From whose view of the record it is made, and to whom it is shown.
  std::string view;
  base::Instant cut_off;
  std::string sha256_hex;
  // The one that it stands beside; empty: none.
  std::string corrects;
  std::string note;
  std::string pdf;
  std::string who;
  base::Instant at;
  Audience audience;
  // The number of the entry that has it.
  std::int64_t entry = 0;
};

/// The daily reports, as the entries say.
class Reports {
 public:
  /// Entries of other kinds change nothing.
  void apply(const Entry& entry);

  [[nodiscard]] const std::map<std::string, DailyReport, std::less<>>& all() const { return all_; }
  /// The last one of that day, language and view; null where there is none.
  [[nodiscard]] const DailyReport* last_of(const DailyReport& asked) const;

 private:
  std::map<std::string, DailyReport, std::less<>> all_;
};

}  // namespace truce::server::internal
