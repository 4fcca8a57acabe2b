// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "truce/base/result.h"

namespace truce::base {

/// A descriptor of the system, which is closed as it goes; negative: none.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor();

  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

/// Why the system could not do something with a file, such as `read`, and what helps; `cause` is an
/// errno. NotFound where the file or its folder is not there, otherwise Io.
Error io_error(std::string_view doing, const std::string& path, int cause);

}  // namespace truce::base
