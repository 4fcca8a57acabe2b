// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/proof.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "truce/packages/internal/maxima.h"
#include "truce/packages/internal/refutation.h"

namespace truce::packages {
namespace {

using Key = std::vector<std::uint32_t>;

// In how many steps what a party could gain is cut at first, where points are put together.
constexpr std::int64_t kSteps = 4096;

// A way on from a node: what is gained, by which option, to which point of the next node.
struct ProofPoint {
  std::vector<Integer> worth;
  std::uint32_t option = 0;
  std::size_t next = 0;
};

class Prover {
 public:
  // Of each node about `most_of_node` points are kept, those in one cell of a grid as one, the grid
  // as fine as that lets it be; without it all.
  Prover(const Game& game, const ProofLimits& limits,
         std::optional<std::size_t> most_of_node = std::nullopt)
      : game_(&game), limits_(&limits), most_of_node_(most_of_node) {
    for (const Constraint& constraint : game.constraints) {
      std::set<std::size_t> issues;
      internal::collect(constraint.formula, issues);
      spans_.push_back(std::move(issues));
    }
    for (const Party& party : game.parties) {
      for (const Conditional& conditional : party.conditionals) {
        std::set<std::size_t> issues;
        internal::collect(Formula::from_conjunction(conditional.when), issues);
        spans_.push_back(std::move(issues));
      }
    }
    for (std::size_t issue = 0; issue <= game.issues.size(); ++issue) {
      open_.push_back(open_before(issue));
    }
  }

  bool prove() {
    points_.resize(game_->issues.size() + 1);
    slack_.assign(game_->issues.size() + 1, std::vector<Integer>(game_->parties.size()));
    read_steps();
    Package package(game_->issues.size(), 0);
    return visit(0, {}, package) != nullptr;
  }

  [[nodiscard]] const std::vector<std::map<Key, std::vector<ProofPoint>>>& points() const {
    return points_;
  }

  // Issues settled before this one, which nodes tell apart.
  [[nodiscard]] const std::vector<std::size_t>& open(std::size_t issue) const {
    return open_[issue];
  }

  // For each option of the issue, the number of the node it leads to; none where a constraint rules
  // it out.
  [[nodiscard]] std::vector<std::optional<std::size_t>> leads(std::size_t issue,
                                                              const Key& key) const {
    Package package(game_->issues.size(), 0);
    for (std::size_t at = 0; at < key.size(); ++at) {
      package[open_[issue][at]] = key[at];
    }
    std::vector<std::optional<std::size_t>> leads;
    for (std::uint32_t option = 0; option < game_->issues[issue].options.size(); ++option) {
      package[issue] = option;
      const auto& behind = points_[issue + 1];
      leads.push_back(is_allowed(issue, package)
                          ? std::optional(static_cast<std::size_t>(std::distance(
                                behind.begin(), behind.find(next_key(issue, package)))))
                          : std::nullopt);
    }
    return leads;
  }

  // Of each issue, by how much what was left out may be worth more than what was kept.
  [[nodiscard]] const std::vector<std::vector<Integer>>& slack() const { return slack_; }

  // The package of a point before the first issue.
  [[nodiscard]] Package package_of(std::size_t place) const {
    Package package(game_->issues.size(), 0);
    Key key;
    for (std::size_t issue = 0; issue < package.size(); ++issue) {
      const ProofPoint& point = points_[issue].at(key)[place];
      package[issue] = point.option;
      place = point.next;
      key = next_key(issue, package);
    }
    return package;
  }

 private:
  [[nodiscard]] Key next_key(std::size_t issue, const Package& package) const {
    Key next;
    for (const std::size_t open : open_[issue + 1]) {
      next.push_back(package[open]);
    }
    return next;
  }

  // The finest step of a grid: of what a party could gain at best, a part.
  void read_steps() {
    for (const Party& party : game_->parties) {
      Integer range;
      for (const std::vector<Integer>& row : party.values) {
        range +=
            *std::max_element(row.begin(), row.end()) - *std::min_element(row.begin(), row.end());
      }
      for (const Conditional& conditional : party.conditionals) {
        range += conditional.worth.is_negative() ? -conditional.worth : conditional.worth;
      }
      steps_.push_back(divide(range, Integer(kSteps)).quotient);
    }
  }

