// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/journal.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

namespace truce::server::internal {
namespace {

store::Schema schema() {
  return {.name = "workspace",
          .migrations = {"CREATE TABLE entries (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, "
                         "kind TEXT NOT NULL, who TEXT NOT NULL, audience TEXT NOT NULL, "
                         "body TEXT NOT NULL) STRICT"}};
}

std::string joined(const Audience& audience) {
  encoding::JsonValue::Array words(audience.begin(), audience.end());
  return encoding::JsonValue(std::move(words)).to_text();
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
              .body = std::move(body).value()};
  for (const encoding::JsonValue& word : audience->elements()) {
    entry.audience.push_back(word.text());
  }
  return entry;
}

}  // namespace

base::Result<std::unique_ptr<Journal>> Journal::open(const std::string& path) {
  auto database = store::Database::open(path, schema());
  if (!database) {
    return database.error();
  }
  return std::make_unique<Journal>(std::move(database).value());
}

base::Result<void> Journal::append(Entry& entry) {
  entry.number = last_ + 1;
  auto written = database_.write([&](store::Connection& connection) {
    return connection.run(
        "INSERT INTO entries (number, at, kind, who, audience, body) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        {entry.number, entry.at.seconds, entry.kind, entry.who, joined(entry.audience),
         entry.body.to_text()});
  });
  if (written) {
    last_ = entry.number;
  }
  return written;
}

base::Result<void> Journal::each(const std::function<void(const Entry&)>& take) {
  std::optional<base::Error> broken;
  auto read = database_.read([&](store::Connection& connection) {
    return connection.each(
        "SELECT number, at, kind, who, audience, body FROM entries ORDER BY number", {},
        [&](const store::Row& row) {
          const auto entry = read_entry(row);
          if (!entry || entry->number != last_ + 1) {
            broken = {base::ErrorCode::Corrupt,
                      fmt::format("entry {} of the workspace cannot be read; restore a backup",
                                  last_ + 1)};
            return false;
          }
          last_ = entry->number;
          take(*entry);
          return true;
        });
  });
  return broken ? base::Result<void>(*broken) : read;
}

}  // namespace truce::server::internal
