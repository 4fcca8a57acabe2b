// SPDX-License-Identifier: Apache-2.0
#include "truce/store/database.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <filesystem>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "truce/base/check.h"
#include "truce/store/internal/schema.h"
#include "truce/store/internal/sqlite.h"

namespace truce::store {
namespace {

using internal::ConnectionState;

// So many works share a commit at most: one that waits is not put off for ever.
constexpr std::size_t kLargestBatch = 4096;
// Readers that are kept open for the next one.
constexpr std::size_t kIdleReaders = 8;

// What the writer's thread does next.
struct Job {
  Work work;
  // Instead of a work: something that needs the connection outside of a transaction.
  std::function<base::Result<void>(ConnectionState&)> alone;
  Done done;
};

// The work's answer, also where it throws: nothing passes the writer's thread.
base::Result<void> answer_of(const Work& work, Connection& connection) {
  try {
    return work(connection);
  } catch (const std::exception& error) {
    return base::Error{base::ErrorCode::Unsupported,
                       fmt::format("internal error in a write: {}", error.what())};
  }
}

base::Result<void> make_private_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) {
    ::close(file);
    return internal::sync_folder_of(path);
  }
  if (errno == EEXIST) {
    return {};
  }
  return base::Error{base::ErrorCode::Io,
                     fmt::format("cannot make {}: {}; check the name and the permissions", path,
                                 std::strerror(errno))};
}

}  // namespace

struct Database::State {
  std::string path;
  Schema schema;
  std::unique_ptr<ConnectionState> writer;

  mutable std::mutex mutex;
  std::condition_variable has_work;
  std::deque<Job> jobs;
  bool is_closing = false;
  std::string refusal;
  std::thread thread;

  mutable std::mutex readers_mutex;
  mutable std::vector<std::unique_ptr<ConnectionState>> readers;

  void put(Job job) {
    const std::lock_guard lock(mutex);
    jobs.push_back(std::move(job));
    has_work.notify_one();
  }

  // All that wait, once there are any; none when the database is closed.
  std::vector<Job> next_batch() {
    std::unique_lock lock(mutex);
    has_work.wait(lock, [&] { return is_closing || !jobs.empty(); });
    std::vector<Job> batch;
    while (!jobs.empty() && batch.size() < kLargestBatch) {
      // What stands alone does so.
      const bool is_alone = static_cast<bool>(jobs.front().alone);
      if (is_alone && !batch.empty()) {
        break;
      }
      batch.push_back(std::move(jobs.front()));
      jobs.pop_front();
      if (is_alone) {
        break;
      }
    }
    return batch;
  }

  [[nodiscard]] std::string refused() const {
    const std::lock_guard lock(mutex);
    return refusal;
  }

  // From now on nothing is written.
  base::Error refuse(const base::Error& error) {
    const std::lock_guard lock(mutex);
    if (refusal.empty()) {
      refusal = fmt::format("{} is read-only since a write failed ({})", path, error.message);
    }
    return {error.code, refusal};
  }

