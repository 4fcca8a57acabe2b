// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"

namespace truce::facts {

/// What a report says, in the words of the agreement and in pieces.
struct Telling {
  // `on 17 September 2016, 15:55`
  std::string when;
  // `Government or Russian Federation`, `somebody unnamed`
  std::string doer;
  // `attacked Convoys with Weapons`
  std::string deed;
  // `at Urum al-Kubra`, `in Syria`; empty where no place is reported.
  std::string place;

  /// `Government attacked Convoys with Weapons`.
  [[nodiscard]] std::string who_did_what() const { return doer + " " + deed; }
  /// All of it, as the sentences of a replay begin: `on … Government attacked Convoys at …`.
  [[nodiscard]] std::string whole() const;
};

Telling telling_of(const agreement::Agreement& agreement, const facts::Fact& fact);

}  // namespace truce::facts
