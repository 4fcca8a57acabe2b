// SPDX-License-Identifier: Apache-2.0
#include "truce/cli/internal/option_parts.h"

namespace truce::cli::internal {
namespace {

// What every question about a game takes.
void add_game(CLI::App& command, GameOptions& options,
              const std::vector<std::string>& formats = {"text", "json"}) {
  command
      .add_option("FILE", options.file,
                  "What is negotiated: a draft (.truce), a game (.json), a domain in XML or its "
                  "folder, or with --dialect a profile of research software")
      ->required();
  command
      .add_option("--profile", options.profiles,
                  "With a domain in XML: the profile of a party, once for each; otherwise those "
                  "beside it. With geniusweb and negolog: the other profiles")
      ->allow_extra_args(false);
  command
      .add_option("--dialect", options.dialect,
                  "With XML: genius cuts evaluations to whole numbers, written takes them as they "
                  "stand. With JSON: geniusweb and negolog are the profiles of those")
      ->check(CLI::IsMember({"genius", "written", "geniusweb", "negolog"}))
      ->capture_default_str();
  command
      .add_option("--steps", options.steps,
                  "With XML: in how many equal steps to read issues of real numbers")
      ->check(CLI::Range(1, 9999));
  command
      .add_option("--position", options.positions,
                  "With a draft: the position of a side on its brackets, once for each; may be "
                  "sealed")
      ->allow_extra_args(false);
  add_position_keys(command, options.key, options.from);
  add_format(command, options.format, formats);
}

// With the form of a page, and where the answer goes.
void add_game_with_page(CLI::App& command, GameOptions& options, const std::string& page) {
  add_game(command, options, {"text", "json", "html"});
  add_page_output(command, options.output, page);
}

// For questions that may take long.
void add_time_limit(CLI::App& command, GameOptions& options) {
  command
      .add_option("--time-limit", options.time_limit,
                  "Seconds after which the answer is given as far as it is; so does SIGINT")
      ->check(CLI::PositiveNumber);
}

Chosen add_packages(CLI::App& talks) {
  auto options = std::make_shared<PackagesOptions>();
  CLI::App* command = talks.add_subcommand(
      "packages", "Say which packages nobody could better for one side without loss for another");
  add_game_with_page(*command, options->game, "packages");
  add_time_limit(*command, options->game);
  command->add_flag("--from-reservation", options->is_from_reservation,
                    "Count gains from the walk-away values, not from zero");
  command->add_option("--proof", options->proof,
                      "Write a proof of the frontier and of what the rules choose into this file");
  command->footer(footer({"talks packages game.json", "talks packages game.json --format json",
                          "talks packages game.json --format html --output packages.html"}));
  return chosen(command, options);
}

Chosen add_verify_proof(CLI::App& talks) {
  auto options = std::make_shared<VerifyProofOptions>();
  CLI::App* command = talks.add_subcommand(
      "verify-proof", "Check, line by line, a proof that packages or blocks wrote with --proof");
  add_game(*command, options->game);
  command->add_option("PROOF", options->proof, "The proof")->required();
  command->footer(footer({"talks verify-proof game.json game.proof"}));
  return chosen(command, options);
}

Chosen add_close(CLI::App& talks) {
  auto options = std::make_shared<CloseOptions>();
  CLI::App* command = talks.add_subcommand(
      "close", "Say how far the sides are from a deal: least concession, fewest demands, share");
  add_game_with_page(*command, options->game, "close");
  add_time_limit(*command, options->game);
  command->footer(
      footer({"talks close game.json", "talks close game.json --format html --output close.html"}));
  return chosen(command, options);
}

Chosen add_blocks(CLI::App& talks) {
  auto options = std::make_shared<BlocksOptions>();
  CLI::App* command = talks.add_subcommand(
      "blocks", "Say which demands, and which issues, cannot stand together, and what would do");
  add_game_with_page(*command, options->game, "blocks");
  add_time_limit(*command, options->game);
  command->add_option("--proof", options->proof,
                      "Write a proof that these are all, and minimal, into this file");
  command->footer(footer({"talks blocks game.json"}));
  return chosen(command, options);
}

Chosen add_next(CLI::App& talks) {
  auto options = std::make_shared<NextOptions>();
  CLI::App* command = talks.add_subcommand(
      "next", "Say the smallest pair of concessions that makes a deal, or betters one for both");
  add_game_with_page(*command, options->game, "next");
  command
      ->add_option("--package", options->on_table,
                   "What is on the table: ISSUE: OPTION, once for each issue")
      ->allow_extra_args(false);
  command->footer(footer({"talks next game.json",
                          "talks next game.json --package \"Monitors: armed\" --package "
                          "\"Withdrawal: 30 days\""}));
  return chosen(command, options);
}

Chosen add_robust(CLI::App& talks) {
  auto options = std::make_shared<RobustOptions>();
  CLI::App* command = talks.add_subcommand(
      "robust", "Say whether a package survives errors in the sides' numbers, and what to ask");
  add_game_with_page(*command, options->game, "robust");
  CLI::Option* package = command
                             ->add_option("--package", options->package,
                                          "The package: ISSUE: OPTION, once for each issue")
                             ->allow_extra_args(false);
  add_rule(*command, options->rule, *package);
  command
      ->add_option("--error", options->error,
                   "How many percent numbers may be off of which a position does not say")
      ->capture_default_str();
  command->footer(footer({"talks robust game.json", "talks robust game.json --error 5"}));
  return chosen(command, options);
}

}  // namespace

std::vector<Chosen> add_talks(CLI::App& app) {
  CLI::App* talks = app.add_subcommand(
      "talks",
      "Help those who mediate: which packages could be agreed, and what stands in the way; seal, "
      "sign and announce");
  talks->require_subcommand(1);
  talks->footer(footer({"talks packages game.json"}));
  std::vector<Chosen> commands = {add_packages(*talks), add_close(*talks),
                                  add_blocks(*talks),   add_next(*talks),
                                  add_robust(*talks),   add_verify_proof(*talks)};
  for (Chosen& command : add_table(*talks)) {
    commands.push_back(std::move(command));
  }
  return commands;
}

}  // namespace truce::cli::internal
