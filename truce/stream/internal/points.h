// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "truce/agreement/agreement.h"

namespace truce::stream::internal {

/// The points of recent acts: which lie within a distance of another one. Costs what lies in nine
/// cells of the size of the distance, not what happened in the period; memory is for the period.
class Points {
 public:
  /// North or south of it degrees of longitude are too short for cells of one width.
  static constexpr double kMostNorth = 60;

  /// Acts older than `period` are forgotten.
  Points(const agreement::Agreement& agreement, base::Metres within, std::int64_t period);

  void add(base::Point point, std::int64_t time);
  /// How many acts since `first` lie within the distance, as far as `enough`.
  [[nodiscard]] std::size_t count(base::Point about, std::int64_t first, std::size_t enough) const;
  /// Whether one lies there since `first` and before `end`.
  [[nodiscard]] bool has_between(base::Point about, std::int64_t first, std::int64_t end) const;
  [[nodiscard]] bool is_near(base::Point one, base::Point other) const;
  /// How many acts are remembered.
  [[nodiscard]] std::size_t size() const { return next_ - first_; }

 private:
  struct Act {
    base::Point point;
    std::int64_t time = 0;
    // The act before it in its cell, by its number.
    std::uint64_t before = 0;
  };

  [[nodiscard]] std::int64_t column(double longitude) const;
  [[nodiscard]] std::int64_t row(double latitude) const;
  [[nodiscard]] std::size_t cell(std::int64_t column, std::int64_t row) const;
  void grow();
  void chain(std::uint64_t number);
  // Calls `visit(act)` for each act since `first` that is near, until it says false.
  template <typename Visit>
  void each(base::Point about, std::int64_t first, Visit visit) const;

  const agreement::Agreement& agreement_;
  base::Metres within_;
  std::int64_t period_;
  // Of cells, in a degree.
  double rows_;
  double columns_;
  // Of each side of the table of cells; at least as many cells as acts.
  std::int64_t side_;
  // The number of the last act of each cell; cells far apart share one. Numbers begin at 1.
  std::vector<std::uint64_t> cells_;
  // A ring by number: those from first_ to before next_ are remembered.
  std::vector<Act> acts_;
  std::uint64_t first_ = 1;
  std::uint64_t next_ = 1;
};

}  // namespace truce::stream::internal
