// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/document/record.h"
#include "truce/report/overview.h"
#include "truce/report/words.h"

namespace truce::document::internal {

/// What the scripts of the page draw from, as JSON that is safe inside a script element. The keys
/// are listed in page/README.md.
std::string page_data(const report::Words& words, const Record& record,
                      const report::Overview& overview);

}  // namespace truce::document::internal
