// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/result.h"
#include "truce/base/source_text.h"
#include "truce/base/time.h"
#include "truce/facts/wording.h"
#include "truce/incidents/actor_book.h"
#include "truce/incidents/current_accounts.h"
#include "truce/workbench/follow.h"

namespace truce::workbench {

/// A verdict on an incident, and nothing but what a map shows of it. Valid while it is handed over.
struct BriefVerdict {
  std::string_view incident;
  std::string_view clause;
  std::string_view bearer;
  std::string_view verdict;
};

/// A streak as some accounts see it, in names.
struct ToldClock {
  struct Reset {
    std::string incident;
    base::TimeRange when;
    bool is_certain = false;

    friend auto operator<=>(const Reset&, const Reset&) = default;
  };
  std::string name;
  // Those that have the same clock.
  std::vector<std::string> accounts;
  base::Instant start;
  base::Duration period;
  // In order of time.
  std::vector<Reset> resets;
  // kAfterTime: not within what is known.
  base::Instant earliest_end;
  base::Instant latest_end;
};

/// From when until when a clause was in force; kBeforeTime and kAfterTime where nothing bounds it.
struct ToldForce {
  std::string clause;
  base::Instant from;
  base::Instant until_at_least;
  base::Instant until;
};

struct ToldCourse {
  std::vector<ToldClock> clocks;
  std::vector<ToldForce> force;
  base::Instant present;
};

/// What a verdict on an incident rests on.
struct ToldReasons {
  struct Account {
    std::string according_to;
    std::string verdict;
    facts::Wording because;
    // The clause, piece by piece, and whether the piece decided.
    std::vector<std::pair<std::string, bool>> words;
  };
  std::string clause;
  std::string bearer;
  std::string verdict;
  facts::Wording because;
  // At most three.
  std::vector<facts::Wording> would_change_if;
  std::vector<Account> accounts;
  // Whose readings of a disputed text give it; empty: all of them.
  std::vector<std::string> readings;
};

/// The verdicts of an agreement on a record that is kept in memory and grows report by report, as
/// one audience may see them. What is told are changes as `truce monitor --follow` tells them.
class LiveRecord {
 public:
  /// `shown`: the agreement as that audience may see it (agreement::shown_to).
  LiveRecord(agreement::Agreement shown, incidents::ActorBook actors);
  ~LiveRecord();
  LiveRecord(const LiveRecord&) = delete;
  LiveRecord& operator=(const LiveRecord&) = delete;

  /// Takes many reports in at once, and tells nothing: what stands is what it would be had they
  /// come one by one. Before the first take().
  void begin_with(std::vector<incidents::ReportPtr> reports, base::Instant now);
  /// Takes the reports in, one after the other, at the moment `now`, and tells what they and the
  /// time changed; of very many at once, what they changed together; with no reports, what the time
  /// did. Numbers go on from those before.
  std::vector<ToldChange> take(const std::vector<incidents::ReportPtr>& reports, base::Instant now);

  /// What stands, each as a change from nothing, in order of clause, without a number.
  [[nodiscard]] std::vector<ToldChange> standing() const;
  /// Of it what is about an incident, in the same order: of a million, without a copy of each.
  void each_on_incident(const std::function<void(const BriefVerdict&)>& take) const;
  /// Of it all but prohibitions.
  [[nodiscard]] std::vector<ToldChange> standing_duties() const;
  /// Of it what is about one incident, or answers it. Linear in that alone.
  [[nodiscard]] std::vector<ToldChange> standing_of(const std::string& incident) const;
  /// How the streaks run and what was in force. Linear in the record where it or the present
  /// changed.
  [[nodiscard]] ToldCourse course() const;
  /// Why each prohibition's verdict on an incident is what it is, and what would change it.
  /// `sources`: of the agreement. Linear in what of the record may matter for it.
  [[nodiscard]] std::vector<ToldReasons> reasons_of(
      const std::string& incident, const std::vector<const base::SourceText*>& sources) const;
  [[nodiscard]] const agreement::Agreement& agreement() const;
  /// As Replay::digest.
  [[nodiscard]] std::string digest() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// The actor file beside an agreement; an empty book where there is none. Fails as reading it does.
base::Result<incidents::ActorBook> read_actors_beside(const std::string& agreement,
                                                      base::Duration offset);

}  // namespace truce::workbench
