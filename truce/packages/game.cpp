// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/game.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace truce::packages {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

Error wrong(std::string message) { return {ErrorCode::InvalidArgument, std::move(message)}; }

Result<void> check_options(const Game& game, const OptionSet& set, const std::string& place) {
  if (set.issue >= game.issues.size()) {
    return wrong(fmt::format("{} speaks of issue number {}, and there are {}", place, set.issue + 1,
                             game.issues.size()));
  }
  for (const std::uint32_t option : set.options) {
    if (option >= game.issues[set.issue].options.size()) {
      return wrong(fmt::format("{} speaks of option number {} of issue `{}`, which has {}", place,
                               option + 1, game.issues[set.issue].name,
                               game.issues[set.issue].options.size()));
    }
  }
  return {};
}

Result<void> check_conjunction(const Game& game, const Conjunction& conjunction,
                               const std::string& place) {
  for (const OptionSet& set : conjunction) {
    if (auto checked = check_options(game, set, place); !checked) {
      return checked;
    }
  }
  return {};
}

Result<void> check_formula(const Game& game, const Formula& formula, const std::string& place) {
  if (formula.kind == Formula::Kind::Is) {
    return check_options(game, formula.is, place);
  }
  if (formula.kind == Formula::Kind::Not && formula.parts.size() != 1) {
    return wrong(fmt::format("{} negates {} statements; negate one", place, formula.parts.size()));
  }
  if (formula.kind == Formula::Kind::AtMost) {
    if (formula.costs.size() != formula.parts.size()) {
      return wrong(fmt::format("{} has {} costs for {} statements; give one each", place,
                               formula.costs.size(), formula.parts.size()));
    }
    if (std::any_of(formula.costs.begin(), formula.costs.end(),
                    [](std::int64_t cost) { return cost < 0; })) {
      return wrong(fmt::format("{} has a cost below zero; costs are zero or more", place));
    }
  }
  for (const Formula& part : formula.parts) {
    if (auto checked = check_formula(game, part, place); !checked) {
      return checked;
    }
  }
  return {};
}

Result<void> check_issues(const Game& game) {
  std::set<std::string> names;
  for (const Issue& issue : game.issues) {
    if (!names.insert(issue.name).second) {
      return wrong(fmt::format("two issues are named `{}`; give each its own name", issue.name));
    }
    if (issue.options.empty()) {
      return wrong(fmt::format("issue `{}` has no options; name at least one", issue.name));
    }
    std::set<std::string> options;
    for (const std::string& option : issue.options) {
      if (!options.insert(option).second) {
        return wrong(fmt::format("issue `{}` has two options named `{}`; give each its own name",
                                 issue.name, option));
      }
    }
  }
  return {};
}

Result<void> check_party(const Game& game, const Party& party) {
  if (party.denominator.sign() <= 0) {
    return wrong(fmt::format("the denominator of {} is {}; it is above zero", party.name,
                             party.denominator.to_text()));
  }
  if (party.values.size() != game.issues.size()) {
    return wrong(fmt::format("{} has values for {} issues, and there are {}; give values for each",
                             party.name, party.values.size(), game.issues.size()));
  }
  for (std::size_t issue = 0; issue < game.issues.size(); ++issue) {
    if (party.values[issue].size() != game.issues[issue].options.size()) {
      return wrong(
          fmt::format("{} has {} values for issue `{}`, which has {} options; give each "
                      "option its value",
                      party.name, party.values[issue].size(), game.issues[issue].name,
                      game.issues[issue].options.size()));
    }
  }
  for (std::size_t at = 0; at < party.conditionals.size(); ++at) {
    const std::string place = fmt::format("conditional value {} of {}", at + 1, party.name);
    if (auto checked = check_conjunction(game, party.conditionals[at].when, place); !checked) {
      return checked;
    }
  }
  for (std::size_t at = 0; at < party.vetoes.size(); ++at) {
    const std::string place = fmt::format("veto {} of {}", at + 1, party.name);
    if (auto checked = check_conjunction(game, party.vetoes[at], place); !checked) {
      return checked;
    }
  }
  return {};
}

bool cost_is_kept(const Formula& formula, const Package& package) {
  std::int64_t left = formula.limit;
  if (left < 0) {
    return false;
  }
  for (std::size_t at = 0; at < formula.parts.size(); ++at) {
    if (holds(formula.parts[at], package)) {
      // Compared before it is subtracted, so that nothing wraps.
      if (formula.costs[at] > left) {
        return false;
      }
      left -= formula.costs[at];
    }
  }
  return true;
}

