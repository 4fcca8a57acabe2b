// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truce/base/time.h"
#include "truce/server/internal/journal.h"
#include "truce/server/roles.h"

namespace truce::server::internal {

/// What was entered under a name, and by whom.
struct Dealing {
  // As it was sent.
  encoding::JsonValue body;
  Audience audience;
  std::string who;
  base::Instant at;
};

struct Finding : Dealing {
  // Empty: it waits for a second person.
  std::string published_by;
  base::Instant published_at;
  // The number of the entry that did; 0: none yet.
  std::int64_t publication = 0;
};

/// An announcement, or what a sealed file said.
struct Disclosure : Finding {
  // To whom it is shown once it is published.
  Audience shown_to;
  // Whose sealed file it is of; empty: of none.
  std::string side;
};

/// A sealed file of the talks.
struct Artefact : Dealing {
  std::string bytes;
  std::string sha256_hex;
  bool is_from_mediator = false;
};

struct Receipt : Dealing {
  std::string addressee;
  bool is_of_delegate = false;
};

struct Notice : Dealing {
  std::vector<std::string> addressees;
  // The first of each addressee.
  std::map<std::string, Receipt> receipts;
  std::vector<Dealing> hindrances;
};

/// What the mission, the sides and the convoy officers have to do with each other besides the
/// record, as the entries say.
class Dealings {
 public:
  template <typename Value>
  using ById = std::map<std::string, Value, std::less<>>;

  /// Entries of other kinds change nothing.
  void apply(const Entry& entry);

  [[nodiscard]] const ById<Finding>& findings() const { return findings_; }
  [[nodiscard]] const ById<Dealing>& questions() const { return questions_; }
  [[nodiscard]] const ById<Disclosure>& disclosures() const { return disclosures_; }
  /// By side and name.
  [[nodiscard]] const std::map<std::pair<std::string, std::string>, Artefact>& artefacts() const {
    return artefacts_;
  }
  [[nodiscard]] const ById<Notice>& notices() const { return notices_; }

 private:
  void add_disclosure(const Entry& entry, const std::string& id);
  void add_to_notice(const Entry& entry, const std::string& id);

  ById<Finding> findings_;
  ById<Disclosure> disclosures_;
  ById<Dealing> questions_;
  std::map<std::pair<std::string, std::string>, Artefact> artefacts_;
  ById<Notice> notices_;
};

/// Bytes as hexadecimal digits, and back; empty for anything else.
std::string to_hexadecimal(std::string_view bytes);
std::string from_hexadecimal(std::string_view digits);

}  // namespace truce::server::internal
