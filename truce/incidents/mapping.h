// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "truce/base/result.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// From a dataset's codes to words of the agreement. Data, not code: a CSV file with the header
/// `field,value,becomes,note`, where `field` is `actor`, `target`, `kind` or `weapon`, and
/// `becomes` may be a set `A|B`, or empty for unknown. Letter case and spacing of a value are
/// folded.
class Mapping {
 public:
  /// Fails with InvalidArgument naming line and column of the first bad row.
  static base::Result<Mapping> read(std::string_view file_name, std::string_view text);

  /// What `value` becomes in `field`; the value itself where the mapping is silent.
  [[nodiscard]] NameSet apply(std::string_view field, std::string_view value) const;
  /// What each name of a set becomes. One of several is a choice among all that they become; so
  /// is all of several when one of them becomes a choice, which claims less than it could.
  [[nodiscard]] NameSet apply(std::string_view field, const NameSet& values) const;
  [[nodiscard]] bool has(std::string_view field, std::string_view value) const;
  [[nodiscard]] bool empty() const { return entries_.empty(); }

 private:
  std::map<std::pair<std::string, std::string>, NameSet> entries_;
};

}  // namespace truce::incidents
