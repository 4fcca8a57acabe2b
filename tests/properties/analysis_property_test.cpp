// SPDX-License-Identifier: Apache-2.0
// Findings against trying every hour, on small random agreements.
#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/support/effort.h"
#include "tests/support/small_truce.h"
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "truce/analysis/analyse.h"
#include "truce/facts/resolve.h"
#include "truce/semantics/evaluate.h"

namespace truce::analysis {
namespace {

constexpr int kHours = 24;

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  int below(int count) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(count)); }
  bool is_one_in(int count) { return below(count) == 0; }

 private:
  std::mt19937 engine_;
};

std::string hour(int hours) { return hours == 0 ? "D" : fmt::format("D + {} hours", hours); }

// One duty and up to three prohibitions on hours 0 to 23, some with exceptions; one harm.
std::string random_text(Dice& dice) {
  const std::vector<std::string> subjects = {"each Party", "North", "South",
                                             "North, South and Aland each"};
  const std::vector<std::string> acts = {
      "move Forces", "carry Weapons", "escort Convoys with Weapons",
      "attack Civilians with Weapons", "attack Civilians or Convoys with Weapons"};
  const std::vector<std::string> places = {"", "; in Country", "; in Country"};
  std::string text =
      "truce \"T\"; of 2029-12-31; clock C at UTC+00:00; days of 24 hours; vocabulary "
      "\"truce/ceasefire-1\".\nparties North; South.\nguarantors Aland ensures compliance of "
      "North.\nplaces Country = annex A area.\nmoments D = 2030-01-01 00:00.\n";
  const std::vector<std::string> duties = {"move Forces", "escort Convoys with Weapons",
                                           "carry Weapons"};
  const int start = dice.below(12);
  text += fmt::format(
      "1.1 {} shall {}; in Country; from {}; not later than {}; consequence none stated.\n",
      dice.is_one_in(2) ? "North" : "North or South",
      duties[static_cast<std::size_t>(dice.below(3))], hour(start), hour(start + dice.below(8)));
  const int prohibitions = 1 + dice.below(3);
  for (int i = 0; i < prohibitions; ++i) {
    const int from = dice.below(14);
    text += fmt::format(
        "2.{} {} shall not {}{}; from {}{}{}; consequence none stated.\n", i + 1,
        subjects[static_cast<std::size_t>(dice.below(4))],
        acts[static_cast<std::size_t>(dice.below(5))],
        places[static_cast<std::size_t>(dice.below(3))], hour(from),
        dice.is_one_in(4) ? "" : fmt::format("; until {}", hour(from + 1 + dice.below(9))),
        dice.is_one_in(5) ? "; except for Convoys" : "");
  }
  return text + "harms Hurt = anyone attack Civilians or Convoys with Weapons.\n";
}

// Whether somebody is or may be in breach of a prohibition for that act alone, by the meaning.
std::set<std::string> broken_by(const agreement::Agreement& agreement, agreement::ActorId actor,
                                agreement::Act act, int at, bool only_certain) {
  agreement::Complement in;
  in.preposition = agreement::Preposition::In;
  agreement::Noun country;
  country.head = agreement::Noun::Head::Place;
  country.place = *agreement.find_place("Country");
  country.text = "Country";
  in.nouns.items = {country};
  act.complements.push_back(in);
  agreement::ScenarioEvent event;
  event.at = base::Instant{base::start_of({2030, 1, 1}).seconds + at * 3600};
  event.act = act;
  agreement::Agent agent;
  agent.who = agreement::Agent::Who::Actor;
  agent.actor = actor;
  event.agents = {agent};
  agreement::Scenario scenario;
  scenario.events = {event};
  const auto evidence = facts::from_scenario(agreement, scenario);
  std::set<std::string> numbers;
  for (const facts::Verdict& verdict : semantics::evaluate(agreement, evidence).verdicts) {
    const bool counts = only_certain ? verdict.outcome == facts::Outcome::Broken
                                     : verdict.outcome != facts::Outcome::Kept;
    if (verdict.incident.has_value() && counts &&
        agreement.clause(verdict.clause).number != "1.1") {
      numbers.insert(agreement.clause(verdict.clause).number);
    }
  }
  return numbers;
}

bool has_contradiction(const Analysis& analysis) {
  return std::any_of(analysis.findings.begin(), analysis.findings.end(),
                     [](const Finding& finding) { return finding.code == Code::C01; });
}

int hour_of(const agreement::MomentExpression& moment) {
  std::int64_t seconds = 0;
  for (const auto& step : moment.steps) {
    seconds += step.sign * step.period.seconds;
  }
  return static_cast<int>(seconds / 3600);
}

