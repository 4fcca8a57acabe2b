// SPDX-License-Identifier: Apache-2.0
#include "truce/store/internal/schema.h"

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace truce::store::internal {
namespace {

// A positive number of 31 bits from the name, by FNV-1a: what the file says it is for.
std::int64_t mark_of(const std::string& name) {
  std::uint32_t hash = 2166136261U;
  for (const char letter : name) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
  }
  return static_cast<std::int64_t>(hash & 0x7FFFFFFFU) | 1;
}

base::Error disk_error(std::string_view doing, const std::string& path) {
  return {base::ErrorCode::Io, fmt::format("cannot {} {}: {}; check the name and the disk", doing,
                                           path, std::strerror(errno))};
}

// The number of its schema; 0 for an empty database. Fails where it is not for this use.
base::Result<std::int64_t> schema_of(ConnectionState& state, const Schema& schema) {
  const auto mark = number_of(state, "PRAGMA application_id");
  if (!mark) {
    return mark.error();
  }
  const auto tables = number_of(state, "SELECT count(*) FROM sqlite_schema");
  if (!tables) {
    return tables.error();
  }
  const auto number = number_of(state, "PRAGMA user_version");
  if (!number) {
    return number.error();
  }
  const bool is_empty = *mark == 0 && *tables == 0 && *number == 0;
  if (!is_empty && *mark != mark_of(schema.name)) {
    return base::Error{base::ErrorCode::Unsupported,
                       fmt::format("{} is a database, and none of {}; name another file",
                                   state.path, schema.name)};
  }
  if (*number > static_cast<std::int64_t>(schema.migrations.size())) {
    return base::Error{
        base::ErrorCode::Unsupported,
        fmt::format("{} was written by a newer version of this program (schema {}, known up to "
                    "{}); use that one",
                    state.path, *number, schema.migrations.size())};
  }
  return *number;
}

base::Result<void> migrate_from(ConnectionState& state, const Schema& schema, std::int64_t number) {
  for (auto i = static_cast<std::size_t>(number); i < schema.migrations.size(); ++i) {
    if (const auto done = execute(state, schema.migrations[i]); !done) {
      return done.error();
    }
  }
  return execute(state, fmt::format("PRAGMA application_id={}; PRAGMA user_version={}",
                                    mark_of(schema.name), schema.migrations.size()));
}

// All pages in one go: a reader's state does not change meanwhile, and writers go on.
base::Result<void> copy(ConnectionState& from, ConnectionState& into) {
  sqlite3_backup* backup =
      sqlite3_backup_init(into.handle.get(), "main", from.handle.get(), "main");
  if (backup == nullptr) {
    return error_of(into, "write");
  }
  const int status = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (status == SQLITE_DONE && finished == SQLITE_OK) {
    return {};
  }
  const int failed = finished != SQLITE_OK ? finished : status;
  return error_of(failed, into.path, "write", sqlite3_errstr(failed));
}

}  // namespace

base::Result<void> migrate(ConnectionState& state, const Schema& schema) {
  if (const auto begun = execute(state, "BEGIN IMMEDIATE"); !begun) {
    return begun.error();
  }
  const auto number = schema_of(state, schema);
  auto done = !number ? base::Result<void>(number.error()) : migrate_from(state, schema, *number);
  if (done) {
    done = execute(state, "COMMIT");
  }
  if (!done) {
    sqlite3_exec(state.handle.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  return done;
}

base::Result<void> restore(ConnectionState& into, const std::string& path, const Schema& schema) {
  auto from = connect(path, SQLITE_OPEN_READONLY);
  if (!from) {
    return from.error();
  }
  const auto number = schema_of(**from, schema);
  if (!number) {
    return number.error();
  }
  if (*number == 0) {
    return base::Error{
        base::ErrorCode::Corrupt,
        fmt::format("{} is no backup; name one that was made of this database", path)};
  }
  // Looked at and brought up to date apart, so that the last step is one write.
  TemporaryDatabase apart(into.path + ".restored");
  if (const auto copied = apart.copy_of(**from); !copied) {
    return copied.error();
  }
  const auto damages = number_of(
      apart.connection(), "SELECT count(*) FROM pragma_quick_check(1) WHERE quick_check != 'ok'");
  if (!damages) {
    return damages.error();
  }
  if (*damages != 0) {
    return base::Error{base::ErrorCode::Corrupt,
                       fmt::format("{} is damaged; name another backup", path)};
  }
  if (const auto ready = migrate(apart.connection(), schema); !ready) {
    return ready.error();
  }
  auto done = copy(apart.connection(), into);
  into.has_failed_hard |= !done;
  return done;
}

base::Result<void> sync_folder_of(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const int folder =
      ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) {
    return disk_error("open the folder of", path);
  }
  // Some file systems cannot do that for a folder, and need not.
  const bool is_synced = ::fsync(folder) == 0 || errno == EINVAL || errno == ENOTSUP;
  const auto failed = is_synced ? base::Result<void>() : disk_error("write the folder of", path);
  ::close(folder);
  return failed;
}

TemporaryDatabase::~TemporaryDatabase() {
  state_.reset();
  for (const char* const ending : {"", "-journal", "-wal", "-shm"}) {
    if (!temporary_.empty()) {
      ::unlink((temporary_ + ending).c_str());
    }
  }
}

base::Result<void> TemporaryDatabase::copy_of(ConnectionState& from) {
  std::string name = path_ + ".XXXXXX";
  const int file = ::mkstemp(name.data());
  if (file < 0) {
    return disk_error("write", path_);
  }
  ::close(file);
  temporary_ = name;
  auto made = connect(temporary_, SQLITE_OPEN_READWRITE);
  if (!made) {
    return made.error();
  }
  state_ = std::move(made).value();
  if (const auto copied = copy(from, *state_); !copied) {
    return copied.error();
  }
  // One file, that asks for no other beside it.
  return execute(*state_, "PRAGMA journal_mode=DELETE");
}

base::Result<void> TemporaryDatabase::take_place() {
  state_.reset();
  const int file = ::open(temporary_.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) {
    ::close(file);
  }
  if (!is_synced || ::rename(temporary_.c_str(), path_.c_str()) != 0) {
    return disk_error("write", path_);
  }
  temporary_.clear();
  return sync_folder_of(path_);
}

}  // namespace truce::store::internal
