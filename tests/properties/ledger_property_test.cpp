// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/ledger_property.h"

#include "tests/support/effort.h"
#include <gtest/gtest.h>

namespace truce::testing {
namespace {

TEST(LedgerProperty, NothingAcknowledgedIsLostOrDoubledWhenItIsKilled) {
  expect_nothing_lost_when_killed(cases(50), 1);
}

TEST(LedgerProperty, EveryTamperingShows) { expect_every_tampering_shows(cases(400), 2); }

TEST(LedgerProperty, ACleanLedgerRaisesNoAlarm) { expect_no_alarm(cases(60), 3); }

TEST(LedgerProperty, NoChangedSignatureIsAccepted) { expect_no_changed_signature(cases(1000), 4); }

}  // namespace
}  // namespace truce::testing
