// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/ledger/merkle.h"

namespace truce::ledger {

// The files of a ledger's directory, as C2SP tlog-tiles describes them.

/// A full tile holds so many hashes, a full bundle so many entries.
constexpr std::uint64_t kTileWidth = 256;
constexpr unsigned kTileBits = 8;
/// An entry's length is written in two bytes.
constexpr std::size_t kLargestEntry = 65535;

/// `tile/LEVEL/N`, or `tile/LEVEL/N.p/WIDTH` where it is not full.
std::string tile_path(unsigned level, std::uint64_t index, std::uint64_t width);
/// `tile/entries/N`, or `tile/entries/N.p/WIDTH`.
std::string bundle_path(std::uint64_t index, std::uint64_t width);

/// How many hashes the tiles of that level hold in a tree of `size` entries.
std::uint64_t hashes_at(unsigned level, std::uint64_t size);
/// How many of them tile `index` holds: 0 to kTileWidth.
std::uint64_t width_of(unsigned level, std::uint64_t index, std::uint64_t size);

std::string tile_bytes(const std::vector<Hash>& hashes);
/// Fails with Corrupt unless there are exactly so many hashes.
base::Result<std::vector<Hash>> read_tile(std::string_view bytes, std::uint64_t width);
/// The hash of a full tile, as the level above holds it.
Hash hash_of_full(const std::vector<Hash>& tile);

/// Appends an entry of at most kLargestEntry bytes to a bundle.
void append_entry(std::string& bundle, std::string_view entry);
/// The entries, as parts of `bytes`. Fails with Corrupt unless there are exactly so many.
base::Result<std::vector<std::string_view>> read_bundle(std::string_view bytes,
                                                        std::uint64_t width);

}  // namespace truce::ledger
