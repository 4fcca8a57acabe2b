// SPDX-License-Identifier: Apache-2.0
// The checker as a program of its own: a log comes in, what it proves of the games that it states
// goes out. docs/formats/proofs.md says how to compile it.

#include <iostream>
#include <iterator>

#include "truce/proof_check/proof_check.h"

namespace {

using truce::proof_check::Proved;

void tell(const char* of, const std::optional<Proved::Sets>& sets) {
  if (sets.has_value()) {
    std::cout << sets->conflicts << " conflicts and " << sets->relaxations << " relaxations of "
              << of << "\n";
  }
}

void tell(const Proved& proved) {
  std::cout << "Of this game:\n" << proved.game << "is proved:\n";
  if (proved.points.has_value()) {
    std::cout << "a frontier of " << *proved.points << " packages\n";
  }
  if (proved.nearby.has_value()) {
    std::cout << *proved.nearby << " packages near which all others lie\n";
  }
  for (const std::string& rule : proved.rules) {
    std::cout << "what " << rule << " chooses\n";
  }
  tell("demands", proved.demands);
  tell("demands, with walk-away values kept", proved.demands_beside_walk_away);
}

}  // namespace

int main() {
  const std::string log(std::istreambuf_iterator<char>(std::cin), {});
  const truce::proof_check::Checked checked = truce::proof_check::check_proof(log);
  if (checked.problem.has_value()) {
    std::cout << "The proof does not hold: " << *checked.problem << "\n";
    return 1;
  }
  for (const Proved& proved : checked.games) {
    tell(proved);
  }
  return 0;
}
