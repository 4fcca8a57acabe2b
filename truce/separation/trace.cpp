// SPDX-License-Identifier: Apache-2.0
// The line crosses the segment between the middles of two neighbouring cells that are parted, at a
// place that smoothing may choose. Between the middles of four cells it runs straight from crossing
// to crossing, or, where a point would change sides, along the borders of the cells.
#include "truce/separation/internal/trace.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

namespace truce::separation::internal {
namespace {

constexpr int kRounds = 60;
constexpr double kMargin = 0.1;

struct Crossing {
  // Of the cell to the west or south.
  std::size_t column = 0;
  std::size_t row = 0;
  bool is_upright = false;
  double share = 0.5;
  bool is_pinned = false;
  // Crossings it is joined to, and the square of four middles through which.
  std::array<std::size_t, 2> joined{};
  std::array<std::size_t, 2> through{};
  std::size_t joins = 0;
  // Squares in the middle of which it ends, where three sides meet.
  std::array<std::size_t, 2> ends{};
  std::size_t ended = 0;
  // On its two sides, the lesser first.
  std::uint8_t one = 0;
  std::uint8_t other = 0;

  [[nodiscard]] PlanePoint place() const {
    const double x = static_cast<double>(column) + 0.5;
    const double y = static_cast<double>(row) + 0.5;
    return is_upright ? PlanePoint{x, y + share} : PlanePoint{x + share, y};
  }
};

// The segment that cuts a corner of a square off, or halves it; `inside` is a first corner.
struct Piece {
  std::size_t from = 0;
  std::size_t to = 0;
  PlanePoint inside;
};

double turn(PlanePoint a, PlanePoint b, PlanePoint c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

class Tracer {
 public:
  Tracer(const PartedCells& cells, const std::vector<PlanePoint>& points)
      : cells_(&cells), points_(&points) {}

  std::vector<TracedLine> trace() {
    find_crossings();
    find_pieces();
    do {
      smooth();
    } while (pin_where_wrong());
    return walk();
  }

 private:
  [[nodiscard]] std::size_t add(std::size_t column, std::size_t row, bool is_upright) {
    const auto [entry, is_new] = index_.emplace(
        ((row * cells_->columns + column) * 2) + (is_upright ? 1 : 0), crossings_.size());
    if (is_new) {
      Crossing made{.column = column, .row = row, .is_upright = is_upright};
      const std::uint8_t here = cells_->at(column, row);
      const std::uint8_t there =
          is_upright ? cells_->at(column, row + 1) : cells_->at(column + 1, row);
      made.one = std::min(here, there);
      made.other = std::max(here, there);
      crossings_.push_back(made);
    }
    return entry->second;
  }

  void find_crossings() {
    for (std::size_t row = 0; row < cells_->rows; ++row) {
      for (std::size_t column = 0; column < cells_->columns; ++column) {
        const std::uint8_t side = cells_->at(column, row);
        if (column + 1 < cells_->columns && cells_->at(column + 1, row) != side) {
          (void)add(column, row, false);
        }
        if (row + 1 < cells_->rows && cells_->at(column, row + 1) != side) {
          (void)add(column, row, true);
        }
      }
    }
  }

  // The square whose south-west middle is that of the cell.
  [[nodiscard]] std::size_t square(std::size_t column, std::size_t row) const {
    return row * cells_->columns + column;
  }

  void join(std::size_t square_index, Piece piece) {
    for (const auto& [one, other] :
         {std::pair(piece.from, piece.to), std::pair(piece.to, piece.from)}) {
      Crossing& crossing = crossings_[one];
      crossing.joined[crossing.joins] = other;
      crossing.through[crossing.joins++] = square_index;
    }
    pieces_[square_index].push_back(piece);
  }

  void find_pieces() {
    // By the square, so that each is looked at once.
    std::set<std::size_t> squares;
    for (const Crossing& crossing : crossings_) {
      const std::size_t back = crossing.is_upright ? crossing.column : crossing.row;
      const std::size_t most = crossing.is_upright ? cells_->columns - 1 : cells_->rows - 1;
      if (back < most) {
        squares.insert(square(crossing.column, crossing.row));
      }
      if (back > 0) {
        squares.insert(crossing.is_upright ? square(crossing.column - 1, crossing.row)
                                           : square(crossing.column, crossing.row - 1));
      }
    }
    for (const std::size_t index : squares) {
      find_pieces_of(index % cells_->columns, index / cells_->columns);
    }
  }

  void find_pieces_of(std::size_t column, std::size_t row) {
    // From the south-west around, and the side between each corner and the next.
    const std::array<std::uint8_t, 4> corner = {
        cells_->at(column, row), cells_->at(column + 1, row), cells_->at(column + 1, row + 1),
        cells_->at(column, row + 1)};
    const double x = static_cast<double>(column) + 0.5;
    const double y = static_cast<double>(row) + 0.5;
    const std::array<PlanePoint, 4> middle = {PlanePoint{x, y}, PlanePoint{x + 1, y},
                                              PlanePoint{x + 1, y + 1}, PlanePoint{x, y + 1}};
    std::array<std::size_t, 4> side{};
    std::vector<std::size_t> crossed;
    for (std::size_t i = 0; i < 4; ++i) {
      if (corner[i] != corner[(i + 1) % 4]) {
        side[i] = i == 0   ? add(column, row, false)
                  : i == 1 ? add(column + 1, row, true)
                  : i == 2 ? add(column, row + 1, false)
                           : add(column, row, true);
        crossed.push_back(i);
      }
    }
    const std::size_t index = square(column, row);
    const auto least = std::min_element(corner.begin(), corner.end());
    const auto first = static_cast<std::size_t>(std::distance(corner.begin(), least));
    const std::set<std::uint8_t> sides(corner.begin(), corner.end());
    if (sides.size() > 2) {
      // Here the lines follow the borders of the cells to the corner that all four share.
      exact_.insert(index);
      for (const std::size_t i : crossed) {
        Crossing& crossing = crossings_[side[i]];
        crossing.is_pinned = true;
        crossing.ends[crossing.ended++] = index;
      }
    } else if (crossed.size() == 2) {
      join(index, {side[crossed[0]], side[crossed[1]], middle[first]});
    } else {
      // Two opposite corners are of the lesser side: each is cut off.
      for (const std::size_t i : {first, first + 2}) {
        join(index, {side[(i + 3) % 4], side[i], middle[i]});
      }
    }
  }

  void smooth() {
    for (int round = 0; round < kRounds; ++round) {
      for (Crossing& crossing : crossings_) {
        if (crossing.is_pinned || crossing.joins < 2) {
          continue;
        }
        const PlanePoint one = crossings_[crossing.joined[0]].place();
        const PlanePoint other = crossings_[crossing.joined[1]].place();
        const double wanted =
            crossing.is_upright
                ? (one.y + other.y) / 2 - static_cast<double>(crossing.row) - 0.5
                : (one.x + other.x) / 2 - static_cast<double>(crossing.column) - 0.5;
        crossing.share = std::clamp(wanted, kMargin, 1 - kMargin);
      }
    }
  }

  [[nodiscard]] bool is_inside(const std::vector<Piece>& pieces, PlanePoint point) const {
    return std::any_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
      const PlanePoint from = crossings_[piece.from].place();
      const PlanePoint to = crossings_[piece.to].place();
      return (turn(from, to, point) > 0) == (turn(from, to, piece.inside) > 0);
    });
  }

