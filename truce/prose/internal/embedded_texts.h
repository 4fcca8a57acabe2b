// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace truce::prose::internal {

extern const std::string_view kLexiconEn;
extern const std::string_view kLexiconFr;

}  // namespace truce::prose::internal
