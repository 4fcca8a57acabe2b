// SPDX-License-Identifier: Apache-2.0
#include "truce/store/database.h"

#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace truce::store {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

const Schema kSchema = {
    .name = "notes",
    .migrations = {"CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT UNIQUE)"}};

base::Result<void> add(Connection& connection, const std::string& text) {
  return connection.run("INSERT INTO note (text) VALUES (?1)", {text});
}

class StoreTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "truce-store-XXXXXX").string();
    ASSERT_NE(nullptr, ::mkdtemp(name.data()));
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name = "notes.db") const {
    return (folder_ / name).string();
  }

  static Database open(const std::string& path, const Schema& schema = kSchema) {
    auto database = Database::open(path, schema);
    EXPECT_TRUE(database) << database.error().message;
    return std::move(database).value();
  }

  static std::vector<std::string> notes(const Database& database) {
    std::vector<std::string> texts;
    const auto read = database.read([&](Connection& connection) {
      return connection.each("SELECT text FROM note ORDER BY text", {}, [&](const Row& row) {
        texts.emplace_back(row.text(0));
        return true;
      });
    });
    EXPECT_TRUE(read) << read.error().message;
    return texts;
  }

 private:
  fs::path folder_;
};

TEST_F(StoreTest, KeepsWhatWasWrittenAndOnlyItsOwnerReadsTheFile) {
  {
    Database database = open(path());
    ASSERT_TRUE(database.write([](Connection& c) { return add(c, "one"); }));
  }
  EXPECT_EQ(std::vector<std::string>{"one"}, notes(open(path())));
  struct stat status{};
  ASSERT_EQ(0, ::stat(path().c_str(), &status));
  EXPECT_EQ(0600U, status.st_mode & 0777U);
}

TEST_F(StoreTest, ValuesOfEveryKindComeBackAsTheyWere) {
  const Schema schema = {.name = "values", .migrations = {"CREATE TABLE t (a, b, c, d, e)"}};
  Database database = open(path(), schema);
  const std::vector<Value> values = {std::monostate(), std::int64_t{-7}, 2.5,
                                     std::string("a\0b", 3), Blob{std::string("\xFF\0", 2)}};
  ASSERT_TRUE(database.write(
      [&](Connection& c) { return c.run("INSERT INTO t VALUES (?1, ?2, ?3, ?4, ?5)", values); }));
  std::vector<Value> read;
  ASSERT_TRUE(database.read([&](Connection& c) {
    return c.each("SELECT * FROM t", {}, [&](const Row& row) {
      for (std::size_t i = 0; i < row.width(); ++i) {
        read.push_back(row.value(i));
      }
      EXPECT_TRUE(row.is_null(0));
      EXPECT_EQ(-7, row.integer(1));
      EXPECT_EQ(2.5, row.number(2));
      EXPECT_EQ(std::string_view("\xFF\0", 2), row.blob(4));
      return true;
    });
  }));
  EXPECT_EQ(values, read);
}

TEST_F(StoreTest, AWorkThatFailsIsTakenBackAloneAndWhole) {
  Database database = open(path());
  std::promise<void> go;
  std::vector<std::future<bool>> answers;
  // Held up, so that the three that follow share one commit.
  std::promise<void> first_is_done;
  database.submit(
      [waits = go.get_future().share()](Connection&) {
        waits.wait();
        return base::Result<void>();
      },
      [&](const base::Result<void>&) { first_is_done.set_value(); });
  for (const std::string text : {"a", "b", "c"}) {
    auto answer = std::make_shared<std::promise<bool>>();
    answers.push_back(answer->get_future());
    database.submit(
        [text](Connection& c) -> base::Result<void> {
          if (const auto added = add(c, text); !added) {
            return added.error();
          }
          return text == "b" ? add(c, "a") : base::Result<void>();
        },
        [answer](const base::Result<void>& result) { answer->set_value(result.has_value()); });
  }
  go.set_value();
  EXPECT_TRUE(answers[0].get());
  EXPECT_FALSE(answers[1].get());
  EXPECT_TRUE(answers[2].get());
  first_is_done.get_future().wait();
  EXPECT_EQ((std::vector<std::string>{"a", "c"}), notes(database));
}

TEST_F(StoreTest, ErrorsSayWhatIsWrongAndWritingGoesOn) {
  Database database = open(path());
  ASSERT_TRUE(database.write([](Connection& c) { return add(c, "a"); }));
  const auto twice = database.write([](Connection& c) { return add(c, "a"); });
  ASSERT_FALSE(twice);
  EXPECT_EQ(ErrorCode::InvalidArgument, twice.error().code);
  EXPECT_NE(std::string::npos, twice.error().message.find("UNIQUE")) << twice.error().message;
  for (const char* const wrong :
       {"SELECT", "SELECT 1; SELECT 2", "", "SELECT ?1", "SELECT * FROM nothing"}) {
    const auto refused = database.write([&](Connection& c) { return c.run(wrong); });
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(ErrorCode::InvalidArgument, refused.error().code) << wrong;
  }
  const auto thrown =
      database.write([](Connection&) -> base::Result<void> { throw std::runtime_error("a bug"); });
  ASSERT_FALSE(thrown);
  EXPECT_FALSE(database.read([](Connection& c) { return add(c, "by a reader"); }));
  EXPECT_TRUE(database.write([](Connection& c) { return add(c, "b"); }));
  EXPECT_EQ("", database.refusal());
  EXPECT_EQ((std::vector<std::string>{"a", "b"}), notes(database));
}

