// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace truce::encoding {

struct JsonTextOptions {
  // `<`, `>` and `&` as escapes, so that the text can stand inside a script element of a page.
  bool is_safe_in_html = false;
};

/// Appends `text` as a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD, so
/// that what is written is always JSON.
void append_json_string(std::string& out, std::string_view text,
                        const JsonTextOptions& options = {});

/// Appends the shortest decimal that reads back as `number`; `null` for NaN and infinities, which
/// JSON has not.
void append_json_number(std::string& out, double number);

}  // namespace truce::encoding
