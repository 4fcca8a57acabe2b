// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/told_store.h"

#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace truce::server::internal {
namespace {

store::Schema schema() {
  return {.name = "told",
          .migrations = {"CREATE TABLE covered (number INTEGER NOT NULL, salt TEXT NOT NULL) "
                         "STRICT; CREATE TABLE events (view TEXT NOT NULL, number INTEGER NOT "
                         "NULL, line TEXT NOT NULL, PRIMARY KEY (view, number)) STRICT, WITHOUT "
                         "ROWID"}};
}

base::Result<void> forget(store::Connection& connection) {
  if (auto done = connection.run("DELETE FROM covered"); !done) {
    return done;
  }
  return connection.run("DELETE FROM events");
}

}  // namespace

base::Result<ToldStore> ToldStore::open(const std::string& folder) {
  const std::string path = folder + "/told.db";
  auto database = store::Database::open(path, schema());
  if (!database && database.error().code == base::ErrorCode::Corrupt) {
    std::error_code ignored;
    for (const char* ending : {"", "-wal", "-shm"}) {
      std::filesystem::remove(path + ending, ignored);
    }
    database = store::Database::open(path, schema());
  }
  if (!database) {
    return database.error();
  }
  return ToldStore(std::move(database).value());
}

base::Result<ToldUntil> ToldStore::read() const {
  ToldUntil kept;
  auto read = database_.read([&](store::Connection& connection) {
    auto covered =
        connection.each("SELECT number, salt FROM covered", {}, [&](const store::Row& row) {
          kept.number = row.integer(0);
          kept.salt = std::string(row.text(1));
          return true;
        });
    return covered ? connection.each("SELECT view, line FROM events ORDER BY view, number", {},
                                     [&](const store::Row& row) {
                                       kept.lines[std::string(row.text(0))].push_back(
                                           std::make_shared<const std::string>(row.text(1)));
                                       return true;
                                     })
                   : covered;
  });
  if (!read) {
    return read.error();
  }
  return kept;
}

base::Result<void> ToldStore::add(const ToldUntil& fresh) {
  return database_.write([&](store::Connection& connection) -> base::Result<void> {
    for (const auto& [view, lines] : fresh.lines) {
      for (const EventLog::Line& line : lines) {
        auto done = connection.run(
            "INSERT INTO events (view, number, line) SELECT ?1, 1 + coalesce(max(number), 0), ?2 "
            "FROM events WHERE view = ?1",
            {view, *line});
        if (!done) {
          return done;
        }
      }
    }
    if (auto done = connection.run("DELETE FROM covered"); !done) {
      return done;
    }
    return connection.run("INSERT INTO covered (number, salt) VALUES (?1, ?2)",
                          {fresh.number, fresh.salt});
  });
}

base::Result<void> ToldStore::clear() {
  return database_.write([](store::Connection& connection) { return forget(connection); });
}

}  // namespace truce::server::internal
