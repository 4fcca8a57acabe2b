// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/tail.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "truce/base/descriptor.h"
#include "truce/encoding/csv.h"

namespace truce::workbench {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20U;
// What may be waiting, and what is needed before it.
constexpr std::size_t kRemembered =
    kPiece + 2 * encoding::kLongestQuotedField + TailPosition::kMost;

}  // namespace

Tail::Tail(std::string path, int descriptor, bool is_stream)
    : path_(std::move(path)), descriptor_(descriptor), is_stream_(is_stream) {}

Tail::~Tail() {
  if (descriptor_ > STDERR_FILENO) {
    ::close(descriptor_);
  }
}

base::Result<std::unique_ptr<Tail>> Tail::open(const std::string& path) {
  const bool is_input = path == "-";
  const int descriptor = is_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return base::io_error("read", path, errno);
  }
  struct stat state{};
  if (::fstat(descriptor, &state) != 0 || S_ISDIR(state.st_mode)) {
    const int cause = S_ISDIR(state.st_mode) ? EISDIR : errno;
    if (!is_input) {
      ::close(descriptor);
    }
    return base::io_error("read", path, cause);
  }
  // Standard input ends where it ends, a file redirected into it too.
  return std::make_unique<Tail>(path, descriptor, is_input || !S_ISREG(state.st_mode));
}

bool Tail::is_known_again(const TailPosition& position) const {
  std::string there(position.before.size(), '\0');
  const auto from = static_cast<off_t>(position.offset - position.before.size());
  const ssize_t count = ::pread(descriptor_, there.data(), there.size(), from);
  return count == static_cast<ssize_t>(there.size()) && there == position.before;
}

bool Tail::go_to(const TailPosition& position) {
  if (position.before.size() > position.offset || !is_known_again(position)) {
    return false;
  }
  offset_ = position.offset;
  before_ = position.before;
  return true;
}

TailPosition Tail::position(std::string_view waiting) const {
  TailPosition position{offset_ - waiting.size(), {}};
  const std::size_t end = before_.size() - std::min(before_.size(), waiting.size());
  const std::size_t begin = end - std::min(end, TailPosition::kMost);
  position.before = before_.substr(begin, end - begin);
  return position;
}

void Tail::remember(std::string_view bytes) {
  offset_ += bytes.size();
  before_ += bytes;
  if (before_.size() > 2 * kRemembered) {
    before_.erase(0, before_.size() - kRemembered);
  }
}

bool Tail::turn_to_new_file() {
  struct stat named{};
  struct stat ours{};
  if (::stat(path_.c_str(), &named) != 0 || ::fstat(descriptor_, &ours) != 0 ||
      (named.st_ino == ours.st_ino && named.st_dev == ours.st_dev)) {
    return false;
  }
  const int descriptor = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return false;
  }
  ::close(descriptor_);
  descriptor_ = descriptor;
  offset_ = 0;
  before_.clear();
  return true;
}

base::Result<TailPiece> Tail::read_file() {
  TailPiece piece;
  struct stat state{};
  if (::fstat(descriptor_, &state) != 0) {
    return base::io_error("read", path_, errno);
  }
  const auto size = static_cast<std::uint64_t>(state.st_size);
  if (size == offset_) {
    piece.event = turn_to_new_file() ? TailPiece::Event::Replaced : TailPiece::Event::None;
    return piece;
  }
  if (size < offset_ || !is_known_again(position({}))) {
    piece.event = TailPiece::Event::Truncated;
    offset_ = 0;
    before_.clear();
    return piece;
  }
  piece.bytes.resize(kPiece);
  ssize_t count = 0;
  do {
    count = ::pread(descriptor_, piece.bytes.data(), kPiece, static_cast<off_t>(offset_));
  } while (count < 0 && errno == EINTR);
  if (count < 0) {
    return base::io_error("read", path_, errno);
  }
  piece.bytes.resize(static_cast<std::size_t>(count));
  remember(piece.bytes);
  return piece;
}

base::Result<TailPiece> Tail::read_stream() {
  TailPiece piece;
  pollfd ready{descriptor_, POLLIN, 0};
  if (::poll(&ready, 1, 0) <= 0) {
    return piece;
  }
  piece.bytes.resize(kPiece);
  const ssize_t count = ::read(descriptor_, piece.bytes.data(), kPiece);
  if (count < 0 && errno != EINTR && errno != EAGAIN) {
    return base::io_error("read", path_ == "-" ? "standard input" : path_, errno);
  }
  piece.is_end = count == 0;
  piece.bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  offset_ += piece.bytes.size();
  return piece;
}

base::Result<TailPiece> Tail::read() { return is_stream_ ? read_stream() : read_file(); }

void Tail::wait(std::chrono::milliseconds time) const {
  if (is_stream_) {
    pollfd ready{descriptor_, POLLIN, 0};
    ::poll(&ready, 1, static_cast<int>(time.count()));
    return;
  }
  const timespec length{.tv_sec = time.count() / 1000,
                        .tv_nsec = (time.count() % 1000) * 1'000'000};
  ::nanosleep(&length, nullptr);
}

}  // namespace truce::workbench
