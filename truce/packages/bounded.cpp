// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <limits>
#include <numeric>

#include "truce/packages/internal/branching.h"
#include "truce/packages/internal/pair_archive.h"
#include "truce/packages/internal/residuals.h"

namespace truce::packages::internal {
namespace {

using Number = std::int64_t;
constexpr Number kLowest = std::numeric_limits<Number>::min() / 4;
constexpr std::size_t kLargestBits = 36;
constexpr int kSweeps = 60;
// The direction by which options are put in order.
constexpr std::size_t kMiddle = kDirections / 2;
constexpr std::size_t kStepsBetweenLooks = 64;

// What a conditional value asks of an issue.
struct Asked {
  std::size_t issue = 0;
  // By option.
  std::vector<bool> fits;
  // Of the options worth a look, in the numbering of all issues: those that fulfil it, and the
  // others.
  std::vector<std::uint32_t> inside;
  std::vector<std::uint32_t> outside;
};

// A conditional value: whose and how much, and what it asks.
struct Term {
  Pair worth;
  Bounds weighed{};
  bool is_gain = true;
  std::vector<Asked> asked;
  // Where its shares begin.
  std::size_t shares = 0;
};

// A partial package, and for each direction a bound as a sum over issues of the best option.
struct Node {
  std::vector<char> is_settled;
  Package package;
  StatementId constraints = kTrue;
  std::vector<char> is_lost;
  // What is certain.
  Pair worth;
  // Of each option worth a look.
  std::vector<Bounds> potential;
  // Of each term, how much of its worth stands with each of its issues.
  std::vector<Bounds> shares;
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
    Node& root = nodes_.emplace_back();
    make_root(root);
    if (root.constraints != kFalse) {
      climb(root);
      descend(0);
    }
    Frontier frontier;
    frontier.is_complete = !has_ended_;
    for (const PairArchive::Entry& entry : archive_.points()) {
      frontier.points.push_back({entry.package,
                                 {worth_of(scaled_->scales[0], entry.worth.first),
                                  worth_of(scaled_->scales[1], entry.worth.second)}});
    }
    return frontier;
  }

