// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/facts/fact.h"
#include "truce/incidents/actor_book.h"

namespace truce::facts {

/// The institutional act that a report tells of. Prisoners are released, too: without a clause that
/// word is no institutional act.
InstitutionalAct institutional_act_of(const incidents::Report& report);

/// Who speaks, however the name is spelt: an actor by its name or by an alias that stands for it
/// alone at all times, else a name with letter case and spacing folded.
struct Speaker {
  std::optional<agreement::ActorId> actor;
  std::string folded_name;

  friend auto operator<=>(const Speaker&, const Speaker&) = default;
};

Speaker speaker_of(const agreement::Agreement& agreement, const incidents::ActorBook& actors,
                   std::string_view name);

/// The current reports in the words of `agreement`. `now`: the present; empty for the latest time
/// in the record, or, where nothing is reported, the start of the agreement's date, else its first
/// moment. Unknown words are kept as unknown and counted. Linear in the reports. The reports must
/// outlive the evidence.
Evidence resolve(const agreement::Agreement& agreement,
                 const std::vector<const incidents::Report*>& reports,
                 const incidents::ActorBook& actors,
                 const std::vector<incidents::Coverage>& coverage,
                 std::optional<base::Instant> now);

/// A scenario's events. Events `according to` somebody at the same time, one after the other, are
/// accounts of one incident; the others are the whole record. Each incident is named `event N`.
Evidence from_scenario(const agreement::Agreement& agreement, const agreement::Scenario& scenario);

/// What a noun of the text names, whoever speaks: every actor of an agent, else one value. Whose a
/// thing is is left open where the noun names more than one owner.
std::vector<Value> values_of(const agreement::Agreement& agreement, const agreement::Noun& noun);
/// The act by which such a power is used.
InstitutionalAct act_of_power(agreement::PowerVerb verb);

}  // namespace truce::facts