  // Looks whether a failure leaves it open what is on the disk.
  base::Error judged(const base::Error& error) {
    const bool is_lost = writer->has_failed_hard;
    sqlite3_exec(writer->handle.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    return is_lost ? refuse(error) : error;
  }

  // Each with its answer; the transaction goes on unless the connection has lost it.
  base::Result<std::vector<base::Result<void>>> run_works(const std::vector<Job>& batch) {
    std::vector<base::Result<void>> answers;
    answers.reserve(batch.size());
    Connection connection(*writer);
    for (const Job& job : batch) {
      if (auto begun = connection.run("SAVEPOINT work"); !begun) {
        return begun.error();
      }
      auto answer = answer_of(job.work, connection);
      if (writer->has_failed_hard || sqlite3_get_autocommit(writer->handle.get()) != 0) {
        writer->has_failed_hard = true;
        return answer ? base::Error{base::ErrorCode::Io,
                                    fmt::format("cannot write {}: a write ended early; check the "
                                                "disk and start again",
                                                path)}
                      : answer.error();
      }
      if (!answer) {
        if (auto undone = connection.run("ROLLBACK TO work"); !undone) {
          return undone.error();
        }
      }
      if (auto kept = connection.run("RELEASE work"); !kept) {
        return kept.error();
      }
      answers.push_back(std::move(answer));
    }
    return answers;
  }

  // The answers of all works of the batch, durable where they are good.
  std::vector<base::Result<void>> commit(const std::vector<Job>& batch) {
    const auto all = [&](const base::Error& error) {
      return std::vector<base::Result<void>>(batch.size(), error);
    };
    if (const std::string why = refused(); !why.empty()) {
      return all({base::ErrorCode::Io, why});
    }
    Connection connection(*writer);
    if (const auto begun = connection.run("BEGIN IMMEDIATE"); !begun) {
      return all(judged(begun.error()));
    }
    auto answers = run_works(batch);
    if (!answers) {
      return all(judged(answers.error()));
    }
    if (const auto committed = connection.run("COMMIT"); !committed) {
      return all(judged(committed.error()));
    }
    return std::move(answers).value();
  }

  void write_until_closed() {
    for (auto batch = next_batch(); !batch.empty(); batch = next_batch()) {
      std::vector<base::Result<void>> answers;
      if (batch.front().alone) {
        const std::string why = refused();
        answers.push_back(why.empty() ? batch.front().alone(*writer)
                                      : base::Error{base::ErrorCode::Io, why});
      } else {
        answers = commit(batch);
      }
      for (std::size_t i = 0; i < batch.size(); ++i) {
        batch[i].done(std::move(answers[i]));
      }
    }
  }

  base::Result<std::unique_ptr<ConnectionState>> take_reader() const {
    {
      const std::lock_guard lock(readers_mutex);
      if (!readers.empty()) {
        auto reader = std::move(readers.back());
        readers.pop_back();
        return reader;
      }
    }
    auto reader = internal::connect(path, SQLITE_OPEN_READWRITE);
    if (!reader) {
      return reader.error();
    }
    if (const auto set = internal::execute(**reader, "PRAGMA query_only=1"); !set) {
      return set.error();
    }
    return reader;
  }

  void give_back(std::unique_ptr<ConnectionState> reader) const {
    const std::lock_guard lock(readers_mutex);
    if (readers.size() < kIdleReaders && !reader->has_failed_hard) {
      readers.push_back(std::move(reader));
    }
  }
};

base::Result<Database> Database::open(const std::string& path, const Schema& schema) {
  TRUCE_CHECK(!schema.name.empty() && schema.name.size() <= 40, "a schema has a name");
  if (const auto made = make_private_file(path); !made) {
    return made.error();
  }
  auto writer = internal::connect(path, SQLITE_OPEN_READWRITE);
  if (!writer) {
    return writer.error();
  }
  if (const auto ready = internal::migrate(**writer, schema); !ready) {
    return ready.error();
  }
  if (const auto set = internal::execute(**writer, "PRAGMA journal_mode=WAL"); !set) {
    return set.error();
  }
  auto state = std::make_unique<State>();
  state->path = path;
  state->schema = schema;
  state->writer = std::move(writer).value();
  state->thread = std::thread([own = state.get()] { own->write_until_closed(); });
  return Database(std::move(state));
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;

Database& Database::operator=(Database&& other) noexcept {
  // What it held is closed as other goes.
  std::swap(state_, other.state_);
  return *this;
}

Database::~Database() {
  if (state_ == nullptr) {
    return;
  }
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_closing = true;
    state_->has_work.notify_one();
  }
  state_->thread.join();
}

void Database::submit(Work work, Done done) {
  state_->put({.work = std::move(work), .alone = {}, .done = std::move(done)});
}

base::Result<void> Database::write(Work work) {
  std::promise<base::Result<void>> promise;
  auto answer = promise.get_future();
  submit(std::move(work),
         [&promise](base::Result<void> result) { promise.set_value(std::move(result)); });
  return answer.get();
}

base::Result<void> Database::read(const Work& work) const {
  auto reader = state_->take_reader();
  if (!reader) {
    return reader.error();
  }
  Connection connection(**reader);
  auto answer = connection.run("BEGIN");
  if (answer) {
    answer = answer_of(work, connection);
  }
  sqlite3_exec((*reader)->handle.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  state_->give_back(std::move(reader).value());
  return answer;
}

std::string Database::refusal() const { return state_->refused(); }

base::Result<void> Database::backup(const std::string& path) const {
  auto from = internal::connect(state_->path, SQLITE_OPEN_READWRITE);
  if (!from) {
    return from.error();
  }
  internal::TemporaryDatabase copy(path);
  if (const auto made = copy.copy_of(**from); !made) {
    return made.error();
  }
  return copy.take_place();
}

base::Result<void> Database::restore(const std::string& path) {
  std::promise<base::Result<void>> promise;
  auto answer = promise.get_future();
  state_->put(
      {.work = {},
       .alone =
           [&](ConnectionState& writer) {
             auto done = internal::restore(writer, path, state_->schema);
             return !done && writer.has_failed_hard
                        ? base::Result<void>(state_->refuse(done.error()))
                        : done;
           },
       .done = [&promise](base::Result<void> result) { promise.set_value(std::move(result)); }});
  return answer.get();
}

}  // namespace truce::store
