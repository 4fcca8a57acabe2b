// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/facts/live_evidence.h"
#include "truce/monitor/internal/clocks.h"
#include "truce/monitor/internal/duties.h"
#include "truce/monitor/internal/engine.h"
#include "truce/monitor/internal/footprint.h"
#include "truce/monitor/internal/streak.h"

namespace truce::monitor::internal {

/// Which incidents hold an act of some kind, by time and account, while facts come and go.
class FactIndex {
 public:
  explicit FactIndex(const agreement::Agreement& agreement);

  void add(const std::string& incident, const facts::Fact& fact);
  void remove(const std::string& incident, const facts::Fact& fact);
  void clear();

  /// The verbs that the fact may be or imply.
  [[nodiscard]] VerbSet verbs(const facts::Fact& fact) const { return verbs_of(fact, implied_); }
  /// Adds the incidents of which the account has an act of these verbs that may lie in [first,
  /// last].
  void between(facts::AccountId account, base::Instant first, base::Instant last,
               const VerbSet& verbs, std::set<std::string>& into) const;
  /// Adds the incidents with an act of these verbs.
  void with(const VerbSet& verbs, std::set<std::string>& into) const;
  /// Adds the incidents with an institutional act.
  void institutional(std::set<std::string>& into) const;
  [[nodiscard]] bool has_institutional() const { return !institutional_.empty(); }

 private:
  struct Item {
    base::Instant last;
    std::string incident;
    std::size_t group = 0;
  };
  struct OfAccount {
    // Facts of at most kShort, by the first instant at which they may have happened; the others.
    std::multimap<base::Instant, Item> brief;
    std::multimap<base::Instant, Item> lasting;
  };
  using Counts = std::map<std::string, std::uint32_t>;

  std::size_t group_of(const facts::Fact& fact);
  std::multimap<base::Instant, Item>& list_of(const facts::Fact& fact);

  std::vector<VerbSet> implied_;
  // Facts with the same verbs are of one group.
  std::vector<std::pair<VerbSet, Counts>> groups_;
  std::map<facts::AccountId, OfAccount> accounts_;
  Counts institutional_;
};

/// Some clauses that are to be judged anew, and the part of the record that is enough for it.
struct Rejudgement {
  std::vector<agreement::ClauseId> clauses;
  // Whose verdicts may be others now; empty: all of the clauses'.
  std::optional<std::set<std::string>> incidents;
  // The part of the record.
  std::set<std::string> needed;
  // When the clauses are in force depends on institutional acts alone.
  bool has_fixed_windows = false;
  // What else of the record means for streaks; may be null.
  std::shared_ptr<const Clocks::Reached> reached;
};

/// Finds what a change of the record can touch, for an agreement without brackets.
class LiveParts {
 public:
  LiveParts(const agreement::Agreement& agreement, const facts::LiveEvidence& evidence);

  [[nodiscard]] const std::shared_ptr<const Footprints>& footprints() const { return footprints_; }

  /// Puts the facts of a change in and out.
  void take(const facts::EvidenceChange& change);
  /// All facts are others, or have other accounts.
  void rebuild();
  /// Keeps of what was judged of these duties when their verdicts may change because time passes,
  /// and what is enough to judge them again.
  void note(Engine& engine, const std::vector<agreement::ClauseId>& judged,
            const Engine::Result& result, base::Instant present);

  /// What is to be judged anew when the present moves from `before` to `present`; empty: all of
  /// the record by all clauses.
  std::optional<std::vector<Rejudgement>> touched(const std::vector<facts::EvidenceChange>& changes,
                                                  base::Instant before, base::Instant present);
  /// All clauses on all of the record, `most` incidents at a time where what an incident is depends
  /// on nothing else that was done; `standing`: incidents of which something stands. Empty: all at
  /// once.
  [[nodiscard]] std::optional<std::vector<Rejudgement>> everything(
      const std::set<std::string>& standing, std::size_t most) const;
  /// The incidents that may matter for the verdicts of prohibitions on one, whenever it was; empty:
  /// all.
  [[nodiscard]] std::optional<std::set<std::string>> around(const std::string& incident) const;

 private:
  // How far streaks have come.
  struct Streaks {
    // An incident with an act that surely interrupted one.
    struct Link {
      std::string incident;
      Interruption interruption;
    };
    std::shared_ptr<const Clocks::Reached> reached;
    // What that rests on, and the incidents in it.
    std::map<std::pair<const agreement::Streak*, facts::AccountId>, std::vector<Link>> chains;
    std::set<std::string> chained;
    // The incidents that may have interrupted one since, but for those after its end. These are
    // left out as long as nothing moves before that: by account.
    std::set<std::string> later;
    std::map<facts::AccountId, base::Instant> ended;

    /// Whether what was left out may matter, now that this came, went or changed.
    [[nodiscard]] bool are_moved_by(const facts::EvidenceChange& change) const;
  };
  // Clauses that need the same of the record.
  struct Part {
    Footprint needs;
    std::vector<agreement::ClauseId> clauses;
    // By all of them.
    VerbSet acts;
    bool is_restless = false;
    // Of duties that wait for streaks; empty where all acts that may interrupt one are needed.
    std::optional<Streaks> streaks;
  };
  // A fact that came or went.
  struct Moved {
    const facts::Fact* fact = nullptr;
    VerbSet verbs;
  };

  void note_times(Engine& engine, const std::vector<agreement::ClauseId>& judged,
                  const Engine::Result& result, base::Instant present);
  static void note_streaks(Engine& engine, Part& part);
  [[nodiscard]] bool concerns_all(const std::vector<facts::EvidenceChange>& changes) const;
  bool are_decisions_same(base::Instant present);
  // All verdicts of these clauses.
  [[nodiscard]] Rejudgement all_of(const Part& part) const;
  [[nodiscard]] Rejudgement all_of_duties(const Part& part,
                                          std::vector<agreement::ClauseId> clauses) const;
  void touch_prohibitions(const Part& part, const std::vector<facts::EvidenceChange>& changes,
                          const std::vector<Moved>& moved, bool has_time_passed,
                          std::vector<Rejudgement>& into) const;
  void touch_duties(const std::vector<Moved>& moved, base::Instant before, base::Instant present,
                    std::vector<Rejudgement>& into) const;
  void add_context(const Part& part, const std::set<std::string>& incidents,
                   std::set<std::string>& into) const;

  const agreement::Agreement& agreement_;
  const facts::LiveEvidence& evidence_;
  std::shared_ptr<const Footprints> footprints_;
  FactIndex index_;
  std::vector<Part> prohibitions_;
  std::vector<Part> duties_;
  // By duty: the instants at which its verdicts may change.
  std::map<agreement::ClauseId, std::set<base::Instant>> times_;
  bool has_deciding_bodies_ = false;
  // What bodies had decided when all was judged.
  std::vector<InstitutionalRecord> decisions_;
};

}  // namespace truce::monitor::internal
