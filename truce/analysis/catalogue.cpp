// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <string>

#include "truce/analysis/finding.h"

namespace truce::analysis {
namespace internal {

// The pages, compiled in.
#define TRUCE_FINDING(code, level, title) extern const std::string_view kPage##code;
#include "truce/analysis/codes.def"
#undef TRUCE_FINDING

}  // namespace internal

const std::vector<CodeInfo>& codes() {
  static const std::vector<CodeInfo> kCatalogue = {
#define TRUCE_FINDING(code, level, title) \
  {Code::code, "TR-" #code, Level::level, title, internal::kPage##code},
#include "truce/analysis/codes.def"
#undef TRUCE_FINDING
  };
  return kCatalogue;
}

const CodeInfo& info(Code code) { return codes()[static_cast<std::size_t>(code)]; }

std::optional<Code> find_code(std::string_view id) {
  std::string wanted;
  for (const char letter : id) {
    wanted += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  }
  if (!wanted.starts_with("TR-")) {
    wanted.insert(0, "TR-");
  }
  const auto found = std::find_if(codes().begin(), codes().end(),
                                  [&](const CodeInfo& one) { return one.id == wanted; });
  return found == codes().end() ? std::nullopt : std::optional(found->code);
}

}  // namespace truce::analysis
