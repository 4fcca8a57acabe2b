// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "tests/support/sentence_forms.h"

namespace truce::testing {

/// Engine and interpreter give the same on `count` traces of the form from that seed on, in
/// whatever order the reports arrived, and the traces are about the form. Says what it found in
/// expectations of the running test.
void expect_agreement(const SentenceForm& form, std::uint64_t first_seed, std::uint64_t count);

}  // namespace truce::testing
