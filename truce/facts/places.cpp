// SPDX-License-Identifier: Apache-2.0
// Where a fact lies, by the place's own name, by what is drawn, or by the words alone.
#include "truce/facts/match.h"

namespace truce::facts {
namespace {

using agreement::Agreement;
using agreement::PlaceId;
using agreement::PlaceTerm;

// A place may be defined by another one; a circle of definitions ends here.
constexpr int kMaxDepth = 16;

Truth from_containment(geometry::Containment containment) {
  switch (containment) {
    case geometry::Containment::Inside:
      return Truth::Yes;
    case geometry::Containment::Outside:
      return Truth::No;
    case geometry::Containment::Either:
      return Truth::Maybe;
  }
  return Truth::Maybe;
}

// The only term of a place that is all within a distance of another place.
const PlaceTerm* only_within(const Agreement& agreement, PlaceId place) {
  const agreement::Place& declared = agreement.place(place);
  if (declared.terms.size() != 1 || declared.terms[0].what != PlaceTerm::What::Within ||
      !declared.terms[0].place.has_value()) {
    return nullptr;
  }
  return &declared.terms[0];
}

// Whether the words alone say that every point of `inner` is one of `outer`.
bool is_inside_by_words(const Agreement& agreement, PlaceId inner, PlaceId outer, int depth) {
  if (inner == outer) {
    return true;
  }
  if (depth == 0) {
    return false;
  }
  const PlaceTerm* belt = only_within(agreement, outer);
  if (belt != nullptr) {
    const PlaceTerm* narrow = only_within(agreement, inner);
    if (narrow != nullptr && narrow->place == belt->place &&
        narrow->within.value <= belt->within.value) {
      return true;
    }
    return is_inside_by_words(agreement, inner, *belt->place, depth - 1);
  }
  bool is_inside = false;
  for (const PlaceTerm& term : agreement.place(outer).terms) {
    if (term.is_excluded) {
      return false;
    }
    is_inside = is_inside || (term.what == PlaceTerm::What::Named && term.place.has_value() &&
                              is_inside_by_words(agreement, inner, *term.place, depth - 1));
  }
  return is_inside;
}

}  // namespace

Truth place_lies_in(const Agreement& agreement, PlaceId inner, PlaceId outer) {
  if (is_inside_by_words(agreement, inner, outer, kMaxDepth)) {
    return Truth::Yes;
  }
  const auto& inner_region = agreement.place(inner).region;
  const auto& outer_region = agreement.place(outer).region;
  if (inner_region != nullptr && outer_region != nullptr) {
    return from_containment(inner_region->lies_in(*outer_region));
  }
  return Truth::Maybe;
}

Truth lies_in(const Agreement& agreement, const Fact& fact, PlaceId place) {
  for (const Located& located : fact.located) {
    if (located.place == place) {
      return located.is_inside ? Truth::Yes : Truth::No;
    }
  }
  if (fact.named_place.has_value()) {
    const Truth named = place_lies_in(agreement, *fact.named_place, place);
    if (named != Truth::Maybe) {
      return named;
    }
  }
  const auto& region = agreement.place(place).region;
  if (fact.where.has_value() && region != nullptr) {
    return from_containment(region->contains(*fact.where));
  }
  return Truth::Maybe;
}

}  // namespace truce::facts