  // 1, then ever wider, by a half or a third.
  [[nodiscard]] Integer width(std::size_t party, std::size_t coarseness) const {
    if (coarseness == 0) {
      return 1;
    }
    const Integer base = std::max(steps_[party], Integer(1)) * power(2, coarseness / 2);
    return base + (coarseness % 2 == 1 ? divide(base, 2).quotient : Integer(0));
  }

  // Those that are kept of a node; the issue notes what was lost.
  std::vector<ProofPoint> thin(std::size_t issue, const std::vector<ProofPoint>& candidates) {
    std::vector<Integer> least = candidates.empty() ? std::vector<Integer>{} : candidates[0].worth;
    for (const ProofPoint& candidate : candidates) {
      for (std::size_t party = 0; party < least.size(); ++party) {
        least[party] = std::min(least[party], candidate.worth[party]);
      }
    }
    for (std::size_t coarseness = 0;; ++coarseness) {
      std::vector<ProofPoint> cells = candidates;
      for (std::size_t at = 0; at < cells.size(); ++at) {
        // The place in the list, to find it again.
        cells[at].next = at;
        for (std::size_t party = 0; party < cells[at].worth.size(); ++party) {
          Integer& worth = cells[at].worth[party];
          worth = divide(worth - least[party], width(party, coarseness)).quotient;
        }
      }
      const std::vector<ProofPoint> found = prune(cells);
      if (found.size() > *most_of_node_) {
        continue;
      }
      std::vector<ProofPoint> kept;
      for (const ProofPoint& point : found) {
        kept.push_back(candidates[point.next]);
      }
      for (std::size_t party = 0; party < steps_.size(); ++party) {
        slack_[issue][party] =
            std::max(slack_[issue][party], width(party, coarseness) - Integer(1));
      }
      std::sort(kept.begin(), kept.end(), [](const ProofPoint& left, const ProofPoint& right) {
        return right.worth < left.worth;
      });
      return kept;
    }
  }

  // Issues settled before this one of which something that is not decided yet still speaks.
  [[nodiscard]] std::vector<std::size_t> open_before(std::size_t issue) const {
    std::set<std::size_t> open;
    for (const std::set<std::size_t>& span : spans_) {
      if (!span.empty() && *span.rbegin() >= issue) {
        open.insert(span.begin(), span.lower_bound(issue));
      }
    }
    return {open.begin(), open.end()};
  }

  // The points of a node; null where there would be too many.
  const std::vector<ProofPoint>* visit(std::size_t issue, const Key& key, const Package& before) {
    if (const auto found = points_[issue].find(key); found != points_[issue].end()) {
      return &found->second;
    }
    std::vector<ProofPoint> candidates;
    if (issue == game_->issues.size()) {
      candidates.push_back({std::vector<Integer>(game_->parties.size()), 0, 0});
    }
    Package package = before;
    for (std::uint32_t option = 0;
         issue < game_->issues.size() && option < game_->issues[issue].options.size(); ++option) {
      package[issue] = option;
      if (!is_allowed(issue, package)) {
        continue;
      }
      const std::vector<ProofPoint>* after = visit(issue + 1, next_key(issue, package), package);
      if (after == nullptr) {
        return nullptr;
      }
      const std::vector<Integer> gain = gain_of(issue, package);
      for (std::size_t at = 0; at < after->size(); ++at) {
        candidates.push_back({(*after)[at].worth, option, at});
        for (std::size_t party = 0; party < gain.size(); ++party) {
          candidates.back().worth[party] += gain[party];
        }
      }
    }
    std::vector<ProofPoint> kept =
        most_of_node_.has_value() ? thin(issue, candidates) : prune(candidates);
    count_ += kept.size() + 1;
    if (count_ > limits_->points || (limits_->is_stopped && limits_->is_stopped())) {
      return nullptr;
    }
    return &points_[issue].emplace(key, std::move(kept)).first->second;
  }

