// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "truce/stream/internal/digits.h"

namespace truce::stream::internal {

/// Numbers the words of a column, or of columns side by side: the empty one is 0, others as they
/// come. Words of up to sixteen bytes are found by two multiplications and, almost always, one
/// look.
class Words {
 public:
  Words() : slots_(kLeastSlots) { texts_.emplace_back(); }

  /// The sixteen bytes before `end` must be readable.
  [[gnu::always_inline]] inline std::uint32_t number(const char* end, std::size_t size) {
    if (size > 16) {
      return number_of_long({end - size, size});
    }
    const Key key = size <= 8 ? Key{short_word(end, size), 0}
                              : Key{short_word(end - 8, size - 8), short_word(end, 8)};
    std::size_t at = place_of(key);
    while (slots_[at].key != key) {
      if (slots_[at].number == kFree) {
        return add(key, {end - size, size});
      }
      at = (at + 1) & (slots_.size() - 1);
    }
    return slots_[at].number;
  }

  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  [[nodiscard]] const std::string& text(std::uint32_t number) const { return texts_[number]; }

 private:
  static constexpr unsigned kLeastBits = 6;
  static constexpr std::size_t kLeastSlots = std::size_t{1} << kLeastBits;
  static constexpr std::uint32_t kFree = 0;
  struct Key {
    std::uint64_t first = 0;
    std::uint64_t second = 0;

    friend bool operator==(const Key&, const Key&) = default;
  };
  // Free ones have the key of the empty word, whose number is theirs.
  struct Slot {
    Key key;
    std::uint32_t number = kFree;
  };

  [[nodiscard]] std::size_t place_of(const Key& key) const {
    const std::uint64_t mixed = key.first * 0x9E3779B97F4A7C15U ^ key.second * 0xC2B2AE3D27D4EB4FU;
    // The highest bits hang on all of the key.
    return mixed >> shift_;
  }
  [[gnu::noinline]] std::uint32_t add(const Key& key, std::string_view text) {
    const auto number = static_cast<std::uint32_t>(texts_.size());
    texts_.emplace_back(text);
    if (++short_count_ * 4 > slots_.size()) {
      grow();
    }
    put({key, number});
    return number;
  }
  [[gnu::noinline]] std::uint32_t number_of_long(std::string_view text) {
    const auto [found, is_new] =
        long_.try_emplace(std::string(text), static_cast<std::uint32_t>(texts_.size()));
    if (is_new) {
      texts_.emplace_back(text);
    }
    return found->second;
  }
  void put(const Slot& slot) {
    std::size_t at = place_of(slot.key);
    while (slots_[at].number != kFree) {
      at = (at + 1) & (slots_.size() - 1);
    }
    slots_[at] = slot;
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    --shift_;
    for (const Slot& slot : old) {
      if (slot.number != kFree) {
        put(slot);
      }
    }
  }

  std::vector<Slot> slots_;
  unsigned shift_ = 64 - kLeastBits;
  std::size_t short_count_ = 0;
  std::unordered_map<std::string, std::uint32_t> long_;
  std::deque<std::string> texts_;
};

}  // namespace truce::stream::internal
