// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/directory.h"

#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "truce/ledger/internal/files.h"
#include "truce/ledger/tiles.h"

namespace truce::ledger {
namespace {

// A proof passes at most eight levels of tiles; more are kept for the next one.
constexpr std::size_t kKeptTiles = 64;

base::Error about(const std::string& path, const base::Error& error) {
  return {error.code, fmt::format("{} {}; run truce ledger verify", path, error.message)};
}

using Tiles = std::map<std::pair<unsigned, std::uint64_t>, std::vector<Hash>>;

}  // namespace

base::Result<std::string> Directory::checkpoint() const {
  return internal::read_file(path_ + "/checkpoint");
}

base::Result<SignedCheckpoint> Directory::signed_checkpoint() const {
  const auto text = checkpoint();
  if (!text) {
    return text.error();
  }
  auto read = read_checkpoint(*text);
  return read ? std::move(read)
              : base::Error{read.error().code,
                            fmt::format("{}/checkpoint {}", path_, read.error().message)};
}

base::Result<std::vector<Hash>> Directory::tile(unsigned level, std::uint64_t index,
                                                std::uint64_t width) const {
  const std::string path = path_ + '/' + tile_path(level, index, width);
  const auto bytes = internal::read_file(path);
  if (bytes || bytes.error().code != base::ErrorCode::NotFound || width == kTileWidth) {
    auto hashes = bytes ? read_tile(*bytes, width) : bytes.error();
    return bytes && !hashes ? about(path, hashes.error()) : std::move(hashes);
  }
  // The full tile that took its place.
  const auto full = tile(level, index, kTileWidth);
  return full ? base::Result<std::vector<Hash>>(std::vector<Hash>(
                    full->begin(), full->begin() + static_cast<std::ptrdiff_t>(width)))
              : bytes.error();
}

base::Result<std::string> Directory::bundle(std::uint64_t index, std::uint64_t width) const {
  const std::string path = path_ + '/' + bundle_path(index, width);
  auto bytes = internal::read_file(path);
  if (bytes || bytes.error().code != base::ErrorCode::NotFound || width == kTileWidth) {
    const auto entries = bytes ? read_bundle(*bytes, width) : bytes.error();
    return bytes && !entries ? about(path, entries.error()) : std::move(bytes);
  }
  // The full bundle that took its place.
  const std::string full = path_ + '/' + bundle_path(index, kTileWidth);
  const auto more = internal::read_file(full);
  if (!more) {
    return bytes;
  }
  const auto entries = read_bundle(*more, kTileWidth);
  if (!entries) {
    return about(full, entries.error());
  }
  std::string first;
  for (std::uint64_t i = 0; i < width; ++i) {
    append_entry(first, (*entries)[i]);
  }
  return first;
}

base::Result<std::string> Directory::entry(std::uint64_t index, std::uint64_t size) const {
  if (index >= size) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       size == 0
                           ? fmt::format("there is no entry {}: {} has none yet", index, path_)
                           : fmt::format("there is no entry {}: those of {} go from 0 to {}", index,
                                         path_, size - 1)};
  }
  const std::uint64_t width = width_of(0, index / kTileWidth, size);
  auto bytes = bundle(index / kTileWidth, width);
  if (!bytes) {
    return bytes;
  }
  const auto entries = read_bundle(*bytes, width);
  return entries ? base::Result<std::string>(std::string((*entries)[index % kTileWidth]))
                 : entries.error();
}

NodeReader Directory::nodes(std::uint64_t size) const {
  return [own = *this, size, tiles = std::make_shared<Tiles>()](
             unsigned level, std::uint64_t index) -> base::Result<Hash> {
    const unsigned tile_level = level / kTileBits;
    const unsigned height = level % kTileBits;
    const std::uint64_t first = index << height;
    const std::pair place(tile_level, first / kTileWidth);
    auto found = tiles->find(place);
    if (found == tiles->end()) {
      auto read = own.tile(place.first, place.second, width_of(place.first, place.second, size));
      if (!read) {
        return read.error();
      }
      if (tiles->size() >= kKeptTiles) {
        tiles->clear();
      }
      found = tiles->emplace(place, std::move(read).value()).first;
    }
    const auto begin = found->second.begin() + static_cast<std::ptrdiff_t>(first % kTileWidth);
    std::vector<Hash> hashes(begin, begin + (std::ptrdiff_t{1} << height));
    while (hashes.size() > 1) {
      for (std::size_t i = 0; i < hashes.size() / 2; ++i) {
        hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
      }
      hashes.resize(hashes.size() / 2);
    }
    return hashes.front();
  };
}

}  // namespace truce::ledger
