// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/proof.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include "truce/packages/internal/maxima.h"

namespace truce::packages {
namespace {

using Key = std::vector<std::uint32_t>;

void collect(const Formula& formula, std::set<std::size_t>& issues) {
  if (formula.kind == Formula::Kind::Is) {
    issues.insert(formula.is.issue);
  }
  for (const Formula& part : formula.parts) {
    collect(part, issues);
  }
}

// A way on from a node: what is gained, by which option, to which point of the next node.
struct ProofPoint {
  std::vector<Integer> worth;
  std::uint32_t option = 0;
  std::size_t next = 0;
};

class Prover {
 public:
  Prover(const Game& game, std::size_t most_points) : game_(&game), most_points_(most_points) {
    for (const Constraint& constraint : game.constraints) {
      std::set<std::size_t> issues;
      collect(constraint.formula, issues);
      spans_.push_back(std::move(issues));
    }
    for (const Party& party : game.parties) {
      for (const Conditional& conditional : party.conditionals) {
        std::set<std::size_t> issues;
        collect(Formula::from_conjunction(conditional.when), issues);
        spans_.push_back(std::move(issues));
      }
    }
    for (std::size_t issue = 0; issue <= game.issues.size(); ++issue) {
      open_.push_back(open_before(issue));
    }
  }

  bool prove() {
    points_.resize(game_->issues.size() + 1);
    Package package(game_->issues.size(), 0);
    return visit(0, {}, package) != nullptr;
  }

  [[nodiscard]] const std::vector<std::map<Key, std::vector<ProofPoint>>>& points() const {
    return points_;
  }

 private:
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
      Key next;
      for (const std::size_t open : open_[issue + 1]) {
        next.push_back(package[open]);
      }
      const std::vector<ProofPoint>* after = visit(issue + 1, next, package);
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
    std::vector<ProofPoint> kept = prune(candidates);
    count_ += kept.size() + 1;
    if (count_ > most_points_) {
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
  std::size_t most_points_;
  std::size_t count_ = 0;
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

std::string chosen(const char* rule, const std::optional<std::size_t>& place) {
  return place.has_value() ? fmt::format("{} {}\n", rule, *place) : fmt::format("{} none\n", rule);
}

}  // namespace

base::Result<std::string> write_proof(const Game& game, const Frontier& frontier, GainFrom from,
                                      std::size_t most_points) {
  Prover prover(game, most_points);
  if (!prover.prove()) {
    return base::Error{
        base::ErrorCode::Unsupported,
        fmt::format("a proof would have more than {} points; prove a smaller game", most_points)};
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
  std::string text = "truce-proof 1\n";
  for (std::size_t issue = game.issues.size(); issue > 0; --issue) {
    text += fmt::format("issue {}\n", issue - 1);
    for (const auto& [key, points] : prover.points()[issue - 1]) {
      text += "node";
      for (const std::uint32_t option : key) {
        text += fmt::format(" {}", option);
      }
      text += "\n";
      for (const ProofPoint& point : points) {
        text += fmt::format("point{} by {} {}\n", numbers(point.worth), point.option, point.next);
      }
    }
  }
  const Solutions solutions = choose(game, frontier, from);
  text += from == GainFrom::Zero ? "gains zero\n" : "gains walk-away\n";
  text += chosen("nash", solutions.nash);
  text += chosen("kalai_smorodinsky", solutions.kalai_smorodinsky);
  text += chosen("egalitarian", solutions.egalitarian);
  text += chosen("utilitarian", solutions.utilitarian);
  return text + "end\n";
}

}  // namespace truce::packages
