// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace truce::report::internal {

// The file words.txt, compiled in.
extern const std::string_view kReportWords;

}  // namespace truce::report::internal
