// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/latest.h"

#include <algorithm>
#include <bit>

namespace truce::stream::internal {

void Latest::grow(std::uint32_t slot, std::uint32_t place) {
  const std::size_t slots = std::max<std::size_t>(slots_, std::bit_ceil(slot + 1U));
  const std::size_t places = std::max<std::size_t>(places_, std::bit_ceil(place + 1U));
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
