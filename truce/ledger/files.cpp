// SPDX-License-Identifier: Apache-2.0
#include "truce/ledger/internal/files.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "truce/base/descriptor.h"

namespace truce::ledger::internal {
namespace {

using base::Descriptor;
using base::io_error;

// 0 when all is on the disk, otherwise errno.
int write_durably(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) {
      return errno;
    }
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  return ::fsync(descriptor) == 0 ? 0 : errno;
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

}  // namespace

base::Result<std::string> read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status{};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0) {
    return io_error("read", path, errno);
  }
  if (!S_ISREG(status.st_mode)) {
    return io_error("read", path, S_ISDIR(status.st_mode) ? EISDIR : EINVAL);
  }
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(status.st_size));
  std::array<char, 1 << 14> buffer;
  while (true) {
    const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
    if (count == 0) {
      return bytes;
    }
    if (count < 0 && errno != EINTR) {
      return io_error("read", path, errno);
    }
    if (count > 0) {
      bytes.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }
}

base::Result<void> sync_folder(const std::string& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.number() < 0 || ::fsync(folder.number()) != 0) {
    return io_error("write the folder", path, errno);
  }
  return {};
}

base::Result<void> DurableWriter::make_folder(const std::string& folder) {
  if (folder.empty() || known_.contains(folder)) {
    return {};
  }
  const std::string parent = parent_of(folder);
  if (const auto made = make_folder(parent); !made) {
    return made.error();
  }
  const std::string path = directory_ + '/' + folder;
  if (::mkdir(path.c_str(), 0755) == 0) {
    folders_.insert(parent);
  } else if (errno != EEXIST) {
    return io_error("make the folder", path, errno);
  }
  known_.insert(folder);
  return {};
}

base::Result<void> DurableWriter::write(const std::string& path, std::string_view bytes) {
  const std::string folder = parent_of(path);
  if (const auto made = make_folder(folder); !made) {
    return made.error();
  }
  const std::string place = directory_ + '/' + path;
  const std::string temporary = fmt::format("{}/{}", directory_, kTemporary);
  int cause = 0;
  {
    const Descriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    cause = file.number() < 0 ? errno : write_durably(file.number(), bytes);
  }
  if (cause == 0 && std::rename(temporary.c_str(), place.c_str()) != 0) {
    cause = errno;
  }
  if (cause != 0) {
    ::unlink(temporary.c_str());
    return io_error("write", place, cause);
  }
  folders_.insert(folder);
  return {};
}

base::Result<void> DurableWriter::sync() {
  for (const std::string& folder : folders_) {
    const std::string path = folder.empty() ? directory_ : directory_ + '/' + folder;
    if (const auto synced = sync_folder(path); !synced) {
      return synced.error();
    }
  }
  folders_.clear();
  return {};
}

base::Result<Lock> Lock::take(const std::string& directory, int wait_ms) {
  constexpr int kStepMs = 5;
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) {
    return io_error("open the ledger", directory, errno);
  }
  Lock lock(descriptor);
  for (int waited = 0; ::flock(descriptor, LOCK_EX | LOCK_NB) != 0; waited += kStepMs) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      return io_error("lock the ledger", directory, errno);
    }
    if (waited >= wait_ms) {
      return base::Error{base::ErrorCode::Timeout,
                         fmt::format("cannot write {}: another program writes it; wait for it to "
                                     "end",
                                     directory)};
    }
    ::usleep(kStepMs * 1000);
  }
  return lock;
}

Lock::Lock(Lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Lock& Lock::operator=(Lock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Lock::~Lock() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

}  // namespace truce::ledger::internal
