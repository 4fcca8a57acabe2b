// SPDX-License-Identifier: Apache-2.0
#include "truce/proof_check/proof_check.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "truce/packages/proof.h"

namespace truce::proof_check {
namespace {

packages::Game small_game() {
  packages::Game game;
  game.issues = {{"a", {"0", "1"}}, {"b", {"0", "1", "2"}}};
  game.parties.resize(2);
  game.parties[0].name = "North";
  game.parties[0].values = {{0, 2}, {3, 1, 0}};
  game.parties[1].name = "South";
  game.parties[1].values = {{4, 0}, {0, 1, 5}};
  game.constraints.push_back({"c", packages::Formula::negation(
                                       packages::Formula::from_conjunction({{0, {0}}, {1, {2}}}))});
  return game;
}

std::string proof_of(const packages::Game& game) {
  const auto frontier = packages::find_frontier(game);
  const auto proof = packages::write_proof(game, *frontier, packages::GainFrom::Zero);
  return proof ? *proof : proof.error().message;
}

std::string claims_of(const packages::Game& game) {
  const std::string proof = proof_of(game);
  const std::size_t begin = proof.find("within");
  return proof.substr(begin, proof.rfind("end ") - begin);
}

// Without the number of the line, which is counted from the first line of the claims.
std::string answer_to(const packages::Game& game, const std::string& claims) {
  const std::string log = packages::proof_of(game, claims);
  const auto lines =
      std::count(log.begin(), log.begin() + static_cast<std::ptrdiff_t>(log.find(claims)), '\n');
  const Checked checked = check_proof(log);
  if (!checked.problem.has_value()) {
    return "accepted";
  }
  const std::string& problem = *checked.problem;
  const std::size_t colon = problem.find(':');
  return std::to_string(std::stol(problem.substr(5, colon - 5)) - lines) + problem.substr(colon);
}

std::string answer_when(const std::string& from, const std::string& to) {
  std::string claims = claims_of(small_game());
  const auto at = claims.find(from);
  EXPECT_NE(at, std::string::npos) << claims;
  return answer_to(small_game(), claims.replace(at, from.size(), to));
}

TEST(CheckProof, AcceptsWhatIsProved) {
  EXPECT_EQ(packages::statement_of(small_game()),
            "issue a\noption 0\noption 1\nissue b\noption 0\noption 1\noption 2\n"
            "party 1 0 none North\nvalues 0 2\nvalues 3 1 0\n"
            "party 1 0 none South\nvalues 4 0\nvalues 0 1 5\n"
            "must not all 2 is 0 1 0 is 1 1 2\n");
  EXPECT_EQ(claims_of(small_game()),
            "within 0 0\npackage 1 0\npackage 0 0\npackage 1 2\n"
            "issue 1\n"
            "node 0 0\npoint 3 0\npoint 1 1\nto 0 0 none\n"
            "node 0 1\npoint 3 0\npoint 1 1\npoint 0 5\nto 0 0 0\n"
            "issue 0\n"
            "node\npoint 5 0\npoint 3 4\npoint 2 5\nto 0 1\n"
            "rule nash zero 0 0\npoints\n"
            "rule kalai_smorodinsky zero 0 0\nideal 1 0\npoints\nideal 1 2\npoints\npoints\n"
            "rule egalitarian zero 0 0\npoints\nrule utilitarian zero 0 0\npoints\n");
  const std::string proof = proof_of(small_game());
  const Checked checked = check_proof(proof);
  ASSERT_EQ(checked.problem, std::nullopt);
  ASSERT_EQ(checked.games.size(), 1U);
  EXPECT_EQ(checked.games[0].game, packages::statement_of(small_game()));
  EXPECT_EQ(checked.games[0].points, 3U);
  EXPECT_EQ(checked.games[0].rules.size(), 4U);
}

TEST(CheckProof, SaysWhatDoesNotFollowOfAFrontier) {
  EXPECT_EQ(answer_when("package 0 0\n", ""),
            "19: something that can be had lies above all points");
  EXPECT_EQ(answer_when("point 3 4\n", ""), "19: something that can be had lies above all points");
  EXPECT_EQ(answer_when("package 0 0\n", "package 0 0\npackage 0 1\n"),
            "5: one of the packages betters another");
  EXPECT_EQ(answer_when("package 1 2", "package 0 2"),
            "4: this package does not fulfil what must hold");
  EXPECT_EQ(answer_when("to 0 0 none", "to 0 none none"),
            "9: an option that may be chosen leads nowhere");
  EXPECT_EQ(answer_when("to 0 1", "to 1 1"), "20: leads elsewhere");
  EXPECT_EQ(answer_when("issue 1", "issue 0"), "5: issues stand in order");
  EXPECT_EQ(answer_when("node 0 0\npoint 3 0\npoint 1 1\nto 0 0 none\n", ""),
            "16: leads elsewhere");
  EXPECT_EQ(answer_when("within 0 0", "within 9"), "2: a whole number is expected");
  EXPECT_EQ(answer_when("within 0 0", "inside 0 0"), "0: a claim is expected");
}

TEST(CheckProof, SaysWhatDoesNotFollowOfARule) {
  EXPECT_EQ(answer_when("nash zero 0 0", "nash zero 1 2"), "22: a point is wanted");
  EXPECT_EQ(answer_when("nash zero 0 0", "nash zero none"), "22: a point is wanted");
  EXPECT_EQ(answer_when("ideal 1 0", "ideal 0 0"), "25: a point is wanted");
  EXPECT_EQ(answer_when("rule nash", "rule cash"), "21: this is no rule");
  EXPECT_EQ(answer_when("nash zero", "nash one"), "21: `zero` or `walk-away` is expected");
  EXPECT_EQ(answer_to(small_game(), "rule nash zero 0 0\npoints\n"),
            "2: no frontier stands before");
  EXPECT_EQ(answer_to(small_game(),
                      "rule utilitarian zero 0 0\nout 0 0\nout 1 2\nmust 0\ncut 1 1\ncut 1 1\n"),
            "accepted");
  EXPECT_EQ(answer_to(small_game(), "rule utilitarian zero 0 0\nout 0 0\ncut 2 1\n"),
            "3: this cut leaves all that is wanted");
  EXPECT_EQ(answer_to(small_game(), "rule utilitarian zero 0 0\nout 0 0\ncut 1 -1\n"),
            "3: no weight is below zero");
  EXPECT_EQ(answer_to(small_game(), "rule utilitarian zero 0 0\nout 0 2\n"),
            "2: it is none of several");
  EXPECT_EQ(answer_to(small_game(), "rule utilitarian zero 0 0\nmust 0\n"), "2: this may hold");
}

TEST(CheckProof, RefusesWhatIsNoLog) {
  const std::string proof = proof_of(small_game());
  const auto problem_of = [](const std::string& log) {
    return check_proof(log).problem.value_or("");
  };
  EXPECT_EQ(problem_of(""), "line 1: this is no proof of version 3");
  EXPECT_EQ(problem_of("truce-proof 2\n"), "line 1: this is no proof of version 3");
  EXPECT_EQ(problem_of("truce-proof 3\nwithin 0 0\n"), "line 1: `game` is expected");
  EXPECT_EQ(problem_of(proof.substr(0, proof.size() - 2)),
            "line 48: `end` and the sum are expected");
  EXPECT_EQ(problem_of(proof + "\n"), "line 48: `end` and the sum are expected");
}

// Both want more than there is; South also forbids what would be worth most.
packages::Game contested_game() {
  packages::Game game = small_game();
  game.constraints.clear();
  game.parties[0].walk_away = 4;
  game.parties[1].walk_away = 5;
  game.parties[1].vetoes = {{{0, {0}}, {1, {2}}}};
  return game;
}

TEST(CheckProof, SaysWhatDoesNotFollowOfConflicts) {
  // 0: North 4 or more; 1: South 5 or more; 2: South's veto. North 4 or more is `1 0` alone, worth
  // nothing to South.
  const std::string relaxations = "sets walk-away\nrelaxation 0 by 1 2\nrelaxation 1 by 1 0\n";
  const auto answer = [](const std::string& claims) { return answer_to(contested_game(), claims); };
  EXPECT_EQ(answer(relaxations + "conflict 0 1 by\ncut 3 2\n"), "accepted");
  EXPECT_EQ(answer(relaxations + "conflict 0 1 by\ncut 1 0\n"),
            "5: this cut leaves all that is wanted");
  EXPECT_EQ(answer(relaxations + "conflict 0 1 2 by\ncut 3 2\n"),
            "5: a relaxation is missing, or not the smallest");
  EXPECT_EQ(answer("sets walk-away\nrelaxation 0 by 1 2\nconflict 0 1 by\ncut 3 2\n"),
            "4: a relaxation is missing, or not the smallest");
  EXPECT_EQ(
      answer(
          "sets walk-away\nrelaxation 0 1 by 1 2\nrelaxation 1 by 1 0\nconflict 1 by\ncut 0 1\n"),
      "5: this cut leaves all that is wanted");
  EXPECT_EQ(answer("sets walk-away\nrelaxation 0 by 0 2\n"),
            "2: this package does not fulfil what must hold");
  EXPECT_EQ(answer("sets walk-away\nrelaxation 0 by 0 0\n"),
            "2: this package does not keep all others");
  EXPECT_EQ(answer("sets walk-away\nrelaxation 7 by 0 0\n"), "2: there are not so many demands");
  EXPECT_EQ(answer(relaxations), "3: a relaxation is missing, or not the smallest");
}

}  // namespace
}  // namespace truce::proof_check
