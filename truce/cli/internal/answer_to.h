// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace truce::cli::internal {

/// Where an answer goes, and in what form.
struct Destination {
  // A file, or with `html` a folder; empty: standard output.
  std::string output;
  std::string format;
  // What the page is called in a folder, without its ending: `close`.
  const char* page = "";
};

/// Writes `text` there, into a file for its owner alone, since what the sides keep to themselves
/// can be read from it, and never over one of those that were `read`. Gives `status`, or kCouldNot.
int answer_to(const Destination& destination, const std::string& text,
              const std::vector<std::string>& read, int status);

}  // namespace truce::cli::internal
