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

// As the log is ended: all lines before, in short.
std::string with_sum(std::string proof) {
  proof.resize(proof.rfind("end "));
  std::uint64_t sum = 0xcbf29ce484222325;
  for (const char letter : proof) {
    sum = (sum ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
  }
  return proof + fmt::format("end {:016x}\n", sum);
}

// What a log says of the game, without why: the lines of a tree, and packages that only show that
// there is one, are left out.
std::string claims_of(const std::string& proof) {
  std::string claims;
  std::istringstream lines(proof);
  for (std::string line; std::getline(lines, line);) {
    const std::string word = line.substr(0, line.find(' '));
    if (word == "relaxation" || word == "ideal") {
      claims += line.substr(0, line.find(" by ")) + "\n";
    } else if (word != "out" && word != "closed" && word != "cut" && word != "single" &&
               word != "split" && word != "end") {
      claims += line + "\n";
    }
  }
  return claims;
}

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

// The proof is accepted, and a change of it is not. Where the change is one that the sum at the end
// was made to fit, the log is refused, or it still says the same by a step that follows too.
void expect_holds(const Game& game, const std::string& proof, std::uint64_t seed) {
  const auto checked = proof_check::check_proof(game, proof);
  ASSERT_TRUE(checked.has_value()) << checked.error().message << "\n" << proof;
  // The word behind `gains` asks another question, which may have the same answers.
  const std::size_t fixed = proof.find("gains ");
  const std::size_t after = fixed == std::string::npos ? fixed : proof.find('\n', fixed);
  Dice dice(seed);
  std::size_t at = dice.below(proof.size());
  while (fixed != std::string::npos && at >= fixed && at < after) {
    at = dice.below(proof.size());
  }
  const std::string changed = changed_at(proof, at, dice);
  if (changed == proof) {
    return;
  }
  EXPECT_FALSE(proof_check::check_proof(game, changed).has_value()) << changed;
  if (at < proof.rfind("end ")) {
    const std::string summed = with_sum(changed);
    EXPECT_TRUE(!proof_check::check_proof(game, summed).has_value() ||
                claims_of(summed) == claims_of(proof))
        << proof << summed;
  }
}

}  // namespace

void expect_proof_of_frontier(const Game& game, const Frontier& frontier, std::uint64_t seed) {
  const auto proof =
      packages::write_proof(game, frontier, seed % 2 == 0 ? GainFrom::Zero : GainFrom::WalkAway);
  ASSERT_TRUE(proof.has_value()) << proof.error().message;
  expect_holds(game, *proof, seed);
  EXPECT_EQ(proof_check::check_proof(game, *proof)->points, frontier.points.size());
}

namespace {

// By trees, as where there is no diagram.
void expect_proof_by_tree(const Game& game, const Frontier& frontier, std::uint64_t seed) {
  const GainFrom from = seed % 2 == 0 ? GainFrom::Zero : GainFrom::WalkAway;
  const auto proof = packages::write_proof(game, frontier, from, {.points = 1});
  ASSERT_TRUE(proof.has_value()) << proof.error().message;
  expect_holds(game, *proof, seed);
  EXPECT_EQ(proof_check::check_proof(game, *proof)->points, frontier.points.size());
}

void expect_proof_of_choices(const Game& game, GainFrom from, std::uint64_t seed) {
  using packages::Rule;
  for (const Rule rule :
       {Rule::Nash, Rule::KalaiSmorodinsky, Rule::Egalitarian, Rule::Utilitarian}) {
    const auto optimum = packages::find_optimum(game, rule, from);
    if (!optimum) {
      continue;
    }
    const auto claim = packages::prove_choice(game, rule, from, *optimum);
    ASSERT_TRUE(claim.has_value()) << claim.error().message;
    expect_holds(game, packages::proof_of(*claim), seed);
  }
}

void expect_proof_of_conflicts(const Game& game, std::uint64_t seed) {
  const auto among_demands = packages::find_demand_conflicts(game);
  const auto among_issues = packages::find_issue_conflicts(game);
  const auto demands = packages::prove_conflicts(game, *among_demands, packages::Among::Demands);
  const auto issues = packages::prove_conflicts(game, *among_issues, packages::Among::Issues);
  ASSERT_TRUE(demands.has_value()) << demands.error().message;
  ASSERT_TRUE(issues.has_value()) << issues.error().message;
  const std::string proof = packages::proof_of(*demands + *issues);
  expect_holds(game, proof, seed);
  const auto checked = proof_check::check_proof(game, proof);
  EXPECT_EQ(checked->demands->conflicts, among_demands->sets.size());
  EXPECT_EQ(checked->issues->relaxations, among_issues->relaxations.size());
}

// Few points behind each choice: those of the log are near all of the frontier, as it says.
void expect_proof_of_nearness(const Game& game, const Frontier& frontier, std::uint64_t seed) {
  const auto near = packages::prove_nearness(game, 1 + seed % 3);
  ASSERT_TRUE(near.has_value()) << near.error().message;
  expect_near(game, near->frontier, frontier);
  expect_holds(game, packages::proof_of(near->claim), seed);
}

}  // namespace

void expect_proofs(std::uint64_t seed) {
  const Game game = random_game(seed);
  const auto frontier = packages::find_frontier(game);
  ASSERT_TRUE(frontier.has_value()) << frontier.error().message;
  expect_proof_of_frontier(game, *frontier, seed);
  expect_proof_of_nearness(game, *frontier, seed);
  expect_proof_of_choices(game, seed % 2 == 0 ? GainFrom::Zero : GainFrom::WalkAway, seed);
  expect_proof_of_conflicts(game, seed);
  if (game.parties.size() == 2) {
    expect_proof_by_tree(game, *frontier, seed);
  }
}

}  // namespace truce::testing
