// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <numeric>

#include "truce/packages/internal/branching.h"
#include "truce/packages/internal/residuals.h"

namespace truce::packages::internal {
namespace {

using Number = std::int64_t;
constexpr Number kLowest = std::numeric_limits<Number>::min() / 4;
constexpr std::size_t kDirections = 9;
constexpr std::size_t kLargestBits = 36;
constexpr int kSweeps = 60;
constexpr std::size_t kStepsBetweenLooks = 64;

struct Pair {
  Number first = 0;
  Number second = 0;
};

// How much the two parties count in one sum, never below zero.
struct Direction {
  Number first = 0;
  Number second = 0;
  [[nodiscard]] Number of(const Pair& pair) const {
    return first * pair.first + second * pair.second;
  }
};

// A conditional value: whose and how much, and for each of its issues which options fulfil it.
struct Term {
  Pair worth;
  bool is_gain = true;
  std::vector<std::size_t> issues;
  std::vector<std::vector<bool>> fits;
};

// Points that no other found one betters, the first number descending.
class Archive {
 public:
  void add(const Pair& worth, const Package& package) {
    auto at = std::lower_bound(
        points_.begin(), points_.end(), worth,
        [](const Entry& entry, const Pair& pair) { return entry.worth.first > pair.first; });
    if ((at != points_.begin() && std::prev(at)->worth.second >= worth.second) ||
        (at != points_.end() && at->worth.first == worth.first &&
         at->worth.second >= worth.second)) {
      return;
    }
    auto end = at;
    while (end != points_.end() && end->worth.second <= worth.second) {
      ++end;
    }
    at = points_.erase(at, end);
    points_.insert(at, {worth, package});
  }

  // Whether something within these bounds, one for each direction, would be new.
  [[nodiscard]] bool leaves_room(const std::vector<Direction>& directions,
                                 const std::vector<Number>& bounds) const {
    for (std::size_t gap = 0; gap <= points_.size(); ++gap) {
      // Better than its two neighbours: more than the second number of the one, the first of the
      // other.
      const Pair corner = {gap < points_.size() ? points_[gap].worth.first + 1 : kLowest / 4096,
                           gap > 0 ? points_[gap - 1].worth.second + 1 : kLowest / 4096};
      bool is_within = true;
      for (std::size_t at = 0; at < directions.size() && is_within; ++at) {
        const bool is_bound = (directions[at].first == 0 || gap < points_.size()) &&
                              (directions[at].second == 0 || gap > 0);
        is_within = !is_bound || directions[at].of(corner) <= bounds[at];
      }
      if (is_within) {
        return true;
      }
    }
    return false;
  }

  struct Entry {
    Pair worth;
    Package package;
  };
  [[nodiscard]] const std::vector<Entry>& points() const { return points_; }

 private:
  std::vector<Entry> points_;
};

// A partial package, and for each direction a bound as a sum over issues of the best option.
struct Node {
  std::vector<bool> is_settled;
  Package package;
  StatementId constraints = kTrue;
  std::vector<bool> is_lost;
  // What is certain.
  Pair worth;
  // For each direction: issue, option.
  std::vector<std::vector<std::vector<Number>>> potential;
  // For each direction and term: how much of its worth stands with each of its issues.
  std::vector<std::vector<std::vector<Number>>> shares;
};

class Search {
 public:
  Search(const Game& game, const ScaledValues& scaled, const SearchLimits& limits)
      : game_(&game), scaled_(&scaled), limits_(&limits) {
    read_terms();
    read_options();
    read_directions();
  }

  std::optional<Frontier> run() {
    Node root = make_root();
    if (root.constraints != kFalse) {
      climb(root);
      descend(root);
    }
    Frontier frontier;
    frontier.is_complete = !has_ended_;
    for (const Archive::Entry& entry : archive_.points()) {
      frontier.points.push_back({entry.package,
                                 {worth_of(scaled_->scales[0], entry.worth.first),
                                  worth_of(scaled_->scales[1], entry.worth.second)}});
    }
    return frontier;
  }

