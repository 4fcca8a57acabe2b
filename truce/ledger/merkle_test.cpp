// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/merkle.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "truce/crypto/sha256.h"

namespace truce::ledger {
namespace {

std::string hex(const Hash& hash) {
  std::string text;
  for (const unsigned char byte : hash) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xFU];
  }
  return text;
}

// The definitions of RFC 6962, section 2.1, as they are written there.
Hash tree_hash(const std::vector<Hash>& leaves, std::size_t begin, std::size_t end) {
  if (end == begin) {
    return crypto::sha256({});
  }
  if (end - begin == 1) {
    return leaves[begin];
  }
  std::size_t split = 1;
  while (2 * split < end - begin) {
    split *= 2;
  }
  return node_hash(tree_hash(leaves, begin, begin + split), tree_hash(leaves, begin + split, end));
}

std::vector<Hash> audit_path(std::size_t index, const std::vector<Hash>& leaves, std::size_t begin,
                             std::size_t end) {
  if (end - begin <= 1) {
    return {};
  }
  std::size_t split = 1;
  while (2 * split < end - begin) {
    split *= 2;
  }
  const bool is_left = index < split;
  auto path = is_left ? audit_path(index, leaves, begin, begin + split)
                      : audit_path(index - split, leaves, begin + split, end);
  path.push_back(is_left ? tree_hash(leaves, begin + split, end)
                         : tree_hash(leaves, begin, begin + split));
  return path;
}

std::vector<Hash> sub_proof(std::size_t old_size, const std::vector<Hash>& leaves,
                            std::size_t begin, std::size_t end, bool is_whole) {
  if (old_size == end - begin) {
    return is_whole ? std::vector<Hash>() : std::vector<Hash>{tree_hash(leaves, begin, end)};
  }
  std::size_t split = 1;
  while (2 * split < end - begin) {
    split *= 2;
  }
  const bool is_left = old_size <= split;
  auto path = is_left ? sub_proof(old_size, leaves, begin, begin + split, is_whole)
                      : sub_proof(old_size - split, leaves, begin + split, end, false);
  path.push_back(is_left ? tree_hash(leaves, begin + split, end)
                         : tree_hash(leaves, begin, begin + split));
  return path;
}

NodeReader nodes_of(const std::vector<Hash>& leaves) {
  return [&leaves](unsigned level, std::uint64_t index) -> base::Result<Hash> {
    const std::size_t begin = index << level;
    return tree_hash(leaves, begin, begin + (std::size_t{1} << level));
  };
}

std::vector<Hash> some_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i) {
    leaves.push_back(leaf_hash(std::to_string(i)));
  }
  return leaves;
}

// The entries and the roots that the tests of certificate transparency logs are published with.
TEST(Merkle, GivesThePublishedRoots) {
  const std::vector<std::string> entries = {
      "",
      std::string(1, '\0'),
      "\x10",
      "\x20\x21",
      "\x30\x31",
      "\x40\x41\x42\x43",
      "\x50\x51\x52\x53\x54\x55\x56\x57",
      "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  const std::vector<std::string> roots = {
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  EXPECT_EQ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", hex(empty_root()));
  Edge edge;
  EXPECT_EQ(empty_root(), edge.root());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    edge.add(leaf_hash(entries[i]));
    EXPECT_EQ(roots[i], hex(edge.root())) << i;
  }
}

TEST(Merkle, RootsAndPathsAreThoseOfTheDefinition) {
  for (std::size_t size = 0; size <= 40; ++size) {
    const auto leaves = some_leaves(size);
    const NodeReader nodes = nodes_of(leaves);
    const TreeHead tree{.size = size, .root = tree_hash(leaves, 0, size)};
    EXPECT_EQ(tree.root, *root_of(nodes, size));
    EXPECT_EQ(tree.root, Edge::read(nodes, size)->root());
    for (std::size_t index = 0; index < size; ++index) {
      const auto path = inclusion_path(nodes, index, size);
      EXPECT_EQ(audit_path(index, leaves, 0, size), *path);
      EXPECT_TRUE(is_included(leaves[index], index, *path, tree)) << index << " of " << size;
    }
    for (std::size_t old_size = 1; old_size <= size; ++old_size) {
      const auto path = consistency_path(nodes, old_size, size);
      EXPECT_EQ(sub_proof(old_size, leaves, 0, size, true), *path);
      const TreeHead old_tree{.size = old_size, .root = tree_hash(leaves, 0, old_size)};
      EXPECT_TRUE(is_consistent(old_tree, tree, *path)) << old_size << " of " << size;
    }
    EXPECT_TRUE(is_consistent({.size = 0, .root = empty_root()}, tree, {}));
  }
}

TEST(Merkle, NothingChangedIsIncluded) {
  const auto leaves = some_leaves(23);
  const NodeReader nodes = nodes_of(leaves);
  const TreeHead tree{.size = 23, .root = tree_hash(leaves, 0, 23)};
  for (std::size_t index = 0; index < 23; ++index) {
    const auto path = *inclusion_path(nodes, index, 23);
    EXPECT_FALSE(is_included(leaves[(index + 1) % 23], index, path, tree));
    for (std::size_t other = 0; other < 25; ++other) {
      EXPECT_EQ(index == other, is_included(leaves[index], other, path, tree));
    }
    for (std::size_t i = 0; i < path.size(); ++i) {
      auto changed = path;
      changed[i][5] ^= 1U;
      EXPECT_FALSE(is_included(leaves[index], index, changed, tree));
    }
    auto longer = path;
    longer.push_back(path.front());
    EXPECT_FALSE(is_included(leaves[index], index, longer, tree));
    EXPECT_FALSE(is_included(leaves[index], index, {path.begin(), path.end() - 1}, tree));
    EXPECT_FALSE(is_included(leaves[index], index, path, {.size = 23, .root = leaves[0]}));
  }
}

TEST(Merkle, NothingChangedIsConsistent) {
  const auto leaves = some_leaves(23);
  const NodeReader nodes = nodes_of(leaves);
  const TreeHead tree{.size = 23, .root = tree_hash(leaves, 0, 23)};
  for (std::size_t old_size = 1; old_size < 23; ++old_size) {
    const TreeHead old_tree{.size = old_size, .root = tree_hash(leaves, 0, old_size)};
    const auto path = *consistency_path(nodes, old_size, 23);
    for (std::size_t i = 0; i < path.size(); ++i) {
      auto changed = path;
      changed[i][5] ^= 1U;
      EXPECT_FALSE(is_consistent(old_tree, tree, changed)) << old_size;
    }
    auto longer = path;
    longer.push_back(path.front());
    EXPECT_FALSE(is_consistent(old_tree, tree, longer));
    EXPECT_FALSE(is_consistent(old_tree, tree, {path.begin(), path.end() - 1}));
    EXPECT_FALSE(is_consistent(old_tree, {.size = 23, .root = leaves[0]}, path));
    EXPECT_FALSE(is_consistent({.size = old_size, .root = leaves[22]}, tree, path));
    EXPECT_FALSE(is_consistent(tree, old_tree, path));
  }
  EXPECT_FALSE(is_consistent({.size = 0, .root = leaves[0]}, tree, {}));
  EXPECT_FALSE(is_consistent({.size = 23, .root = leaves[0]}, tree, {}));
  EXPECT_TRUE(is_consistent(tree, tree, {}));
  EXPECT_FALSE(is_consistent(tree, tree, {leaves[0]}));
}

}  // namespace
}  // namespace truce::ledger