bool contains(const OptionSet& set, const Package& package) {
  return std::find(set.options.begin(), set.options.end(), package[set.issue]) != set.options.end();
}

}  // namespace

Formula Formula::holds(OptionSet set) {
  Formula made;
  made.kind = Kind::Is;
  made.is = std::move(set);
  return made;
}

Formula Formula::negation(Formula part) {
  Formula made;
  made.kind = Kind::Not;
  made.parts.push_back(std::move(part));
  return made;
}

Formula Formula::all(std::vector<Formula> parts) {
  Formula made;
  made.kind = Kind::All;
  made.parts = std::move(parts);
  return made;
}

Formula Formula::any(std::vector<Formula> parts) {
  Formula made;
  made.kind = Kind::Any;
  made.parts = std::move(parts);
  return made;
}

Formula Formula::at_most(std::int64_t limit, std::vector<Formula> parts,
                         std::vector<std::int64_t> costs) {
  Formula made;
  made.kind = Kind::AtMost;
  made.parts = std::move(parts);
  made.costs = std::move(costs);
  made.limit = limit;
  return made;
}

Formula Formula::from_conjunction(const Conjunction& conjunction) {
  std::vector<Formula> parts;
  parts.reserve(conjunction.size());
  for (const OptionSet& set : conjunction) {
    parts.push_back(holds(set));
  }
  return all(std::move(parts));
}

Result<void> check(const Game& game) {
  if (game.parties.empty()) {
    return wrong("there is no party; name at least one");
  }
  if (game.issues.empty()) {
    return wrong("there is no issue; name at least one");
  }
  if (auto checked = check_issues(game); !checked) {
    return checked;
  }
  std::set<std::string> names;
  for (const Party& party : game.parties) {
    if (!names.insert(party.name).second) {
      return wrong(fmt::format("two parties are named `{}`; give each its own name", party.name));
    }
    if (auto checked = check_party(game, party); !checked) {
      return checked;
    }
  }
  for (const Constraint& constraint : game.constraints) {
    if (auto checked = check_formula(game, constraint.formula,
                                     fmt::format("constraint `{}`", constraint.text));
        !checked) {
      return checked;
    }
  }
  return {};
}

Integer count_packages(const Game& game) {
  Integer count = 1;
  for (const Issue& issue : game.issues) {
    count *= Integer(static_cast<std::int64_t>(issue.options.size()));
  }
  return count;
}

bool holds(const Conjunction& conjunction, const Package& package) {
  return std::all_of(conjunction.begin(), conjunction.end(),
                     [&](const OptionSet& set) { return contains(set, package); });
}

bool holds(const Formula& formula, const Package& package) {
  const auto part_holds = [&](const Formula& part) { return holds(part, package); };
  switch (formula.kind) {
    case Formula::Kind::Is:
      return contains(formula.is, package);
    case Formula::Kind::Not:
      return !holds(formula.parts[0], package);
    case Formula::Kind::All:
      return std::all_of(formula.parts.begin(), formula.parts.end(), part_holds);
    case Formula::Kind::Any:
      return std::any_of(formula.parts.begin(), formula.parts.end(), part_holds);
    case Formula::Kind::AtMost:
      return cost_is_kept(formula, package);
  }
  return false;
}

bool is_feasible(const Game& game, const Package& package) {
  return std::all_of(
      game.constraints.begin(), game.constraints.end(),
      [&](const Constraint& constraint) { return holds(constraint.formula, package); });
}

Integer worth(const Party& party, const Package& package) {
  Integer sum = party.base;
  for (std::size_t issue = 0; issue < package.size(); ++issue) {
    sum += party.values[issue][package[issue]];
  }
  for (const Conditional& conditional : party.conditionals) {
    if (holds(conditional.when, package)) {
      sum += conditional.worth;
    }
  }
  return sum;
}

bool is_accepted(const Party& party, const Package& package) {
  return std::none_of(party.vetoes.begin(), party.vetoes.end(),
                      [&](const Conjunction& veto) { return holds(veto, package); }) &&
         (!party.walk_away.has_value() || worth(party, package) >= *party.walk_away);
}

}  // namespace truce::packages
