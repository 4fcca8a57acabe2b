// SPDX-License-Identifier: Apache-2.0
#include "truce/cli/options.h"

#include <algorithm>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "truce/base/nearest_word.h"
#include "truce/cli/internal/option_parts.h"
#include "truce/cli/internal/version.h"

namespace truce::cli {

namespace internal {

std::string footer(std::initializer_list<std::string_view> examples) {
  return fmt::format(
      "Examples:\n  truce {}\nExit status: 0 fine, 1 the answer is bad news, 2 could not be done.",
      fmt::join(examples, "\n  truce "));
}

void add_format(CLI::App& command, std::string& format, const std::vector<std::string>& formats) {
  command.add_option("--format", format, "How to print the result")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
}

void add_page_output(CLI::App& command, std::string& output, const std::string& page) {
  command.add_option("--output", output,
                     "File to write, for its owner alone, instead of standard output; with html, "
                     "or a folder for " +
                         page + ".html");
}

}  // namespace internal

namespace {

using internal::add_format;
using internal::chosen;
using internal::Chosen;
using internal::footer;
using internal::kVersion;

constexpr const char* kAbout =
    "Truce turns a cease-fire into something that can be run: numbered sentences that lawyers "
    "read and a computer checks, and what each reported incident means under them, account by "
    "account.";

void add_settings(CLI::App& command, std::vector<std::string>& settings) {
  command
      .add_option("--set", settings,
                  "NAME=VALUE for a parameter of the agreement: a number, or a file of places")
      ->allow_extra_args(false);
}

// Each adds its sub-command and returns what to read off when it was chosen.
Chosen add_check(CLI::App& app) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = app.add_subcommand(
      "check", "Read agreements and report what is wrong or undefined in their text");
  command->add_option("FILE", options->files, "Agreements (.truce); companions are read with them")
      ->required();
  add_format(*command, options->format, {"text", "lines", "json"});
  command->footer(footer({"check river-valley.truce", "check river-valley.truce --format json"}));
  return chosen(command, options);
}

Chosen add_analyse(CLI::App& app) {
  auto options = std::make_shared<AnalyseOptions>();
  CLI::App* command = app.add_subcommand(
      "analyse", "Find the holes of a draft before it is signed: what, why, and how to mend them");
  command->add_option("FILE", options->file, "The draft; its companion is read with it")
      ->required();
  command
      ->add_option("--only", options->only,
                   "Only these findings, such as TR-D01; may be given again")
      ->delimiter(',');
  command->add_flag("--strict", options->is_strict, "End with 1 also where text is still disputed");
  command
      ->add_option("--fix", options->fix,
                   "Write the first repair of the finding with this number into the draft")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--dump-smtlib", options->questions,
                   "Write each question that was put to the solver into this folder, as SMT-LIB 2")
      ->type_name("DIR");
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"analyse river-valley.truce", "analyse river-valley.truce --fix 1"}));
  return chosen(command, options);
}

Chosen add_compare(CLI::App& app) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App* command = app.add_subcommand(
      "compare", "Say which conduct two drafts judge differently, with an example each");
  command->add_option("OLD", options->before, "The draft as it was")->required();
  command->add_option("NEW", options->after, "The draft as it is now")->required();
  command->add_option("--fail-on", options->fail_on, "change: end with 1 unless nothing changed")
      ->check(CLI::IsMember({"change"}));
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"compare draft-3.truce draft-4.truce"}));
  return chosen(command, options);
}

Chosen add_fmt(CLI::App& app) {
  auto options = std::make_shared<FormatOptions>();
  CLI::App* command =
      app.add_subcommand("fmt", "Lay texts out in the one canonical way; comments are kept");
  command->add_option("FILE", options->files, "Texts to rewrite in place; - reads standard input")
      ->required();
  command->add_flag("--check", options->is_check_only,
                    "Write nothing; end with 1 when a text is not laid out so");
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"fmt river-valley.truce", "fmt --check river-valley.truce"}));
  return chosen(command, options);
}

