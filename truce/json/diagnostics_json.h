// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/workbench/agreement_file.h"
#include "truce/workbench/texts.h"

namespace truce::json {

/// `truce.diagnostics/1`: what there is to say about the files, one list, ended by a line feed.
std::string to_json(const std::vector<workbench::AgreementFile>& files);
/// The same for one file that was only laid out.
std::string to_json(const workbench::FormattedFile& file);
/// `truce.explanations/1`: what codes mean.
std::string to_json(const std::vector<workbench::Explanation>& explanations);
/// `truce.written/1`: the files that were written.
std::string to_json(const std::vector<std::string>& files);
/// `truce.scenarios/1`; with errors in the text, `truce.diagnostics/1`.
std::string to_json(const workbench::ScenarioRun& run);

}  // namespace truce::json
