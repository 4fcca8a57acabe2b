// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/agreement/agreement.h"

namespace truce::report {

/// A clause taken apart, without its number, and without the stops between its parts.
struct ClauseText {
  // `each Party shall not attack Civilians`
  std::string rule;
  // `in Syria`, `from D`
  std::vector<std::string> particulars;
  // What stands between the quotes of each note.
  std::vector<std::string> notes;
};

ClauseText clause_text(const agreement::Clause& clause);

}  // namespace truce::report
