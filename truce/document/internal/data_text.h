// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/document/record.h"

namespace truce::document::internal {

/// One sentence: how many rows were read, skipped, the same twice and totals, how many words nobody
/// knows, and how many warnings there are.
std::string data_text(const Record& record);

}  // namespace truce::document::internal
