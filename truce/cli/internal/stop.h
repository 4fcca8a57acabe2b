// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace truce::cli {

/// From now on SIGINT and SIGTERM do not end the program: they are noted, and a wait for input ends
/// at once.
void catch_signals();

/// Whether one of them came.
bool was_signalled();

}  // namespace truce::cli