Chosen add_explain(CLI::App& app) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command =
      app.add_subcommand("explain", "Say what a code such as T0204 means, or how a text is judged");
  CLI::Option* code = command->add_option("CODE", options->code, "The code, as a message gives it");
  CLI::Option* list = command->add_flag("--list", options->is_list, "List every code");
  list->excludes(code);
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"explain T0204", "explain --list", "explain plan river-valley.truce"}));
  return chosen(command, options);
}

// Below `explain`, which must have been added.
Chosen add_plan(CLI::App& app) {
  auto options = std::make_shared<PlanOptions>();
  CLI::App* command = app.get_subcommand("explain")->add_subcommand(
      "plan", "Say how an agreement is judged: what each clause costs and remembers");
  command->add_option("FILE", options->file, "The agreement; its companion is read with it")
      ->required();
  add_settings(*command, options->settings);
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"explain plan river-valley.truce"}));
  return chosen(command, options);
}

Chosen add_new(CLI::App& app) {
  auto options = std::make_shared<NewOptions>();
  CLI::App* command = app.add_subcommand(
      "new", "Write a first draft with every part a sound cease-fire has, and its companion");
  command->add_option("NAME", options->name, "Name of the file; .truce is added")->required();
  command->add_option("--title", options->title,
                      "Title of the agreement; made from NAME if absent");
  add_format(*command, options->format, {"text", "json"});
  command->footer(
      footer({"new river-valley", "new river-valley --title \"River Valley cease-fire\""}));
  return chosen(command, options);
}

Chosen add_test(CLI::App& app) {
  auto options = std::make_shared<TestOptions>();
  CLI::App* command = app.add_subcommand("test", "Play the scenarios written in the file");
  command->add_option("FILE", options->file, "The agreement; its companion is read with it")
      ->required();
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"test river-valley.truce"}));
  return chosen(command, options);
}

constexpr const char* kFormats =
    "PATH or PATH=FORMAT (truce, ucdp, acled, geojson, kml, video, mapped)";

void add_incident_inputs(CLI::App& command, IncidentInputOptions& options) {
  command.add_option("--actors", options.actors,
                     "Names that change and groups that join; actors.csv beside the agreement");
  command.add_option(
      "--mapping", options.mapping,
      "From a dataset's codes to the agreement's words; FORMAT.mapping.csv beside it");
  command
      .add_option("--encoding", options.encoding, "Of the incident files: utf-8 or windows-1252")
      ->capture_default_str();
  command.add_flag("--strict", options.is_strict,
                   "Stop at the first bad row instead of skipping it");
  command.add_flag("--cluster", options.is_clustered,
                   "Join videos that are near in place and time as one incident");
  command.add_option("--within", options.within,
                     "With --cluster: metres between two videos, 1000 if absent");
  command.add_option("--gap", options.gap,
                     "With --cluster: time between two videos, 12h if absent; 90min, 2d");
  command.add_option("--joins", options.joins,
                     "A file row,incident that says which video belongs to which incident");
}

void add_monitor_inputs(CLI::App& command, MonitorOptions& options) {
  command.add_option("FILE", options.agreement, "The agreement")->required();
  command
      .add_option("--incidents", options.incidents,
                  fmt::format("{}: what was reported; may be given again", kFormats))
      ->required();
  add_incident_inputs(command, options.inputs);
  command.add_option(
      "--coverage", options.coverage,
      "When and where each observer could see: there, silence means nothing happened");
  command
      .add_option("--presence", options.presence,
                  "Who was observed where, to judge the clauses that keep apart; may be given "
                  "again")
      ->allow_extra_args(false);
  command.add_flag("--presence-from-incidents", options.with_reported_presence,
                   "Take presence also from who was reported where by the incident files");
  command
      .add_option("--presence-lifetime", options.presence_lifetime,
                  "With --presence: how long an observation says where something is")
      ->capture_default_str();
  command.add_option("--apart-for", options.apart_for,
                     "With --presence: how long they are to be apart without interruption, such as "
                     "7d; says how far the count has come");
}

