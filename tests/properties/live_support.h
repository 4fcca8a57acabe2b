// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "tests/support/random_agreements.h"
#include "tests/support/sentence_forms.h"

namespace truce::testing {

/// How many updates there were, and how many of them took a replay of everything.
struct LiveTally {
  std::size_t updates = 0;
  std::size_t whole_replays = 0;
};

/// An agreement and a record centred on a form of sentence.
RandomTruce form_truce(const SentenceForm& form, std::uint64_t seed);

/// Lets the rows of the record arrive in another order, some after a first version, some taken
/// back, and expects after each row what a replay of all rows so far gives, from the verdicts that
/// are kept and from the changes that were told; after the last, of each incident what is said of
/// it from the whole record.
void expect_equal_at_every_prefix(const RandomTruce& one, std::uint64_t seed, LiveTally& tally);
/// Most of the updates must take less than a replay of everything, or nothing is shown of them.
void expect_mostly_parts(const LiveTally& tally, double least);

}  // namespace truce::testing
