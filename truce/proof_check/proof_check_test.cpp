// SPDX-License-Identifier: Apache-2.0
#include "truce/proof_check/proof_check.h"

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

// The sum at the end is made to fit, so that it is not what refuses the log.
std::string with_sum(std::string proof) {
  const auto end = proof.rfind("end ");
  if (end == std::string::npos) {
    return proof;
  }
  proof.resize(end);
  return packages::proof_of(proof.substr(proof.find('\n') + 1))
      .replace(0, proof.find('\n'), proof.substr(0, proof.find('\n')));
}

std::string message_of(const std::string& from, const std::string& to) {
  std::string proof = proof_of(small_game());
  const auto at = proof.find(from);
  EXPECT_NE(at, std::string::npos) << proof;
  proof.replace(at, from.size(), to);
  const auto checked = check_proof(small_game(), with_sum(proof));
  return checked ? "accepted" : checked.error().message;
}

TEST(CheckProof, AcceptsWhatIsProved) {
  EXPECT_EQ(proof_of(small_game()),
            "truce-proof 2\n"
            "issue 1\n"
            "node 0\npoint 3 0 by 0 0\npoint 1 1 by 1 0\n"
            "node 1\npoint 3 0 by 0 0\npoint 1 1 by 1 0\npoint 0 5 by 2 0\n"
            "issue 0\n"
            "node\npoint 5 0 by 1 0\npoint 3 4 by 0 0\npoint 2 5 by 1 2\n"
            "gains zero\nnash 1\nkalai_smorodinsky 1\negalitarian 1\nutilitarian 1\nend "
            "f7a6d39c446a79b7\n");
  const auto checked = check_proof(small_game(), proof_of(small_game()));
  ASSERT_TRUE(checked.has_value()) << checked.error().message;
  EXPECT_EQ(checked->points, 3U);
}

TEST(CheckProof, SaysWhatDoesNotFollow) {
  EXPECT_EQ(message_of("point 3 4 by 0 0\n", ""),
            "line 13: issue 0 leaves out what option 0 brings");
  EXPECT_EQ(message_of("point 5 0", "point 6 0"),
            "line 14: a point of issue 0 is attained by nothing");
  EXPECT_EQ(message_of("by 1 2", "by 0 2"),
            "line 14: a point of issue 0 comes by option 1, not by 0");
  EXPECT_EQ(message_of("nash 1", "nash 2"), "line 16: nash chooses another point");
  EXPECT_EQ(message_of("node 0\npoint 3 0 by 0 0\npoint 1 1 by 1 0\n", ""),
            "line 6: the nodes of issue 1 are not those that can be reached");
  EXPECT_EQ(message_of("point 2 5 by 1 2\n", "point 2 5 by 1 2\npoint 1 5 by 1 2\n"),
            "line 15: a point of issue 0 is bettered by another one");
  EXPECT_EQ(message_of("end", "and"),
            "line 20: `end` is expected, the sum of all lines before, and nothing behind it");
  EXPECT_EQ(message_of("proof 2", "proof 1"), "line 1: this is no proof of version 2");
}

TEST(CheckProof, RefusesALogThatClaimsNothingAndOneWhoseSumIsAnother) {
  const auto empty = check_proof(small_game(), packages::proof_of(""));
  ASSERT_FALSE(empty.has_value());
  EXPECT_EQ(empty.error().message, "line 1: this log claims nothing");
  std::string proof = proof_of(small_game());
  proof[proof.size() - 2] = proof[proof.size() - 2] == '0' ? '1' : '0';
  EXPECT_FALSE(check_proof(small_game(), proof).has_value());
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

std::string answer_to(const std::string& claims) {
  const auto checked = check_proof(contested_game(), packages::proof_of(claims));
  return checked ? "accepted" : checked.error().message;
}

TEST(CheckProof, SaysWhatDoesNotFollowOfConflicts) {
  // 0: North 4 or more; 1: South 5 or more; 2: South's veto. North 4 or more is `1 0` alone, worth
  // nothing to South.
  const std::string relaxations = "among demands\nrelaxation 0 by 1 2\nrelaxation 1 by 1 0\n";
  const std::string tree = "closed 1\ncut 3 2 bound 18\n";
  EXPECT_EQ(answer_to(relaxations + "conflict 0 1\n" + tree), "accepted");
  EXPECT_EQ(answer_to(relaxations + "conflict 0 1\nclosed 1\ncut 3 2 bound 17\n"),
            "line 7: the bound of this cut is another one");
  EXPECT_EQ(answer_to(relaxations + "conflict 0 1\nclosed 1\ncut 1 0 bound 5\n"),
            "line 7: something wanted is left");
  EXPECT_EQ(answer_to(relaxations + "conflict 0 1 2\n" + tree),
            "line 7: a conflict is not the smallest");
  EXPECT_EQ(answer_to("among demands\nrelaxation 0 by 1 2\nconflict 0 1\n" + tree),
            "line 6: a conflict is not the smallest");
  EXPECT_EQ(answer_to("among demands\nrelaxation 0 by 0 2\n"),
            "line 3: this package does not keep all others");
  EXPECT_EQ(answer_to(relaxations), "line 4: a relaxation is not the smallest");
}

}  // namespace
}  // namespace truce::proof_check
