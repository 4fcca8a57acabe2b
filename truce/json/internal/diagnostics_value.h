// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/base/source_text.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/encoding/json_value.h"

namespace truce::json::internal {

using Sources = std::vector<const base::SourceText*>;

/// Adds file, line, column, end_line and end_column.
void set_place(encoding::JsonValue& value, const Sources& sources, base::Span span);
/// `truce.diagnostics/1` of what one sink holds.
std::string diagnostics_document(const diagnostics::Sink& sink, const Sources& sources);

}  // namespace truce::json::internal
