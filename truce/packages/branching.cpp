// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/branching.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <numeric>

namespace truce::packages::internal {
namespace {

using Kind = Goal::Kind;
using Numbers = std::vector<double>;

constexpr double kNothing = std::numeric_limits<double>::infinity();
constexpr int kFirstRounds = 150;
constexpr int kFewRounds = 30;
constexpr int kRounds = 8;
constexpr double kStretch = 1.5;
constexpr std::size_t kStepsBetweenLooks = 64;

// The natural logarithm of a number above zero.
double log_of(const Integer& number) {
  const std::size_t bits = number.bits();
  const std::size_t dropped = bits > 900 ? bits - 900 : 0;
  return std::log(divide(number, power(2, dropped)).quotient.to_double()) +
         static_cast<double>(dropped) * std::log(2.0);
}

struct Node {
  Part part;
  // One for each row; together one.
  Numbers weights;
  // Levels below it have been closed: what is better is equal there.
  std::size_t level = 0;
  // No package of it is worth more.
  double bound = kNothing;
};

class Search {
 public:
  Search(Space& space, const Goal& goal, const SearchLimits& limits)
      : space_(&space),
        goal_(&goal),
        limits_(&limits),
        scales_(space.rows(), 1),
        real_(space.stride(), 0),
        order_(space.rows()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
  }

  Found run() {
    Node& root = nodes_.emplace_back();
    bool is_possible = false;
    root.part = space_->everything(is_possible);
    root.weights.assign(space_->rows(), 1.0 / static_cast<double>(space_->rows()));
    if (is_possible) {
      begin(root);
      if (!is_done()) {
        descend(0);
      }
    }
    found_.steps = steps_;
    return std::move(found_);
  }

 private:
  // --- What is known ---

  [[nodiscard]] bool has_one() const { return found_.package.has_value(); }
  [[nodiscard]] bool is_done() const { return goal_->kind == Kind::AtLeast && has_one(); }

  // A package that the constraints allow; whether it is the best so far.
  bool offer(const Package& package) {
    if (goal_->kind != Kind::AtLeast && space_->is_exact() && goal_->kind == Kind::Levels) {
      return offer_exact(package);
    }
    auto measure = goal_->measure(package);
    if (!measure.has_value()) {
      return false;
    }
    if (has_one() &&
        (*measure < measure_ || (*measure == measure_ && !(package < *found_.package)))) {
      return false;
    }
    measure_ = std::move(*measure);
    keep(package);
    return true;
  }

  // The same by doubles, which are exact here.
  bool offer_exact(const Package& package) {
    space_->measure(package, sums_);
    std::sort(sums_.begin(), sums_.end());
    if (has_one() && (sums_ < sorted_ || (sums_ == sorted_ && !(package < *found_.package)))) {
      return false;
    }
    keep(package);
    return true;
  }

  void keep(const Package& package) {
    found_.package = package;
    space_->measure(package, sorted_);
    if (goal_->kind == Kind::Product) {
      log_left_ = log_of(measure_[0]);
      for (std::size_t row = 0; row < scales_.size(); ++row) {
        // Rounded it may be nothing; any scale is right as long as it is counted.
        scales_[row] = 1 / std::max(sorted_[row], 1.0);
        log_left_ += std::log(scales_[row]);
      }
    }
    std::sort(sorted_.begin(), sorted_.end());
  }

  // --- Bounds ---

  // The largest sum there may be with these weights: from the best option of each issue, which are
  // noted with what they bring.
  double evaluate(const Part& part, const Numbers& weights) {
    gains_ = part.certain;
    scores_.resize(part.options.size());
    best_.resize(space_->issues());
    const double certain =
        std::inner_product(weights.begin(), weights.end(), part.certain.begin(), 0.0);
    return certain + weigh(space_->weighed(part), weights.data(), scores_.data(), best_.data(),
                           gains_.data());
  }