  // What this issue decides.
  [[nodiscard]] bool decides(std::size_t span, std::size_t issue) const {
    return spans_[span].empty() ? issue == 0 : *spans_[span].rbegin() == issue;
  }

  [[nodiscard]] bool is_allowed(std::size_t issue, const Package& package) const {
    for (std::size_t at = 0; at < game_->constraints.size(); ++at) {
      if (decides(at, issue) && !holds(game_->constraints[at].formula, package)) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] std::vector<Integer> gain_of(std::size_t issue, const Package& package) const {
    std::vector<Integer> gain;
    std::size_t span = game_->constraints.size();
    for (const Party& party : game_->parties) {
      gain.push_back(party.values[issue][package[issue]]);
      if (issue == 0) {
        gain.back() += party.base;
      }
      for (const Conditional& conditional : party.conditionals) {
        if (decides(span, issue) && holds(conditional.when, package)) {
          gain.back() += conditional.worth;
        }
        ++span;
      }
    }
    return gain;
  }

  [[nodiscard]] std::vector<ProofPoint> prune(const std::vector<ProofPoint>& candidates) const {
    const std::size_t parties = game_->parties.size();
    std::vector<std::uint32_t> ranks(candidates.size() * parties);
    std::vector<std::size_t> order(candidates.size());
    for (std::size_t party = 0; party < parties; ++party) {
      for (std::size_t at = 0; at < order.size(); ++at) {
        order[at] = at;
      }
      std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return candidates[left].worth[party] < candidates[right].worth[party];
      });
      std::uint32_t rank = 0;
      for (std::size_t at = 0; at < order.size(); ++at) {
        rank +=
            at > 0 && candidates[order[at - 1]].worth[party] < candidates[order[at]].worth[party]
                ? 1
                : 0;
        ranks[order[at] * parties + party] = rank;
      }
    }
    std::vector<ProofPoint> kept;
    static const std::function<bool()> kNobody;
    internal::Effort effort(std::numeric_limits<std::size_t>::max(), kNobody);
    for (const std::uint32_t place : internal::find_maxima(ranks, parties, effort)) {
      kept.push_back(candidates[place]);
    }
    return kept;
  }