 private:
  // A term and one of its issues.
  struct Place {
    std::size_t term = 0;
    std::size_t asked = 0;
  };

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
          ask(term, set);
        }
        for (std::size_t asked = 0; asked < term.asked.size(); ++asked) {
          of_issue_[term.asked[asked].issue].push_back({terms_.size(), asked});
        }
        term.shares = shares_;
        shares_ += term.asked.size();
        terms_.push_back(std::move(term));
      }
    }
  }

  void ask(Term& term, const OptionSet& set) const {
    auto place = std::find_if(term.asked.begin(), term.asked.end(),
                              [&](const Asked& asked) { return asked.issue == set.issue; });
    if (place == term.asked.end()) {
      place = term.asked.insert(place,
                                {set.issue, std::vector<bool>(options(set.issue), true), {}, {}});
    }
    for (std::uint32_t option = 0; option < place->fits.size(); ++option) {
      place->fits[option] = place->fits[option] && std::find(set.options.begin(), set.options.end(),
                                                             option) != set.options.end();
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
    for (std::size_t issue = 0; issue < issues(); ++issue) {
      begins_.push_back(kept_.size());
      for (std::uint32_t option = 0; option < options(issue); ++option) {
        bool is_out = false;
        for (std::uint32_t other = 0; other < options(issue) && !is_out; ++other) {
          is_out = other != option && !is_constrained[issue] && outdoes(issue, other, option) &&
                   (other < option || !outdoes(issue, option, other));
        }
        if (!is_out) {
          for (const Place& place : of_issue_[issue]) {
            Asked& asked = terms_[place.term].asked[place.asked];
            (asked.fits[option] ? asked.inside : asked.outside)
                .push_back(static_cast<std::uint32_t>(kept_.size()));
          }
          kept_.push_back(option);
        }
      }
    }
    begins_.push_back(kept_.size());
  }

  [[nodiscard]] Number value(std::size_t party, std::size_t issue, std::size_t option) const {
    return scaled_->values[party][issue][option].to_int64().value_or(0);
  }

  [[nodiscard]] bool outdoes(std::size_t issue, std::uint32_t one, std::uint32_t other) const {
    if (value(0, issue, one) < value(0, issue, other) ||
        value(1, issue, one) < value(1, issue, other)) {
      return false;
    }
    return std::all_of(of_issue_[issue].begin(), of_issue_[issue].end(), [&](const Place& place) {
      const Term& term = terms_[place.term];
      const bool is_first = term.asked[place.asked].fits[one];
      const bool is_second = term.asked[place.asked].fits[other];
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
    directions_[0] = {1, 0};
    directions_[1] = {0, 1};
    const Number scale = 1'000'000;
    for (std::size_t at = 1; at + 1 < kDirections; ++at) {
      const auto part = static_cast<Number>(at);
      const Number total = kDirections - 1;
      // At most a million each, and at least one.
      const Number larger = std::max(most.first, most.second);
      directions_[at + 1] = {
          std::max<Number>(1, scale / total * part / std::max<Number>(1, larger / most.second)),
          std::max<Number>(
              1, scale / total * (total - part) / std::max<Number>(1, larger / most.first))};
    }
    for (Term& term : terms_) {
      term.weighed = weighed(term.worth);
    }
  }

  [[nodiscard]] Bounds weighed(const Pair& pair) const {
    Bounds sums;
    for (std::size_t which = 0; which < kDirections; ++which) {
      sums[which] = directions_[which].of(pair);
    }
    return sums;
  }

  void make_root(Node& root) const {
    root.is_settled.assign(issues(), 0);
    root.package.assign(issues(), 0);
    root.constraints = constraints_;
    root.is_lost.assign(terms_.size(), 0);
    root.shares.assign(shares_, {});
    for (std::size_t issue = 0; issue < issues(); ++issue) {
      for (std::size_t at = begins_[issue]; at < begins_[issue + 1]; ++at) {
        root.potential.push_back(weighed({value(0, issue, kept_[at]), value(1, issue, kept_[at])}));
      }
    }
    for (std::size_t at = 0; at < terms_.size(); ++at) {
      if (terms_[at].asked.empty()) {
        root.worth.first += terms_[at].worth.first;
        root.worth.second += terms_[at].worth.second;
        root.is_lost[at] = 1;
      }
    }
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      for (std::size_t at = 0; at < terms_.size(); ++at) {
        spread(root, at);
      }
    }
  }

  // Sets down the worth of a term with its issues anew, where it raises the bound least: an issue
  // takes for nothing what its options that fulfil the term lack to the others.
  void spread(Node& node, std::size_t at) const {
    const Term& term = terms_[at];
    if (!term.is_gain || node.is_lost[at] != 0) {
      return;
    }
    Number open = 0;
    Bounds total{};
    for_open(node, term, [&](const Asked& asked, Bounds& share) {
      put(node, asked, share, -1);
      // In its place, the room for one.
      share = room_of(node, term, asked);
      for (std::size_t which = 0; which < kDirections; ++which) {
        total[which] += share[which];
      }
      ++open;
    });
    // In proportion to the room; where there is too little, the rest in equal parts.
    Bounds left = term.weighed;
    Number after = open;
    for_open(node, term, [&](const Asked& asked, Bounds& share) {
      --after;
      for (std::size_t which = 0; which < kDirections; ++which) {
        const Number lack = term.weighed[which] - total[which];
        const Number part = lack > 0 ? share[which] + lack / open
                                     : part_of(term.weighed[which], share[which], total[which]);
        share[which] = after == 0 ? left[which] : std::min(part, left[which]);
        left[which] -= share[which];
      }
      put(node, asked, share, 1);
    });
  }

  // Each of its issues that is not settled, with its share.
  template <typename Function>
  static void for_open(Node& node, const Term& term, const Function& function) {
    for (std::size_t at = 0; at < term.asked.size(); ++at) {
      if (node.is_settled[term.asked[at].issue] == 0) {
        function(term.asked[at], node.shares[term.shares + at]);
      }
    }
  }

  // Any part will do, as long as all parts together are the whole.
  static Number part_of(Number worth, Number room, Number total) {
    return total == 0
               ? 0
               : static_cast<Number>(static_cast<double>(worth) *
                                     (static_cast<double>(room) / static_cast<double>(total)));
  }

  // How much an issue takes without raising the bound.
  static Bounds room_of(const Node& node, const Term& term, const Asked& asked) {
    Bounds inside;
    Bounds outside;
    inside.fill(kLowest);
    outside.fill(kLowest);
    raise(inside, node, asked.inside);
    raise(outside, node, asked.outside);
    for (std::size_t which = 0; which < kDirections; ++which) {
      const Number room = asked.inside.empty()
                              ? term.weighed[which]
                              : std::max<Number>(0, outside[which] - inside[which]);
      inside[which] = std::min(room, term.weighed[which]);
    }
    return inside;
  }

  static void raise(Bounds& best, const Node& node, const std::vector<std::uint32_t>& places) {
    for (const std::uint32_t at : places) {
      for (std::size_t which = 0; which < kDirections; ++which) {
        best[which] = std::max(best[which], node.potential[at][which]);
      }
    }
  }

  // Adds to what stands with an issue, or takes from it.
  static void put(Node& node, const Asked& asked, const Bounds& share, Number times) {
    for (const std::uint32_t at : asked.inside) {
      for (std::size_t which = 0; which < kDirections; ++which) {
        node.potential[at][which] += times * share[which];
      }
    }
  }

  // What is looked at in a node: the bounds, and the issue where choosing matters most with what
  // its best option is worth in each direction.
  struct View {
    Bounds bounds;
    std::size_t issue = 0;
    Bounds best;
  };

  [[nodiscard]] View look_at(const Node& node) const {
    View view{weighed(node.worth), issues(), {}};
    double most = -1;
    for (std::size_t issue = 0; issue < issues(); ++issue) {
      if (node.is_settled[issue] != 0) {
        continue;
      }
      Bounds first = node.potential[begins_[issue]];
      Bounds second;
      second.fill(kLowest);
      for (std::size_t at = begins_[issue] + 1; at < begins_[issue + 1]; ++at) {
        const Bounds& here = node.potential[at];
        for (std::size_t which = 0; which < kDirections; ++which) {
          second[which] = std::max(second[which], std::min(first[which], here[which]));
          first[which] = std::max(first[which], here[which]);
        }
      }
      double sum = 0;
      for (std::size_t which = 0; which < kDirections; ++which) {
        view.bounds[which] += first[which];
        const double gap =
            second[which] == kLowest ? 1e18 : static_cast<double>(first[which] - second[which]);
        sum +=
            gap / (1.0 + static_cast<double>(directions_[which].first + directions_[which].second));
      }
      if (sum > most) {
        most = sum;
        view.issue = issue;
        view.best = first;
      }
    }
    return view;
  }

  // Chooses an option; false where a constraint breaks.
  bool settle(Node& node, std::size_t issue, std::uint32_t option) {
    node.constraints =
        residuals_.after(node.constraints, static_cast<std::uint32_t>(issue), option);
    if (node.constraints == kFalse) {
      return false;
    }
    node.is_settled[issue] = 1;
    node.package[issue] = option;
    node.worth.first += value(0, issue, option);
    node.worth.second += value(1, issue, option);
    for (const Place& place : of_issue_[issue]) {
      if (node.is_lost[place.term] != 0) {
        continue;
      }
      const Term& term = terms_[place.term];
      if (!term.asked[place.asked].fits[option]) {
        lose(node, place.term);
      } else if (std::all_of(term.asked.begin(), term.asked.end(), [&](const Asked& asked) {
                   return node.is_settled[asked.issue] != 0;
                 })) {
        node.worth.first += term.worth.first;
        node.worth.second += term.worth.second;
        node.is_lost[place.term] = 1;
      } else {
        spread(node, place.term);
      }
    }
    return true;
  }

  void lose(Node& node, std::size_t at) const {
    node.is_lost[at] = 1;
    if (terms_[at].is_gain) {
      for_open(node, terms_[at],
               [&](const Asked& asked, const Bounds& share) { put(node, asked, share, -1); });
    }
  }

  bool has_ended() {
    ++steps_;
    has_ended_ = has_ended_ || steps_ > limits_->steps ||
                 (steps_ % kStepsBetweenLooks == 0 && limits_->is_stopped && limits_->is_stopped());
    return has_ended_;
  }

  void descend(std::size_t depth) {
    const Node& node = nodes_[depth];
    const View view = look_at(node);
    if (has_ended() || !archive_.leaves_room(directions_, view.bounds)) {
      return;
    }
    const std::size_t issue = view.issue;
    if (issue == issues()) {
      archive_.add(node.worth, node.package);
      return;
    }
    if (depth + 1 == nodes_.size()) {
      nodes_.emplace_back();
    }
    std::vector<std::size_t> order(begins_[issue + 1] - begins_[issue]);
    std::iota(order.begin(), order.end(), begins_[issue]);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
      return node.potential[left][kMiddle] > node.potential[right][kMiddle];
    });
    for (const std::size_t at : order) {
      // Before anything is worked out anew.
      Bounds bounds = view.bounds;
      for (std::size_t which = 0; which < kDirections; ++which) {
        bounds[which] += node.potential[at][which] - view.best[which];
      }
      if (!archive_.leaves_room(directions_, bounds)) {
        continue;
      }
      nodes_[depth + 1] = node;
      if (settle(nodes_[depth + 1], issue, kept_[at])) {
        descend(depth + 1);
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
      if (std::all_of(term.asked.begin(), term.asked.end(),
                      [&](const Asked& asked) { return asked.fits[package[asked.issue]]; })) {
        worth.first += term.worth.first;
        worth.second += term.worth.second;
      }
    }
    return worth;
  }

  // Good packages to begin with: from the best option of each issue, one change at a time.
  void climb(const Node& root) {
    for (std::size_t from = 0; from < kDirections; ++from) {
      Package package;
      for (std::size_t issue = 0; issue < issues(); ++issue) {
        std::size_t best = begins_[issue];
        for (std::size_t at = best + 1; at < begins_[issue + 1]; ++at) {
          best = root.potential[best][from] < root.potential[at][from] ? at : best;
        }
        package.push_back(kept_[best]);
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
    const std::size_t begin = begins_[issue];
    sums_.clear();
    for (std::size_t at = begin; at < begins_[issue + 1]; ++at) {
      sums_.push_back(toward.of({value(0, issue, kept_[at]), value(1, issue, kept_[at])}));
    }
    // The other terms stay as they are.
    for (const Place& place : of_issue_[issue]) {
      const Term& term = terms_[place.term];
      if (std::all_of(term.asked.begin(), term.asked.end(), [&](const Asked& asked) {
            return asked.issue == issue || asked.fits[package[asked.issue]];
          })) {
        for (const std::uint32_t at : term.asked[place.asked].inside) {
          sums_[at - begin] += toward.of(term.worth);
        }
      }
    }
    const auto before = static_cast<std::size_t>(
        std::find(kept_.begin() + static_cast<std::ptrdiff_t>(begin), kept_.end(), package[issue]) -
        kept_.begin());
    std::size_t best = before;
    for (std::size_t at = begin; at < begins_[issue + 1]; ++at) {
      best = sums_[at - begin] > sums_[best - begin] ? at : best;
    }
    package[issue] = kept_[best];
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
  std::size_t shares_ = 0;
  std::vector<std::vector<Place>> of_issue_;
  // The options worth a look, one issue after the other, and where those of each issue begin.
  std::vector<std::uint32_t> kept_;
  std::vector<std::size_t> begins_;
  Directions directions_{};
  PairArchive archive_;
  // The one at hand and those above it, whose places are used again; they do not move.
  std::deque<Node> nodes_;
  // For change().
  std::vector<Number> sums_;
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
