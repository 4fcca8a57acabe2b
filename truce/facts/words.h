// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/facts/wording.h"

namespace truce::facts {

/// `A`, `A and B`, `A, B and C`.
std::string join_words(const std::vector<std::string>& words, std::string_view last = "and");
/// `Government`, `Government and Russian Federation`.
std::string names_of(const agreement::Agreement& agreement,
                     const std::vector<agreement::ActorId>& actors, std::string_view last = "and");
enum class Last : std::uint8_t { And, Or };
/// The same to be said in other languages too.
Wording named(const agreement::Agreement& agreement, const std::vector<agreement::ActorId>& actors,
              Last last = Last::And);
Wording listed(const std::vector<std::string>& names, Last last = Last::And);
/// `on 17 September 2016, 15:55`, `on 12 September 2016` for a whole day of the agreement's clock,
/// `between … and …` otherwise.
Wording when_words(const agreement::Agreement& agreement, base::TimeRange when);
Wording at_words(const agreement::Agreement& agreement, base::Instant at);
/// What a report says was done, to what and with what: `attacked Convoys with Weapons`.
Wording deed_words(const agreement::Agreement& agreement, const facts::Fact& fact);
/// Who did it according to the report: `Government`, `Government or Russian Federation`,
/// `somebody unnamed`.
Wording doer_words(const agreement::Agreement& agreement, const facts::Fact& fact);
Wording value_words(const agreement::Agreement& agreement, const facts::Value& value);
/// `in Aleppo`, empty where no place is reported.
Wording place_words(const agreement::Agreement& agreement, const facts::Fact& fact);
/// The verb as done: `attacked`.
Wording past_of(const agreement::Verb& verb);

}  // namespace truce::facts