 private:
  [[nodiscard]] std::size_t issues() const { return game_->issues.size(); }
  [[nodiscard]] std::size_t options(std::size_t issue) const {
    return game_->issues[issue].options.size();
  }

  void read_terms() {
    of_issue_.resize(issues());
    for (std::size_t party = 0; party < 2; ++party) {
      for (std::size_t at = 0; at < scaled_->conditionals[party].size(); ++at) {
        const Number worth = scaled_->conditionals[party][at].to_int64().value_or(0);
        Term term;
        term.worth = party == 0 ? Pair{worth, 0} : Pair{0, worth};
        term.is_gain = worth > 0;
        for (const OptionSet& set : game_->parties[party].conditionals[at].when) {
          auto place = std::find(term.issues.begin(), term.issues.end(), set.issue);
          if (place == term.issues.end()) {
            place = term.issues.insert(place, set.issue);
            term.fits.emplace_back(options(set.issue), true);
          }
          std::vector<bool>& fits =
              term.fits[static_cast<std::size_t>(place - term.issues.begin())];
          for (std::uint32_t option = 0; option < fits.size(); ++option) {
            fits[option] = fits[option] && std::find(set.options.begin(), set.options.end(),
                                                     option) != set.options.end();
          }
        }
        for (std::size_t issue : term.issues) {
          of_issue_[issue].push_back(terms_.size());
        }
        terms_.push_back(std::move(term));
      }
    }
  }

  // The options worth a look: of those that fulfil the same the first, and none that another one
  // outdoes in everything, unless constraints speak of the issue.
  void read_options() {
    std::vector<bool> is_constrained(issues(), false);
    std::vector<StatementId> constraints;
    for (const Constraint& constraint : game_->constraints) {
      constraints.push_back(residuals_.add(constraint.formula));
    }
    constraints_ = residuals_.conjoin(constraints);
    for (const std::uint32_t issue : residuals_.issues(constraints_)) {
      is_constrained[issue] = true;
    }
    kept_.resize(issues());
    for (std::size_t issue = 0; issue < issues(); ++issue) {
      for (std::uint32_t option = 0; option < options(issue); ++option) {
        bool is_out = false;
        for (std::uint32_t other = 0; other < options(issue) && !is_out; ++other) {
          is_out = other != option && !is_constrained[issue] && outdoes(issue, other, option) &&
                   (other < option || !outdoes(issue, option, other));
        }
        if (!is_out) {
          kept_[issue].push_back(option);
        }
      }
    }
  }

  [[nodiscard]] Number value(std::size_t party, std::size_t issue, std::size_t option) const {
    return scaled_->values[party][issue][option].to_int64().value_or(0);
  }

  [[nodiscard]] bool outdoes(std::size_t issue, std::uint32_t one, std::uint32_t other) const {
    if (value(0, issue, one) < value(0, issue, other) ||
        value(1, issue, one) < value(1, issue, other)) {
      return false;
    }
    return std::all_of(of_issue_[issue].begin(), of_issue_[issue].end(), [&](std::size_t at) {
      const Term& term = terms_[at];
      const auto place = static_cast<std::size_t>(
          std::find(term.issues.begin(), term.issues.end(), issue) - term.issues.begin());
      const bool is_first = term.fits[place][one];
      const bool is_second = term.fits[place][other];
      return is_first == is_second || is_first == term.is_gain;
    });
  }

