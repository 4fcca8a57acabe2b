// SPDX-License-Identifier: Apache-2.0
// A proof, for a small game: what is accepted is true. The sum at the end is made to fit.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "truce/base/check.h"
#include "truce/packages/proof.h"
#include "truce/proof_check/proof_check.h"

namespace {

truce::packages::Game small_game() {
  truce::packages::Game game;
  game.issues = {{"a", {"0", "1"}}, {"b", {"0", "1", "2"}}};
  game.parties.resize(2);
  game.parties[0].name = "North";
  game.parties[0].values = {{0, 2}, {3, 1, 0}};
  game.parties[0].conditionals = {{{{0, {1}}, {1, {2}}}, 3}};
  game.parties[0].walk_away = 5;
  game.parties[1].name = "South";
  game.parties[1].values = {{4, 0}, {0, 1, 5}};
  game.parties[1].walk_away = 5;
  game.parties[1].vetoes = {{{1, {2}}}};
  return game;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const truce::packages::Game game = small_game();
  // A text without `end` is what is claimed, behind the statement of the game.
  const bool is_whole = text.find("\nend ") != std::string_view::npos;
  const std::string proof =
      is_whole ? std::string(text) : truce::packages::proof_of(game, std::string(text));
  const truce::proof_check::Checked checked = truce::proof_check::check_proof(proof);
  for (const truce::proof_check::Proved& proved : checked.games) {
    if (checked.problem.has_value() || proved.game != truce::packages::statement_of(game)) {
      continue;
    }
    if (proved.points.has_value()) {
      TRUCE_CHECK(*proved.points == truce::packages::find_frontier(game)->points.size(),
                  "a frontier that was accepted is that of the game");
    }
    if (proved.demands.has_value()) {
      const auto found = truce::packages::find_demand_conflicts(game);
      TRUCE_CHECK(proved.demands->conflicts == found->sets.size() &&
                      proved.demands->relaxations == found->relaxations.size(),
                  "conflicts that were accepted are those of the game");
    }
  }
  return 0;
}
