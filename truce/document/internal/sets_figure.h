// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "truce/document/internal/escape.h"

namespace truce::document::internal {

/// Sets of what `names` names, drawn as columns of joined dots, a row for each name that is in one
/// of them, then as a table of at most 200 rows.
void put_sets(HtmlWriter& html, const std::string& title, const std::vector<std::string>& names,
              const std::vector<std::vector<std::size_t>>& sets);

}  // namespace truce::document::internal