  // Both alone, and between them so that equal shares of what each could gain count the same.
  void read_directions() {
    Pair most;
    for (std::size_t party = 0; party < 2; ++party) {
      Number& sum = party == 0 ? most.first : most.second;
      sum = 1;
      for (std::size_t issue = 0; issue < issues(); ++issue) {
        Number best = 0;
        for (std::size_t option = 0; option < options(issue); ++option) {
          best = std::max(best, value(party, issue, option));
        }
        sum += best;
      }
    }
    for (const Term& term : terms_) {
      most.first += std::max<Number>(term.worth.first, 0);
      most.second += std::max<Number>(term.worth.second, 0);
    }
    directions_ = {{1, 0}, {0, 1}};
    const Number scale = 1'000'000;
    for (std::size_t at = 1; at + 1 < kDirections; ++at) {
      const auto part = static_cast<Number>(at);
      const Number total = kDirections - 1;
      // At most a million each, and at least one.
      const Number larger = std::max(most.first, most.second);
      directions_.push_back({std::max<Number>(1, scale / total * part /
                                                     std::max<Number>(1, larger / most.second) / 1),
                             std::max<Number>(1, scale / total * (total - part) /
                                                     std::max<Number>(1, larger / most.first))});
    }
  }

  Node make_root() {
    Node root;
    root.is_settled.assign(issues(), false);
    root.package.assign(issues(), 0);
    root.constraints = constraints_;
    root.is_lost.assign(terms_.size(), false);
    root.potential.resize(directions_.size());
    root.shares.resize(directions_.size());
    for (std::size_t at = 0; at < directions_.size(); ++at) {
      for (std::size_t issue = 0; issue < issues(); ++issue) {
        root.potential[at].emplace_back();
        for (std::size_t option = 0; option < options(issue); ++option) {
          root.potential[at][issue].push_back(
              directions_[at].of({value(0, issue, option), value(1, issue, option)}));
        }
      }
      for (const Term& term : terms_) {
        root.shares[at].emplace_back(term.issues.size(), 0);
      }
    }
    for (std::size_t at = 0; at < terms_.size(); ++at) {
      if (terms_[at].issues.empty()) {
        root.worth.first += terms_[at].worth.first;
        root.worth.second += terms_[at].worth.second;
        root.is_lost[at] = true;
      }
    }
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      for (std::size_t at = 0; at < terms_.size(); ++at) {
        spread(root, at);
      }
    }
    return root;
  }

  // Sets down the worth of a term with its issues anew, where it raises the bound least: an issue
  // takes for nothing what its options that fulfil the term lack to the others.
  void spread(Node& node, std::size_t at) const {
    const Term& term = terms_[at];
    if (!term.is_gain || node.is_lost[at]) {
      return;
    }
    std::vector<std::size_t> open;
    for (std::size_t place = 0; place < term.issues.size(); ++place) {
      if (!node.is_settled[term.issues[place]]) {
        open.push_back(place);
      }
    }
    for (std::size_t direction = 0; direction < directions_.size(); ++direction) {
      const Number worth = directions_[direction].of(term.worth);
      if (worth != 0 && !open.empty()) {
        spread(node, direction, at, open, worth);
      }
    }
  }

  void spread(Node& node, std::size_t direction, std::size_t at,
              const std::vector<std::size_t>& open, Number worth) const {
    std::vector<Number> room;
    Number total = 0;
    for (const std::size_t place : open) {
      put(node, direction, at, place, -node.shares[direction][at][place]);
      room.push_back(std::min(room_of(node, direction, at, place, worth), worth));
      total += room.back();
    }
    // In proportion to the room; where there is too little, the rest in equal parts.
    Number left = worth;
    for (std::size_t which = 0; which < open.size(); ++which) {
      const Number part =
          total >= worth ? static_cast<Number>(static_cast<__int128_t>(worth) * room[which] / total)
                         : room[which] + (worth - total) / static_cast<Number>(open.size());
      put(node, direction, at, open[which], std::min(part, left));
      left -= std::min(part, left);
    }
    put(node, direction, at, open[0], left);
  }

