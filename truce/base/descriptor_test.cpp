// SPDX-License-Identifier: Apache-2.0
#include "truce/base/descriptor.h"

#include <cerrno>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace truce::base {
namespace {

TEST(Descriptor, IsClosedAsItGoes) {
  int number = -1;
  {
    const Descriptor folder(::open("/", O_RDONLY | O_CLOEXEC));
    number = folder.number();
    ASSERT_GE(number, 0);
    EXPECT_GE(::fcntl(number, F_GETFD), 0);
  }
  EXPECT_LT(::fcntl(number, F_GETFD), 0);
  const Descriptor none(-1);
  EXPECT_EQ(-1, none.number());
}

TEST(IoError, SaysWhatHelps) {
  const Error missing = io_error("read", "a.csv", ENOENT);
  EXPECT_EQ(ErrorCode::NotFound, missing.code);
  EXPECT_EQ("cannot read a.csv: No such file or directory; check the name", missing.message);
  EXPECT_EQ(ErrorCode::NotFound, io_error("write", "a.csv/b", ENOTDIR).code);
  const auto hint = [](int cause) {
    const Error error = io_error("write", "a", cause);
    EXPECT_EQ(ErrorCode::Io, error.code);
    return error.message.substr(error.message.rfind(';') + 2);
  };
  EXPECT_EQ("check the permissions", hint(EACCES));
  EXPECT_EQ("make room on the disk and run it again", hint(ENOSPC));
  EXPECT_EQ("name a file, this is a folder", hint(EISDIR));
  EXPECT_EQ("check the file and the disk", hint(EIO));
}

}  // namespace
}  // namespace truce::base
