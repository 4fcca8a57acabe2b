// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/cluster.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "truce/encoding/csv.h"
#include "truce/geometry/region.h"
#include "truce/incidents/internal/table.h"

namespace truce::incidents {
namespace {

// Which rows are joined so far.
class Groups {
 public:
  explicit Groups(std::size_t count) : parents_(count) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
  }

  std::size_t find(std::size_t row) {
    while (parents_[row] != row) {
      parents_[row] = parents_[parents_[row]];
      row = parents_[row];
    }
    return row;
  }
  void join(std::size_t a, std::size_t b) {
    a = find(a);
    b = find(b);
    // The earlier row stands for the group, so that the order of joining decides nothing.
    parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parents_;
};

// A cell of a grid in space, half as wide as two rows may be apart: rows in one cell are near
// enough whatever their places, and a row's partners lie at most two cells away.
struct Cell {
  std::int64_t x = 0;
  std::int64_t y = 0;
  std::int64_t z = 0;

  friend bool operator==(const Cell&, const Cell&) = default;
};

struct CellHash {
  std::size_t operator()(const Cell& cell) const {
    std::uint64_t hash = 0;
    for (const std::int64_t part : {cell.x, cell.y, cell.z}) {
      hash = (hash ^ static_cast<std::uint64_t>(part)) * 0x9E3779B97F4A7C15U;
      hash ^= hash >> 29U;
    }
    return static_cast<std::size_t>(hash);
  }
};

// On the ellipsoid, where a straight line is never longer than the way on the ground.
Cell cell_of(base::Point point, double width) {
  constexpr double kAxis = 6'378'137;
  constexpr double kEccentricitySquared = 6.69437999014e-3;
  constexpr double kRadians = std::numbers::pi / 180;
  const double sine = std::sin(point.latitude.degrees * kRadians);
  const double cosine = std::cos(point.latitude.degrees * kRadians);
  const double normal = kAxis / std::sqrt(1 - kEccentricitySquared * sine * sine);
  const auto part = [width](double length) {
    return static_cast<std::int64_t>(std::floor(length / width));
  };
  return {part(normal * cosine * std::cos(point.longitude.degrees * kRadians)),
          part(normal * cosine * std::sin(point.longitude.degrees * kRadians)),
          part(normal * (1 - kEccentricitySquared) * sine)};
}

// Of all rows before it that a row may be joined with: how it is told.
struct Link {
  std::size_t other = 0;
  base::Metres distance;
};

class Linkage {
 public:
  // `rows`: in order of time.
  Linkage(const std::vector<const Report*>& rows, const ClusterOptions& options)
      : rows_(rows),
        options_(options),
        width_(std::max(options.within.value, 1.0) / 2),
        groups_(rows.size()),
        links_(rows.size()) {}

  void add(std::size_t row) {
    const Cell own = cell_of(*rows_[row]->point, width_);
    constexpr std::int64_t kReach = 2;
    for (std::int64_t x = -kReach; x <= kReach; ++x) {
      for (std::int64_t y = -kReach; y <= kReach; ++y) {
        for (std::int64_t z = -kReach; z <= kReach; ++z) {
          join_with_cell({own.x + x, own.y + y, own.z + z}, row);
        }
      }
    }
    cells_[own].push_back(row);
  }

  void join(std::size_t a, std::size_t b, base::Metres distance) {
    groups_.join(a, b);
    for (const auto& [row, other] : {std::pair(a, b), std::pair(b, a)}) {
      if (!links_[row]) {
        links_[row] = Link{other, distance};
      }
    }
  }

  std::size_t group(std::size_t row) { return groups_.find(row); }
  [[nodiscard]] const std::optional<Link>& link(std::size_t row) const { return links_[row]; }

 private:
  // Rows of one cell and one stretch of time are joined with each other already, so one is enough.
  void join_with_cell(const Cell& cell, std::size_t row) {
    const auto found = cells_.find(cell);
    if (found == cells_.end() || groups_.find(found->second.back()) == groups_.find(row)) {
      return;
    }
    for (auto other = found->second.rbegin(); other != found->second.rend(); ++other) {
      if (*rows_[row]->reported_at - *rows_[*other]->reported_at > options_.gap) {
        return;
      }
      const base::Metres distance = geometry::distance(*rows_[row]->point, *rows_[*other]->point);
      if (distance <= options_.within) {
        join(*other, row, distance);
        return;
      }
    }
  }

