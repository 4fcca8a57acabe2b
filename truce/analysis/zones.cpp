// SPDX-License-Identifier: Apache-2.0
// O01 and O02 of zones: areas drawn on the map for different sides, or one in which something is
// allowed and one in which it is forbidden, that share ground or leave some between them.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "truce/analysis/internal/replay.h"
#include "truce/analysis/internal/search.h"
#include "truce/facts/match.h"
#include "truce/geometry/faces.h"

namespace truce::analysis::internal {
namespace {

using agreement::Form;
using agreement::PlaceId;

// An area that a clause speaks of.
struct Zone {
  PlaceId place;
  ClauseId clause;
};

const geometry::Region& region_of(const Search& search, PlaceId id) {
  return *search.agreement().place(id).region;
}

bool is_drawn_area(const Search& search, PlaceId id) {
  const agreement::Place& place = search.agreement().place(id);
  return place.region != nullptr && place.terms.size() == 1 &&
         place.terms[0].what == agreement::PlaceTerm::What::Annex &&
         place.terms[0].shape == agreement::PlaceTerm::Shape::Area;
}

std::vector<Zone> zones_of(const Search& search) {
  std::vector<Zone> zones;
  for (const ClauseId id : search.draft.clauses()) {
    for (const auto* in : search.clause(id).find_all<agreement::InPlace>()) {
      for (const agreement::Noun& noun : in->places.items) {
        if (noun.head == agreement::Noun::Head::Place && is_drawn_area(search, noun.place)) {
          zones.push_back({noun.place, id});
        }
      }
    }
  }
  return zones;
}

bool have_common_bearer(const Search& search, ClauseId one, ClauseId other) {
  const Actors bearers = search.draft.bearers(one);
  const Actors others = search.draft.bearers(other);
  return std::any_of(bearers.begin(), bearers.end(),
                     [&](ActorId actor) { return contains(others, actor); });
}

// Whether two clauses mark off their zones against each other: each allows one side to be where it
// is, or one allows what the other forbids.
bool are_told_apart(const Search& search, const Zone& one, const Zone& other) {
  const Clause& first = search.clause(one.clause);
  const Clause& second = search.clause(other.clause);
  if (one.place == other.place || first.act.verb != second.act.verb ||
      !first.act.verb.has_value()) {
    return false;
  }
  const bool is_first_allowed = first.form == Form::Permission;
  const bool is_second_allowed = second.form == Form::Permission;
  if (is_first_allowed && is_second_allowed) {
    return !have_common_bearer(search, one.clause, other.clause);
  }
  const bool is_one_forbidden =
      search.draft.is_prohibition(one.clause) || search.draft.is_prohibition(other.clause);
  return (is_first_allowed || is_second_allowed) && is_one_forbidden &&
         have_common_bearer(search, one.clause, other.clause);
}

// A disc around the corners of the regions.
std::optional<geometry::Disc> around(const std::vector<const geometry::Region*>& regions) {
  std::vector<base::Point> corners;
  for (const geometry::Region* region : regions) {
    for (const geometry::Polygon& polygon : region->outlines()) {
      for (const geometry::Ring& ring : polygon) {
        corners.insert(corners.end(), ring.begin(), ring.end());
      }
    }
  }
  if (corners.empty()) {
    return std::nullopt;
  }
  const auto by_latitude =
      std::minmax_element(corners.begin(), corners.end(),
                          [](const auto& a, const auto& b) { return a.latitude < b.latitude; });
  const auto by_longitude =
      std::minmax_element(corners.begin(), corners.end(),
                          [](const auto& a, const auto& b) { return a.longitude < b.longitude; });
  const base::Point centre{
      {(by_latitude.first->latitude.degrees + by_latitude.second->latitude.degrees) / 2},
      {(by_longitude.first->longitude.degrees + by_longitude.second->longitude.degrees) / 2}};
  double reach = 0;
  for (const base::Point& corner : corners) {
    reach = std::max(reach, geometry::distance(centre, corner).value);
  }
  return geometry::Disc{centre, {reach * 1.02}};
}

std::string words(base::Point point) {
  return fmt::format("{:.4f}° {}, {:.4f}° {}", std::abs(point.latitude.degrees),
                     point.latitude.degrees < 0 ? "S" : "N", std::abs(point.longitude.degrees),
                     point.longitude.degrees < 0 ? "W" : "E");
}

class Zones {
 public:
  explicit Zones(Search& search) : search_(search) {}

  void run() {
    const std::vector<Zone> zones = zones_of(search_);
    for (std::size_t i = 0; i < zones.size(); ++i) {
      for (std::size_t j = i + 1; j < zones.size(); ++j) {
        if (are_told_apart(search_, zones[i], zones[j])) {
          compare(zones[i], zones[j]);
        }
      }
    }
  }

