// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace truce::prose::internal {

/// The keys of phrases.def.
std::vector<std::string> phrase_keys();
/// The slots that the phrase may use; empty optional where there is no such phrase.
std::optional<std::vector<std::string>> phrase_slots(std::string_view key);
/// The entries of other sections that every lexicon has: units, months, roles, agents, …
std::vector<std::pair<std::string, std::string>> fixed_entries();

}  // namespace truce::prose::internal
