// SPDX-License-Identifier: Apache-2.0
// Where an act may lie: the sets of places of both texts that some point lies in.
#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

#include <fmt/format.h>

#include "truce/comparison/internal/choices.h"
#include "truce/facts/words.h"
#include "truce/geometry/faces.h"

namespace truce::comparison::internal {
namespace {

using agreement::PlaceId;
using agreement::PlaceTerm;

// More parts of the ground than these are not told apart for one pair of clauses.
constexpr std::size_t kMostUnknown = 5;
constexpr int kMaxDepth = 12;

// What a place is made of: annexes and belts, by what they are defined to be.
using Inside = std::map<std::string, bool>;

class Ground {
 public:
  Ground(const Text& text, std::set<std::string> redrawn)
      : agreement_(text.agreement),
        words_(text.agreement, text.side == Side::Before ? "<" : ">", redrawn),
        side_(text.side == Side::Before ? "<" : ">"),
        redrawn_(std::move(redrawn)) {}

  // The parts whose extent only the words give.
  void add_parts(PlaceId id, std::set<std::string>& parts, int depth = 0) const {
    for_terms(id, depth, [&](const PlaceTerm& term, const std::string& key) {
      if (!key.empty()) {
        parts.insert(key);
      }
      if (term.what != PlaceTerm::What::Annex && term.place.has_value()) {
        add_parts(*term.place, parts, depth + 1);
      }
    });
  }

  // Whether a point of that kind lies in the place.
  [[nodiscard]] bool holds(PlaceId id, const Inside& inside, int depth = 0) const {
    bool is_in = false;
    for_terms(id, depth, [&](const PlaceTerm& term, const std::string& key) {
      const bool is_there = key.empty()
                                ? term.place.has_value() && holds(*term.place, inside, depth + 1)
                                : inside.at(key);
      is_in = term.is_excluded ? is_in && !is_there : is_in || is_there;
    });
    return is_in;
  }

  // Whether the belts are no narrower than what they lie around, and wide ones hold narrow ones.
  [[nodiscard]] bool is_possible(PlaceId id, const Inside& inside, int depth = 0) const {
    bool is_possible = true;
    for_terms(id, depth, [&](const PlaceTerm& term, const std::string& key) {
      if (term.what == PlaceTerm::What::Within && term.place.has_value()) {
        is_possible = is_possible && (inside.at(key) || !holds(*term.place, inside, depth + 1));
        belts_[words_.place(*term.place)].emplace(term.within.value, key);
      }
      if (term.what != PlaceTerm::What::Annex && term.place.has_value()) {
        is_possible = is_possible && this->is_possible(*term.place, inside, depth + 1);
      }
    });
    return is_possible;
  }

  // Belts around the same thing, by width; filled by is_possible.
  using Belts = std::map<std::string, std::set<std::pair<double, std::string>>>;
  [[nodiscard]] const Belts& belts() const { return belts_; }

 private:
  void for_terms(PlaceId id, int depth,
                 const std::function<void(const PlaceTerm&, const std::string&)>& visit) const {
    const agreement::Place& place = agreement_.place(id);
    if (depth > kMaxDepth) {
      return;
    }
    if (place.terms.empty()) {
      visit(PlaceTerm{}, words_.place(id));
      return;
    }
    // What is taken away is taken from all the rest.
    for (const bool is_excluded : {false, true}) {
      for (const PlaceTerm& term : place.terms) {
        if (term.is_excluded == is_excluded) {
          visit(term, key_of(term));
        }
      }
    }
  }
  [[nodiscard]] std::string key_of(const PlaceTerm& term) const {
    switch (term.what) {
      case PlaceTerm::What::Annex:
        return "annex " + annex_key(term) + (redrawn_.contains(annex_key(term)) ? side_ : "");
      case PlaceTerm::What::Within:
        return term.place.has_value()
                   ? fmt::format("within {} of {}", term.within.value, words_.place(*term.place))
                   : std::string("within nothing");
      case PlaceTerm::What::Parameter:
        return "parameter " + term.parameter;
      case PlaceTerm::What::Named:
        return {};
    }
    return {};
  }

  const Agreement& agreement_;
  Words words_;
  std::string side_;
  std::set<std::string> redrawn_;
  mutable Belts belts_;
};

// What drawings say of two places, whatever else is drawn.
class Drawn {
 public:
  Drawn(const Both& both, const std::set<PlaceId>& before, const std::set<PlaceId>& after) {
    for (const PlaceId id : before) {
      add(both.before, id, Side::Before);
    }
    for (const PlaceId id : after) {
      add(both.after, id, Side::After);
    }
    for (const Place& one : places_) {
      for (const Place& other : places_) {
        lies_.push_back(&one == &other || one.region == other.region
                            ? geometry::Containment::Either
                            : one.region->lies_in(*other.region));
      }
    }
  }

