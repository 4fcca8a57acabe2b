// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/order.h"

#include <algorithm>
#include <limits>

#include "truce/talks/internal/waits.h"

namespace truce::talks {
namespace {

using internal::Effort;
using internal::Lists;

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

class Ordering {
 public:
  Ordering(const CommitmentGraph& graph, std::uint64_t effort)
      : graph_(graph),
        effort_{effort},
        waiting_(internal::waiting_for(graph)),
        missing_(graph.size()),
        is_possible_(graph.deeds(), true),
        local_(graph.deeds(), kNone) {
    order_.step.assign(graph.deeds(), 0);
  }

  Order find() {
    follow_from_nothing();
    order_.follows.resize(graph_.deeds());
    std::size_t done = 0;
    for (std::uint32_t deed = 0; deed < graph_.deeds(); ++deed) {
      order_.follows[deed] = order_.step[deed] != 0;
      done += order_.follows[deed] ? 1 : 0;
    }
    if (done < graph_.deeds()) {
      commitments_ = internal::commitments_of(graph_);
      rule_out();
      exchange();
      name_impossible();
    }
    return std::move(order_);
  }

 private:
  [[nodiscard]] bool is_done(std::uint32_t deed) const { return order_.step[deed] != 0; }

  void follow_from_nothing() {
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      missing_[i] = static_cast<std::uint32_t>(graph_.conditions(i).size());
      if (missing_[i] == 0 && !is_done(graph_.deed(i))) {
        order_.step[graph_.deed(i)] = 1;
        queue_.push_back(graph_.deed(i));
      }
    }
    follow();
  }

  // Whatever follows from those in the queue, in order of the steps.
  void follow() {
    for (std::size_t i = 0; i < queue_.size(); ++i) {
      for (const std::uint32_t commitment : waiting_[queue_[i]]) {
        const std::uint32_t next = graph_.deed(commitment);
        if (--missing_[commitment] == 0 && !is_done(next)) {
          order_.step[next] = step_of(commitment);
          queue_.push_back(next);
        }
      }
    }
    queue_.clear();
  }

  // One more than that of the last deed it waits for; those not done yet are left out.
  [[nodiscard]] std::uint32_t step_of(std::size_t commitment) const {
    std::uint32_t last = 0;
    for (const auto& condition : graph_.conditions(commitment)) {
      last = std::max(last, order_.step[condition.deed]);
    }
    return last + 1;
  }

  // The greatest fixed point: what nothing supports goes, and what it alone supported.
  void rule_out() {
    std::vector<std::uint32_t> support(graph_.deeds());
    std::vector<std::uint32_t> gone;
    is_dead_.assign(graph_.size(), false);
    for (std::uint32_t deed = 0; deed < graph_.deeds(); ++deed) {
      support[deed] = static_cast<std::uint32_t>(commitments_[deed].size());
      if (support[deed] == 0) {
        is_possible_[deed] = false;
        gone.push_back(deed);
      }
    }
    while (!gone.empty()) {
      const std::uint32_t deed = gone.back();
      gone.pop_back();
      for (const std::uint32_t commitment : waiting_[deed]) {
        if (is_dead_[commitment]) {
          continue;
        }
        is_dead_[commitment] = true;
        const std::uint32_t supported = graph_.deed(commitment);
        if (--support[supported] == 0) {
          is_possible_[supported] = false;
          gone.push_back(supported);
        }
      }
    }
  }

  // Those of `deeds` that hold each other up; each behind those that it waits for.
  std::vector<std::vector<std::uint32_t>> parts_of(const std::vector<std::uint32_t>& deeds) {
    auto parts = internal::circular_parts(edges_among(deeds));
    for (auto& part : parts) {
      for (std::uint32_t& deed : part) {
        deed = deeds[deed];
      }
    }
    return parts;
  }

  // For whom of the same deeds each waits, by place among them.
  Lists edges_among(const std::vector<std::uint32_t>& deeds) {
    for (std::uint32_t i = 0; i < deeds.size(); ++i) {
      local_[deeds[i]] = i;
    }
    Lists edges;
    for (const std::uint32_t deed : deeds) {
      for (const std::uint32_t commitment : commitments_[deed]) {
        if (is_dead_[commitment] && is_possible_[deed]) {
          continue;
        }
        for (const auto& condition : graph_.conditions(commitment)) {
          if (local_[condition.deed] != kNone && !is_done(condition.deed)) {
            edges.items.push_back(local_[condition.deed]);
          }
        }
      }
      edges.ends.push_back(static_cast<std::uint32_t>(edges.items.size()));
    }
    for (const std::uint32_t deed : deeds) {
      local_[deed] = kNone;
    }
    return edges;
  }

  // Parts are done at one time, one after the other. One of which some followed meanwhile may have
  // fallen apart.
  void exchange() {
    std::vector<std::uint32_t> open;
    for (std::uint32_t deed = 0; deed < graph_.deeds(); ++deed) {
      if (is_possible_[deed] && !is_done(deed)) {
        open.push_back(deed);
      }
    }
    std::vector<std::vector<std::uint32_t>> parts = parts_of(open);
    std::reverse(parts.begin(), parts.end());
    while (!parts.empty()) {
      std::vector<std::uint32_t> part = std::move(parts.back());
      parts.pop_back();
      const std::size_t size = part.size();
      std::erase_if(part, [this](std::uint32_t deed) { return is_done(deed); });
      if (part.size() == size) {
        exchange(part);
        continue;
      }
      auto smaller = parts_of(part);
      std::move(smaller.rbegin(), smaller.rend(), std::back_inserter(parts));
    }
  }

