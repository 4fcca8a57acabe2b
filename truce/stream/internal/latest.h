// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace truce::stream::internal {

/// No act: before every time, and by more than any period.
constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min() / 2;

/// The last time of an act, for each pair of what is looked for and where; with `is_double` also
/// the last time before that. One look, whatever the period.
class Latest {
 public:
  explicit Latest(bool is_double) : is_double_(is_double) {}

  /// Makes room for slots and places below these; others must not be asked for.
  void reserve(std::size_t slots, std::size_t places) {
    if (slots > slots_ || places > places_) {
      grow(slots, places);
    }
  }
  void add(std::uint32_t slot, std::uint32_t place, std::int64_t time) {
    std::int64_t& last = last_[at(slot, place)];
    if (is_double_ && last < time) {
      before_[at(slot, place)] = last;
    }
    last = time;
  }
  /// The same, without `is_double`.
  void set(std::uint32_t slot, std::uint32_t place, std::int64_t time) {
    last_[at(slot, place)] = time;
  }
  /// kNoTime where there was none.
  [[nodiscard]] std::int64_t last(std::uint32_t slot, std::uint32_t place) const {
    return last_[at(slot, place)];
  }
  /// The last time before `time`, which must not lie before the last one.
  [[nodiscard]] std::int64_t last_before(std::uint32_t slot, std::uint32_t place,
                                         std::int64_t time) const {
    const std::int64_t last = last_[at(slot, place)];
    return last < time || last == kNoTime ? last : before_[at(slot, place)];
  }

 private:
  [[nodiscard]] std::size_t at(std::uint32_t slot, std::uint32_t place) const {
    return place * slots_ + slot;
  }
  void grow(std::size_t slots, std::size_t places);

  // By place, then slot.
  std::vector<std::int64_t> last_;
  std::vector<std::int64_t> before_;
  std::size_t slots_ = 0;
  std::size_t places_ = 0;
  bool is_double_;
};

/// The last `most` times of acts at each place: whether so many lie in a period costs one look.
class Counts {
 public:
  explicit Counts(std::size_t most) : most_(most) {}

  void add(std::uint32_t place, std::int64_t time) {
    if (place >= rings_.size()) {
      rings_.resize(std::size_t{place} + 1);
    }
    Ring& ring = rings_[place];
    if (ring.times.size() < most_) {
      ring.times.push_back(time);
      return;
    }
    ring.times[ring.oldest] = time;
    ring.oldest = ring.oldest + 1 == most_ ? 0 : ring.oldest + 1;
  }
  /// The time of the `back`th act before now, the last one being the first; kNoTime where there
  /// were not so many. `back`: from 1 to `most`.
  [[nodiscard]] std::int64_t time(std::uint32_t place, std::size_t back) const {
    if (place >= rings_.size() || rings_[place].times.size() < back) {
      return kNoTime;
    }
    const Ring& ring = rings_[place];
    const std::size_t size = ring.times.size();
    const std::size_t at = ring.oldest + size - back;
    return ring.times[at >= size ? at - size : at];
  }

 private:
  struct Ring {
    std::vector<std::int64_t> times;
    std::size_t oldest = 0;
  };

  std::size_t most_;
  std::vector<Ring> rings_;
};

}  // namespace truce::stream::internal
