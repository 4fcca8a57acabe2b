// SPDX-License-Identifier: Apache-2.0
#include "truce/stream/internal/log_parts.h"

#include <algorithm>
#include <utility>

namespace truce::stream::internal {
namespace {

// So many parts for each thread are read ahead: enough that none waits, few enough that what is
// read is still in a cache when it is judged.
constexpr std::size_t kAhead = 3;

}  // namespace

LogParts::LogParts(std::string_view text, std::vector<LogReader> readers, std::size_t part)
    : text_(text),
      header_end_(readers.front().offset()),
      part_(std::max<std::size_t>(part, 1)),
      count_((text.size() - header_end_ + part_ - 1) / part_),
      readers_(std::move(readers)),
      slots_((readers_.size() - 1) * kAhead),
      end_(header_end_),
      line_(readers_.front().line()) {
  // The first is the caller's, and the last for parts that are read again: the words of a reader
  // have to be told of in the order in which it met them.
  for (std::size_t reader = 1; reader + 1 < readers_.size(); ++reader) {
    threads_.emplace_back([this, reader] { work(reader); });
  }
}

LogParts::~LogParts() {
  {
    const std::scoped_lock lock(mutex_);
    is_over_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    thread.join();
  }
}

// Behind the first line end from where it would begin.
std::size_t LogParts::begin_of(std::size_t number) const {
  if (number == 0) {
    return header_end_;
  }
  const std::size_t at = header_end_ + number * part_;
  const std::size_t line_end =
      at < text_.size() ? text_.find('\n', at - 1) : std::string_view::npos;
  return line_end == std::string_view::npos ? text_.size() : line_end + 1;
}

void LogParts::read(LogPart& part, std::size_t number) {
  LogReader& reader = readers_[number];
  part.reader = number;
  reader.go_to(part.begin, 0, part.until);
  part.count = 0;
  while (true) {
    if (part.count == part.batches.size()) {
      part.batches.emplace_back();
    }
    Batch& batch = part.batches[part.count];
    if (!reader.next(batch)) {
      break;
    }
    batch.keep();
    ++part.count;
  }
  part.end = reader.offset();
  part.lines = reader.line();
  part.first = reader.first();
  part.last = reader.last();
  part.obstacle = reader.obstacle();
  part.told.emplace_back().reader = number;
  reader.tell_words(part.told.back().words);
}

void LogParts::read_number(std::size_t number, std::size_t reader) {
  LogPart& part = slots_[number % slots_.size()].part;
  part.begin = begin_of(number);
  part.until = begin_of(number + 1);
  part.told.clear();
  read(part, reader);
}

void LogParts::work(std::size_t reader) {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return is_over_ || begun_ == count_ || may_read(); });
    if (is_over_ || begun_ == count_) {
      return;
    }
    const std::size_t number = begun_++;
    lock.unlock();
    read_number(number, reader);
    lock.lock();
    slots_[number % slots_.size()].is_read = true;
    changed_.notify_all();
  }
}

// Reads others meanwhile, as far as they may be read.
LogPart& LogParts::wait_for(std::size_t number) {
  Slot& slot = slots_[number % slots_.size()];
  std::unique_lock lock(mutex_);
  while (!slot.is_read) {
    if (!may_read()) {
      changed_.wait(lock, [&] { return slot.is_read || may_read(); });
      continue;
    }
    const std::size_t other = begun_++;
    lock.unlock();
    read_number(other, 0);
    lock.lock();
    slots_[other % slots_.size()].is_read = true;
  }
  return slot.part;
}

// Joins a part to those before it.
void LogParts::fit(LogPart& part) {
  if (end_ > part.begin) {
    // The line end before it was no row's.
    part.begin = std::min(end_, part.until);
    read(part, readers_.size() - 1);
  }
  end_ = std::max(end_, part.end);
  for (std::size_t i = 0; i < part.count; ++i) {
    part.batches[i].line += line_;
  }
  if (part.obstacle) {
    part.obstacle->line += line_;
  }
  if (part.count > 0) {
    if (!last_.is_before(part.first)) {
      part.obstacle = {part.batches.front().line, "it does not come after the row before"};
    }
    last_ = part.last;
  }
  line_ += part.lines;
}

const LogPart* LogParts::next() {
  if (is_given_) {
    const std::scoped_lock lock(mutex_);
    slots_[taken_ % slots_.size()].is_read = false;
    ++taken_;
  }
  changed_.notify_all();
  is_given_ = taken_ < count_ && !is_last_;
  if (!is_given_) {
    return nullptr;
  }
  LogPart& part = wait_for(taken_);
  fit(part);
  is_last_ = part.obstacle.has_value();
  return &part;
}

}  // namespace truce::stream::internal
