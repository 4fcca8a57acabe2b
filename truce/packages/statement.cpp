// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "truce/packages/internal/refutation.h"
#include "truce/packages/proof.h"

namespace truce::packages {
namespace {

// On one line, whatever stands in it.
std::string named(const std::string& name) {
  std::string line = name;
  std::replace_if(
      line.begin(), line.end(), [](unsigned char letter) { return letter < 0x20; }, ' ');
  return line + "\n";
}

std::string to_text(std::size_t issue, const std::vector<std::uint32_t>& options) {
  return fmt::format("is {} {}{}{}", issue, options.size(), options.empty() ? "" : " ",
                     fmt::join(options, " "));
}

std::string to_text(const Formula& formula) {
  std::string text;
  switch (formula.kind) {
    case Formula::Kind::Is:
      return to_text(formula.is.issue, formula.is.options);
    case Formula::Kind::Not:
      return "not " + to_text(formula.parts[0]);
    case Formula::Kind::All:
      text = fmt::format("all {}", formula.parts.size());
      break;
    case Formula::Kind::Any:
      text = fmt::format("any {}", formula.parts.size());
      break;
    case Formula::Kind::AtMost:
      text = fmt::format("most {} {}", formula.limit, formula.parts.size());
      break;
  }
  for (std::size_t at = 0; at < formula.parts.size(); ++at) {
    text += formula.kind == Formula::Kind::AtMost ? fmt::format(" {}", formula.costs[at]) : "";
    text += " " + to_text(formula.parts[at]);
  }
  return text;
}

// Each issue once, with the options that all that is said of it leaves.
std::string to_text(const Game& game, const Conditional& conditional) {
  std::map<std::size_t, std::vector<std::uint32_t>> left;
  for (const OptionSet& set : conditional.when) {
    std::vector<std::uint32_t> options;
    for (std::uint32_t option = 0; option < game.issues[set.issue].options.size(); ++option) {
      const bool is_before = !left.contains(set.issue) ||
                             std::find(left[set.issue].begin(), left[set.issue].end(), option) !=
                                 left[set.issue].end();
      if (is_before &&
          std::find(set.options.begin(), set.options.end(), option) != set.options.end()) {
        options.push_back(option);
      }
    }
    left[set.issue] = std::move(options);
  }
  std::string text = fmt::format("worth {}", conditional.worth.to_text());
  for (const auto& [issue, options] : left) {
    text += " " + to_text(issue, options);
  }
  return text + "\n";
}

std::string to_text(const Game& game, const Party& party) {
  std::string text = fmt::format(
      "party {} {} {} {}", party.denominator.to_text(), party.base.to_text(),
      party.walk_away.has_value() ? party.walk_away->to_text() : "none", named(party.name));
  for (const std::vector<Integer>& row : party.values) {
    text += "values";
    for (const Integer& value : row) {
      text += " " + value.to_text();
    }
    text += "\n";
  }
  for (const Conditional& conditional : party.conditionals) {
    text += to_text(game, conditional);
  }
  for (const Conjunction& veto : party.vetoes) {
    text += "demand " + to_text(Formula::negation(Formula::from_conjunction(veto))) + "\n";
  }
  return text;
}

Formula or_way_out(const Game& game, Formula formula) {
  std::set<std::size_t> issues;
  internal::collect(formula, issues);
  std::vector<Formula> parts = {std::move(formula)};
  for (const std::size_t issue : issues) {
    const auto way_out = static_cast<std::uint32_t>(game.issues[issue].options.size());
    parts.push_back(Formula::holds({issue, {way_out}}));
  }
  return parts.size() == 1 ? std::move(parts[0]) : Formula::any(std::move(parts));
}

}  // namespace

std::string statement_of(const Game& game) {
  std::string text;
  for (const Issue& issue : game.issues) {
    text += "issue " + named(issue.name);
    for (const std::string& option : issue.options) {
      text += "option " + named(option);
    }
  }
  for (const Party& party : game.parties) {
    text += to_text(game, party);
  }
  for (const Constraint& constraint : game.constraints) {
    text += "must " + to_text(constraint.formula) + "\n";
  }
  return text;
}

Game with_ways_out(const Game& game) {
  Game wide = with_vetoes_as_constraints(game);
  for (Constraint& constraint : wide.constraints) {
    constraint.formula = or_way_out(game, std::move(constraint.formula));
  }
  for (Party& party : wide.parties) {
    for (std::vector<Integer>& row : party.values) {
      row.push_back(*std::max_element(row.begin(), row.end()));
    }
    for (Conditional& conditional : party.conditionals) {
      for (OptionSet& set : conditional.when) {
        if (!conditional.worth.is_negative()) {
          set.options.push_back(static_cast<std::uint32_t>(game.issues[set.issue].options.size()));
        }
      }
    }
  }
  for (std::size_t issue = 0; issue < wide.issues.size(); ++issue) {
    const auto way_out = static_cast<std::uint32_t>(wide.issues[issue].options.size());
    wide.issues[issue].options.emplace_back("as each would like");
    wide.parties[0].vetoes.push_back({{issue, {way_out}}});
  }
  return wide;
}

}  // namespace truce::packages