  // How much an issue takes without raising the bound.
  [[nodiscard]] Number room_of(const Node& node, std::size_t direction, std::size_t at,
                               std::size_t place, Number worth) const {
    const Term& term = terms_[at];
    Number inside = kLowest;
    Number outside = kLowest;
    for (const std::uint32_t option : kept_[term.issues[place]]) {
      Number& best = term.fits[place][option] ? inside : outside;
      best = std::max(best, node.potential[direction][term.issues[place]][option]);
    }
    return inside == kLowest ? worth : std::max<Number>(0, outside - inside);
  }

  // Adds to what stands with an issue.
  void put(Node& node, std::size_t direction, std::size_t at, std::size_t place,
           Number amount) const {
    const Term& term = terms_[at];
    std::vector<Number>& potential = node.potential[direction][term.issues[place]];
    for (const std::uint32_t option : kept_[term.issues[place]]) {
      if (term.fits[place][option]) {
        potential[option] += amount;
      }
    }
    node.shares[direction][at][place] += amount;
  }

  [[nodiscard]] std::vector<Number> bounds(const Node& node) const {
    std::vector<Number> bounds;
    for (std::size_t direction = 0; direction < directions_.size(); ++direction) {
      Number bound = directions_[direction].of(node.worth);
      for (std::size_t issue = 0; issue < issues(); ++issue) {
        if (!node.is_settled[issue]) {
          bound += best(node, direction, issue);
        }
      }
      bounds.push_back(bound);
    }
    return bounds;
  }

  [[nodiscard]] Number best(const Node& node, std::size_t direction, std::size_t issue) const {
    Number best = kLowest;
    for (const std::uint32_t option : kept_[issue]) {
      best = std::max(best, node.potential[direction][issue][option]);
    }
    return best;
  }

  // Chooses an option; false where a constraint breaks.
  bool settle(Node& node, std::size_t issue, std::uint32_t option) {
    node.constraints =
        residuals_.after(node.constraints, static_cast<std::uint32_t>(issue), option);
    if (node.constraints == kFalse) {
      return false;
    }
    node.is_settled[issue] = true;
    node.package[issue] = option;
    node.worth.first += value(0, issue, option);
    node.worth.second += value(1, issue, option);
    for (const std::size_t at : of_issue_[issue]) {
      if (node.is_lost[at]) {
        continue;
      }
      const Term& term = terms_[at];
      const auto place = static_cast<std::size_t>(
          std::find(term.issues.begin(), term.issues.end(), issue) - term.issues.begin());
      if (!term.fits[place][option]) {
        lose(node, at);
      } else if (std::all_of(term.issues.begin(), term.issues.end(),
                             [&](std::size_t other) { return node.is_settled[other]; })) {
        node.worth.first += term.worth.first;
        node.worth.second += term.worth.second;
        node.is_lost[at] = true;
      } else {
        spread(node, at);
      }
    }
    return true;
  }

  void lose(Node& node, std::size_t at) const {
    const Term& term = terms_[at];
    node.is_lost[at] = true;
    for (std::size_t direction = 0; direction < directions_.size(); ++direction) {
      for (std::size_t place = 0; place < term.issues.size(); ++place) {
        if (!node.is_settled[term.issues[place]]) {
          put(node, direction, at, place, -node.shares[direction][at][place]);
        }
      }
    }
  }

  // The issue where choosing matters most.
  [[nodiscard]] std::size_t next_issue(const Node& node) const {
    std::size_t chosen = issues();
    double most = -1;
    for (std::size_t issue = 0; issue < issues(); ++issue) {
      if (node.is_settled[issue]) {
        continue;
      }
      double sum = 0;
      for (std::size_t direction = 0; direction < directions_.size(); ++direction) {
        const std::vector<Number>& potential = node.potential[direction][issue];
        Number first = kLowest;
        Number second = kLowest;
        for (const std::uint32_t option : kept_[issue]) {
          if (potential[option] > first) {
            second = first;
            first = potential[option];
          } else {
            second = std::max(second, potential[option]);
          }
        }
        const double gap = second == kLowest ? 1e18 : static_cast<double>(first - second);
        sum += gap / (1.0 + static_cast<double>(directions_[direction].first +
                                                directions_[direction].second));
      }
      if (sum > most) {
        most = sum;
        chosen = issue;
      }
    }
    return chosen;
  }

