// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/tiles.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/base/check.h"

namespace truce::ledger {
namespace {

constexpr std::size_t kHashBytes = 32;

// Three digits an element; all but the last begin with an x.
std::string number_path(std::uint64_t number) {
  std::string path = fmt::format("{:03}", number % 1000);
  while (number >= 1000) {
    number /= 1000;
    path = fmt::format("x{:03}/{}", number % 1000, path);
  }
  return path;
}

std::string with_width(std::string path, std::uint64_t width) {
  return width == kTileWidth ? path : fmt::format("{}.p/{}", path, width);
}

}  // namespace

std::string tile_path(unsigned level, std::uint64_t index, std::uint64_t width) {
  return with_width(fmt::format("tile/{}/{}", level, number_path(index)), width);
}

std::string bundle_path(std::uint64_t index, std::uint64_t width) {
  return with_width(fmt::format("tile/entries/{}", number_path(index)), width);
}

std::uint64_t hashes_at(unsigned level, std::uint64_t size) {
  const unsigned bits = level * kTileBits;
  return bits >= 64 ? 0 : size >> bits;
}

std::uint64_t width_of(unsigned level, std::uint64_t index, std::uint64_t size) {
  const std::uint64_t hashes = hashes_at(level, size);
  const std::uint64_t before = index * kTileWidth;
  return hashes <= before ? 0 : std::min(kTileWidth, hashes - before);
}

std::string tile_bytes(const std::vector<Hash>& hashes) {
  std::string bytes;
  bytes.reserve(hashes.size() * kHashBytes);
  for (const Hash& hash : hashes) {
    bytes.append(reinterpret_cast<const char*>(hash.data()), hash.size());
  }
  return bytes;
}

base::Result<std::vector<Hash>> read_tile(std::string_view bytes, std::uint64_t width) {
  if (bytes.size() != width * kHashBytes) {
    return base::Error{base::ErrorCode::Corrupt,
                       fmt::format("holds {} bytes, not {} hashes", bytes.size(), width)};
  }
  std::vector<Hash> hashes(width);
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * kHashBytes), kHashBytes,
                hashes[i].begin());
  }
  return hashes;
}

Hash hash_of_full(const std::vector<Hash>& tile) {
  TRUCE_CHECK(tile.size() == kTileWidth, "only a full tile is hashed");
  std::vector<Hash> hashes = tile;
  while (hashes.size() > 1) {
    for (std::size_t i = 0; i < hashes.size() / 2; ++i) {
      hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
    }
    hashes.resize(hashes.size() / 2);
  }
  return hashes.front();
}

void append_entry(std::string& bundle, std::string_view entry) {
  TRUCE_CHECK(entry.size() <= kLargestEntry, "an entry's length fits two bytes");
  bundle += static_cast<char>(entry.size() >> 8U);
  bundle += static_cast<char>(entry.size() & 0xFFU);
  bundle += entry;
}

base::Result<std::vector<std::string_view>> read_bundle(std::string_view bytes,
                                                        std::uint64_t width) {
  const base::Error error{base::ErrorCode::Corrupt,
                          fmt::format("does not hold exactly {} entries", width)};
  std::vector<std::string_view> entries;
  while (!bytes.empty()) {
    if (bytes.size() < 2 || entries.size() == width) {
      return error;
    }
    const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0]))
                                   << 8U |
                               static_cast<unsigned char>(bytes[1]);
    if (bytes.size() - 2 < length) {
      return error;
    }
    entries.push_back(bytes.substr(2, length));
    bytes.remove_prefix(2 + length);
  }
  return entries.size() == width ? base::Result<std::vector<std::string_view>>(std::move(entries))
                                 : error;
}

}  // namespace truce::ledger
