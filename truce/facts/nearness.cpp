// SPDX-License-Identifier: Apache-2.0
// Whether two facts are near each other, and whether they are about the same thing.
#include <algorithm>

#include "truce/facts/internal/names.h"
#include "truce/facts/match.h"

namespace truce::facts {
namespace {

using agreement::Agreement;

// Both discs, where both are known.
bool have_discs(const Fact& one, const Fact& other) {
  return one.where.has_value() && other.where.has_value();
}

Truth is_within(const Agreement& agreement, const Fact& one, const Fact& other,
                base::Metres reach) {
  if (!have_discs(one, other)) {
    return Truth::Maybe;
  }
  const double apart = distance(agreement, one.where->centre, other.where->centre).value;
  const double doubt = one.where->radius.value + other.where->radius.value;
  return apart + doubt <= reach.value  ? Truth::Yes
         : apart - doubt > reach.value ? Truth::No
                                       : Truth::Maybe;
}

Truth is_same_by_discs(const Agreement& agreement, const Fact& one, const Fact& other) {
  if (!have_discs(one, other)) {
    return Truth::Maybe;
  }
  const double doubt = one.where->radius.value + other.where->radius.value;
  if (doubt == 0) {
    return one.where->centre == other.where->centre ? Truth::Yes : Truth::No;
  }
  return distance(agreement, one.where->centre, other.where->centre).value > doubt ? Truth::No
                                                                                   : Truth::Maybe;
}

Truth is_same_place(const Agreement& agreement, const Fact& one, const Fact& other) {
  if (one.named_place.has_value() && other.named_place.has_value()) {
    if (*one.named_place == *other.named_place) {
      return Truth::Yes;
    }
    const bool is_apart =
        place_lies_in(agreement, *one.named_place, *other.named_place) == Truth::No ||
        place_lies_in(agreement, *other.named_place, *one.named_place) == Truth::No;
    return is_apart ? Truth::No : is_same_by_discs(agreement, one, other);
  }
  const std::string word = place_word(one);
  const std::string other_word = place_word(other);
  if (!word.empty() && !other_word.empty()) {
    return word == other_word ? Truth::Yes : Truth::No;
  }
  return is_same_by_discs(agreement, one, other);
}

}  // namespace

bool comes_after(const Fact& one, const Fact& other) {
  return one.order && other.order && *one.order > *other.order && one.when == other.when &&
         one.when.from == last_of(one.when);
}

std::string place_word(const Fact& fact) {
  return fact.named_place.has_value() ? std::string() : internal::folded(fact.place_text);
}

base::Metres distance(const Agreement& agreement, base::Point from, base::Point to) {
  if (agreement.metric == agreement::Metric::Geodesic) {
    return geometry::distance(from, to);
  }
  const double half_way = (from.latitude.degrees + to.latitude.degrees) / 2;
  return geometry::planar_distance(from, to, {agreement.planar_latitude.value_or(half_way)});
}

Truth is_near(const Agreement& agreement, const Fact& one, const Fact& other,
              const agreement::Nearness& nearness) {
  return nearness.within.has_value() ? is_within(agreement, one, other, *nearness.within)
                                     : is_same_place(agreement, one, other);
}

Truth is_same_key(const std::string& key, const std::string& other) {
  if (key.empty() != other.empty()) {
    return Truth::Maybe;
  }
  return key == other ? Truth::Yes : Truth::No;
}

Truth is_same_key(const std::vector<std::string>& keys, const std::string& other) {
  const Truth first = is_same_key(keys.front(), other);
  const bool is_settled = std::all_of(keys.begin(), keys.end(), [&](const std::string& key) {
    return is_same_key(key, other) == first;
  });
  return is_settled ? first : Truth::Maybe;
}

}  // namespace truce::facts
