// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/check.h"

#include <set>
#include <utility>

namespace truce::workbench {

base::Result<std::vector<AgreementFile>> check(const std::vector<std::string>& paths) {
  std::vector<AgreementFile> files;
  std::set<std::string> seen;
  for (const std::string& path : paths) {
    auto file = read_agreement(path);
    if (!file) {
      return file.error();
    }
    // A companion and its agreement, both named, are one.
    if (seen.insert(file->path).second) {
      files.push_back(std::move(file).value());
    }
  }
  return files;
}

}  // namespace truce::workbench
