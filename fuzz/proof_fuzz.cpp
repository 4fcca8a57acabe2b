// SPDX-License-Identifier: Apache-2.0
// A proof, for a small game: only the one log that proves it is accepted.

#include <cstddef>
#include <cstdint>
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
  game.parties[1].name = "South";
  game.parties[1].values = {{4, 0}, {0, 1, 5}};
  return game;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const truce::packages::Game game = small_game();
  if (truce::proof_check::check_proof(game, text)) {
    const auto frontier = truce::packages::find_frontier(game);
    for (const auto from : {truce::packages::GainFrom::Zero, truce::packages::GainFrom::WalkAway}) {
      const auto proof = truce::packages::write_proof(game, *frontier, from);
      if (*proof == text) {
        return 0;
      }
    }
    TRUCE_CHECK(false, "a proof that was accepted is the one that was written");
  }
  return 0;
}
