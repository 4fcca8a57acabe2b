// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/replay_log.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <deque>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "truce/incidents/names.h"
#include "truce/stream/internal/faces.h"
#include "truce/stream/internal/log.h"
#include "truce/stream/internal/memory.h"

namespace truce::stream {
namespace {

using internal::Batch;
using internal::Column;
using internal::Judge;
using internal::Memory;
using internal::Program;
using internal::Row;
using internal::Step;

// More rows of one second than this are not compared with each other.
constexpr std::size_t kMostBeside = 4096;
constexpr double kMostEast = 179;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() <= ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() <= ' ') {
    text.remove_suffix(1);
  }
  return text;
}

// The lines to print, each with its row, so that they can be put in the order of the rows.
class Shown {
 public:
  void add(std::uint64_t row, std::string_view print) {
    is_in_order_ = is_in_order_ && (lines_.empty() || lines_.back().row <= row);
    text_ += print;
    text_ += '\n';
    lines_.push_back({row, text_.size()});
  }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  std::string take() {
    if (is_in_order_) {
      return std::move(text_);
    }
    std::vector<std::pair<std::uint64_t, std::string_view>> lines;
    std::size_t begin = 0;
    for (const Line& line : lines_) {
      lines.emplace_back(line.row, std::string_view(text_).substr(begin, line.end - begin));
      begin = line.end;
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string sorted;
    sorted.reserve(text_.size());
    for (const auto& [row, line] : lines) {
      sorted += line;
    }
    return sorted;
  }

 private:
  struct Line {
    std::uint64_t row = 0;
    std::size_t end = 0;
  };
  std::string text_;
  std::vector<Line> lines_;
  bool is_in_order_ = true;
};

// What is done with rows of one code, perhaps by place.
struct Entry {
  enum class State : std::uint8_t { New, Done, ByPlace, Open };
  State state = State::New;
  // As a place in Replayer::programs_.
  const Program* program = nullptr;
};

class Replayer {
 public:
  Replayer(const agreement::Agreement& agreement, const Plan& plan, internal::LogReader& log,
           const incidents::ReadOptions& options, const incidents::ActorBook& actors)
      : agreement_(agreement),
        log_(log),
        columns_(log.columns()),
        is_ordered_(!options.mapping.columns().order.empty()),
        judge_(agreement, plan, options, actors),
        memory_(agreement, plan, judge_, options.mapping.columns().is_complete),
        faces_(agreement) {
    for (const agreement::Place& place : agreement.places) {
      declared_.push_back(incidents::fold_name(place.name));
    }
    has_flat_map_ = agreement.metric == agreement::Metric::Planar && agreement.planar_latitude;
  }

  LogReplay run() {
    while (const Batch* batch = log_.next()) {
      place_words();
      entries_.resize(log_.code_count());
      for (std::size_t row = 0; row < batch->rows && result_.obstacle.empty(); ++row) {
        take(*batch, row);
      }
      if (!result_.obstacle.empty()) {
        return std::move(result_);
      }
      result_.rows += batch->rows;
    }
    if (!log_.obstacle().empty()) {
      result_.obstacle = log_.obstacle();
      return std::move(result_);
    }
    finish_second();
    expire(second_);
    result_.ids = shown_.take();
    return std::move(result_);
  }

 private:
  static constexpr std::uint32_t kNoPlace = 0;

  void stop(const Batch& batch, std::size_t row, std::string_view why) {
    result_.obstacle = fmt::format("line {}: {}", batch.block.line + row, why);
  }

  // Numbers of places by the numbers of their words: those of one name are one place.
  void place_words() {
    const internal::Words& words = log_.places();
    for (std::size_t i = places_.size(); i < words.size(); ++i) {
      const std::string name = incidents::fold_name(
          incidents::bare_name(trimmed(words.text(static_cast<std::uint32_t>(i)))));
      const bool is_declared =
          std::find(declared_.begin(), declared_.end(), name) != declared_.end();
      if (name.empty()) {
        places_.push_back({kNoPlace, 0});
        continue;
      }
      const auto number = static_cast<std::uint32_t>(place_numbers_.size() + 1);
      const std::uint32_t place = place_numbers_.try_emplace(name, number).first->second;
      places_.push_back({is_declared ? kNoPlace : place, is_declared ? place : 0});
    }
  }

  // The new second: what stands in the old one has all come.
  void step_to(std::int64_t time) {
    finish_second();
    second_ = time;
    expire(time);
  }

  void expire(std::int64_t time) {
    for (const std::uint32_t store : memory_.request_stores()) {
      while (const auto* late = memory_.requests(store).expire(time)) {
        shown_.add(late->row, late->print);
        ++result_.broken;
      }
    }
  }