  const Game* game_;
  const ProofLimits* limits_;
  std::optional<std::size_t> most_of_node_;
  std::size_t count_ = 0;
  std::vector<Integer> steps_;
  std::vector<std::vector<Integer>> slack_;
  // Of constraints, then of conditional values: the issues of which they speak.
  std::vector<std::set<std::size_t>> spans_;
  std::vector<std::vector<std::size_t>> open_;
  std::vector<std::map<Key, std::vector<ProofPoint>>> points_;
};

std::string numbers(const std::vector<Integer>& values) {
  std::string text;
  for (const Integer& value : values) {
    text += " " + value.to_text();
  }
  return text;
}

std::string to_text(const Package& package) {
  return fmt::format(" {}\n", fmt::join(package, " "));
}

// Packages near which all others lie, and the nodes of each issue with their points, which are so
// much above those of the packages as what is behind leaves off.
std::string cover_of(const Game& game, const Prover& prover) {
  std::vector<Integer> within(game.parties.size());
  std::string nodes;
  for (std::size_t issue = game.issues.size(); issue > 0; --issue) {
    for (std::size_t party = 0; party < within.size(); ++party) {
      within[party] += prover.slack()[issue - 1][party];
    }
    nodes += fmt::format("issue {}\n", issue - 1);
    for (const auto& [key, points] : prover.points()[issue - 1]) {
      nodes += "node";
      for (std::size_t at = 0; at < key.size(); ++at) {
        nodes += fmt::format(" {} {}", prover.open(issue - 1)[at], key[at]);
      }
      nodes += "\n";
      for (const ProofPoint& point : points) {
        std::vector<Integer> above = point.worth;
        for (std::size_t party = 0; party < above.size(); ++party) {
          above[party] += within[party];
        }
        nodes += "point" + numbers(above) + "\n";
      }
      nodes += "to";
      for (const std::optional<std::size_t>& lead : prover.leads(issue - 1, key)) {
        nodes += lead.has_value() ? fmt::format(" {}", *lead) : " none";
      }
      nodes += "\n";
    }
  }
  std::string text = "within" + numbers(within) + "\n";
  for (std::size_t place = 0; place < prover.points()[0].begin()->second.size(); ++place) {
    text += "package" + to_text(prover.package_of(place));
  }
  return text + nodes;
}

// The point that is worth most to the party.
const Point& best_for(const Frontier& frontier, std::size_t party) {
  return *std::max_element(frontier.points.begin(), frontier.points.end(),
                           [&](const Point& left, const Point& right) {
                             return left.worth[party] < right.worth[party];
                           });
}

// What the rules choose, read off the points. That Kalai-Smorodinsky chooses nothing where nobody
// gains is not claimed.
std::string choices_of(const Game& game, const Frontier& frontier, GainFrom from) {
  const Solutions solutions = choose(game, frontier, from);
  const char* gains = from == GainFrom::Zero ? "zero" : "walk-away";
  std::string text;
  for (const auto& [rule, place] : {std::pair("nash", solutions.nash),
                                    std::pair("kalai_smorodinsky", solutions.kalai_smorodinsky),
                                    std::pair("egalitarian", solutions.egalitarian),
                                    std::pair("utilitarian", solutions.utilitarian)}) {
    const bool is_of_shares = std::string_view(rule) == "kalai_smorodinsky";
    if (!place.has_value() && is_of_shares && !frontier.points.empty()) {
      continue;
    }
    text += fmt::format("rule {} {}", rule, gains);
    text += place.has_value() ? to_text(frontier.points[*place].package) : " none\n";
    for (std::size_t party = 0; place.has_value() && is_of_shares && party < game.parties.size();
         ++party) {
      text += "ideal" + to_text(best_for(frontier, party).package) + "points\n";
    }
    text += "points\n";
  }
  return text;
}

}  // namespace

base::Result<std::string> write_proof(const Game& game, const Frontier& frontier, GainFrom from,
                                      const ProofLimits& limits) {
  Prover prover(game, limits);
  if (!prover.prove()) {
    if (game.parties.size() != 2 || !frontier.is_complete) {
      return internal::no_room(limits, limits.points, "points");
    }
    const auto claims = internal::prove_points(game, frontier, limits);
    return claims ? base::Result<std::string>(
                        proof_of(game, *claims + choices_of(game, frontier, from)))
                  : claims.error();
  }
  const std::vector<ProofPoint>& root = prover.points()[0].begin()->second;
  const bool is_same =
      frontier.is_complete &&
      std::equal(
          root.begin(), root.end(), frontier.points.begin(), frontier.points.end(),
          [](const ProofPoint& left, const Point& right) { return left.worth == right.worth; });
  if (!is_same) {
    return base::Error{base::ErrorCode::Corrupt,
                       "the frontier is not the one that can be proved; ask without a limit, or "
                       "report this as a bug with the game"};
  }
  return proof_of(game, cover_of(game, prover) + choices_of(game, frontier, from));
}

base::Result<ProvenNearness> prove_nearness(const Game& game, std::size_t most_points,
                                            const ProofLimits& limits) {
  Prover prover(game, limits, most_points);
  if (!prover.prove()) {
    return internal::no_room(limits, limits.points, "points");
  }
  ProvenNearness near;
  near.frontier.within.resize(game.parties.size());
  for (const std::vector<Integer>& slack : prover.slack()) {
    for (std::size_t party = 0; party < slack.size(); ++party) {
      near.frontier.within[party] += slack[party];
    }
  }
  near.frontier.is_complete = std::all_of(near.frontier.within.begin(), near.frontier.within.end(),
                                          [](const Integer& within) { return within.is_zero(); });
  const std::vector<ProofPoint>& root = prover.points()[0].begin()->second;
  for (std::size_t place = 0; place < root.size(); ++place) {
    near.frontier.points.push_back({prover.package_of(place), root[place].worth});
  }
  near.claim = cover_of(game, prover);
  return near;
}

}  // namespace truce::packages
