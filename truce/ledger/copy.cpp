// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/copy.h"

#include <filesystem>

#include <fmt/format.h>

#include "truce/ledger/internal/files.h"
#include "truce/ledger/tiles.h"

namespace truce::ledger {
namespace {

namespace fs = std::filesystem;

base::Result<SignedCheckpoint> checkpoint_of(const Directory& directory, std::string& text) {
  auto read = directory.checkpoint();
  if (!read) {
    return read.error();
  }
  text = std::move(read).value();
  auto checkpoint = read_checkpoint(text);
  return checkpoint ? std::move(checkpoint)
                    : base::Error{checkpoint.error().code,
                                  fmt::format("{}/checkpoint {}", directory.path(),
                                              checkpoint.error().message)};
}

// The tree that `to` holds; empty where nothing is there. Fails where `from` does not go on from
// it.
base::Result<TreeHead> tree_there(const Directory& from, const Checkpoint& now,
                                  const std::string& to) {
  std::error_code failure;
  if (!fs::exists(to, failure) || fs::is_empty(to, failure)) {
    return TreeHead{.size = 0, .root = empty_root()};
  }
  std::string text;
  const auto there = checkpoint_of(Directory(to), text);
  if (!there) {
    return there.error();
  }
  const Checkpoint& then = there->checkpoint;
  const auto refused = [&](std::string_view what) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("cannot copy {} to {}: {}; name another folder", from.path(), to, what)};
  };
  if (then.origin != now.origin) {
    return refused(fmt::format("there is the ledger {}, and this is {}", then.origin, now.origin));
  }
  if (then.tree.size > now.tree.size) {
    return refused(
        fmt::format("there are {} entries, and these are {}", then.tree.size, now.tree.size));
  }
  const auto root = root_of(from.nodes(now.tree.size), then.tree.size);
  if (!root) {
    return root.error();
  }
  if (*root != then.tree.root) {
    return refused("there is a fork of it, with other entries");
  }
  return then.tree;
}

// Entries and their hashes of one bundle, from the entries alone.
base::Result<std::vector<Hash>> copy_bundle(const Directory& from, std::uint64_t index,
                                            std::uint64_t width, internal::DurableWriter& writer) {
  const auto bytes = from.bundle(index, width);
  if (!bytes) {
    return bytes.error();
  }
  const auto entries = read_bundle(*bytes, width);
  if (!entries) {
    return entries.error();
  }
  std::vector<Hash> leaves;
  for (const std::string_view entry : *entries) {
    leaves.push_back(leaf_hash(entry));
  }
  if (const auto written = writer.write(bundle_path(index, width), *bytes); !written) {
    return written.error();
  }
  if (const auto written = writer.write(tile_path(0, index, width), tile_bytes(leaves)); !written) {
    return written.error();
  }
  return leaves;
}

// The levels above the first, from what is below them.
base::Result<void> write_levels(std::vector<Hash> hashes, internal::DurableWriter& writer) {
  for (unsigned level = 1; !hashes.empty(); ++level) {
    std::vector<Hash> above;
    for (std::size_t first = 0; first < hashes.size(); first += kTileWidth) {
      const std::size_t end = std::min<std::size_t>(hashes.size(), first + kTileWidth);
      const std::vector<Hash> tile(hashes.begin() + static_cast<std::ptrdiff_t>(first),
                                   hashes.begin() + static_cast<std::ptrdiff_t>(end));
      const std::string path = tile_path(level, first / kTileWidth, tile.size());
      if (const auto written = writer.write(path, tile_bytes(tile)); !written) {
        return written.error();
      }
      if (tile.size() == kTileWidth) {
        above.push_back(hash_of_full(tile));
      }
    }
    hashes = std::move(above);
  }
  return {};
}

}  // namespace

base::Result<Checkpoint> copy_ledger(const Directory& from, const std::string& to) {
  std::string text;
  const auto read = checkpoint_of(from, text);
  if (!read) {
    return read.error();
  }
  const Checkpoint& now = read->checkpoint;
  const auto there = tree_there(from, now, to);
  if (!there) {
    return there.error();
  }
  std::error_code failure;
  fs::create_directories(to, failure);
  auto lock = internal::Lock::take(to, 0);
  if (!lock) {
    return lock.error();
  }
  internal::DurableWriter writer(to);
  Edge edge;
  std::vector<Hash> above;
  for (std::uint64_t index = 0; index * kTileWidth < now.tree.size; ++index) {
    const std::uint64_t width = width_of(0, index, now.tree.size);
    const bool is_there = (index + 1) * kTileWidth <= there->size;
    const auto leaves = is_there ? Directory(to).tile(0, index, kTileWidth)
                                 : copy_bundle(from, index, width, writer);
    if (!leaves) {
      return leaves.error();
    }
    for (const Hash& leaf : *leaves) {
      edge.add(leaf);
    }
    if (width == kTileWidth) {
      above.push_back(hash_of_full(*leaves));
    }
  }
  if (edge.root() != now.tree.root) {
    return base::Error{base::ErrorCode::Corrupt,
                       fmt::format("cannot copy {}: its entries do not give the root of its "
                                   "checkpoint; see truce ledger verify",
                                   from.path())};
  }
  if (const auto written = write_levels(std::move(above), writer); !written) {
    return written.error();
  }
  if (const auto synced = writer.sync(); !synced) {
    return synced.error();
  }
  if (const auto written = writer.write("checkpoint", text); !written) {
    return written.error();
  }
  if (const auto synced = writer.sync(); !synced) {
    return synced.error();
  }
  return now;
}

}  // namespace truce::ledger