  [[nodiscard]] bool is_possible(const Spot& spot) const {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      for (std::size_t j = 0; j < places_.size(); ++j) {
        const geometry::Containment lies = lies_[i * places_.size() + j];
        const bool is_in_other = is_in(spot, places_[j]);
        if (is_in(spot, places_[i]) && ((lies == geometry::Containment::Inside && !is_in_other) ||
                                        (lies == geometry::Containment::Outside && is_in_other))) {
          return false;
        }
      }
    }
    return true;
  }

 private:
  struct Place {
    PlaceId id;
    Side side;
    const geometry::Region* region;
  };
  void add(const Text& text, PlaceId id, Side side) {
    if (const auto& region = text.agreement.place(id).region; region != nullptr) {
      places_.push_back({id, side, region.get()});
    }
  }
  static bool is_in(const Spot& spot, const Place& place) {
    return (place.side == Side::Before ? spot.before : spot.after).at(place.id);
  }

  std::vector<Place> places_;
  std::vector<geometry::Containment> lies_;
};

std::string words_of(const Both& both, const Spot& spot) {
  std::vector<std::string> in;
  std::vector<std::string> out;
  const auto add = [&](const Text& text, const std::map<PlaceId, bool>& located, const Text& other,
                       const std::map<PlaceId, bool>& others) {
    for (const auto& [id, is_inside] : located) {
      const std::string& name = text.agreement.place(id).name;
      const auto twin = other.agreement.find_place(name);
      const bool is_twofold = twin.has_value() && others.contains(*twin);
      // A name that both texts use for different ground.
      const bool is_torn = is_twofold && others.at(*twin) != is_inside;
      const std::string word = is_torn ? fmt::format("{} as the {} text has it", name,
                                                     text.side == Side::Before ? "old" : "new")
                                       : name;
      auto& list = is_inside ? in : out;
      if (std::find(list.begin(), list.end(), word) == list.end()) {
        list.push_back(word);
      }
    }
  };
  add(both.before, spot.before, both.after, spot.after);
  add(both.after, spot.after, both.before, spot.before);
  std::string text = in.empty() ? "" : "in " + facts::join_words(in);
  if (!out.empty()) {
    text += fmt::format("{}outside {}", text.empty() ? "" : ", ", facts::join_words(out));
  }
  return text;
}

bool is_drawn(const Text& text, const std::set<PlaceId>& places) {
  return std::all_of(places.begin(), places.end(),
                     [&](PlaceId id) { return text.agreement.place(id).region != nullptr; });
}

// A disc around all that is drawn, with ground around it.
std::optional<geometry::Disc> around(const std::vector<const geometry::Region*>& regions) {
  std::vector<base::Point> points;
  for (const geometry::Region* region : regions) {
    for (const geometry::Polygon& polygon : region->outlines()) {
      for (const geometry::Ring& ring : polygon) {
        points.insert(points.end(), ring.begin(), ring.end());
      }
    }
    for (const geometry::Polyline& line : region->drawn_lines()) {
      points.insert(points.end(), line.begin(), line.end());
    }
  }
  if (points.empty()) {
    return std::nullopt;
  }
  double latitude = 0;
  double longitude = 0;
  for (const base::Point& point : points) {
    latitude += point.latitude.degrees / static_cast<double>(points.size());
    longitude += point.longitude.degrees / static_cast<double>(points.size());
  }
  const base::Point centre{base::Latitude{latitude}, base::Longitude{longitude}};
  double reach = 0;
  for (const base::Point& point : points) {
    reach = std::max(reach, geometry::distance(centre, point).value);
  }
  return geometry::Disc{centre, base::Metres{reach * 1.1 + 1000}};
}

// The combinations that what is drawn leaves; empty where that cannot be told.
std::vector<Spot> drawn_spots(const Both& both, const std::set<PlaceId>& before,
                              const std::set<PlaceId>& after) {
  std::vector<const geometry::Region*> regions;
  for (const PlaceId id : before) {
    regions.push_back(both.before.agreement.place(id).region.get());
  }
  for (const PlaceId id : after) {
    regions.push_back(both.after.agreement.place(id).region.get());
  }
  const auto disc = around(regions);
  const auto faces = disc.has_value() ? geometry::faces_of(*disc, regions) : std::nullopt;
  std::vector<Spot> spots;
  for (const geometry::Face& face : faces.value_or(std::vector<geometry::Face>{})) {
    Spot spot;
    std::size_t at = 0;
    for (const PlaceId id : before) {
      spot.before[id] = face[at++];
    }
    for (const PlaceId id : after) {
      spot.after[id] = face[at++];
    }
    spots.push_back(std::move(spot));
  }
  return spots;
}

// Whether each wide belt holds the narrow ones around the same thing.
bool is_in_order(const Ground::Belts& belts, const Inside& inside) {
  for (const auto& [around, widths] : belts) {
    bool is_in = false;
    for (const auto& [width, key] : widths) {
      const auto found = inside.find(key);
      if (found != inside.end() && !found->second && is_in) {
        return false;
      }
      is_in = is_in || (found != inside.end() && found->second);
    }
  }
  return true;
}

// The combinations that the words alone leave possible.
std::vector<Spot> worded_spots(const Both& both, const std::set<PlaceId>& before,
                               const std::set<PlaceId>& after, std::set<std::string>& limits) {
  const std::set<std::string> redrawn =
      redrawn_annexes(both.before.agreement, both.after.agreement);
  const Ground old_ground(both.before, redrawn);
  const Ground new_ground(both.after, redrawn);
  std::set<std::string> parts;
  for (const PlaceId id : before) {
    old_ground.add_parts(id, parts);
  }
  for (const PlaceId id : after) {
    new_ground.add_parts(id, parts);
  }
  if (parts.size() > kMostUnknown) {
    limits.insert("places, of which the clauses name many");
  }
  const std::vector<std::string> list(parts.begin(), parts.end());
  const std::size_t free = std::min(list.size(), kMostUnknown);
  std::vector<Spot> spots;
  for (std::size_t bits = 0; bits < (std::size_t{1} << free); ++bits) {
    Inside inside;
    for (std::size_t i = 0; i < list.size(); ++i) {
      // The first combination lies in all of them.
      inside[list[i]] = i >= free || (bits >> i & 1) == 0;
    }
    bool is_possible = true;
    Spot spot;
    for (const PlaceId id : before) {
      is_possible = is_possible && old_ground.is_possible(id, inside);
      spot.before[id] = old_ground.holds(id, inside);
    }
    for (const PlaceId id : after) {
      is_possible = is_possible && new_ground.is_possible(id, inside);
      spot.after[id] = new_ground.holds(id, inside);
    }
    Ground::Belts belts = old_ground.belts();
    for (const auto& [around, widths] : new_ground.belts()) {
      belts[around].insert(widths.begin(), widths.end());
    }
    is_possible = is_possible && is_in_order(belts, inside);
    if (is_possible) {
      spots.push_back(std::move(spot));
    }
  }
  return spots;
}

}  // namespace

