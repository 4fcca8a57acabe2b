// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/telling.h"

#include "truce/facts/words.h"

namespace truce::facts {

Wording Telling::whole() const {
  return place.empty() ? say("{} {} {}", when, doer, deed)
                       : say("{} {} {} {}", when, doer, deed, place);
}

Telling telling_of(const agreement::Agreement& agreement, const facts::Fact& fact) {
  return {.when = when_words(agreement, fact.when),
          .doer = doer_words(agreement, fact),
          .deed = deed_words(agreement, fact),
          .place = place_words(agreement, fact)};
}

}  // namespace truce::facts
