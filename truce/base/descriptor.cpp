// SPDX-License-Identifier: Apache-2.0
#include "truce/base/descriptor.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <unistd.h>

namespace truce::base {
namespace {

std::string_view hint_for(int cause) {
  switch (cause) {
    case ENOENT:
    case ENOTDIR:
      return "check the name";
    case EACCES:
    case EPERM:
      return "check the permissions";
    case ENOSPC:
    case EFBIG:
    case EDQUOT:
      return "make room on the disk and run it again";
    case EISDIR:
      return "name a file, this is a folder";
    default:
      return "check the file and the disk";
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) {
    ::close(number_);
  }
}

Error io_error(std::string_view doing, const std::string& path, int cause) {
  const bool is_missing = cause == ENOENT || cause == ENOTDIR;
  return {is_missing ? ErrorCode::NotFound : ErrorCode::Io,
          fmt::format("cannot {} {}: {}; {}", doing, path, std::strerror(cause), hint_for(cause))};
}

}  // namespace truce::base
