// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/acceptance.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "truce/packages/internal/diagram.h"
#include "truce/packages/internal/scaled.h"

namespace truce::packages {
namespace {

std::string to_text(const Game& game, const Conjunction& conjunction) {
  std::vector<std::string> parts;
  for (const OptionSet& set : conjunction) {
    std::vector<std::string> options;
    for (const std::uint32_t option : set.options) {
      options.push_back(game.issues[set.issue].options[option]);
    }
    parts.push_back(fmt::format("{}: {}", game.issues[set.issue].name, fmt::join(options, " or ")));
  }
  return parts.empty() ? "whatever is agreed" : fmt::format("{}", fmt::join(parts, "; "));
}

bool mentions(const Formula& formula, const std::vector<bool>& issues) {
  if (formula.kind == Formula::Kind::Is) {
    return issues[formula.is.issue];
  }
  return std::any_of(formula.parts.begin(), formula.parts.end(),
                     [&](const Formula& part) { return mentions(part, issues); });
}

bool mentions(const Conjunction& conjunction, const std::vector<bool>& issues) {
  return std::any_of(conjunction.begin(), conjunction.end(),
                     [&](const OptionSet& set) { return issues[set.issue]; });
}

void make_ideal(Party& party, const std::vector<bool>& is_ideal) {
  for (std::size_t issue = 0; issue < is_ideal.size(); ++issue) {
    if (is_ideal[issue]) {
      std::vector<Integer>& values = party.values[issue];
      values = {*std::max_element(values.begin(), values.end())};
    }
  }
  std::vector<Conditional> kept;
  for (Conditional& conditional : party.conditionals) {
    const bool is_open = !mentions(conditional.when, is_ideal);
    if (is_open || !conditional.worth.is_negative()) {
      std::erase_if(conditional.when, [&](const OptionSet& set) { return is_ideal[set.issue]; });
      kept.push_back(std::move(conditional));
    }
  }
  party.conditionals = std::move(kept);
  std::erase_if(party.vetoes, [&](const Conjunction& veto) { return mentions(veto, is_ideal); });
}

constexpr std::size_t kLooks = 1024;

// Counts packages in part that come to the same: the node they lead to, and what each party still
// needs.
class Counter {
 public:
  Counter(const Game& game, const internal::ScaledValues& scaled, internal::Diagram diagram)
      : game_(&game), scaled_(&scaled), diagram_(std::move(diagram)) {
    bound_the_rest();
    count_the_rest();
  }

  base::Result<Integer> count(std::size_t most, const std::function<bool()>& is_stopped) {
    std::map<Key, Integer> here;
    if (diagram_.layers[0].nodes > 0) {
      arrive(0, 0, first_needs(), 1, here);
    }
    for (std::size_t issue = 0; issue < diagram_.layers.size(); ++issue) {
      std::map<Key, Integer> next;
      for (const auto& [key, count] : here) {
        leave(issue, key, count, next);
        if (next.size() > most || (++looks_ % kLooks == 0 && is_stopped && is_stopped())) {
          return base::Error{
              base::ErrorCode::Unsupported,
              fmt::format("more than {} sums would have to be told apart to count what is accepted",
                          most)};
        }
      }
      here = std::move(next);
    }
    return accepted_;
  }

 private:
  struct Key {
    std::uint32_t node = 0;
    std::vector<Integer> needs;
    friend bool operator<(const Key& left, const Key& right) {
      return left.node != right.node ? left.node < right.node : left.needs < right.needs;
    }
  };

  // What the issues from each one on bring at best and at worst.
  void bound_the_rest() {
    const std::size_t parties = game_->parties.size();
    const std::size_t issues = game_->issues.size();
    most_.assign(issues + 1, std::vector<Integer>(parties));
    least_.assign(issues + 1, std::vector<Integer>(parties));
    for (std::size_t party = 0; party < parties; ++party) {
      for (std::size_t issue = issues; issue > 0; --issue) {
        const auto& values = scaled_->values[party][issue - 1];
        most_[issue - 1][party] =
            most_[issue][party] + *std::max_element(values.begin(), values.end());
      }
      for (std::size_t at = 0; at < scaled_->conditionals[party].size(); ++at) {
        const Integer& worth = scaled_->conditionals[party][at];
        const std::size_t last = internal::last_issue(game_->parties[party].conditionals[at].when);
        for (std::size_t issue = 0; issue <= last; ++issue) {
          (worth.is_negative() ? least_ : most_)[issue][party] += worth;
        }
        owners_.emplace_back(party, worth);
      }
    }
  }

  void count_the_rest() {
    rest_.assign(diagram_.layers.size() + 1, {1});
    for (std::size_t at = diagram_.layers.size(); at > 0; --at) {
      const internal::Layer& layer = diagram_.layers[at - 1];
      rest_[at - 1].assign(layer.nodes, Integer(0));
      for (std::size_t node = 0; node < layer.nodes; ++node) {
        for (std::size_t option = 0; option < layer.options; ++option) {
          const internal::Edge& edge = layer.edges[node * layer.options + option];
          if (edge.to != internal::kNowhere) {
            rest_[at - 1][node] += rest_[at][edge.to];
          }
        }
      }
    }
  }

