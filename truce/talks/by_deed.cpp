// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/internal/by_deed.h"

#include "truce/talks/internal/waits.h"

namespace truce::talks::internal {

ByDeed::ByDeed(const CommitmentGraph& graph, const std::vector<bool>& is_left_out)
    : own_(in_order(graph, is_left_out)), graph_(own_.has_value() ? *own_ : graph) {
  bool is_one_each = graph_.size() == graph_.deeds();
  for (std::uint32_t i = 0; i < graph_.size() && is_one_each; ++i) {
    is_one_each = graph_.deed(i) == i;
  }
  if (is_one_each) {
    return;
  }
  firsts_.resize(std::size_t{graph_.deeds()} + 1);
  std::uint32_t commitment = 0;
  for (std::uint32_t deed = 0; deed <= graph_.deeds(); ++deed) {
    while (commitment < graph_.size() && graph_.deed(commitment) < deed) {
      ++commitment;
    }
    firsts_[deed] = commitment;
  }
}

std::optional<CommitmentGraph> ByDeed::in_order(const CommitmentGraph& graph,
                                                const std::vector<bool>& is_left_out) {
  bool is_in_order = is_left_out.empty();
  for (std::uint32_t i = 1; i < graph.size() && is_in_order; ++i) {
    is_in_order = graph.deed(i - 1) <= graph.deed(i);
  }
  if (is_in_order) {
    return std::nullopt;
  }
  const Lists commitments = commitments_of(graph);
  CommitmentGraph sorted(graph.deeds());
  std::vector<CommitmentGraph::Condition> conditions;
  for (const std::uint32_t commitment : commitments.items) {
    if (is_left_out.empty() || !is_left_out[commitment]) {
      conditions.clear();
      for (std::size_t place = 0; place < graph.conditions(commitment).size(); ++place) {
        conditions.push_back(graph.condition(commitment, place));
      }
      sorted.add(graph.deed(commitment), conditions);
    }
  }
  return sorted;
}

}  // namespace truce::talks::internal
