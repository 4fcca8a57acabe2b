// SPDX-License-Identifier: Apache-2.0
#include "truce/separation/roads.h"

#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "truce/encoding/geojson.h"
#include "truce/geometry/region.h"

namespace truce::separation {
namespace {

constexpr double kLongestPiece = 500;
// To a ten-millionth of a degree, a centimetre.
constexpr double kPrecision = 1e7;

constexpr std::array<std::pair<std::string_view, double>, 6> kClasses = {{{"motorway", 90},
                                                                          {"primary", 70},
                                                                          {"secondary", 60},
                                                                          {"tertiary", 45},
                                                                          {"residential", 30},
                                                                          {"track", 15}}};

std::optional<double> speed_of(std::string_view text) {
  double value = 0;
  const char* end = std::to_address(text.end());
  const auto read = std::from_chars(std::to_address(text.begin()), end, value);
  const bool is_one =
      read.ec == std::errc{} && read.ptr == end && value >= kSlowest && value <= kFastest;
  return is_one ? std::optional(value) : std::nullopt;
}

base::Error invalid(std::string_view name, std::size_t feature, std::string_view why) {
  return {base::ErrorCode::InvalidArgument, fmt::format("{}: feature {} {}", name, feature, why)};
}

const std::string* property_of(const encoding::GeoJsonFeature& feature, const char* name) {
  const auto found = feature.properties.find(name);
  return found == feature.properties.end() ? nullptr : &found->second;
}

base::Result<Road> read_road(std::string_view name, std::size_t number,
                             const encoding::GeoJsonFeature& feature) {
  if (feature.lines.empty() || !feature.points.empty() || !feature.polygons.empty()) {
    return invalid(name, number, "is no line; a road is a LineString");
  }
  Road road;
  if (const std::string* called = property_of(feature, "name")) {
    road.name = *called;
  }
  if (const std::string* speed = property_of(feature, "speed_kmh")) {
    const auto read = speed_of(*speed);
    if (!read) {
      return invalid(name, number,
                     fmt::format("has the speed_kmh `{}`; write a number from {} to {}", *speed,
                                 kSlowest, kFastest));
    }
    road.speed_kmh = *read;
  } else if (const std::string* kind = property_of(feature, "class")) {
    std::string known;
    bool is_known = false;
    for (const auto& [word, usual] : kClasses) {
      known += (known.empty() ? "" : ", ") + std::string(word);
      if (word == *kind) {
        road.speed_kmh = usual;
        is_known = true;
      }
    }
    if (!is_known) {
      return invalid(
          name, number,
          fmt::format("has the class `{}`; write one of {}, or a speed_kmh", *kind, known));
    }
  }
  if (const std::string* closed = property_of(feature, "closed")) {
    if (*closed != "true" && *closed != "false") {
      return invalid(name, number, fmt::format("is closed: `{}`; write true or false", *closed));
    }
    road.is_closed = *closed == "true";
  }
  return road;
}

class Builder {
 public:
  explicit Builder(RoadNetwork& network) : network_(&network) {
    for (std::size_t i = 0; i < network.junctions.size(); ++i) {
      numbers_.emplace(network.junctions[i], static_cast<std::uint32_t>(i));
    }
  }

  void add(Road road, const std::vector<std::vector<base::Point>>& lines) {
    const auto number = static_cast<std::uint32_t>(network_->roads.size());
    network_->roads.push_back(std::move(road));
    for (const std::vector<base::Point>& line : lines) {
      for (std::size_t i = 1; i < line.size(); ++i) {
        add_straight(line[i - 1], line[i], number);
      }
    }
  }

  [[nodiscard]] bool is_too_big() const { return network_->stretches.size() > kMostStretches; }

 private:
  std::uint32_t number_of(base::Point point) {
    const auto rounded = [](double degrees) {
      return std::round(degrees * kPrecision) / kPrecision;
    };
    point = {{rounded(point.latitude.degrees)}, {rounded(point.longitude.degrees)}};
    const auto [entry, is_new] =
        numbers_.emplace(point, static_cast<std::uint32_t>(network_->junctions.size()));
    if (is_new) {
      network_->junctions.push_back(point);
    }
    return entry->second;
  }

  void add_straight(base::Point from, base::Point to, std::uint32_t road) {
    const double length = geometry::distance(from, to).value;
    const auto pieces = static_cast<std::size_t>(
        std::min(std::max(1.0, std::ceil(length / kLongestPiece)), double{kMostStretches}));
    std::uint32_t last = number_of(from);
    for (std::size_t piece = 1; piece <= pieces && !is_too_big(); ++piece) {
      const double share = static_cast<double>(piece) / static_cast<double>(pieces);
      const std::uint32_t next = number_of(
          piece == pieces
              ? to
              : base::Point{{std::lerp(from.latitude.degrees, to.latitude.degrees, share)},
                            {std::lerp(from.longitude.degrees, to.longitude.degrees, share)}});
      if (next != last) {
        network_->stretches.push_back(
            {.from = last,
             .to = next,
             .road = road,
             .length = geometry::distance(network_->junctions[last], network_->junctions[next])});
      }
      last = next;
    }
  }

  RoadNetwork* network_;
  std::map<base::Point, std::uint32_t> numbers_;
};

}  // namespace

base::Result<void> read_roads(std::string_view name, std::string_view text, RoadNetwork& network) {
  const auto features = encoding::read_geojson(name, text);
  if (!features) {
    return features.error();
  }
  Builder builder(network);
  for (std::size_t i = 0; i < features->size(); ++i) {
    auto road = read_road(name, i + 1, (*features)[i]);
    if (!road) {
      return road.error();
    }
    for (const std::vector<base::Point>& line : (*features)[i].lines) {
      if (const auto checked = geometry::Region::lines({line}); !checked) {
        return invalid(name, i + 1, fmt::format("cannot be used: {}", checked.error().message));
      }
    }
    builder.add(std::move(road).value(), (*features)[i].lines);
    if (builder.is_too_big()) {
      return invalid(name, i + 1,
                     fmt::format("makes more than {} pieces of 500 m; give the roads of one area",
                                 kMostStretches));
    }
  }
  return {};
}

}  // namespace truce::separation