  bool has_ended() {
    ++steps_;
    has_ended_ = has_ended_ || steps_ > limits_->steps ||
                 (steps_ % kStepsBetweenLooks == 0 && limits_->is_stopped && limits_->is_stopped());
    return has_ended_;
  }

  void descend(const Node& node) {
    if (has_ended() || !archive_.leaves_room(directions_, bounds(node))) {
      return;
    }
    const std::size_t issue = next_issue(node);
    if (issue == issues()) {
      archive_.add(node.worth, node.package);
      return;
    }
    std::vector<std::uint32_t> order = kept_[issue];
    const std::vector<Number>& potential = node.potential[kDirections / 2][issue];
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
      return potential[left] > potential[right];
    });
    for (const std::uint32_t option : order) {
      Node child = node;
      if (settle(child, issue, option)) {
        descend(child);
      }
    }
  }

  [[nodiscard]] Pair worth_of_package(const Package& package) const {
    Pair worth;
    for (std::size_t issue = 0; issue < issues(); ++issue) {
      worth.first += value(0, issue, package[issue]);
      worth.second += value(1, issue, package[issue]);
    }
    for (const Term& term : terms_) {
      bool is_fulfilled = true;
      for (std::size_t place = 0; place < term.issues.size() && is_fulfilled; ++place) {
        is_fulfilled = term.fits[place][package[term.issues[place]]];
      }
      if (is_fulfilled) {
        worth.first += term.worth.first;
        worth.second += term.worth.second;
      }
    }
    return worth;
  }

  // Good packages to begin with: from the best option of each issue, one change at a time.
  void climb(const Node& root) {
    for (std::size_t from = 0; from < directions_.size(); ++from) {
      Package package;
      for (std::size_t issue = 0; issue < issues(); ++issue) {
        package.push_back(*std::max_element(
            kept_[issue].begin(), kept_[issue].end(), [&](std::uint32_t left, std::uint32_t right) {
              return root.potential[from][issue][left] < root.potential[from][issue][right];
            }));
      }
      for (const Direction& toward : directions_) {
        Package here = package;
        bool is_better = true;
        while (is_better) {
          is_better = false;
          for (std::size_t issue = 0; issue < issues(); ++issue) {
            is_better = change(here, issue, toward) || is_better;
          }
        }
        offer(here);
      }
    }
  }

  bool change(Package& package, std::size_t issue, const Direction& toward) {
    const std::uint32_t before = package[issue];
    std::uint32_t best = before;
    Number most = toward.of(worth_of_package(package));
    for (const std::uint32_t option : kept_[issue]) {
      package[issue] = option;
      const Number here = toward.of(worth_of_package(package));
      if (here > most) {
        most = here;
        best = option;
      }
    }
    package[issue] = best;
    return best != before;
  }

  void offer(const Package& package) {
    if (is_feasible(*game_, package)) {
      archive_.add(worth_of_package(package), package);
    }
  }

  const Game* game_;
  const ScaledValues* scaled_;
  const SearchLimits* limits_;
  bool has_ended_ = false;
  std::size_t steps_ = 0;
  Residuals residuals_;
  StatementId constraints_ = kTrue;
  std::vector<Term> terms_;
  std::vector<std::vector<std::size_t>> of_issue_;
  std::vector<std::vector<std::uint32_t>> kept_;
  std::vector<Direction> directions_;
  Archive archive_;
};

}  // namespace

std::optional<Frontier> search_bounded(const Game& game, const ScaledValues& scaled,
                                       const SearchLimits& limits) {
  if (scaled.bits > kLargestBits || game.parties.size() != 2) {
    return std::nullopt;
  }
  return Search(game, scaled, limits).run();
}

}  // namespace truce::packages::internal
