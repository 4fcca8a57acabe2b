// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "truce/agreement/agreement.h"

namespace truce::testing {

/// The agreement written in `text`, with the drawings of `other`, if it has any.
agreement::Agreement resolved_like(const agreement::Agreement& other, const std::string& text,
                                   std::string& complaints);

/// What came out of comparing texts.
struct Compared {
  int changed = 0;
  int same = 0;
  // No conduct was found, nothing was claimed, and a random record differs.
  int missed = 0;
};

/// Random agreements with one edit each: where both texts are said to mean the same, random records
/// are judged alike, and what is told of as a change differs. Fails the test otherwise.
Compared compare_edited(std::uint64_t first, std::uint64_t end);

}  // namespace truce::testing