  // The weights of the rows as they are, filled up.
  const Numbers& scaled(const Numbers& weights) {
    for (std::size_t row = 0; row < weights.size(); ++row) {
      real_[row] = weights[row] * scales_[row];
    }
    return real_;
  }

  [[nodiscard]] double error_of(const Numbers& weights) const {
    double error = 0;
    for (std::size_t row = 0; row < space_->rows(); ++row) {
      error += weights[row] * space_->error(row);
    }
    return error;
  }

  // The rows by weight, the largest first; from one time to the next the order changes little.
  void sort_by(const Numbers& weights) {
    for (std::size_t at = 1; at < order_.size(); ++at) {
      for (std::size_t to = at; to > 0 && weights[order_[to - 1]] < weights[order_[to]]; --to) {
        std::swap(order_[to - 1], order_[to]);
      }
    }
  }

  // Of all that is wanted at this level, the least weighted sum, and where it is. With `is_weak`,
  // of all that is wanted at this level or a later one.
  double least_wanted(const Numbers& weights, std::size_t level, bool is_weak) {
    const std::size_t rows = weights.size();
    point_.resize(rows);
    if (goal_->kind == Kind::Product) {
      double logs = log_left_;
      for (const double weight : weights) {
        logs += std::log(weight);
      }
      const double mean = std::exp(logs / static_cast<double>(rows));
      for (std::size_t row = 0; row < rows; ++row) {
        point_[row] = mean / weights[row];
      }
      return static_cast<double>(rows) * mean * (1 - 1e-11);
    }
    if (goal_->kind == Kind::AtLeast) {
      point_ = goal_->least;
    } else {
      sort_by(weights);
      for (std::size_t at = 0; at < rows; ++at) {
        point_[order_[at]] =
            at < level || level == rows ? sorted_[at] : sorted_[level] + (is_weak ? 0 : 1);
      }
    }
    return std::inner_product(weights.begin(), weights.end(), point_.begin(), 0.0);
  }

  // Moves the weights until nothing wanted at this level is within them; false where they do not
  // get there. Then options that lead to nothing wanted are taken out.
  bool separate(Node& node, int rounds) {
    const std::size_t rows = space_->rows();
    Numbers weights = node.weights;
    double least = kNothing;
    for (int round = 0; round < rounds; ++round) {
      const double sum = evaluate(node.part, scaled(weights));
      const double error = error_of(real_);
      note_bound(node, weights, sum + error);
      const double wanted = least_wanted(weights, node.level, false);
      const double excess = sum - wanted + 2 * error;
      if (excess < 0) {
        node.weights = weights;
        return true;
      }
      if (excess < least) {
        least = excess;
        node.weights = weights;
      }
      if (rows == 1 || round + 1 == rounds) {
        break;
      }
      move(weights, excess);
    }
    narrow(node);
    return false;
  }

  // A step against what the best options bring beyond what is wanted.
  void move(Numbers& weights, double excess) {
    double length = 0;
    for (std::size_t row = 0; row < weights.size(); ++row) {
      point_[row] = gains_[row] * scales_[row] - point_[row];
      length += weights[row] > 0 || point_[row] < 0 ? point_[row] * point_[row] : 0;
    }
    if (length <= 0) {
      return;
    }
    const double step = kStretch * excess / length;
    double sum = 0;
    for (std::size_t row = 0; row < weights.size(); ++row) {
      const double floor = goal_->kind == Kind::Product ? weights[row] / 4 : 0;
      weights[row] = std::max(floor, weights[row] - step * point_[row]);
      sum += weights[row];
    }
    for (double& weight : weights) {
      weight = sum > 0 ? weight / sum : 1.0 / static_cast<double>(weights.size());
    }
  }

  void note_bound(Node& node, const Numbers& weights, double sum) const {
    if (goal_->kind == Kind::Levels) {
      node.bound = std::min(node.bound, sum);
    } else if (goal_->kind == Kind::Product) {
      const auto rows = static_cast<double>(weights.size());
      double logs = 0;
      for (std::size_t row = 0; row < weights.size(); ++row) {
        logs += std::log(weights[row] * scales_[row]);
      }
      node.bound = std::min(node.bound, sum > 0 ? rows * std::log(sum / rows) - logs : -kNothing);
    }
  }

