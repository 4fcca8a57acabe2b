// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/telling.h"

#include <gtest/gtest.h>

namespace truce::facts {
namespace {

agreement::Actor actor_of(std::string name) {
  agreement::Actor actor;
  actor.name = std::move(name);
  return actor;
}

TEST(Telling, SaysWhenWhoDidWhatAndWhere) {
  agreement::Agreement agreement;
  agreement.actors = {actor_of("North"), actor_of("South")};
  agreement::Verb attack;
  attack.name = "attack";
  attack.forms = {"attacks", "attacked"};
  facts::Fact fact;
  fact.verbs = {agreement.vocabulary.add_verb(attack)};
  fact.actors = {{{0}}, {{1}}};
  fact.objects.items = {facts::Value{}};
  fact.weapons.items = {facts::Value{}};
  fact.when = {base::Instant{0}, base::Instant{base::kDay.seconds}};
  EXPECT_EQ(telling_of(agreement, fact).whole().english(),
            "on 1 January 1970 North or South attacked something unnamed");
  fact.place_text = "Ayn";
  fact.is_actor_unknown = true;
  const Telling telling = telling_of(agreement, fact);
  EXPECT_EQ(telling.who_did_what().english(), "somebody unnamed attacked something unnamed");
  EXPECT_EQ(telling.place.english(), "at Ayn");
  EXPECT_EQ(telling.whole().english(),
            "on 1 January 1970 somebody unnamed attacked something unnamed at Ayn");
}

}  // namespace
}  // namespace truce::facts
