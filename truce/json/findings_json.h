// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/workbench/analyse.h"

namespace truce::json {

/// `truce.findings/1`, described in docs/formats/findings.md; with errors in the text,
/// `truce.diagnostics/1`.
std::string to_json(const workbench::AnalysisRun& run);
/// The same, with each sentence in parts besides, to be said in another language: `message_said`,
/// `notes_said`, `outcome_said`, and `text_said` of a repair and of what happens in a scenario.
std::string to_json_said(const workbench::AnalysisRun& run);

}  // namespace truce::json