Chosen add_incidents(CLI::App& app) {
  auto options = std::make_shared<IncidentsOptions>();
  CLI::App* command = app.add_subcommand(
      "incidents", "Say what incident files hold, and write them in another form");
  command->add_option("FILE", options->files, kFormats)->required();
  command->add_option(
      "--agreement", options->agreement,
      "Whose clock, names and files beside it are used; otherwise dates are in UTC");
  add_incident_inputs(*command, options->inputs);
  command
      ->add_option("--to", options->to,
                   "Write the rows: truce, geojson, kml, csv (flat, for spreadsheets), joins")
      ->check(CLI::IsMember({"truce", "geojson", "kml", "csv", "joins"}));
  command->add_option("--output", options->output,
                      "Where to write them; otherwise to standard output, the summary to standard "
                      "error");
  add_format(*command, options->format, {"text", "json"});
  command->footer(footer({"incidents incidents.csv --agreement river-valley.truce",
                          "incidents acled.csv deleted.csv --to geojson --output incidents.geojson",
                          "incidents videos.csv=video --cluster --to joins --output joins.csv"}));
  return chosen(command, options);
}

void add_follow(CLI::App& command, MonitorOptions& options) {
  command.add_flag("--follow", options.is_followed,
                   "Read on as rows are added to the table, and print a line for each verdict that "
                   "comes or changes; ends with the stream, or on SIGINT or SIGTERM");
  command.add_option("--checkpoint", options.checkpoint,
                     "With --follow: where the state is saved, and from where it goes on");
  command
      .add_option("--checkpoint-rows", options.checkpoint_rows,
                  "With --checkpoint: save it at the latest after so many rows, 1000 if absent")
      ->check(CLI::PositiveNumber);
  command
      .add_option("--clock", options.clock,
                  "With --follow: what moves the present: record, the rows alone, or now, the "
                  "clock on the wall too; record if absent")
      ->check(CLI::IsMember({"record", "now"}));
}

Chosen add_monitor(CLI::App& app) {
  auto options = std::make_shared<MonitorOptions>();
  CLI::App* command = app.add_subcommand(
      "monitor",
      "Replay reported incidents on an agreement: what was broken, who says so, and why");
  add_monitor_inputs(*command, *options);
  command->add_option("--as-known-at", options->as_known_at,
                      "Use only what was reported by then: 2016-09-19 or 2016-09-19T18:00+03:00");
  command->add_option("--according-to", options->according_to, "Use only what this source says");
  command->add_option("--for", options->audience,
                      "Show the confidential annexes for this actor; otherwise none is shown");
  command->add_option(
      "--reading", options->reading,
      "The party in whose text disputed words are read; otherwise each is compared");
  add_settings(*command, options->settings);
  command->add_option("--beside", options->beside,
                      "A second agreement: what each incident is under both, in text, json or csv");
  add_format(*command, options->format, {"text", "json", "html", "geojson", "csv", "ids"});
  command->add_option(
      "--output", options->output,
      "Folder for report.html, verdicts.json, verdicts.csv and incidents.geojson; with "
      "--beside, for beside.json and beside.csv");
  command->add_option("--fail-on", options->fail_on, "End with 1 when a clause is broken")
      ->check(CLI::IsMember({"breach"}));
  command->add_option("--record", options->ledger,
                      "A ledger: append what the replay came to, with the hashes of what it was "
                      "made from");
  add_follow(*command, *options);
  command->footer(
      footer({"monitor river-valley.truce --incidents incidents.csv --output out",
              "monitor river-valley.truce --incidents incidents.csv --follow --checkpoint "
              "river-valley.checkpoint",
              "monitor river-valley.truce --incidents ucdp.csv=ucdp --as-known-at 2030-02-07",
              "monitor second.truce --beside first.truce --incidents incidents.csv"}));
  return chosen(command, options);
}

