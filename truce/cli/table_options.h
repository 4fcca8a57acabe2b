// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace truce::cli {

struct KeysOptions {
  std::string name;
  std::string folder;
  bool has_passphrase = false;
  std::string format = "text";
};

struct PositionsOptions {
  std::string draft;
  std::vector<std::string> positions;
  std::string key;
  std::vector<std::string> from;
  std::string format = "text";
};

struct SettleOptions {
  std::string draft;
  std::vector<std::string> positions;
  std::string key;
  std::vector<std::string> from;
  std::vector<std::string> choices;
  std::string rule = "nash";
  std::string output;
  std::string format = "text";
};

struct SinceOptions {
  std::string folder;
  std::string as_of;
  std::string output;
  std::string format = "text";
};

struct OrderOptions {
  std::string file;
  std::string output;
  std::string format = "text";
};

struct SealOptions {
  std::string file;
  std::string to;
  std::string from;
  std::string output;
  std::string format = "text";
};

struct OpenOptions {
  std::string file;
  std::string key;
  std::vector<std::string> from;
  std::string output;
  std::string format = "text";
};

struct SignOptions {
  std::string file;
  std::string key;
  std::string output;
  std::string format = "text";
};

struct OfferOptions {
  std::string file;
  std::vector<std::string> keys;
  std::string folder;
  std::string format = "text";
};

struct AnswerOptions {
  std::string file;
  std::string offer;
  std::string share;
  std::string key;
  std::string to;
  bool is_accepted = false;
  bool is_refused = false;
  std::string output;
  std::string format = "text";
};

struct AnswersOptions {
  std::string file;
  std::string offer;
  std::string key;
  std::vector<std::string> from;
  std::vector<std::string> answers;
  std::string format = "text";
};

struct AdoptOptions {
  std::string file;
  std::vector<std::string> keys;
  std::vector<std::string> signatures;
  std::string format = "text";
};

struct AnnounceOptions {
  AdoptOptions adopted;
  std::string message;
  std::string folder;
};

struct ReleaseOptions {
  std::string file;
  std::vector<std::string> shares;
  std::string output;
  std::string format = "text";
};

}  // namespace truce::cli
