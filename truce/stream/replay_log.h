// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "truce/incidents/actor_book.h"
#include "truce/incidents/read.h"
#include "truce/stream/plan.h"

namespace truce::stream {

/// What came of reading a log row by row.
struct LogReplay {
  // Why the log was not judged so; empty where it was. Then the rest is as far as it came.
  std::string obstacle;
  // A line for each broken verdict and each point, in the order of the rows: workbench::list_ids.
  std::string ids;
  std::uint64_t rows = 0;
  // Of the lines, those of broken verdicts.
  std::uint64_t broken = 0;
};

/// By how many threads a log is read; it is judged by one, in its order.
struct LogThreads {
  // At least 1.
  unsigned count = 1;
  // Bytes that one reads at a time.
  std::size_t part = std::size_t{256} * 1024;
};

/// Judges each row of a log once, in the order of the file, in time that does not depend on how
/// long ago what still matters happened, and in memory for that alone. The plan must be whole.
/// Gives what monitor::replay gives on the same file, or says why it does not: a row that leaves
/// something open, that comes out of order, that corrects another, that is an institutional act.
/// What comes out does not depend on the threads.
LogReplay replay_log(const agreement::Agreement& agreement, const Plan& plan, std::string_view text,
                     const incidents::ReadOptions& options, const incidents::ActorBook& actors,
                     LogThreads threads = {});

}  // namespace truce::stream
