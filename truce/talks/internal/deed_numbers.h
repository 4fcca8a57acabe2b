// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "truce/talks/commitments.h"

namespace truce::talks::internal {

/// The numbers of deeds by their words. The words are kept once, in the list that they are added
/// to; a slot of the table holds eight bytes, so that a million deeds fit where a cache does.
class DeedNumbers {
 public:
  /// `deeds` is empty, must outlive this, and is added to by nobody else.
  explicit DeedNumbers(DeedList& deeds) : deeds_(deeds), slots_(std::size_t{1} << kFirstBits) {}

  static std::uint32_t hash_of(std::string_view words);

  /// The number of the deed; the next one where it is new.
  std::uint32_t number_of(std::string_view words, std::uint32_t hash);

  // What number_of() will read, one look after the other: in long lists each is a miss of the
  // cache, and those of many deeds can be waited for together.
  void foresee_slot(std::uint32_t hash) const { __builtin_prefetch(&slots_[home(hash)]); }
  void foresee_place(std::uint32_t hash) const;
  void foresee_letters(std::uint32_t hash) const;

 private:
  static constexpr unsigned kFirstBits = 10;
  static constexpr unsigned kHashBits = 32;

  // Of a deed its number, from 1; 0 where the slot is free.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = 0;
  };

  // The first bits, so that a larger table has the deeds in the same order.
  [[nodiscard]] std::size_t home(std::uint32_t hash) const { return hash >> (kHashBits - bits_); }
  [[nodiscard]] std::size_t after(std::size_t slot) const {
    return (slot + 1) & (slots_.size() - 1);
  }
  void grow();

  DeedList& deeds_;
  unsigned bits_ = kFirstBits;
  std::vector<Slot> slots_;
};

}  // namespace truce::talks::internal
