// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/embedded.h"

#include "truce/agreement/internal/embedded_texts.h"

namespace truce::agreement {
namespace {

constexpr std::string_view kCeasefire1 = "truce/ceasefire-1";

}  // namespace

std::optional<std::string_view> embedded_vocabulary(std::string_view name) {
  if (name == kCeasefire1) {
    return internal::kCeasefire1Text;
  }
  return std::nullopt;
}

std::vector<std::string_view> embedded_vocabulary_names() { return {kCeasefire1}; }

}  // namespace truce::agreement