  // Takes out options with which nothing wanted can be reached; the best one of an issue stays.
  void narrow(Node& node) {
    const double sum = evaluate(node.part, scaled(node.weights));
    const double error = error_of(real_);
    const double room = sum - least_wanted(node.weights, node.level, true) + 2 * error;
    is_narrowed_ = false;
    for (std::size_t issue = 0; issue < space_->issues(); ++issue) {
      if (node.part.is_settled[issue] != 0) {
        continue;
      }
      const std::size_t begin = space_->begin(issue);
      const double best = scores_[best_[issue]];
      for (std::size_t place = node.part.counts[issue]; place > 0; --place) {
        if (best - scores_[begin + place - 1] > room) {
          scores_[begin + place - 1] = scores_[begin + node.part.counts[issue] - 1];
          Space::remove(node.part, begin, issue, place - 1);
          is_narrowed_ = true;
        }
      }
    }
  }

  // Whether the node holds nothing that is wanted.
  bool closes(Node& node, int rounds) {
    is_narrowed_ = false;
    if (!has_one() && goal_->kind != Kind::AtLeast) {
      evaluate(node.part, scaled(node.weights));
      return false;
    }
    if (goal_->kind != Kind::Levels) {
      return separate(node, rounds);
    }
    while (node.level < space_->rows()) {
      if (!separate(node, rounds)) {
        return false;
      }
      ++node.level;
    }
    return !may_be_smaller(node.part) || separate(node, rounds);
  }

  // Whether a package of it can have smaller options than the best one.
  [[nodiscard]] bool may_be_smaller(const Part& part) const {
    for (std::size_t issue = 0; issue < space_->issues(); ++issue) {
      const auto begin = part.options.begin() + static_cast<std::ptrdiff_t>(space_->begin(issue));
      const std::uint32_t least = *std::min_element(begin, begin + part.counts[issue]);
      if (least != (*found_.package)[issue]) {
        return least < (*found_.package)[issue];
      }
    }
    return false;
  }

  // --- The tree ---

  bool is_stopped() {
    ++steps_;
    if (!is_stopped_) {
      is_stopped_ = steps_ > limits_->steps || (steps_ % kStepsBetweenLooks == 0 &&
                                                limits_->is_stopped && limits_->is_stopped());
    }
    return is_stopped_;
  }

  void leave_open(const Node& node) {
    found_.most = found_.is_complete ? node.bound : std::max(found_.most, node.bound);
    found_.is_complete = false;
  }

  void descend(std::size_t depth) {
    Node& node = nodes_[depth];
    if (is_stopped()) {
      leave_open(node);
      return;
    }
    for (int again = 0; again < 3; ++again) {
      if (closes(node, kRounds)) {
        return;
      }
      if (!is_narrowed_) {
        break;
      }
      if (!space_->settle(node.part)) {
        return;
      }
    }
    const std::size_t issue = next_issue(node.part);
    if (issue == space_->issues()) {
      arrive(node.part);
      return;
    }
    std::vector<std::pair<double, std::uint32_t>> order;
    const std::size_t begin = space_->begin(issue);
    for (std::size_t at = begin; at < begin + node.part.counts[issue]; ++at) {
      order.emplace_back(-scores_[at], node.part.options[at]);
    }
    std::sort(order.begin(), order.end());
    if (depth + 1 == nodes_.size()) {
      nodes_.emplace_back();
    }
    for (const auto& [score, option] : order) {
      Node& child = nodes_[depth + 1];
      child = node;
      if (space_->choose(child.part, issue, option)) {
        descend(depth + 1);
      }
      if (is_done()) {
        return;
      }
    }
  }

