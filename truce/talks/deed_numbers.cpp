// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/internal/deed_numbers.h"

#include <functional>

namespace truce::talks::internal {

std::uint32_t DeedNumbers::hash_of(std::string_view words) {
  constexpr std::uint64_t kSpread = 0x9E37'79B9'7F4A'7C15;
  return static_cast<std::uint32_t>(
      (std::uint64_t{std::hash<std::string_view>{}(words)} * kSpread) >> kHashBits);
}

std::uint32_t DeedNumbers::number_of(std::string_view words, std::uint32_t hash) {
  std::size_t at = home(hash);
  while (slots_[at].number != 0) {
    if (slots_[at].hash == hash && deeds_[slots_[at].number - 1].words == words) {
      return slots_[at].number - 1;
    }
    at = after(at);
  }
  deeds_.add({.words = words, .clause = {}});
  slots_[at] = {hash, static_cast<std::uint32_t>(deeds_.size())};
  if (2 * deeds_.size() > slots_.size() && bits_ < kHashBits) {
    grow();
  }
  return static_cast<std::uint32_t>(deeds_.size() - 1);
}

void DeedNumbers::foresee_place(std::uint32_t hash) const {
  const Slot& slot = slots_[home(hash)];
  if (slot.number != 0) {
    deeds_.foresee_place(slot.number - 1);
  }
}

void DeedNumbers::foresee_letters(std::uint32_t hash) const {
  const Slot& slot = slots_[home(hash)];
  if (slot.number != 0) {
    deeds_.foresee_letters(slot.number - 1);
  }
}

void DeedNumbers::grow() {
  const std::vector<Slot> before = std::move(slots_);
  ++bits_;
  slots_.assign(std::size_t{1} << bits_, {});
  for (const Slot& slot : before) {
    if (slot.number != 0) {
      std::size_t at = home(slot.hash);
      while (slots_[at].number != 0) {
        at = after(at);
      }
      slots_[at] = slot;
    }
  }
}

}  // namespace truce::talks::internal
