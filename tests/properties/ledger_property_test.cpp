// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/ledger_property.h"

#include "tests/support/effort.h"
#include <gtest/gtest.h>

namespace truce::testing {
namespace {

TEST(LedgerProperty, NothingAcknowledgedIsLostOrDoubledWhenItIsKilled) {
  expect_nothing_lost_when_killed(cases(50), 1);
}

TEST(LedgerProperty, AFullDiskIsTold) {
  // In the bundle, which is the larger file, and at its very first entries.
  for (const std::uint64_t bytes : {2500U, 70'000U}) {
    expect_a_full_disk_is_told(bytes);
  }
}

TEST(LedgerProperty, EveryTamperingShows) { expect_every_tampering_shows(cases(400), 2); }

TEST(LedgerProperty, ACleanLedgerRaisesNoAlarm) { expect_no_alarm(cases(60), 3); }

TEST(LedgerProperty, NoChangedSignatureIsAccepted) { expect_no_changed_signature(cases(1000), 4); }

}  // namespace
}  // namespace truce::testing
