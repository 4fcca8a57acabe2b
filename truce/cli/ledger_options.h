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
