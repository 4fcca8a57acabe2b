// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "truce/server/message.h"

namespace truce::server::internal {

/// What was told in each view, numbered from 1 in each. May be used by several threads.
class EventLog {
 public:
  /// One event in the text of an event stream, and its number.
  using Line = std::shared_ptr<const std::string>;

  /// The number that the next event of the view will have.
  std::uint64_t next(std::string_view view) const;
  /// `kind` and `data` are one line each.
  void add(const std::string& view, std::string_view kind, std::string_view data);
  /// Puts the lines of a view in place of all there are; each as behind() gives it.
  void restore(const std::string& view, std::vector<Line> lines);
  /// How many events each view has.
  std::map<std::string, std::uint64_t> counts() const;
  /// At most `most` events of the view behind the one numbered `after`.
  std::vector<Line> behind(std::string_view view, std::uint64_t after, std::size_t most) const;

 private:
  mutable std::mutex lock_;
  std::map<std::string, std::vector<Line>, std::less<>> lines_;
};

/// Tells what is behind an event, and goes on as more come.
class EventStream : public Stream {
 public:
  /// `is_allowed`: whether who follows may still do so; the stream ends when not.
  EventStream(std::shared_ptr<const EventLog> log, std::string view, std::uint64_t after,
              std::function<bool()> is_allowed)
      : log_(std::move(log)),
        view_(std::move(view)),
        after_(after),
        is_allowed_(std::move(is_allowed)) {}

  Piece next() override;
  [[nodiscard]] std::string_view heartbeat() const override { return ": alive\n\n"; }
  [[nodiscard]] bool is_quick() const override { return true; }

 private:
  std::shared_ptr<const EventLog> log_;
  std::string view_;
  std::uint64_t after_;
  std::function<bool()> is_allowed_;
  bool has_begun_ = false;
};

}  // namespace truce::server::internal
