// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace truce::stream::internal {

/// The text of a slot of a record (encoding::CsvSlot).
inline std::string text_of(const std::uint64_t* slot, std::size_t width) {
  std::string text(width * sizeof(std::uint64_t), '\0');
  std::memcpy(text.data(), slot, text.size());
  return text.substr(std::min(text.find_first_not_of('\0'), text.size()));
}

/// Numbers the texts of a slot: the empty one is 0, others as they come. Texts of up to sixteen
/// bytes are found by one multiplication and, almost always, one look: where a second one is needed
/// often, another seed is looked for, with which each has a place of its own.
class Words {
 public:
  Words() : slots_(kLeastSlots) { texts_.emplace_back(); }

  /// `Width`: of the slot, in words of eight bytes; 0 where it is known only now.
  template <std::size_t Width>
  [[gnu::always_inline]] inline std::uint32_t number(const std::uint64_t* slot, std::size_t width) {
    if constexpr (Width == 1) {
      return number_of_short({0, slot[0]});
    } else if constexpr (Width == 2) {
      return number_of_short({slot[0], slot[1]});
    } else {
      for (std::size_t i = 0; i + 2 < width; ++i) {
        if (slot[i] != 0) {
          return number_of_long(text_of(slot, width));
        }
      }
      return width == 1 ? number_of_short({0, slot[0]})
                        : number_of_short({slot[width - 2], slot[width - 1]});
    }
  }

  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  [[nodiscard]] const std::string& text(std::uint32_t number) const { return texts_[number]; }

 private:
  static constexpr unsigned kLeastBits = 6;
  static constexpr std::size_t kLeastSlots = std::size_t{1} << kLeastBits;
  static constexpr std::uint32_t kFree = 0;
  // Places for each text, at least.
  static constexpr std::size_t kSpare = 8;
  // Of more texts no seed parts all.
  static constexpr std::size_t kMostReseeded = 4096;
  static constexpr int kSeeds = 64;
  // The last sixteen bytes.
  struct Key {
    std::uint64_t before = 0;
    std::uint64_t last = 0;

    friend bool operator==(const Key&, const Key&) = default;
  };
  // Free ones have the key of the empty text, whose number is theirs.
  struct Slot {
    Key key;
    std::uint32_t number = kFree;
  };

  [[gnu::always_inline]] inline std::uint32_t number_of_short(const Key& key) {
    const Slot& slot = slots_[place_of(key)];
    return slot.key == key ? slot.number : number_of_displaced(key);
  }
  [[nodiscard]] std::size_t place_of(const Key& key) const {
    // Each bit of the middle of the product hangs on all of the key.
    const __uint128_t product = __uint128_t{key.last ^ seed_} * (key.before ^ 0xC2B2AE3D27D4EB4FU);
    return (static_cast<std::uint64_t>(product >> 64U) ^ static_cast<std::uint64_t>(product)) >>
           shift_;
  }
  // Of a text that does not stand in its own place: perhaps a new one.
  [[gnu::noinline]] std::uint32_t number_of_displaced(const Key& key) {
    if (++displaced_ == most_displaced_ && short_count_ <= kMostReseeded) {
      reseed();
    }
    std::size_t at = place_of(key);
    while (slots_[at].key != key) {
      if (slots_[at].number == kFree) {
        return add(key);
      }
      at = (at + 1) & (slots_.size() - 1);
    }
    return slots_[at].number;
  }
  std::uint32_t add(const Key& key) {
    const auto number = static_cast<std::uint32_t>(texts_.size());
    const std::uint64_t words[] = {key.before, key.last};
    texts_.push_back(text_of(words, 2));
    if (++short_count_ * kSpare > slots_.size()) {
      put_all(slots_.size() * 2, seed_);
    }
    put({key, number});
    return number;
  }
  [[gnu::noinline]] std::uint32_t number_of_long(const std::string& text) {
    const auto [found, is_new] = long_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
    if (is_new) {
      texts_.push_back(text);
    }
    return found->second;
  }
  void put(const Slot& slot) {
    std::size_t at = place_of(slot.key);
    while (slots_[at].number != kFree) {
      at = (at + 1) & (slots_.size() - 1);
      ++collisions_;
    }
    slots_[at] = slot;
  }
  void put_all(std::size_t size, std::uint64_t seed) {
    std::vector<Slot> old(size);
    old.swap(slots_);
    shift_ = 64 - static_cast<unsigned>(std::bit_width(size - 1));
    seed_ = seed;
    collisions_ = 0;
    for (const Slot& slot : old) {
      if (slot.number != kFree) {
        put(slot);
      }
    }
  }
  // The next time is twice as far off: all attempts together cost less than what they save.
  void reseed() {
    most_displaced_ *= 2;
    for (int attempt = 0; attempt < kSeeds && collisions_ > 0; ++attempt) {
      put_all(std::max(slots_.size(), std::bit_ceil(short_count_ * kSpare * 2)),
              seed_ * 0x5851F42D4C957F2DU + 1);
    }
  }

  std::vector<Slot> slots_;
  unsigned shift_ = 64 - kLeastBits;
  std::uint64_t seed_ = 0x9E3779B97F4A7C15U;
  std::size_t short_count_ = 0;
  std::size_t collisions_ = 0;
  // How often a text was looked for that did not stand in its place; when to look for a seed.
  std::uint64_t displaced_ = 0;
  std::uint64_t most_displaced_ = 4096;
  std::unordered_map<std::string, std::uint32_t> long_;
  std::deque<std::string> texts_;
};

}  // namespace truce::stream::internal
