// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/analysis/internal/draft.h"
#include "truce/facts/verdict.h"
#include "truce/facts/wording.h"

namespace truce::analysis::internal {

/// What a clause says of an act that was played.
struct Answer {
  ClauseId clause;
  Actors bearers;
  facts::Outcome outcome = facts::Outcome::Unknown;
};

/// The act as `bearer` would do it: `another Party` and its like become the actors they stand for.
agreement::Act concrete(const Agreement& agreement, const agreement::Act& act, ActorId bearer);
/// An actor, or a kind as it stands, in place of every object of the act.
agreement::Noun noun_of(const Agreement& agreement, ActorId actor);
/// Where the agreement mostly applies: the place that most of its prohibitions name with `in`.
std::optional<agreement::PlaceId> ground_of(const Draft& draft);
/// Whether the act says where it is done.
bool has_place(const agreement::Act& act);
void put_in(const Agreement& agreement, agreement::Act& act, agreement::PlaceId place);

agreement::ScenarioEvent event_of(const Agreement& agreement, const Actors& actors,
                                  const agreement::Act& act, base::Instant at);
/// The draft as far as a single act of that verb can matter to it: what forbids or permits other
/// acts, and what must be done and stands above nothing, is left out. Ids stay.
Agreement stage_of(const Agreement& agreement, agreement::VerbId verb);
/// What the semantics says of the events: every verdict of a prohibition on one of them that is not
/// *kept*.
std::vector<Answer> play(const Agreement& agreement,
                         const std::vector<agreement::ScenarioEvent>& events);
/// The event in a sentence: `Aland attacks North with Weapons in Country`.
facts::Wording told(const Agreement& agreement, const agreement::ScenarioEvent& event);

}  // namespace truce::analysis::internal
