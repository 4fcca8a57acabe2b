// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/base/result.h"

namespace truce::cli {

constexpr int kFine = 0;
constexpr int kBadNews = 1;
constexpr int kCouldNot = 2;

/// Prints the one line that says what could not be done, and returns kCouldNot.
int could_not(const base::Error& error);
/// The same for standard output that cannot be written.
int output_failed();

}  // namespace truce::cli
