// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

#include "truce/base/ids.h"

namespace truce::agreement {

using ActorId = base::Id<struct ActorTag>;
using KindId = base::Id<struct KindTag>;
using VerbId = base::Id<struct VerbTag>;
using PlaceId = base::Id<struct PlaceTag>;
using MomentId = base::Id<struct MomentTag>;
using ParameterId = base::Id<struct ParameterTag>;
using SituationId = base::Id<struct SituationTag>;
using ClauseId = base::Id<struct ClauseTag>;
using BracketId = base::Id<struct BracketTag>;

/// One alternative of one bracket: the words that carry it stand only in readings that choose it.
struct AlternativeRef {
  BracketId bracket;
  std::uint32_t alternative = 0;

  friend auto operator<=>(const AlternativeRef&, const AlternativeRef&) = default;
};

}  // namespace truce::agreement
