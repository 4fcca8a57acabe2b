// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/ledger_property.h"
#include <gtest/gtest.h>

namespace truce::testing {
namespace {

TEST(LedgerLong, NothingAcknowledgedIsLostOrDoubledWhenItIsKilled) {
  expect_nothing_lost_when_killed(1000, 11);
}

TEST(LedgerLong, EveryTamperingShows) { expect_every_tampering_shows(10000, 12); }

TEST(LedgerLong, ACleanLedgerRaisesNoAlarm) { expect_no_alarm(10000, 13); }

TEST(LedgerLong, NoChangedSignatureIsAccepted) { expect_no_changed_signature(1000000, 14); }

}  // namespace
}  // namespace truce::testing
