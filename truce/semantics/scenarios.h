// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/agreement/agreement.h"

namespace truce::semantics {

struct ExpectationResult {
  // The expectation as written.
  std::string text;
  bool has_passed = false;
  // What came out, in words: `Government broke 1.1 according to United States`.
  std::string got;
};

struct ScenarioResult {
  std::string name;
  bool has_passed = false;
  std::vector<ExpectationResult> expectations;
};

/// Plays every scenario of the file. In a draft with brackets an expectation passes when it holds
/// in every party's reading; `got` names the reading where it does not.
std::vector<ScenarioResult> run_scenarios(const agreement::Agreement& agreement);

}  // namespace truce::semantics
