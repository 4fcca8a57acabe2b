// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "truce/incidents/mapping.h"

namespace truce::incidents::internal {

/// What the datasets' own categories are in the words of the vocabulary, as mapping files.
extern const std::string_view kAcledMapping;
extern const std::string_view kVideoMapping;

/// One of the two above, read.
Mapping read_shipped_mapping(std::string_view text);

}  // namespace truce::incidents::internal
