// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace truce::testing {

/// A program that appends from 16 threads is killed at any point, `rounds` times: nothing that it
/// acknowledged is lost or stands elsewhere, nothing stands twice, and the ledger verifies.
void expect_nothing_lost_when_killed(std::uint64_t rounds, std::uint64_t seed);

/// A disk takes no more than `bytes` of a file: what was acknowledged stands, nothing more is
/// appended, the message says why, and the ledger verifies and goes on where there is room.
void expect_a_full_disk_is_told(std::uint64_t bytes);

/// `count` times something is changed in a ledger, taken out, put in, put elsewhere, cut off, or an
/// older or another one is put in its place: each shows.
void expect_every_tampering_shows(std::uint64_t count, std::uint64_t seed);

/// `count` ledgers that grew in steps of any size, opened anew in between: no problem is found,
/// and each goes on from every checkpoint that was kept.
void expect_no_alarm(std::uint64_t count, std::uint64_t seed);

/// `count` signatures of ledgers and witnesses with bits changed, or under changed words: none is
/// accepted.
void expect_no_changed_signature(std::uint64_t count, std::uint64_t seed);

}  // namespace truce::testing
