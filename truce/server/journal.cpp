// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/journal.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "truce/crypto/password.h"
#include "truce/crypto/sha256.h"
#include "truce/ledger/entry.h"
#include "truce/workbench/files.h"
#include "truce/workbench/ledger.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

store::Schema schema() {
  return {.name = "workspace",
          .migrations = {"CREATE TABLE entries (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, "
                         "kind TEXT NOT NULL, who TEXT NOT NULL, audience TEXT NOT NULL, "
                         "body TEXT NOT NULL) STRICT",
                         "ALTER TABLE entries ADD COLUMN salt TEXT NOT NULL DEFAULT ''"}};
}

JsonValue value_of(const Audience& audience) {
  return JsonValue::Array(audience.begin(), audience.end());
}

std::optional<Entry> read_entry(const store::Row& row) {
  const auto audience = encoding::parse_json("audience", row.text(4));
  auto body = encoding::parse_json("body", row.text(5));
  if (!audience || !body) {
    return std::nullopt;
  }
  Entry entry{.number = row.integer(0),
              .at = {row.integer(1)},
              .kind = std::string(row.text(2)),
              .who = std::string(row.text(3)),
              .audience = {},
              .body = std::move(body).value(),
              .salt = std::string(row.text(6))};
  for (const JsonValue& word : audience->elements()) {
    entry.audience.push_back(word.text());
  }
  return entry;
}

// What a ledger calls it.
std::string_view ledger_kind(std::string_view kind) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kKinds = {{
      {"accounts", "account"},
      {"revision", "agreement"},
      {"watch", "agreement"},
      {"finding", "finding"},
      {"publication", "finding"},
      {"disclosure", "announcement"},
      {"disclosed", "announcement"},
      {"artefact", "position"},
      {"notice", "notice"},
      {"receipt", "receipt"},
      {"read", "reading"},
      {"refused", "refusal"},
  }};
  const auto* const found = std::find_if(kKinds.begin(), kKinds.end(),
                                         [&](const auto& one) { return one.first == kind; });
  return found == kKinds.end() ? "note" : found->second;
}

}  // namespace

SaltParts split_salt(const std::string& salt) {
  const std::size_t at = salt.find('-');
  return at == std::string::npos
             ? SaltParts{.of_text = salt, .of_who = {}}
             : SaltParts{.of_text = salt.substr(0, at), .of_who = salt.substr(at + 1)};
}

std::string opened_text(const Entry& entry) {
  const SaltParts salt = split_salt(entry.salt);
  JsonValue value = JsonValue::object();
  value.set("number", entry.number);
  value.set("at", entry.at.seconds);
  value.set("kind", entry.kind);
  value.set("who",
            salt.of_who.empty() ? entry.who : crypto::sha256_hex(salt.of_who + ' ' + entry.who));
  value.set("audience", value_of(entry.audience));
  value.set("body", entry.body);
  value.set("salt", salt.of_text);
  return value.to_text();
}

// Two hashes, one over the other, so that not even a length is said; the salt keeps anybody from
// trying what it may have been.
std::string ledger_bytes(const Entry& entry) {
  const std::string hash = crypto::sha256_hex(opened_text(entry));
  return ledger::to_bytes(
      {.kind = std::string(ledger_kind(entry.kind)),
       .at = entry.at,
       .corrects = std::nullopt,
       .elsewhere = ledger::Content{.sha256_hex = crypto::sha256_hex(hash), .size = hash.size()},
       .content = {}});
}

Journal::Journal(store::Database database, std::optional<ledger::Ledger> ledger,
                 const std::string& directory)
    : database_(std::move(database)), ledger_(std::move(ledger)) {
  if (ledger_) {
    directory_.emplace(directory);
  }
}

Entry entry_by(std::string kind, const Person& person, encoding::JsonValue body,
               Audience audience) {
  Entry entry;
  entry.kind = std::move(kind);
  entry.who = person.name;
  entry.audience = std::move(audience);
  entry.body = std::move(body);
  return entry;
}

base::Result<std::unique_ptr<Journal>> Journal::open(const std::string& folder, bool has_ledger) {
  auto database = store::Database::open(folder + "/workspace.db", schema());
  if (!database) {
    return database.error();
  }
  if (!has_ledger) {
    return std::make_unique<Journal>(std::move(database).value(), std::nullopt, std::string());
  }
  const std::string path = folder + "/ledger";
  if (!workbench::file_exists(path + "/checkpoint")) {
    // No two workspaces have a ledger of one name.
    const auto name = crypto::random_token();
    if (!name) {
      return name.error();
    }
    if (auto made = workbench::make_ledger(path, "workspace/" + name->substr(0, 8)); !made) {
      return made.error();
    }
  }
  auto ledger = workbench::open_ledger(path);
  if (!ledger) {
    return ledger.error();
  }
  return std::make_unique<Journal>(std::move(database).value(), std::move(ledger).value(), path);
}

