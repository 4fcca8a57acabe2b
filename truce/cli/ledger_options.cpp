// SPDX-License-Identifier: Apache-2.0
#include "truce/cli/internal/option_parts.h"

namespace truce::cli::internal {
namespace {

void add_directory(CLI::App& command, std::string& directory) {
  command.add_option("DIR", directory, "The folder of the ledger")->required();
}

void add_witnesses(CLI::App& command, std::vector<std::string>& witnesses) {
  command
      .add_option("--witness", witnesses,
                  "The public key of a witness, .pub or .vkey, that must have signed; may be given "
                  "again")
      ->allow_extra_args(false);
}

Chosen add_init(CLI::App& ledger) {
  auto options = std::make_shared<LedgerInitOptions>();
  CLI::App* command = ledger.add_subcommand(
      "init", "Make an empty ledger, and its key beside it: DIR.key to keep, DIR.vkey to publish");
  add_directory(*command, options->directory);
  command->add_option("--origin", options->origin,
                      "The name it signs with, such as mission.example/ledger; the name of the "
                      "folder if absent");
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"ledger init record --origin mission.example/record"}));
  return chosen(command, options);
}

Chosen add_append(CLI::App& ledger) {
  auto options = std::make_shared<LedgerAppendOptions>();
  CLI::App* command = ledger.add_subcommand(
      "append", "Append files, and print index and hash of each once it is on the disk");
  add_directory(*command, options->directory);
  command->add_option("FILE", options->files, "What to append; - is standard input")->required();
  command->add_flag("--batch", options->is_batch,
                    "Each line is an entry, appended as it comes; empty lines are passed over");
  CLI::Option* kind =
      command->add_option("--kind", options->kind,
                          "Say in the entry what it is: agreement, position, account, incident, "
                          "finding, verdicts, signature, refusal, announcement, notice, receipt, "
                          "reading, note; otherwise the bytes alone are the entry");
  command->add_option("--at", options->at, "With --kind: its time, now if absent")->needs(kind);
  command
      ->add_option("--corrects", options->corrects,
                   "With --kind: the index of an earlier entry that this one corrects")
      ->needs(kind);
  command
      ->add_flag("--digest", options->is_digest,
                 "With --kind: record hash and length, and keep the file elsewhere")
      ->needs(kind);
  command->add_option("--key", options->key,
                      "The secret key; otherwise the one beside the folder that signed it");
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"ledger append record agreement.truce --kind agreement",
                          "ledger append record incident.json --kind incident --corrects 12",
                          "ledger append record --batch - < incidents.ndjson"}));
  return chosen(command, options);
}

Chosen add_show(CLI::App& ledger) {
  auto options = std::make_shared<LedgerShowOptions>();
  CLI::App* command =
      ledger.add_subcommand("show", "Write the bytes of an entry, or what it says as JSON");
  add_directory(*command, options->directory);
  command->add_option("INDEX", options->index, "Which one, from 0")->required();
  command->add_option("--output", options->output, "Write the bytes into this file");
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"ledger show record 12", "ledger show record 12 --format json"}));
  return chosen(command, options);
}

Chosen add_find(CLI::App& ledger) {
  auto options = std::make_shared<LedgerFindOptions>();
  CLI::App* command = ledger.add_subcommand(
      "find", "List entries by kind, time or what they correct, without reading all of them");
  add_directory(*command, options->directory);
  command->add_option("--kind", options->kind, "Of this kind, such as incident");
  command->add_option("--since", options->since, "At this time or later");
  command->add_option("--until", options->until, "Earlier than this time");
  command->add_option("--corrects", options->corrects,
                      "Those that correct the entry of this index");
  command->add_option("--from", options->from, "From this index on")->capture_default_str();
  command->add_option("--limit", options->limit, "At most so many; 0: all")->capture_default_str();
  command->add_option("--index", options->index,
                      "The index, made or brought up to date first; DIR.index if absent");
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"ledger find record --kind finding --since 2016-09-12",
                          "ledger find record --corrects 12"}));
  return chosen(command, options);
}

