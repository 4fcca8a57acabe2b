// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/agreement/agreement.h"
#include "truce/facts/fact.h"
#include "truce/facts/wording.h"

namespace truce::facts {

/// What a report says, in the words of the agreement and in pieces.
struct Telling {
  // `on 17 September 2016, 15:55`
  Wording when;
  // `Government or Russian Federation`, `somebody unnamed`
  Wording doer;
  // `attacked Convoys with Weapons`
  Wording deed;
  // `at Urum al-Kubra`, `in Syria`; empty where no place is reported.
  Wording place;

  /// `Government attacked Convoys with Weapons`.
  [[nodiscard]] Wording who_did_what() const { return say("{} {}", doer, deed); }
  /// All of it, as the sentences of a replay begin: `on … Government attacked Convoys at …`.
  [[nodiscard]] Wording whole() const;
};

Telling telling_of(const agreement::Agreement& agreement, const facts::Fact& fact);

}  // namespace truce::facts