  void finish_second() {
    for (const auto& [store, key] : answers_) {
      memory_.requests(store).answer(key);
    }
    answers_.clear();
    if (beside_rows_.empty()) {
      return;
    }
    for (std::size_t i = 0; i < beside_rows_.size(); ++i) {
      beside_.push_back({&beside_rows_[i], beside_programs_[i]});
    }
    for (const Memory::Beside& one : beside_) {
      test(*one.program, *one.row);
    }
    for (const Memory::Beside& one : beside_) {
      remember(*one.program, *one.row);
    }
    beside_rows_.clear();
    beside_programs_.clear();
    beside_.clear();
  }

  bool is_shown(const Step& step, const Row& row) const {
    switch (step.what) {
      case Step::Do::Show:
        return true;
      case Step::Do::ShowUnless:
      case Step::Do::ShowIf: {
        const bool has = beside_.size() < 2
                             ? memory_.has(step.store, step.slot, row)
                             : memory_.has_beside(step.store, step.slot, row, beside_);
        return has == (step.what == Step::Do::ShowIf);
      }
      case Step::Do::ShowTested:
        return memory_.is_so(judge_.tests()[step.test], row, beside_);
      case Step::Do::Remember:
      case Step::Do::Request:
      case Step::Do::Answer:
        return false;
    }
    return false;
  }

  void show(const Step& step, const Row& row) {
    shown_.add(row.number, row.print);
    result_.broken += step.is_point ? 0 : 1;
  }

  void test(const Program& program, const Row& row) {
    for (const Step& step : program.steps) {
      if (is_shown(step, row)) {
        show(step, row);
      }
    }
  }

  void remember(const Program& program, const Row& row) {
    for (const Step& step : program.steps) {
      if (step.what == Step::Do::Remember) {
        memory_.remember(step, row);
      }
    }
  }

  const Program* program_of(const Batch& batch, std::size_t row) {
    const std::uint32_t declared = places_[batch.places[row]].declared;
    Entry& entry = declared == 0 ? entries_[batch.codes[row]]
                                 : declared_entries_[{batch.codes[row], declared}];
    if (entry.state == Entry::State::Done) {
      return entry.program;
    }
    if (entry.state == Entry::State::New) {
      judge(batch, row, entry);
    }
    if (entry.state == Entry::State::Done) {
      return entry.program;
    }
    if (entry.state == Entry::State::Open) {
      stop(batch, row, "it leaves open what happened");
      return nullptr;
    }
    return program_here(batch, row, declared);
  }

  void judge(const Batch& batch, std::size_t row, Entry& entry) {
    const auto fact = judge_.read(log_.excerpt(batch, row));
    entry.state = Entry::State::Open;
    if (!fact) {
      return;
    }
    take_in(judge_.judge(*fact), entry);
  }

  void take_in(Judge::Judgement judgement, Entry& entry) {
    switch (judgement.what) {
      case Judge::Judgement::What::Done:
        entry.state = Entry::State::Done;
        entry.program = &programs_.emplace_back(std::move(judgement.program));
        break;
      case Judge::Judgement::What::Place:
        entry.state = Entry::State::ByPlace;
        break;
      case Judge::Judgement::What::Open:
        entry.state = Entry::State::Open;
        break;
    }
  }

  const Program* program_here(const Batch& batch, std::size_t row, std::uint32_t declared) {
    const auto point = point_of(batch, row);
    if (!result_.obstacle.empty()) {
      return nullptr;
    }
    // Rows without a point have a face of their own.
    const std::uint32_t face = point ? faces_.face_of(*point) + 1 : 0;
    const std::uint64_t code = batch.codes[row];
    Entry& entry = by_face_[{code << 32U | face, declared}];
    if (entry.state == Entry::State::New) {
      const auto fact = judge_.read(log_.excerpt(batch, row));
      entry.state = Entry::State::Open;
      if (fact) {
        take_in(judge_.judge_here(*fact), entry);
      }
    }
    if (entry.state != Entry::State::Done) {
      stop(batch, row, "it leaves open what happened");
      return nullptr;
    }
    return entry.program;
  }

  // A degree in plain decimals, as it would be read anywhere.
  static std::optional<double> degrees(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = error == std::errc() && end == text.data() + text.size();
    return is_whole ? std::optional(value) : std::nullopt;
  }

  std::optional<base::Point> point_of(const Batch& batch, std::size_t row) {
    if (!columns_.latitude || !columns_.longitude) {
      return std::nullopt;
    }
    const std::string_view north = batch.field(row, *columns_.latitude).text();
    const std::string_view east = batch.field(row, *columns_.longitude).text();
    if (north.empty() && east.empty()) {
      return std::nullopt;
    }
    const auto latitude = degrees(north);
    const auto longitude = degrees(east);
    if (!latitude || !longitude || !(*latitude >= -90 && *latitude <= 90) ||
        !(*longitude >= -180 && *longitude <= 180)) {
      stop(batch, row, "its point is none");
      return std::nullopt;
    }
    return base::Point{{*latitude}, {*longitude}};
  }

