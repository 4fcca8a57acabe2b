// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/internal/row_slots.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace truce::encoding::internal {
namespace {

constexpr std::size_t kWord = 8;

}  // namespace

std::size_t find_separator(const std::uint64_t* separators, std::size_t from, std::size_t number) {
  std::size_t at = from / 64;
  std::uint64_t word = separators[at] >> (from % 64) << (from % 64);
  for (;; --number) {
    while (word == 0) {
      word = separators[++at];
    }
    if (number == 0) {
      return at * 64 + static_cast<std::size_t>(std::countr_zero(word));
    }
    word &= word - 1;
  }
}

RowSlots::RowSlots(std::vector<CsvSlot> slots, std::size_t columns)
    : slots_(std::move(slots)), columns_(columns), ends_(columns) {
  forget();
}

void RowSlots::widen(std::size_t slot, std::size_t width) {
  slots_.widen(slot, width);
  forget();
}

void RowSlots::forget() {
  keys_.assign(kLayouts, 0);
  are_numbers_ = {};
  for (std::size_t i = 0; i < slots_.all().size(); ++i) {
    const CsvSlot& slot = slots_.all()[i];
    for (std::size_t word = slots_.offset(i); word < slots_.offset(i) + slot.width; ++word) {
      if (slot.is_number && word / kWord < kMostRegisters) {
        are_numbers_[word / kWord] |= static_cast<std::uint8_t>(1U << (word % kWord));
      }
    }
  }
}

bool RowSlots::fill_row(const Rows& rows, std::size_t row, std::uint64_t* record) {
  const std::size_t begin = rows.begins[row];
  const std::size_t end = rows.begins[row + 1] - 1;
  if (columns_ == 1 && begin == end) {
    // An empty line is no row.
    return false;
  }
  std::size_t at = begin / 64;
  std::uint64_t word = rows.separators[at] >> (begin % 64) << (begin % 64);
  for (std::size_t column = 0; column < columns_; ++column) {
    while (word == 0 && at * 64 < end) {
      word = rows.separators[++at];
    }
    const std::size_t place = at * 64 + static_cast<std::size_t>(std::countr_zero(word));
    if (word == 0 || (column + 1 == columns_) != (place == end)) {
      return false;
    }
    ends_[column] = static_cast<std::uint32_t>(place);
    word &= word - 1;
  }
  for (std::size_t i = 0; i < slots_.all().size(); ++i) {
    const CsvSlot& slot = slots_.all()[i];
    const std::size_t from = slot.first == 0 ? begin : ends_[slot.first - 1] + 1;
    const std::string_view text(rows.base + from, ends_[slot.last] - from);
    if (!slots_.put(i, text, rows.before + from >= kWord, record)) {
      return false;
    }
  }
  return true;
}

std::size_t RowSlots::fill_plainly(const Rows& rows, std::uint64_t* records) {
  for (std::size_t row = 0; row < rows.count; ++row) {
    if (!fill_row(rows, row, records + row * slots_.record_size())) {
      return row;
    }
  }
  return rows.count;
}

// Works out how rows lie whose separators are those of the key; false for rows that are not plain.
bool RowSlots::learn(std::uint64_t key, std::size_t at) {
  const bool is_empty_line = key == 1;
  if (static_cast<std::size_t>(std::popcount(key)) != columns_ || is_empty_line) {
    return false;
  }
  std::uint64_t left = key;
  for (std::uint32_t& end : ends_) {
    end = static_cast<std::uint32_t>(std::countr_zero(left));
    left &= left - 1;
  }
  layouts_.resize(kLayouts);
  Layout layout;
  for (std::size_t i = 0; i < slots_.all().size(); ++i) {
    const CsvSlot& slot = slots_.all()[i];
    const std::size_t begin = slot.first == 0 ? 0 : ends_[slot.first - 1] + 1;
    const std::size_t size = ends_[slot.last] - begin;
    if (size > slot.width * kWord || (size == 0 && slot.is_number)) {
      return false;
    }
    const std::size_t to = (slots_.offset(i) + slot.width) * kWord - size;
    for (std::size_t byte = 0; byte < size; ++byte) {
      const std::size_t into = to + byte;
      layout.from[into / kBytes].bytes[into % kBytes] = static_cast<std::uint8_t>(begin + byte);
      const std::uint64_t bit = std::uint64_t{1} << (into % kBytes);
      layout.is_any[into / kBytes] |= bit;
      layout.is_digit[into / kBytes] |= slot.is_number ? bit : 0;
    }
  }
  layouts_[at] = layout;
  keys_[at] = key;
  return true;
}

