// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "truce/base/result.h"

namespace truce::daily {

/// How names of an agreement and words of a record read in one language.
class Names {
 public:
  /// A table with the columns `name` and codes of languages; `language` chooses one, and a table
  /// without it has nothing. Fails with InvalidArgument, naming file and line.
  static base::Result<Names> read(std::string_view file, std::string_view text,
                                  std::string_view language);

  /// The name itself where the table has nothing for it.
  [[nodiscard]] const std::string& operator()(const std::string& name) const;

 private:
  std::map<std::string, std::string, std::less<>> names_;
};

}  // namespace truce::daily
