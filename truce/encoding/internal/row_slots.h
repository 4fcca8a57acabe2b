// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "truce/encoding/csv_slots.h"

namespace truce::encoding::internal {

/// Rows of a stretch of text, as separators say where they are.
struct Rows {
  const char* base = nullptr;
  // Bytes that can be read before the base, and from it on.
  std::size_t before = 0;
  std::size_t readable = 0;
  // Where each row begins; behind the last, where the next would.
  const std::uint32_t* begins = nullptr;
  std::size_t count = 0;
  // A bit for each byte; a word more than the rows need.
  const std::uint64_t* separators = nullptr;
};

/// The place of the separator `number`, from 0, of those at `from` and behind: an offset.
std::size_t find_separator(const std::uint64_t* separators, std::size_t from, std::size_t number);

/// Fills records from rows. With AVX-512 a whole record is gathered by one step (vpermb) that takes
/// each of its bytes from where it stands in the row; where, is worked out once for all rows whose
/// separators stand alike.
class RowSlots {
 public:
  RowSlots(std::vector<CsvSlot> slots, std::size_t columns);

  [[nodiscard]] const CsvSlots& slots() const { return slots_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  void widen(std::size_t slot, std::size_t width);

  /// Fills a record for each row up to the first that has another number of fields, or a field that
  /// its slot does not take; how many there are. `records` has room for all and 64 bytes more.
  std::size_t fill(const Rows& rows, std::uint64_t* records);
  /// The same, a field at a time: what the other is tested against.
  std::size_t fill_plainly(const Rows& rows, std::uint64_t* records);

 private:
  // Bytes in a register.
  static constexpr std::size_t kBytes = 64;
  static constexpr std::size_t kLayouts = 512;
  // Longer records are filled plainly.
  static constexpr std::size_t kMostRegisters = 2;
  struct alignas(kBytes) Register {
    std::array<std::uint8_t, kBytes> bytes{};
  };
  // How rows lie whose separators stand alike.
  struct Layout {
    // From which byte of the row each byte of the record comes, which come from any, and which of
    // them are digits.
    std::array<Register, kMostRegisters> from;
    std::array<std::uint64_t, kMostRegisters> is_any{};
    std::array<std::uint64_t, kMostRegisters> is_digit{};
  };

  bool fill_row(const Rows& rows, std::size_t row, std::uint64_t* record);
  template <std::size_t Registers>
  std::size_t fill_with_avx512(const Rows& rows, std::uint64_t* records);
  bool learn(std::uint64_t key, std::size_t at);
  void forget();

  CsvSlots slots_;
  std::size_t columns_;
  std::vector<std::uint32_t> ends_;
  // By the separators of a row, a bit for each of its bytes; 0: free.
  std::vector<std::uint64_t> keys_;
  std::vector<Layout> layouts_;
  // Of a record, which words are numbers, a bit for each.
  std::array<std::uint8_t, kMostRegisters> are_numbers_{};
};

}  // namespace truce::encoding::internal
