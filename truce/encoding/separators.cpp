// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/internal/separators.h"

#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace truce::encoding::internal {
namespace {

constexpr std::size_t kWord = 64;

// What 64 bytes hold, a bit for each.
struct Masks {
  std::uint64_t commas = 0;
  std::uint64_t line_ends = 0;
  std::uint64_t specials = 0;
};

bool is_special(unsigned char byte) {
  return byte == '"' || byte == '\r' || byte == 0 || byte >= 0x80;
}

Masks masks_of(const char* begin) {
  Masks masks;
  for (std::size_t i = 0; i < kWord; ++i) {
    const auto byte = static_cast<unsigned char>(begin[i]);
    const std::uint64_t bit = std::uint64_t{1} << i;
    masks.commas |= byte == ',' ? bit : 0;
    masks.line_ends |= byte == '\n' ? bit : 0;
    masks.specials |= is_special(byte) ? bit : 0;
  }
  return masks;
}

void make_room(std::size_t size, Separators& into) {
  // More than can be found, for writes of up to 64 at a time.
  const std::size_t most = size + 2 * kWord;
  if (into.begins.size() < most) {
    into.begins.resize(most);
    into.all.resize(most / kWord + 1);
    into.specials.resize(most / kWord + 1);
  }
  into.all[(size + kWord - 1) / kWord] = 0;
  into.begins[0] = 0;
  into.begin_count = 1;
  into.has_specials = false;
}

// Writes the places of the bits, eight at a time: most words have few, and a loop over each bit
// would be mispredicted at its end.
[[gnu::always_inline]] inline std::size_t write_places(std::uint64_t bits, std::uint32_t offset,
                                                       std::uint32_t* into) {
  const auto count = static_cast<std::size_t>(std::popcount(bits));
  for (std::size_t done = 0; done < count; done += 8) {
    for (std::size_t i = 0; i < 8; ++i) {
      into[done + i] = offset + static_cast<std::uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
  }
  return count;
}

[[gnu::always_inline]] inline void take_in(const Masks& masks, std::size_t at, Separators& into) {
  into.all[at / kWord] = masks.commas | masks.line_ends;
  into.begin_count += write_places(masks.line_ends, static_cast<std::uint32_t>(at) + 1,
                                   into.begins.data() + into.begin_count);
  into.specials[at / kWord] = masks.specials;
  into.has_specials = into.has_specials || masks.specials != 0;
}

// The last bytes, fewer than a word, with letters behind them that are no separators.
struct Tail {
  char bytes[kWord];

  Tail(const char* begin, std::size_t size) {
    std::memset(bytes, ' ', kWord);
    std::memcpy(bytes, begin, size);
  }
};

#if defined(__x86_64__)

__attribute__((target("avx2"))) inline std::uint64_t join(__m256i low, __m256i high) {
  const auto first = static_cast<std::uint32_t>(_mm256_movemask_epi8(low));
  const auto second = static_cast<std::uint32_t>(_mm256_movemask_epi8(high));
  return first | std::uint64_t{second} << 32;
}

__attribute__((target("avx2"))) inline Masks masks_with_avx2(const char* begin) {
  const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(begin));
  const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(begin + 32));
  const auto equal = [&](char byte) __attribute__((target("avx2"))) {
    const __m256i all = _mm256_set1_epi8(byte);
    return join(_mm256_cmpeq_epi8(low, all), _mm256_cmpeq_epi8(high, all));
  };
  // A byte beyond ASCII has its highest bit set, which is the one that is moved.
  return {equal(','), equal('\n'), equal('"') | equal('\r') | equal('\0') | join(low, high)};
}

__attribute__((target("avx2,bmi,popcnt"))) void find_with_avx2(const char* begin, std::size_t size,
                                                               Separators& into) {
  std::size_t at = 0;
  for (; at + kWord <= size; at += kWord) {
    take_in(masks_with_avx2(begin + at), at, into);
  }
  if (at < size) {
    take_in(masks_with_avx2(Tail(begin + at, size - at).bytes), at, into);
  }
}

