// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace truce::workbench::internal {

// From skeleton/*.truce; `@TITLE@` stands for the title.
extern const std::string_view kSkeletonAgreement;
extern const std::string_view kSkeletonCompanion;

}  // namespace truce::workbench::internal
