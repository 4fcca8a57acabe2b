// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/internal/search.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/analysis/internal/replay.h"

namespace truce::analysis::internal {

bool Search::has(Code code, ClauseId id) const {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.code == code &&
           std::find(finding.clauses.begin(), finding.clauses.end(), id) != finding.clauses.end();
  });
}

const Agreement& Search::stage(agreement::VerbId verb) {
  const auto known = stages.find(verb);
  return known == stages.end() ? stages.emplace(verb, stage_of(agreement(), verb)).first->second
                               : known->second;
}

void Search::note(Code code, const std::string& name, const smt::Answer& answer,
                  const std::function<std::string()>& script) {
  if (answer.what == smt::Answer::What::Unknown) {
    too_complex.try_emplace(code,
                            fmt::format("{} after {} ms", answer.why, answer.microseconds / 1000));
    open.insert(code);
  }
  if (questions != nullptr) {
    questions->push_back({name, script(), answer.microseconds});
  }
}

}  // namespace truce::analysis::internal
