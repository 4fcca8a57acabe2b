// SPDX-License-Identifier: Apache-2.0
// `truce talks next` and `truce talks robust`.
#include <algorithm>

#include <fmt/format.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/answer_about.h"
#include "truce/cli/internal/game_request.h"
#include "truce/cli/internal/status.h"
#include "truce/json/questions_json.h"
#include "truce/workbench/questions.h"

namespace truce::cli {
namespace {

using internal::drawn;
using packages::Fraction;
using packages::Game;
using packages::Integer;
using packages::Package;
using packages::Party;

std::string worth_text(const Party& party, const Integer& worth) {
  return drawn(Fraction{worth, party.denominator});
}

std::string lines_of(const Game& game, const Package& package) {
  std::string text;
  for (std::size_t issue = 0; issue < package.size(); ++issue) {
    text += fmt::format("  {}: {}\n", game.issues[issue].name,
                        game.issues[issue].options[package[issue]]);
  }
  return text;
}

bool all_accept(const Game& game, const Package& package) {
  return std::all_of(game.parties.begin(), game.parties.end(),
                     [&](const Party& party) { return packages::is_accepted(party, package); });
}

std::string demands_text(const Game& game, const packages::DemandPair& pair) {
  std::string text = "The smallest pair of concessions that makes a deal\n";
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    const Fraction& concession = pair.concessions[party];
    if (!concession.numerator.is_zero()) {
      const Party& own = game.parties[party];
      text += fmt::format("  {} does with {} in place of {}, {} less\n", own.name,
                          worth_text(own, packages::worth(own, pair.package)),
                          worth_text(own, *own.walk_away), drawn(concession));
    }
  }
  return text + "The package\n" + lines_of(game, pair.package);
}

std::string exchange_text(const Game& game, const Package& before,
                          const packages::Exchange& exchange) {
  std::string text = all_accept(game, before)
                         ? "The smallest exchange that serves both and harms nobody\n"
                         : "The smallest exchange after which all accept\n";
  for (const packages::Step& step : exchange.steps) {
    const packages::Issue& issue = game.issues[step.issue];
    text += fmt::format("  {} takes {}: {} in place of {}, which alone costs it {}\n",
                        game.parties[step.party].name, issue.name, issue.options[step.option],
                        issue.options[before[step.issue]], drawn(step.gives));
  }
  text += "What it is worth then\n";
  for (const Party& party : game.parties) {
    text += fmt::format("  {}: {}, before {}\n", party.name,
                        worth_text(party, packages::worth(party, exchange.package)),
                        worth_text(party, packages::worth(party, before)));
  }
  return text;
}

std::string to_text(const workbench::NextRun& run) {
  const Game& game = run.file.game;
  std::string text = internal::heading(run.file);
  if (run.on_table.has_value()) {
    text += fmt::format("On the table, {}accepted by all\n",
                        all_accept(game, *run.on_table) ? "" : "not ");
    text += lines_of(game, *run.on_table);
    return text + (run.exchange.has_value()
                       ? exchange_text(game, *run.on_table, *run.exchange)
                       : "No exchange of two steps does more; see truce talks packages.\n");
  }
  if (run.is_deal_there) {
    return text +
           "A deal is there: truce talks text writes it. To better one that is on the table, "
           "name it with --package.\n";
  }
  text += "No package is accepted by all.\n";
  return text + (run.demands.has_value()
                     ? demands_text(game, *run.demands)
                     : "No two sides can make a deal alone; see truce talks close.\n");
}

std::string percent(const Fraction& share) {
  return drawn((share * Fraction{100}).reduced()) + " %";
}

// Whether, and if not, why.
std::string survival_text(const Game& game, const packages::Survival& survival) {
  if (survival.survives()) {
    return "survives";
  }
  std::string text = survival.is_accepted ? "does not survive" : "does not survive: not accepted";
  if (survival.bettered_by.has_value()) {
    text += fmt::format("{}bettered by {}", survival.is_accepted ? ": " : "; ",
                        drawn(game, *survival.bettered_by));
  }
  return text;
}

// The one share of all numbers, or that they differ.
std::string share_text(const packages::Errors& errors) {
  const auto common = packages::common_share(errors);
  return common.has_value() ? "off by " + percent(*common) : "as its position says";
}

std::string unsettled_text(const workbench::RobustRun& run) {
  if (!run.unsettled.has_value()) {
    return fmt::format("Not found, what is best asked: {}\n", run.not_found);
  }
  const packages::Unsettled& unsettled = *run.unsettled;
  std::string text =
      fmt::format("Packages that all accept whatever the numbers are: {}; for some numbers: {}\n",
                  unsettled.surely_accepted.to_text(), unsettled.perhaps_accepted.to_text());
  if (unsettled.best_question.has_value()) {
    const Integer open = unsettled.perhaps_accepted - unsettled.surely_accepted;
    text += fmt::format("Best asked: {} Packages in doubt, before and after: {} and {}\n",
                        workbench::to_text(run.file.game, *unsettled.best_question), open.to_text(),
                        unsettled.left.to_text());
  } else if (unsettled.surely_accepted != unsettled.perhaps_accepted) {
    text += "No single answer settles any of them.\n";
  }
  return text;
}

std::string to_text(const workbench::RobustRun& run) {
  const Game& game = run.file.game;
  std::string text = internal::heading(run.file);
  if (!run.package.has_value()) {
    return text + "No package is accepted by all; see truce talks next.\n";
  }
  text += "The package\n" + lines_of(game, *run.package);
  text += "Where the numbers of one side alone are off\n";
  for (std::size_t party = 0; party < game.parties.size(); ++party) {
    text += fmt::format("  {}, {}: {}", game.parties[party].name, share_text(run.errors[party]),
                        survival_text(game, run.robustness.of_party[party]));
    const auto& most = run.robustness.accepted_up_to[party];
    if (most.has_value() && !most->numerator.is_negative()) {
      text += fmt::format("; accepted up to about {:.3g} %", 100 * most->to_double());
    }
    text += "\n";
  }
  text += fmt::format("Where those of all are at once\n  it {}\n",
                      survival_text(game, run.robustness.of_all));
  return text + unsettled_text(run);
}

}  // namespace

int run(const NextOptions& options) {
  const auto found = workbench::find_next({internal::request_of(options.game), options.on_table});
  if (!found) {
    return could_not(found.error());
  }
  const bool is_there = found->on_table.has_value()
                            ? found->exchange.has_value()
                            : found->is_deal_there || found->demands.has_value();
  return internal::answer_about(options.game, "next", *found, to_text, is_there ? kFine : kBadNews);
}

int run(const RobustOptions& options) {
  auto share = Fraction::from_text(options.error);
  if (share.has_value()) {
    share = *share * Fraction{1, 100};
  }
  if (!share.has_value() || *share < Fraction{} || *share > Fraction{1}) {
    return could_not({base::ErrorCode::InvalidArgument,
                      fmt::format("--error {}: this is no percentage; write a number from 0 to 100",
                                  options.error)});
  }
  const auto found = workbench::find_robust(
      {internal::request_of(options.game), options.package, options.rule, *share});
  if (!found) {
    return could_not(found.error());
  }
  const auto& parties = found->robustness.of_party;
  const bool survives = found->package.has_value() &&
                        std::all_of(parties.begin(), parties.end(),
                                    [](const packages::Survival& one) { return one.survives(); });
  return internal::answer_about(options.game, "robust", *found, to_text,
                                survives ? kFine : kBadNews);
}

}  // namespace truce::cli