// Looks whether the entry with these bytes, the next one, is what the ledger has.
base::Result<void> Journal::check(const std::string& bytes) {
  const ledger::TreeHead tree = ledger_->tree();
  if (edge_.size() >= tree.size) {
    missing_.push_back(bytes);
    return {};
  }
  edge_.add(ledger::leaf_hash(bytes));
  if (edge_.size() == tree.size && edge_.root() != tree.root) {
    return base::Error{base::ErrorCode::Corrupt,
                       "an entry of workspace.db is another than its ledger says; restore both "
                       "from one backup"};
  }
  return {};
}

// An entry that was written when the server was stopped is not in the ledger yet.
base::Result<void> Journal::catch_up() {
  if (edge_.size() < ledger_->tree().size) {
    return base::Error{base::ErrorCode::Corrupt,
                       "workspace.db has fewer entries than its ledger; restore both from one "
                       "backup"};
  }
  if (missing_.empty()) {
    return {};
  }
  auto appended = ledger_->append(std::exchange(missing_, {}));
  return appended ? base::Result<void>() : base::Result<void>(appended.error());
}

base::Result<void> Journal::each(const std::function<void(const Entry&)>& take) {
  std::optional<base::Error> broken;
  auto read = database_.read([&](store::Connection& connection) {
    return connection.each(
        "SELECT number, at, kind, who, audience, body, salt FROM entries ORDER BY number", {},
        [&](const store::Row& row) {
          const auto entry = read_entry(row);
          if (!entry || entry->number != last_ + 1) {
            broken = {base::ErrorCode::Corrupt,
                      fmt::format("entry {} of workspace.db cannot be read; restore a backup",
                                  last_ + 1)};
            return false;
          }
          last_ = entry->number;
          last_salt_ = entry->salt;
          if (ledger_) {
            if (auto checked = check(ledger_bytes(*entry)); !checked) {
              broken = checked.error();
              return false;
            }
          }
          take(*entry);
          return true;
        });
  });
  if (broken || !read) {
    return broken ? base::Result<void>(*broken) : read;
  }
  return ledger_ ? catch_up() : base::Result<void>();
}

void Journal::refuse(const std::string& why) {
  const std::scoped_lock locked(refusal_lock_);
  refusal_ = why;
}

base::Result<void> Journal::append(std::vector<Entry>& entries) {
  if (const std::string why = refusal(); !why.empty()) {
    return base::Error{base::ErrorCode::Io, why};
  }
  std::vector<std::string> shown;
  std::int64_t number = last_;
  for (Entry& entry : entries) {
    const auto of_text = crypto::random_token();
    const auto of_who = crypto::random_token();
    if (!of_text || !of_who) {
      return of_text ? of_who.error() : of_text.error();
    }
    entry.salt = *of_text + '-' + *of_who;
    entry.number = ++number;
    if (ledger_) {
      shown.push_back(ledger_bytes(entry));
    }
  }
  auto written = database_.write([&](store::Connection& connection) -> base::Result<void> {
    for (const Entry& entry : entries) {
      auto run = connection.run(
          "INSERT INTO entries (number, at, kind, who, audience, body, salt) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
          {entry.number, entry.at.seconds, entry.kind, entry.who,
           value_of(entry.audience).to_text(), entry.body.to_text(), entry.salt});
      if (!run) {
        return run;
      }
    }
    return {};
  });
  if (!written) {
    return written;
  }
  last_ = number;
  last_salt_ = entries.back().salt;
  if (ledger_) {
    if (const auto appended = ledger_->append(std::move(shown)); !appended) {
      refuse(appended.error().message);
      return appended.error();
    }
  }
  return {};
}

base::Result<void> Journal::append(Entry& entry) {
  std::vector<Entry> one = {std::move(entry)};
  auto written = append(one);
  entry = std::move(one.front());
  return written;
}

base::Result<Entry> Journal::find(std::int64_t number) const {
  std::optional<Entry> found;
  auto read = database_.read([&](store::Connection& connection) {
    return connection.each(
        "SELECT number, at, kind, who, audience, body, salt FROM entries WHERE number = ?1",
        {number}, [&](const store::Row& row) {
          found = read_entry(row);
          return false;
        });
  });
  if (!read) {
    return read.error();
  }
  if (!found) {
    return base::Error{base::ErrorCode::NotFound, "there is no such entry"};
  }
  return std::move(*found);
}

std::string Journal::refusal() const {
  const std::scoped_lock locked(refusal_lock_);
  return refusal_.empty() ? database_.refusal() : refusal_;
}

}  // namespace truce::server::internal
