// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/index.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "truce/ledger/entry.h"
#include "truce/ledger/tiles.h"

namespace truce::ledger {
namespace {

using store::Connection;
using store::Value;

// So many entries are written at a time, so that an index of many is made in little memory.
constexpr std::uint64_t kAtOnce = 64 * kTileWidth;

store::Schema schema() {
  return {
      .name = "ledger-index",
      .migrations = {
          "CREATE TABLE covered (size INTEGER NOT NULL, root BLOB NOT NULL) STRICT; "
          "CREATE TABLE entries (number INTEGER PRIMARY KEY, kind TEXT, at INTEGER, "
          "corrects INTEGER) STRICT; "
          "CREATE INDEX of_kind ON entries (kind, number); "
          "CREATE INDEX of_time ON entries (at, number); "
          "CREATE INDEX of_corrected ON entries (corrects, number) WHERE corrects IS NOT NULL"}};
}

base::Result<void> forget(Connection& connection) {
  auto done = connection.run("DELETE FROM covered");
  return done ? connection.run("DELETE FROM entries") : done;
}

std::string bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

struct Covered {
  std::uint64_t size = 0;
  std::string root;
};

base::Result<Covered> covered_by(const store::Database& database) {
  Covered covered;
  auto read = database.read([&](Connection& connection) {
    return connection.each("SELECT size, root FROM covered", {}, [&](const store::Row& row) {
      covered = {.size = static_cast<std::uint64_t>(row.integer(0)),
                 .root = std::string(row.blob(1))};
      return false;
    });
  });
  return read ? base::Result<Covered>(std::move(covered)) : read.error();
}

base::Result<void> add(Connection& connection, std::uint64_t number, std::string_view bytes) {
  const auto entry = read_entry(bytes);
  const auto kept = static_cast<std::int64_t>(number);
  if (!entry) {
    return connection.run("INSERT INTO entries (number) VALUES (?1)", {kept});
  }
  return connection.run(
      "INSERT INTO entries (number, kind, at, corrects) VALUES (?1, ?2, ?3, ?4)",
      {kept, entry->kind, entry->at.seconds,
       entry->corrects ? Value(static_cast<std::int64_t>(*entry->corrects)) : Value()});
}

// Adds the entries from `from` to before `until` of a ledger with `size`, and says that they are
// there.
base::Result<void> add_piece(Connection& connection, const Directory& directory, std::uint64_t from,
                             std::uint64_t until, const TreeHead& tree) {
  for (std::uint64_t number = from; number < until;) {
    const std::uint64_t tile = number / kTileWidth;
    const std::uint64_t width = std::min(kTileWidth, tree.size - tile * kTileWidth);
    const auto bundle = directory.bundle(tile, width);
    if (!bundle) {
      return bundle.error();
    }
    const auto entries = read_bundle(*bundle, width);
    if (!entries) {
      return entries.error();
    }
    for (; number < std::min(until, tile * kTileWidth + width); ++number) {
      if (auto added = add(connection, number, (*entries)[number % kTileWidth]); !added) {
        return added;
      }
    }
  }
  const auto root = root_of(directory.nodes(tree.size), until);
  if (!root) {
    return root.error();
  }
  auto done = connection.run("DELETE FROM covered");
  return done ? connection.run("INSERT INTO covered (size, root) VALUES (?1, ?2)",
                               {static_cast<std::int64_t>(until), store::Blob{bytes_of(*root)}})
              : done;
}

// The question in SQL, and its parameters in order.
std::pair<std::string, std::vector<Value>> sql_of(const EntryQuery& query) {
  std::string sql = "SELECT number, kind, at, corrects FROM entries WHERE number >= ?1";
  std::vector<Value> values = {static_cast<std::int64_t>(query.from)};
  const auto narrow = [&](std::string_view condition, Value value) {
    values.push_back(std::move(value));
    sql += " AND ";
    sql += condition;
    sql += std::to_string(values.size());
  };
  if (query.kind) {
    narrow("kind = ?", *query.kind);
  }
  if (query.since) {
    narrow("at >= ?", query.since->seconds);
  }
  if (query.until) {
    narrow("at < ?", query.until->seconds);
  }
  if (query.corrects) {
    narrow("corrects = ?", static_cast<std::int64_t>(*query.corrects));
  }
  return {sql + " ORDER BY number", std::move(values)};
}

}  // namespace

base::Result<Index> Index::open(const std::string& path) {
  auto database = store::Database::open(path, schema());
  if (!database && database.error().code == base::ErrorCode::Corrupt) {
    std::error_code ignored;
    for (const char* ending : {"", "-wal", "-shm"}) {
      std::filesystem::remove(path + ending, ignored);
    }
    database = store::Database::open(path, schema());
  }
  return database ? base::Result<Index>(Index(std::move(database).value())) : database.error();
}

base::Result<void> Index::clear() { return database_.write(forget); }

base::Result<std::uint64_t> Index::update(const Directory& directory) {
  const auto checkpoint = directory.signed_checkpoint();
  if (!checkpoint) {
    return checkpoint.error();
  }
  const TreeHead tree = checkpoint->checkpoint.tree;
  auto covered = covered_by(database_);
  if (!covered) {
    return covered.error();
  }
  bool is_of_this = covered->size <= tree.size;
  if (is_of_this && covered->size > 0) {
    const auto root = root_of(directory.nodes(tree.size), covered->size);
    if (!root) {
      return root.error();
    }
    is_of_this = covered->root == bytes_of(*root);
  }
  if (!is_of_this) {
    if (auto cleared = clear(); !cleared) {
      return cleared.error();
    }
    covered->size = 0;
  }
  for (std::uint64_t from = covered->size; from < tree.size;) {
    const std::uint64_t until = std::min(tree.size, (from / kAtOnce + 1) * kAtOnce);
    auto written = database_.write([&](Connection& connection) {
      return add_piece(connection, directory, from, until, tree);
    });
    if (!written) {
      return written.error();
    }
    from = until;
  }
  return tree.size;
}

base::Result<std::vector<IndexedEntry>> Index::find(const EntryQuery& query) const {
  std::vector<IndexedEntry> found;
  if (query.most == 0) {
    return found;
  }
  const auto [sql, values] = sql_of(query);
  const auto take = [&found, &query](const store::Row& row) {
    found.push_back({.index = static_cast<std::uint64_t>(row.integer(0)),
                     .kind = std::string(row.text(1)),
                     .at = {row.integer(2)},
                     .corrects = row.is_null(3)
                                     ? std::nullopt
                                     : std::optional(static_cast<std::uint64_t>(row.integer(3)))});
    return found.size() < query.most;
  };
  auto read = database_.read([&, &sql = sql, &values = values](Connection& connection) {
    return connection.each(sql, std::span(values), take);
  });
  return read ? base::Result<std::vector<IndexedEntry>>(std::move(found)) : read.error();
}

}  // namespace truce::ledger