  // The issue where choosing matters most.
  std::size_t next_issue(const Part& part) {
    std::size_t chosen = space_->issues();
    double most = -1;
    for (std::size_t issue = 0; issue < space_->issues(); ++issue) {
      if (part.is_settled[issue] != 0) {
        continue;
      }
      const std::size_t begin = space_->begin(issue);
      double first = -kNothing;
      double second = -kNothing;
      for (std::size_t at = begin; at < begin + part.counts[issue]; ++at) {
        if (scores_[at] > first) {
          second = first;
          first = scores_[at];
        } else {
          second = std::max(second, scores_[at]);
        }
      }
      if (first - second > most) {
        most = first - second;
        chosen = issue;
      }
    }
    return chosen;
  }

  void arrive(const Part& part) {
    const Package package = space_->package(part);
    if (offer(package) && goal_->kind != Kind::AtLeast) {
      climb(package);
    }
  }

  // --- Good packages to begin with ---

  void begin(Node& root) {
    if (goal_->kind == Kind::AtLeast) {
      // Nothing to begin with: any package that is good enough is the end.
    } else if (goal_->start.has_value()) {
      offer(*goal_->start);
      climb(*goal_->start);
    } else {
      dive(root);
    }
    const bool is_bounded = goal_->kind == Kind::AtLeast || has_one();
    const int rounds = goal_->kind == Kind::AtLeast ? kFewRounds : kFirstRounds;
    for (int round = 0; round < rounds && is_bounded && !is_done(); ++round) {
      Node node = root;
      if (closes(node, 2)) {
        break;
      }
      root.weights = node.weights;
      evaluate(node.part, real_);
      Package package = space_->package(root.part);
      for (std::size_t issue = 0; issue < space_->issues(); ++issue) {
        if (root.part.is_settled[issue] == 0) {
          package[issue] = node.part.options[best_[issue]];
        }
      }
      if (space_->is_feasible(package) && offer(package) && goal_->kind != Kind::AtLeast) {
        climb(package);
      }
    }
  }

  // One package, by the best options first.
  void dive(const Node& root) {
    Node node = root;
    for (;;) {
      evaluate(node.part, scaled(node.weights));
      const std::size_t issue = next_issue(node.part);
      if (issue == space_->issues()) {
        arrive(node.part);
        return;
      }
      const std::uint32_t option = node.part.options[best_[issue]];
      if (!space_->choose(node.part, issue, option)) {
        return;
      }
    }
  }

  // One change at a time, as long as it gets better.
  void climb(Package package) {
    for (bool is_better = true; is_better;) {
      is_better = false;
      for (std::size_t issue = 0; issue < space_->issues(); ++issue) {
        const std::uint32_t before = package[issue];
        const std::size_t options = space_->begin(issue + 1) - space_->begin(issue);
        std::uint32_t kept = before;
        for (std::uint32_t option = 0; option < options; ++option) {
          package[issue] = option;
          if (option != before && space_->is_feasible(package) && offer(package)) {
            kept = option;
            is_better = true;
          }
        }
        package[issue] = kept;
      }
    }
  }

  Space* space_;
  const Goal* goal_;
  const SearchLimits* limits_;
  Found found_;
  std::vector<Integer> measure_;
  // What the best package brings, the least first.
  Numbers sorted_;
  // What a row is multiplied by before weights: for products, so that the best package has about
  // ones; and the logarithm of its product then.
  Numbers scales_;
  double log_left_ = 0;
  // The one at hand and those above it, whose places are used again; they do not move.
  std::deque<Node> nodes_;
  std::size_t steps_ = 0;
  bool is_stopped_ = false;
  bool is_narrowed_ = false;
  // For evaluate().
  Numbers gains_;
  Numbers scores_;
  std::vector<std::size_t> best_;
  Numbers real_;
  Numbers point_;
  Numbers sums_;
  std::vector<std::size_t> order_;
};

}  // namespace

Found branch(Space& space, const Goal& goal, const SearchLimits& limits) {
  return Search(space, goal, limits).run();
}

}  // namespace truce::packages::internal
