// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "truce/cli/ledger_options.h"
#include "truce/cli/table_options.h"

namespace truce::cli {

struct CheckOptions {
  std::vector<std::string> files;
  std::string format = "text";
};

struct AnalyseOptions {
  std::string file;
  std::vector<std::string> only;
  bool is_strict = false;
  // The finding whose first repair is written; 0 for none.
  std::size_t fix = 0;
  // Where the questions to the solver go; empty: nowhere.
  std::string questions;
  std::string format = "text";
};

struct CompareOptions {
  std::string before;
  std::string after;
  // `change` or empty.
  std::string fail_on;
  std::string format = "text";
};

struct FormatOptions {
  std::vector<std::string> files;
  bool is_check_only = false;
  std::string format = "text";
};

struct ExplainOptions {
  std::string code;
  bool is_list = false;
  std::string format = "text";
};

struct PlanOptions {
  std::string file;
  std::vector<std::string> settings;
  std::string format = "text";
};

struct NewOptions {
  std::string name;
  std::string title;
  std::string format = "text";
};

struct TestOptions {
  std::string file;
  std::string format = "text";
};

/// How incident files are read, for the commands that read them.
struct IncidentInputOptions {
  std::string actors;
  std::string mapping;
  std::string encoding = "utf-8";
  bool is_strict = false;
  // Videos are joined as incidents; as written.
  bool is_clustered = false;
  std::string within;
  std::string gap;
  std::string joins;
};

struct IncidentsOptions {
  std::vector<std::string> files;
  std::string agreement;
  IncidentInputOptions inputs;
  std::string to;
  std::string output;
  std::string format = "text";
};

struct MonitorOptions {
  std::string agreement;
  std::vector<std::string> incidents;
  IncidentInputOptions inputs;
  std::string coverage;
  std::vector<std::string> presence;
  std::string presence_lifetime = "24h";
  bool with_reported_presence = false;
  std::string apart_for;
  std::string as_known_at;
  std::string according_to;
  std::string reading;
  std::string audience;
  // A second text to replay on the same incidents; empty: none.
  std::string beside;
  std::vector<std::string> settings;
  std::string format = "text";
  std::string output;
  std::string fail_on;
  // The ledger that the replay is recorded in; empty: none.
  std::string ledger;
  // Read on, and tell what changes.
  bool is_followed = false;
  std::string checkpoint;
  // 0 where nothing is asked for.
  std::uint64_t checkpoint_rows = 0;
  // `record` or `now`; empty: record.
  std::string clock;
};

/// Of the record: what `monitor` takes of it, nothing of what it shows.
struct DailyOptions {
  MonitorOptions record;
  std::string day;
  std::string language = "en";
  std::string names;
  std::string corrects;
  std::string output;
};

struct RenderOptions {
  std::string file;
  std::string to = "text";
  std::string language;
  std::string beside_language;
  std::string audience;
  std::string output;
};

struct SeparateOptions {
  std::string agreement;
  std::vector<std::string> presence;
  // Incident files, for who was reported where.
  std::vector<std::string> incidents;
  std::string first;
  // The other side, and any further ones.
  std::vector<std::string> others;
  double distance_m = 1000;
  std::vector<std::string> terrain;
  // 0 where nothing is asked for.
  double cell_m = 0;
  double hold_m = 0;
  double belt_m = 0;
  std::vector<std::string> pinned;
  std::string prior;
  double prior_cost = 0.5;
  std::string settlements;
  // Of corridors for relief.
  std::vector<std::string> roads;
  std::string from;
  std::string to;
  std::size_t corridors = 3;
  std::string reading;
  // What is tried.
  std::vector<std::string> moved;
  std::vector<std::string> dropped;
  std::vector<std::string> added;
  std::string at;
  std::string half_life = "7d";
  // Empty: no windows.
  std::string window;
  std::string actors;
  bool is_strict = false;
  std::string format = "text";
  // A file; empty: standard output.
  std::string output;
};

struct ServeOptions {
  std::string data;
  // The folder of a truce to begin with where there is no workspace yet; empty: none.
  std::string demonstration;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string tls_certificate;
  std::string tls_key;
  // A file with the witnesses that publish what is published; empty: none.
  std::string witnesses;
  double witness_seconds = 10;
};

/// What every question about what could be agreed takes.
struct GameOptions {
  std::string file;
  // Of a domain in XML.
  std::vector<std::string> profiles;
  std::string dialect = "genius";
  // Of issues of real numbers in XML; 0: they are refused.
  std::size_t steps = 0;
  // Of a draft.
  std::vector<std::string> positions;
  std::string key;
  std::vector<std::string> from;
  std::string format = "text";
  // Seconds, for questions that may take long.
  std::optional<double> time_limit;
  // A file, or with html a folder for the page; empty: standard output.
  std::string output;
};

struct CloseOptions {
  GameOptions game;
};

struct BlocksOptions {
  GameOptions game;
  // Where a proof goes; empty: nowhere.
  std::string proof;
};

struct NextOptions {
  GameOptions game;
  // The package on the table, an option for each issue; empty: none is.
  std::vector<std::string> on_table;
};

struct RobustOptions {
  GameOptions game;
  // An option for each issue; empty: the rule chooses.
  std::vector<std::string> package;
  std::string rule = "nash";
  // In percent, as written.
  std::string error = "10";
};

struct VerifyProofOptions {
  GameOptions game;
  std::string proof;
};

struct PackagesOptions {
  GameOptions game;
  // Gains are counted from the walk-away values.
  bool is_from_reservation = false;
  // Where a proof goes; empty: nowhere.
  std::string proof;
};

using Command = std::variant<
    CheckOptions, AnalyseOptions, CompareOptions, FormatOptions, PlanOptions, ExplainOptions,
    NewOptions, TestOptions, MonitorOptions, DailyOptions, RenderOptions, IncidentsOptions,
    PackagesOptions, CloseOptions, BlocksOptions, NextOptions, RobustOptions, VerifyProofOptions,
    PositionsOptions, SettleOptions, SinceOptions, OrderOptions, OfferOptions, AnswerOptions,
    AnswersOptions, KeysOptions, SealOptions, OpenOptions, SignOptions, AdoptOptions,
    AnnounceOptions, ReleaseOptions, LedgerInitOptions, LedgerAppendOptions, LedgerShowOptions,
    LedgerFindOptions, LedgerIndexOptions, LedgerProveOptions, LedgerCheckProofOptions,
    LedgerVerifyOptions, LedgerRequestOptions, LedgerWitnessOptions, LedgerCosignOptions,
    LedgerPublishOptions, LedgerBackupOptions, LedgerRestoreOptions, SeparateOptions, ServeOptions>;

/// What the command line asks for, or what to print and how to end at once (help, version, a bad
/// option).
struct Answer {
  std::string to_output;
  std::string to_errors;
  int status = 0;
};

std::variant<Command, Answer> parse_options(int count, const char* const* words);

}  // namespace truce::cli
