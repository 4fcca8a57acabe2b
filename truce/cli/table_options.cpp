// SPDX-License-Identifier: Apache-2.0
#include "truce/cli/table_options.h"

#include "truce/cli/internal/option_parts.h"

namespace truce::cli::internal {
namespace {

Chosen add_keys(CLI::App& talks) {
  auto options = std::make_shared<KeysOptions>();
  CLI::App* command =
      talks.add_subcommand("keys", "Make a key: NAME.key to keep secret, NAME.pub to give away");
  command->add_option("NAME", options->name, "Whose it is, as the agreement names them")
      ->required();
  command->add_option("--output", options->folder, "Folder for the two files; here if absent");
  command->add_flag("--passphrase", options->has_passphrase,
                    "Ask for a passphrase that the secret key takes from now on");
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"talks keys Opposition", "talks keys \"Russian Federation\""}));
  return chosen(command, options);
}

Chosen add_positions(CLI::App& talks) {
  auto options = std::make_shared<PositionsOptions>();
  CLI::App* command = talks.add_subcommand(
      "positions", "Read positions on the brackets of a draft, and show them as numbers");
  command->add_option("DRAFT", options->draft, "The draft with its brackets")->required();
  command->add_option("POSITION", options->positions, "Positions, one for each side; may be sealed")
      ->required();
  add_position_keys(*command, options->key, options->from);
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"talks positions draft.truce north.position south.position"}));
  return chosen(command, options);
}

Chosen add_text(CLI::App& talks) {
  auto options = std::make_shared<SettleOptions>();
  CLI::App* command = talks.add_subcommand(
      "text", "Write the clean text of a package, one that can be carried out");
  command->add_option("DRAFT", options->draft, "The draft with its brackets")->required();
  CLI::Option* package =
      command
          ->add_option("--package", options->choices,
                       "BRACKET: ALTERNATIVE, once for each bracket, such as \"4.3: none\"")
          ->allow_extra_args(false);
  command
      ->add_option("--position", options->positions,
                   "The position of a side, once for each; may be sealed")
      ->allow_extra_args(false);
  add_position_keys(*command, options->key, options->from);
  add_rule(*command, options->rule, *package);
  command->add_option("--output", options->output, "File to write instead of standard output");
  add_format(*command, options->format, {"text", "json"});
  command->footer(
      footer({"talks text draft.truce --package \"4.3: not later than D\" --package \"1.3: none\"",
              "talks text draft.truce --position north.position --position south.position"}));
  return chosen(command, options);
}

Chosen add_since(CLI::App& talks) {
  auto options = std::make_shared<SinceOptions>();
  CLI::App* command = talks.add_subcommand(
      "since", "Say what moved since the last round: brackets, deadlines, or nothing");
  command->add_option("FOLDER", options->folder, "The folder with rounds.csv and the drafts")
      ->required();
  command->add_option("--as-of", options->as_of,
                      "The day on which deadlines are looked at; that of the last round if absent");
  add_format(*command, options->format, {"text", "json", "html"});
  add_page_output(*command, options->output, "since");
  command->footer(footer({"talks since talks", "talks since talks --as-of 2030-02-07"}));
  return chosen(command, options);
}

Chosen add_order(CLI::App& talks) {
  auto options = std::make_shared<OrderOptions>();
  CLI::App* command = talks.add_subcommand(
      "order",
      "Say who can go first: what follows step by step, what takes an exchange, which circles of "
      "waits there are and what breaks them");
  command
      ->add_option("FILE", options->file,
                   "An agreement (.truce), or a list of commitments, a line each: \"A does x if B "
                   "does y and C does z\"")
      ->required();
  add_format(*command, options->format, {"text", "json", "html"});
  add_page_output(*command, options->output, "order");
  command->footer(footer({"talks order draft.truce", "talks order who-goes-first.commitments"}));
  return chosen(command, options);
}

