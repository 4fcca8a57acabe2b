// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/replayer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "truce/incidents/names.h"

namespace truce::stream::internal {
namespace {

// More rows of one second than this are not compared with each other.
constexpr std::size_t kMostBeside = 4096;
constexpr double kMostEast = 179;
// So many rows before a row is judged, what it looks for by key is fetched from memory.
constexpr std::size_t kAhead = 12;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() <= ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() <= ' ') {
    text.remove_suffix(1);
  }
  return text;
}

// A degree in plain decimals, as it would be read anywhere.
std::optional<double> degrees(std::string_view text) {
  // Up to so many digits a quotient of whole numbers is the nearest there is.
  constexpr std::size_t kExactDigits = 15;
  static constexpr std::array<double, kExactDigits + 1> kPowers = {
      1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  std::uint64_t digits = 0;
  std::size_t count = 0;
  std::size_t point = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = static_cast<unsigned char>(text[i] - '0');
    if (digit <= 9) {
      digits = digits * 10 + digit;
      ++count;
    } else if (text[i] == '.' && point == text.size()) {
      point = i;
    } else {
      count = 0;
      break;
    }
  }
  const bool is_usual = point > 0 && point + 1 != text.size();
  if (count > 0 && count <= kExactDigits && is_usual) {
    const std::size_t decimals = point == text.size() ? 0 : text.size() - point - 1;
    return static_cast<double>(digits) / kPowers[decimals];
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  return is_whole ? std::optional(value) : std::nullopt;
}

}  // namespace

Replayer::Replayer(const agreement::Agreement& agreement, const Plan& plan,
                   const LogColumns& columns, const incidents::ReadOptions& options,
                   const incidents::ActorBook& actors)
    : agreement_(agreement),
      columns_(columns),
      is_ordered_(!options.mapping.columns().order.empty()),
      has_flat_map_(agreement.metric == agreement::Metric::Planar &&
                    agreement.planar_latitude.has_value()),
      judge_(agreement, plan, options, actors),
      memory_(agreement, plan, judge_, options.mapping.columns().is_complete),
      faces_(agreement),
      shown_(is_ordered_ && memory_.request_stores().empty()) {
  for (const agreement::Place& place : agreement.places) {
    declared_.push_back(incidents::fold_name(place.name));
  }
}

void Replayer::stop(const Batch& batch, std::size_t row, std::string_view why) {
  if (!obstacle_) {
    obstacle_ = LogObstacle{batch.line + row, std::string(why)};
  }
}

// Numbers of places by the numbers of their words: those of one name are one place.
void Replayer::learn(const LogWords& words, Numbers& numbers) {
  for (const std::string& word : words.new_places) {
    const std::string name = incidents::fold_name(incidents::bare_name(trimmed(word)));
    if (name.empty()) {
      numbers.place_numbers_.push_back(kNoPlace);
    } else if (std::find(declared_.begin(), declared_.end(), name) != declared_.end()) {
      numbers.place_numbers_.push_back(kDeclared);
    } else {
      const auto number = static_cast<std::uint32_t>(place_numbers_.size() + 1);
      numbers.place_numbers_.push_back(place_numbers_.try_emplace(name, number).first->second);
    }
  }
  numbers.entries_.resize(words.code_count);
  numbers.briefs_.resize(words.code_count);
  memory_.reserve(place_numbers_.size() + 1);
}

bool Replayer::take(const Batch& batch, const LogReader& log, Numbers& numbers) {
  const Source source{batch, log, numbers};
  if (is_ordered_ && memory_.request_stores().empty()) {
    judge_in_order(source);
  } else {
    for (std::size_t row = 0; row < batch.rows && !obstacle_; ++row) {
      judge_by_second(source, row);
    }
  }
  result_.rows += batch.rows;
  return !obstacle_;
}

LogReplay Replayer::finish() {
  finish_second();
  expire(second_);
  result_.ids = shown_.take();
  return std::move(result_);
}

// -- What is done with a row ----------------------------------------------------------------------