Chosen add_index(CLI::App& ledger) {
  auto options = std::make_shared<LedgerIndexOptions>();
  CLI::App* command =
      ledger.add_subcommand("index", "Make the index of a ledger anew, from its files alone");
  add_directory(*command, options->directory);
  command->add_option("--index", options->index, "Its file; DIR.index if absent");
  command->footer(footer({"ledger index record"}));
  return chosen(command, options);
}

Chosen add_prove(CLI::App& ledger) {
  auto options = std::make_shared<LedgerProveOptions>();
  CLI::App* command = ledger.add_subcommand(
      "prove", "Write a proof that an entry is in the ledger, which is checked without it");
  add_directory(*command, options->directory);
  command->add_option("INDEX", options->index, "Which entry, from 0")->required();
  command->add_option("--output", options->output, "Write it into this file");
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"ledger prove record 12 --output 12.tlog-proof"}));
  return chosen(command, options);
}

Chosen add_check_proof(CLI::App& ledger) {
  auto options = std::make_shared<LedgerCheckProofOptions>();
  CLI::App* command = ledger.add_subcommand(
      "check-proof", "Say whether a proof shows that these very bytes are in the ledger");
  command->add_option("PROOF", options->proof, "The proof")->required();
  command->add_option("FILE", options->file, "The bytes of the entry; - is standard input")
      ->required();
  command->add_option("--key", options->key, "The public key of the ledger, .vkey")->required();
  add_witnesses(*command, options->witnesses);
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"ledger check-proof 12.tlog-proof incident.json --key record.vkey"}));
  return chosen(command, options);
}

Chosen add_verify(CLI::App& ledger) {
  auto options = std::make_shared<LedgerVerifyOptions>();
  CLI::App* command = ledger.add_subcommand(
      "verify", "Read every entry and every hash, and say whether anything was changed");
  add_directory(*command, options->directory);
  command
      ->add_option("--known", options->known,
                   "A checkpoint that somebody kept, from which the ledger must go on; may be "
                   "given again")
      ->allow_extra_args(false);
  command->add_option("--key", options->key,
                      "The public key of the ledger; otherwise DIR.vkey beside it");
  add_witnesses(*command, options->witnesses);
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"ledger verify record --known checkpoint.monday"}));
  return chosen(command, options);
}

Chosen add_request(CLI::App& ledger) {
  auto options = std::make_shared<LedgerRequestOptions>();
  CLI::App* command = ledger.add_subcommand(
      "request", "Write what a witness is asked to sign, for one who has not the ledger");
  add_directory(*command, options->directory);
  command
      ->add_option("--seen", options->seen,
                   "How many entries the witness saw last; 0 where they saw none")
      ->required();
  command->add_option("--output", options->output, "Write it into this file");
  command->footer(footer({"ledger request record --seen 40 --output north.request"}));
  return chosen(command, options);
}

Chosen add_witness(CLI::App& ledger) {
  auto options = std::make_shared<LedgerWitnessOptions>();
  CLI::App* command = ledger.add_subcommand(
      "witness",
      "Sign a checkpoint that goes on from the last one signed, or say why not; with --listen, "
      "each that is sent");
  CLI::Option* const from = command->add_option(
      "FROM", options->from, "The folder of the ledger, or a request; - reads one");
  command->add_option("--key", options->key, "The secret key of the witness, NAME.key")->required();
  command
      ->add_option("--state", options->state,
                   "The file with what they signed last, which is written anew")
      ->required();
  command->add_flag("--first", options->is_first,
                    "They have signed nothing yet, and the file is not there");
  command->add_option("--of", options->ledger,
                      "The public key of the ledger; otherwise the one beside its folder");
  CLI::Option* const output =
      command->add_option("--output", options->output, "Write the signature into this file");
  CLI::Option* const listen =
      command->add_option("--listen", options->listen,
                          "Instead of FROM: ADDRESS:PORT on which ledgers ask over HTTP, until "
                          "interrupted; port 0: any that is free; needs --of");
  listen->excludes(from)->excludes(output);
  CLI::Option* const certificate =
      command->add_option("--tls-certificate", options->tls_certificate,
                          "With --listen: chain of certificates in PEM, the witness's first");
  CLI::Option* const key =
      command->add_option("--tls-key", options->tls_key, "The key of that certificate, in PEM");
  certificate->needs(key)->needs(listen);
  key->needs(certificate);
  add_format(*command, options->format, {"text", "json"});
  command->footer(
      footer({"ledger witness --listen 127.0.0.1:8081 --of record.vkey --key north.key "
              "--state north.state --first",
              "ledger witness record --key north.key --state north.state --first",
              "ledger witness north.request --of record.vkey --key north.key --state "
              "north.state --output north.cosignature"}));
  return chosen(command, options);
}

