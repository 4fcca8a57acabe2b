// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "truce/analysis/finding.h"
#include "truce/base/result.h"
#include "truce/workbench/agreement_file.h"

namespace truce::workbench {

/// The findings of a draft, with the draft itself, whose errors come first.
struct AnalysisRun {
  AgreementFile file;
  analysis::Analysis analysis;
  std::int64_t elapsed_ms = 0;
};

/// What `truce analyse` is asked.
struct AnalyseRequest {
  std::string agreement;
  // Ids of findings, `TR-D01` or `D01`; empty: all.
  std::vector<std::string> only = {};
  // A folder for the questions that are put to the solver, one file each; empty: they are not kept.
  std::string questions = {};
  // Told what is being done, for a person who waits.
  std::function<void(const std::string&)> on_progress = {};
  // Told the position of each finding as soon as its repairs were tried, in the order of the list.
  std::function<void(const AnalysisRun&, std::size_t)> on_finding = {};
};

/// Analyses a draft and tries each repair: of a finding those stay, three at most, after which it
/// is gone and no other has come. With errors in the text nothing is analysed. Fails when the file
/// cannot be read or the questions cannot be written, with InvalidArgument for a code that there is
/// not.
base::Result<AnalysisRun> analyse(const AnalyseRequest& request);

/// The texts after a repair, one for each source of the file.
std::vector<std::string> apply(const AgreementFile& file, const analysis::Repair& repair);

/// Writes the first repair of finding `number`, counted from 1 as they are listed, into the files
/// it changes, and returns their paths. Fails with InvalidArgument where there is no such finding
/// or it has no repair, with Io when a file cannot be written.
base::Result<std::vector<std::string>> write_repair(const AnalysisRun& run, std::size_t number);

}  // namespace truce::workbench
