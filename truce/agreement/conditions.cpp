// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/conditions.h"

#include <algorithm>
#include <variant>

namespace truce::agreement {

const Occurrence* denied_by(const Agreement& agreement, const Condition& condition) {
  if (!condition.situation.has_value()) {
    return nullptr;
  }
  const auto* occurrence =
      std::get_if<Occurrence>(&agreement.situations[condition.situation->index].what);
  return occurrence != nullptr && occurrence->is_negated != condition.is_negated ? occurrence
                                                                                 : nullptr;
}

bool has_situations(const Occurrence& occurrence) {
  return std::any_of(
      occurrence.exceptions.begin(), occurrence.exceptions.end(),
      [](const Exception& exception) { return exception.what == Exception::What::InSituation; });
}

}  // namespace truce::agreement
