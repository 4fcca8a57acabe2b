// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/beside.h"

namespace truce::json {

/// `truce.beside/1`: what two texts make of the same incidents, ended by a line feed.
std::string to_json(const workbench::BesideRun& run);

}  // namespace truce::json
