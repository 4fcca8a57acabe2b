// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "truce/base/result.h"

namespace truce::ledger::internal {

/// The bytes of a regular file. Fails with NotFound or Io; `path` is named.
base::Result<std::string> read_file(const std::string& path);

/// The one name that a file has while it is written, at the top of the directory.
constexpr std::string_view kTemporary = ".writing";

/// Writes files of one directory so that each is whole on the disk or not there. Their names are
/// durable only after sync().
class DurableWriter {
 public:
  explicit DurableWriter(std::string directory) : directory_(std::move(directory)) {}

  /// Puts `bytes` in place of what `path`, below the directory, held. Fails with Io.
  base::Result<void> write(const std::string& path, std::string_view bytes);
  /// Makes the names durable. Fails with Io.
  base::Result<void> sync();

 private:
  base::Result<void> make_folder(const std::string& folder);

  std::string directory_;
  std::set<std::string> folders_;
  std::set<std::string> known_;
};

/// Makes a folder's names durable. Fails with Io.
base::Result<void> sync_folder(const std::string& path);

/// That no other program writes this directory; until it goes.
class Lock {
 public:
  /// Waits up to `wait_ms`. Fails with Timeout, NotFound or Io.
  static base::Result<Lock> take(const std::string& directory, int wait_ms);
  Lock(Lock&& other) noexcept;
  Lock& operator=(Lock&& other) noexcept;
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock();

 private:
  explicit Lock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace truce::ledger::internal