Chosen add_daily(CLI::App& app) {
  auto options = std::make_shared<DailyOptions>();
  CLI::App* command = app.add_subcommand(
      "daily", "Write the daily report as PDF: 24 hours beside the day before, every account");
  add_monitor_inputs(*command, options->record);
  command
      ->add_option("--day", options->day,
                   "The day on the agreement's clock, 2016-09-17, or the cut-off time that ends "
                   "the 24 hours, 2016-09-17T18:00+03:00; what was reported later is left out")
      ->required();
  command->add_option("--language", options->language, "ar, en, fr or ru")->capture_default_str();
  command->add_option("--names", options->names,
                      "How names read in other languages: a table with the columns name and codes "
                      "of languages; names.csv beside the agreement if absent");
  command->add_option("--corrects", options->corrects,
                      "The SHA-256 of an earlier report of the day, beside which this one stands");
  command->add_option("--for", options->record.audience,
                      "Show the confidential annexes for this actor; otherwise none is shown");
  command->add_option(
      "--reading", options->record.reading,
      "The party in whose text disputed words are read; otherwise each is compared");
  add_settings(*command, options->record.settings);
  command->add_option("--output", options->output, "The PDF to write")->required();
  command->footer(
      footer({"daily river-valley.truce --incidents incidents.csv --day 2030-02-07 "
              "--output 2030-02-07.pdf",
              "daily river-valley.truce --incidents incidents.csv --day "
              "2030-02-07T18:00Z --language ar --output 2030-02-07.ar.pdf"}));
  return chosen(command, options);
}

Chosen add_render(CLI::App& app) {
  auto options = std::make_shared<RenderOptions>();
  CLI::App* command =
      app.add_subcommand("render", "Write the treaty document: whole sentences, for signature");
  command->add_option("FILE", options->file, "The agreement")->required();
  command->add_option("--to", options->to, "What to write")
      ->check(CLI::IsMember({"html", "text"}))
      ->capture_default_str();
  command->add_option("--language", options->language,
                      "Code of a language, such as fr; en if absent. Terms are read from "
                      "NAME.LANGUAGE.lexicon beside the agreement");
  command->add_option("--beside-language", options->beside_language,
                      "A second language, side by side with the first");
  command->add_option("--for", options->audience,
                      "Print the confidential annexes for this actor too");
  command->add_option("--output", options->output, "File to write instead of standard output");
  command->footer(footer(
      {"render river-valley.truce",
       "render river-valley.truce --to html --beside-language fr --output river-valley.html"}));
  return chosen(command, options);
}

Chosen add_serve(CLI::App& app) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* command = app.add_subcommand(
      "serve", "Serve the workspace over HTTP; without TLS on this machine alone");
  command->add_option("--data", options->data, "Folder of the workspace; made if it is not there")
      ->required();
  command->add_option("--port", options->port, "Port; 0: any that is free")->capture_default_str();
  command
      ->add_option("--listen", options->address,
                   "Address of this machine, such as 0.0.0.0; anything but the loopback needs TLS")
      ->capture_default_str();
  command->add_option("--demonstration", options->demonstration,
                      "Where there is no workspace yet, begin with the truce in this folder and "
                      "somebody of each role, whose passwords are shown once");
  CLI::Option* const certificate = command->add_option(
      "--tls-certificate", options->tls_certificate,
      "Chain of certificates in PEM, the server's first; it answers to the names in that one");
  CLI::Option* const key =
      command->add_option("--tls-key", options->tls_key, "The key of that certificate, in PEM");
  certificate->needs(key);
  key->needs(certificate);
  CLI::Option* const witnesses = command->add_option(
      "--witnesses", options->witnesses,
      "A file with a line `witness NAME KEY URL` for each: findings, "
      "announcements and reports are published once each of them has signed the "
      "ledger or has not, which is put on record");
  command
      ->add_option("--witness-time", options->witness_seconds, "How many seconds each witness has")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 600.0))
      ->needs(witnesses);
  command->footer(footer({"serve --data workspace --port 8080",
                          "serve --data workspace --demonstration examples/syria-2016-09"}));
  return chosen(command, options);
}

