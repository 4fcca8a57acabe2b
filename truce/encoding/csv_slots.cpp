// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/csv_slots.h"

#include <cstring>
#include <utility>

#include "truce/encoding/digits.h"

namespace truce::encoding {
namespace {

constexpr std::size_t kWord = 8;

// The last `size` bytes before `end`, at most eight, with zero bytes before them.
std::uint64_t word_before(const char* end, std::size_t size, bool is_read_back) {
  std::uint64_t word = 0;
  if (size == 0) {
    return 0;
  }
  if (is_read_back) {
    std::memcpy(&word, end - kWord, kWord);
    const std::size_t unused = kWord * (kWord - size);
    return word >> unused << unused;
  }
  std::memcpy(reinterpret_cast<char*>(&word) + (kWord - size), end - size, size);
  return word;
}

}  // namespace

CsvSlots::CsvSlots(std::vector<CsvSlot> slots) : slots_(std::move(slots)) { place(); }

void CsvSlots::place() {
  offsets_.clear();
  size_ = 0;
  for (const CsvSlot& slot : slots_) {
    offsets_.push_back(size_);
    size_ += slot.width;
  }
}

void CsvSlots::widen(std::size_t slot, std::size_t width) {
  slots_[slot].width = width;
  place();
}

bool CsvSlots::put(std::size_t slot, std::string_view text, bool is_read_back,
                   std::uint64_t* record) const {
  const CsvSlot& wanted = slots_[slot];
  if (text.size() > wanted.width * kWord || (wanted.is_number && text.empty())) {
    return false;
  }
  bool is_bad = false;
  for (std::size_t word = wanted.width; word > 0; --word) {
    const std::size_t size = text.size() < kWord ? text.size() : kWord;
    const std::uint64_t bytes = word_before(text.data() + text.size(), size, is_read_back);
    record[offsets_[slot] + word - 1] = wanted.is_number ? value_of_digits(bytes, is_bad) : bytes;
    text.remove_suffix(size);
  }
  return !is_bad;
}

}  // namespace truce::encoding