// Null where the row is not taken.
const Program* Replayer::find_program(const Source& source, std::size_t row) {
  const std::uint32_t code = source.batch.codes[row];
  const std::uint32_t word = source.batch.places[row];
  Numbers::Entry& entry = source.numbers.place_numbers_[word] == kDeclared
                              ? source.numbers.declared_entries_[{code, word}]
                              : source.numbers.entries_[code];
  if (entry.state == Numbers::Entry::State::New) {
    judge(source, row, Where::Anywhere, entry);
  }
  if (entry.state != Numbers::Entry::State::ByPlace) {
    return program_in(source, row, entry);
  }
  const auto point = point_of(source.batch, row);
  // Rows without a point have a face of their own.
  const std::uint32_t face = point ? faces_.face_of(*point) + 1 : 0;
  if (face >= entry.here.size()) {
    entry.here.resize(face + 1);
  }
  Numbers::Entry& here = entry.here[face];
  if (here.state == Numbers::Entry::State::New) {
    judge(source, row, Where::Here, here);
  }
  return program_in(source, row, here);
}

const Program* Replayer::program_in(const Source& source, std::size_t row,
                                    const Numbers::Entry& entry) {
  if (entry.program == nullptr) {
    stop(source.batch, row, "it leaves open what happened");
  }
  return entry.program;
}

void Replayer::judge(const Source& source, std::size_t row, Where where, Numbers::Entry& entry) {
  entry.state = Numbers::Entry::State::Open;
  const auto fact = judge_.read(source.log.excerpt(source.batch, row));
  if (!fact) {
    return;
  }
  Judge::Judgement judgement =
      where == Where::Here ? judge_.judge_here(*fact) : judge_.judge(*fact);
  if (judgement.what == Judge::Judgement::What::Done) {
    entry.state = Numbers::Entry::State::Done;
    entry.program = &programs_.emplace_back(std::move(judgement.program));
    if (&entry == &source.numbers.entries_[source.batch.codes[row]]) {
      source.numbers.briefs_[source.batch.codes[row]] = judge_.brief_of(*entry.program);
    }
    // It may look for what nothing was looked for before.
    memory_.reserve(place_numbers_.size() + 1);
  } else if (judgement.what == Judge::Judgement::What::Place) {
    entry.state = Numbers::Entry::State::ByPlace;
  }
}

