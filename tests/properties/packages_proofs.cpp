// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/packages_proofs.h"

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string>

#include "tests/support/dice.h"
#include "tests/support/random_games.h"
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "truce/packages/proof.h"
#include "truce/proof_check/proof_check.h"

namespace truce::testing {

using packages::Frontier;
using packages::GainFrom;
using packages::Game;
using packages::Integer;

// Whether some packages are as near to all others as they say.
void expect_near(const Game& game, const Frontier& some, const Frontier& frontier) {
  EXPECT_EQ(some.points.empty(), frontier.points.empty());
  for (const packages::Point& point : some.points) {
    EXPECT_TRUE(packages::is_feasible(game, point.package));
    for (std::size_t party = 0; party < game.parties.size(); ++party) {
      EXPECT_EQ(point.worth[party], packages::worth(game.parties[party], point.package));
    }
  }
  for (const packages::Point& wanted : frontier.points) {
    EXPECT_TRUE(
        std::any_of(some.points.begin(), some.points.end(), [&](const packages::Point& point) {
          for (std::size_t party = 0; party < game.parties.size(); ++party) {
            const Integer reach = some.is_complete ? Integer(0) : some.within[party];
            if (point.worth[party] + reach < wanted.worth[party]) {
              return false;
            }
          }
          return true;
        }));
  }
}

namespace {

// With the sum at the end that fits.
std::string with_sum(const std::string& proof) {
  const std::size_t first = proof.find('\n') + 1;
  const std::string log = packages::log_of(proof.substr(first, proof.rfind("end ") - first));
  return proof.substr(0, first) + log.substr(log.find('\n') + 1);
}

// What a log says, read without its reasons, and whether it is true.
class Claims {
 public:
  Claims(const Game& game, const Frontier& frontier, const std::string& proof)
      : game_(&game), frontier_(&frontier), words_(proof) {
    for (std::string word; words_ >> word;) {
      read(word);
    }
    end_points();
  }

  [[nodiscard]] bool are_true() const { return are_true_; }
  // All relaxations and conflicts.
  [[nodiscard]] const std::string& sets() const { return sets_; }

 private:
  void read(const std::string& word) {
    if (word == "within") {
      end_points();
      within_.resize(game_->parties.size());
      for (Integer& more : within_) {
        std::string number;
        words_ >> number;
        more = Integer::from_text(number).value_or(Integer(-1));
      }
    } else if (word == "package") {
      points_.push_back(worth_of(read_package()));
    } else if (word == "rule") {
      read_rule();
    } else if (word == "relaxation" || word == "conflict") {
      sets_ += word;
      for (std::string one; words_ >> one && one != "by";) {
        sets_ += " " + one;
      }
      sets_ += "\n";
    }
  }

  packages::Package read_package() {
    packages::Package package(game_->issues.size());
    for (std::uint32_t& option : package) {
      words_ >> option;
    }
    return package;
  }

  [[nodiscard]] std::vector<Integer> worth_of(const packages::Package& package) const {
    std::vector<Integer> worth;
    for (const packages::Party& party : game_->parties) {
      worth.push_back(packages::worth(party, package));
    }
    return worth;
  }

  // No point of the frontier is worth more beyond what is said, and without more all are there.
  void end_points() {
    if (within_.empty()) {
      return;
    }
    for (const packages::Point& point : frontier_->points) {
      are_true_ =
          are_true_ &&
          std::any_of(points_.begin(), points_.end(), [&](const std::vector<Integer>& near) {
            for (std::size_t party = 0; party < near.size(); ++party) {
              if (near[party] + within_[party] < point.worth[party]) {
                return false;
              }
            }
            return true;
          });
    }
    const bool is_frontier = within_ == std::vector<Integer>(within_.size());
    are_true_ = are_true_ && (!is_frontier || points_.size() == frontier_->points.size());
    within_.clear();
    points_.clear();
  }

