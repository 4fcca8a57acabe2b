// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/answers.h"
#include "truce/workbench/table.h"

namespace truce::json {

/// `truce.keys/1`.
std::string to_json(const workbench::KeyFiles& files);
/// `truce.opened/1`, without the content where it was written to a file.
std::string to_json(const workbench::OpenedFile& file, bool has_content);
/// `truce.signature/1`: a text that was signed, or why not; diagnostics where it has errors.
std::string to_json(const workbench::InstrumentRun& run, const std::string& written);
/// `truce.adoption/1`; diagnostics where the text has errors.
std::string to_json(const workbench::AdoptionRun& run);
/// `truce.announcement/1`; diagnostics where the text has errors.
std::string to_json(const workbench::AnnounceRun& run);

/// `truce.offer/1`; diagnostics where the text has errors.
std::string to_json(const workbench::OfferRun& run);
/// `truce.answers/1`: whether all accept, and nothing else of what they answered.
std::string to_json(const workbench::AnswersRun& run);

/// How it stands with a signatory, in a word: `signed`, `missing`, `other-text`, `other-key`,
/// `unknown-key`.
std::string_view word_of(talks::Signing::State state);

}  // namespace truce::json
