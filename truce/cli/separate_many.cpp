// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "truce/cli/internal/separate_text.h"

namespace truce::cli::internal {
namespace {

using workbench::ManySides;

// By how much the lines may cost more than the least possible, in hundredths, rounded up.
double above_least(const separation::ManyLines& lines) {
  return lines.at_least > 0 ? std::ceil((lines.cost / lines.at_least - 1) * 100 - 1e-6) : 0;
}

}  // namespace

std::string many_text(const workbench::SeparateRun& run) {
  const ManySides& many = *run.many;
  std::string text;
  for (const std::string& side : many.sides) {
    text += (text.empty() ? "" : ", ") + side;
  }
  text +=
      fmt::format("; {}\n\n", base::to_words(many.positions.at, run.file.agreement.clock.offset));
  for (std::size_t side = 0; side < many.sides.size(); ++side) {
    const auto count = std::count(many.side_of.begin(), many.side_of.end(), side);
    std::size_t across = 0;
    for (std::size_t i = 0; i < many.side_of.size(); ++i) {
      across += many.side_of[i] == side && many.lines.ground[i] != side ? 1 : 0;
    }
    text += fmt::format("  {}: {}, {} of them on the ground of others\n", many.sides[side],
                        count == 1 ? "1 position" : fmt::format("{} positions", count), across);
  }
  text += fmt::format("\nIntermingling within {:g} m, 0 apart to 1 mixed; and the line between\n",
                      run.distance.value);
  for (const ManySides::Pair& pair : many.pairs) {
    const double length = many.lines.length_between(pair.one, pair.other).value;
    text +=
        fmt::format("  {} and {}: {:.2f} (between {:.2f} and {:.2f}); {}\n", many.sides[pair.one],
                    many.sides[pair.other], pair.index.index, pair.index.low, pair.index.high,
                    length > 0 ? fmt::format("{:.1f} km of line", length / 1000)
                               : std::string("no line: their ground does not touch"));
  }
  const separation::ManyLines& lines = many.lines;
  text += fmt::format(
      "\nLines on {} by {} cells of {:g} m\n  {:.1f} km long, at a cost of {:.1f} km; none cost "
      "less "
      "than {:.1f} km, so these are at most {:.0f} % above the least\n",
      lines.columns, lines.rows, lines.cell_side.value, lines.length.value / 1000,
      lines.cost / 1000, std::floor(lines.at_least / 100) / 10, above_least(lines));
  if (!lines.distances.empty()) {
    text += fmt::format(
        "  No position is nearer to a line than {:.0f} m.\n",
        std::floor(std::min_element(lines.distances.begin(), lines.distances.end())->value));
  }
  return text;
}

}  // namespace truce::cli::internal
