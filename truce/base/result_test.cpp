// SPDX-License-Identifier: Apache-2.0
#include "truce/base/result.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace truce::base {
namespace {

Result<int> half_of(int number) {
  if (number % 2 != 0) {
    return Error{ErrorCode::InvalidArgument, "odd"};
  }
  return number / 2;
}

TEST(Result, HoldsAValueOrAnError) {
  const auto four = half_of(8);
  ASSERT_TRUE(four.has_value());
  EXPECT_EQ(*four, 4);
  const auto none = half_of(7);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(none.error().message, "odd");
}

TEST(Result, MovesOutWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> made = std::make_unique<int>(3);
  const std::unique_ptr<int> taken = std::move(made).value();
  EXPECT_EQ(*taken, 3);
}

TEST(Result, OfNothingIsDoneOrAnError) {
  const Result<void> done;
  EXPECT_TRUE(done);
  const Result<void> failed = Error{ErrorCode::Io, "disk full"};
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "disk full");
}

TEST(ResultDeathTest, ReadingTheSideThatIsNotThereStopsTheProgram) {
  const auto none = half_of(7);
  EXPECT_DEATH(static_cast<void>(none.value()), "without looking at its error");
  const auto four = half_of(8);
  EXPECT_DEATH(static_cast<void>(four.error()), "has a value");
}

}  // namespace
}  // namespace truce::base
