// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "truce/talks/order.h"

namespace truce::talks::internal {

/// The commitments of a graph one deed after the other, so that those of one deed, and all that
/// they wait for, stand beside each other. Those that `is_left_out` says are left out, if it says
/// anything. The graph itself is read where it already is so, and must outlive this.
class ByDeed {
 public:
  explicit ByDeed(const CommitmentGraph& graph, const std::vector<bool>& is_left_out = {});

  [[nodiscard]] const CommitmentGraph& graph() const { return graph_; }
  /// Each deed has the commitment of its own number.
  [[nodiscard]] bool is_one_each() const { return firsts_.empty(); }
  /// The first commitment of the deed; that of the next deed ends them.
  [[nodiscard]] std::uint32_t first(std::uint32_t deed) const {
    return firsts_.empty() ? deed : firsts_[deed];
  }
  /// Whose commitment it is.
  [[nodiscard]] std::uint32_t deed(std::uint32_t commitment) const {
    return firsts_.empty() ? commitment : graph_.deed(commitment);
  }
  /// What its commitments wait for, all together: from and to among the conditions of the graph.
  [[nodiscard]] std::uint32_t begin(std::uint32_t deed) const { return graph_.ends()[first(deed)]; }
  [[nodiscard]] std::uint32_t end(std::uint32_t deed) const {
    return graph_.ends()[first(deed + 1)];
  }
  [[nodiscard]] std::span<const std::uint32_t> waits_for(std::uint32_t deed) const {
    return graph_.conditions().subspan(begin(deed), end(deed) - begin(deed));
  }

 private:
  static std::optional<CommitmentGraph> in_order(const CommitmentGraph& graph,
                                                 const std::vector<bool>& is_left_out);

  std::optional<CommitmentGraph> own_;
  const CommitmentGraph& graph_;
  std::vector<std::uint32_t> firsts_;
};

}  // namespace truce::talks::internal
