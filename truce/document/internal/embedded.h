// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace truce::document::internal {

// The files of page/, compiled in.
extern const std::string_view page_words;
extern const std::string_view page_template;
extern const std::string_view page_style;
extern const std::string_view page_script_base;
extern const std::string_view page_script_timeline;
extern const std::string_view page_script_map;
extern const std::string_view page_script_list;
extern const std::string_view page_script_start;

}  // namespace truce::document::internal
