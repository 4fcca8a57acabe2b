// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "truce/facts/fact.h"

namespace truce::facts {

/// More worlds than these are not judged for one answer: a few doubts of a few ways each, and well
/// under a second. docs/language/meaning.md, "Worlds".
inline constexpr std::size_t kMostWorlds = 4096;

/// What of a report may be open.
enum class Doubt : std::uint8_t { Where, Who, Target, Weapon, What, When };
inline constexpr std::array<Doubt, 6> kDoubts = {Doubt::Where,  Doubt::Who,  Doubt::Target,
                                                 Doubt::Weapon, Doubt::What, Doubt::When};

/// Reports with what they say in one way of reading them.
using Part = std::vector<std::pair<FactId, Fact>>;

/// The reports that are realised as one: each of the account's own alone, and all that any account
/// says of one institutional act together.
std::vector<std::vector<FactId>> realised_together(const Evidence& evidence, AccountId account,
                                                   bool with_institutional);

/// The ways of reading those reports that differ in what is open; together they are all of it. One
/// way, the reports as they stand, where nothing of the kind is open or it cannot be told apart.
/// `cuts`: the instants that tell times apart, in order. Of an institutional act only its time.
std::vector<Part> ways_of(const agreement::Agreement& agreement, const Evidence& evidence,
                          const std::vector<FactId>& together, Doubt doubt,
                          const std::vector<base::Instant>& cuts);

/// The instants at which something may begin to be otherwise, for an account: what the text dates,
/// what the account and the institutional acts report, and what lies periods of the text from
/// there; each with the second after it. In order.
std::vector<base::Instant> cuts_of(const agreement::Agreement& agreement, const Evidence& evidence,
                                   AccountId account);

/// In how many ways all those reports can be read together; no more than kMostWorlds + 1.
std::size_t count_worlds(const agreement::Agreement& agreement, const Evidence& evidence,
                         AccountId account, bool with_institutional);

/// Whether the duties of the clause arise with institutional acts: then their order numbers them,
/// and they are not realised for it.
bool waits_upon_acts(const agreement::Agreement& agreement, agreement::ClauseId clause);

}  // namespace truce::facts
