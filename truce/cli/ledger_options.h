// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace truce::cli {

struct LedgerInitOptions {
  std::string directory;
  std::string origin;
  std::string format = "text";
};

struct LedgerAppendOptions {
  std::string directory;
  std::vector<std::string> files;
  bool is_batch = false;
  std::string kind;
  std::string at;
  // As written; empty: none.
  std::string corrects;
  bool is_digest = false;
  std::string key;
  std::string format = "text";
};

struct LedgerShowOptions {
  std::string directory;
  std::uint64_t index = 0;
  std::string output;
  std::string format = "text";
};

struct LedgerFindOptions {
  std::string directory;
  std::string kind;
  std::string since;
  std::string until;
  // As written; empty: none.
  std::string corrects;
  std::uint64_t from = 0;
  // 0: all.
  std::uint64_t limit = 0;
  std::string index;
  std::string format = "text";
};

struct LedgerIndexOptions {
  std::string directory;
  std::string index;
};

struct LedgerProveOptions {
  std::string directory;
  std::uint64_t index = 0;
  std::string output;
  std::string format = "text";
};

struct LedgerCheckProofOptions {
  std::string proof;
  std::string file;
  std::string key;
  std::vector<std::string> witnesses;
  std::string format = "text";
};

struct LedgerVerifyOptions {
  std::string directory;
  std::string key;
  std::vector<std::string> known;
  std::vector<std::string> witnesses;
  std::string format = "text";
};

struct LedgerRequestOptions {
  std::string directory;
  std::uint64_t seen = 0;
  std::string output;
};

struct LedgerWitnessOptions {
  std::string from;
  std::string key;
  std::string state;
  bool is_first = false;
  std::string ledger;
  std::string output;
  // ADDRESS:PORT on which it is asked over HTTP; empty: it is asked once, `from` a folder or file.
  std::string listen;
  std::string tls_certificate;
  std::string tls_key;
  std::string format = "text";
};

struct LedgerPublishOptions {
  std::string directory;
  std::string witnesses;
  double seconds = 10;
  std::string format = "text";
};

struct LedgerCosignOptions {
  std::string directory;
  std::vector<std::string> files;
  std::vector<std::string> witnesses;
  std::string format = "text";
};

struct LedgerBackupOptions {
  std::string directory;
  std::string to;
  std::string format = "text";
};

struct LedgerRestoreOptions {
  std::string backup;
  std::string directory;
  std::string key;
  std::vector<std::string> known;
  std::string format = "text";
};

}  // namespace truce::cli
