// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "truce/facts/fact.h"
#include "truce/facts/wording.h"
#include "truce/facts/worlds.h"

namespace truce::monitor {

/// Something that might become known, and what it would change in the record.
struct Change {
  // A claim without capital and full stop: `the account of Mission is withdrawn`.
  facts::Wording words;
  std::vector<facts::FactId> withdrawn;
  // What one report then says in one respect.
  struct Known {
    facts::FactId id;
    facts::Doubt doubt = facts::Doubt::When;
    facts::Fact fact;
  };
  std::vector<Known> known;
  // New reports, all of one new incident. An account one past those of the record is a new one.
  std::vector<facts::Fact> reported;
  std::vector<facts::ResolvedCoverage> covered;
};

/// The record as it would be. Incidents and accounts keep their ids, reports do not.
facts::Evidence with_change(const facts::Evidence& evidence, const Change& change);

/// Both together.
Change both(const Change& one, const Change& other);

}  // namespace truce::monitor
