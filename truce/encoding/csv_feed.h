// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace truce::encoding {

/// How many bytes at the front of `text`, which begins with a row or with empty lines, are a whole
/// row: what CsvReader makes of it does not depend on what comes behind. 0 where there is none yet:
/// a last line without its end, an open quote and a carriage return whose line feed may still come
/// are waited for. Linear in the row.
std::size_t whole_csv_row(std::string_view text);

/// How many line ends stand in `text`; CRLF is one.
std::uint64_t count_csv_lines(std::string_view text);

}  // namespace truce::encoding