Chosen add_cosign(CLI::App& ledger) {
  auto options = std::make_shared<LedgerCosignOptions>();
  CLI::App* command = ledger.add_subcommand(
      "cosign", "Put the signatures of witnesses below the checkpoint that stands");
  add_directory(*command, options->directory);
  command->add_option("FILE", options->files, "Their signatures")->required();
  command
      ->add_option("--witness", options->witnesses,
                   "The public key of a witness, .pub or .vkey; may be given again")
      ->allow_extra_args(false)
      ->required();
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"ledger cosign record north.cosignature --witness north.pub"}));
  return chosen(command, options);
}

Chosen add_publish(CLI::App& ledger) {
  auto options = std::make_shared<LedgerPublishOptions>();
  CLI::App* command = ledger.add_subcommand(
      "publish",
      "Ask every witness over HTTP to sign the checkpoint; a refusal, or that no answer came in "
      "time, is put on record");
  add_directory(*command, options->directory);
  command
      ->add_option("--witnesses", options->witnesses,
                   "A file with a line `witness NAME KEY URL` for each, which `ledger witness "
                   "--listen` prints")
      ->required();
  command->add_option("--time-limit", options->seconds, "How many seconds each witness has")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 3600.0));
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"ledger publish record --witnesses witnesses.txt"}));
  return chosen(command, options);
}

Chosen add_backup(CLI::App& ledger) {
  auto options = std::make_shared<LedgerBackupOptions>();
  CLI::App* command = ledger.add_subcommand(
      "backup", "Copy a ledger as it stands, also while it is written; what is there stays");
  add_directory(*command, options->directory);
  command->add_option("TO", options->to, "A new folder, or an earlier backup of it")->required();
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"ledger backup record backup/record"}));
  return chosen(command, options);
}

Chosen add_restore(CLI::App& ledger) {
  auto options = std::make_shared<LedgerRestoreOptions>();
  CLI::App* command = ledger.add_subcommand(
      "restore", "Verify a backup and put it in place; never in place of more entries or others");
  command->add_option("BACKUP", options->backup, "The backup")->required();
  command->add_option("DIR", options->directory, "A new folder, or one with fewer entries of it")
      ->required();
  command
      ->add_option("--known", options->known,
                   "A checkpoint that somebody kept, from which it must go on; may be given again")
      ->allow_extra_args(false);
  command->add_option("--key", options->key,
                      "The public key of the ledger; otherwise BACKUP.vkey beside it");
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"ledger restore backup/record record --key record.vkey"}));
  return chosen(command, options);
}

}  // namespace

std::vector<Chosen> add_ledger(CLI::App& app) {
  CLI::App* ledger = app.add_subcommand(
      "ledger",
      "Keep a record that nobody can rewrite unseen: append, prove, verify, have it witnessed");
  ledger->require_subcommand(1);
  ledger->footer(footer({"ledger init record", "ledger append record agreement.truce"}));
  return {add_init(*ledger),        add_append(*ledger), add_show(*ledger),
          add_find(*ledger),        add_index(*ledger),  add_prove(*ledger),
          add_check_proof(*ledger), add_verify(*ledger), add_request(*ledger),
          add_witness(*ledger),     add_cosign(*ledger), add_publish(*ledger),
          add_backup(*ledger),      add_restore(*ledger)};
}

}  // namespace truce::cli::internal
