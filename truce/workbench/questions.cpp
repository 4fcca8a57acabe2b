// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/questions.h"

#include <chrono>

#include <fmt/format.h>

#include "truce/workbench/choice.h"

namespace truce::workbench {
namespace {

// What counting for questions may cost: it is done for each question twice.
packages::SearchLimits counting() { return {.nodes = 20'000, .points = 20'000}; }

using Instant = std::chrono::steady_clock::time_point;

double since_ms(Instant begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
      .count();
}

base::Error of_file(const GameRequest& request, const base::Error& error) {
  return {error.code, fmt::format("{}: {}", request.path, error.message)};
}

// What a side says of its own numbers, else the common share.
std::vector<packages::Errors> errors_of(const GameFile& file, const packages::Fraction& common) {
  std::vector<packages::Errors> errors = packages::errors_of(file.game, common);
  for (std::size_t party = 0; party < file.doubts.size(); ++party) {
    const talks::Doubts& said = file.doubts[party];
    packages::Errors& own = errors[party];
    const packages::Fraction rest = said.all.value_or(common);
    for (std::size_t issue = 0; issue < own.issues.size(); ++issue) {
      own.issues[issue] = said.issues[issue].value_or(rest);
    }
    for (packages::Fraction& share : own.conditionals) {
      share = rest;
    }
    own.walk_away = said.walk_away.value_or(rest);
  }
  return errors;
}

}  // namespace

base::Result<NextRun> find_next(const NextRequest& request) {
  auto file = read_game(request.game);
  if (!file) {
    return file.error();
  }
  const Instant begin = std::chrono::steady_clock::now();
  NextRun run;
  run.file = std::move(file.value());
  const packages::Game& game = run.file.game;
  const auto deal = packages::find_fulfilling(game, packages::demands_of(game));
  if (!deal) {
    return of_file(request.game, deal.error());
  }
  run.is_deal_there = deal->has_value();
  if (!request.on_table.empty()) {
    const auto package = package_named(game, request.on_table);
    if (!package) {
      return package.error();
    }
    run.on_table = *package;
    run.exchange = packages::find_exchange(game, *package);
  } else if (!run.is_deal_there) {
    auto demands = packages::find_demand_pair(game);
    if (!demands) {
      return of_file(request.game, demands.error());
    }
    run.demands = std::move(demands.value());
  }
  run.elapsed_ms = since_ms(begin);
  return run;
}

base::Result<RobustRun> find_robust(const RobustRequest& request) {
  auto file = read_game(request.game);
  if (!file) {
    return file.error();
  }
  const Instant begin = std::chrono::steady_clock::now();
  RobustRun run;
  run.file = std::move(file.value());
  run.error = request.error;
  const packages::Game& game = run.file.game;
  if (!request.package.empty()) {
    const auto package = package_named(game, request.package);
    if (!package) {
      return package.error();
    }
    run.package = *package;
  } else {
    const auto chosen = chosen_by_rule(packages::with_vetoes_as_constraints(game), request.rule);
    if (!chosen) {
      return of_file(request.game, chosen.error());
    }
    run.package = *chosen;
  }
  if (run.package.has_value()) {
    run.errors = errors_of(run.file, request.error);
    auto robustness = packages::find_robustness(game, *run.package, run.errors);
    if (!robustness) {
      return of_file(request.game, robustness.error());
    }
    run.robustness = std::move(robustness.value());
    if (auto unsettled = packages::find_best_question(game, run.errors, counting())) {
      run.unsettled = std::move(unsettled.value());
    } else {
      run.not_found = unsettled.error().message;
    }
  }
  run.elapsed_ms = since_ms(begin);
  return run;
}

std::string to_text(const packages::Game& game, const packages::Question& question) {
  const std::string& party = game.parties[question.party].name;
  if (question.issue.has_value()) {
    return fmt::format("what is each alternative of {} worth to {}?",
                       game.issues[*question.issue].name, party);
  }
  if (!question.conditional.has_value()) {
    return fmt::format("what is no deal worth to {}?", party);
  }
  std::string together;
  for (const packages::OptionSet& set :
       game.parties[question.party].conditionals[*question.conditional].when) {
    std::vector<std::string> options;
    for (const std::uint32_t option : set.options) {
      options.push_back(game.issues[set.issue].options[option]);
    }
    together += fmt::format("{}{}: {}", together.empty() ? "" : " with ",
                            game.issues[set.issue].name, fmt::join(options, " or "));
  }
  return fmt::format("how much more or less is {} worth to {}, together?", together, party);
}

}  // namespace truce::workbench
