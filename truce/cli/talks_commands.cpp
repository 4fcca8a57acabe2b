// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/answer_about.h"
#include "truce/cli/internal/game_request.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/internal/stop.h"
#include "truce/cli/terminal.h"
#include "truce/json/packages_json.h"
#include "truce/workbench/files.h"
#include "truce/workbench/packages.h"

namespace truce::cli {
namespace internal {

workbench::GameRequest request_of(const GameOptions& options) {
  using packages::JsonOrigin;
  return {.path = options.file,
          .profiles = options.profiles,
          .dialect = options.dialect == "written" ? packages::XmlDialect::Written
                                                  : packages::XmlDialect::Genius,
          .real_steps = options.steps,
          .origin = options.dialect == "geniusweb" ? JsonOrigin::GeniusWeb
                    : options.dialect == "negolog" ? JsonOrigin::NegoLog
                                                   : JsonOrigin::Other,
          .positions = options.positions,
          .key = {options.key, ask_passphrase},
          .from = options.from};
}

std::string heading(const workbench::GameFile& file) {
  std::string text;
  if (file.read.size() > 1) {
    text += fmt::format("Read: {}\n", fmt::join(file.read, ", "));
  }
  for (const std::string& note : file.notes) {
    text += fmt::format("Note: {}\n", note);
  }
  return text;
}

constexpr std::size_t kLongestNumber = 12;

std::string drawn(const packages::Fraction& utility) {
  std::string exact = utility.to_text();
  return exact.size() <= kLongestNumber ? exact : fmt::format("~{:.6f}", utility.to_double());
}

std::string drawn(const packages::Game& game, const packages::Package& package) {
  std::string text;
  for (std::size_t issue = 0; issue < package.size(); ++issue) {
    text += fmt::format("{}{}: {}", issue == 0 ? "" : "; ", game.issues[issue].name,
                        game.issues[issue].options[package[issue]]);
  }
  return text;
}

}  // namespace internal

namespace {

using internal::drawn;
using internal::heading;
using internal::request_of;

using packages::Game;
using packages::Point;

constexpr std::size_t kMostRows = 40;

std::string counted(std::size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
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

std::string utilities_line(const Game& game, const Point& point) {
  std::vector<std::string> parts;
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    parts.push_back(fmt::format(
        "{} {}", game.parties[party].name,
        drawn(packages::Fraction{point.worth[party], game.parties[party].denominator})));
  }
  return fmt::format("{}{}", fmt::join(parts, ", "),
                     packages::is_accepted_by_all(game, point) ? "" : " (not accepted by all)");
}

// What a rule chose when it was asked alone, and how much more there could be.
std::string of_optimum(const workbench::PackagesRun& run, const char* rule,
                       const std::optional<packages::Optimum>& optimum) {
  if (!optimum.has_value()) {
    return fmt::format("{}: only the frontier could tell\n", rule);
  }
  if (!optimum->point.has_value()) {
    return fmt::format("{}: {}\n", rule, optimum->is_complete ? "none" : "not found yet");
  }
  std::string text =
      fmt::format("{}\n  {}\n  {}\n", rule, drawn(run.file.game, optimum->point->package),
                  utilities_line(run.file.game, *optimum->point));
  if (!optimum->is_complete) {
    text += optimum->most.has_value()
                ? fmt::format(
                      "  not searched to the end: this is worth {:.6g} to the rule, and no "
                      "package more than {:.6g}\n",
                      optimum->reached, *optimum->most)
                : std::string("  not searched to the end\n");
  }
  return text;
}

// How near every package lies to those that --format json lists.
std::string nearness_line(const workbench::PackagesRun& run) {
  if (run.frontier.within.empty()) {
    return {};
  }
  std::vector<std::string> parts;
  for (std::size_t party = 0; party < run.frontier.within.size(); ++party) {
    const packages::Party& side = run.file.game.parties[party];
    parts.push_back(
        fmt::format("{} {}", side.name,
                    drawn(packages::Fraction{run.frontier.within[party], side.denominator})));
  }
  return fmt::format(
      "{} were found; beside one of them, no package is worth more than this much more "
      "to anybody: {}\n",
      counted(run.frontier.points.size(), "package", "packages"), fmt::join(parts, ", "));
}

// The frontier was not found.
std::string of_optima(const workbench::PackagesRun& run) {
  const bool is_above = run.gain_from == packages::GainFrom::WalkAway;
  std::string text = fmt::format(
      "\nNot all packages that cannot be bettered were found: {}\n{}\nWhat the known rules "
      "choose\n",
      run.problem, nearness_line(run));
  text += of_optimum(
      run,
      is_above ? "Nash: greatest product of gains above walking away" : "Nash: greatest product",
      run.optima[0]);
  text += of_optimum(run, "Kalai-Smorodinsky: equal shares of what each could gain", run.optima[1]);
  text += of_optimum(run, "egalitarian: the one who gets least gets most", run.optima[2]);
  return text + of_optimum(run, "utilitarian: greatest sum", run.optima[3]);
}

// What a proof that was asked for does not show.
std::string unproved_lines(const std::vector<std::string>& unproved) {
  return unproved.empty() ? std::string()
                          : fmt::format("\nNot in the proof\n  {}\n", fmt::join(unproved, "\n  "));
}

std::string packages_text(const workbench::PackagesRun& run) {
  const Game& game = run.file.game;
  const packages::Integer all = packages::count_packages(game);
  std::string text = heading(run.file);
  text += fmt::format("{}, {}, {} packages{}\n", counted(game.parties.size(), "party", "parties"),
                      counted(game.issues.size(), "issue", "issues"), all.to_text(),
                      game.constraints.empty() || !run.frontier.feasible.has_value()
                          ? ""
                          : fmt::format(", {} of them feasible", run.frontier.feasible->to_text()));
  if (!run.frontier.is_complete) {
    return text + of_optima(run);
  }
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

std::string to_text(const workbench::PackagesRun& run) {
  return packages_text(run) + unproved_lines(run.unproved);
}

// With the right to be interrupted: what is known then is told.
workbench::Patience patience_of(const GameOptions& options, Progress& progress) {
  catch_signals();
  return {options.time_limit, was_signalled,
          [&progress](const std::string& what) { progress.tell(what); }};
}

std::string share(const packages::Closeness& closeness) {
  if (!closeness.accepted.has_value() || !closeness.feasible.has_value() ||
      closeness.feasible->is_zero()) {
    return {};
  }
  const packages::Fraction share = {*closeness.accepted, *closeness.feasible};
  return fmt::format("Accepted by all: {} of {} packages that fulfil the constraints ({:.3g} %)\n",
                     closeness.accepted->to_text(), closeness.feasible->to_text(),
                     100 * share.to_double());
}

std::string to_text(const workbench::CloseRun& run) {
  const Game& game = run.file.game;
  const packages::Closeness& closeness = run.closeness;
  std::string text = heading(run.file) + share(closeness);
  if (closeness.demands_to_relax.has_value()) {
    text += *closeness.demands_to_relax == 0
                ? std::string("All demands can be met together.\n")
                : fmt::format(
                      "At least {} must go for the others to be met; truce talks blocks says "
                      "which.\n",
                      counted(*closeness.demands_to_relax, "demand", "demands"));
  } else if (closeness.not_found.empty()) {
    text += "No package fulfils the constraints: they cannot hold together.\n";
  }
  if (closeness.least_concession.has_value() && closeness.demands_to_relax != std::size_t{0}) {
    text += fmt::format("The least concession that reaches a deal\n  {}\n",
                        drawn(game, closeness.least_concession->package));
    for (std::size_t party = 0; party < game.parties.size(); ++party) {
      const packages::Fraction& concession = closeness.least_concession->concessions[party];
      text += fmt::format("  {}: {}\n", game.parties[party].name,
                          concession.numerator.is_zero()
                              ? std::string("none")
                              : drawn(concession) + " less than its walk-away value");
    }
  }
  for (const std::string& line : closeness.not_found) {
    text += fmt::format("Not found: {}\n", line);
  }
  return text;
}

std::string list_of(const char* title, const std::vector<std::vector<std::size_t>>& sets,
                    const std::vector<std::string>& names) {
  std::string text;
  for (const std::vector<std::size_t>& set : sets) {
    std::vector<std::string> words;
    for (const std::size_t at : set) {
      words.push_back(names[at]);
    }
    text += fmt::format("  {}\n", fmt::join(words, "  +  "));
  }
  return text.empty() ? text : fmt::format("{}\n{}", title, text);
}

std::string to_text(const workbench::BlocksRun& run) {
  const Game& game = run.file.game;
  std::vector<std::string> demands;
  for (const packages::Demand& demand : run.demands) {
    demands.push_back(packages::to_text(game, demand));
  }
  std::vector<std::string> issues;
  for (const packages::Issue& issue : game.issues) {
    issues.push_back(issue.name);
  }
  std::string text = heading(run.file);
  if (run.among_demands.sets.empty()) {
    return text + "Nothing: all demands can be met together.\n";
  }
  if (run.among_demands.sets[0].empty()) {
    return text + "No package fulfils the constraints: they cannot hold together.\n";
  }
  text += list_of("Demands that cannot stand together", run.among_demands.sets, demands);
  text += list_of("Without these, all others can be met", run.among_demands.relaxations, demands);
  text += list_of("Issues that stand in the way, even if each got the best on all others",
                  run.among_issues.sets, issues);
  text += list_of("With each one's best on these, the others could be settled",
                  run.among_issues.relaxations, issues);
  if (!run.among_demands.is_complete || !run.among_issues.is_complete) {
    text += "There are more; the search stopped at 1000.\n";
  }
  return text + unproved_lines(run.unproved);
}

// Where one was asked for.
base::Result<void> keep_proof(const std::string& path, const std::string& proof,
                              const std::vector<std::string>& read) {
  if (path.empty()) {
    return {};
  }
  const auto kept = workbench::refuse_to_replace(path, read);
  return kept ? workbench::write_file(path, proof) : kept;
}

std::string sets_line(const char* of, const std::optional<proof_check::Proved::Sets>& sets) {
  return sets.has_value()
             ? fmt::format("  {} of {} that cannot stand together, and {} of those that must go\n",
                           counted(sets->conflicts, "set", "sets"), of,
                           counted(sets->relaxations, "set", "sets"))
             : std::string();
}

std::string to_text(const workbench::ProofShows& shows) {
  const proof_check::Proved& checked = shows.of_game;
  std::string text = "The proof holds:\n";
  if (checked.points.has_value()) {
    text += fmt::format("  {} on the frontier\n", counted(*checked.points, "package", "packages"));
  }
  if (checked.nearby.has_value()) {
    text += fmt::format("  {} near which all others lie\n",
                        counted(*checked.nearby, "package", "packages"));
  }
  for (const std::string& rule : checked.rules) {
    text += fmt::format("  what {} chooses\n", rule);
  }
  return text + sets_line("demands", checked.demands) + sets_line("issues", shows.issues);
}

}  // namespace

int run(const PackagesOptions& options) {
  Progress progress;
  const auto found = workbench::find_packages(
      {request_of(options.game),
       options.is_from_reservation ? packages::GainFrom::WalkAway : packages::GainFrom::Zero,
       !options.proof.empty(), patience_of(options.game, progress)});
  if (!found) {
    return could_not(found.error());
  }
  if (const auto kept = keep_proof(options.proof, found->proof, found->file.read); !kept) {
    return could_not(kept.error());
  }
  const bool is_empty = found->frontier.is_complete && found->frontier.points.empty();
  return internal::answer_about(options.game, "packages", *found, to_text,
                                is_empty ? kBadNews : kFine);
}

// A proof that does not hold is bad news, not something that could not be done.
int run(const VerifyProofOptions& options) {
  const auto checked = workbench::verify_proof(request_of(options.game), options.proof);
  if (!checked && checked.error().code != base::ErrorCode::Corrupt) {
    return could_not(checked.error());
  }
  return answer(options.game.format == "json" ? json::to_json(checked)
                : checked                     ? to_text(*checked)
                          : fmt::format("The proof does not hold: {}\n", checked.error().message),
                checked ? kFine : kBadNews);
}

int run(const CloseOptions& options) {
  Progress progress;
  const auto found =
      workbench::find_close(request_of(options.game), patience_of(options.game, progress));
  if (!found) {
    return could_not(found.error());
  }
  const bool is_deal = found->closeness.demands_to_relax == std::size_t{0};
  return internal::answer_about(options.game, "close", *found, to_text, is_deal ? kFine : kBadNews);
}

int run(const BlocksOptions& options) {
  Progress progress;
  const auto found = workbench::find_blocks(
      request_of(options.game), patience_of(options.game, progress), !options.proof.empty());
  if (!found) {
    return could_not(found.error());
  }
  if (const auto kept = keep_proof(options.proof, found->proof, found->file.read); !kept) {
    return could_not(kept.error());
  }
  return internal::answer_about(options.game, "blocks", *found, to_text,
                                found->among_demands.sets.empty() ? kFine : kBadNews);
}

}  // namespace truce::cli
