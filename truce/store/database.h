// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/store/connection.h"

namespace truce::store {

/// What a database is for, and its schema, step by step.
struct Schema {
  // Told from databases of other programs and other uses by this name: 1 to 40 letters.
  std::string name;
  // Number n, from 1, takes a database from schema n-1 to n: SQL, several statements if need be.
  // Those of a database in use are never changed; a new one is added at the end.
  std::vector<std::string> migrations;
};

/// What is done in one transaction; an error takes back all that it wrote.
using Work = std::function<base::Result<void>(Connection&)>;
/// Told once whether the work is durable. Runs on the writer's thread and must be short.
using Done = std::function<void(base::Result<void>)>;

/// A database in one file, with SQLite behind it: write-ahead log, every commit on the disk before
/// it is acknowledged. One thread writes; works that wait are committed together, each taken back
/// alone where it fails. Reading goes on beside it. Every function may be called from any thread
/// but from within a work.
class Database {
 public:
  /// Opens or makes the file and brings its schema up to date, in one transaction. Fails with Io
  /// or Corrupt, and with Unsupported for a newer schema or another use's database.
  static base::Result<Database> open(const std::string& path, const Schema& schema);

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  /// Does what waits, then closes.
  ~Database();

  /// Does the work on the writer's thread and returns when it is durable. Fails with the work's
  /// error, or as Connection::run() does. After a commit that failed every write is refused, with
  /// what failed and how to go on: what is on the disk is not known until the file is opened anew.
  base::Result<void> write(Work work);
  /// As write(), without waiting.
  void submit(Work work, Done done);

  /// Reads one state of the database, while others write. Fails as Connection::run() does, which
  /// refuses to change anything here.
  base::Result<void> read(const Work& work) const;

  /// Why nothing is written any more; empty while all is well.
  [[nodiscard]] std::string refusal() const;

  /// Writes one state of the database into a file of its own, in place of one that is there, while
  /// others write. Fails with Io.
  base::Result<void> backup(const std::string& path) const;
  /// Puts what backup() wrote in place of all there is, as one write; an older schema is brought up
  /// to date. Fails as open() does, and nothing has changed then.
  base::Result<void> restore(const std::string& path);

 private:
  struct State;
  explicit Database(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace truce::store
