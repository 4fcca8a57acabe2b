// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/regions.h"

#include "truce/agreement/internal/circles.h"

namespace truce::agreement::internal {
namespace {

std::optional<geometry::Region> region_of(const PlaceTerm& term, const std::vector<Place>& places) {
  if (term.only_in.has_value()) {
    return std::nullopt;
  }
  if (term.what == PlaceTerm::What::Annex || term.what == PlaceTerm::What::Parameter) {
    return term.region == nullptr ? std::nullopt : std::optional(*term.region);
  }
  if (!term.place.has_value() || places[term.place->index].region == nullptr) {
    return std::nullopt;
  }
  const geometry::Region& other = *places[term.place->index].region;
  return term.what == PlaceTerm::What::Within ? geometry::Region::within(term.within, other)
                                              : other;
}

// The terms are read from left to right: `and` adds, `except` takes away.
std::shared_ptr<const geometry::Region> composed(const Place& place,
                                                 const std::vector<Place>& places) {
  std::optional<geometry::Region> whole;
  for (const PlaceTerm& term : place.terms) {
    std::optional<geometry::Region> part = region_of(term, places);
    if (!part.has_value()) {
      return nullptr;
    }
    if (!whole.has_value()) {
      whole = std::move(part);
    } else if (term.is_excluded) {
      whole = geometry::Region::difference(*whole, *part);
    } else {
      whole = geometry::Region::union_of({*whole, *part});
    }
  }
  return whole.has_value() ? std::make_shared<const geometry::Region>(std::move(*whole)) : nullptr;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> place_edges(const std::vector<Place>& places) {
  std::vector<std::vector<std::uint32_t>> edges(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (const PlaceTerm& term : places[i].terms) {
      if (term.place.has_value()) {
        edges[i].push_back(term.place->index);
      }
    }
  }
  return edges;
}

void compose_regions(std::vector<Place>& places) {
  for (Place& place : places) {
    place.region = nullptr;
  }
  // On a circle the first place finds its other still empty, and so stays empty itself.
  for (std::uint32_t i : in_order(place_edges(places))) {
    places[i].region = composed(places[i], places);
  }
}

}  // namespace truce::agreement::internal
