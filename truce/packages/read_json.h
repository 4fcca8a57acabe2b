// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "truce/base/result.h"
#include "truce/packages/game.h"

namespace truce::packages {

/// The exact JSON form, described in docs/formats/games.md: `contrib` over `den`, conditional
/// values, vetoes and constraints. Fails with InvalidArgument for text that is not this form,
/// naming `name` and the place in it, and for a game that check() refuses.
base::Result<Game> read_exact_json(std::string_view name, std::string_view text);

}  // namespace truce::packages
