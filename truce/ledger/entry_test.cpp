// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/entry.h"

#include <gtest/gtest.h>

namespace truce::ledger {
namespace {

const Entry kCorrection = {.kind = "incident",
                           .at =
                               *[] {
                                 const auto at = base::parse_instant("2016-09-12T16:00:00Z", {});
                                 return at ? std::optional(at->at) : std::nullopt;
                               }(),
                           .corrects = 7,
                           .elsewhere = std::nullopt,
                           .content = "a\n\nb"};

TEST(Entry, IsWrittenByteByByteAsDocumented) {
  EXPECT_EQ("truce-entry/1\nkind: incident\nat: 2016-09-12T16:00:00Z\ncorrects: 7\n\na\n\nb",
            to_bytes(kCorrection));
  Entry elsewhere = kCorrection;
  elsewhere.corrects.reset();
  elsewhere.content.clear();
  elsewhere.elsewhere = Content{.sha256_hex = std::string(64, 'a'), .size = 70000};
  EXPECT_EQ("truce-entry/1\nkind: incident\nat: 2016-09-12T16:00:00Z\nelsewhere: " +
                std::string(64, 'a') + " 70000\n\n",
            to_bytes(elsewhere));
  EXPECT_EQ(elsewhere, *read_entry(to_bytes(elsewhere)));
}

TEST(Entry, ReadsBackEveryKind) {
  for (const std::string& kind : entry_kinds()) {
    Entry entry = kCorrection;
    entry.kind = kind;
    const auto read = read_entry(to_bytes(entry));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(entry, *read);
  }
}

TEST(Entry, WhatIsWrittenOtherwiseIsRefused) {
  const std::string head = "truce-entry/1\nkind: note\n";
  const std::string at = "at: 2016-09-12T16:00:00Z\n";
  const std::string hash(64, 'a');
  ASSERT_TRUE(read_entry(head + at + "\n"));
  for (const std::string& other :
       {std::string(), head, head + at, head + "\n", "x" + head + at + "\n",
        "truce-entry/1\nkind: rumour\n" + at + "\n", "truce-entry/1\n" + at + "kind: note\n\n",
        head + "at: 2016-09-12\n\n", head + "at: 2016-09-12T16:00Z\n\n",
        head + "at: 2016-09-12T18:00:00+02:00\n\n", head + at + "corrects: 07\n\n",
        head + at + "corrects: -1\n\n", head + at + "corrects: 7", head + at + "more: 7\n\n",
        head + at + "elsewhere: " + hash + "\n\n", head + at + "elsewhere: " + hash + " 1\n\nx",
        head + at + "elsewhere: " + hash.substr(1) + " 1\n\n",
        head + at + "elsewhere: " + hash + " 1\ncorrects: 7\n\n"}) {
    EXPECT_FALSE(read_entry(other)) << other;
  }
}

TEST(Entry, ACorrectionStandsAfterWhatItCorrects) {
  const std::string bytes = to_bytes(kCorrection);
  EXPECT_TRUE(may_stand_at(bytes, 8));
  EXPECT_FALSE(may_stand_at(bytes, 7));
  EXPECT_TRUE(may_stand_at("anything", 0));
  EXPECT_FALSE(may_stand_at("truce-entry/1\nand then something else", 9));
}

}  // namespace
}  // namespace truce::ledger
