// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/packages.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>

#include <fmt/format.h>

#include "truce/document/packages_page.h"
#include "truce/packages/proof.h"
#include "truce/workbench/files.h"

namespace truce::workbench {
namespace {

// How many packages are found where there are too many to find all.
constexpr std::size_t kNearby = 1000;

// What beside the packages themselves may cost in an answer about packages.
packages::SearchLimits beside() {
  return {.nodes = 20'000, .points = 20'000, .comparisons = 2'000'000'000};
}

class Clock {
 public:
  [[nodiscard]] double elapsed_ms() const {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin_)
        .count();
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

base::Error of_file(const GameRequest& request, const base::Error& error) {
  return {error.code, fmt::format("{}: {}", request.path, error.message)};
}

// The limits of a search, which also ends after that part of the time that is left, or when
// somebody says so.
packages::SearchLimits limits_of(const Patience& patience, const Clock& clock,
                                 packages::SearchLimits limits, double part) {
  const double now = clock.elapsed_ms();
  const double end = patience.time_limit.has_value()
                         ? now + std::max(0.0, *patience.time_limit * 1000 - now) * part
                         : std::numeric_limits<double>::infinity();
  limits.is_stopped = [&patience, &clock, end] {
    return (patience.is_stopped && patience.is_stopped()) || clock.elapsed_ms() > end;
  };
  return limits;
}

// A proof, too, ends with the time.
packages::ProofLimits proof_limits_of(const Patience& patience, const Clock& clock, double part) {
  return {.is_stopped = limits_of(patience, clock, packages::SearchLimits{}, part).is_stopped};
}

// A few points instead of all, near which the others lie; none where not even they can be found.
// With a proof they are those that it shows.
packages::Frontier points_nearby(const PackagesRequest& request, const Clock& clock,
                                 PackagesRun& run) {
  request.patience.tell("looking for packages near which all others lie");
  if (request.is_proved) {
    auto proven = packages::prove_nearness(run.file.game, kNearby,
                                           proof_limits_of(request.patience, clock, 0.2));
    if (proven) {
      run.proof = std::move(proven->claim);
      return std::move(proven->frontier);
    }
    run.unproved.push_back("that all others lie near: " + proven.error().message);
  }
  auto some = packages::find_frontier_within(
      run.file.game, kNearby, limits_of(request.patience, clock, packages::SearchLimits{}, 0.2));
  return some ? std::move(some.value()) : packages::Frontier{};
}

void ask_rules(const PackagesRequest& request, const Clock& clock, PackagesRun& run) {
  using packages::Rule;
  double part = 0.2;
  for (const Rule rule :
       {Rule::Nash, Rule::KalaiSmorodinsky, Rule::Egalitarian, Rule::Utilitarian}) {
    request.patience.tell("asking the rules one by one");
    auto optimum =
        packages::find_optimum(run.file.game, rule, request.gain_from,
                               limits_of(request.patience, clock, packages::SearchLimits{}, part));
    run.optima.push_back(optimum ? std::optional(std::move(optimum.value())) : std::nullopt);
    part = part / (1 - part);
  }
}

// What the rules chose stands among the points, which may be none beside.
void add_points(PackagesRun& run) {
  std::vector<packages::Point>& points = run.frontier.points;
  const auto is_before = [](const packages::Point& left, const packages::Point& right) {
    return right.worth < left.worth;
  };
  for (const auto& optimum : run.optima) {
    if (optimum.has_value() && optimum->point.has_value()) {
      points.push_back(*optimum->point);
    }
  }
  std::sort(points.begin(), points.end(), is_before);
  points.erase(std::unique(points.begin(), points.end(),
                           [](const packages::Point& left, const packages::Point& right) {
                             return left.worth == right.worth;
                           }),
               points.end());
  const auto place_of = [&](packages::Rule rule) -> std::optional<std::size_t> {
    const auto& optimum = run.optima[static_cast<std::size_t>(rule)];
    if (!optimum.has_value() || !optimum->point.has_value()) {
      return std::nullopt;
    }
    const auto found = std::lower_bound(points.begin(), points.end(), *optimum->point, is_before);
    return static_cast<std::size_t>(found - points.begin());
  };
  run.solutions.nash = place_of(packages::Rule::Nash);
  run.solutions.kalai_smorodinsky = place_of(packages::Rule::KalaiSmorodinsky);
  run.solutions.egalitarian = place_of(packages::Rule::Egalitarian);
  run.solutions.utilitarian = place_of(packages::Rule::Utilitarian);
}

base::Error nothing_proved(const std::vector<std::string>& unproved) {
  return {base::ErrorCode::Unsupported,
          fmt::format("nothing was proved ({}); settle an issue, give more time, or ask without "
                      "--proof",
                      fmt::join(unproved, "; "))};
}

// What was chosen from the frontier, as if each rule had been asked alone.
std::vector<std::optional<packages::Optimum>> optima_of(const PackagesRun& run) {
  std::vector<std::optional<packages::Optimum>> optima;
  for (const auto& place : {run.solutions.nash, run.solutions.kalai_smorodinsky,
                            run.solutions.egalitarian, run.solutions.utilitarian}) {
    optima.emplace_back(packages::Optimum{});
    if (place.has_value()) {
      optima.back()->point = run.frontier.points[*place];
    }
  }
  return optima;
}

// Of a frontier with points Kalai-Smorodinsky then chooses none, which no log says.
bool nobody_gains(const PackagesRun& run, std::size_t rule) {
  return static_cast<packages::Rule>(rule) == packages::Rule::KalaiSmorodinsky &&
         run.frontier.is_complete && !run.frontier.points.empty() &&
         !run.solutions.kalai_smorodinsky.has_value();
}

// Behind what is proved already, what each rule chose.
base::Result<std::string> prove_choices(const PackagesRequest& request, const Clock& clock,
                                        const std::vector<std::optional<packages::Optimum>>& optima,
                                        PackagesRun& run) {
  constexpr std::array kNames = {"Nash", "Kalai-Smorodinsky", "egalitarian", "utilitarian"};
  std::string claims = run.proof;
  for (std::size_t rule = 0; rule < optima.size(); ++rule) {
    const std::string what = fmt::format("{}: ", kNames[rule]);
    if (nobody_gains(run, rule)) {
      run.unproved.push_back(what + "nobody can gain, so that nothing is chosen");
      continue;
    }
    if (!optima[rule].has_value() || !optima[rule]->is_complete) {
      run.unproved.push_back(what + "it was not found to the end");
      continue;
    }
    request.patience.tell("writing the proof");
    const double part = 1 / static_cast<double>(optima.size() - rule);
    const auto claim =
        packages::prove_choice(run.file.game, static_cast<packages::Rule>(rule), request.gain_from,
                               *optima[rule], proof_limits_of(request.patience, clock, part));
    if (claim) {
      claims += *claim;
    } else if (claim.error().code == base::ErrorCode::Unsupported) {
      run.unproved.push_back(what + claim.error().message);
    } else {
      return claim.error();
    }
  }
  if (claims.empty()) {
    return nothing_proved(run.unproved);
  }
  return packages::proof_of(run.file.game, claims);
}

// The frontier with what is chosen from it; where that is too long, each choice alone.
base::Result<std::string> prove(const PackagesRequest& request, const Clock& clock,
                                PackagesRun& run) {
  if (!run.frontier.is_complete) {
    return prove_choices(request, clock, run.optima, run);
  }
  request.patience.tell("writing the proof");
  auto proof = packages::write_proof(run.file.game, run.frontier, request.gain_from,
                                     proof_limits_of(request.patience, clock, 0.5));
  if (proof && nobody_gains(run, static_cast<std::size_t>(packages::Rule::KalaiSmorodinsky))) {
    run.unproved.emplace_back("Kalai-Smorodinsky: nobody can gain, so that nothing is chosen");
  }
  if (proof || proof.error().code != base::ErrorCode::Unsupported) {
    return proof;
  }
  run.unproved.push_back("the frontier: " + proof.error().message);
  return prove_choices(request, clock, optima_of(run), run);
}

void add_closeness(const PackagesRequest& request, const Clock& clock, PackagesRun& run) {
  request.patience.tell("measuring how close the sides are");
  // A proof needs time too.
  const packages::SearchLimits limits =
      limits_of(request.patience, clock, beside(), request.is_proved ? 0.4 : 1);
  run.closeness = packages::find_closeness(run.file.game, limits, &run.frontier);
  if (run.closeness.demands_to_relax.value_or(0) == 0) {
    run.sticking_points = packages::Conflicts{};
  } else if (auto found = packages::find_issue_conflicts(run.file.game, limits)) {
    run.sticking_points = std::move(found.value());
  }
}

}  // namespace

base::Result<PackagesRun> find_packages(const PackagesRequest& request) {
  auto file = read_game(request.game);
  if (!file) {
    return file.error();
  }
  const Clock clock;
  PackagesRun run;
  run.file = std::move(file.value());
  run.gain_from = request.gain_from;
  // A half for the frontier; what is left for the rules, if it was not enough.
  request.patience.tell("looking for packages that cannot be bettered");
  auto frontier = packages::find_frontier(
      run.file.game, limits_of(request.patience, clock, packages::SearchLimits{}, 0.5));
  if (!frontier && frontier.error().code != base::ErrorCode::Unsupported) {
    return of_file(request.game, frontier.error());
  }
  if (frontier && frontier->is_complete) {
    run.frontier = std::move(frontier.value());
    run.solutions = packages::choose(run.file.game, run.frontier, request.gain_from);
  } else {
    run.problem = frontier ? "the search met its limit" : frontier.error().message;
    run.frontier = frontier ? std::move(frontier.value()) : points_nearby(request, clock, run);
    run.frontier.is_complete = false;
    ask_rules(request, clock, run);
    add_points(run);
  }
  add_closeness(request, clock, run);
  run.elapsed_ms = clock.elapsed_ms();
  if (request.is_proved) {
    auto proof = prove(request, clock, run);
    if (!proof) {
      return of_file(request.game, proof.error());
    }
    run.proof = std::move(proof.value());
  }
  return run;
}

std::string to_html(const PackagesRun& run) {
  return document::packages_html(
      {.game = &run.file.game,
       .frontier = &run.frontier,
       .solutions = &run.solutions,
       .gain_from = run.gain_from,
       .closeness = &run.closeness,
       .sticking_points = run.sticking_points.has_value() ? &*run.sticking_points : nullptr,
       .words = run.file.words,
       .read = run.file.read,
       .notes = run.file.notes});
}

base::Result<ProofShows> verify_proof(const GameRequest& request, const std::string& proof) {
  const auto file = read_game(request);
  if (!file) {
    return file.error();
  }
  const auto text = read_file(proof);
  if (!text) {
    return text.error();
  }
  const proof_check::Checked checked = proof_check::check_proof(*text);
  const auto wrong = [&](const std::string& what) {
    return base::Error{base::ErrorCode::Corrupt, fmt::format("{}: {}", proof, what)};
  };
  if (checked.problem.has_value()) {
    return wrong(*checked.problem);
  }
  ProofShows shows;
  for (const proof_check::Proved& proved : checked.games) {
    if (proved.game == packages::statement_of(file->game)) {
      shows.of_game = proved;
    } else if (proved.game == packages::statement_of(packages::with_ways_out(file->game))) {
      shows.issues = proved.demands_beside_walk_away;
    } else {
      return wrong("it is about another game");
    }
  }
  const proof_check::Proved& game = shows.of_game;
  if (!game.points.has_value() && !game.nearby.has_value() && game.rules.empty() &&
      !game.demands.has_value() && !shows.issues.has_value()) {
    return wrong("it claims nothing");
  }
  shows.of_game.game = {};
  return shows;
}

base::Result<CloseRun> find_close(const GameRequest& request, const Patience& patience) {
  auto file = read_game(request);
  if (!file) {
    return file.error();
  }
  const Clock clock;
  CloseRun run;
  run.file = std::move(file.value());
  patience.tell("measuring how close the sides are");
  run.closeness = packages::find_closeness(run.file.game,
                                           limits_of(patience, clock, packages::SearchLimits{}, 1));
  run.elapsed_ms = clock.elapsed_ms();
  return run;
}

namespace {

// Of demands, then of issues; where one is too long, it says so.
base::Result<std::string> prove_blocks(const Patience& patience, const Clock& clock,
                                       BlocksRun& run) {
  std::string claims;
  const auto add = [&](const packages::Conflicts& conflicts, packages::Among among,
                       const char* what, double part) -> base::Result<void> {
    patience.tell("writing the proof");
    const auto claim = packages::prove_conflicts(run.file.game, conflicts, among,
                                                 proof_limits_of(patience, clock, part));
    if (claim) {
      claims += *claim;
    } else if (claim.error().code == base::ErrorCode::Unsupported) {
      run.unproved.push_back(fmt::format("{}: {}", what, claim.error().message));
    } else {
      return claim.error();
    }
    return {};
  };
  if (const auto added = add(run.among_demands, packages::Among::Demands, "demands", 0.5); !added) {
    return added.error();
  }
  if (const auto added = add(run.among_issues, packages::Among::Issues, "issues", 1); !added) {
    return added.error();
  }
  if (claims.empty()) {
    return nothing_proved(run.unproved);
  }
  return packages::proof_of(run.file.game, claims);
}

}  // namespace

base::Result<BlocksRun> find_blocks(const GameRequest& request, const Patience& patience,
                                    bool is_proved) {
  auto file = read_game(request);
  if (!file) {
    return file.error();
  }
  const Clock clock;
  BlocksRun run;
  run.file = std::move(file.value());
  run.demands = packages::demands_of(run.file.game);
  patience.tell("looking for demands that cannot stand together");
  const packages::SearchLimits limits = limits_of(patience, clock, packages::SearchLimits{}, 1);
  auto among_demands = packages::find_demand_conflicts(run.file.game, limits);
  if (!among_demands) {
    return of_file(request, among_demands.error());
  }
  auto among_issues = packages::find_issue_conflicts(run.file.game, limits);
  if (!among_issues) {
    return of_file(request, among_issues.error());
  }
  run.among_demands = std::move(among_demands.value());
  run.among_issues = std::move(among_issues.value());
  if (is_proved) {
    auto proof = prove_blocks(patience, clock, run);
    if (!proof) {
      return of_file(request, proof.error());
    }
    run.proof = std::move(proof.value());
  }
  run.elapsed_ms = clock.elapsed_ms();
  return run;
}

}  // namespace truce::workbench
