// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/report/overview.h"
#include "truce/report/rich_text.h"

namespace truce::report {

/// What a reader must know of the data: short sentences by topic.
struct Note {
  std::string title;
  std::vector<RichText> lines;
};

/// Empty topics are left out.
std::vector<Note> data_notes(const Words& words, const Record& record, const Overview& overview);

/// The warnings of the record and of its reading, each once.
std::vector<std::string> warnings_of(const Record& record);
/// Words of the record that the agreement does not know, most frequent first, with what may have
/// been meant.
std::vector<std::string> unknown_word_lines(const Words& words, const Record& record);
/// What accounts took back or said otherwise later: `…: deaths 10 became 12`.
std::vector<RichText> correction_lines(const Words& words, const Record& record);

}  // namespace truce::report
