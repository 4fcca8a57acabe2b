// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace truce::encoding {

/// What is wanted of every row: the text from one column to another, the commas between them with
/// it. It stands in words of eight bytes, its last byte in the last one, with zero bytes before it.
struct CsvSlot {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t width = 1;
  // Decimal digits, at least one; then each word is the value of its digits.
  bool is_number = false;
};

/// The slots of a file. A row's are a record: all their words, slot by slot.
class CsvSlots {
 public:
  explicit CsvSlots(std::vector<CsvSlot> slots);

  [[nodiscard]] std::span<const CsvSlot> all() const { return slots_; }
  /// Where a slot begins in the record, in words.
  [[nodiscard]] std::size_t offset(std::size_t slot) const { return offsets_[slot]; }
  /// Words in a record.
  [[nodiscard]] std::size_t record_size() const { return size_; }
  void widen(std::size_t slot, std::size_t width);

  /// Writes a slot; false, with the slot in any state, where the text is too long for it or not
  /// what it asks for. With `is_read_back` the eight bytes before each byte of it can be read.
  bool put(std::size_t slot, std::string_view text, bool is_read_back, std::uint64_t* record) const;

 private:
  void place();

  std::vector<CsvSlot> slots_;
  std::vector<std::size_t> offsets_;
  std::size_t size_ = 0;
};

}  // namespace truce::encoding