namespace {

std::vector<Spot> distinct_spots(const Both& both, const std::set<PlaceId>& before,
                                 const std::set<PlaceId>& after, std::set<std::string>& limits) {
  std::vector<Spot> spots;
  const bool is_all_drawn = is_drawn(both.before, before) && is_drawn(both.after, after);
  if (is_all_drawn) {
    spots = drawn_spots(both, before, after);
  }
  if (spots.empty()) {
    if (is_all_drawn) {
      limits.insert("places whose drawings cannot be compared");
    }
    spots = worded_spots(both, before, after, limits);
    const Drawn drawn(both, before, after);
    std::erase_if(spots, [&](const Spot& spot) { return !drawn.is_possible(spot); });
    if (spots.empty()) {
      spots.emplace_back();
    }
  }
  for (Spot& spot : spots) {
    spot.words = words_of(both, spot);
  }
  // Those that lie in most places come first: they read best.
  std::stable_sort(spots.begin(), spots.end(), [](const Spot& a, const Spot& b) {
    const auto count = [](const Spot& spot) {
      const auto is_in = [](const auto& one) { return one.second; };
      return std::count_if(spot.before.begin(), spot.before.end(), is_in) +
             std::count_if(spot.after.begin(), spot.after.end(), is_in);
    };
    return count(a) > count(b);
  });
  // Ground that both texts treat alike stands once.
  std::vector<Spot> distinct;
  for (Spot& spot : spots) {
    const bool is_known = std::any_of(distinct.begin(), distinct.end(), [&](const Spot& one) {
      return one.before == spot.before && one.after == spot.after;
    });
    if (!is_known) {
      distinct.push_back(std::move(spot));
    }
  }
  return distinct;
}

}  // namespace

std::vector<Spot> spots_for(const Both& both, const std::set<PlaceId>& before,
                            const std::set<PlaceId>& after, std::set<std::string>& limits) {
  if (before.empty() && after.empty()) {
    return {Spot{}};
  }
  const auto [place, is_new] = both.grounds.known.try_emplace({before, after});
  Grounds::Parts& parts = place->second;
  if (is_new) {
    parts.spots = distinct_spots(both, before, after, parts.limits);
  }
  limits.insert(parts.limits.begin(), parts.limits.end());
  return parts.spots;
}

}  // namespace truce::comparison::internal