  void exchange(const std::vector<std::uint32_t>& part) {
    WaitingCircle circle = circle_of(part);
    const CommitmentGraph inside = graph_of(part);
    circle.is_agreed = is_agreed(inside);
    if (!circle.is_agreed) {
      internal::Guarantees found = internal::fewest_guarantees(inside, effort_);
      for (const std::uint32_t deed : found.deeds) {
        circle.guarantees.push_back(part[deed]);
      }
      circle.at_least = found.at_least;
    }
    for (const std::uint32_t deed : part) {
      std::uint32_t first = kNone;
      for (const std::uint32_t commitment : commitments_[deed]) {
        if (!is_dead_[commitment]) {
          first = std::min(first, step_of(commitment));
        }
      }
      circle.step = std::max(circle.step, first);
    }
    for (const std::uint32_t deed : part) {
      order_.step[deed] = circle.step;
      queue_.push_back(deed);
    }
    order_.circles.push_back(std::move(circle));
    follow();
  }

  static bool is_agreed(const CommitmentGraph& inside) {
    for (std::size_t i = 0; i < inside.size(); ++i) {
      for (const auto& condition : inside.conditions(i)) {
        if (!condition.is_exchange) {
          return false;
        }
      }
    }
    return true;
  }

  // What is left of the commitments between deeds that hold each other up.
  CommitmentGraph graph_of(const std::vector<std::uint32_t>& part) {
    for (std::uint32_t i = 0; i < part.size(); ++i) {
      local_[part[i]] = i;
    }
    CommitmentGraph inside(static_cast<std::uint32_t>(part.size()));
    std::vector<CommitmentGraph::Condition> conditions;
    for (const std::uint32_t deed : part) {
      for (const std::uint32_t commitment : commitments_[deed]) {
        conditions.clear();
        for (const auto& condition : graph_.conditions(commitment)) {
          if (local_[condition.deed] != kNone) {
            conditions.push_back({local_[condition.deed], condition.is_exchange});
          }
        }
        if (!is_dead_[commitment]) {
          inside.add(local_[deed], conditions);
        }
      }
    }
    for (const std::uint32_t deed : part) {
      local_[deed] = kNone;
    }
    return inside;
  }

  WaitingCircle circle_of(const std::vector<std::uint32_t>& part) {
    WaitingCircle circle;
    circle.deeds = part;
    internal::ShortestCircle found = internal::shortest_circle(edges_among(part), effort_);
    circle.is_shortest = found.is_shortest;
    for (const std::uint32_t deed : found.nodes) {
      circle.witness.push_back(part[deed]);
    }
    return circle;
  }

  // Circles that no exchange resolves: one of them waits for what nobody does.
  void name_impossible() {
    std::vector<std::uint32_t> open;
    for (std::uint32_t deed = 0; deed < graph_.deeds(); ++deed) {
      if (!is_possible_[deed]) {
        open.push_back(deed);
      }
    }
    for (const std::vector<std::uint32_t>& part : parts_of(open)) {
      order_.circles.push_back(circle_of(part));
      order_.circles.back().is_possible = false;
    }
  }

  const CommitmentGraph& graph_;
  Effort effort_;
  Lists waiting_;
  Lists commitments_;
  // Of each commitment, how many conditions are not done.
  std::vector<std::uint32_t> missing_;
  std::vector<bool> is_possible_;
  // Of each commitment, whether it waits for what is not possible.
  std::vector<bool> is_dead_;
  std::vector<std::uint32_t> local_;
  std::vector<std::uint32_t> queue_;
  Order order_;
};

}  // namespace

std::size_t Order::count_following() const {
  return static_cast<std::size_t>(std::count(follows.begin(), follows.end(), true));
}

std::size_t Order::count_possible() const {
  return static_cast<std::size_t>(
      std::count_if(step.begin(), step.end(), [](std::uint32_t one) { return one != 0; }));
}

bool Order::has_open_circle() const {
  return std::any_of(circles.begin(), circles.end(),
                     [](const WaitingCircle& circle) { return !circle.is_agreed; });
}

Order find_order(const CommitmentGraph& graph, std::uint64_t effort) {
  return Ordering(graph, effort).find();
}

std::vector<NeverDone> never_done(const CommitmentGraph& graph, const Order& order) {
  std::vector<std::optional<std::uint32_t>> waits(graph.deeds());
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const std::uint32_t deed = graph.deed(i);
    if (order.step[deed] != 0 || waits[deed].has_value()) {
      continue;
    }
    for (const CommitmentGraph::Condition& condition : graph.conditions(i)) {
      if (order.step[condition.deed] == 0) {
        waits[deed] = condition.deed;
        break;
      }
    }
  }
  std::vector<NeverDone> never;
  for (std::uint32_t deed = 0; deed < graph.deeds(); ++deed) {
    if (order.step[deed] == 0) {
      never.push_back({deed, waits[deed]});
    }
  }
  return never;
}

}  // namespace truce::talks
