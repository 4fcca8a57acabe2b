// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/moves.h"

namespace truce::separation {

std::vector<Move> find_moves(const std::vector<Position>& positions, const DemarcationLine& line,
                             base::Metres belt) {
  std::vector<Move> moves;
  for (std::size_t i = 0; i < line.distances.size(); ++i) {
    const double away = line.distances[i].value;
    if (line.ground[i] != positions[i].side) {
      moves.push_back({.position = i, .distance = {away + belt.value}});
    } else if (away < belt.value) {
      moves.push_back({.position = i, .distance = {belt.value - away}});
    }
  }
  return moves;
}

}  // namespace truce::separation
