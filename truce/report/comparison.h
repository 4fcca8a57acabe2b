// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "truce/report/record.h"

namespace truce::report {

/// How what several accounts say of one thing goes together.
enum class Agreeing : std::uint8_t {
  // Nobody says it.
  Unsaid,
  // One account alone says it.
  One,
  Same,
  // Not the same, and all can be true: one leaves more open, or is more exact.
  Open,
  // Two accounts cannot both be true.
  Differ,
};

/// What accounts are compared in, in the order of the report.
enum class Topic : std::uint8_t { Who, Act, Target, Weapon, When, Where, Deaths };
constexpr std::size_t kTopicCount = 7;

using Comparison = std::array<Agreeing, kTopicCount>;

/// The accounts of an incident, topic by topic.
Comparison compare(const Record& record, const facts::Incident& incident);
/// One letter for each topic: `-` unsaid, `1` one, `s` same, `o` open, `d` differ.
std::string to_letters(const Comparison& comparison);

}  // namespace truce::report
