// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/merkle.h"

#include <algorithm>
#include <bit>

#include "truce/base/check.h"
#include "truce/crypto/sha256.h"

namespace truce::ledger {
namespace {

std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// The full subtrees of [begin, end), largest first: begin is a multiple of a power of two that is
// not less than the length.
base::Result<std::vector<Hash>> peaks_of(const NodeReader& nodes, std::uint64_t begin,
                                         std::uint64_t end) {
  std::vector<Hash> peaks;
  while (begin < end) {
    const std::uint64_t length = std::bit_floor(end - begin);
    const auto level = static_cast<unsigned>(std::countr_zero(length));
    auto peak = nodes(level, begin >> level);
    if (!peak) {
      return peak.error();
    }
    peaks.push_back(*peak);
    begin += length;
  }
  return peaks;
}

Hash joined(const std::vector<Hash>& peaks) {
  TRUCE_CHECK(!peaks.empty(), "a subtree has entries");
  Hash hash = peaks.back();
  for (std::size_t i = peaks.size() - 1; i-- > 0;) {
    hash = node_hash(peaks[i], hash);
  }
  return hash;
}

// Of the subtree over [begin, end), which RFC 6962 splits.
base::Result<Hash> subtree(const NodeReader& nodes, std::uint64_t begin, std::uint64_t end) {
  const auto peaks = peaks_of(nodes, begin, end);
  return peaks ? base::Result<Hash>(joined(*peaks)) : peaks.error();
}

// The largest power of two that is smaller than `length`, which is at least 2.
std::uint64_t split_of(std::uint64_t length) { return std::bit_floor(length - 1); }

}  // namespace

Hash leaf_hash(std::string_view entry) {
  return crypto::sha256({std::string_view("\0", 1), entry});
}

Hash node_hash(const Hash& left, const Hash& right) {
  return crypto::sha256({"\x01", bytes_of(left), bytes_of(right)});
}

Hash empty_root() { return crypto::sha256({}); }

base::Result<Hash> root_of(const NodeReader& nodes, std::uint64_t size) {
  return size == 0 ? base::Result<Hash>(empty_root()) : subtree(nodes, 0, size);
}

base::Result<std::vector<Hash>> inclusion_path(const NodeReader& nodes, std::uint64_t index,
                                               std::uint64_t size) {
  TRUCE_CHECK(index < size, "a path leads to an entry of the tree");
  std::vector<Hash> path;
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + split_of(end - begin);
    const bool is_left = index < middle;
    const auto beside = is_left ? subtree(nodes, middle, end) : subtree(nodes, begin, middle);
    if (!beside) {
      return beside.error();
    }
    path.push_back(*beside);
    (is_left ? end : begin) = middle;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

base::Result<std::vector<Hash>> consistency_path(const NodeReader& nodes, std::uint64_t old_size,
                                                 std::uint64_t size) {
  TRUCE_CHECK(old_size <= size, "an earlier tree is not larger");
  std::vector<Hash> path;
  if (old_size == 0 || old_size == size) {
    return path;
  }
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end != old_size) {
    const std::uint64_t middle = begin + split_of(end - begin);
    const bool is_left = old_size <= middle;
    const auto beside = is_left ? subtree(nodes, middle, end) : subtree(nodes, begin, middle);
    if (!beside) {
      return beside.error();
    }
    path.push_back(*beside);
    (is_left ? end : begin) = middle;
  }
  // The earlier root itself need not be told where it is a subtree.
  if (begin != 0) {
    const auto last = subtree(nodes, begin, end);
    if (!last) {
      return last.error();
    }
    path.push_back(*last);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

bool is_included(const Hash& leaf, std::uint64_t index, const std::vector<Hash>& path,
                 const TreeHead& tree) {
  if (index >= tree.size) {
    return false;
  }
  std::uint64_t at = index;
  std::uint64_t last = tree.size - 1;
  Hash hash = leaf;
  for (const Hash& beside : path) {
    if (last == 0) {
      return false;
    }
    if ((at & 1U) != 0 || at == last) {
      hash = node_hash(beside, hash);
      while ((at & 1U) == 0 && at != 0) {
        at >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = node_hash(hash, beside);
    }
    at >>= 1U;
    last >>= 1U;
  }
  return last == 0 && hash == tree.root;
}

bool is_consistent(const TreeHead& earlier, const TreeHead& later, const std::vector<Hash>& path) {
  if (earlier.size == 0) {
    return path.empty() && earlier.root == empty_root();
  }
  if (earlier.size == later.size) {
    return path.empty() && earlier.root == later.root;
  }
  std::vector<Hash> steps = path;
  if (std::has_single_bit(earlier.size)) {
    steps.insert(steps.begin(), earlier.root);
  }
  if (earlier.size > later.size || steps.empty()) {
    return false;
  }
  std::uint64_t at = earlier.size - 1;
  std::uint64_t last = later.size - 1;
  while ((at & 1U) != 0) {
    at >>= 1U;
    last >>= 1U;
  }
  Hash old_hash = steps.front();
  Hash new_hash = steps.front();
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (last == 0) {
      return false;
    }
    if ((at & 1U) != 0 || at == last) {
      old_hash = node_hash(steps[i], old_hash);
      new_hash = node_hash(steps[i], new_hash);
      while ((at & 1U) == 0 && at != 0) {
        at >>= 1U;
        last >>= 1U;
      }
    } else {
      new_hash = node_hash(new_hash, steps[i]);
    }
    at >>= 1U;
    last >>= 1U;
  }
  return last == 0 && old_hash == earlier.root && new_hash == later.root;
}

void Edge::add(const Hash& leaf) {
  Hash hash = leaf;
  // As a carry: a full subtree of each lower bit that is set is joined.
  for (std::uint64_t left = size_; (left & 1U) != 0; left >>= 1U) {
    hash = node_hash(peaks_.back(), hash);
    peaks_.pop_back();
  }
  peaks_.push_back(hash);
  ++size_;
}

Hash Edge::root() const { return peaks_.empty() ? empty_root() : joined(peaks_); }

base::Result<Edge> Edge::read(const NodeReader& nodes, std::uint64_t size) {
  auto peaks = peaks_of(nodes, 0, size);
  if (!peaks) {
    return peaks.error();
  }
  Edge edge;
  edge.size_ = size;
  edge.peaks_ = std::move(peaks).value();
  return edge;
}

}  // namespace truce::ledger
