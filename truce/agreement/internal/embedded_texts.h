// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace truce::agreement::internal {

/// vocabulary/ceasefire-1.truce, made a part of the program by the build.
extern const std::string_view kCeasefire1Text;

}  // namespace truce::agreement::internal