  [[nodiscard]] std::vector<Integer> first_needs() const {
    std::vector<Integer> needs;
    for (std::size_t party = 0; party < game_->parties.size(); ++party) {
      const auto& walk_away = game_->parties[party].walk_away;
      needs.push_back(walk_away.has_value()
                          ? internal::least_number(scaled_->scales[party], *walk_away)
                          : least_[0][party]);
    }
    return needs;
  }

  // At a node before `issue`, needing so much: settled where the rest cannot change it.
  void arrive(std::size_t issue, std::uint32_t node, std::vector<Integer> needs,
              const Integer& count, std::map<Key, Integer>& into) {
    bool is_sure = true;
    for (std::size_t party = 0; party < needs.size(); ++party) {
      if (most_[issue][party] < needs[party]) {
        return;
      }
      if (needs[party] <= least_[issue][party]) {
        needs[party] = least_[issue][party];
      } else {
        is_sure = false;
      }
    }
    if (is_sure) {
      accepted_ += count * rest_[issue][node];
    } else {
      into[{node, std::move(needs)}] += count;
    }
  }

  void leave(std::size_t issue, const Key& key, const Integer& count,
             std::map<Key, Integer>& next) {
    const internal::Layer& layer = diagram_.layers[issue];
    for (std::size_t option = 0; option < layer.options; ++option) {
      const internal::Edge& edge = layer.edges[key.node * layer.options + option];
      if (edge.to == internal::kNowhere) {
        continue;
      }
      std::vector<Integer> needs = key.needs;
      for (std::size_t party = 0; party < needs.size(); ++party) {
        needs[party] -= scaled_->values[party][issue][option];
      }
      for (const std::uint32_t conditional : diagram_.fulfilled[edge.fulfilled]) {
        needs[owners_[conditional].first] -= owners_[conditional].second;
      }
      arrive(issue + 1, edge.to, std::move(needs), count, next);
    }
  }

  const Game* game_;
  const internal::ScaledValues* scaled_;
  internal::Diagram diagram_;
  std::vector<std::vector<Integer>> most_;
  std::vector<std::vector<Integer>> least_;
  std::vector<std::vector<Integer>> rest_;
  std::vector<std::pair<std::size_t, Integer>> owners_;
  Integer accepted_;
  std::size_t looks_ = 0;
};

}  // namespace

std::vector<Demand> demands_of(const Game& game) {
  std::vector<Demand> demands;
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    if (game.parties[party].walk_away.has_value()) {
      demands.push_back({party, std::nullopt});
    }
    for (std::size_t veto = 0; veto < game.parties[party].vetoes.size(); ++veto) {
      demands.push_back({party, veto});
    }
  }
  return demands;
}

std::string to_text(const Game& game, const Demand& demand) {
  const Party& party = game.parties[demand.party];
  if (demand.veto.has_value()) {
    return fmt::format("{}: not {}", party.name, to_text(game, party.vetoes[*demand.veto]));
  }
  return fmt::format("{}: worth at least {}", party.name,
                     Fraction{*party.walk_away, party.denominator}.to_text());
}

bool is_fulfilled(const Game& game, const Demand& demand, const Package& package) {
  const Party& party = game.parties[demand.party];
  return demand.veto.has_value() ? !holds(party.vetoes[*demand.veto], package)
                                 : worth(party, package) >= *party.walk_away;
}

base::Result<std::optional<Package>> find_fulfilling(const Game& game,
                                                     const std::vector<Demand>& demands,
                                                     const SearchLimits& limits) {
  Game asked = game;
  std::vector<std::optional<Integer>> worth(game.parties.size());
  for (const Demand& demand : demands) {
    const Party& party = game.parties[demand.party];
    if (demand.veto.has_value()) {
      asked.constraints.push_back(
          {party.name, Formula::negation(Formula::from_conjunction(party.vetoes[*demand.veto]))});
    } else {
      worth[demand.party] = party.walk_away;
    }
  }
  return find_reaching(asked, worth, limits);
}

Game with_vetoes_as_constraints(const Game& game) {
  Game strict = game;
  for (Party& party : strict.parties) {
    for (const Conjunction& veto : party.vetoes) {
      strict.constraints.push_back({fmt::format("veto of {}", party.name),
                                    Formula::negation(Formula::from_conjunction(veto))});
    }
    party.vetoes.clear();
  }
  return strict;
}

Game with_ideal_issues(const Game& game, const std::vector<bool>& is_ideal) {
  Game ideal = game;
  for (std::size_t issue = 0; issue < is_ideal.size(); ++issue) {
    if (is_ideal[issue]) {
      ideal.issues[issue].options = {"as each would like"};
    }
  }
  for (Party& party : ideal.parties) {
    make_ideal(party, is_ideal);
  }
  std::erase_if(ideal.constraints, [&](const Constraint& constraint) {
    return mentions(constraint.formula, is_ideal);
  });
  return ideal;
}

base::Result<Integer> count_accepted(const Game& game, const SearchLimits& limits) {
  const Game strict = with_vetoes_as_constraints(game);
  auto diagram = internal::make_diagram(strict, limits);
  if (!diagram) {
    return base::Error{base::ErrorCode::Unsupported,
                       fmt::format("the constraints, vetoes and conditional values leave more than "
                                   "{} cases to tell apart",
                                   limits.nodes)};
  }
  const internal::ScaledValues scaled = internal::scale(strict);
  return Counter(strict, scaled, std::move(*diagram)).count(limits.points, limits.is_stopped);
}

}  // namespace truce::packages
