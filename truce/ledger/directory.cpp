// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/directory.h"

#include <list>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "truce/ledger/internal/files.h"
#include "truce/ledger/tiles.h"

namespace truce::ledger {
namespace {

// Of sixteen kilobytes each: a proof passes three or four, of which the upper ones are in nearly
// every other proof too.
constexpr std::size_t kMostKept = 64;

base::Error about(const std::string& path, const base::Error& error) {
  return {error.code, fmt::format("{} {}; run truce ledger verify", path, error.message)};
}

// The hashes of a tile and, row by row, those over them: the node at a height is in that row.
using Rows = std::vector<std::vector<Hash>>;

Rows rows_over(std::vector<Hash> tile) {
  Rows rows = {std::move(tile)};
  while (rows.back().size() > 1) {
    const std::vector<Hash>& below = rows.back();
    std::vector<Hash> above(below.size() / 2);
    for (std::size_t i = 0; i < above.size(); ++i) {
      above[i] = node_hash(below[2 * i], below[2 * i + 1]);
    }
    rows.push_back(std::move(above));
  }
  return rows;
}

}  // namespace

// The tiles that were used last. Partial ones have their width in the name, so that no tile under
// one name ever changes.
class Directory::KeptTiles {
 public:
  // Level, index, width.
  using Name = std::tuple<unsigned, std::uint64_t, std::uint64_t>;

  // Null where it is not kept.
  std::shared_ptr<const Rows> find(const Name& name) {
    const std::scoped_lock held(lock_);
    const auto at = places_.find(name);
    if (at == places_.end()) {
      return nullptr;
    }
    recent_.splice(recent_.begin(), recent_, at->second);
    return at->second->second;
  }

  void keep(const Name& name, std::shared_ptr<const Rows> rows) {
    const std::scoped_lock held(lock_);
    // Two threads may have read it at once.
    if (places_.contains(name)) {
      return;
    }
    recent_.emplace_front(name, std::move(rows));
    places_.emplace(name, recent_.begin());
    if (recent_.size() > kMostKept) {
      places_.erase(recent_.back().first);
      recent_.pop_back();
    }
  }

 private:
  std::mutex lock_;
  // The one used last stands first.
  std::list<std::pair<Name, std::shared_ptr<const Rows>>> recent_;
  std::map<Name, decltype(recent_)::iterator> places_;
};

Directory::Directory(std::string path)
    : path_(std::move(path)), kept_(std::make_shared<KeptTiles>()) {}

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
  return [own = *this, size](unsigned level, std::uint64_t index) -> base::Result<Hash> {
    const unsigned tile_level = level / kTileBits;
    const unsigned height = level % kTileBits;
    const std::uint64_t first = index << height;
    const std::uint64_t tile_index = first / kTileWidth;
    const KeptTiles::Name name(tile_level, tile_index, width_of(tile_level, tile_index, size));
    auto rows = own.kept_->find(name);
    if (rows == nullptr) {
      auto read = own.tile(tile_level, tile_index, std::get<2>(name));
      if (!read) {
        return read.error();
      }
      rows = std::make_shared<const Rows>(rows_over(std::move(read).value()));
      own.kept_->keep(name, rows);
    }
    return (*rows)[height][(first % kTileWidth) >> height];
  };
}

}  // namespace truce::ledger
