// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "truce/base/result.h"

namespace truce::cli {

constexpr int kFine = 0;
constexpr int kBadNews = 1;
constexpr int kCouldNot = 2;

/// Prints the one line that says what could not be done, and returns kCouldNot.
int could_not(const base::Error& error);
/// The same for standard output that cannot be written.
int output_failed();
/// Writes `output`, and returns `status` where that could be done.
int answer(std::string_view output, int status);

}  // namespace truce::cli
