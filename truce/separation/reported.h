// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/incidents/report.h"
#include "truce/separation/presence.h"

namespace truce::separation {

/// Who was reported where, from what is on record of incidents: the target of a report at a point
/// was there; its actor only where what was done is done on the spot, since who fires need not be
/// where it lands. Rows without a point, of a span of more than a day, or of an institutional act
/// say nothing. Each observation stands for itself, at the start of its report, within its radius.
/// `files`: those that the reports are from.
void add_reported_presence(const std::vector<const incidents::Report*>& reports,
                           const std::vector<std::string>& files, PresenceReading& reading);

}  // namespace truce::separation