TEST_F(StoreTest, AReaderSeesOneStateWhileOthersWrite) {
  Database database = open(path());
  const auto count = [](Connection& c) {
    std::int64_t number = -1;
    EXPECT_TRUE(c.each("SELECT count(*) FROM note", {}, [&](const Row& row) {
      number = row.integer(0);
      return true;
    }));
    return number;
  };
  ASSERT_TRUE(database.read([&](Connection& c) -> base::Result<void> {
    EXPECT_EQ(0, count(c));
    EXPECT_TRUE(database.write([](Connection& w) { return add(w, "meanwhile"); }));
    EXPECT_EQ(0, count(c));
    return {};
  }));
  EXPECT_EQ(1U, notes(database).size());
}

TEST_F(StoreTest, ASchemaGrowsStepByStepAndANewerOneIsRefused) {
  {
    Database first = open(path());
  }
  Schema second = kSchema;
  second.migrations.emplace_back(
      "ALTER TABLE note ADD COLUMN by TEXT; INSERT INTO note (text, by) VALUES ('x', 'y')");
  EXPECT_EQ(std::vector<std::string>{"x"}, notes(open(path(), second)));
  EXPECT_EQ(std::vector<std::string>{"x"}, notes(open(path(), second)));
  const auto older = Database::open(path(), kSchema);
  ASSERT_FALSE(older);
  EXPECT_EQ(ErrorCode::Unsupported, older.error().code);
  EXPECT_NE(std::string::npos, older.error().message.find("newer version"));
  // A step that fails leaves all as it was.
  Schema broken = second;
  broken.migrations.emplace_back("CREATE TABLE more (a); CREATE TABLE note (a)");
  EXPECT_FALSE(Database::open(path(), broken));
  EXPECT_EQ(std::vector<std::string>{"x"}, notes(open(path(), second)));
  Schema mended = second;
  mended.migrations.emplace_back("CREATE TABLE more (a)");
  EXPECT_EQ(std::vector<std::string>{"x"}, notes(open(path(), mended)));
}

TEST_F(StoreTest, AnotherUsesDatabaseOrNoneIsRefusedAndNotTouched) {
  {
    Database database = open(path());
  }
  Schema other = kSchema;
  other.name = "others";
  const auto refused = Database::open(path(), other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(ErrorCode::Unsupported, refused.error().code);
  const std::string text(8192, 'x');
  std::ofstream(path("text")) << text;
  const auto damaged = Database::open(path("text"), kSchema);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(ErrorCode::Corrupt, damaged.error().code);
  std::ifstream file(path("text"));
  EXPECT_EQ(text, std::string(std::istreambuf_iterator<char>(file), {}));
  EXPECT_FALSE(Database::open(path("no/such/folder.db"), kSchema));
}

TEST_F(StoreTest, ABackupIsOneStateAndComesBackWhileItRuns) {
  Database database = open(path());
  ASSERT_TRUE(database.write([](Connection& c) { return add(c, "before"); }));
  std::atomic<bool> is_over = false;
  std::thread writes([&] {
    for (int i = 0; !is_over; ++i) {
      EXPECT_TRUE(database.write([&](Connection& c) -> base::Result<void> {
        // Two by two: a state has an even number of them.
        if (const auto added = add(c, "x" + std::to_string(i)); !added) {
          return added.error();
        }
        return add(c, "y" + std::to_string(i));
      }));
    }
  });
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(database.backup(path("copy.db")));
  }
  is_over = true;
  writes.join();
  EXPECT_EQ(1U, notes(open(path("copy.db"))).size() % 2);
  ASSERT_TRUE(database.write([](Connection& c) { return c.run("DELETE FROM note"); }));
  ASSERT_TRUE(database.write([](Connection& c) { return add(c, "after"); }));
  ASSERT_TRUE(database.restore(path("copy.db")));
  const auto back = notes(database);
  EXPECT_EQ("before", back.front());
  EXPECT_EQ(std::find(back.begin(), back.end(), "after"), back.end());
  ASSERT_TRUE(database.write([](Connection& c) { return add(c, "goes on"); }));
}

