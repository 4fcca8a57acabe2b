// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include "truce/stream/internal/log.h"
#include "truce/stream/replay_log.h"

namespace truce::stream::internal {

/// Some of the rows of a log, as one reader read them.
struct LogPart {
  // The rows that begin from here to before there.
  std::size_t begin = 0;
  std::size_t until = 0;
  // Where the row behind the last one begins.
  std::size_t end = 0;
  std::uint64_t lines = 0;
  // Which reader read it.
  std::size_t reader = 0;
  LogOrder first;
  LogOrder last;
  // What readers tell of their words that comes before the batches: the one that read it, and one
  // that read it in vain.
  struct Told {
    std::size_t reader = 0;
    LogWords words;
  };
  std::vector<Told> told;
  // The first `count` of them; the others are kept for their memory.
  std::vector<Batch> batches;
  std::size_t count = 0;
  std::optional<LogObstacle> obstacle;
};

/// Reads a log by several threads, each a part at a time, and gives the parts in their order. A
/// part begins behind a line end, where almost always a row does. Where that line end stood in
/// quotes, the row before the part ends within it; then the part is read again from there.
class LogParts {
 public:
  /// `readers`: fresh ones of one log, one for each thread and one more; the caller's thread is one
  /// of them.
  LogParts(std::string_view text, std::vector<LogReader> readers, std::size_t part);
  LogParts(const LogParts&) = delete;
  LogParts(LogParts&&) = delete;
  LogParts& operator=(const LogParts&) = delete;
  LogParts& operator=(LogParts&&) = delete;
  ~LogParts();

  /// The next part, valid until the next call; null at the end. Its batches are to be used, then
  /// its obstacle: where it has one it is the last.
  const LogPart* next();
  [[nodiscard]] const LogReader& reader(std::size_t reader) const { return readers_[reader]; }

 private:
  struct Slot {
    LogPart part;
    bool is_read = false;
  };

  [[nodiscard]] std::size_t begin_of(std::size_t number) const;
  void read(LogPart& part, std::size_t reader);
  void read_number(std::size_t number, std::size_t reader);
  [[nodiscard]] bool may_read() const { return begun_ < count_ && begun_ < taken_ + slots_.size(); }
  void work(std::size_t reader);
  LogPart& wait_for(std::size_t number);
  void fit(LogPart& part);

  std::string_view text_;
  std::size_t header_end_;
  std::size_t part_;
  // How many parts there are.
  std::size_t count_;
  std::vector<LogReader> readers_;

  std::mutex mutex_;
  std::condition_variable changed_;
  // By number, a ring.
  std::vector<Slot> slots_;
  // Parts that somebody reads or has read; parts that the caller is done with.
  std::size_t begun_ = 0;
  std::size_t taken_ = 0;
  bool is_over_ = false;
  // Whether the caller has the part `taken_`; whether it is the last.
  bool is_given_ = false;
  bool is_last_ = false;
  // Of the parts that were given.
  std::size_t end_;
  std::uint64_t line_;
  LogOrder last_;
  std::vector<std::thread> threads_;
};

}  // namespace truce::stream::internal
