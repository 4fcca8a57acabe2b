// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/prose/internal/narrator.h"

namespace truce::prose::internal {

// What a definition says, one sentence without its stop.

Part define_actor(Narrator& narrator, agreement::ActorId id);
Part define_place(Narrator& narrator, agreement::PlaceId id);
Part define_thing(Narrator& narrator, agreement::KindId id);
Part define_situation(Narrator& narrator, agreement::SituationId id);
/// A response as it stands behind `in`.
Part tell_response(Narrator& narrator, const agreement::Response& response);
Part define_moment(Narrator& narrator, agreement::MomentId id);

}  // namespace truce::prose::internal
