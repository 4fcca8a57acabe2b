// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "truce/packages/internal/diagram.h"
#include "truce/packages/internal/maxima.h"
#include "truce/packages/internal/merge.h"

namespace truce::packages::internal {

/// How a point of a node goes on: the option chosen there, and the point of the next node.
struct Step {
  std::uint32_t option = 0;
  std::uint32_t next = 0;
};

/// The points of all nodes of a layer, one node after the other.
template <typename Value>
struct LayerPoints {
  // Where the points of each node begin, and where the last ones end.
  std::vector<std::uint32_t> begins;
  std::vector<Step> steps;
  // parties for each point.
  std::vector<Value> gains;
};

/// What a package must be worth, at each step of the way back: what cannot reach it any more is
/// dropped, and what has reached it whatever comes counts no more.
template <typename Value>
struct Needs {
  // For each issue and party: below the floor it cannot be reached by what the issues before bring
  // at best; at the cap it is reached by what they bring at worst.
  std::vector<std::vector<Value>> floors;
  std::vector<std::vector<Value>> caps;

  // Whether it can still be reached; lowers `gains` to the cap.
  bool admit(std::size_t issue, Value* gains) const {
    for (std::size_t party = 0; party < floors[issue].size(); ++party) {
      if (gains[party] < floors[issue][party]) {
        return false;
      }
      if (caps[issue][party] < gains[party]) {
        gains[party] = caps[issue][party];
      }
    }
    return true;
  }
};

/// Two parties: lists in order, merged.
template <typename Value>
class PairPruner {
 public:
  void add(const LayerPoints<Value>& after, const Edge& edge, std::uint32_t option,
           const std::vector<Value>& gain, const Needs<Value>*, std::size_t) {
    size_ += after.begins[edge.to + 1] - after.begins[edge.to];
    after_ = &after;
    const Choice choice{gain[0], gain[1], option, edge.to};
    const auto betters = [](const Choice& one, const Choice& other) {
      return one.to == other.to && !(one.first < other.first) && !(one.second < other.second);
    };
    // Whatever comes after one comes after the other too.
    if (std::none_of(choices_.begin(), choices_.end(),
                     [&](const Choice& other) { return betters(other, choice); })) {
      std::erase_if(choices_, [&](const Choice& other) { return betters(choice, other); });
      choices_.push_back(choice);
    }
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  void finish(LayerPoints<Value>& points, Effort&) {
    const List& merged = merged_choices();
    std::size_t at = points.steps.size();
    points.steps.resize(at + merged.size());
    points.gains.resize(2 * points.steps.size());
    for (const auto& point : merged) {
      points.steps[at] = {point.option, point.next};
      points.gains[2 * at] = point.first;
      points.gains[2 * at + 1] = point.second;
      ++at;
    }
    choices_.clear();
    size_ = 0;
  }
  void next_layer() {}

 private:
  // An option, what it brings and the node it leads to.
  struct Choice {
    Value first{};
    Value second{};
    std::uint32_t option = 0;
    std::uint32_t to = 0;
  };
  using List = std::vector<PairPoint<Value>>;

  const List& merged_choices() {
    lists_.resize(std::max(lists_.size(), choices_.size()));
    for (std::size_t at = 0; at < choices_.size(); ++at) {
      write(choices_[at], lists_[at]);
    }
    return merge_all(lists_, choices_.size(), merged_);
  }

  void write(const Choice& choice, List& list) const {
    const std::uint32_t begin = after_->begins[choice.to];
    list.resize(after_->begins[choice.to + 1] - begin);
    for (std::uint32_t at = 0; at < list.size(); ++at) {
      const Value* gains = &after_->gains[2 * std::size_t{begin + at}];
      list[at] = {gains[0] + choice.first, gains[1] + choice.second, choice.option, begin + at};
    }
  }

  const LayerPoints<Value>* after_ = nullptr;
  std::vector<Choice> choices_;
  std::size_t size_ = 0;
  // Their room is used again.
  std::vector<List> lists_;
  List merged_;
};

}  // namespace truce::packages::internal
