// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/ledger_property.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/dice.h"
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "truce/ledger/check.h"
#include "truce/ledger/directory.h"
#include "truce/ledger/ledger.h"
#include "truce/ledger/tiles.h"

namespace truce::testing {
namespace {

namespace fs = std::filesystem;
using ledger::Directory;
using ledger::KnownCheckpoint;
using ledger::Ledger;

constexpr const char* kOrigin = "example.com/log";

crypto::SecretKey key_of(unsigned char first = 1) {
  crypto::Bytes32 seed{};
  seed[0] = first;
  return crypto::SecretKey(seed);
}

ledger::NoteKey note_key(unsigned char first = 1) {
  return {.name = kOrigin,
          .type = ledger::KeyType::Note,
          .verifies = key_of(first).public_key().verifies};
}

// A folder that goes with it. In memory where that can be: what is looked at here outlives a
// process, not a machine.
class Folder {
 public:
  Folder() {
    const fs::path memory = "/dev/shm";
    std::error_code ignored;
    const bool has_memory = ::access(memory.c_str(), W_OK) == 0;
    const fs::path parent = has_memory ? memory : fs::temp_directory_path(ignored);
    std::string name = (parent / "truce-ledger-XXXXXX").string();
    EXPECT_NE(nullptr, ::mkdtemp(name.data()));
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string in(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::vector<std::string> problems_of(const std::string& path,
                                     std::vector<KnownCheckpoint> known = {}) {
  const auto checked =
      ledger::check_ledger(Directory(path), {.key = note_key(), .known = std::move(known)});
  return checked ? checked->problems : std::vector<std::string>{checked.error().message};
}

void make(const std::string& path, unsigned char key = 1) {
  const auto made = Ledger::create(path, kOrigin, key_of(key));
  ASSERT_TRUE(made) << made.error().message;
}

void append(const std::string& path, std::vector<std::string> entries, unsigned char key = 1) {
  auto opened = Ledger::open(path, key_of(key));
  ASSERT_TRUE(opened) << opened.error().message;
  const auto appended = opened->append(std::move(entries));
  ASSERT_TRUE(appended) << appended.error().message;
}

std::vector<std::string> numbered(const std::string& what, std::size_t first, std::size_t count) {
  std::vector<std::string> entries;
  for (std::size_t i = first; i < first + count; ++i) {
    entries.push_back(what + " " + std::to_string(i));
  }
  return entries;
}

// What a writer was told of one entry.
struct Told {
  std::uint64_t index = 0;
  std::uint32_t thread = 0;
  std::uint32_t number = 0;
};

std::string entry_of(std::uint64_t round, std::uint32_t thread, std::uint32_t number) {
  return "round " + std::to_string(round) + " " + std::to_string(thread) + " " +
         std::to_string(number);
}

// Appends from 16 threads and tells of each entry that is acknowledged, until it is killed.
void append_without_end(const std::string& path, int tell, std::uint64_t round) {
  auto opened = Ledger::open(path, key_of());
  if (!opened) {
    return;
  }
  std::vector<std::thread> threads;
  for (std::uint32_t thread = 0; thread < 16; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::uint32_t number = 0;; ++number) {
        const auto appended = opened->append({entry_of(round, thread, number)});
        const Told told{
            .index = appended ? appended->first : 0, .thread = thread, .number = number};
        if (!appended || ::write(tell, &told, sizeof told) != sizeof told) {
          return;
        }
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

// What the killed program acknowledged, by index.
std::map<std::uint64_t, std::string> run_and_kill(const std::string& path, std::uint64_t round,
                                                  std::size_t after, unsigned more_us) {
  std::map<std::uint64_t, std::string> told;
  std::array<int, 2> ends{};
  EXPECT_EQ(0, ::pipe(ends.data()));
  const pid_t process = ::fork();
  if (process == 0) {
    ::close(ends[0]);
    append_without_end(path, ends[1], round);
    ::_exit(3);
  }
  ::close(ends[1]);
  Told one;
  const auto take = [&] {
    const bool is_read = ::read(ends[0], &one, sizeof one) == sizeof one;
    if (is_read) {
      EXPECT_TRUE(told.emplace(one.index, entry_of(round, one.thread, one.number)).second);
    }
    return is_read;
  };
  for (std::size_t i = 0; i < after && take(); ++i) {
  }
  ::usleep(more_us);
  ::kill(process, SIGKILL);
  while (take()) {
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(process, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the program ended by itself";
  return told;
}

void expect_all_there(const std::string& path, const std::map<std::uint64_t, std::string>& told) {
  const auto text = Directory(path).checkpoint();
  ASSERT_TRUE(text);
  const std::uint64_t size = ledger::read_checkpoint(*text)->checkpoint.tree.size;
  std::set<std::string> seen;
  for (std::uint64_t index = 0; index * ledger::kTileWidth < size; ++index) {
    const std::uint64_t width = ledger::width_of(0, index, size);
    const auto bundle = Directory(path).bundle(index, width);
    ASSERT_TRUE(bundle) << bundle.error().message;
    const auto entries = ledger::read_bundle(*bundle, width);
    ASSERT_TRUE(entries);
    for (std::uint64_t i = 0; i < width; ++i) {
      const std::string entry((*entries)[i]);
      EXPECT_TRUE(seen.insert(entry).second) << entry << " stands twice";
      const auto found = told.find(index * ledger::kTileWidth + i);
      EXPECT_TRUE(found == told.end() || found->second == entry) << entry;
    }
  }
  EXPECT_TRUE(told.empty() || told.rbegin()->first < size) << "an acknowledged entry is lost";
}

// The files of a ledger that belong to the tree of its checkpoint.
std::vector<std::string> files_of(std::uint64_t size) {
  std::vector<std::string> files = {"checkpoint"};
  for (std::uint64_t index = 0; ledger::width_of(0, index, size) > 0; ++index) {
    files.push_back(ledger::bundle_path(index, ledger::width_of(0, index, size)));
  }
  for (unsigned level = 0; ledger::hashes_at(level, size) > 0; ++level) {
    for (std::uint64_t index = 0; ledger::width_of(level, index, size) > 0; ++index) {
      files.push_back(ledger::tile_path(level, index, ledger::width_of(level, index, size)));
    }
  }
  return files;
}

// A ledger of some size, its files, and older and other ones of the same key.
class Tampered {
 public:
  Tampered(std::uint64_t size, std::uint64_t older) : size_(size), older_(older) {
    make(path());
    append(path(), numbered("entry", 0, older));
    before_ = bytes_of(path("checkpoint"));
    fs::copy(path(), folder_.in("older"), fs::copy_options::recursive);
    fs::copy(path(), folder_.in("fork"), fs::copy_options::recursive);
    append(path(), numbered("entry", older, size - older));
    append(folder_.in("fork"), numbered("another", older, size - older + 3));
    make(folder_.in("stranger"), 2);
    append(folder_.in("stranger"), numbered("entry", 0, size), 2);
    // By somebody who writes every file anew and has not the key.
    auto changed = numbered("entry", 0, size);
    changed[older - 1] += "!";
    make(folder_.in("rewritten"), 2);
    append(folder_.in("rewritten"), changed, 2);
    fs::copy_file(path("checkpoint"), folder_.in("rewritten/checkpoint"),
                  fs::copy_options::overwrite_existing);
    now_ = bytes_of(path("checkpoint"));
    EXPECT_EQ(std::vector<std::string>(),
              problems_of(path(), {{"before", before_}, {"now", now_}}));
  }

  // One thing is changed, looked for, and put back. Says what it was.
  std::string try_one(Dice& dice) {
    switch (dice.below(10)) {
      case 4:
        return "every file written anew" + answer(problems_of(folder_.in("rewritten")));
      case 0:
        return "an older ledger" + answer(problems_of(folder_.in("older"), {{"now", now_}}));
      case 1:
        return "a fork" + answer(problems_of(folder_.in("fork"), {{"now", now_}}));
      case 2:
        return "another key" + answer(problems_of(folder_.in("stranger")));
      case 3:
        return in_file("checkpoint", before_, {{"now", now_}});
      default: {
        const auto files = files_of(size_);
        const std::string name = dice.any(files);
        return change(name, dice);
      }
    }
  }

 private:
  [[nodiscard]] std::string path(const std::string& name = "") const {
    return folder_.in("log") + (name.empty() ? "" : "/" + name);
  }

  static std::string answer(const std::vector<std::string>& problems) {
    return problems.empty() ? " does not show" : "";
  }

  // With these bytes in the place of a file.
  std::string in_file(const std::string& name, const std::string& bytes,
                      std::vector<KnownCheckpoint> known = {}) {
    const std::string whole = bytes_of(path(name));
    put(path(name), bytes);
    const auto problems = problems_of(path(), std::move(known));
    put(path(name), whole);
    return name + (bytes == whole ? " unchanged" : answer(problems));
  }

  std::string change(const std::string& name, Dice& dice) {
    std::string bytes = bytes_of(path(name));
    const std::size_t at = dice.below(bytes.size());
    switch (dice.below(6)) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << dice.below(8)));
        break;
      case 1:
        bytes.erase(at, 1 + dice.below(40));
        break;
      case 2:
        bytes.insert(at, std::string(1 + dice.below(40), static_cast<char>(dice.below(256))));
        break;
      case 3:
        bytes.resize(at);
        break;
      case 4: {
        const std::string taken = bytes_of(path(name));
        fs::remove(path(name));
        const auto problems = problems_of(path());
        put(path(name), taken);
        return name + " removed" + answer(problems);
      }
      default:
        return reorder(name, bytes, dice);
    }
    return in_file(name, bytes);
  }

  // Two entries or two hashes change places, or two lines of the checkpoint.
  std::string reorder(const std::string& name, const std::string& bytes, Dice& dice) {
    std::vector<std::string> parts;
    const bool is_bundle = name.starts_with("tile/entries/");
    if (is_bundle) {
      for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = 2 + static_cast<unsigned char>(bytes[at + 1]);
        parts.push_back(bytes.substr(at, length));
        at += length;
      }
    } else {
      const std::size_t length = name == "checkpoint" ? 1 : 32;
      for (std::size_t at = 0; at < bytes.size(); at += length) {
        parts.push_back(bytes.substr(at, length));
      }
    }
    const std::size_t first = dice.below(parts.size());
    const std::size_t second = dice.below(parts.size());
    if (parts[first] == parts[second]) {
      return "";
    }
    std::swap(parts[first], parts[second]);
    std::string changed;
    for (const std::string& part : parts) {
      changed += part;
    }
    return in_file(name, changed);
  }

  Folder folder_;
  std::uint64_t size_;
  std::uint64_t older_;
  std::string before_;
  std::string now_;
};

ledger::Note signed_note(const std::string& text) {
  const auto key = key_of();
  return {.text = text,
          .signatures = {ledger::sign_note(key, kOrigin, text),
                         ledger::cosign_note(key, "witness", text, 1473696000)}};
}

}  // namespace

void expect_nothing_lost_when_killed(std::uint64_t rounds, std::uint64_t seed) {
  Dice dice(seed);
  constexpr std::uint64_t kRoundsOfOne = 10;
  for (std::uint64_t round = 0; round < rounds && !::testing::Test::HasFailure();) {
    const Folder folder;
    const std::string path = folder.in("log");
    make(path);
    std::map<std::uint64_t, std::string> told;
    for (std::uint64_t i = 0; i < kRoundsOfOne && round < rounds; ++i, ++round) {
      SCOPED_TRACE(round);
      told.merge(
          run_and_kill(path, round, dice.below(60), static_cast<unsigned>(dice.below(3000))));
      // As it was left, before anybody goes on with it.
      EXPECT_EQ(std::vector<std::string>(), problems_of(path));
      expect_all_there(path, told);
    }
    EXPECT_GT(told.size(), 0U);
    append(path, {"and it goes on"});
    EXPECT_EQ(std::vector<std::string>(), problems_of(path));
  }
}

void expect_a_full_disk_is_told(std::uint64_t bytes) {
  const Folder folder;
  const std::string path = folder.in("log");
  make(path);
  std::array<int, 2> ends{};
  ASSERT_EQ(0, ::pipe(ends.data()));
  const pid_t process = ::fork();
  if (process == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto opened = Ledger::open(path, key_of());
    std::uint64_t told = 0;
    while (opened && told < 1000 &&
           opened->append({std::string(997, 'x') + std::to_string(told)})) {
      ++told;
    }
    const bool is_said =
        opened && opened->refusal().find("read-only since a write failed") != std::string::npos &&
        opened->refusal().find("make room") != std::string::npos;
    const auto again = opened->append({"again"});
    const bool is_refused = !again && again.error().message == opened->refusal();
    const bool is_told = ::write(ends[1], &told, sizeof told) == sizeof told;
    ::_exit(is_said && is_refused && is_told ? 42 : 1);
  }
  std::uint64_t told = 0;
  EXPECT_EQ(static_cast<ssize_t>(sizeof told), ::read(ends[0], &told, sizeof told));
  int status = 0;
  ::waitpid(process, &status, 0);
  ::close(ends[0]);
  ::close(ends[1]);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(42, WEXITSTATUS(status));
  EXPECT_GT(told, 0U);
  EXPECT_EQ(std::vector<std::string>(), problems_of(path));
  EXPECT_EQ(told, ledger::read_checkpoint(*Directory(path).checkpoint())->checkpoint.tree.size);
  append(path, {"there is room again"});
  EXPECT_EQ(std::vector<std::string>(), problems_of(path));
}

void expect_every_tampering_shows(std::uint64_t count, std::uint64_t seed) {
  Dice dice(seed);
  for (std::uint64_t done = 0; done < count && !::testing::Test::HasFailure();) {
    const std::uint64_t size = 2 + dice.below(dice.one_in(3) ? 700 : 40);
    Tampered tampered(size, 1 + dice.below(size - 1));
    for (int i = 0; i < 200 && done < count; ++i) {
      const std::string what = tampered.try_one(dice);
      EXPECT_FALSE(what.ends_with(" does not show")) << what << ", " << size << " entries";
      done += what.empty() || what.ends_with(" unchanged") ? 0 : 1;
    }
  }
}

void expect_no_alarm(std::uint64_t count, std::uint64_t seed) {
  Dice dice(seed);
  for (std::uint64_t run = 0; run < count && !::testing::Test::HasFailure(); ++run) {
    SCOPED_TRACE(run);
    const Folder folder;
    const std::string path = folder.in("log");
    make(path);
    std::vector<KnownCheckpoint> known;
    std::uint64_t size = 0;
    for (std::size_t steps = 1 + dice.below(4); steps > 0; --steps) {
      auto opened = Ledger::open(path, key_of());
      ASSERT_TRUE(opened) << opened.error().message;
      for (std::size_t appends = dice.below(4); appends > 0; --appends) {
        const std::size_t more = 1 + dice.below(dice.one_in(20) ? 600 : 9);
        ASSERT_TRUE(opened->append(numbered("entry", size, more)));
        size += more;
      }
      known.push_back({.name = std::to_string(size), .text = *Directory(path).checkpoint()});
    }
    EXPECT_EQ(std::vector<std::string>(), problems_of(path, known));
  }
}

void expect_no_changed_signature(std::uint64_t count, std::uint64_t seed) {
  Dice dice(seed);
  const ledger::NoteKey own = note_key();
  const ledger::NoteKey witness{
      .name = "witness", .type = ledger::KeyType::Cosignature, .verifies = own.verifies};
  const ledger::Note whole = signed_note(
      "example.com/log\n7\nCsUYapGGPo4dkMgIAUqom/"
      "Xajj7h2fB2MPA3j2jxq2I=\n");
  ASSERT_EQ(ledger::Signed::Yes, ledger::signed_by(whole, own));
  ASSERT_TRUE(ledger::cosigned_at(whole, witness));
  for (std::uint64_t i = 0; i < count && !::testing::Test::HasFailure(); ++i) {
    ledger::Note changed = whole;
    const bool is_text = dice.one_in(4);
    // Different places, so that no change takes another back.
    const std::size_t first = dice.below(8);
    for (std::size_t bits = 1 + dice.below(3), bit = first; bits > 0; --bits, ++bit) {
      for (auto& signature : changed.signatures) {
        std::string& bytes = is_text ? changed.text : signature.bytes;
        const std::size_t at = dice.below(bytes.size());
        bytes[at] = static_cast<char>(bytes[at] ^ (1U << (bit % 8)));
      }
    }
    EXPECT_TRUE(changed == whole || ledger::signed_by(changed, own) != ledger::Signed::Yes) << i;
    const bool is_cosignature_kept =
        changed.text == whole.text && changed.signatures[1] == whole.signatures[1];
    EXPECT_TRUE(is_cosignature_kept || !ledger::cosigned_at(changed, witness)) << i;
  }
}

}  // namespace truce::testing
