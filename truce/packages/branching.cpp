// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/branching.h"

#include <algorithm>
#include <deque>
#include <numeric>
#include <random>

#include "truce/packages/internal/bounder.h"
#include "truce/packages/internal/incumbent.h"
#include "truce/packages/internal/remainder.h"

namespace truce::packages::internal {
namespace {

using Kind = Goal::Kind;
using Numbers = std::vector<double>;

constexpr int kFirstRounds = 150;
constexpr int kFewRounds = 30;
constexpr int kRounds = 12;
// The same once options have been taken out.
constexpr int kMoreRounds = 3;
constexpr std::size_t kStepsBetweenLooks = 64;
// So many combinations are tried one after the other: most of them are ruled out together.
constexpr double kFewCombinations = 3e8;
// Where so many packages in part do not decide it, the best package is first made as good as
// changes make it.
constexpr std::size_t kStepsBeforeChanges = 50;
// Of changes to the best package: how many issues may change, how many combinations that leaves at
// most, and how often in a row nothing better may be found.
constexpr std::size_t kChangedIssues = 12;
constexpr double kFewChanges = 1e7;
constexpr int kFailures = 100;
// How many numbers packages in part that wait for their turn may hold together; with more the
// search goes into depth.
constexpr std::size_t kWaitingNumbers = 4'000'000;

// One whose turn has not come.
struct Waiting {
  double bound = 0;
  std::size_t number = 0;
  Node node;
  // Of equals the one that was made last, which is nearer to a package.
  friend bool operator<(const Waiting& left, const Waiting& right) {
    return left.bound < right.bound || (left.bound == right.bound && left.number < right.number);
  }
};

class Search {
 public:
  Search(Space& space, const Goal& goal, const SearchLimits& limits)
      : space_(&space),
        goal_(&goal),
        limits_(&limits),
        known_(space, goal),
        bounder_(space, goal, known_) {}

