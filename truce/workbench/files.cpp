// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "truce/base/descriptor.h"

namespace truce::workbench {
namespace {

namespace fs = std::filesystem;

using base::Descriptor;
using base::io_error;

base::Result<std::string> read_all(int descriptor, const std::string& path) {
  std::string text;
  std::array<char, 1 << 16> buffer;
  while (true) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count == 0) {
      return text;
    }
    if (count < 0 && errno != EINTR) {
      return io_error("read", path, errno);
    }
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }
}

// 0 when all was written, otherwise errno.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno != EINTR) {
      return errno;
    }
    if (count > 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  return 0;
}

// As write_all(), and it is on the disk.
int write_durably(int descriptor, std::string_view text) {
  const int cause = write_all(descriptor, text);
  return cause != 0 || ::fsync(descriptor) == 0 ? cause : errno;
}

// The new name itself is on the disk only with its folder. Some file systems cannot do that, and
// the file is in its place all the same.
void sync_folder_of(const fs::path& path) {
  const fs::path parent = path.parent_path();
  const Descriptor folder(
      ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.number() >= 0) {
    ::fsync(folder.number());
  }
}

// Into a device or a pipe: a rename would put a file in its place.
base::Result<void> write_into(const std::string& path, std::string_view text) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  const int cause = file.number() < 0 ? errno : write_all(file.number(), text);
  return cause == 0 ? base::Result<void>() : io_error("write", path, cause);
}

}  // namespace

base::Result<std::string> read_file(const std::string& path) {
  if (path == "-") {
    return read_all(STDIN_FILENO, "standard input");
  }
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) {
    return io_error("read", path, errno);
  }
  return read_all(file.number(), path);
}

base::Result<void> write_file(const std::string& named, std::string_view text, Readers readers) {
  std::error_code failure;
  struct stat before{};
  const bool is_replaced = ::stat(named.c_str(), &before) == 0;
  if (is_replaced && !S_ISREG(before.st_mode) && !S_ISDIR(before.st_mode)) {
    return write_into(named, text);
  }
  // Through a link to the file itself: a rename would put a file in place of the link.
  const fs::path real = fs::canonical(named, failure);
  const std::string path = failure ? named : real.string();
  // Beside the target, because a rename is one step only within one file system.
  std::string temporary = path + ".XXXXXX";
  const Descriptor file(::mkstemp(temporary.data()));
  if (file.number() < 0) {
    return io_error("write", path, errno);
  }
  int cause = write_durably(file.number(), text);
  // What only some may read stays so; the owner is kept where we may give files away.
  if (cause == 0 && is_replaced && ::fchown(file.number(), before.st_uid, before.st_gid) != 0 &&
      errno != EPERM) {
    cause = errno;
  }
  const mode_t kept = is_replaced ? before.st_mode & 07777U : 0644U;
  const mode_t mode = readers == Readers::Owner ? 0600U : kept;
  if (cause == 0 && ::fchmod(file.number(), mode) != 0) {
    cause = errno;
  }
  if (cause == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) {
    cause = errno;
  }
  if (cause == 0) {
    sync_folder_of(path);
  }
  if (cause != 0) {
    ::unlink(temporary.c_str());
    return io_error("write", path, cause);
  }
  return {};
}

base::Result<void> refuse_to_replace(const std::string& output,
                                     const std::vector<std::string>& read) {
  const bool is_read = std::any_of(read.begin(), read.end(), [&](const std::string& path) {
    std::error_code failure;
    return fs::is_regular_file(path, failure) && fs::equivalent(output, path, failure);
  });
  if (is_read) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("cannot write {}: it is one of the files that are read; name "
                                   "another with --output",
                                   output)};
  }
  return {};
}

base::Result<void> make_folder(const std::string& path) {
  std::error_code failure;
  fs::create_directories(path, failure);
  if (failure) {
    return io_error("make the folder", path, failure.value());
  }
  return {};
}

bool file_exists(const std::string& path) {
  std::error_code failure;
  return fs::is_regular_file(path, failure);
}

std::vector<std::string> files_beside(const std::string& path, std::string_view ending) {
  std::vector<std::string> found;
  const fs::path folder = fs::path(path).parent_path();
  std::error_code failure;
  fs::directory_iterator entries(folder.empty() ? fs::path(".") : folder, failure);
  if (failure) {
    return found;
  }
  for (; entries != fs::directory_iterator(); entries.increment(failure)) {
    if (failure) {
      break;
    }
    const std::string name = entries->path().filename().string();
    if (name.ends_with(ending) && entries->is_regular_file(failure)) {
      found.push_back(beside(path, name));
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string beside(const std::string& path, std::string_view name) {
  return (fs::path(path).parent_path() / name).string();
}

}  // namespace truce::workbench