#if defined(__x86_64__)

#define TRUCE_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi,bmi2")))

namespace {

bool has_avx512() {
  return __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
         __builtin_cpu_supports("avx512vbmi") != 0 && __builtin_cpu_supports("bmi2") != 0;
}

// What a register is compared and multiplied with.
struct Constants {
  __m512i zero_digit;
  __m512i nine;
  __m512i tens;
  __m512i hundreds;
  __m512i ten_thousands;
};

// The values of eight words of digits; neighbours are joined three times over.
TRUCE_AVX512 inline __m512i values_of_digits(__m512i digits, const Constants& constants) {
  const __m512i pairs = _mm512_maddubs_epi16(digits, constants.tens);
  const __m512i fours = _mm512_madd_epi16(pairs, constants.hundreds);
  // With a mask of all: the ones without bring a false warning of GCC 12.
  constexpr __mmask8 kAll = 0xFF;
  return _mm512_add_epi64(_mm512_maskz_mul_epu32(kAll, fours, constants.ten_thousands),
                          _mm512_maskz_srli_epi64(kAll, fours, 32));
}

}  // namespace

template <std::size_t Registers>
TRUCE_AVX512 std::size_t RowSlots::fill_with_avx512(const Rows& rows, std::uint64_t* records) {
  const Constants constants{_mm512_set1_epi8('0'), _mm512_set1_epi8(9), _mm512_set1_epi16(0x010A),
                            _mm512_set1_epi32(0x00010064), _mm512_set1_epi64(10'000)};
  const std::size_t record_size = slots_.record_size();
  const auto are_numbers = are_numbers_;
  for (std::size_t row = 0; row < rows.count; ++row, records += record_size) {
    const std::size_t begin = rows.begins[row];
    const std::size_t size = rows.begins[row + 1] - begin;
    if (size > kBytes || begin + kBytes > rows.readable) {
      if (!fill_row(rows, row, records)) {
        return row;
      }
      continue;
    }
    const std::uint64_t* const word = rows.separators + begin / 64;
    const std::size_t shift = begin % 64;
    const std::uint64_t window = (word[0] >> shift) | (word[1] << 1U << (63 - shift));
    const std::uint64_t key = _bzhi_u64(window, static_cast<unsigned>(size));
    const std::size_t at = (key * 0x9E3779B97F4A7C15U) >> (64 - std::bit_width(kLayouts - 1));
    if (keys_[at] != key && !learn(key, at)) {
      return row;
    }
    const Layout& layout = layouts_[at];
    const __m512i bytes = _mm512_loadu_si512(rows.base + begin);
    for (std::size_t i = 0; i < Registers; ++i) {
      const __m512i from = _mm512_load_si512(layout.from[i].bytes.data());
      const __m512i text = _mm512_maskz_permutexvar_epi8(layout.is_any[i], from, bytes);
      const __m512i digits = _mm512_maskz_sub_epi8(layout.is_digit[i], text, constants.zero_digit);
      if (_mm512_cmpgt_epu8_mask(digits, constants.nine) != 0) {
        return row;
      }
      const __m512i record =
          _mm512_mask_mov_epi64(text, are_numbers[i], values_of_digits(digits, constants));
      // What it writes behind the record is written over by the next.
      _mm512_storeu_si512(records + i * kWord, record);
    }
  }
  return rows.count;
}

#endif

std::size_t RowSlots::fill(const Rows& rows, std::uint64_t* records) {
#if defined(__x86_64__)
  if (has_avx512()) {
    if (slots_.record_size() <= kWord) {
      return fill_with_avx512<1>(rows, records);
    }
    if (slots_.record_size() <= 2 * kWord) {
      return fill_with_avx512<2>(rows, records);
    }
  }
#endif
  return fill_plainly(rows, records);
}

}  // namespace truce::encoding::internal
