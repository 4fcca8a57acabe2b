// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/random_agreements.h"

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/facts/verdict.h"

namespace truce::testing {

/// The canonical lines of the verdicts, and the counts of each clause.
std::string lines_of(const agreement::Agreement& agreement, const facts::Evidence& evidence,
                     const facts::Verdicts& verdicts);
/// What a case was made of, for the message of a test that fails.
std::string case_text(std::uint64_t seed, const RandomTruce& one);
/// Empty where engine and interpreter agree, verdict for verdict and digest for digest, in every
/// reading, and on what the readings give together; otherwise what each says.
std::string difference(const agreement::Agreement& agreement, const facts::Evidence& evidence);
/// Takes reports out one by one while engine and interpreter still differ.
void shrink(const agreement::Agreement& agreement, Record& record);

}  // namespace truce::testing
