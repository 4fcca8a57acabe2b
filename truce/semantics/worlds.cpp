// SPDX-License-Identifier: Apache-2.0
// Section "Worlds" of docs/language/meaning.md.
#include "truce/semantics/internal/worlds.h"

#include "truce/facts/worlds.h"

namespace truce::semantics::internal {
namespace {

using facts::Opinion;

void realise(const facts::Part& reading, facts::Evidence& world) {
  for (const auto& [id, fact] : reading) {
    world.facts[id.index] = fact;
  }
}

// Every way to read those reports, one doubt after the other.
std::vector<facts::Part> readings_of(const agreement::Agreement& agreement,
                                     const facts::Evidence& evidence,
                                     const std::vector<facts::FactId>& together,
                                     const std::vector<base::Instant>& cuts) {
  std::vector<facts::Part> readings = {{}};
  for (const facts::Doubt doubt : facts::kDoubts) {
    std::vector<facts::Part> narrower;
    for (const facts::Part& reading : readings) {
      facts::Evidence one = evidence;
      realise(reading, one);
      for (facts::Part& way : facts::ways_of(agreement, one, together, doubt, cuts)) {
        narrower.push_back(std::move(way));
      }
    }
    readings = std::move(narrower);
  }
  return readings;
}

}  // namespace

const Worlds::All& Worlds::worlds_of(facts::AccountId account, bool with_institutional) {
  const auto [at, is_new] = known_.try_emplace({account, with_institutional});
  All& all = at->second;
  const std::size_t count =
      is_new ? facts::count_worlds(agreement_, evidence_, account, with_institutional) : 0;
  if (count < 2 || count > facts::kMostWorlds) {
    return all;
  }
  const std::vector<base::Instant> cuts = facts::cuts_of(agreement_, evidence_, account);
  std::vector<facts::Evidence> worlds = {evidence_};
  for (const auto& together : facts::realised_together(evidence_, account, with_institutional)) {
    const std::vector<facts::Part> readings = readings_of(agreement_, evidence_, together, cuts);
    std::vector<facts::Evidence> more;
    for (const facts::Evidence& world : worlds) {
      for (const facts::Part& reading : readings) {
        more.push_back(world);
        realise(reading, more.back());
      }
    }
    worlds = std::move(more);
  }
  for (facts::Evidence& evidence : worlds) {
    auto world = std::make_unique<World>();
    world->evidence = std::move(evidence);
    world->acts = official_acts(agreement_, world->evidence);
    world->telling = std::make_unique<Telling>(agreement_, world->evidence, world->acts, account);
    all.push_back(std::move(world));
  }
  return all;
}

Opinion Worlds::settled(Opinion joined, facts::AccountId account, agreement::ClauseId clause,
                        const Judge& judge) {
  if (joined != Opinion::Unknown || !are_tried_) {
    return joined;
  }
  const bool with_institutional = !facts::waits_upon_acts(agreement_, clause);
  std::optional<Opinion> common;
  for (const auto& world : worlds_of(account, with_institutional)) {
    const std::optional<Opinion> said = judge(world->evidence, *world->telling);
    if (!said.has_value() || *said == Opinion::Unknown || (common.has_value() && common != said)) {
      return Opinion::Unknown;
    }
    common = said;
  }
  return common.value_or(joined);
}

}  // namespace truce::semantics::internal