  bool set_place(const Batch& batch, std::size_t row, const Program& program, Row& into) {
    if (program.needs_place) {
      into.place = places_[batch.places[row]].number;
      if (into.place == kNoPlace) {
        stop(batch, row, "its place is not named by a word of its own");
        return false;
      }
    }
    if (program.needs_point) {
      const auto point = point_of(batch, row);
      const bool is_far =
          point &&
          ((!has_flat_map_ && std::abs(point->latitude.degrees) > internal::Points::kMostNorth) ||
           std::abs(point->longitude.degrees) > kMostEast);
      if (!point || is_far) {
        stop(batch, row, is_far ? "it lies near a pole or the date line" : "it has no point");
        return false;
      }
      into.point = *point;
    }
    return true;
  }

  void take(const Batch& batch, std::size_t index) {
    const std::int64_t time = batch.times[index];
    if (time != second_) {
      step_to(time);
    }
    const Program* program = program_of(batch, index);
    if (program == nullptr || program->steps.empty()) {
      return;
    }
    Row& row = row_;
    row.time = time;
    row.number = result_.rows + index;
    if ((program->needs_place || program->needs_point) && !set_place(batch, index, *program, row)) {
      return;
    }
    if (program->has_requests) {
      keep_requests(batch, index, *program, row);
    }
    if (!is_ordered_) {
      row.print = batch.field(index, columns_.print).text();
      beside_rows_.push_back(row);
      beside_programs_.push_back(program);
      if (beside_rows_.size() > kMostBeside) {
        stop(batch, index, "too many rows are of one second");
      }
      return;
    }
    for (const Step& step : program->steps) {
      if (step.what == Step::Do::Remember) {
        memory_.remember(step, row);
      } else if (is_shown(step, row)) {
        row.print = batch.field(index, columns_.print).text();
        show(step, row);
      }
    }
  }

  void keep_requests(const Batch& batch, std::size_t index, const Program& program, Row& row) {
    row.print = batch.field(index, columns_.print).text();
    for (const Step& step : program.steps) {
      if (step.what != Step::Do::Request && step.what != Step::Do::Answer) {
        continue;
      }
      const std::string_view key =
          columns_.key ? trimmed(batch.field(index, *columns_.key).text()) : std::string_view();
      if (key.empty()) {
        return stop(batch, index, "it says nothing about what it answers or asks for");
      }
      if (step.what == Step::Do::Request) {
        memory_.requests(step.store).add(key, row.print, row.time, row.number);
      } else {
        answers_.emplace_back(step.store, key);
      }
    }
  }

  struct Place {
    // Of a place that the agreement does not declare; kNoPlace for others.
    std::uint32_t number = kNoPlace;
    // Of a declared one; 0 for others.
    std::uint32_t declared = 0;
  };

  const agreement::Agreement& agreement_;
  internal::LogReader& log_;
  const internal::LogColumns& columns_;
  bool is_ordered_;
  bool has_flat_map_ = false;
  Judge judge_;
  Memory memory_;
  internal::Faces faces_;
  std::vector<std::string> declared_;
  std::vector<Place> places_;
  std::unordered_map<std::string, std::uint32_t> place_numbers_;
  std::vector<Entry> entries_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Entry> declared_entries_;
  std::map<std::pair<std::uint64_t, std::uint32_t>, Entry> by_face_;
  std::deque<Program> programs_;
  std::int64_t second_ = base::kBeforeTime.seconds;
  std::vector<std::pair<std::uint32_t, std::string_view>> answers_;
  // The rows of the second that have come so far.
  std::vector<Row> beside_rows_;
  std::vector<const Program*> beside_programs_;
  std::vector<Memory::Beside> beside_;
  // Filled anew for each row, as far as its program needs.
  Row row_;
  Shown shown_;
  LogReplay result_;
};

bool has_dated_names(const incidents::ActorBook& actors) {
  return std::any_of(actors.entries().begin(), actors.entries().end(),
                     [](const incidents::ActorBook::Entry& entry) {
                       return entry.when.from > base::kBeforeTime ||
                              entry.when.to < base::kAfterTime;
                     });
}

}  // namespace

LogReplay replay_log(const agreement::Agreement& agreement, const Plan& plan, std::string_view text,
                     const incidents::ReadOptions& options, const incidents::ActorBook& actors) {
  LogReplay replay;
  if (has_dated_names(actors)) {
    replay.obstacle = "the actor file has names that change";
    return replay;
  }
  const incidents::ColumnMap& map = options.mapping.columns();
  if (!map.order.empty() && map.order != map.columns.find("incident")->second) {
    replay.obstacle = "its rows are ordered by another column than their id";
    return replay;
  }
  const bool has_requests =
      std::any_of(plan.stores.begin(), plan.stores.end(),
                  [](const Store& store) { return store.what == Store::What::Requests; });
  if (has_requests && !map.is_complete) {
    replay.obstacle = "where not all is reported, what came late has to be waited for";
    return replay;
  }
  const internal::Measures measures(agreement);
  auto log = internal::LogReader::open(text, map, measures, !map.order.empty());
  if (!log) {
    replay.obstacle = "its columns are not those of a log";
    return replay;
  }
  return Replayer(agreement, plan, *log, options, actors).run();
}

}  // namespace truce::stream
