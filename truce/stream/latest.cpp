// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/latest.h"

#include <algorithm>
#include <bit>

namespace truce::stream::internal {

void Latest::grow(std::size_t least_slots, std::size_t least_places) {
  const std::size_t slots = std::max(slots_, std::bit_ceil(least_slots));
  const std::size_t places = std::max(places_, std::bit_ceil(least_places));
  const auto widen = [&](std::vector<std::int64_t>& times) {
    std::vector<std::int64_t> more(slots * places, kNoTime);
    for (std::size_t at = 0; at < places_; ++at) {
      std::copy_n(times.begin() + static_cast<std::ptrdiff_t>(at * slots_), slots_,
                  more.begin() + static_cast<std::ptrdiff_t>(at * slots));
    }
    times = std::move(more);
  };
  widen(last_);
  if (is_double_) {
    widen(before_);
  }
  slots_ = slots;
  places_ = places;
}

}  // namespace truce::stream::internal