// Where the first word is no command: what was most likely meant.
std::optional<Answer> unknown_command(const CLI::App& app, int count, const char* const* words) {
  if (count < 2 || words[1][0] == '-') {
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  if (std::find(names.begin(), names.end(), words[1]) != names.end()) {
    return std::nullopt;
  }
  const auto nearest = base::nearest_word(words[1], names);
  return Answer{
      .to_output = {},
      .to_errors = fmt::format("truce: there is no command {}; {}\n", words[1],
                               nearest ? fmt::format("did you mean {}? See truce --help", *nearest)
                                       : std::string("see truce --help")),
      .status = 2};
}

// An option that is given and says nothing, as an empty variable of a shell makes it: it would be
// read as one that is not given.
std::optional<Answer> empty_option(const CLI::App& app, const std::string& name_of_app) {
  for (const CLI::App* command : app.get_subcommands()) {
    const std::string command_name = fmt::format("{} {}", name_of_app, command->get_name());
    for (const CLI::Option* option : command->get_options()) {
      const auto& values = option->results();
      if (std::find(values.begin(), values.end(), "") != values.end()) {
        const std::string name = option->get_name();
        const bool is_positional = option->get_positional();
        return Answer{.to_output = {},
                      .to_errors = fmt::format("{}: {} is empty; name {}{}\n", command_name, name,
                                               is_positional ? "it" : "what is meant",
                                               is_positional ? "" : " or leave the option out"),
                      .status = 2};
      }
    }
    if (auto answer = empty_option(*command, command_name)) {
      return answer;
    }
  }
  return std::nullopt;
}

// `truce`, or the command that was chosen, with the one below it.
std::string name_of_chosen(const CLI::App& app) {
  std::string name = app.get_name();
  for (const CLI::App* command : app.get_subcommands()) {
    name = fmt::format("{} {}", name, name_of_chosen(*command));
  }
  return name;
}

}  // namespace

std::variant<Command, Answer> parse_options(int count, const char* const* words) {
  CLI::App app(kAbout, "truce");
  app.set_version_flag("--version", kVersion);
  app.footer(footer({"new river-valley", "check river-valley.truce", "analyse river-valley.truce",
                     "test river-valley.truce",
                     "render river-valley.truce --to html --output river-valley.html",
                     "incidents incidents.csv --agreement river-valley.truce",
                     "monitor river-valley.truce --incidents incidents.csv --output out"}));
  app.require_subcommand(1);
  std::vector<Chosen> commands = {add_check(app),  add_analyse(app),   add_compare(app),
                                  add_fmt(app),    add_explain(app),   add_new(app),
                                  add_test(app),   add_monitor(app),   add_daily(app),
                                  add_render(app), add_incidents(app), internal::add_separate(app),
                                  add_serve(app)};
  // Before the command that it stands below, which was chosen with it.
  commands.insert(commands.begin(), add_plan(app));
  for (auto* const add_group : {internal::add_talks, internal::add_ledger}) {
    for (Chosen& command : add_group(app)) {
      commands.push_back(std::move(command));
    }
  }
  try {
    app.parse(count, words);
  } catch (const CLI::CallForHelp&) {
    // Of the command that was chosen, if one was.
    return Answer{.to_output = app.help(), .to_errors = {}, .status = 0};
  } catch (const CLI::CallForVersion&) {
    return Answer{.to_output = fmt::format("{}\n", kVersion), .to_errors = {}, .status = 0};
  } catch (const CLI::ParseError& error) {
    if (const auto answer = unknown_command(app, count, words)) {
      return *answer;
    }
    const std::string name = name_of_chosen(app);
    return Answer{.to_output = {},
                  .to_errors = fmt::format("{}: {}; see {} --help\n", name, error.what(), name),
                  .status = 2};
  }
  if (const auto answer = empty_option(app, app.get_name())) {
    return *answer;
  }
  for (const Chosen& command : commands) {
    if (auto options = command()) {
      return *options;
    }
  }
  return Answer{.to_output = app.help(), .to_errors = {}, .status = 2};
}

}  // namespace truce::cli
