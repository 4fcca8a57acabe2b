// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/choice.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/base/nearest_word.h"
#include "truce/packages/solutions.h"

namespace truce::workbench {
namespace {

using base::Error;
using base::ErrorCode;
using packages::Package;

struct Named {
  std::size_t issue = 0;
  std::uint32_t option = 0;
};

std::string words_of(const packages::Game& game, std::size_t issue, std::uint32_t option) {
  return fmt::format("{}: {}", game.issues[issue].name, game.issues[issue].options[option]);
}

base::Result<Named> named(const packages::Game& game, const std::string& words) {
  std::vector<std::string> all;
  for (std::size_t issue = 0; issue < game.issues.size(); ++issue) {
    for (std::uint32_t option = 0; option < game.issues[issue].options.size(); ++option) {
      all.push_back(words_of(game, issue, option));
      if (all.back() == words) {
        return Named{issue, option};
      }
    }
  }
  const auto nearest = base::nearest_word(words, all);
  return Error{ErrorCode::InvalidArgument,
               fmt::format("`{}` is no option of an issue; {} `{}`", words,
                           nearest.has_value() ? "did you mean" : "write for instance",
                           nearest.value_or(all.front()))};
}

}  // namespace

base::Result<Package> package_named(const packages::Game& game,
                                    const std::vector<std::string>& words) {
  std::vector<std::optional<std::uint32_t>> chosen(game.issues.size());
  for (const std::string& one : words) {
    const auto found = named(game, one);
    if (!found) {
      return found.error();
    }
    if (chosen[found->issue].has_value()) {
      return Error{ErrorCode::InvalidArgument,
                   fmt::format("`{}`: {} is chosen twice; leave one out", one,
                               game.issues[found->issue].name)};
    }
    chosen[found->issue] = found->option;
  }
  Package package;
  std::vector<std::string> open;
  for (std::size_t issue = 0; issue < chosen.size(); ++issue) {
    if (!chosen[issue].has_value()) {
      open.push_back(game.issues[issue].name);
    }
    package.push_back(chosen[issue].value_or(0));
  }
  if (!open.empty()) {
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("nothing is chosen for {}; add --package \"{}: …\"",
                             fmt::join(open, ", "), open.front())};
  }
  return package;
}

base::Result<std::optional<Package>> chosen_by_rule(const packages::Game& game,
                                                    const std::string& rule) {
  auto frontier = packages::find_frontier(game);
  if (!frontier) {
    return frontier.error();
  }
  std::erase_if(frontier->points, [&](const packages::Point& point) {
    return !packages::is_accepted_by_all(game, point);
  });
  if (frontier->points.empty()) {
    return std::optional<Package>();
  }
  const packages::Solutions solutions =
      packages::choose(game, *frontier, packages::GainFrom::WalkAway);
  const std::optional<std::size_t> place = rule == "kalai-smorodinsky" ? solutions.kalai_smorodinsky
                                           : rule == "egalitarian"     ? solutions.egalitarian
                                           : rule == "utilitarian"     ? solutions.utilitarian
                                                                       : solutions.nash;
  return place.has_value() ? std::optional(frontier->points[*place].package)
                           : std::optional<Package>();
}

}  // namespace truce::workbench
