// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/facts/verdict.h"
#include "truce/semantics/internal/telling.h"
#include "truce/semantics/internal/worlds.h"

namespace truce::semantics::internal {

/// One telling for each account; one that says nothing where there is no account.
using Tellings = std::vector<std::unique_ptr<Telling>>;

/// What is judged, as each account tells it and in the worlds of each.
struct Case {
  const agreement::Agreement& agreement;
  const facts::Evidence& evidence;
  const Tellings& tellings;
  Worlds& worlds;
};

/// Adds what follows from one prohibition, duty or clause of phases.
void judge_prohibition(const Case& record, agreement::ClauseId clause, facts::Verdicts& verdicts);
/// Adds the points of a `report when`.
void judge_watch(const Case& record, agreement::ClauseId clause, facts::Verdicts& verdicts);
void judge_duty(const Case& record, agreement::ClauseId clause, facts::Verdicts& verdicts);
void judge_phases(const Case& record, agreement::ClauseId clause, facts::Verdicts& verdicts);

/// Counts the verdict, adds the blame if it is broken, and lists it if `is_listed`.
void add_verdict(const agreement::Agreement& agreement, facts::Verdict verdict, bool is_listed,
                 facts::Verdicts& verdicts);

std::vector<facts::Opinion> opinions_of(const facts::Verdict& verdict);

}  // namespace truce::semantics::internal
