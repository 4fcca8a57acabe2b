// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/json/packages_json.h"
#include "truce/workbench/packages.h"

namespace truce::cli {
namespace {

using packages::Game;
using packages::Point;

constexpr std::size_t kMostRows = 40;
constexpr std::size_t kLongestNumber = 12;

std::string counted(std::size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

// Exactly where that is short, otherwise how much it is about.
std::string drawn(const packages::Fraction& utility) {
  std::string exact = utility.to_text();
  return exact.size() <= kLongestNumber ? exact : fmt::format("~{:.6f}", utility.to_double());
}

std::string drawn(const Game& game, const packages::Package& package) {
  std::string text;
  for (std::size_t issue = 0; issue < package.size(); ++issue) {
    text += fmt::format("{}{}: {}", issue == 0 ? "" : "; ", game.issues[issue].name,
                        game.issues[issue].options[package[issue]]);
  }
  return text;
}

// Columns of numbers under the names of the parties, then the package.
std::string table(const workbench::PackagesRun& run) {
  const Game& game = run.file.game;
  const std::size_t rows = std::min(run.frontier.points.size(), kMostRows);
  std::vector<std::vector<std::string>> cells(rows);
  std::vector<std::size_t> widths;
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    std::size_t width = game.parties[party].name.size();
    for (std::size_t row = 0; row < rows; ++row) {
      cells[row].push_back(drawn(packages::Fraction{run.frontier.points[row].worth[party],
                                                    game.parties[party].denominator}));
      width = std::max(width, cells[row].back().size());
    }
    widths.push_back(width);
  }
  std::string text = fmt::format("{:>4}", "");
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    text += fmt::format("  {:>{}}", game.parties[party].name, widths[party]);
  }
  text += "\n";
  for (std::size_t row = 0; row < rows; ++row) {
    text += fmt::format("{:>4}", row + 1);
    for (std::size_t party = 0; party < game.parties.size(); ++party) {
      text += fmt::format("  {:>{}}", cells[row][party], widths[party]);
    }
    const Point& point = run.frontier.points[row];
    text += fmt::format("  {}{}\n", drawn(game, point.package),
                        packages::is_accepted_by_all(game, point) ? "" : " (not accepted by all)");
  }
  if (rows < run.frontier.points.size()) {
    text += fmt::format("      and {} more; --format json lists them all\n",
                        run.frontier.points.size() - rows);
  }
  return text;
}

std::string chosen_line(const char* rule, const std::optional<std::size_t>& chosen) {
  return chosen.has_value() ? fmt::format("{:<58}{:>4}\n", rule, *chosen + 1)
                            : fmt::format("{:<58}none\n", rule);
}

std::string to_text(const workbench::PackagesRun& run) {
  const Game& game = run.file.game;
  const packages::Integer all = packages::count_packages(game);
  std::string text;
  if (run.file.read.size() > 1) {
    text += fmt::format("Read: {}\n", fmt::join(run.file.read, ", "));
  }
  for (const std::string& note : run.file.notes) {
    text += fmt::format("Note: {}\n", note);
  }
  text += fmt::format("{}, {}, {} packages{}\n", counted(game.parties.size(), "party", "parties"),
                      counted(game.issues.size(), "issue", "issues"), all.to_text(),
                      game.constraints.empty()
                          ? ""
                          : fmt::format(", {} of them feasible", run.frontier.feasible.to_text()));
  if (run.frontier.points.empty()) {
    return text + "No package fulfils the constraints: they cannot hold together.\n";
  }
  text += fmt::format("\n{} that cannot be bettered for one side without loss for another\n",
                      counted(run.frontier.points.size(), "package", "packages"));
  text += table(run);
  const bool is_above = run.gain_from == packages::GainFrom::WalkAway;
  text += "\nWhat the known rules choose\n";
  text += chosen_line(
      is_above ? "Nash: greatest product of gains above walking away" : "Nash: greatest product",
      run.solutions.nash);
  text += chosen_line("Kalai-Smorodinsky: equal shares of what each could gain",
                      run.solutions.kalai_smorodinsky);
  text += chosen_line("egalitarian: the one who gets least gets most", run.solutions.egalitarian);
  text += chosen_line("utilitarian: greatest sum", run.solutions.utilitarian);
  if (game.parties.size() == 2) {
    text += chosen_line("least difference", run.solutions.equal_utilities);
  }
  return text;
}

workbench::GameRequest request_of(const GameOptions& options) {
  return {
      options.file, options.profiles,
      options.dialect == "written" ? packages::XmlDialect::Written : packages::XmlDialect::Genius};
}

}  // namespace

int run(const PackagesOptions& options) {
  const auto found = workbench::find_packages(
      {request_of(options.game),
       options.is_from_reservation ? packages::GainFrom::WalkAway : packages::GainFrom::Zero});
  if (!found) {
    return could_not(found.error());
  }
  const std::string output =
      options.game.format == "json" ? json::to_json(*found) : to_text(*found);
  const int status = found->frontier.points.empty() ? kBadNews : kFine;
  return write_output(output) ? status : output_failed();
}

}  // namespace truce::cli