  // Whether some square had to be pinned to the borders of its cells.
  bool pin_where_wrong() {
    bool has_pinned = false;
    for (const PlanePoint point : *points_) {
      const double column = std::floor(point.x - 0.5);
      const double row = std::floor(point.y - 0.5);
      if (column < 0 || row < 0) {
        continue;
      }
      const std::size_t index =
          square(static_cast<std::size_t>(column), static_cast<std::size_t>(row));
      const auto pieces = pieces_.find(index);
      if (pieces == pieces_.end() || exact_.contains(index)) {
        continue;
      }
      const std::uint8_t side =
          cells_->at(static_cast<std::size_t>(point.x), static_cast<std::size_t>(point.y));
      const PlanePoint corner = pieces->second.front().inside;
      const bool is_of_corner = side == cells_->at(static_cast<std::size_t>(corner.x),
                                                   static_cast<std::size_t>(corner.y));
      if (is_inside(pieces->second, point) == is_of_corner) {
        continue;
      }
      has_pinned = true;
      exact_.insert(index);
      for (const Piece& piece : pieces->second) {
        for (const std::size_t end : {piece.from, piece.to}) {
          crossings_[end].is_pinned = true;
          crossings_[end].share = 0.5;
        }
      }
    }
    return has_pinned;
  }

  [[nodiscard]] PlanePoint middle_of(std::size_t index) const {
    const std::size_t row = index / cells_->columns;
    return {static_cast<double>(index % cells_->columns) + 1, static_cast<double>(row) + 1};
  }

  TracedLine walk_from(std::size_t start, std::vector<bool>& is_done) const {
    const Crossing& begin = crossings_[start];
    TracedLine traced{.one = begin.one, .other = begin.other, .points = {}};
    std::vector<PlanePoint>& line = traced.points;
    // Of two ends one is where the line begins, and one where it stops.
    std::size_t stop = begin.ended;
    if (begin.ended > 0) {
      line.push_back(middle_of(begin.ends[--stop]));
    }
    line.push_back(begin.place());
    is_done[start] = true;
    std::size_t at = start;
    std::size_t way = 0;
    while (way < crossings_[at].joins) {
      const std::size_t next = crossings_[at].joined[way];
      const std::size_t through = crossings_[at].through[way];
      if (exact_.contains(through)) {
        line.push_back(middle_of(through));
      }
      line.push_back(crossings_[next].place());
      if (is_done[next]) {
        return traced;
      }
      is_done[next] = true;
      stop = crossings_[next].ended;
      // On through the other square.
      way = crossings_[next].through[0] == through ? 1 : 0;
      at = next;
    }
    if (stop > 0) {
      line.push_back(middle_of(crossings_[at].ends[0]));
    }
    return traced;
  }

  [[nodiscard]] std::vector<TracedLine> walk() const {
    std::vector<TracedLine> lines;
    std::vector<bool> is_done(crossings_.size(), false);
    // Open lines from their ends first, then the closed ones.
    for (const std::size_t most : {1U, 2U}) {
      for (std::size_t i = 0; i < crossings_.size(); ++i) {
        if (!is_done[i] && crossings_[i].joins <= most) {
          lines.push_back(walk_from(i, is_done));
        }
      }
    }
    std::erase_if(lines, [](const TracedLine& line) { return line.points.size() < 2; });
    return lines;
  }

  const PartedCells* cells_;
  const std::vector<PlanePoint>* points_;
  std::vector<Crossing> crossings_;
  std::map<std::size_t, std::size_t> index_;
  std::map<std::size_t, std::vector<Piece>> pieces_;
  std::set<std::size_t> exact_;
};

}  // namespace

std::vector<TracedLine> trace(const PartedCells& cells, const std::vector<PlanePoint>& points) {
  return Tracer(cells, points).trace();
}

}  // namespace truce::separation::internal
