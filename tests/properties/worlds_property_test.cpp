// SPDX-License-Identifier: Apache-2.0
// What several doubtful reports give together: the engine, which searches, against the interpreter,
// which tries every world; and both against worlds drawn at random.
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "tests/properties/worlds_cases.h"

namespace truce::testing {
namespace {

using facts::Opinion;

// A number of the dice from 0 up to 1.
double part(std::mt19937_64& dice) { return static_cast<double>(dice() % 1'000'000) / 1e6; }

template <typename Item>
void keep_one(std::vector<Item>& items, std::mt19937_64& dice) {
  items = {items[dice() % items.size()]};
}

// Some instant of the range: at its ends, beside a cut, or anywhere.
base::Instant instant_in(base::TimeRange range, const std::vector<base::Instant>& cuts,
                         std::mt19937_64& dice) {
  const base::Instant last = facts::last_of(range);
  std::vector<base::Instant> candidates = {range.from, last};
  for (const base::Instant cut : cuts) {
    if (cut > range.from && cut <= last) {
      candidates.push_back(cut);
      candidates.push_back(base::Instant{cut.seconds - 1});
    }
  }
  candidates.push_back(
      range.from + base::Duration{static_cast<std::int64_t>(
                       part(dice) * static_cast<double>(last.seconds - range.from.seconds + 1))});
  return candidates[dice() % candidates.size()];
}

// Some point of the disc. Never the centre, which lies on borders here.
geometry::Disc point_in(const geometry::Disc& disc, std::mt19937_64& dice) {
  for (;;) {
    const double away = disc.radius.value * std::sqrt(part(dice));
    const double turn = 6.283185307179586 * part(dice);
    const base::Point at{
        {disc.centre.latitude.degrees + away * std::sin(turn) / 111'200},
        {disc.centre.longitude.degrees +
         away * std::cos(turn) / 111'200 / std::cos(disc.centre.latitude.degrees * 0.0174533)}};
    if (geometry::distance(disc.centre, at) <= disc.radius) {
      return {at, {0}};
    }
  }
}

// Every report of every account realised in some way within what it says, by no help of what is
// tested here.
facts::Evidence some_world(const facts::Evidence& evidence, const std::vector<base::Instant>& cuts,
                           std::mt19937_64& dice) {
  facts::Evidence world = evidence;
  std::map<facts::IncidentId, base::TimeRange> hulls;
  for (const facts::Fact& fact : evidence.facts) {
    const auto at = hulls.try_emplace(fact.incident, fact.when).first;
    at->second = {std::min(at->second.from, fact.when.from), std::max(at->second.to, fact.when.to)};
  }
  for (facts::Fact& fact : world.facts) {
    const bool is_institutional = fact.institutional != facts::InstitutionalAct::None;
    const base::Instant at =
        instant_in(is_institutional ? hulls[fact.incident] : fact.when, cuts, dice);
    if (is_institutional) {
      hulls[fact.incident] = {at, at};
    } else {
      keep_one(fact.actors, dice);
      if (!fact.verbs.empty()) {
        keep_one(fact.verbs, dice);
      }
      for (facts::Values* values : {&fact.objects, &fact.weapons}) {
        if (!values->is_all_of) {
          keep_one(values->items, dice);
        }
      }
    }
    fact.when = {at, at};
    if (fact.where.has_value() && fact.where->radius.value > 0) {
      fact.where = point_in(*fact.where, dice);
    }
  }
  return world;
}

// What an account says of a clause, by bearers and, of prohibitions, incident. Duties that arise
// more than once are left out: they have no name that all worlds share.
using Key = std::tuple<agreement::ClauseId, std::vector<agreement::ActorId>,
                       std::optional<facts::IncidentId>, facts::AccountId>;
using Opinions = std::map<Key, Opinion>;

Opinions opinions_of(const agreement::Agreement& agreement, const facts::Verdicts& verdicts) {
  Opinions found;
  for (const facts::Verdict& verdict : verdicts.verdicts) {
    const agreement::Clause& clause = agreement.clause(verdict.clause);
    const bool is_prohibition = clause.form == agreement::Form::Prohibition;
    if (!is_prohibition && clause.waits()) {
      continue;
    }
    for (const facts::AccountOpinion& opinion : verdict.opinions) {
      found[{verdict.clause, verdict.bearers, is_prohibition ? verdict.incident : std::nullopt,
             opinion.account}] = opinion.opinion;
    }
  }
  return found;
}

// Kept prohibitions are not listed.
std::optional<Opinion> said_in(const Opinions& opinions, const Key& key) {
  const auto at = opinions.find(key);
  return at != opinions.end()           ? std::optional(at->second)
         : std::get<2>(key).has_value() ? std::optional(Opinion::Kept)
                                        : std::nullopt;
}

constexpr std::uint64_t kFirstSeed = 20160917;

TEST(WorldsProperty, EngineEqualsTheInterpreterThatTriesEveryWorld) {
  WorldsTried tried;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + 600; ++seed) {
    expect_worlds_equal(seed, tried);
    if (::testing::Test::HasFatalFailure()) {
      return;
    }
  }
  // Otherwise nothing was tested.
  EXPECT_GT(tried.compared, 400U);
  EXPECT_GT(tried.settled, 20U);
  RecordProperty("compared", static_cast<int>(tried.compared));
  RecordProperty("settled", static_cast<int>(tried.settled));
}

// A definite opinion is what every world gives; one that stays unknown though nothing in it is
// beyond telling apart differs between worlds.
TEST(WorldsProperty, EveryWorldGivesADefiniteOpinionAndWorldsDifferOnAnUnknownOne) {
  constexpr int kWorlds = 30;
  // As long as some opinion that differs between worlds has not been seen to.
  constexpr int kMostWorlds = 600;
  std::size_t definite = 0;
  std::size_t differs = 0;
  std::size_t not_shown = 0;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + 600; ++seed) {
    const RandomTruce one = random_doubts(seed);
    const facts::Evidence evidence = one.record.on(one.agreement);
    const Opinions searched = opinions_of(
        one.agreement,
        monitor::replay(one.agreement, evidence, {.reading = {}, .with_explanations = false})
            .verdicts);
    std::vector<base::Instant> cuts;
    for (std::size_t i = 0; i < evidence.accounts.size(); ++i) {
      const auto more = facts::cuts_of(one.agreement, evidence, base::id_at<facts::AccountId>(i));
      cuts.insert(cuts.end(), more.begin(), more.end());
    }
    std::mt19937_64 dice(seed);
    std::map<Key, std::set<std::optional<Opinion>>> seen;
    const auto is_shown = [&] {
      return std::all_of(searched.begin(), searched.end(), [&](const auto& said) {
        return said.second != Opinion::Unknown || seen[said.first].size() > 1 ||
               seen[said.first].count(Opinion::Unknown) > 0;
      });
    };
    for (int i = 0; i < kWorlds || (i < kMostWorlds && !is_shown()); ++i) {
      const facts::Evidence world = some_world(evidence, cuts, dice);
      const Opinions in_world = opinions_of(
          one.agreement, semantics::evaluate(one.agreement, world, {.with_worlds = false}));
      for (const auto& [key, opinion] : searched) {
        const std::optional<Opinion> said = said_in(in_world, key);
        seen[key].insert(said);
        ASSERT_TRUE(opinion == Opinion::Unknown || said == opinion)
            << worlds_case(seed, one) << "\n"
            << one.agreement.clause(std::get<0>(key)).number << " " << facts::to_text(opinion)
            << " but in a world " << (said.has_value() ? facts::to_text(*said) : "nothing") << "\n"
            << lines_of(one.agreement, world,
                        semantics::evaluate(one.agreement, world, {.with_worlds = false}));
      }
    }
    for (const auto& [key, opinion] : searched) {
      definite += opinion != Opinion::Unknown ? 1 : 0;
      const std::set<std::optional<Opinion>>& all = seen[key];
      const bool is_left_open = all.count(Opinion::Unknown) > 0;
      if (opinion == Opinion::Unknown && !is_left_open) {
        differs += all.size() > 1 ? 1 : 0;
        not_shown += all.size() > 1 ? 0 : 1;
      }
    }
  }
  RecordProperty("definite", static_cast<int>(definite));
  RecordProperty("differs", static_cast<int>(differs));
  RecordProperty("not_shown", static_cast<int>(not_shown));
  EXPECT_GT(definite, 500U);
  EXPECT_GT(differs, 200U);
  EXPECT_EQ(not_shown, 0U);
}

}  // namespace
}  // namespace truce::testing
