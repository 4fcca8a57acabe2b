// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "truce/server/internal/record.h"
#include "truce/server/roles.h"

namespace truce::server::internal {

/// The schema Board as JSON: all incidents somebody may see, in columns, so that a map of 100,000
/// is one answer. In order of name. What a side said in confidence is counted and left out.
std::string board_text(const Record& record, const Person& person);

/// The same for a page that reads it where it lies: docs/formats/board.md.
std::string board_bytes(const Record& record, const Person& person);
/// One incident of it.
std::string board_bytes_of(const Record& record, const Person& person, const std::string& incident);
/// At most so many of those that began last, in order of name: what a page shows before it has all.
std::string board_bytes_of_latest(const Record& record, const Person& person, std::size_t most);

}  // namespace truce::server::internal