  void read_rule() {
    std::string rule;
    std::string from;
    words_ >> rule >> from;
    const packages::Solutions chosen =
        packages::choose(*game_, *frontier_, from == "zero" ? GainFrom::Zero : GainFrom::WalkAway);
    const std::optional<std::size_t> place = rule == "nash" ? chosen.nash
                                             : rule == "kalai_smorodinsky"
                                                 ? chosen.kalai_smorodinsky
                                             : rule == "egalitarian" ? chosen.egalitarian
                                                                     : chosen.utilitarian;
    const auto here = words_.tellg();
    std::string next;
    words_ >> next;
    if (next == "none" || !place.has_value()) {
      are_true_ = are_true_ && next == "none" && !place.has_value();
      return;
    }
    words_.seekg(here);
    const std::vector<Integer> worth = worth_of(read_package());
    are_true_ = are_true_ &&
                measure(rule, from, worth) == measure(rule, from, frontier_->points[*place].worth);
  }

  [[nodiscard]] std::vector<packages::Fraction> measure(const std::string& rule,
                                                        const std::string& from,
                                                        const std::vector<Integer>& worth) const {
    using packages::Fraction;
    const bool is_of_gains = rule == "nash" || rule == "kalai_smorodinsky";
    std::vector<Fraction> gains;
    Fraction all{rule == "nash" ? 1 : 0, 1};
    for (std::size_t party = 0; party < worth.size(); ++party) {
      const packages::Party& side = game_->parties[party];
      const Integer least =
          is_of_gains && from == "walk-away" ? side.walk_away.value_or(Integer(0)) : Integer(0);
      Integer ideal;
      for (const packages::Point& point : frontier_->points) {
        ideal = std::max(ideal, point.worth[party] - least);
      }
      const Fraction gain{worth[party] - least, side.denominator};
      all = rule == "nash" ? all * gain : all + gain;
      if (rule == "egalitarian") {
        gains.push_back(gain);
      } else if (!ideal.is_zero()) {
        gains.push_back({worth[party] - least, ideal});
      }
    }
    std::sort(gains.begin(), gains.end());
    return rule == "nash" || rule == "utilitarian" ? std::vector<Fraction>{all} : gains;
  }

