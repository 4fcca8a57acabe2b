// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "truce/agreement/agreement.h"

namespace truce::stream::internal {

/// In which of an agreement's places a point lies, all at once. Points that lie in the same places
/// have the same face. The globe is cut into cells, these into smaller ones where a border runs
/// through; a cell is looked at when the first point falls into it, and only borders of the
/// smallest cells are tested for each point.
class Faces {
 public:
  /// The agreement must outlive it.
  explicit Faces(const agreement::Agreement& agreement);

  std::uint32_t face_of(base::Point point);
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }

 private:
  // Cells on a side of the one above.
  static constexpr std::uint32_t kSide = 8;
  using Places = std::vector<std::uint32_t>;
  struct Open {
    std::uint32_t place = 0;
    geometry::Region region;
  };
  struct Cell {
    // Places of which a border may run through it, as far as they lie there; empty: all of it is of
    // one face.
    std::vector<Open> open;
    // Places that hold all of it.
    Places around;
    std::uint32_t face = 0;
    // How many points were tested before it was cut.
    std::uint32_t tested = 0;
    std::vector<std::unique_ptr<Cell>> parts;
  };
  // A cell by its south-west corner, in degrees.
  struct Square {
    double west = 0;
    double south = 0;
    double width = 0;
    double height = 0;
  };

  [[nodiscard]] std::unique_ptr<Cell> look_at(const Square& square, const Cell& above);
  std::uint32_t number(const Places& places);
  std::uint32_t test(const Cell& cell, base::Point point);

  // Places with a region.
  std::uint32_t count_ = 0;
  std::map<Places, std::uint32_t> numbers_;
  Cell globe_;
};

}  // namespace truce::stream::internal