  const std::vector<const Report*>& rows_;
  ClusterOptions options_;
  double width_;
  Groups groups_;
  std::vector<std::optional<Link>> links_;
  // The rows of each cell so far, in order of time.
  std::unordered_map<Cell, std::vector<std::size_t>, CellHash> cells_;
};

// The archive's code of a video.
const std::string& code_of(const Report& report) { return report.source_id; }

std::vector<const Report*> videos_of(const Reading& reading) {
  std::vector<const Report*> videos;
  for (const Report& report : reading.reports) {
    if (report.is_video && report.reported_at) {
      videos.push_back(&report);
    }
  }
  std::sort(videos.begin(), videos.end(), [](const Report* a, const Report* b) {
    return std::forward_as_tuple(*a->reported_at, code_of(*a), a->raw) <
           std::forward_as_tuple(*b->reported_at, code_of(*b), b->raw);
  });
  return videos;
}

std::string reason_of(const std::vector<const Report*>& videos, std::size_t row, const Link& link) {
  const Report& other = *videos[link.other];
  if (code_of(other) == code_of(*videos[row])) {
    return "the same video, reported anew";
  }
  const base::Duration gap = *videos[row]->reported_at - *other.reported_at;
  const base::Duration length{std::abs(gap.seconds)};
  return fmt::format("{:.0f} m and {} from {}", link.distance.value, base::to_words(length),
                     code_of(other));
}

}  // namespace

base::Result<Joins> Joins::read(std::string_view file_name, std::string_view text) {
  auto table = Table::open(file_name, text);
  if (!table) {
    return table.error();
  }
  if (!table->has_all({"row", "incident"})) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{}: a joins file has the columns row and incident", file_name)};
  }
  const Column row_column = table->column("row");
  const Column incident_column = table->column("incident");
  Joins joins;
  while (table->next()) {
    if (const auto problem = table->problem()) {
      return table->to_error(*problem);
    }
    for (const Column column : {row_column, incident_column}) {
      if (table->field(column).empty()) {
        return table->to_error(
            {column, column == row_column ? "no row is named" : "no incident is named"});
      }
    }
    const std::string row(table->field(row_column));
    const std::string incident(table->field(incident_column));
    const auto [found, is_new] = joins.incidents_.try_emplace(row, incident);
    if (!is_new && found->second != incident) {
      return table->to_error(
          {row_column, fmt::format("`{}` belongs to two incidents, `{}` and `{}`", row,
                                   found->second, incident)});
    }
  }
  return joins;
}

std::optional<std::string> Joins::find(std::string_view row) const {
  const auto found = incidents_.find(row);
  return found == incidents_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Cluster> find_clusters(const Reading& reading,
                                   const std::optional<ClusterOptions>& options,
                                   const Joins& joins) {
  const std::vector<const Report*> videos = videos_of(reading);
  Linkage linkage(videos, options.value_or(ClusterOptions{}));
  std::unordered_map<std::string, std::size_t> first_of_code;
  std::vector<std::optional<std::string>> joined(videos.size());
  for (std::size_t row = 0; row < videos.size(); ++row) {
    joined[row] = joins.find(code_of(*videos[row]));
    const auto [first, is_new] = first_of_code.try_emplace(code_of(*videos[row]), row);
    if (!is_new) {
      linkage.join(first->second, row, {0});
    }
    if (options && !joined[row] && videos[row]->point) {
      linkage.add(row);
    }
  }
  std::vector<Cluster> clusters;
  std::unordered_map<std::string, std::size_t> by_incident;
  for (std::size_t row = 0; row < videos.size(); ++row) {
    const std::string incident = joined[row] ? *joined[row] : code_of(*videos[linkage.group(row)]);
    const auto [found, is_new] = by_incident.try_emplace(incident, clusters.size());
    if (is_new) {
      clusters.push_back({.incident = incident, .rows = {}});
    }
    ClusterRow entry;
    entry.report = static_cast<std::size_t>(videos[row] - reading.reports.data());
    entry.reason = joined[row]           ? "the joins file says so"
                   : linkage.link(row)   ? reason_of(videos, row, *linkage.link(row))
                   : !videos[row]->point ? "no place is known: it stands alone"
                                         : "";
    clusters[found->second].rows.push_back(std::move(entry));
  }
  return clusters;
}

void apply_clusters(std::vector<Cluster> clusters, Reading& reading) {
  for (const Cluster& cluster : clusters) {
    for (const ClusterRow& row : cluster.rows) {
      Report& report = reading.reports[row.report];
      report.incident = cluster.incident;
      if (cluster.rows.size() > 1) {
        report.observed_by =
            fmt::format("a video, one of {} joined as {}", cluster.rows.size(), cluster.incident);
      }
    }
  }
  reading.clusters = std::move(clusters);
}

std::string to_joins(const Reading& reading) {
  std::string text = encoding::to_csv_row(
      std::vector<std::string>{"row", "incident", "according_to", "place", "note"});
  for (const Cluster& cluster : reading.clusters) {
    for (const ClusterRow& row : cluster.rows) {
      const Report& report = reading.reports[row.report];
      text += encoding::to_csv_row(std::vector<std::string>{
          code_of(report), cluster.incident, report.according_to, report.place, report.note});
    }
  }
  return text;
}

}  // namespace truce::incidents
