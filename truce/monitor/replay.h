// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/facts/verdict.h"
#include "truce/facts/wording.h"
#include "truce/monitor/changes.h"

namespace truce::monitor {

/// Why one account's opinion is what it is: a sentence, and the words of the clause that decided.
struct AccountReason {
  facts::AccountId account;
  facts::Opinion opinion = facts::Opinion::Unknown;
  facts::Wording because;
  // Spans of the subject, act or particulars that decided, in order of place.
  std::vector<base::Span> deciding_words;
  // The reports that decided, as indices into Evidence::facts.
  std::vector<facts::FactId> deciding_facts;
};

/// What is still to be done of a duty, as of now.
struct Awaited {
  // Any of them may do it where the text says so; otherwise all of them.
  std::vector<agreement::ActorId> who;
  // The act in the words of the clause: `withdraw Heavy Weapons`.
  std::string act;
  // kAfterTime where no deadline is known.
  base::Instant until = base::kAfterTime;
  // From the present of the record to `until`; empty where no deadline is known.
  std::optional<base::Duration> left;
};

/// What a verdict rests on, in plain words.
struct Explanation {
  facts::Wording because;
  // Smallest changes of fact that would change the verdict, those of one fact first; at most three.
  // Each was made on the record and judged. Empty where none of those tried would.
  std::vector<facts::Wording> would_change_if;
  // The same as changes of the record, in the same order; none where only an agreement of the
  // parties would change it.
  std::vector<Change> changes;
  // Only of a duty that has begun and may still be performed.
  std::optional<Awaited> awaited;
  std::vector<AccountReason> reasons;
  // Where the readings of a disputed text differ: what each party's reading gives.
  std::vector<std::string> by_reading;
};

/// The clock of a streak as one account sees it.
struct StreakClock {
  // A situation or a moment, by its name.
  std::string name;
  agreement::SituationId situation;
  facts::AccountId account;
  base::Instant start;
  base::Duration period;
  struct Reset {
    facts::IncidentId incident;
    base::TimeRange when;
    bool is_certain = false;
  };
  std::vector<Reset> resets;
  // kAfterTime: not within what is known.
  base::Instant earliest_end;
  base::Instant latest_end;
};

/// When a clause was in force, with what moved its end.
struct ForceHistory {
  agreement::ClauseId clause;
  // kBeforeTime where the text states no beginning, kAfterTime while it still waits for one.
  base::Instant from;
  // False: `from` is the earliest moment at which it may have begun.
  bool is_start_certain = true;
  // What the text itself states, before any renewal; kAfterTime where it states no end.
  base::Instant stated_until = base::kAfterTime;
  // Equal unless the record leaves the end open: then at least to one, at most to the other.
  base::Instant until_at_least = base::kAfterTime;
  base::Instant until = base::kAfterTime;
  struct Change {
    facts::IncidentId incident;
    facts::InstitutionalAct act;
    base::Instant at;
    // Empty: it had no effect, and `why` says so.
    std::optional<base::Instant> new_end;
    std::string why;
  };
  std::vector<Change> changes;
};

/// An incident of harm that no clause calls broken, unknown or contested, and for each clause that
/// forbids such an act a sentence that says which of its words does not reach it.
struct UnderNoClause {
  facts::IncidentId incident;
  std::vector<std::string> sentences;
};

/// One replay: the verdicts, and beside each its explanation.
struct Replay {
  facts::Verdicts verdicts;
  // As many as verdicts.verdicts, in the same order.
  std::vector<Explanation> explanations;
  std::vector<StreakClock> clocks;
  std::vector<ForceHistory> force;
  // Empty without explanations.
  std::vector<UnderNoClause> under_no_clause;
  // The readings replayed, as proposers; empty for a text without brackets.
  std::vector<agreement::ActorId> readings;
  // What is taken for granted because the record does not say it, such as that a text which begins
  // upon signature was signed: sentences without capital and full stop.
  std::vector<std::string> assumptions;
  // Clauses of confidential annexes that are left out.
  std::size_t not_shown = 0;
  std::string digest;
};

struct ReplayOptions {
  // Replay only in the reading of this proposer; empty: in every proposer's, and say where they
  // differ.
  std::optional<agreement::ActorId> reading;
  // Without explanations the replay is several times faster.
  bool with_explanations = true;
  // Look for what would change each verdict; many judgements for one.
  bool with_changes = true;
  bool with_digest = true;
  // Settle what joined tests leave unknown by the worlds of each account.
  bool with_worlds = true;
};

/// Replays `evidence` on `agreement`. Clauses that are not shown (agreement::shown_to) bind, and
/// nothing is listed or counted of them. The verdicts equal those of semantics::evaluate in each
/// reading. They do not depend on the order in which reports arrived.
Replay replay(const agreement::Agreement& agreement, const facts::Evidence& evidence,
              const ReplayOptions& options);

}  // namespace truce::monitor
