// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/witness.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "truce/ledger/check.h"
#include "truce/ledger/copy.h"
#include "truce/ledger/ledger.h"
#include "truce/ledger/tiles.h"

namespace truce::ledger {
namespace {

namespace fs = std::filesystem;

crypto::SecretKey key_of(unsigned char first) {
  crypto::Bytes32 seed{};
  seed[0] = first;
  return crypto::SecretKey(seed);
}

NoteKey ledger_key() {
  return {.name = "log", .type = KeyType::Note, .verifies = key_of(1).public_key().verifies};
}

NoteKey witness_key() {
  return {.name = "w", .type = KeyType::Cosignature, .verifies = key_of(2).public_key().verifies};
}

class WitnessTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "truce-witness-XXXXXX").string();
    ASSERT_NE(nullptr, ::mkdtemp(name.data()));
    folder_ = name;
    ASSERT_TRUE(Ledger::create(in("log"), "log", key_of(1)));
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string in(const std::string& name) const { return (folder_ / name).string(); }

  void append(std::size_t count, const std::string& what = "entry",
              const std::string& log = "log") const {
    auto ledger = Ledger::open(in(log), key_of(1));
    ASSERT_TRUE(ledger) << ledger.error().message;
    ASSERT_TRUE(ledger->append(std::vector<std::string>(count, what)));
  }

  [[nodiscard]] base::Result<WitnessAnswer> ask(bool is_first = false,
                                                const std::string& log = "log") const {
    const auto key = key_of(2);
    return answer_and_remember(
        {.key = &key, .name = "w", .ledger = ledger_key(), .last = {}},
        {.path = in("state"), .is_first = is_first},
        [&](std::uint64_t old_size) { return request_from(Directory(in(log)), old_size); }, 1000);
  }

  [[nodiscard]] std::optional<Refusal> refusal(const std::string& log = "log") const {
    const auto given = ask(false, log);
    EXPECT_TRUE(given) << given.error().message;
    return given->refusal;
  }

 private:
  fs::path folder_;
};

TEST_F(WitnessTest, SignsWhatGoesOnFromWhatTheySignedLast) {
  for (int round = 0; round < 6; ++round) {
    append(static_cast<std::size_t>(1 + round * 70));
    const auto given = ask(round == 0);
    ASSERT_TRUE(given && given->signed_checkpoint) << round;
    EXPECT_EQ(1000U, cosigned_at(given->signed_checkpoint->note, witness_key()));
    const auto added = add_signatures(in("log"), {given->signature()}, {witness_key()});
    ASSERT_TRUE(added) << added.error().message;
    // The same again is signed again.
    EXPECT_EQ(std::nullopt, refusal());
  }
}

TEST_F(WitnessTest, RefusesARollBackAForkAndAnotherKey) {
  append(5);
  fs::copy(in("log"), in("older"), fs::copy_options::recursive);
  append(5);
  ASSERT_TRUE(ask(true)->signed_checkpoint);
  const auto read = [&] {
    std::ifstream file(in("state"));
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const std::string state = read();
  EXPECT_EQ(Refusal::RolledBack, refusal("older"));
  append(5, "another", "older");
  EXPECT_EQ(Refusal::Fork, refusal("older"));
  append(5, "another", "older");
  EXPECT_EQ(Refusal::Fork, refusal("older"));
  ASSERT_TRUE(Ledger::create(in("stranger"), "log", key_of(3)));
  EXPECT_EQ(Refusal::NotSigned, refusal("stranger"));
  EXPECT_EQ(state, read());
  append(1);
  EXPECT_EQ(std::nullopt, refusal());
}

TEST_F(WitnessTest, ARequestFromAnotherSizeIsRefused) {
  append(5);
  ASSERT_TRUE(ask(true)->signed_checkpoint);
  append(5);
  const auto key = key_of(2);
  for (const std::uint64_t size : {0U, 4U, 10U}) {
    const auto given = answer_and_remember(
        {.key = &key, .name = "w", .ledger = ledger_key(), .last = {}}, {.path = in("state")},
        [&](std::uint64_t) { return request_from(Directory(in("log")), size); }, 1000);
    ASSERT_TRUE(given);
    EXPECT_EQ(Refusal::OtherSize, given->refusal) << size;
  }
}

TEST_F(WitnessTest, MemoryIsNotLostByAMistypedName) {
  append(1);
  EXPECT_FALSE(ask(false));
  ASSERT_TRUE(ask(true));
  EXPECT_FALSE(ask(true));
  ASSERT_TRUE(ask(false));
  // Nor by a file that somebody else wrote.
  fs::copy_file(in("log/checkpoint"), in("state"), fs::copy_options::overwrite_existing);
  const auto other = ask(false);
  ASSERT_FALSE(other);
  EXPECT_EQ(base::ErrorCode::Corrupt, other.error().code);
}

TEST_F(WitnessTest, RequestsAreWrittenAsTheyAreRead) {
  append(7);
  const auto request = request_from(Directory(in("log")), 3);
  ASSERT_TRUE(request);
  const std::string text = to_text(*request);
  EXPECT_EQ("old 3\n", text.substr(0, 6));
  const auto again = read_witness_request(text);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(text, to_text(*again));
  for (const std::string& other :
       {std::string(), text.substr(1), "old 03" + text.substr(5), text + "x",
        "old 3\nx\n" + text.substr(6), text.substr(0, text.size() - 1), std::string("old 3\n\n")}) {
    EXPECT_FALSE(read_witness_request(other)) << other;
  }
}

TEST_F(WitnessTest, ACopyGoesOnFromAnEarlierOneAndFromNoOther) {
  append(300);
  const auto first = copy_ledger(Directory(in("log")), in("copy"));
  ASSERT_TRUE(first) << first.error().message;
  append(300, "more");
  ASSERT_TRUE(copy_ledger(Directory(in("log")), in("copy")));
  const auto checked = check_ledger(Directory(in("copy")), {.key = ledger_key(), .known = {}});
  EXPECT_EQ(std::vector<std::string>(), checked->problems);
  EXPECT_EQ(600U, checked->checkpoint->tree.size);
  append(1, "goes on", "copy");
  // The copy has more now, and then something else.
  EXPECT_FALSE(copy_ledger(Directory(in("log")), in("copy")));
  append(2, "elsewhere");
  EXPECT_FALSE(copy_ledger(Directory(in("log")), in("copy")));
  ASSERT_TRUE(Ledger::create(in("other"), "other", key_of(1)));
  EXPECT_FALSE(copy_ledger(Directory(in("log")), in("other")));
  // What is damaged is not copied as if it were whole.
  std::ofstream(in("log/") + bundle_path(0, 256), std::ios::app) << "x";
  EXPECT_FALSE(copy_ledger(Directory(in("log")), in("new")));
  EXPECT_FALSE(fs::exists(in("new/checkpoint")));
}

}  // namespace
}  // namespace truce::ledger
