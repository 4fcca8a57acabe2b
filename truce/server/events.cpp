// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/events.h"

#include <algorithm>

#include <fmt/format.h>

namespace truce::server::internal {

std::uint64_t EventLog::next(std::string_view view) const {
  const std::scoped_lock locked(lock_);
  const auto at = lines_.find(view);
  return at == lines_.end() ? 1 : at->second.size() + 1;
}

void EventLog::add(const std::string& view, std::string_view kind, std::string_view data) {
  const std::scoped_lock locked(lock_);
  auto& lines = lines_[view];
  lines.push_back(std::make_shared<const std::string>(
      fmt::format("id: {}\nevent: {}\ndata: {}\n\n", lines.size() + 1, kind, data)));
}

void EventLog::restore(const std::string& view, std::vector<Line> lines) {
  const std::scoped_lock locked(lock_);
  lines_.insert_or_assign(view, std::move(lines));
}

std::map<std::string, std::uint64_t> EventLog::counts() const {
  const std::scoped_lock locked(lock_);
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [view, lines] : lines_) {
    counts.emplace(view, lines.size());
  }
  return counts;
}

std::vector<EventLog::Line> EventLog::behind(std::string_view view, std::uint64_t after,
                                             std::size_t most) const {
  const std::scoped_lock locked(lock_);
  const auto at = lines_.find(view);
  if (at == lines_.end() || after >= at->second.size()) {
    return {};
  }
  const auto begin = at->second.begin() + static_cast<std::ptrdiff_t>(after);
  const std::size_t count = std::min(most, static_cast<std::size_t>(at->second.end() - begin));
  return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

Stream::Piece EventStream::next() {
  constexpr std::size_t kAtOnce = 256;
  if (!is_allowed_()) {
    return {};
  }
  const auto lines = log_->behind(view_, after_, kAtOnce);
  after_ += lines.size();
  std::string bytes;
  if (!has_begun_) {
    // Who waits sees at once that it is connected.
    has_begun_ = true;
    bytes = ": open\n\n";
  }
  for (const EventLog::Line& line : lines) {
    bytes += *line;
  }
  return {.state = lines.size() == kAtOnce ? State::More : State::Waiting,
          .bytes = std::move(bytes)};
}

}  // namespace truce::server::internal