std::optional<base::Point> Replayer::point_of(const Batch& batch, std::size_t row) {
  if (!columns_.latitude || !columns_.longitude) {
    return std::nullopt;
  }
  const std::string_view north = batch.field(row, *columns_.latitude);
  const std::string_view east = batch.field(row, *columns_.longitude);
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

// What the program asks to know of where the row was; false where the row does not say it.
bool Replayer::find_where(const Source& source, std::size_t index, const Program& program,
                          Row& row) {
  row.place = source.numbers.place_numbers_[source.batch.places[index]];
  if (program.needs_place && (row.place == kNoPlace || row.place == kDeclared)) {
    stop(source.batch, index, "its place is not named by a word of its own");
    return false;
  }
  if (!program.needs_point) {
    return true;
  }
  const auto point = point_of(source.batch, index);
  const bool is_far =
      point && ((!has_flat_map_ && std::abs(point->latitude.degrees) > Points::kMostNorth) ||
                std::abs(point->longitude.degrees) > kMostEast);
  if (!point || is_far) {
    stop(source.batch, index, is_far ? "it lies near a pole or the date line" : "it has no point");
    return false;
  }
  row.point = *point;
  return true;
}

// -- Judging --------------------------------------------------------------------------------------

[[gnu::always_inline]] inline bool Replayer::is_shown(const Step& step, const Row& row) const {
  switch (step.what) {
    case Step::Do::Show:
      return true;
    case Step::Do::ShowUnless:
    case Step::Do::ShowIf: {
      const bool has =
          beside_.size() < 2 ? memory_.has(step, row) : memory_.has_beside(step, row, beside_);
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

void Replayer::show(std::uint64_t row, std::string_view print, bool is_point) {
  shown_.add(row, print);
  result_.broken += is_point ? 0 : 1;
}

// Rows whose order is known and that wait for nothing: each is judged and remembered at once.
void Replayer::judge_in_order(const Source& source) {
  // What is written in the loop could be any of them, for all that the compiler knows.
  const std::size_t rows = source.batch.rows;
  const std::int64_t* const times = source.batch.times.data();
  const std::uint32_t* const codes = source.batch.codes.data();
  const std::uint32_t* const words = source.batch.places.data();
  const Brief* const briefs = source.numbers.briefs_.data();
  const std::uint32_t* const places = source.numbers.place_numbers_.data();
  for (std::size_t i = 0; i < rows; ++i) {
    const Brief& brief = briefs[codes[i]];
    const std::uint32_t place = places[words[i]];
    if (brief.shape == Brief::Shape::Nothing && place != kDeclared) {
      continue;
    }
    if (brief.shape == Brief::Shape::Steps || place == kNoPlace || place == kDeclared) {
      const Program* const program = find_program(source, i);
      if (program == nullptr) {
        return;
      }
      go_through(source, i, *program);
      continue;
    }
    if (brief.has_look && memory_.has(brief, place, times[i]) == brief.is_if) {
      show(result_.rows + i, source.batch.field(i, columns_.print), brief.is_point);
    }
    if (brief.has_memory) {
      memory_.remember(brief, place, times[i]);
    }
  }
}

void Replayer::go_through(const Source& source, std::size_t index, const Program& program) {
  Row row;
  if (!find_where(source, index, program, row)) {
    return;
  }
  row.time = source.batch.times[index];
  row.number = result_.rows + index;
  for (const Step& step : program.steps) {
    if (step.what == Step::Do::Remember) {
      memory_.remember(step, row);
    } else if (is_shown(step, row)) {
      show(row.number, source.batch.field(index, columns_.print), step.is_point);
    }
  }
}

void Replayer::judge_by_second(const Source& source, std::size_t index) {
  const Batch& batch = source.batch;
  fetch_ahead(batch, index);
  const std::int64_t time = batch.times[index];
  if (time != second_) {
    step_to(time);
  }
  const Program* const program = find_program(source, index);
  Row row;
  if (program == nullptr || program->steps.empty() || !find_where(source, index, *program, row)) {
    return;
  }
  row.time = time;
  row.number = result_.rows + index;
  if (program->has_requests) {
    keep_requests(batch, index, *program, row);
  }
  if (program->is_all_requests) {
    return;
  }
  if (!is_ordered_) {
    row.print = batch.field(index, columns_.print);
    beside_rows_.push_back(row);
    beside_programs_.push_back(program);
    if (beside_rows_.size() > kMostBeside) {
      stop(batch, index, "too many rows are of one second");
    }
    return;
  }
  go_through(source, index, *program);
}

void Replayer::keep_requests(const Batch& batch, std::size_t index, const Program& program,
                             const Row& row) {
  for (const Step& step : program.steps) {
    if (step.what != Step::Do::Request && step.what != Step::Do::Answer) {
      continue;
    }
    const std::uint64_t bytes = columns_.key ? batch.keys[index] : 0;
    const std::string_view text =
        columns_.key && bytes == 0 ? trimmed(batch.field(index, *columns_.key)) : "";
    if (bytes == 0 && text.empty()) {
      return stop(batch, index, "it says nothing about what it answers or asks for");
    }
    const Requests::Key key = bytes != 0 ? Requests::key_of_short(bytes) : Requests::key_of(text);
    if (step.what == Step::Do::Request) {
      memory_.requests(step.store)
          .add(key, batch.field(index, columns_.print), row.time, row.number);
    } else {
      answers_.emplace_back(step.store, key);
    }
  }
}

// What is looked up by key lies anywhere in a table larger than the caches.
void Replayer::fetch_ahead(const Batch& batch, std::size_t index) const {
  const std::size_t ahead = index + kAhead;
  if (columns_.key && ahead < batch.rows && batch.keys[ahead] != 0) {
    for (const std::uint32_t store : memory_.request_stores()) {
      memory_.requests(store).fetch(Requests::key_of_short(batch.keys[ahead]));
    }
  }
}

// The new second: what stands in the old one has all come.
void Replayer::step_to(std::int64_t time) {
  finish_second();
  second_ = time;
  expire(time);
}

void Replayer::expire(std::int64_t time) {
  for (const std::uint32_t store : memory_.request_stores()) {
    while (const auto* late = memory_.requests(store).expire(time)) {
      shown_.add(late->row, late->print);
      ++result_.broken;
    }
  }
}

void Replayer::finish_second() {
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
    for (const Step& step : one.program->steps) {
      if (is_shown(step, *one.row)) {
        show(one.row->number, one.row->print, step.is_point);
      }
    }
  }
  for (const Memory::Beside& one : beside_) {
    for (const Step& step : one.program->steps) {
      if (step.what == Step::Do::Remember) {
        memory_.remember(step, *one.row);
      }
    }
  }
  beside_rows_.clear();
  beside_programs_.clear();
  beside_.clear();
}

}  // namespace truce::stream::internal
