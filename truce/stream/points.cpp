// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/points.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "truce/facts/match.h"

namespace truce::stream::internal {
namespace {

// Of each side of the table of cells, at first: small, to stay in the nearest cache.
constexpr std::int64_t kLeastSide = 32;
// In a degree of latitude there are more metres, by every metric.
constexpr double kLeastMetresPerDegree = 110'000;
// cos 60°: what a degree of longitude has, at least, of one of latitude.
constexpr double kLeastShare = 0.5;
constexpr std::size_t kLeastActs = 1024;

}  // namespace

Points::Points(const agreement::Agreement& agreement, base::Metres within, std::int64_t period)
    : agreement_(agreement),
      within_(within),
      period_(period),
      rows_(kLeastMetresPerDegree / within.value),
      columns_(rows_ * kLeastShare),
      side_(kLeastSide),
      cells_(kLeastSide * kLeastSide),
      acts_(kLeastActs) {
  // A flat map is true to scale about one latitude, everywhere.
  if (agreement.metric == agreement::Metric::Planar && agreement.planar_latitude) {
    const double share = std::cos(*agreement.planar_latitude * std::numbers::pi / 180);
    columns_ = rows_ * std::max(share, 0.01);
  }
}

namespace {

// The greatest whole number not above it; without a call where the processor has no step for it.
std::int64_t whole(double value) {
  const auto cut = static_cast<std::int64_t>(value);
  return cut - (value < static_cast<double>(cut) ? 1 : 0);
}

}  // namespace

std::int64_t Points::column(double longitude) const { return whole(longitude * columns_); }
std::int64_t Points::row(double latitude) const { return whole(latitude * rows_); }
std::size_t Points::cell(std::int64_t column, std::int64_t row) const {
  return static_cast<std::size_t>(((row & (side_ - 1)) * side_) + (column & (side_ - 1)));
}

// The cells grow with the acts, so that few of those far away share one.
void Points::grow() {
  std::vector<Act> more(acts_.size() * 2);
  for (std::uint64_t number = first_; number < next_; ++number) {
    more[number & (more.size() - 1)] = acts_[number & (acts_.size() - 1)];
  }
  acts_ = std::move(more);
  if (cells_.size() < acts_.size()) {
    side_ *= 2;
    cells_.assign(static_cast<std::size_t>(side_ * side_), 0);
    for (std::uint64_t number = first_; number < next_; ++number) {
      chain(number);
    }
  }
}

// Makes an act the last one of its cell.
void Points::chain(std::uint64_t number) {
  Act& act = acts_[number & (acts_.size() - 1)];
  std::uint64_t& last =
      cells_[cell(column(act.point.longitude.degrees), row(act.point.latitude.degrees))];
  act.before = last;
  last = number;
}

void Points::add(base::Point point, std::int64_t time) {
  while (first_ < next_ && acts_[first_ & (acts_.size() - 1)].time < time - period_) {
    ++first_;
  }
  if (next_ - first_ == acts_.size()) {
    grow();
  }
  acts_[next_ & (acts_.size() - 1)] = {point, time, 0};
  chain(next_++);
}

bool Points::is_near(base::Point one, base::Point other) const {
  return facts::distance(agreement_, one, other) <= within_;
}

template <typename Visit>
void Points::each(base::Point about, std::int64_t first, Visit visit) const {
  const std::int64_t middle_column = column(about.longitude.degrees);
  const std::int64_t middle_row = row(about.latitude.degrees);
  for (std::int64_t row = middle_row - 1; row <= middle_row + 1; ++row) {
    for (std::int64_t column = middle_column - 1; column <= middle_column + 1; ++column) {
      for (std::uint64_t number = cells_[cell(column, row)]; number >= first_;) {
        const Act& act = acts_[number & (acts_.size() - 1)];
        if (act.time < first) {
          break;
        }
        if (is_near(about, act.point) && !visit(act)) {
          return;
        }
        number = act.before;
      }
    }
  }
}

std::size_t Points::count(base::Point about, std::int64_t first, std::size_t enough) const {
  std::size_t found = 0;
  each(about, first, [&](const Act&) { return ++found < enough; });
  return found;
}

bool Points::has_between(base::Point about, std::int64_t first, std::int64_t end) const {
  bool has = false;
  each(about, first, [&](const Act& act) {
    has = act.time < end;
    return !has;
  });
  return has;
}

}  // namespace truce::stream::internal
