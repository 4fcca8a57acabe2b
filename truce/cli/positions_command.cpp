// SPDX-License-Identifier: Apache-2.0
// `truce talks positions`.
#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "truce/base/utf8.h"
#include "truce/cli/commands.h"
#include "truce/cli/internal/status.h"
#include "truce/cli/terminal.h"
#include "truce/diagnostics/render.h"
#include "truce/json/positions_json.h"
#include "truce/workbench/positions.h"

namespace truce::cli {
namespace {

using packages::Game;
using packages::Party;

std::string worth_text(const Party& party, const packages::Integer& worth) {
  return packages::Fraction{worth, party.denominator}.to_text();
}

// `4.3 not later than D with 1.3 none`.
std::string in_words(const Game& game, const packages::Conjunction& conjunction) {
  std::string text;
  for (const packages::OptionSet& set : conjunction) {
    std::vector<std::string> options;
    for (const std::uint32_t option : set.options) {
      options.push_back(game.issues[set.issue].options[option]);
    }
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", with ", game.issues[set.issue].name,
                        fmt::join(options, " or "));
  }
  return text;
}

bool is_refused(const Party& party, std::size_t issue, std::uint32_t option) {
  return std::any_of(party.vetoes.begin(), party.vetoes.end(),
                     [&](const packages::Conjunction& veto) {
                       return veto.size() == 1 && veto[0].issue == issue &&
                              veto[0].options == std::vector<std::uint32_t>{option};
                     });
}

std::string position_text(const Game& game, const Party& party, const talks::Doubts& doubts) {
  std::string text = fmt::format("{}\n", party.name);
  const auto line = [&text](const std::string& worth, const std::string& words) {
    text += fmt::format("  {:>8}  {}\n", worth, words);
  };
  for (std::size_t issue = 0; issue < game.issues.size(); ++issue) {
    const packages::Issue& one = game.issues[issue];
    for (std::uint32_t option = 0; option < one.options.size(); ++option) {
      line(is_refused(party, issue, option) ? "never"
                                            : worth_text(party, party.values[issue][option]),
           fmt::format("{}: {}", one.name, one.options[option]));
    }
  }
  for (const packages::Conditional& conditional : party.conditionals) {
    const std::string worth = worth_text(party, conditional.worth);
    line(worth.starts_with('-') ? worth : "+" + worth, in_words(game, conditional.when));
  }
  for (const packages::Conjunction& veto : party.vetoes) {
    if (veto.size() > 1 || veto.front().options.size() > 1) {
      line("never", in_words(game, veto));
    }
  }
  line(party.walk_away.has_value() ? worth_text(party, *party.walk_away) : "any",
       party.walk_away.has_value() ? "no deal" : "deal: nothing is said of no deal");
  const auto doubt = [&](const std::optional<packages::Fraction>& share, const std::string& of) {
    if (share.has_value()) {
      line("± " + (*share * packages::Fraction{100}).to_text() + " %", of);
    }
  };
  for (std::size_t issue = 0; issue < game.issues.size(); ++issue) {
    doubt(doubts.issues[issue], game.issues[issue].name);
  }
  doubt(doubts.walk_away, "no deal");
  doubt(doubts.all, "all else");
  return text;
}

int print(const std::string& text, int status) {
  return write_output(text) ? status : output_failed();
}

}  // namespace

int run(const PositionsOptions& options) {
  const auto read = workbench::read_positions({.draft = options.draft,
                                               .positions = options.positions,
                                               .key = {options.key, ask_passphrase},
                                               .from = options.from});
  if (!read) {
    return could_not(read.error());
  }
  const int status = read->has_errors() ? kBadNews : kFine;
  if (options.format == "json") {
    return print(json::to_json(*read), status);
  }
  if (read->has_errors()) {
    return print(diagnostics::to_terminal(read->diagnostics(), read->sources(),
                                          render_options(STDOUT_FILENO)),
                 status);
  }
  std::string text;
  for (std::size_t party = 0; party < read->game.parties.size(); ++party) {
    text += position_text(read->game, read->game.parties[party], read->doubts[party]);
  }
  return print(text, status);
}

}  // namespace truce::cli
