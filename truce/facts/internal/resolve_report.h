// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "truce/facts/fact.h"
#include "truce/facts/internal/names.h"
#include "truce/incidents/report.h"

namespace truce::facts::internal {

/// What the report says, in the words of the agreement; without incident, account and report.
Fact resolve_report(Names& names, const incidents::Report& report);

/// As whom the report speaks: its source, or its account where it names none.
const std::string& name_of_speaker(const incidents::Report& report);

/// The account of each spelling of a speaker.
using AccountsByName = std::map<std::string, AccountId>;
/// Adds the accounts to `found`, in bytewise order of the names by which they are shown.
AccountsByName resolve_accounts(const Names& names, const std::set<std::string>& spellings,
                                std::vector<Account>& found);

/// Adds the coverage to `found`. `accounts` must hold every observer.
void resolve_coverage(Names& names, const std::vector<incidents::Coverage>& coverage,
                      const AccountsByName& accounts, std::vector<ResolvedCoverage>& found);

/// The present where nothing is reported.
base::Instant first_time(const agreement::Agreement& agreement);
/// The latest time of which the report speaks.
base::Instant latest_of(const incidents::Report& report);

}  // namespace truce::facts::internal
