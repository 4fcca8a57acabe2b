// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/document/internal/escape.h"
#include "truce/document/record.h"
#include "truce/report/clocks.h"
#include "truce/report/rich_text.h"

namespace truce::document::internal {

/// Adds the words, with a link where one leads elsewhere in the page.
void write(HtmlWriter& html, const report::RichText& text);

/// The clock as a drawing: a bar for each run without a certain interruption, and a mark for each
/// reset. Its words are in the text beside it.
HtmlWriter clock_drawing(const report::Words& words, const Record& record,
                         const report::ClockView& clock);

}  // namespace truce::document::internal
