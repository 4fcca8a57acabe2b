// SPDX-License-Identifier: Apache-2.0
#include "truce/cli/internal/answer_to.h"

#include <filesystem>

#include <fmt/format.h>

#include "truce/cli/internal/status.h"
#include "truce/workbench/files.h"

namespace truce::cli::internal {

int answer_to(const Destination& destination, const std::string& text,
              const std::vector<std::string>& read, int status) {
  std::string path = destination.output;
  if (path.empty()) {
    return answer(text, status);
  }
  std::error_code ignored;
  const bool is_folder = path.ends_with('/') || std::filesystem::is_directory(path, ignored);
  if (destination.format == "html" && is_folder) {
    if (const auto made = workbench::make_folder(path); !made) {
      return could_not(made.error());
    }
    path = (std::filesystem::path(path) / fmt::format("{}.html", destination.page)).string();
  }
  if (const auto kept = workbench::refuse_to_replace(path, read); !kept) {
    return could_not(kept.error());
  }
  const auto written = workbench::write_file(path, text, workbench::Readers::Owner);
  return written ? answer(fmt::format("Written: {}\n", path), status) : could_not(written.error());
}

}  // namespace truce::cli::internal