TEST_F(StoreTest, ABackupOfAnOlderSchemaIsBroughtUpToDate) {
  {
    Database first = open(path("old.db"));
    ASSERT_TRUE(first.write([](Connection& c) { return add(c, "old"); }));
    ASSERT_TRUE(first.backup(path("copy.db")));
  }
  Schema second = kSchema;
  second.migrations.emplace_back("ALTER TABLE note ADD COLUMN by TEXT");
  Database database = open(path(), second);
  ASSERT_TRUE(database.restore(path("copy.db")));
  EXPECT_TRUE(database.write(
      [](Connection& c) { return c.run("UPDATE note SET by = ?1", {std::string("me")}); }));
}

TEST_F(StoreTest, WhatIsNoBackupChangesNothing) {
  Database database = open(path());
  ASSERT_TRUE(database.write([](Connection& c) { return add(c, "kept"); }));
  std::ofstream(path("text")) << std::string(8192, 'x');
  Schema other = kSchema;
  other.name = "others";
  {
    Database made = open(path("other.db"), other);
  }
  ASSERT_TRUE(database.backup(path("damaged.db")));
  {
    std::fstream file(path("damaged.db"));
    file.seekp(4096);
    file << std::string(3000, 'x');
  }
  std::ofstream(path("empty")).close();
  for (const std::string name : {"text", "other.db", "damaged.db", "empty", "missing"}) {
    EXPECT_FALSE(database.restore(path(name))) << name;
  }
  EXPECT_FALSE(database.backup(path("no/such/folder.db")));
  EXPECT_EQ(std::vector<std::string>{"kept"}, notes(database));
  EXPECT_TRUE(database.write([](Connection& c) { return add(c, "more"); }));
}

// Runs `child` in a process of its own; its exit status, or the signal that ended it negated.
int in_child(const std::function<int()>& child, const std::function<void(pid_t)>& meanwhile) {
  const pid_t process = ::fork();
  if (process == 0) {
    ::_exit(child());
  }
  meanwhile(process);
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

TEST_F(StoreTest, AfterAWriteThatTheDiskRefusedItIsReadOnlyAndSaysWhy) {
  {
    Database database = open(path());
  }
  const auto child = [&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{300'000, 300'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto database = Database::open(path(), kSchema);
    if (!database) {
      return 1;
    }
    int written = 0;
    while (written < 1000 && database->write([&](Connection& c) {
      return add(c, std::to_string(written) + std::string(2000, 'x'));
    })) {
      ++written;
    }
    const auto again = database->write([](Connection& c) { return add(c, "again"); });
    const std::string why = database->refusal();
    const bool is_said = why.find("read-only since a write failed") != std::string::npos;
    const bool is_refused = !again && again.error().message == why;
    const bool is_read = notes(*database).size() == static_cast<std::size_t>(written);
    return written > 10 && written < 1000 && is_said && is_refused && is_read ? 42 : 2;
  };
  EXPECT_EQ(42, in_child(child, [](pid_t) {}));
  Database database = open(path());
  EXPECT_GT(notes(database).size(), 10U);
  EXPECT_TRUE(database.write([](Connection& c) { return add(c, "again"); }));
}

// Writes from 16 threads and tells each acknowledged number, until it is killed.
void write_without_end(const std::string& path, int tell, int round) {
  auto database = Database::open(path, kSchema);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 16; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0;; ++i) {
        const std::int32_t number = (round * 16 + thread) * 100'000 + i;
        const auto done =
            database->write([&](Connection& c) { return add(c, std::to_string(number)); });
        if (!done || ::write(tell, &number, sizeof number) != sizeof number) {
          return;
        }
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

TEST_F(StoreTest, NothingAcknowledgedIsLostOrDoubledWhenItIsKilled) {
  std::set<std::string> acknowledged;
  for (int round = 0; round < 8; ++round) {
    std::array<int, 2> ends{};
    ASSERT_EQ(0, ::pipe(ends.data()));
    const int status = in_child(
        [&] {
          ::close(ends[0]);
          write_without_end(path(), ends[1], round);
          return 0;
        },
        [&](pid_t process) {
          ::close(ends[1]);
          std::int32_t number = 0;
          // So many, and then at any point.
          for (int i = 0; i < 20 + round && ::read(ends[0], &number, sizeof number) > 0; ++i) {
            acknowledged.insert(std::to_string(number));
          }
          ::kill(process, SIGKILL);
          while (::read(ends[0], &number, sizeof number) == sizeof number) {
            acknowledged.insert(std::to_string(number));
          }
          ::close(ends[0]);
        });
    ASSERT_EQ(-SIGKILL, status);
  }
  const auto there = notes(open(path()));
  const std::set<std::string> kept(there.begin(), there.end());
  EXPECT_EQ(there.size(), kept.size());
  for (const std::string& number : acknowledged) {
    EXPECT_TRUE(kept.contains(number)) << number;
  }
  EXPECT_GE(acknowledged.size(), 160U);
}

}  // namespace
}  // namespace truce::store