// With AVX-512 the places of the bits of a word are written in one step for every sixteen.
__attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt"))) inline std::size_t
write_places_with_avx512(std::uint64_t bits, std::uint32_t offset, std::uint32_t* into) {
  const __m512i all = _mm512_set_epi64(0x3F3E3D3C3B3A3938, 0x3736353433323130, 0x2F2E2D2C2B2A2928,
                                       0x2726252423222120, 0x1F1E1D1C1B1A1918, 0x1716151413121110,
                                       0x0F0E0D0C0B0A0908, 0x0706050403020100);
  const __m512i places = _mm512_maskz_compress_epi8(bits, all);
  const __m512i from = _mm512_set1_epi32(static_cast<int>(offset));
  const auto write = [&](__m128i some, std::uint32_t* to) __attribute__((
                         target("avx512f,avx512bw,avx512vbmi2,popcnt"))) {
    _mm512_storeu_si512(to, _mm512_add_epi32(_mm512_maskz_cvtepu8_epi32(0xFFFF, some), from));
  };
  const auto count = static_cast<std::size_t>(std::popcount(bits));
  write(_mm512_maskz_extracti32x4_epi32(0xF, places, 0), into);
  if (count > 16) {
    write(_mm512_maskz_extracti32x4_epi32(0xF, places, 1), into + 16);
  }
  if (count > 32) {
    write(_mm512_maskz_extracti32x4_epi32(0xF, places, 2), into + 32);
    write(_mm512_maskz_extracti32x4_epi32(0xF, places, 3), into + 48);
  }
  return count;
}

__attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt"))) inline void take_in_with_avx512(
    const char* begin, std::size_t at, Separators& into) {
  const __m512i bytes = _mm512_loadu_si512(begin);
  const auto equal = [&](char byte) __attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt"))) {
    return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte));
  };
  const std::uint64_t line_ends = equal('\n');
  const std::uint64_t specials =
      equal('"') | equal('\r') | equal('\0') | _mm512_movepi8_mask(bytes);
  into.all[at / kWord] = equal(',') | line_ends;
  into.begin_count += write_places_with_avx512(line_ends, static_cast<std::uint32_t>(at) + 1,
                                               into.begins.data() + into.begin_count);
  into.specials[at / kWord] = specials;
  into.has_specials = into.has_specials || specials != 0;
}

__attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt"))) void find_with_avx512(
    const char* begin, std::size_t size, Separators& into) {
  std::size_t at = 0;
  for (; at + kWord <= size; at += kWord) {
    // Prefetching by the machine ends with the page.
    __builtin_prefetch(begin + at + 2048);
    take_in_with_avx512(begin + at, at, into);
  }
  if (at < size) {
    take_in_with_avx512(Tail(begin + at, size - at).bytes, at, into);
  }
}

bool has_avx512() {
  return __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vbmi2") != 0;
}

bool has_avx2() {
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0;
}

#endif

}  // namespace

void find_separators_plainly(const char* begin, std::size_t size, Separators& into) {
  make_room(size, into);
  std::size_t at = 0;
  for (; at + kWord <= size; at += kWord) {
    take_in(masks_of(begin + at), at, into);
  }
  if (at < size) {
    take_in(masks_of(Tail(begin + at, size - at).bytes), at, into);
  }
}

void find_separators(const char* begin, std::size_t size, Separators& into) {
#if defined(__x86_64__)
  if (has_avx512()) {
    make_room(size, into);
    find_with_avx512(begin, size, into);
    return;
  }
  if (has_avx2()) {
    make_room(size, into);
    find_with_avx2(begin, size, into);
    return;
  }
#endif
  find_separators_plainly(begin, size, into);
}

}  // namespace truce::encoding::internal
