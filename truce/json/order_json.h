// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/order.h"

namespace truce::json {

/// `truce.order/1`; the diagnostics where the agreement has errors.
std::string to_json(const workbench::OrderRun& run);

}  // namespace truce::json
