// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/base/result.h"

namespace truce::server {

/// What a request asks for: the segments of the path, and the query, both without percent signs.
struct Target {
  // `/a/b` has two, and so has `/a/b/`.
  std::vector<std::string> path;
  std::vector<std::pair<std::string, std::string>> query;

  /// The value of a parameter; empty optional where it is not given.
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
};

/// Reads the target of a request (RFC 3986, origin form). Fails with InvalidArgument for what does
/// not begin with `/`, percent signs without two hexadecimal digits, control characters, bytes that
/// are not UTF-8, a segment `.` or `..`, a parameter given twice, or more than `most_parameters`.
base::Result<Target> parse_target(std::string_view text, std::size_t most_parameters);

/// `text` with everything but unreserved characters behind percent signs.
std::string percent_encoded(std::string_view text);

}  // namespace truce::server