Chosen add_seal(CLI::App& talks) {
  auto options = std::make_shared<SealOptions>();
  CLI::App* command =
      talks.add_subcommand("seal", "Seal a file so that only the owner of a key can open it");
  command->add_option("FILE", options->file, "What to seal, such as a position")->required();
  command->add_option("--to", options->to, "NAME.pub of the one who may open it")->required();
  command->add_option("--from", options->from,
                      "NAME.key to sign it with, inside: only who opens it sees whose it is");
  command->add_option("--output", options->output, "File to write; FILE.sealed if absent");
  add_format(*command, options->format, {"text", "json"});
  command->footer(
      footer({"talks seal opposition.position --to mediator.pub --from opposition.key"}));
  return chosen(command, options);
}

Chosen add_open(CLI::App& talks) {
  auto options = std::make_shared<OpenOptions>();
  CLI::App* command = talks.add_subcommand("open", "Open a file that was sealed to a key");
  command->add_option("FILE", options->file, "The sealed file")->required();
  command->add_option("--key", options->key, "NAME.key it was sealed to")->required();
  command
      ->add_option("--from", options->from,
                   "NAME.pub of who may have signed it; with one, a file that none of them "
                   "signed is refused; may be given again")
      ->allow_extra_args(false);
  command->add_option("--output", options->output,
                      "File to write, for its owner alone, instead of standard output");
  add_format(*command, options->format, {"text", "json"});
  command->footer(
      footer({"talks open opposition.position.sealed --key mediator.key --from "
              "opposition.pub"}));
  return chosen(command, options);
}

Chosen add_sign(CLI::App& talks) {
  auto options = std::make_shared<SignOptions>();
  CLI::App* command = talks.add_subcommand(
      "sign", "Sign a text for adoption: its canonical layout and its annexes");
  command->add_option("FILE", options->file, "The agreement, without brackets")->required();
  command->add_option("--key", options->key, "NAME.key of who signs")->required();
  command->add_option("--output", options->output,
                      "File to write; the agreement's name and the key's, with .signature");
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"talks sign river-valley.truce --key north.key"}));
  return chosen(command, options);
}

void add_adopted(CLI::App& command, AdoptOptions& options) {
  command.add_option("FILE", options.file, "The agreement")->required();
  command.add_option("--by", options.keys, "NAME.pub of each who must sign; may be given again")
      ->required();
  command.add_option("--signature", options.signatures, "Signatures; may be given again")
      ->required();
  add_format(command, options.format, {"text", "json"});
}

Chosen add_adopt(CLI::App& talks) {
  auto options = std::make_shared<AdoptOptions>();
  CLI::App* command = talks.add_subcommand(
      "adopt", "Say whether a text is adopted: whole, by all who must sign it, or not at all");
  add_adopted(*command, *options);
  command->footer(
      footer({"talks adopt river-valley.truce --by north.pub south.pub --signature "
              "river-valley.north.signature river-valley.south.signature"}));
  return chosen(command, options);
}

Chosen add_announce(CLI::App& talks) {
  auto options = std::make_shared<AnnounceOptions>();
  CLI::App* command = talks.add_subcommand(
      "announce",
      "Lock a joint announcement of an adopted text, to be opened when every side is ready");
  add_adopted(*command, options->adopted);
  command->add_option("--message", options->message,
                      "File with what is announced; the text itself if absent");
  command
      ->add_option("--output", options->folder,
                   "Folder for the locked announcement and a sealed share for each side")
      ->required();
  command->footer(
      footer({"talks announce river-valley.truce --by north.pub south.pub --signature "
              "north.signature south.signature --output announcement"}));
  return chosen(command, options);
}

Chosen add_release(CLI::App& talks) {
  auto options = std::make_shared<ReleaseOptions>();
  CLI::App* command = talks.add_subcommand(
      "release", "Open a joint announcement, once the shares of all sides are there");
  command->add_option("FILE", options->file, "The locked announcement")->required();
  command
      ->add_option("--share", options->shares,
                   "The share of a side, opened by it; may be given again")
      ->required();
  command->add_option("--output", options->output, "File to write instead of standard output");
  add_format(*command, options->format, {"text", "json"});
  command->footer(
      footer({"talks release announcement/announcement.locked --share north.share south.share"}));
  return chosen(command, options);
}

