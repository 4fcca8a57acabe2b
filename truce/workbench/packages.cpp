// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/packages.h"

#include <chrono>

#include <fmt/format.h>

#include "truce/document/packages_page.h"
#include "truce/packages/proof.h"
#include "truce/proof_check/proof_check.h"
#include "truce/workbench/files.h"

namespace truce::workbench {
namespace {

// What beside the packages themselves may cost in an answer about packages.
constexpr packages::SearchLimits kBeside = {.nodes = 20'000, .points = 20'000};

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
  auto frontier = packages::find_frontier(run.file.game);
  if (!frontier) {
    return of_file(request.game, frontier.error());
  }
  run.frontier = std::move(frontier.value());
  run.solutions = packages::choose(run.file.game, run.frontier, request.gain_from);
  run.closeness = packages::find_closeness(run.file.game, kBeside, &run.frontier);
  if (run.closeness.demands_to_relax.value_or(0) == 0) {
    run.sticking_points = packages::Conflicts{};
  } else if (auto found = packages::find_issue_conflicts(run.file.game, kBeside)) {
    run.sticking_points = std::move(found.value());
  }
  run.elapsed_ms = clock.elapsed_ms();
  if (request.is_proved) {
    auto proof = packages::write_proof(run.file.game, run.frontier, request.gain_from);
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

base::Result<std::size_t> verify_proof(const GameRequest& request, const std::string& proof) {
  const auto file = read_game(request);
  if (!file) {
    return file.error();
  }
  const auto text = read_file(proof);
  if (!text) {
    return text.error();
  }
  const auto checked = proof_check::check_proof(file->game, *text);
  if (!checked) {
    return base::Error{checked.error().code, fmt::format("{}: {}", proof, checked.error().message)};
  }
  return checked->points;
}

base::Result<CloseRun> find_close(const GameRequest& request) {
  auto file = read_game(request);
  if (!file) {
    return file.error();
  }
  const Clock clock;
  CloseRun run;
  run.file = std::move(file.value());
  run.closeness = packages::find_closeness(run.file.game);
  run.elapsed_ms = clock.elapsed_ms();
  return run;
}

base::Result<BlocksRun> find_blocks(const GameRequest& request) {
  auto file = read_game(request);
  if (!file) {
    return file.error();
  }
  const Clock clock;
  BlocksRun run;
  run.file = std::move(file.value());
  run.demands = packages::demands_of(run.file.game);
  auto among_demands = packages::find_demand_conflicts(run.file.game);
  if (!among_demands) {
    return of_file(request, among_demands.error());
  }
  auto among_issues = packages::find_issue_conflicts(run.file.game);
  if (!among_issues) {
    return of_file(request, among_issues.error());
  }
  run.among_demands = std::move(among_demands.value());
  run.among_issues = std::move(among_issues.value());
  run.elapsed_ms = clock.elapsed_ms();
  return run;
}

}  // namespace truce::workbench
