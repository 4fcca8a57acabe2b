// SPDX-License-Identifier: Apache-2.0
// The address of a request: what is read of it has no percent sign left that means anything, and
// can be written again.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "truce/base/check.h"
#include "truce/base/utf8.h"
#include "truce/server/internal/features.h"
#include "truce/server/route.h"
#include "truce/server/target.h"

namespace {

using truce::server::Target;

constexpr std::size_t kMost = 32;

std::string written(const Target& target) {
  std::string text = target.path.empty() ? "/" : "";
  for (const std::string& segment : target.path) {
    text += '/' + truce::server::percent_encoded(segment);
  }
  char sign = '?';
  for (const auto& [name, value] : target.query) {
    text +=
        sign + truce::server::percent_encoded(name) + '=' + truce::server::percent_encoded(value);
    sign = '&';
  }
  return text;
}

void check_text(const std::string& text) {
  TRUCE_CHECK(truce::base::first_invalid_utf8(text) == text.size(), "what is read is UTF-8");
  for (const char letter : text) {
    TRUCE_CHECK(static_cast<unsigned char>(letter) >= ' ' && letter != '\x7F',
                "what is read has no control characters");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto target = truce::server::parse_target(text, kMost);
  if (!target) {
    return 0;
  }
  TRUCE_CHECK(target->query.size() <= kMost, "parameters are counted");
  for (const std::string& segment : target->path) {
    check_text(segment);
    TRUCE_CHECK(segment != "." && segment != "..", "a path leads down alone");
  }
  for (const auto& [name, value] : target->query) {
    check_text(name);
    check_text(value);
  }
  const auto again = truce::server::parse_target(written(*target), kMost);
  // An empty last segment is left out, so that a path may lose it when it is written.
  TRUCE_CHECK(again.has_value() && again->query == target->query, "what was written is read again");
  const auto match = truce::server::find_route("GET", *target);
  TRUCE_CHECK(match.route == nullptr || match.route->method == "GET", "a route has its method");
  (void)truce::server::internal::parse_filter(target->parameter("bbox").value_or(""),
                                              target->parameter("datetime").value_or(""));
  return 0;
}