  Found run() {
    Node& root = nodes_.emplace_back();
    bool is_possible = false;
    root.part = space_->everything(is_possible);
    root.weights.assign(space_->rows(), 1.0 / static_cast<double>(space_->rows()));
    if (is_possible) {
      begin(root);
      if (goal_->kind == Kind::Levels) {
        take_turns();
      } else if (!is_done()) {
        descend(0);
      }
    }
    found_.steps = steps_;
    if (has_one()) {
      found_.package = known_.package();
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool has_one() const { return known_.has_one(); }
  [[nodiscard]] bool is_done() const { return goal_->kind == Kind::AtLeast && has_one(); }

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

  // The issue that is to be settled next in the node; as many as there are where nothing of it is
  // left to be looked at. Its scores are known then.
  std::size_t open_issue(Node& node) {
    if (is_stopped()) {
      leave_open(node);
      return space_->issues();
    }
    bool is_changed = false;
    for (int again = 0; again < 3; ++again) {
      if (bounder_.closes(node, again == 0 ? kRounds : kMoreRounds)) {
        return space_->issues();
      }
      is_changed = bounder_.is_narrowed();
      if (!is_changed) {
        break;
      }
      if (!space_->settle(node.part)) {
        return space_->issues();
      }
    }
    if (is_changed) {
      bounder_.evaluate(node);
    }
    const std::size_t issue = bounder_.next_issue(node.part);
    if (issue == space_->issues()) {
      arrive(node.part);
    } else if (is_worth_trying() && count_combinations(*space_, node.part) <= kFewCombinations) {
      return try_all(node) ? space_->issues() : issue;
    }
    return issue;
  }

  void descend(std::size_t depth) {
    Node& node = nodes_[depth];
    const std::size_t issue = open_issue(node);
    if (issue == space_->issues()) {
      return;
    }
    if (depth + 1 == nodes_.size()) {
      nodes_.emplace_back();
    }
    for (const auto& [score, option] : bounder_.options_of(node.part, issue)) {
      Node& child = nodes_[depth + 1];
      child = node;
      child.weights_above = node.weights;
      if (space_->choose(child.part, issue, option)) {
        descend(depth + 1);
      }
      if (is_done()) {
        return;
      }
    }
  }

  // The node with the largest bound first: what has a smaller one than the best package will have
  // is then never looked at.
  void take_turns() {
    const Part& all = nodes_[0].part;
    const std::size_t most_waiting =
        kWaitingNumbers / (all.options.size() + all.values.size() + all.counts.size());
    const Node root = nodes_[0];
    waiting_.push_back({kNothing, 0, root});
    std::size_t made = 0;
    while (!waiting_.empty()) {
      std::pop_heap(waiting_.begin(), waiting_.end());
      std::swap(nodes_[0], waiting_.back().node);
      const double bound = waiting_.back().bound;
      waiting_.pop_back();
      if (has_one() && bound < known_.sorted()[0]) {
        continue;
      }
      if (waiting_.size() > most_waiting) {
        descend(0);
        continue;
      }
      if (steps_ == kStepsBeforeChanges && has_one()) {
        improve(root);
      }
      Node& node = nodes_[0];
      const std::size_t issue = open_issue(node);
      if (issue == space_->issues()) {
        continue;
      }
      const double sum = bounder_.sum() + 2 * bounder_.error_of(node.weights);
      const std::vector<Bounder::Scored> options = bounder_.options_of(node.part, issue);
      for (const auto& [score, option] : options) {
        Waiting child{std::min(node.bound, sum - options[0].score + score), ++made, node};
        child.node.bound = child.bound;
        child.node.weights_above = node.weights;
        if (space_->choose(child.node.part, issue, option)) {
          waiting_.push_back(std::move(child));
          std::push_heap(waiting_.begin(), waiting_.end());
        }
      }
    }
  }

  // --- Where little is left ---

  // Whether the sums of what is wanted are known from below.
  [[nodiscard]] bool is_worth_trying() const {
    return goal_->kind == Kind::AtLeast || (goal_->kind == Kind::Levels && has_one());
  }

  // False where that takes too long, as where many packages are worth the same.
  bool try_all(const Node& node) {
    weightings_ = {&node.weights};
    if (!node.weights_above.empty()) {
      weightings_.push_back(&node.weights_above);
    }
    remainder_.read(*space_, node.part, weightings_);
    restrict(node);
    Package package = space_->package(node.part);
    while (remainder_.next(package)) {
      if (space_->is_feasible(package) && known_.offer(package)) {
        if (is_done()) {
          return true;
        }
        restrict(node);
      }
    }
    return !remainder_.is_spent();
  }

  void restrict(const Node& node) {
    needs_.clear();
    for (const Numbers* weights : weightings_) {
      needs_.push_back(
          {bounder_.least_wanted(*weights, node.level, true), 2 * bounder_.error_of(*weights)});
    }
    for (std::size_t row = 0; row < space_->rows(); ++row) {
      needs_.push_back({goal_->kind == Kind::AtLeast ? goal_->least[row] : known_.sorted()[0],
                        2 * space_->error(row)});
    }
    remainder_.restrict(needs_);
  }

  void arrive(const Part& part) {
    const Package package = space_->package(part);
    if (known_.offer(package) && goal_->kind != Kind::AtLeast) {
      climb(package);
    }
  }

  // --- Good packages to begin with ---

  void begin(Node& root) {
    if (goal_->kind == Kind::AtLeast) {
      // Nothing to begin with: any package that is good enough is the end.
    } else if (goal_->start.has_value()) {
      known_.offer(*goal_->start);
      climb(*goal_->start);
    } else {
      dive(root);
    }
    const bool is_bounded = goal_->kind == Kind::AtLeast || has_one();
    const int rounds = goal_->kind == Kind::AtLeast ? kFewRounds : kFirstRounds;
    for (int round = 0; round < rounds && is_bounded && !is_done(); ++round) {
      Node node = root;
      if (bounder_.closes(node, 2)) {
        break;
      }
      root.weights = node.weights;
      bounder_.evaluate_again(node.part);
      Package package = space_->package(root.part);
      for (std::size_t issue = 0; issue < space_->issues(); ++issue) {
        if (root.part.is_settled[issue] == 0) {
          package[issue] = bounder_.best_option(node.part, issue);
        }
      }
      if (space_->is_feasible(package) && known_.offer(package) && goal_->kind != Kind::AtLeast) {
        climb(package);
      }
    }
  }

  // From the best package so far: changes of some issues, drawn by lot, fewer where that leaves too
  // many combinations.
  void improve(const Node& root) {
    // The same for everybody: what it draws is not specified, what it gives is.
    std::minstd_rand lot(1);
    std::vector<std::size_t> issues(space_->issues());
    std::iota(issues.begin(), issues.end(), std::size_t{0});
    for (int failures = 0; failures < kFailures; ++failures) {
      const Package before = known_.package();
      for (std::size_t at = 0; at < issues.size(); ++at) {
        std::swap(issues[at], issues[at + lot() % (issues.size() - at)]);
      }
      change(root, issues);
      failures = before != known_.package() ? 0 : failures;
    }
  }

  // All changes of the first of these issues.
  void change(const Node& root, const std::vector<std::size_t>& issues) {
    Node node = root;
    const Package kept = known_.package();
    for (std::size_t at = issues.size(); at > 0; --at) {
      if (at <= kChangedIssues) {
        if (bounder_.closes(node, kRounds) ||
            (bounder_.is_narrowed() && !space_->settle(node.part))) {
          return;
        }
        if (count_combinations(*space_, node.part) <= kFewChanges) {
          if (bounder_.next_issue(node.part) == space_->issues()) {
            arrive(node.part);
          } else {
            try_all(node);
          }
          return;
        }
      }
      // What leads back to the package may have been taken out.
      if (node.part.is_settled[issues[at - 1]] == 0 &&
          !space_->choose(node.part, issues[at - 1], kept[issues[at - 1]])) {
        return;
      }
    }
  }

  // One package, by the best options first.
  void dive(const Node& root) {
    Node node = root;
    for (;;) {
      bounder_.evaluate(node);
      const std::size_t issue = bounder_.next_issue(node.part);
      if (issue == space_->issues()) {
        arrive(node.part);
        return;
      }
      const std::uint32_t option = bounder_.best_option(node.part, issue);
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
          if (option != before && space_->is_feasible(package) && known_.offer(package)) {
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
  Incumbent known_;
  Bounder bounder_;
  // The one at hand and those above it, whose places are used again; they do not move.
  std::deque<Node> nodes_;
  std::size_t steps_ = 0;
  bool is_stopped_ = false;
  // A heap.
  std::vector<Waiting> waiting_;
  Remainder remainder_;
  std::vector<const Numbers*> weightings_;
  std::vector<Remainder::Need> needs_;
};

}  // namespace

Found branch(Space& space, const Goal& goal, const SearchLimits& limits) {
  return Search(space, goal, limits).run();
}

}  // namespace truce::packages::internal
