// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/encoding/json_value.h"
#include "truce/facts/fact.h"
#include "truce/incidents/report.h"

namespace truce::json::internal {

/// Adds the file and line of a row.
void set_row(encoding::JsonValue& value, const incidents::Reading& reading,
             const incidents::RowOrigin& origin);
/// The rows that could not be used: file, line, column, reason.
encoding::JsonValue skipped_rows(const incidents::Reading& reading);
/// The words that an agreement does not know: field, word, count, did_you_mean, and reason where
/// there is one.
encoding::JsonValue unknown_words(const std::vector<facts::UnknownWord>& words);

}  // namespace truce::json::internal
