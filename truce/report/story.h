// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/report/overview.h"
#include "truce/report/rich_text.h"

namespace truce::report {

/// A heading of the opening summary with what is said under it.
struct StoryPart {
  // `truce`, `record`, `broken`, …: the key of its title.
  std::string key;
  RichText text;
  std::vector<RichText> points;
};

/// What happened, for a reader who has a minute: what the truce was, what was broken, by whom
/// according to whom, what is disputed, how it ended. Parts with nothing to say are left out.
std::vector<StoryPart> story_of(const Words& words, const Record& record, const Overview& overview);

/// The clause that most of the record turns on: of the prohibitions that came into force the one
/// with the most breaches and disputes, then with the most left open. Null when there is none.
const monitor::ForceHistory* principal_force(const Record& record);

/// What one account says of an incident: `SOHR says that Government attacked Civilians`.
RichText saying(const Words& words, const Record& record, const facts::Fact& fact);
/// The fact that shows best why a verdict is what it is: of an account with that opinion where
/// there is one, the most exact. Null for an incident without facts.
const facts::Fact* telling_fact(const Record& record, const IncidentView& view,
                                facts::Opinion opinion);
/// What two accounts of a contested incident say: one that reports the breach, one that rules it
/// out. Empty for an incident that is not contested.
std::vector<RichText> opposed(const Words& words, const Record& record, const IncidentView& view);
/// Where it happened, as a link to the incident; its id where no place is reported.
RichText place_link(const Record& record, const IncidentView& view);
/// `12 dead`; empty where nobody is reported dead.
std::string toll_text(const Words& words, const IncidentView& view);

}  // namespace truce::report
