// SPDX-License-Identifier: Apache-2.0
#include "truce/cli/internal/status.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "truce/cli/terminal.h"

namespace truce::cli {

int could_not(const base::Error& error) {
  // A name from outside may hold line breaks; the message is one line all the same.
  std::string message = error.message;
  std::replace_if(
      message.begin(), message.end(), [](unsigned char letter) { return letter < ' '; }, ' ');
  write_errors(fmt::format("truce: {}\n", message));
  return kCouldNot;
}

int output_failed() {
  return could_not({base::ErrorCode::Io,
                    "cannot write to standard output; make room on the disk or send it elsewhere"});
}

int answer(std::string_view output, int status) {
  return write_output(output) ? status : output_failed();
}

}  // namespace truce::cli
