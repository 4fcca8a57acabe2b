// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/telling.h"

#include "truce/monitor/internal/words.h"

namespace truce::monitor {

std::string Telling::whole() const {
  return when + " " + who_did_what() + (place.empty() ? "" : " " + place);
}

Telling telling_of(const agreement::Agreement& agreement, const facts::Fact& fact) {
  std::string place = internal::place_words(agreement, fact);
  if (!place.empty()) {
    place.erase(0, 1);
  }
  return {.when = internal::when_words(agreement, fact.when),
          .doer = internal::doer_words(agreement, fact),
          .deed = internal::deed_words(agreement, fact),
          .place = std::move(place)};
}

}  // namespace truce::monitor
