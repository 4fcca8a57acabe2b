// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "truce/base/result.h"

namespace truce::workbench {

/// Where reading a growing file stands, so that it can go on there later.
struct TailPosition {
  // Bytes read.
  std::uint64_t offset = 0;
  // The last bytes before it, at most kMost: how the file is known again.
  std::string before;

  static constexpr std::size_t kMost = 256;
};

/// What has come since the last look.
struct TailPiece {
  enum class Event : std::uint8_t {
    None,
    // The file is shorter than it was, or other bytes stand where it was read: it was truncated.
    Truncated,
    // Another file has its name. All of the one before had been read.
    Replaced,
  };
  // Before the bytes.
  Event event = Event::None;
  std::string bytes;
  // The stream has ended; a file never does.
  bool is_end = false;
};

/// The end of a growing file, or a stream: standard input for `-`, a pipe. What comes is read in
/// order, once. A file that is missing for a while is waited for.
class Tail {
 public:
  /// Fails with NotFound or Io.
  static base::Result<std::unique_ptr<Tail>> open(const std::string& path);

  /// As open() makes it: it owns the descriptor.
  Tail(std::string path, int descriptor, bool is_stream);
  ~Tail();
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;

  [[nodiscard]] bool is_stream() const { return is_stream_; }
  /// Goes on where another Tail stood; false where the file is not the one that was read so far,
  /// and then it is read from its start. Not for a stream.
  bool go_to(const TailPosition& position);
  /// What has come, at most 1 MB; no bytes where nothing has. Fails with Io.
  base::Result<TailPiece> read();
  /// Waits until something may have come, a signal is caught, or the time is over.
  void wait(std::chrono::milliseconds time) const;
  /// Where it stands when the last `waiting` bytes that were read are not counted.
  [[nodiscard]] TailPosition position(std::string_view waiting) const;

 private:
  base::Result<TailPiece> read_stream();
  base::Result<TailPiece> read_file();
  // The bytes before the place where it stands are still what was read.
  [[nodiscard]] bool is_known_again(const TailPosition& position) const;
  // Another file has the name: opens it. False where it is still the same, or none has it.
  bool turn_to_new_file();
  void remember(std::string_view bytes);

  std::string path_;
  int descriptor_;
  bool is_stream_;
  std::uint64_t offset_ = 0;
  // The bytes before it, longer than TailPosition::kMost by what a caller may have waiting.
  std::string before_;
};

}  // namespace truce::workbench
