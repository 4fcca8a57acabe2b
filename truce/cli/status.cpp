// SPDX-License-Identifier: Apache-2.0
#include "truce/cli/internal/status.h"

#include <fmt/format.h>

#include "truce/cli/terminal.h"

namespace truce::cli {

int could_not(const base::Error& error) {
  write_errors(fmt::format("truce: {}\n", error.message));
  return kCouldNot;
}

int output_failed() {
  return could_not({base::ErrorCode::Io,
                    "cannot write to standard output; make room on the disk or send it elsewhere"});
}

}  // namespace truce::cli
