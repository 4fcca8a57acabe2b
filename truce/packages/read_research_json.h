// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "truce/packages/read_xml.h"

namespace truce::packages {

/// Which research software a JSON text is from.
enum class JsonOrigin { Other, GeniusWeb, NegoLog };
JsonOrigin origin_of_json(std::string_view text);

/// Profiles of GeniusWeb, each a `LinearAdditiveUtilitySpace` with its own copy of the domain, one
/// for each party, as docs/formats/games.md describes. A party is named as its file is. Every
/// decimal is read as it is written. Fails with InvalidArgument for text that is not this form or
/// for profiles of different domains or of another kind; the message names the file and the place.
base::Result<GameReading> read_geniusweb(const std::vector<NamedText>& profiles);

/// Profiles of NegoLog: `issueWeights`, `issues` and `reservationValue`. Otherwise as above.
base::Result<GameReading> read_negolog(const std::vector<NamedText>& profiles);

}  // namespace truce::packages
