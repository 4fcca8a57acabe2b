// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace truce::cli::internal {

constexpr const char* kVersion = "truce 0.1.0";

}  // namespace truce::cli::internal
