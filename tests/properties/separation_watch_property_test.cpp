// SPDX-License-Identifier: Apache-2.0
// The watch of separation clauses against a slow and obvious program: at every second that matters
// it looks for what stands anew, and at every pair of it.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/support/dice.h"
#include "tests/support/small_truce.h"
#include <gtest/gtest.h>

#include "truce/geometry/region.h"
#include "truce/separation/watch.h"

namespace truce::testing {
namespace {

using separation::Apartness;
using separation::Observation;
using separation::Standing;

constexpr double kWanted = 2000;
constexpr std::int64_t kLifetime = 7200;

struct World {
  separation::PresenceReading reading;
  std::vector<separation::Whose> whose;
  base::Instant start;
  base::Instant now;
};

World random_world(Dice& dice, const agreement::Agreement& text) {
  World world;
  world.reading.files = {"presence.csv"};
  world.start = base::start_of({2030, 1, 1});
  world.now = world.start + base::Duration{static_cast<std::int64_t>(6 + dice.below(5)) * 3600};
  const std::size_t count = 1 + dice.below(14);
  for (std::size_t i = 0; i < count; ++i) {
    Observation seen;
    seen.id = dice.one_in(4) ? "" : dice.any({"a", "b", "c", "d"});
    seen.actor.names = {dice.any({"North", "South", "South", "Outlaws"})};
    if (dice.one_in(9)) {
      seen.actor.names.push_back("North");
    }
    seen.kind.names = dice.one_in(6) ? std::vector<std::string>{}
                                     : std::vector<std::string>{dice.any({"Fighters", "Tanks"})};
    seen.at = world.start + base::Duration{static_cast<std::int64_t>(dice.below(20)) * 1800};
    if (!dice.one_in(12)) {
      seen.point = base::Point{{50.5}, {10.0 + static_cast<double>(dice.below(9)) * 0.012}};
    }
    seen.radius.value = dice.one_in(3) ? 300 : 0;
    seen.confidence = dice.one_in(6) ? 0.5 : 1;
    seen.according_to = dice.any({"A", "A", "B"});
    separation::Whose whose;
    for (const std::string& name : seen.actor.names) {
      whose.actors.push_back(text.find_actor(name));
    }
    world.whose.push_back(std::move(whose));
    world.reading.observations.push_back(std::move(seen));
  }
  return world;
}

// 2: surely of the side and, of South, fighters; 1: perhaps; 0: not.
int is_of(const Observation& seen, const std::string& side, bool are_forces) {
  const auto& names = seen.actor.names;
  const auto of_it = std::count(names.begin(), names.end(), side);
  const int whose = of_it == 0 ? 0 : of_it == static_cast<std::ptrdiff_t>(names.size()) ? 2 : 1;
  const int kind = !are_forces                             ? 2
                   : seen.kind.names.empty()               ? 1
                   : seen.kind.names.front() == "Fighters" ? 2
                                                           : 0;
  return std::min(whose, kind);
}

Apartness state_by_hand(const World& world, const std::string& account, base::Instant at) {
  std::vector<const Observation*> standing;
  for (const Observation& seen : world.reading.observations) {
    bool is_last = true;
    bool is_behind = false;
    for (const Observation& other : world.reading.observations) {
      is_behind = is_behind || &other == &seen;
      const bool is_later = other.at > seen.at || (other.at == seen.at && is_behind);
      if (&other != &seen && !seen.id.empty() && other.id == seen.id &&
          other.according_to == account && other.at <= at && is_later) {
        is_last = false;
      }
    }
    if (seen.according_to == account && seen.at <= at && at < seen.at + base::Duration{kLifetime} &&
        is_last) {
      standing.push_back(&seen);
    }
  }
  bool is_own_seen = false;
  bool is_other_seen = false;
  bool is_doubt = false;
  bool is_near = false;
  for (const Observation* one : standing) {
    const int own = is_of(*one, "South", true);
    const int other = is_of(*one, "North", false);
    is_doubt = is_doubt || (!one->point && own + other > 0);
    is_own_seen = is_own_seen || (one->point && own > 0);
    is_other_seen = is_other_seen || (one->point && other > 0);
    for (const Observation* two : standing) {
      const int pair = std::min(own, is_of(*two, "North", false));
      if (one == two || pair == 0 || !one->point || !two->point) {
        continue;
      }
      const double away = geometry::distance(*one->point, *two->point).value;
      const double doubt = one->radius.value + two->radius.value;
      is_doubt = is_doubt || away - doubt < kWanted;
      is_near = is_near || (pair == 2 && one->confidence == 1 && two->confidence == 1 &&
                            away + doubt < kWanted);
    }
  }
  return is_near                                     ? Apartness::Near
         : is_own_seen && is_other_seen && !is_doubt ? Apartness::Apart
                                                     : Apartness::Undetermined;
}

const char* kClause =
    "1.1 South shall separate Forces away from Forces of North at least 2 km; not later than "
    "2030-01-01 04:30; consequence none stated.\n";

TEST(SeparationWatch, AgreesWithLookingAtEveryPairAtEveryMoment) {
  const agreement::Agreement text = agreement_of(northland("", kClause));
  std::map<Apartness, std::size_t> met;
  std::map<Standing, std::size_t> opinions;
  std::size_t streaks = 0;
  for (std::uint64_t seed = 1; seed <= 400 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const World world = random_world(dice, text);
    const base::Duration wanted{900 * static_cast<std::int64_t>(1 + dice.below(12))};
    const auto clauses = separation::watch_clauses(
        text, world.reading, world.whose,
        {.now = world.now, .lifetime = {kLifetime}, .distance = {1000}, .streak = wanted});
    ASSERT_EQ(clauses.size(), 1U);
    for (const separation::AccountWatch& account : clauses[0].accounts) {
      ASSERT_FALSE(account.stretches.empty());
      base::Instant last = account.stretches.front().when.from;
      for (const separation::ApartnessStretch& stretch : account.stretches) {
        EXPECT_EQ(stretch.when.from, last);
        last = stretch.when.to;
      }
      EXPECT_EQ(last, world.now + base::Duration{1});
      std::optional<base::Instant> since;
      std::optional<base::Instant> full;
      for (base::Instant at = account.stretches.front().when.from; at <= world.now;
           at = at + base::Duration{900}) {
        const Apartness by_hand = state_by_hand(world, account.account, at);
        const auto told =
            std::find_if(account.stretches.begin(), account.stretches.end(),
                         [at](const auto& one) { return one.when.from <= at && at < one.when.to; });
        EXPECT_EQ(told->state, by_hand) << base::to_iso(at, {}) << account.account;
        // What has lasted until this moment, whether or not it goes on.
        full = !full && since && at - *since >= wanted ? at : full;
        since = by_hand != Apartness::Apart ? std::nullopt : since ? since : std::optional(at);
        ++met[by_hand];
      }
      EXPECT_EQ(account.apart_since, since);
      EXPECT_EQ(account.streak_at, full);
      streaks += full ? 1 : 0;
      const Apartness at_end =
          state_by_hand(world, account.account, world.start + base::Duration{16200});
      EXPECT_EQ(account.opinion, at_end == Apartness::Apart  ? Standing::Kept
                                 : at_end == Apartness::Near ? Standing::Broken
                                                             : Standing::Unknown);
      ++opinions[account.opinion];
    }
  }
  EXPECT_GT(met[Apartness::Apart], 100U);
  EXPECT_GT(met[Apartness::Near], 100U);
  EXPECT_GT(met[Apartness::Undetermined], 100U);
  EXPECT_EQ(opinions.size(), 3U);
  EXPECT_GT(streaks, 30U);
}

}  // namespace
}  // namespace truce::testing
