// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/crypto/keys.h"

namespace truce::ledger {

// The hash tree of RFC 6962, section 2.1, with SHA-256, in the words of RFC 9162.

using Hash = crypto::Bytes32;

/// Of an entry: SHA-256 of a zero byte and its bytes.
Hash leaf_hash(std::string_view entry);
/// Of two subtrees: SHA-256 of a byte 1 and both hashes.
Hash node_hash(const Hash& left, const Hash& right);
/// Of a tree without entries.
Hash empty_root();

/// The hash over the 2^level entries from index * 2^level, all of which the tree has.
using NodeReader = std::function<base::Result<Hash>(unsigned level, std::uint64_t index)>;

/// The root of the first `size` entries. Fails as `nodes` does.
base::Result<Hash> root_of(const NodeReader& nodes, std::uint64_t size);

/// The hashes beside the way from entry `index` up to the root, lowest first. `index` < `size`.
base::Result<std::vector<Hash>> inclusion_path(const NodeReader& nodes, std::uint64_t index,
                                               std::uint64_t size);
/// What shows that the first `old_size` entries of a tree of `size` are what they were. Empty for
/// 0 and for `size` itself. `old_size` <= `size`.
base::Result<std::vector<Hash>> consistency_path(const NodeReader& nodes, std::uint64_t old_size,
                                                 std::uint64_t size);

/// A tree as somebody speaks of it: so many entries, with that root.
struct TreeHead {
  std::uint64_t size = 0;
  Hash root{};

  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

/// Whether the path shows that `leaf` stands at `index` in that tree; RFC 9162, section 2.1.3.2.
bool is_included(const Hash& leaf, std::uint64_t index, const std::vector<Hash>& path,
                 const TreeHead& tree);
/// Whether the path shows that the later tree begins with all of the earlier one; RFC 9162,
/// section 2.1.4.2. An empty tree begins every other.
bool is_consistent(const TreeHead& earlier, const TreeHead& later, const std::vector<Hash>& path);

/// The right edge of a growing tree: enough to add entries and to say the root. Holds one hash for
/// each bit that the size has.
class Edge {
 public:
  /// Of the first `size` entries of a tree. Fails as `nodes` does.
  static base::Result<Edge> read(const NodeReader& nodes, std::uint64_t size);

  void add(const Hash& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Hash root() const;

 private:
  std::uint64_t size_ = 0;
  // Of full subtrees, largest first.
  std::vector<Hash> peaks_;
};

}  // namespace truce::ledger
