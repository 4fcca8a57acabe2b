// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "truce/stream/internal/faces.h"
#include "truce/stream/internal/judge.h"
#include "truce/stream/internal/log.h"
#include "truce/stream/internal/memory.h"
#include "truce/stream/internal/shown.h"
#include "truce/stream/replay_log.h"

namespace truce::stream::internal {

/// Judges the rows of a log, batch by batch in the order of the log.
class Replayer {
 public:
  /// All must outlive it; so must the text of the log.
  Replayer(const agreement::Agreement& agreement, const Plan& plan, const LogColumns& columns,
           const incidents::ReadOptions& options, const incidents::ActorBook& actors);

  /// What the numbers of one reader's words mean here. Readers number words as they come to them,
  /// each for itself.
  class Numbers {
   private:
    friend class Replayer;

    // What is done with rows of one code, perhaps by place.
    struct Entry {
      enum class State : std::uint8_t { New, Done, ByPlace, Open };
      State state = State::New;
      const Program* program = nullptr;
      // By face.
      std::vector<Entry> here;
    };

    // By word of the place: the number of a place, kNoPlace or kDeclared.
    std::vector<std::uint32_t> place_numbers_;
    std::vector<Entry> entries_;
    // By code: programs that hang neither on a declared place nor on a point.
    std::vector<Brief> briefs_;
    // By code and word of the place.
    std::map<std::pair<std::uint32_t, std::uint32_t>, Entry> declared_entries_;
  };

  /// What comes before the batches that have these words.
  void learn(const LogWords& words, Numbers& numbers);
  /// Judges the rows; false where they are not taken. `log`: the reader that made the batch.
  bool take(const Batch& batch, const LogReader& log, Numbers& numbers);
  /// Why a row was not taken; empty where all were.
  [[nodiscard]] const std::optional<LogObstacle>& obstacle() const { return obstacle_; }
  /// After the last batch.
  LogReplay finish();

 private:
  static constexpr std::uint32_t kNoPlace = 0;
  // A place that the agreement declares: rows there are judged apart.
  static constexpr std::uint32_t kDeclared = 0xFFFFFFFF;

  // The rows that are judged, and what their numbers mean.
  struct Source {
    const Batch& batch;
    const LogReader& log;
    Numbers& numbers;
  };
  enum class Where : std::uint8_t { Anywhere, Here };

  const Program* find_program(const Source& source, std::size_t row);
  const Program* program_in(const Source& source, std::size_t row, const Numbers::Entry& entry);
  void judge(const Source& source, std::size_t row, Where where, Numbers::Entry& entry);
  std::optional<base::Point> point_of(const Batch& batch, std::size_t row);
  bool find_where(const Source& source, std::size_t index, const Program& program, Row& row);

  void judge_in_order(const Source& source);
  void go_through(const Source& source, std::size_t index, const Program& program);
  void judge_by_second(const Source& source, std::size_t index);
  void keep_requests(const Batch& batch, std::size_t index, const Program& program, const Row& row);
  void fetch_ahead(const Batch& batch, std::size_t index) const;
  void step_to(std::int64_t time);
  void finish_second();
  void expire(std::int64_t time);
  [[nodiscard]] bool is_shown(const Step& step, const Row& row) const;
  void show(std::uint64_t row, std::string_view print, bool is_point);
  void stop(const Batch& batch, std::size_t row, std::string_view why);

  const agreement::Agreement& agreement_;
  LogColumns columns_;
  bool is_ordered_;
  bool has_flat_map_;
  Judge judge_;
  Memory memory_;
  Faces faces_;
  std::vector<std::string> declared_;
  std::unordered_map<std::string, std::uint32_t> place_numbers_;
  std::deque<Program> programs_;
  std::int64_t second_ = base::kBeforeTime.seconds;
  std::vector<std::pair<std::uint32_t, Requests::Key>> answers_;
  // The rows of the second that have come so far.
  std::vector<Row> beside_rows_;
  std::vector<const Program*> beside_programs_;
  std::vector<Memory::Beside> beside_;
  Shown shown_;
  std::optional<LogObstacle> obstacle_;
  LogReplay result_;
};

}  // namespace truce::stream::internal
