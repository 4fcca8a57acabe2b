// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/diagram.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "truce/packages/internal/residuals.h"

namespace truce::packages::internal {
namespace {

// What is left of the constraints together, then of each conditional value: kFalse where it is
// lost, or fulfilled and counted.
using State = std::vector<StatementId>;

constexpr std::size_t kNodesBetweenLooks = 256;

struct StateHash {
  std::size_t operator()(const State& state) const {
    std::uint64_t hash = 1469598103934665603U;
    for (const StatementId part : state) {
      hash = (hash ^ part) * 1099511628211U;
      hash ^= hash >> 31U;
    }
    return hash;
  }
};

class Builder {
 public:
  Builder(const Game& game, const SearchLimits& limits) : game_(&game), limits_(&limits) {
    diagram_.fulfilled.emplace_back();
    fulfilled_ids_.emplace(std::vector<std::uint32_t>{}, 0);
  }

  std::optional<Diagram> build() {
    std::vector<State> states = {first_state()};
    if (states[0][0] == kFalse) {
      states.clear();
    }
    std::size_t nodes = 0;
    for (std::uint32_t issue = 0; issue < game_->issues.size(); ++issue) {
      nodes += states.size();
      if (nodes > limits_->nodes || is_stopped_) {
        return std::nullopt;
      }
      states = settle(issue, states);
    }
    return is_stopped_ ? std::nullopt : std::optional(std::move(diagram_));
  }

 private:
  State first_state() {
    std::vector<StatementId> constraints;
    for (const Constraint& constraint : game_->constraints) {
      constraints.push_back(residuals_.add(constraint.formula));
    }
    State state = {residuals_.conjoin(constraints)};
    for (const Party& party : game_->parties) {
      for (const Conditional& conditional : party.conditionals) {
        state.push_back(residuals_.add(Formula::from_conjunction(conditional.when)));
      }
    }
    return state;
  }

  // Makes the layer of the issue, and returns the states after it.
  std::vector<State> settle(std::uint32_t issue, const std::vector<State>& states) {
    Layer layer;
    layer.nodes = states.size();
    layer.options = game_->issues[issue].options.size();
    layer.edges.reserve(layer.nodes * layer.options);
    std::vector<State> next;
    std::unordered_map<State, std::uint32_t, StateHash> numbers;
    for (const State& state : states) {
      layer.edges.push_back(choose(state, issue, 0, next, numbers));
      const bool is_open = mentions(state, issue);
      for (std::uint32_t option = 1; option < layer.options; ++option) {
        // By value: the next one may move it.
        const Edge first = layer.edges.back();
        layer.edges.push_back(is_open ? choose(state, issue, option, next, numbers) : first);
      }
      is_stopped_ = is_stopped_ || (++looks_ % kNodesBetweenLooks == 0 && limits_->is_stopped &&
                                    limits_->is_stopped());
      if (next.size() > limits_->nodes || is_stopped_) {
        break;
      }
    }
    diagram_.layers.push_back(std::move(layer));
    return next;
  }

  // Whether it matters what is chosen.
  [[nodiscard]] bool mentions(const State& state, std::uint32_t issue) const {
    return std::any_of(state.begin(), state.end(),
                       [&](StatementId part) { return residuals_.mentions(part, issue); });
  }

  Edge choose(const State& state, std::uint32_t issue, std::uint32_t option,
              std::vector<State>& next,
              std::unordered_map<State, std::uint32_t, StateHash>& numbers) {
    const StatementId constraints = residuals_.after(state[0], issue, option);
    if (constraints == kFalse) {
      return {};
    }
    State after = state;
    after[0] = constraints;
    std::vector<std::uint32_t> fulfilled;
    for (std::size_t at = 1; at < after.size(); ++at) {
      // True from the start where nothing is asked.
      after[at] = residuals_.after(after[at], issue, option);
      if (after[at] == kTrue) {
        fulfilled.push_back(static_cast<std::uint32_t>(at - 1));
        after[at] = kFalse;
      }
    }
    const auto [set, is_new_set] =
        fulfilled_ids_.emplace(fulfilled, static_cast<std::uint32_t>(diagram_.fulfilled.size()));
    if (is_new_set) {
      diagram_.fulfilled.push_back(fulfilled);
    }
    const auto [number, is_new] = numbers.emplace(after, static_cast<std::uint32_t>(next.size()));
    if (is_new) {
      next.push_back(std::move(after));
    }
    return {number->second, set->second};
  }

  const Game* game_;
  const SearchLimits* limits_;
  std::size_t looks_ = 0;
  bool is_stopped_ = false;
  Residuals residuals_;
  Diagram diagram_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> fulfilled_ids_;
};

}  // namespace

std::optional<Diagram> make_diagram(const Game& game, const SearchLimits& limits) {
  return Builder(game, limits).build();
}

Integer count_paths(const Diagram& diagram) {
  std::vector<Integer> after = {1};
  for (std::size_t at = diagram.layers.size(); at > 0; --at) {
    const Layer& layer = diagram.layers[at - 1];
    std::vector<Integer> counts(layer.nodes);
    for (std::size_t node = 0; node < layer.nodes; ++node) {
      const auto end =
          layer.edges.begin() + static_cast<std::ptrdiff_t>((node + 1) * layer.options);
      for (auto edge = end - static_cast<std::ptrdiff_t>(layer.options); edge != end;) {
        // Options that lead to one node are counted at one time.
        const std::uint32_t to = edge->to;
        const auto other =
            std::find_if(edge, end, [to](const Edge& next) { return next.to != to; });
        if (to != kNowhere) {
          counts[node] += after[to] * Integer(other - edge);
        }
        edge = other;
      }
    }
    after = std::move(counts);
  }
  return after.empty() ? Integer(0) : after[0];
}

}  // namespace truce::packages::internal