// Every bearer is kept from it at every hour of its window.
bool is_blocked(const agreement::Agreement& agreement) {
  const agreement::Clause& duty = agreement.clauses[0];
  const int from = hour_of(duty.find<agreement::From>()->at);
  const int due = hour_of(*duty.find<agreement::Due>()->deadline.moment);
  for (const agreement::Agent& agent : duty.subject.agents) {
    for (int at = from; at <= due; ++at) {
      if (broken_by(agreement, agent.actor, duty.act, at, true).empty()) {
        return false;
      }
    }
  }
  return true;
}

TEST(AnalysisProperty, FindsAContradictionExactlyWhereNoHourIsFree) {
  int contradictions = 0;
  for (std::uint32_t seed = 0; seed < 600; ++seed) {
    Dice dice(seed);
    std::string complaints;
    const std::string text = random_text(dice);
    const auto agreement = testing::agreement_of(text, &complaints);
    ASSERT_EQ("", complaints) << text;
    const bool wanted = is_blocked(agreement);
    const Analysis analysis = analyse(agreement, {});
    contradictions += wanted ? 1 : 0;
    ASSERT_EQ(wanted, has_contradiction(analysis)) << "seed " << seed << "\n" << text;
  }
  // A test that never sees one shows nothing.
  EXPECT_GT(contradictions, 20);
}

TEST(AnalysisProperty, TellsTheSmallestSetsThatLeaveNoHour) {
  for (std::uint32_t seed = 0; seed < testing::cases(600); ++seed) {
    Dice dice(seed);
    const auto agreement = testing::agreement_of(random_text(dice));
    for (const Finding& finding : analyse(agreement, {}).findings) {
      if (finding.code != Code::C01) {
        continue;
      }
      // Without any one of the prohibitions it names, and those it does not name, an hour is free.
      for (const agreement::ClauseId dropped : finding.clauses) {
        if (dropped.index == 0) {
          continue;
        }
        agreement::Agreement less = agreement;
        for (std::size_t i = 1; i < less.clauses.size(); ++i) {
          const auto id = base::id_at<agreement::ClauseId>(i);
          const bool is_named = std::find(finding.clauses.begin(), finding.clauses.end(), id) !=
                                finding.clauses.end();
          if (id == dropped || !is_named) {
            less.clauses[i].form = agreement::Form::Reservation;
          }
        }
        ASSERT_FALSE(is_blocked(less)) << "seed " << seed;
      }
    }
  }
}

// Hours at which no prohibition is broken by a side that strikes what the harm names.
TEST(AnalysisProperty, FindsWhoeverIsBoundByNothingAndNobodyElse) {
  int unbound = 0;
  for (std::uint32_t seed = 0; seed < testing::cases(500); ++seed) {
    Dice dice(seed);
    const std::string text = random_text(dice);
    const auto agreement = testing::agreement_of(text);
    const Analysis analysis = analyse(agreement, {});
    const bool has_lapse =
        std::any_of(analysis.findings.begin(), analysis.findings.end(),
                    [](const Finding& finding) { return finding.code == Code::L03; });
    if (has_lapse) {
      continue;
    }
    for (const std::string_view name : {"North", "South", "Aland"}) {
      const auto actor = *agreement.find_actor(name);
      bool is_bound = false;
      for (int at = 0; at < 2 * kHours; ++at) {
        for (const agreement::Noun& target : agreement.harms[0].act.object.items) {
          agreement::Act act = agreement.harms[0].act;
          act.object.items = {target};
          is_bound = is_bound || !broken_by(agreement, actor, act, at, false).empty();
        }
      }
      const bool is_told = std::any_of(
          analysis.findings.begin(), analysis.findings.end(), [&](const Finding& finding) {
            const bool is_of_nobody =
                finding.code == Code::L01 && finding.reason == "object" && finding.clauses.empty();
            return is_of_nobody || (finding.code == Code::L01 && finding.reason == "actor" &&
                                    finding.key.find(name) != std::string::npos);
          });
      unbound += is_bound ? 0 : 1;
      ASSERT_EQ(!is_bound, is_told) << name << ", seed " << seed << "\n" << text;
    }
  }
  EXPECT_GT(unbound, 50);
}

TEST(AnalysisProperty, GivesTheSameTwice) {
  for (std::uint32_t seed = 0; seed < testing::cases(100); ++seed) {
    Dice dice(seed);
    const std::string text = random_text(dice);
    const auto lines = [&] {
      std::string all;
      for (const Finding& finding : analyse(testing::agreement_of(text), {}).findings) {
        all += finding.message.english() + finding.outcome.english() + "\n";
      }
      return all;
    };
    ASSERT_EQ(lines(), lines());
  }
}

}  // namespace
}  // namespace truce::analysis
