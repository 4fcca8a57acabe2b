// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/telling.h"

#include "truce/facts/words.h"

namespace truce::facts {

std::string Telling::whole() const {
  return when + " " + who_did_what() + (place.empty() ? "" : " " + place);
}

Telling telling_of(const agreement::Agreement& agreement, const facts::Fact& fact) {
  std::string place = place_words(agreement, fact);
  if (!place.empty()) {
    place.erase(0, 1);
  }
  return {.when = when_words(agreement, fact.when),
          .doer = doer_words(agreement, fact),
          .deed = deed_words(agreement, fact),
          .place = std::move(place)};
}

}  // namespace truce::facts