 private:
  [[nodiscard]] const std::string& name(PlaceId id) const {
    return search_.agreement().place(id).name;
  }

  void compare(const Zone& one, const Zone& other) {
    const geometry::Region& first = region_of(search_, one.place);
    const geometry::Region& second = region_of(search_, other.place);
    // A zone within another is an exception to it, and meant so.
    if (first.lies_in(second) == geometry::Containment::Inside ||
        second.lies_in(first) == geometry::Containment::Inside) {
      return;
    }
    // With what lies around both, and whatever else is drawn.
    std::vector<const geometry::Region*> regions = {&first, &second};
    std::optional<PlaceId> ground;
    for (std::size_t i = 0; i < search_.agreement().places.size(); ++i) {
      const auto id = base::id_at<PlaceId>(i);
      if (!is_drawn_area(search_, id) || id == one.place || id == other.place) {
        continue;
      }
      const geometry::Region& around_both = region_of(search_, id);
      const bool is_ground = first.lies_in(around_both) == geometry::Containment::Inside &&
                             second.lies_in(around_both) == geometry::Containment::Inside;
      if (is_ground && !ground.has_value()) {
        ground = id;
        regions.insert(regions.begin() + 2, &around_both);
      } else {
        regions.push_back(&around_both);
      }
    }
    const bool may_share = first.lies_in(second) != geometry::Containment::Outside;
    const auto disc = around(regions);
    const auto points = disc.has_value() ? geometry::points_of_faces(*disc, regions) : std::nullopt;
    if (!points.has_value()) {
      search_.not_searched.push_back(
          fmt::format("TR-O01 and TR-O02 for {} and {}: the drawings "
                      "cannot be laid over each other",
                      name(one.place), name(other.place)));
      return;
    }
    tell(one, other, ground, may_share, *points);
  }

  // A strip as narrow as a pen's line is no gap.
  [[nodiscard]] bool is_clear(const Zone& zone, base::Point point) const {
    constexpr double kPen = 20;
    return region_of(search_, zone.place).contains({point, {kPen}}) ==
           geometry::Containment::Outside;
  }

  void tell(const Zone& one, const Zone& other, std::optional<PlaceId> ground, bool may_share,
            const std::map<geometry::Face, base::Point>& points) {
    std::optional<base::Point> shared;
    std::optional<base::Point> between;
    for (const auto& [face, point] : points) {
      if (face[0] && face[1] && may_share && !shared.has_value()) {
        shared = point;
      }
      // In the ground, and in nothing else that the text draws.
      const auto count = std::count(face.begin(), face.end(), true);
      if (ground.has_value() && face[2] && count == 1 && !between.has_value() &&
          is_clear(one, point) && is_clear(other, point)) {
        between = point;
      }
    }
    const bool are_sides = search_.clause(one.clause).form == Form::Permission &&
                           search_.clause(other.clause).form == Form::Permission;
    if (shared.has_value()) {
      Finding finding = about_zones(Code::O01, one, other);
      finding.message =
          say("{} and {} share ground, as at {}, and {} say different things "
              "of it",
              name(one.place), name(other.place), words(*shared),
              search_.draft.numbers(finding.clauses));
      finding.outcome = are_sides ? say("There both sides may be where only one was meant to.")
                                  : say("There what one clause forbids the other allows.");
      search_.findings.push_back(std::move(finding));
    }
    if (between.has_value() && are_sides) {
      Finding finding = about_zones(Code::O02, one, other);
      finding.message =
          say("ground in {}, as at {}, is neither {} nor {} nor anything else "
              "that is drawn",
              name(*ground), words(*between), name(one.place), name(other.place));
      finding.outcome = say("No clause says whose it is, or that it is nobody's.");
      search_.findings.push_back(std::move(finding));
    }
  }

  [[nodiscard]] Finding about_zones(Code code, const Zone& one, const Zone& other) const {
    Finding finding{.code = code};
    finding.key = name(one.place) + "/" + name(other.place);
    for (const Zone* zone : {&one, &other}) {
      about(finding, search_.draft, zone->clause, "speaks of " + name(zone->place), false);
    }
    finding.span = search_.agreement().place(one.place).span;
    finding.labels.insert(finding.labels.begin(),
                          {{search_.agreement().place(one.place).span, "one zone", true},
                           {search_.agreement().place(other.place).span, "the other", true}});
    std::sort(finding.clauses.begin(), finding.clauses.end());
    return finding;
  }

  Search& search_;
};

}  // namespace

void find_zones(Search& search) { Zones(search).run(); }

}  // namespace truce::analysis::internal