Chosen add_offer(CLI::App& talks) {
  auto options = std::make_shared<OfferOptions>();
  CLI::App* command = talks.add_subcommand(
      "offer", "Ask all who must sign a text to answer it in secret: a share for each");
  command->add_option("FILE", options->file, "The text of the package, without brackets")
      ->required();
  command->add_option("--by", options->keys, "NAME.pub of each who must sign; may be given again")
      ->required();
  command->add_option("--output", options->folder, "Folder for the offer and its shares");
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"talks offer settled.truce --by north.pub south.pub"}));
  return chosen(command, options);
}

Chosen add_answer(CLI::App& talks) {
  auto options = std::make_shared<AnswerOptions>();
  CLI::App* command = talks.add_subcommand(
      "answer", "Answer an offer in secret; whether one accepts shows only if all do");
  command->add_option("FILE", options->file, "The text, as you have read it")->required();
  command->add_option("--offer", options->offer, "The offer of this text")->required();
  command->add_option("--share", options->share, "The share of it that is sealed to you")
      ->required();
  command->add_option("--key", options->key, "Your NAME.key")->required();
  command->add_option("--to", options->to, "NAME.pub of who mediates")->required();
  CLI::Option_group* answer = command->add_option_group("Answer");
  answer->add_flag("--accept", options->is_accepted, "Accept the text");
  answer->add_flag("--refuse", options->is_refused, "Do not accept it");
  answer->require_option(1);
  command->add_option("--output", options->output,
                      "File to write; the text's name and the key's, with .answer");
  add_format(*command, options->format, {"text", "json"});
  command->footer(
      footer({"talks answer settled.truce --offer settled.offer --share settled.offer-1.sealed "
              "--key north.key --to mediator.pub --accept"}));
  return chosen(command, options);
}

Chosen add_answers(CLI::App& talks) {
  auto options = std::make_shared<AnswersOptions>();
  CLI::App* command = talks.add_subcommand(
      "answers", "Say whether all accept an offer, and nothing else of what they answered");
  command->add_option("FILE", options->file, "The text")->required();
  command->add_option("--offer", options->offer, "The offer of this text")->required();
  command->add_option("--key", options->key, "NAME.key of who mediates")->required();
  command->add_option("--by", options->from, "NAME.pub of each who answers; may be given again")
      ->required();
  command->add_option("--answer", options->answers, "The answers; may be given again")->required();
  add_format(*command, options->format, {"text", "json"});
  command->footer(
      footer({"talks answers settled.truce --offer settled.offer --key mediator.key --by north.pub "
              "south.pub --answer settled.north.answer settled.south.answer"}));
  return chosen(command, options);
}

}  // namespace

void add_position_keys(CLI::App& command, std::string& key, std::vector<std::string>& from) {
  command.add_option("--key", key, "NAME.key that sealed positions are opened with");
  command
      .add_option("--from", from,
                  "NAME.pub of a side; with any, each position must be sealed and signed by the "
                  "side it speaks for; may be given again")
      ->allow_extra_args(false);
}

void add_rule(CLI::App& command, std::string& rule, CLI::Option& package) {
  command
      .add_option("--rule", rule,
                  "What is chosen from the packages that all accept, where --package does not say")
      ->check(CLI::IsMember({"nash", "kalai-smorodinsky", "egalitarian", "utilitarian"}))
      ->capture_default_str()
      ->excludes(&package);
}

std::vector<Chosen> add_table(CLI::App& talks) {
  return {add_positions(talks), add_text(talks),     add_since(talks),   add_order(talks),
          add_keys(talks),      add_seal(talks),     add_open(talks),    add_sign(talks),
          add_adopt(talks),     add_announce(talks), add_release(talks), add_offer(talks),
          add_answer(talks),    add_answers(talks)};
}

}  // namespace truce::cli::internal