  const Game* game_;
  const Frontier* frontier_;
  std::istringstream words_;
  std::vector<Integer> within_;
  std::vector<std::vector<Integer>> points_;
  std::string sets_;
  bool are_true_ = true;
};

std::string changed_at(const std::string& proof, std::size_t at, Dice& dice) {
  const std::string letters = "0123456789 -\nnode";
  std::string changed = proof;
  switch (dice.below(3)) {
    case 0:
      changed.erase(at, 1);
      break;
    case 1:
      changed.insert(at, 1, letters[dice.below(letters.size())]);
      break;
    default:
      changed[at] = letters[dice.below(letters.size())];
  }
  return changed;
}

// What the log proves of the game, or of the game with ways out.
proof_check::Proved proved_of(const Game& game, const std::string& proof) {
  const proof_check::Checked checked = proof_check::check_proof(proof);
  EXPECT_EQ(checked.problem.value_or(""), "") << proof;
  proof_check::Proved all;
  for (const proof_check::Proved& each : checked.games) {
    if (each.game == packages::statement_of(game)) {
      all = each;
    } else {
      EXPECT_EQ(each.game, packages::statement_of(packages::with_ways_out(game)));
      all.demands_beside_walk_away = each.demands_beside_walk_away;
    }
  }
  return all;
}

// Whether it is about the game.
bool is_accepted(const Game& game, const std::string& proof) {
  const proof_check::Checked checked = proof_check::check_proof(proof);
  return !checked.problem.has_value() &&
         std::all_of(checked.games.begin(), checked.games.end(), [&](const auto& each) {
           return each.game == packages::statement_of(game) ||
                  each.game == packages::statement_of(packages::with_ways_out(game));
         });
}

// The proof is accepted, and a change of it is not. Where the change is one that the sum at the end
// was made to fit, the log is refused, or what it says is true.
void expect_holds(const Game& game, const Frontier& frontier, const std::string& proof,
                  std::uint64_t seed) {
  const proof_check::Checked checked = proof_check::check_proof(proof);
  ASSERT_FALSE(checked.problem.has_value()) << *checked.problem << "\n" << proof;
  ASSERT_TRUE(is_accepted(game, proof));
  ASSERT_TRUE(Claims(game, frontier, proof).are_true()) << proof;
  Dice dice(seed);
  // Changes of what states the game are seen without any proof.
  const std::size_t begin = proof.find(checked.games[0].game) + checked.games[0].game.size();
  const std::size_t at = begin + dice.below(proof.size() - begin);
  const std::string changed = changed_at(proof, at, dice);
  if (changed == proof) {
    return;
  }
  EXPECT_FALSE(is_accepted(game, changed)) << changed;
  if (at < proof.rfind("end ")) {
    const std::string summed = with_sum(changed);
    if (is_accepted(game, summed)) {
      const Claims claims(game, frontier, summed);
      EXPECT_TRUE(claims.are_true()) << proof << summed;
      EXPECT_EQ(claims.sets(), Claims(game, frontier, proof).sets()) << summed;
    }
  }
}

}  // namespace

void expect_proof_of_frontier(const Game& game, const Frontier& frontier, std::uint64_t seed) {
  const auto proof =
      packages::write_proof(game, frontier, seed % 2 == 0 ? GainFrom::Zero : GainFrom::WalkAway);
  ASSERT_TRUE(proof.has_value()) << proof.error().message;
  expect_holds(game, frontier, *proof, seed);
  EXPECT_EQ(proved_of(game, *proof).points, frontier.points.size());
}

namespace {

// By trees, as where there is no diagram.
void expect_proof_by_tree(const Game& game, const Frontier& frontier, std::uint64_t seed) {
  const GainFrom from = seed % 2 == 0 ? GainFrom::Zero : GainFrom::WalkAway;
  const auto proof = packages::write_proof(game, frontier, from, {.points = 1});
  ASSERT_TRUE(proof.has_value()) << proof.error().message;
  expect_holds(game, frontier, *proof, seed);
  EXPECT_EQ(proved_of(game, *proof).points, frontier.points.size());
}

void expect_proof_of_choices(const Game& game, const Frontier& frontier, GainFrom from,
                             std::uint64_t seed) {
  using packages::Rule;
  for (const Rule rule :
       {Rule::Nash, Rule::KalaiSmorodinsky, Rule::Egalitarian, Rule::Utilitarian}) {
    const auto optimum = packages::find_optimum(game, rule, from);
    if (!optimum) {
      continue;
    }
    const auto claim = packages::prove_choice(game, rule, from, *optimum);
    ASSERT_TRUE(claim.has_value()) << claim.error().message;
    expect_holds(game, frontier, packages::proof_of(game, *claim), seed);
  }
}

void expect_proof_of_conflicts(const Game& game, const Frontier& frontier, std::uint64_t seed) {
  const auto among_demands = packages::find_demand_conflicts(game);
  const auto among_issues = packages::find_issue_conflicts(game);
  const auto demands = packages::prove_conflicts(game, *among_demands, packages::Among::Demands);
  const auto issues = packages::prove_conflicts(game, *among_issues, packages::Among::Issues);
  ASSERT_TRUE(demands.has_value()) << demands.error().message;
  ASSERT_TRUE(issues.has_value()) << issues.error().message;
  const std::string proof = packages::proof_of(game, *demands + *issues);
  expect_holds(game, frontier, proof, seed);
  const proof_check::Proved proved = proved_of(game, proof);
  EXPECT_EQ(proved.demands->conflicts, among_demands->sets.size());
  EXPECT_EQ(proved.demands_beside_walk_away->relaxations, among_issues->relaxations.size());
}

// Few points behind each choice: those of the log are near all of the frontier, as it says.
void expect_proof_of_nearness(const Game& game, const Frontier& frontier, std::uint64_t seed) {
  const auto near = packages::prove_nearness(game, 1 + seed % 3);
  ASSERT_TRUE(near.has_value()) << near.error().message;
  expect_near(game, near->frontier, frontier);
  expect_holds(game, frontier, packages::proof_of(game, near->claim), seed);
}

}  // namespace

void expect_proofs(std::uint64_t seed) {
  const Game game = random_game(seed);
  const auto frontier = packages::find_frontier(game);
  ASSERT_TRUE(frontier.has_value()) << frontier.error().message;
  expect_proof_of_frontier(game, *frontier, seed);
  expect_proof_of_nearness(game, *frontier, seed);
  expect_proof_of_choices(game, *frontier, seed % 2 == 0 ? GainFrom::Zero : GainFrom::WalkAway,
                          seed);
  expect_proof_of_conflicts(game, *frontier, seed);
  if (game.parties.size() == 2) {
    expect_proof_by_tree(game, *frontier, seed);
  }
}

}  // namespace truce::testing
