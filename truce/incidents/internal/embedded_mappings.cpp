// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/embedded_mappings.h"

#include <utility>

#include "truce/base/check.h"

namespace truce::incidents::internal {

Mapping read_shipped_mapping(std::string_view text) {
  auto mapping = Mapping::read("shipped mapping", text);
  TRUCE_CHECK(mapping.has_value(), "a mapping that is compiled in can be read");
  return std::move(mapping).value();
}

}  // namespace truce::incidents::internal
