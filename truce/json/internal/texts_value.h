// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/encoding/json_value.h"

namespace truce::json::internal {

/// A list of strings.
inline encoding::JsonValue texts_of(const std::vector<std::string>& texts) {
  encoding::JsonValue list = encoding::JsonValue::array();
  for (const std::string& text : texts) {
    list.push_back(text);
  }
  return list;
}

}  // namespace truce::json::internal
