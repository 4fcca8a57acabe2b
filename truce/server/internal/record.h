// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/base/result.h"
#include "truce/incidents/current_accounts.h"
#include "truce/server/internal/events.h"
#include "truce/server/internal/journal.h"
#include "truce/server/roles.h"
#include "truce/workbench/agreement_file.h"
#include "truce/workbench/live_record.h"

namespace truce::server::internal {

/// What an account said at one time. A correction is another row.
struct AccountRow {
  // Never null; the views that may see it hold the same.
  incidents::ReportPtr report;
  Audience audience;
  std::string who;
  base::Instant entered_at;
  // The number of the entry that has it.
  std::int64_t entry = 0;
  // `mission`, or the party whose delegate entered it: only they correct it.
  std::string desk;
};

/// A text of the agreement, with the files beside it.
struct Revision {
  std::vector<std::pair<std::string, std::string>> files;
  std::string title;
  std::string note;
  Audience audience;
  std::string who;
  base::Instant at;
  // It has annexes that are not for everybody: its text is for the mission.
  bool is_confidential = false;
};

using IncidentMap = std::map<std::string, std::vector<AccountRow>, std::less<>>;

/// The agreement and what was reported, with the verdicts of each view on what it may see.
class Record {
 public:
  /// `folder`: where the files of the agreement are put for reading.
  explicit Record(std::string folder) : folder_(std::move(folder)) {}

  /// Puts the entry on record, and returns the reports in it, which are still to be judged. Entries
  /// of other kinds change nothing.
  std::vector<incidents::ReportPtr> note(const Entry& entry);
  /// After note(): judges the reports and tells of them, or watches the text that the entry names.
  void follow(const Entry& entry, const std::vector<incidents::ReportPtr>& reports);
  /// The same as note() of an entry about which everything is told already, and kept elsewhere.
  void keep(const Entry& entry);
  /// After the last of these: judges all of them at once, as things stood at `at`, and goes on
  /// behind the events that were told.
  void resume(std::map<std::string, std::vector<EventLog::Line>> told, base::Instant at);
  /// Moves the present of every view; what that changed is kept back until tell(). Whether
  /// anything did.
  bool pass(base::Instant now);
  void tell();
  /// An event in every view that is among the audience.
  void tell(const Audience& audience, std::string_view kind, const encoding::JsonValue& data);

  [[nodiscard]] const std::string& folder() const { return folder_; }
  [[nodiscard]] const IncidentMap& incidents() const { return incidents_; }
  /// Numbered from 1.
  [[nodiscard]] const std::vector<Revision>& revisions() const { return revisions_; }
  /// The number of the revision by which incidents are judged; 0: none is.
  [[nodiscard]] std::size_t watched() const { return watched_; }
  /// The agreement that is watched, whole; null where none is.
  [[nodiscard]] const workbench::AgreementFile* agreement() const { return file_.get(); }
  /// Where it lies; empty where none is watched.
  [[nodiscard]] const std::string& agreement_path() const { return path_; }
  /// On what clock a time without offset is read.
  [[nodiscard]] base::Duration clock_offset() const;
  /// The names of the parties and guarantors of the agreement.
  [[nodiscard]] std::vector<std::string> sides() const;
  /// The verdicts of a view; null where it may not see the agreement or none is watched.
  [[nodiscard]] const workbench::LiveRecord* verdicts(std::string_view view) const;
  [[nodiscard]] std::shared_ptr<const EventLog> events() const { return events_; }

 private:
  // The rows of an entry, put on record.
  std::vector<incidents::ReportPtr> add_rows(const Entry& entry);
  void judge(const Entry& entry, const std::vector<incidents::ReportPtr>& reports);
  void add_revision(const Entry& entry);
  // Whether there is such a revision, which then is the one that is watched.
  bool choose(std::size_t number);
  void watch(std::size_t number, base::Instant at);
  // Who may see the agreement that is watched.
  [[nodiscard]] std::vector<std::string> views_of_watched() const;
  [[nodiscard]] std::unique_ptr<workbench::LiveRecord> made_view(const std::string& name,
                                                                 base::Instant at) const;
  void tell(const std::string& view, const std::vector<workbench::ToldChange>& changes);

  std::string folder_;
  IncidentMap incidents_;
  // The rows in the order in which they came: which of which incident.
  std::vector<std::pair<const IncidentMap::value_type*, std::size_t>> order_;
  std::vector<Revision> revisions_;
  std::size_t watched_ = 0;
  // While entries are kept and not judged: the revision to be watched.
  std::size_t chosen_ = 0;
  std::string path_;
  std::unique_ptr<workbench::AgreementFile> file_;
  std::map<std::string, std::unique_ptr<workbench::LiveRecord>, std::less<>> views_;
  std::map<std::string, std::vector<workbench::ToldChange>> untold_;
  std::shared_ptr<EventLog> events_ = std::make_shared<EventLog>();
};

/// Puts the files of an agreement into a folder and reads them. Fails with InvalidArgument for
/// names that do not belong there or without `agreement.truce`, for a text with errors, naming the
/// first with its line, and as reading and writing do.
base::Result<workbench::AgreementFile> place_agreement(
    const std::string& folder, const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace truce::server::internal
