// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/base/time.h"
#include "truce/encoding/json_value.h"
#include "truce/facts/wording.h"

namespace truce::json {

/// A wording in parts, so that a page can say it in another language: a text for a name,
/// `{"say": PATTERN, "with": […]}`, `{"all": […]}`, `{"either": […]}`, `{"act": VERB, "done":
/// PAST}`, `{"at": TIME}`, `{"from": TIME, "to": TIME}` or `{"seconds": NUMBER}`. Times are on a
/// clock that is so far ahead of UTC.
encoding::JsonValue value_of(const facts::Wording& wording, base::Duration offset = {});

}  // namespace truce::json
