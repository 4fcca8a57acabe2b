// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace truce::encoding {

/// A windows-1252 text as UTF-8. The five bytes that the code page leaves free become the control
/// characters of the same number, as in the WHATWG Encoding Standard.
std::string from_windows_1252(std::string_view text);

}  // namespace truce::encoding
