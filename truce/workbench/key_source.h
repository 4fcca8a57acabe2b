// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "truce/base/result.h"

namespace truce::workbench {

/// Where a secret key lies, and how a person is asked for its passphrase where it takes one.
class KeySource {
 public:
  /// Given the path of the key. Fails with Unsupported where nobody can be asked.
  using Ask = std::function<base::Result<std::string>(const std::string&)>;

  KeySource() = default;
  KeySource(std::string path, Ask ask = {}) : path_(std::move(path)), ask_(std::move(ask)) {}
  KeySource(const char* path) : path_(path) {}

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool empty() const { return path_.empty(); }
  [[nodiscard]] base::Result<std::string> passphrase() const {
    if (!ask_) {
      return base::Error{base::ErrorCode::Unsupported,
                         path_ + " takes a passphrase, and nobody can be asked for it here"};
    }
    return ask_(path_);
  }

 private:
  std::string path_;
  Ask ask_;
};

}  // namespace truce::workbench
