// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/checkpoint.h"

#include <gtest/gtest.h>

#include "truce/crypto/sha256.h"

namespace truce::workbench {
namespace {

Checkpoint sample() {
  Checkpoint one;
  one.made_with = {{"agreement", "00"}, {"options", "11"}};
  one.position = {.offset = 300, .before = "the bytes before"};
  one.header = "incident,kind";
  one.lines = 4;
  one.rows = 3;
  one.number = 7;
  one.present = base::Instant{1'900'000'000};
  incidents::Report report;
  report.incident = "mill";
  report.account = "m";
  report.reported_at = base::Instant{5};
  report.when = {base::Instant{1}, base::Instant{2}};
  report.actors = {{"North", "South"}, incidents::NameSet::Joining::AllOf};
  report.clauses = {"1.1"};
  report.point = base::Point{{50.5}, {-10.25}};
  report.radius = {500};
  report.deaths_best = -3;
  report.confidence = 0.5;
  report.is_withdrawn = true;
  report.origin.line = 9;
  report.raw = "mill,attack";
  one.reports = {report};
  one.complete_observers = {"Mission"};
  one.told = {{.clause = "1.1",
               .bearers = {"North"},
               .about = "mill",
               .period = 3,
               .ordinal = 2,
               .incident = "mill",
               .at = base::Instant{1},
               .is_at_present = true,
               .outcome = facts::Outcome::Contested,
               .holds = facts::Truth::Maybe,
               .opinions = {{"Mission", facts::Opinion::Kept}},
               .blame = {"North", "Aland"}}};
  return one;
}

TEST(Checkpoint, IsReadAsItWasWritten) {
  const std::string bytes = to_bytes(sample());
  const auto read = parse_checkpoint("saved", bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(to_bytes(*read), bytes);
  EXPECT_EQ(read->told, sample().told);
  EXPECT_EQ(read->position.offset, 300U);
  EXPECT_EQ(read->reports.front().deaths_best, -3);
  EXPECT_EQ(read->reports.front().point->longitude.degrees, -10.25);
  EXPECT_TRUE(read->reports.front().is_withdrawn);
}

// The first bytes of the body, as the page of the format has them.
TEST(Checkpoint, HasTheBytesOfItsFormat) {
  const std::string bytes = to_bytes(sample());
  const std::string begin = std::string("truce.monitor-checkpoint/1\n") +
                            std::string("\2\0\0\0\0\0\0\0", 8) +
                            std::string("\x9\0\0\0\0\0\0\0agreement", 17) +
                            std::string(
                                "\2\0\0\0\0\0\0\0"
                                "00",
                                10);
  EXPECT_EQ(bytes.substr(0, begin.size()), begin);
  EXPECT_EQ(bytes.substr(bytes.size() - 64),
            crypto::sha256_hex(bytes.substr(0, bytes.size() - 64)));
}

TEST(Checkpoint, IsRefusedWhereAnyByteIsOther) {
  const std::string bytes = to_bytes(sample());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 4);
    EXPECT_FALSE(parse_checkpoint("saved", damaged)) << at;
    EXPECT_FALSE(parse_checkpoint("saved", bytes.substr(0, at))) << at;
  }
}

TEST(Checkpoint, IsRefusedWhereItsBodyIsNone) {
  const std::string bytes = to_bytes(sample());
  const std::string body = bytes.substr(0, bytes.size() - 64);
  const auto with_digest = [](std::string text) {
    text += crypto::sha256_hex(text);
    return text;
  };
  EXPECT_TRUE(parse_checkpoint("saved", with_digest(body)));
  EXPECT_FALSE(parse_checkpoint("saved", with_digest(body + '\0')));
  for (std::size_t size = 27; size < body.size(); ++size) {
    EXPECT_FALSE(parse_checkpoint("saved", with_digest(body.substr(0, size)))) << size;
  }
}

TEST(Checkpoint, OfAnotherVersionIsNamedSo) {
  const auto read = parse_checkpoint("saved", "truce.monitor-checkpoint/2\n");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, base::ErrorCode::Unsupported);
}

}  // namespace
}  // namespace truce::workbench
